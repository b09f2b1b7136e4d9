"""What two reports must share to be compared at all, so that nobody is compared with everybody.

A report's keys are the names that weigh most in it, and on which side of chosen planes its meaning
lies (Charikar 2002), several sides to a key. One name is common, and so counts for a stretch of
time only; reports near enough to be of one story have a stretch in common, and those without a
date are a stretch of their own. Over any time two names together count, and more sides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import FAR_APART

NAMES, PAIRED = 16, 10
"""Names that are keys for a stretch, and those of them that any two are a key of for ever."""
TABLES, SIDES, MORE_SIDES = 8, 8, 12
"""Keys from the meaning, planes for each in a stretch, and for ever. All chosen on the pairs of
ECB+, of which benchmarks/stories.py prints the share that they keep."""
STRETCHES = 3
"""A report that may be of more stretches of time than this is taken to have no date."""


def story_keys(profile: Profile) -> frozenset[str]:
    """The keys of a report, at most 101: two reports are compared where they share any.

    They come from the report alone, and can be kept in a table.
    """
    ranked = sorted(profile.names.items(), key=lambda item: (-item[1], item[0]))
    names = [name for name, _ in ranked[:NAMES]]
    near = [f"name {name}" for name in names] + list(_list_sides(profile, SIDES))
    pairs = [f"names {' '.join(sorted(pair))}" for pair in combinations(names[:PAIRED], 2)]
    lone = [f"names {names[0]}"] if len(names) == 1 else []
    stretches = [*map(str, _list_stretches(profile))] or ["none"]
    stamped = {f"{key} @{stretch}" for key in near for stretch in stretches}
    return frozenset(stamped.union(pairs, lone, _list_sides(profile, MORE_SIDES)))


def _list_sides(profile: Profile, size: int) -> Iterator[str]:
    """Keys from the meaning, `size` sides to each; none where there is no meaning."""
    if profile.meaning.any():
        planes = _find_planes(len(profile.meaning))
        sides = (planes @ profile.meaning > 0).reshape(TABLES, MORE_SIDES)[:, :size]
        for table, row in enumerate(np.packbits(sides, axis=1)):
            yield f"sides {table} {size} {row.tobytes().hex()}"


def _list_stretches(profile: Profile) -> range:
    """The stretches of FAR_APART days that the report may be of, and the one after; or none.

    Days that lie no more than FAR_APART apart are of the same or of neighbouring stretches.
    """
    if profile.days is None:
        return range(0)
    first, last = (day // FAR_APART for day in profile.days)
    return range(first, last + 2) if last - first < STRETCHES else range(0)


@cache
def _find_planes(size: int) -> NDArray[np.float32]:
    """Directions of ones and minus ones, the same everywhere."""
    count = TABLES * MORE_SIDES
    bits = hashlib.shake_256(b"onrecord: planes of stories").digest(-(-count * size // 8))
    signs = np.unpackbits(np.frombuffer(bits, dtype=np.uint8))[: count * size]
    return signs.reshape(count, size).astype(np.float32) * 2 - 1
