"""Average-linkage clustering over a matrix of likenesses (Sokal & Michener 1958)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cluster(likeness: Floats, *, least: float) -> list[list[int]]:
    """Groups merged while the two likest groups are, on average, at least `least` alike.

    `likeness` is symmetric; minus infinity keeps two things apart whatever else joins them. Groups
    are sorted lists, in order of their first members; of equal likenesses the first pair is merged
    first. As a mean is never above its greatest part, what no chain of pairs joins at `least` is
    looked at apart.
    """
    groups: list[list[int]] = []
    for members in _find_components(likeness >= least):
        part = _merge_groups(likeness[np.ix_(members, members)], least)
        groups += [[members[i] for i in group] for group in part]
    return sorted(groups)


def _find_components(joined: NDArray[np.bool_]) -> Iterator[list[int]]:
    unseen = set(range(len(joined)))
    for start in range(len(joined)):
        if start not in unseen:
            continue
        unseen.remove(start)
        members = [start]
        for one in members:
            fresh = unseen.intersection(np.flatnonzero(joined[one]).tolist())
            unseen -= fresh
            members += sorted(fresh)
        yield sorted(members)


def _merge_groups(likeness: Floats, least: float) -> list[list[int]]:
    sums = likeness.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    groups: dict[int, list[int]] = {i: [i] for i in range(len(sums))}
    sizes = np.ones(len(sums))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        one, other = sorted(divmod(int(means.argmax()), len(sums)))
        if means[one, other] < least:
            break
        groups[one] = sorted(groups[one] + groups.pop(other))
        sizes[one] += sizes[other]
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sums[one, one] = -np.inf
        sums[other], sums[:, other] = -np.inf, -np.inf
    return [groups[i] for i in sorted(groups)]
