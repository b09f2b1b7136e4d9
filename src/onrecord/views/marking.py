"""Cutting a text into runs, so that marks which overlap can be shown without being nested."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, Literal, TypeVar

from onrecord.domain import Difference, Span, Words

Kind = TypeVar("Kind")

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_REACH = 6  # words on either side of a gap that are compared to find where words are missing
_MOST_WORDS = 30  # of missing words that are shown in full
_FIRST_WORDS, _LAST_WORDS = 14, 8  # of those that are shown of a longer stretch


@dataclass(frozen=True, slots=True)
class Run(Generic[Kind]):
    """A stretch of a text over which the marks are the same, in the order they were given in."""

    start: int
    text: str
    marks: tuple[Kind, ...]

    @property
    def end(self) -> int:
        """Where the run ends."""
        return self.start + len(self.text)


def cut_runs(
    text: str,
    marks: Sequence[tuple[Span, Kind]],
    *,
    within: Span | None = None,
    cuts: Iterable[int] = (),
) -> list[Run[Kind]]:
    """The runs of `text` (or of one stretch of it), cut wherever a mark begins or ends.

    The runs joined are the text. Marks may overlap, nest or reach beyond the text; empty ones
    are left out. `cuts` are further places to cut at.
    """
    low, high = within or (0, len(text))
    low = min(max(0, low), len(text))
    high = max(low, min(high, len(text)))
    inside = [(max(low, a), min(high, b), kind) for (a, b), kind in marks]
    real = [(a, b, number, kind) for number, (a, b, kind) in enumerate(inside) if a < b]
    edges = {low, high, *(edge for a, b, _, _ in real for edge in (a, b))}
    edges.update(cut for cut in cuts if low < cut < high)
    pending = sorted(real, key=lambda mark: mark[:3], reverse=True)
    active: list[tuple[int, int, int, Kind]] = []
    runs: list[Run[Kind]] = []
    for start, end in pairwise(sorted(edges)):
        while pending and pending[-1][0] <= start:
            active.append(pending.pop())
        active = sorted((mark for mark in active if mark[1] > start), key=lambda mark: mark[2])
        runs.append(Run(start, text[start:end], tuple(mark[3] for mark in active)))
    return runs


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a rendering as it is shown.

    `plain`, `added` and `changed` are words as printed, from `start`; `missing` and `replaced`
    are words of the fullest wording that are not printed here; `joint` stands where the report's
    own words come between.
    """

    kind: Literal["plain", "added", "changed", "missing", "replaced", "joint"]
    text: str = ""
    start: int = -1


@dataclass(frozen=True, slots=True)
class Printed:
    """Words at `spans` of a report's text."""

    text: str
    spans: tuple[Span, ...]


def mark_differences(
    here: Printed, differences: Sequence[Difference] = (), *, best: Printed | None = None
) -> list[Piece]:
    """The words of a rendering in pieces, with its differences from `best` where they stand.

    The printed pieces joined are the texts of the spans; missing words come at the place where
    the words around them stand in `best`.
    """
    marks: list[tuple[Span, Literal["added", "changed"]]] = [
        (span, "added" if one.op == "added" else "changed")
        for one in differences
        if one.here is not None
        for span in one.here.spans
    ]
    absent = _place_missing(here, differences, best)
    pieces: list[Piece] = []
    for number, span in enumerate(here.spans):
        if number:
            pieces.append(Piece("joint"))
        pieces += _cut_fragment(here.text, span, marks, absent)
    return pieces


def _cut_fragment(
    text: str,
    span: Span,
    marks: Sequence[tuple[Span, Literal["added", "changed"]]],
    absent: dict[int, list[Piece]],
) -> Iterator[Piece]:
    """The pieces of one fragment. What was placed is taken out of `absent`, to show it once."""
    for run in cut_runs(text, marks, within=span, cuts=absent):
        yield from absent.pop(run.start, ())
        yield Piece(run.marks[0] if run.marks else "plain", run.text, run.start)
    yield from absent.pop(span[1], ())


def _place_missing(
    here: Printed, differences: Sequence[Difference], best: Printed | None
) -> dict[int, list[Piece]]:
    """Words of `best` by the place in `here` before which they are to be shown."""
    placed: dict[int, list[Piece]] = {}
    tokens = _list_tokens(here)
    for number, one in enumerate(differences):
        if one.best is None:
            continue
        words = shorten_words(one.best.text)
        if one.here is not None:
            placed.setdefault(one.here.start, []).append(Piece("replaced", words))
        elif best is not None and tokens:
            bounds = _find_bounds(differences, number, here)
            place = _find_gap(tokens, _list_tokens(best), one.best, bounds)
            placed.setdefault(place, []).append(Piece("missing", words))
    return placed


def shorten_words(text: str) -> str:
    """The words in full, or the first and last of many with the number of those between."""
    words = text.split()
    between = len(words) - _FIRST_WORDS - _LAST_WORDS
    if len(words) <= _MOST_WORDS:
        return text
    head, tail = " ".join(words[:_FIRST_WORDS]), " ".join(words[-_LAST_WORDS:])
    return f"{head} [… {between} more words …] {tail}"


Token = tuple[int, int, str]


def _list_tokens(printed: Printed) -> list[Token]:
    return [
        (match.start(), match.end(), match[0].casefold())
        for span in printed.spans
        for match in _WORD.finditer(printed.text, *span)
    ]


def _find_bounds(differences: Sequence[Difference], number: int, here: Printed) -> Span:
    """Where the nearest differences that have a place in `here` end and begin."""
    before = [one.here.end for one in differences[:number] if one.here is not None]
    after = [one.here.start for one in differences[number + 1 :] if one.here is not None]
    low, high = here.spans[0][0], here.spans[-1][1]
    return max(before, default=low), min(after, default=high)


def _find_gap(here: list[Token], best: list[Token], missing: Words, bounds: Span) -> int:
    """The place between two words of `here` whose surroundings are likest to those in `best`."""
    before = [key for _, end, key in best if end <= missing.start][::-1]
    after = [key for start, _, key in best if start >= missing.end]
    keys = [key for _, _, key in here]
    gaps = [
        gap
        for gap in range(len(here) + 1)
        if (gap == 0 or here[gap - 1][1] <= bounds[1])
        and (gap == len(here) or here[gap][0] >= bounds[0])
    ]
    likest = max(
        gaps or [len(here)],
        key=lambda gap: _count_common(keys[:gap][::-1], before) + _count_common(keys[gap:], after),
    )
    return here[0][0] if likest == 0 else here[likest - 1][1]


def _count_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words agree from the start, up to the first that don't; both ends count as one."""
    common = 0
    for mine, yours in zip(one[:_REACH], other[:_REACH], strict=False):
        if mine != yours:
            return common
        common += 1
    return common + (common == len(one) == len(other))
