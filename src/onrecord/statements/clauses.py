"""The sentences around a cue, with what was said blanked out, and how far their clauses are off."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Attribution, Report, Span
from onrecord.lexicon import load_lexicon
from onrecord.statements.phrases import compile_words
from onrecord.text import QUOTES, find_sentence, merge_spans, overlap

BLANKED = "\0"
_BOUNDARY = re.compile(
    rf"[;()\[\]!?…{BLANKED}{re.escape(QUOTES.replace(chr(39), '').replace('’', ''))}]+"
    r"|[,:](?!\d)|[–—]|\s-\s|\n"
)
_DATELINE = re.compile(r"[^\n(]{1,60}\([^()\n]{2,40}\)\s*[-–—]\s")


@dataclass(frozen=True, slots=True)
class Clauses:
    """The sentences that hold an attribution's cue, or its source where it has no cue.

    `text` has as many characters as the report's text from `offset` on, with blanks (U+0000) for
    what was said. `parts` are the clauses, by their places in `text`; `reach` tells for each how
    many clauses lie between it and the cue, or None where its words belong to something else.
    """

    text: str
    offset: int
    anchor: Span
    parts: tuple[Span, ...]
    reach: tuple[int | None, ...]

    def find_part(self, span: Span) -> int:
        """The number of the clause in which a span of the report begins."""
        starts = [start for start, _ in self.parts]
        return max(0, bisect_right(starts, span[0] - self.offset) - 1)

    def distance(self, span: Span, *, furthest: int | None = None) -> int | None:
        """How many clauses lie between the cue and a span; None where out of reach or too far."""
        reach = self.reach[self.find_part(span)]
        return None if reach is None or (furthest is not None and reach > furthest) else reach

    def count_apart(self, span: Span) -> int:
        """How many characters lie between the cue and a span."""
        return max(self.anchor[0] - span[1], span[0] - self.anchor[1], 0)

    def cut_way(self, span: Span) -> str:
        """The text of a span's clause that leads to it, from the cue on where that comes before."""
        since = self.parts[self.find_part(span)][0] + self.offset
        if self.anchor[1] <= span[0]:
            since = max(since, self.anchor[1])
        return self.cut(since, span[0])

    def cut(self, start: int, end: int) -> str:
        """The text between two places of the report, what was said blanked out."""
        return self.text[max(0, start - self.offset) : max(0, end - self.offset)]


def find_clauses(
    report: Report, attribution: Attribution, others: Sequence[Attribution] = ()
) -> Clauses | None:
    """The clauses around the cue of an attribution; None where it has neither cue nor source.

    `others` are the attributions of the report: what they say is blanked out too, and no way leads
    past their cues. An attribution inside what another one says stays within that.
    """
    spans = attribution.cue or attribution.source
    if not spans:
        return None
    anchor = (spans[0][0], spans[-1][1])
    near = _find_near(report.text, anchor, attribution)
    begin = min(start for start, _ in near)
    low, high = _find_sentences(report.text, near)
    if attribution.inner:
        low, high = _stay_within(anchor, begin, (low, high), others)
    if (dateline := _DATELINE.match(report.text, low, high)) and dateline.end() <= begin:
        low = dateline.end()
    text = _blank_out(report.text[low:high], low, anchor, (attribution, *others))
    if _ends_with_conjunction(text[: begin - low], report.language):
        low, text = begin, text[begin - low :]
    parts = _split_parts(text)
    rivals = [
        (start - low, end - low)
        for other in others
        for start, end in other.cue
        if low <= start < high and not overlap((start, end), anchor)
    ]
    local = (anchor[0] - low, anchor[1] - low)
    return Clauses(text, low, anchor, parts, _measure_reach(text, parts, local, rivals, report))


@cache
def load_bounds(language: str, name: str) -> re.Pattern[str] | None:
    """The words of a list of `[occasion]`, as whole words at the start of a clause or its end."""
    words = load_lexicon(language).words("occasion", name)
    if name == "conjunctions":
        return compile_words(words, before=r"(?<!\w)", after=r"[^\S\n]*\Z")
    return compile_words(words, before=r"\W*", after=r"(?!\w)")


@cache
def load_words(language: str, name: str) -> re.Pattern[str] | None:
    """The words of a list of `[occasion]`, as whole words anywhere."""
    words = load_lexicon(language).words("occasion", name)
    return compile_words(words, before=r"(?<!\w)", after=r"(?!\w)")


