"""Groups grown from pairs, each connected part by itself.

Reports are linked where they are likely enough of one story by themselves. Groups of linked
reports grow, the likest two at a time, as long as these are likely enough of one story as groups,
and as no report of the one is far in time from any of the other. Two groups without a link are
never merged, so that what no chain of links joins can't matter, and each part may be looked at
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import (
    KINDS,
    UNIT,
    Floats,
    Integers,
    StoryWeights,
    compare_groups,
    find_far,
    measure_pairs,
    score_pairs,
    weigh_features,
)

Matrix = NDArray[np.bool_]
Links = Mapping[int, Mapping[int, float]]
"""For each report, by number, those that it is linked to with the log odds; both ways."""

MOST_TOGETHER = 1000
"""Reports that are looked at together: where links join more, only the surer ones count."""
SURER = 0.5
"""By how much the log odds of links must rise each time, until they join no more than that."""


def find_links(measured: Integers, weights: StoryWeights, *, dated: bool = True) -> Floats:
    """The log odds of rows and columns that are linked, from what `measure_pairs` gave out.

    Minus infinity for those that are not. Reports far apart in time are not; not `dated`, whatever
    their dates, in which case all that are linked otherwise are, and more.
    """
    odds = score_pairs(measured, weights, dated=dated)
    return np.where((odds < 0) | (find_far(measured) & dated), -np.inf, odds)


def list_links(odds: Floats) -> Links:
    """The links among N reports from the odds [N, N] of `find_links`; none with itself."""
    links: dict[int, dict[int, float]] = {i: {} for i in range(len(odds))}
    for one, other in np.argwhere(odds > -np.inf).tolist():
        if one != other:
            links[one][other] = float(odds[one, other])
    return links


def find_components(members: Sequence[int], links: Links, *, least: float = 0.0) -> list[list[int]]:
    """What links of at least `least` join of `members`: sorted lists, by their first members."""
    unseen = set(members)
    found = []
    for start in sorted(members):
        if start not in unseen:
            continue
        unseen.remove(start)
        part = [start]
        for one in part:
            fresh = unseen.intersection(o for o, odds in links[one].items() if odds >= least)
            unseen -= fresh
            part += sorted(fresh)
        found.append(sorted(part))
    return found


def group_reports(
    links: Links, measure: Callable[[Sequence[int]], Integers], weights: StoryWeights
) -> list[list[int]]:
    """The groups of one story among reports 0 to N, each of which `links` has.

    `measure` says what some of them, by number, have in common, as `measure_pairs` does. Groups are
    sorted lists, in order of their first members.
    """
    groups = []
    for part in _find_parts(list(links), links, least=0.0):
        if len(part) == 1:
            groups.append(part)
            continue
        linked = np.array([[other in links[one] for other in part] for one in part])
        grown = _grow_groups(measure(part), linked, weights)
        groups += [[part[i] for i in group] for group in grown]
    return sorted(groups)


def _find_parts(members: Sequence[int], links: Links, *, least: float) -> Iterator[list[int]]:
    for part in find_components(members, links, least=least):
        if len(part) > MOST_TOGETHER:
            yield from _find_parts(part, links, least=least + SURER)
        else:
            yield part


def _grow_groups(measured: Integers, linked: Matrix, weights: StoryWeights) -> list[list[int]]:
    """Groups merged while the two likest are of one story; of equals the first pair is first."""
    growth = _Growth(measured, linked, weights)
    while growth.merge_likest():
        pass
    return sorted(growth.groups.values())


class _Growth:
    """The state of the merging: sums over the pairs of any two groups, kept in the first's place.

    `odds` holds each pair of groups once, in the row of the first.
    """

    def __init__(self, measured: Integers, linked: Matrix, weights: StoryWeights) -> None:
        count = measured.shape[1]
        self.groups = {i: [i] for i in range(count)}
        self._sums = measured.copy()
        self._own = np.full((len(KINDS), count), UNIT, dtype=np.int64)
        self._linked = linked.copy()
        self._far = find_far(measured)
        self._sizes = np.ones(count, dtype=np.int64)
        self._weights = weights
        self._odds = np.full((count, count), -np.inf)
        for i in range(count):
            self._odds[i, i + 1 :] = self._score(i)[i + 1 :]

    def merge_likest(self) -> bool:
        """Merges the two likest groups, if they are likely enough of one story."""
        if len(self.groups) < 2:
            return False
        one, other = divmod(int(self._odds.argmax()), len(self._odds))
        if self._odds[one, other] < 0:
            return False
        self.groups[one] = sorted(self.groups[one] + self.groups.pop(other))
        kinds = len(KINDS)
        self._own[:, one] += self._own[:, other] + 2 * self._sums[:kinds, one, other]
        self._sums[:, one] += self._sums[:, other]
        self._sums[:, :, one] += self._sums[:, :, other]
        self._sizes[one] += self._sizes[other]
        self._linked[one] |= self._linked[other]
        self._linked[:, one] |= self._linked[:, other]
        self._far[one] |= self._far[other]
        self._far[:, one] |= self._far[:, other]
        self._linked[other], self._linked[:, other] = False, False
        self._odds[other], self._odds[:, other] = -np.inf, -np.inf
        odds = self._score(one)
        self._odds[:one, one], self._odds[one, one + 1 :] = odds[:one], odds[one + 1 :]
        return True

    def _score(self, one: int) -> Floats:
        """The odds of a group with each other; minus infinity where they may not merge."""
        count = len(self._sizes)
        features = compare_groups(
            self._sums[:, one],
            (np.repeat(self._own[:, one : one + 1], count, axis=1), self._own),
            (np.repeat(self._sizes[one : one + 1], count), self._sizes),
        )
        allowed = self._linked[one] & ~self._far[one]
        return np.where(allowed, weigh_features(features, self._weights), -np.inf)


def are_alike(one: Sequence[Profile], other: Sequence[Profile], weights: StoryWeights) -> bool:
    """Whether two groups would be of one story but for their dates."""
    between, mine, theirs = (
        measure_pairs(*pair).sum((1, 2))[:, None]
        for pair in ((one, other), (one, one), (other, other))
    )
    own = mine[: len(KINDS)], theirs[: len(KINDS)]
    sizes = np.array([len(one)]), np.array([len(other)])
    features = compare_groups(between, own, sizes)
    return bool(weigh_features(features, weights, dated=False)[0] >= 0)
