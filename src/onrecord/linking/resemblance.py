"""What reports have in common, pair by pair and group by group.

Each kind of likeness is a cosine. That of two groups is the cosine of their sums, which all pairs
add up to: a group knows better than any of its reports what its story is about. How alike two
groups must be to be of one story grows with their sizes; a logistic regression fitted to groups of
reports weighs it all (training/fit_stories.py).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.linking.profiles import Profile, Terms

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

KINDS = ("meaning", "names", "numbers", "dates")
"""The kinds of likeness, in the order in which arrays hold them."""
APART, DATED, FOREIGN = len(KINDS), len(KINDS) + 1, len(KINDS) + 2
"""Where arrays hold how far apart in time two reports are (`count_apart`), whether both have a
date, and whether they are in two languages."""
ROWS = len(KINDS) + 3

UNIT = 1_000_000
"""Likeness is counted in whole millionths, so that sums are the same in any order."""
MOST_DAYS = 60
"""Days apart count up to this."""
FAR_APART = 21
"""Days between two reports after which they are not of one story, however alike: the same people
say the same again, and what is told of one event is mostly told within three weeks."""
UNSEEN = {"names": 0.0, "numbers": 200.0, "dates": 6.0}
"""Across languages, what is added to the squared length of a report's terms, as if it had a few
more that the other can't show: numbers are written out, converted and rounded in translation."""
_COLUMNS = 4096


@dataclass(frozen=True, slots=True)
class StoryWeights:
    """The regression: log odds for each kind of likeness, for time, and for group sizes.

    `days` is for the natural logarithm of one and the days apart; `foreign` for reports of two
    languages, which have less in common; `smaller` and `larger` for the natural logarithm of the
    number of reports in the smaller and in the larger of two groups.
    """

    meaning: float
    names: float
    numbers: float
    dates: float
    days: float
    foreign: float
    smaller: float
    larger: float
    constant: float


def measure_pairs(rows: Sequence[Profile], columns: Sequence[Profile]) -> Integers:
    """What each row has in common with each column [ROWS, rows, columns], in millionths.

    A report is wholly like itself, also in what it has none of.
    """
    found = np.zeros((ROWS, len(rows), len(columns)))
    if not rows or not columns:
        return found.astype(np.int64)
    found[FOREIGN] = _compare_languages(rows, columns)
    found[0] = _stack_meanings(rows) @ _stack_meanings(columns).T
    for place, kind in enumerate(KINDS[1:], start=1):
        mine, theirs = ([getattr(one, kind) for one in side] for side in (rows, columns))
        shared = _multiply_terms(mine, theirs)
        near = shared / _measure_lengths(mine, theirs, unseen=0.0)
        far = shared / _measure_lengths(mine, theirs, unseen=UNSEEN[kind])
        found[place] = np.where(found[FOREIGN] > 0, far, near)
    found[APART], found[DATED] = _count_days(rows, columns)
    same = np.array([[one is other for other in columns] for one in rows], dtype=bool)
    found[: len(KINDS), same.reshape(len(rows), len(columns))] = 1.0
    counted: Integers = np.rint(found * UNIT).astype(np.int64)
    return counted


def count_apart(days: int) -> int:
    """How far apart some days are, as arrays hold it: by the logarithm, as the odds fall off."""
    return round(math.log1p(days) * UNIT)


def find_far(measured: Integers) -> NDArray[np.bool_]:
    """Which pairs are too far apart in time to be of one story."""
    far: NDArray[np.bool_] = (measured[DATED] > 0) & (measured[APART] > count_apart(FAR_APART))
    return far


