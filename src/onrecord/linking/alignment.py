"""A word by word alignment of two wordings: Needleman-Wunsch with affine gaps (Gotoh 1982).

Words left out at the ends of the fuller wording cost nothing, so that a short quotation settles on
one stretch of a long speech; words left out inside cost most where nothing marks the cut. Scores
are whole numbers, so that the path back is exact and always the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from onrecord.linking.wording import Token

Scores = NDArray[np.int32]

# A word of up to three letters is worth half: most of those are articles and prepositions, and an
# alignment must not hang on them. The rest are set so that one equal longer word outweighs one gap.
LONG_WORD, SHORT_WORD = 40, 20
INFLECTED = 24  # another form of the word, or a spelling variant
KIN = 14  # another word of the same class: "may" for "will", 300 for 200
OPEN, OPEN_AT_SENTENCE, OPEN_AT_MARK = 24, 18, 2
STEP = 1
FORBIDDEN = -1_000_000

# Words count as forms of one word from this ratio of shared letters (rapidfuzz, 0 to 100) and with
# the same first three letters: "weapon/weapons" 92, "attack/attacked" 86, "угода/угоду" 80. The
# ratio lets "contact/contract" (93) pass too, which is why such a pair is shown as changed.
FUZZY_RATIO = 75
STEM = 3

MAX_CELLS = (
    1_000_000  # beyond these, long texts are aligned between runs of words found once in both
)
ANCHOR = 4


class Op(NamedTuple):
    """A stretch of the two token lists: half-open ranges of token places.

    `paired` holds for a changed word that has one counterpart (another form or the same class).
    """

    kind: Literal["equal", "changed", "missing", "added"]
    best: tuple[int, int]
    here: tuple[int, int]
    paired: bool = False


Pair = tuple[int, int]


def align_tokens(best: Sequence[Token], here: Sequence[Token]) -> tuple[Op, ...]:
    """The operations that lead from `best` to `here`, covering both lists in order."""
    best_keys = [token.key for token in best]
    here_keys = [token.key for token in here]
    place = _find_run(best_keys, here_keys)
    if place is not None:
        pairs = [(place + index, index) for index in range(len(here))]
    else:
        pairs = list(_pair_tokens(best, here))
    return _join_spacing(_list_ops(pairs, best, here), best_keys, here_keys)


def _find_run(best: Sequence[str], here: Sequence[str]) -> int | None:
    if not here or len(here) > len(best):
        return None
    starts = (i for i in range(len(best) - len(here) + 1) if best[i] == here[0])
    return next((i for i in starts if best[i : i + len(here)] == here), None)


def _pair_tokens(best: Sequence[Token], here: Sequence[Token]) -> Iterator[Pair]:
    corners = [(-1, -1), (len(best), len(here))]
    if len(best) * len(here) > MAX_CELLS:
        corners[1:1] = _find_anchors(best, here)
    for (i, j), (next_i, next_j) in pairwise(corners):
        if i >= 0:
            yield i, j
        left, right = best[i + 1 : next_i], here[j + 1 : next_j]
        if left and right and len(left) * len(right) <= MAX_CELLS:
            for one, two in _align_block(left, right, (i < 0, next_i == len(best))):
                yield i + 1 + one, j + 1 + two


def _find_anchors(best: Sequence[Token], here: Sequence[Token]) -> list[Pair]:
    """Places where runs of words found once in both texts begin, in the same order in both."""
    places = [_single_runs(best), _single_runs(here)]
    pairs = sorted((i, places[1][run]) for run, i in places[0].items() if run in places[1])
    tails: list[int] = []
    chains: list[tuple[Pair, ...]] = []
    for i, j in pairs:
        length = bisect_left(tails, j)
        chain = (*(chains[length - 1] if length else ()), (i, j))
        tails[length : length + 1] = [j]
        chains[length : length + 1] = [chain]
    return list(chains[-1]) if chains else []


def _single_runs(tokens: Sequence[Token]) -> dict[tuple[str, ...], int]:
    keys = [token.key for token in tokens]
    runs = [tuple(keys[i : i + ANCHOR]) for i in range(len(keys) - ANCHOR + 1)]
    counts = Counter(runs)
    return {run: i for i, run in enumerate(runs) if counts[run] == 1}


def _align_block(
    best: Sequence[Token], here: Sequence[Token], free: tuple[bool, bool]
) -> list[Pair]:
    exact = _is_subsequence([token.key for token in here], [token.key for token in best])
    pairs = _score_pairs(best, here, exact=exact)
    opening, step = _gap_costs(best, here, free)
    add = -FORBIDDEN if exact else OPEN
    return _trace(_fill(pairs, opening, step, add), opening, step)


def _is_subsequence(short: Sequence[str], long: Sequence[str]) -> bool:
    rest = iter(long)
    return all(key in rest for key in short)


def _score_pairs(best: Sequence[Token], here: Sequence[Token], *, exact: bool) -> Scores:
    """What pairing each word with each other is worth; FORBIDDEN for unlike words.

    With `exact`, only equal words: every word of `here` has its place in `best`.
    """
    rows, columns = _number_values([t.key for t in best], [t.key for t in here])
    worth = np.array([LONG_WORD if len(t.key) > STEM else SHORT_WORD for t in here], np.int32)
    same = rows[:, None] == columns[None, :]
    scores = np.where(same, worth[None, :], FORBIDDEN).astype(np.int32)
    if exact:
        return scores
    kin = _same_label([t.kin for t in best], [t.kin for t in here])
    scores = np.where(~same & kin, KIN, scores)
    forms = _same_label([_stem(t) for t in best], [_stem(t) for t in here]) & ~same
    for i, j in np.argwhere(forms).tolist():
        if fuzz.ratio(best[i].key, here[j].key) >= FUZZY_RATIO:
            scores[i, j] = INFLECTED
    return scores.astype(np.int32)


def _stem(token: Token) -> str:
    return token.key[:STEM] if len(token.key) > STEM and not token.values else ""


def _number_values(one: Sequence[str], two: Sequence[str]) -> tuple[Scores, Scores]:
    numbers: dict[str, int] = {}
    rows = [numbers.setdefault(value, len(numbers)) for value in one]
    columns = [numbers.setdefault(value, len(numbers)) for value in two]
    return np.array(rows, np.int32), np.array(columns, np.int32)


def _same_label(one: Sequence[str], two: Sequence[str]) -> NDArray[np.bool_]:
    rows, columns = _number_values(["", *one], ["", *two])
    rows, columns = rows[1:], columns[1:]
    same: NDArray[np.bool_] = (rows[:, None] == columns[None, :]) & (rows[:, None] > 0)
    return same


def _gap_costs(
    best: Sequence[Token], here: Sequence[Token], free: tuple[bool, bool]
) -> tuple[Scores, Scores]:
    """What it costs to leave out words of `best` before each word of `here`, and at its end."""
    opening = [
        OPEN_AT_MARK if token.cut or token.reopened else (OPEN, OPEN, OPEN_AT_SENTENCE)[token.pause]
        for token in here
    ]
    step = [STEP] * len(here)
    ends = ((0, 0), (-1, 0))
    opening.append(OPEN)
    step.append(STEP)
    for is_free, (place, cost) in zip(free, ends, strict=True):
        if is_free:
            opening[place] = step[place] = cost
    return np.array(opening, np.int32), np.array(step, np.int32)


class _Table(NamedTuple):
    """Best scores of the paths to each cell that end in a pair, in a word left out, in any way.

    `ramp` is what added words cost up to each column, `add` what the first of them costs.
    """

    matched: Scores
    missing: Scores
    whole: Scores
    ramp: Scores
    add: int


def _fill(pairs: Scores, opening: Scores, step: Scores, add: int) -> _Table:
    rows, columns = pairs.shape
    ramp = np.arange(columns + 1, dtype=np.int32) * STEP
    matched = np.full((rows + 1, columns + 1), FORBIDDEN, np.int32)
    missing = np.full((rows + 1, columns + 1), FORBIDDEN, np.int32)
    whole = np.empty((rows + 1, columns + 1), np.int32)
    whole[0] = -add - ramp
    whole[0, 0] = 0
    for i in range(1, rows + 1):
        np.add(whole[i - 1, :-1], pairs[i - 1], out=matched[i, 1:])
        missing[i] = np.maximum(whole[i - 1] - opening, missing[i - 1]) - step
        whole[i] = np.maximum(matched[i], missing[i])
        added = np.maximum.accumulate(whole[i] + ramp)[:-1] - add - ramp[1:]
        np.maximum(whole[i, 1:], added, out=whole[i, 1:])
    return _Table(matched, missing, whole, ramp, add)


def _trace(table: _Table, opening: Scores, step: Scores) -> list[Pair]:
    matched, missing, whole, ramp, add = table
    i, j = whole.shape[0] - 1, whole.shape[1] - 1
    found: list[Pair] = []
    inside = False
    while i and j:
        if not inside and whole[i, j] == matched[i, j]:
            i, j = i - 1, j - 1
            found.append((i, j))
        elif inside or whole[i, j] == missing[i, j]:
            inside = bool(missing[i, j] != whole[i - 1, j] - opening[j] - step[j])
            i -= 1
        else:
            before = np.maximum(matched[i, :j], missing[i, :j]) + ramp[:j]
            j = int(np.flatnonzero(before == whole[i, j] + add + ramp[j])[-1])
    return found[::-1]


def _list_ops(pairs: Sequence[Pair], best: Sequence[Token], here: Sequence[Token]) -> list[Op]:
    ops: list[Op] = []
    last_i = last_j = 0
    for i, j in [*pairs, (len(best), len(here))]:
        region = name_op((last_i, i), (last_j, j))
        if region is not None:
            ops.append(region)
        if i < len(best) and j < len(here):
            _append_pair(ops, best[i], here[j], (i, j))
        last_i, last_j = i + 1, j + 1
    return ops


def name_op(best: tuple[int, int], here: tuple[int, int]) -> Op | None:
    """The operation on two stretches without a common word; None where both are empty."""
    if best[0] == best[1]:
        return None if here[0] == here[1] else Op("added", best, here)
    return Op("missing" if here[0] == here[1] else "changed", best, here)


def _append_pair(ops: list[Op], one: Token, two: Token, place: Pair) -> None:
    i, j = place
    contracted = one.joined != two.joined
    equal = one.key == two.key and not contracted
    kind: Literal["equal", "changed"] = "equal" if equal else "changed"
    last = ops[-1] if ops else None
    joins = equal or (contracted and one.key == two.key)
    if joins and last is not None and last.kind == kind and (equal or last.paired):
        ops[-1] = Op(kind, (last.best[0], i + 1), (last.here[0], j + 1), not equal)
    else:
        ops.append(Op(kind, (i, i + 1), (j, j + 1), not equal))


def _join_spacing(ops: Sequence[Op], best: Sequence[str], here: Sequence[str]) -> tuple[Op, ...]:
    """Ops with those regions equal that differ by spaces and hyphens alone ("per cent")."""
    joined: list[Op] = []
    for op in ops:
        kept = op
        if op.kind == "changed" and not op.paired:
            same = "".join(best[slice(*op.best)]) == "".join(here[slice(*op.here)])
            kept = op._replace(kind="equal") if same else op
        joined.append(kept)
    return tuple(joined)
