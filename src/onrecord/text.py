"""Offset-safe helpers for text: everything returns spans and leaves the text as it was read."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

from onrecord.domain import Span

OPENING = "“„«‹‚‘「『‟"
CLOSING = "”»›’」』"
STRAIGHT = "\"'"
QUOTES = OPENING + CLOSING + STRAIGHT

_PARAGRAPH = re.compile(r"\S[^\n]*")
_VISIBLE = re.compile(r"\S")
# French sets a space before a closing mark.
_SENTENCE_END = re.compile(
    r"[.!?…。！？؟]+[”\"»›«‹’'」』)\]“‘]*(?:[ \u00a0\u202f][»›])?(?=\s|$)|[。！？]+[”」』）]*"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“„«\"'])(?:\w|\d{1,2}|Mr|Mrs|Ms|Dr|Prof|St|Sen|Rep|Gov|Gen|Sgt|Lt|Col|Capt|Rev|Hon|Jr|"
    r"Sr|vs|etc|approx|No|Nr|Abs|Art|bzw|ca|evtl|ggf|inkl|usw|u\.a|z\.B|d\.h|o\.ä|v\.a|i\.d|"
    r"sog|Mio|Mrd|Tsd|Sept|Jan|Feb|Aug|Okt|Oct|Nov|Dez|Dec|Mme|Mlle|M|Sra|Sr|Dra|ул|вул|обл|им|г|р|с|др|"
    r"пр|тис|млн|млрд|[A-Z](?:\.[A-Z])+)$"
)


def trim_span(text: str, span: Span) -> Span:
    """The span without the white space at its ends; an empty span where nothing else is in it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def merge_spans(spans: Iterable[Span], *, gap: int = 0) -> tuple[Span, ...]:
    """Sorted spans, with those joined that overlap or lie at most `gap` characters apart."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def cut_out(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of the spans outside the holes, in order."""
    left = [span for span in spans if span[0] < span[1]]
    for start, end in holes:
        left = [
            part
            for low, high in left
            for part in ((low, min(high, start)), (max(low, end), high))
            if part[0] < part[1]
        ]
    return tuple(left)


def overlap(one: Span, other: Span) -> int:
    """How many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def paragraph_spans(text: str) -> list[Span]:
    """The lines that hold more than white space, without the white space at their ends."""
    return [trim_span(text, match.span()) for match in _PARAGRAPH.finditer(text)]


def sentence_spans(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of `text` (or of one stretch of it), never across a line break.

    A sentence ends at a full stop, question or exclamation mark with the closing quotation marks
    and brackets that follow, unless a lower-case letter comes next or the stop ends a short
    abbreviation or an ordinal ("z. B.", "St.", "18. September").
    """
    if within is None:
        return list(_split_sentences(text))
    low, high = within
    spans: list[Span] = []
    for start, end in paragraph_spans(text[low:high]):
        begin = low + start
        stop = low + end
        for match in _SENTENCE_END.finditer(text, begin, stop):
            if _goes_on(text, begin, match.start(), match.end(), stop):
                continue
            spans.append((begin, match.end()))
            begin = match.end()
            while begin < stop and text[begin].isspace():
                begin += 1
        if begin < stop:
            spans.append((begin, stop))
    return spans


def find_sentence(text: str, place: int) -> Span:
    """The sentence around a place of the text; an empty span in the white space between two."""
    sentences = _split_sentences(text)
    number = bisect_right(sentences, place, key=_start) - 1
    if number >= 0 and place < sentences[number][1]:
        return sentences[number]
    return place, place


# Every stage asks for the sentences of the report at hand, some for each of its statements.
@lru_cache(maxsize=4)
def _split_sentences(text: str) -> tuple[Span, ...]:
    return tuple(sentence_spans(text, (0, len(text))))


def _start(span: Span) -> int:
    return span[0]


def _goes_on(text: str, begin: int, mark: int, after: int, stop: int) -> bool:
    follow = _VISIBLE.search(text, after, stop)
    if follow is None or text[mark] in "。！？":
        return False
    if follow[0].islower():
        return True
    return text[mark] == "." and bool(_ABBREVIATION.search(text[max(begin, mark - 12) : mark]))