def compare_groups(
    between: Integers, own: tuple[Integers, Integers], sizes: tuple[Integers, Integers]
) -> Floats:
    """The features [F, M] of M pairs of groups: KINDS, then days, foreign, smaller and larger.

    `between` [ROWS, M] are sums over all pairs of the two, `own` the sums [len(KINDS), M] over all
    pairs within the one and within the other, and `sizes` [M] their numbers of reports.
    """
    lengths = [np.sqrt(np.maximum(one, UNIT).astype(float)) for one in own]
    kinds = between[: len(KINDS)] / (lengths[0] * lengths[1])
    days = between[APART] / np.maximum(between[DATED], 1)
    foreign = between[FOREIGN] / (UNIT * sizes[0] * sizes[1])
    logs = np.sort(np.log(np.stack(sizes).astype(float)), axis=0)
    return np.concatenate([kinds, [days, foreign], logs])


def weigh_features(features: Floats, weights: StoryWeights, *, dated: bool = True) -> Floats:
    """The log odds [M] that two groups are of one story; not `dated`, whatever their dates."""
    factors = [getattr(weights, kind) for kind in KINDS]
    factors += [weights.days if dated else 0.0, weights.foreign, weights.smaller, weights.larger]
    odds: Floats = np.array(factors) @ features + weights.constant
    return np.round(odds, 9)


def score_pairs(measured: Integers, weights: StoryWeights, *, dated: bool = True) -> Floats:
    """The log odds for pairs of single reports, from what `measure_pairs` gave out."""
    shape = measured.shape[1:]
    flat = measured.reshape(len(measured), -1)
    whole = np.full((len(KINDS), flat.shape[1]), UNIT)
    ones = np.ones(flat.shape[1], dtype=np.int64)
    features = compare_groups(flat, (whole, whole), (ones, ones))
    return weigh_features(features, weights, dated=dated).reshape(shape)


def _stack_meanings(profiles: Sequence[Profile]) -> Floats:
    return np.array([one.meaning for one in profiles], dtype=np.float64).reshape(len(profiles), -1)


def _compare_languages(rows: Sequence[Profile], columns: Sequence[Profile]) -> Floats:
    differ = [
        [float(one.report.language != other.report.language) for other in columns] for one in rows
    ]
    return np.array(differ).reshape(len(rows), len(columns))


def _multiply_terms(rows: Sequence[Terms], columns: Sequence[Terms]) -> Floats:
    """The products of weighted terms, looking only at those that both sides have."""
    known = {term for one in columns for term in one}
    shared = sorted({term for one in rows for term in one} & known)
    found = np.zeros((len(rows), len(columns)))
    for start in range(0, len(shared), _COLUMNS):
        places = {term: i for i, term in enumerate(shared[start : start + _COLUMNS])}
        found += _spread_terms(rows, places) @ _spread_terms(columns, places).T
    return found


def _spread_terms(side: Sequence[Terms], places: Mapping[str, int]) -> Floats:
    spread = np.zeros((len(side), len(places)))
    for row, terms in zip(spread, side, strict=True):
        for term, weight in terms.items():
            place = places.get(term)
            if place is not None:
                row[place] = weight
    return spread


def _measure_lengths(rows: Sequence[Terms], columns: Sequence[Terms], *, unseen: float) -> Floats:
    """The products of the lengths of terms; one where there are none."""
    squares = [
        [sum(weight * weight for weight in terms.values()) + unseen for terms in side]
        for side in (rows, columns)
    ]
    lengths = [np.sqrt(np.array([square or 1.0 for square in side])) for side in squares]
    return np.outer(*lengths)


def _count_days(rows: Sequence[Profile], columns: Sequence[Profile]) -> tuple[Floats, Floats]:
    """The logarithm of one and the days between two reports, and whether both have a date.

    No days for dates that may be the same: a month is all of its days.
    """
    first, last = _stack_days(rows), _stack_days(columns)
    later = first[:, None, 0] - last[None, :, 1]
    earlier = last[None, :, 0] - first[:, None, 1]
    gap = np.maximum(0.0, np.maximum(later, earlier))
    dated = ~np.isnan(gap)
    return np.where(dated, np.log1p(np.minimum(gap, MOST_DAYS)), 0.0), dated.astype(float)


def _stack_days(side: Sequence[Profile]) -> Floats:
    unknown = (np.nan, np.nan)
    return np.array([one.days or unknown for one in side], dtype=np.float64).reshape(len(side), 2)