def holds(language: str, name: str, text: str) -> bool:
    """Whether a word of a list of `[occasion]` is in the text."""
    words = load_words(language, name)
    return words is not None and words.search(text) is not None


def leads_to(language: str, way: str) -> bool:
    """Whether what comes after `way` can belong to the cue before it.

    Words such as "about" end that, and so does "after", unless an occasion to speak comes after it
    ("after talks").
    """
    if holds(language, "not_across", way):
        return False
    follows = load_words(language, "follows")
    ends = [] if follows is None else [match.end() for match in follows.finditer(way)]
    return not ends or holds(language, "events", way[max(ends) :])


def stands_apart(language: str, text: str, place: int) -> bool:
    """Whether the clause of a place belongs to something else, or leads to it by way of that.

    So in "who came on Monday" and "about the vote on Monday"; `text` has contents blanked out.
    """
    parts = _split_parts(text)
    start, _ = parts[max(0, bisect_right([low for low, _ in parts], place) - 1)]
    relative = load_bounds(language, "relative")
    if start and relative is not None and relative.match(text[start:]) is not None:
        return True
    return not leads_to(language, text[start:place])


def _find_near(text: str, anchor: Span, attribution: Attribution) -> list[Span]:
    """Cue and source, without a source in another paragraph, where others are told of."""
    return [
        span
        for span in (*attribution.cue, *attribution.source)
        if "\n" not in text[min(span[0], anchor[0]) : max(span[1], anchor[1])]
        or overlap(span, anchor)
    ]


def _find_sentences(text: str, spans: Sequence[Span]) -> Span:
    found = [find_sentence(text, place) for start, end in spans for place in (start, end - 1)]
    ends = [*found, *spans]
    return min(start for start, _ in ends), max(end for _, end in ends)


def _stay_within(anchor: Span, begin: int, span: Span, others: Sequence[Attribution]) -> Span:
    """The part of a span that the same speaker says; from the source or cue on where unknown."""
    for other in others:
        for start, end in other.content:
            if start <= anchor[0] and anchor[1] <= end and not overlap(anchor, _hull(other.cue)):
                return max(start, span[0]), min(end, span[1])
    return begin, span[1]


def _hull(spans: Sequence[Span]) -> Span:
    return (spans[0][0], spans[-1][1]) if spans else (0, 0)


def _blank_out(text: str, low: int, anchor: Span, attributions: Sequence[Attribution]) -> str:
    """The text with the contents blanked out, but for one that holds the cue itself."""
    contents = [
        (start, end)
        for attribution in attributions
        for start, end in attribution.content
        if start < low + len(text) and end > low and not overlap((start, end), anchor)
    ]
    for start, end in merge_spans(contents):
        first, after = max(start - low, 0), min(end - low, len(text))
        text = text[:first] + BLANKED * (after - first) + text[after:]
    return text


def _ends_with_conjunction(text: str, language: str) -> bool:
    """Whether the source or cue begins a clause of its own ("... on Monday, and she said")."""
    conjunction = load_bounds(language, "conjunctions")
    return conjunction is not None and conjunction.search(text) is not None


def _split_parts(text: str) -> tuple[Span, ...]:
    parts, begin = [], 0
    for boundary in _BOUNDARY.finditer(text):
        if text[begin : boundary.start()].strip():
            parts.append((begin, boundary.start()))
        begin = boundary.end()
    if text[begin:].strip() or not parts:
        parts.append((begin, len(text)))
    return tuple(parts)


def _measure_reach(
    text: str, parts: tuple[Span, ...], anchor: Span, rivals: Sequence[Span], report: Report
) -> tuple[int | None, ...]:
    relative = load_bounds(report.language, "relative")
    here = [number for number, part in enumerate(parts) if overlap(part, anchor)] or [0]
    taken = [
        number
        for number, part in enumerate(parts)
        if number not in here and any(overlap(part, rival) for rival in rivals)
    ]
    low = max((number for number in taken if number < here[0]), default=-1)
    high = min((number for number in taken if number > here[-1]), default=len(parts))
    reach: list[int | None] = []
    for number, (start, end) in enumerate(parts):
        off = max(here[0] - number, number - here[-1], 0)
        elsewhere = relative is not None and relative.match(text[start:end]) is not None
        reach.append(None if off and (elsewhere or not low < number < high) else off)
    return tuple(reach)
