"""The lines of a text and how each looks: what zones are told apart by in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from onrecord.domain import Span
from onrecord.text import CLOSING, OPENING, STRAIGHT, paragraph_spans, trim_span

_STOPS = ".。।．؟?!？！…"
_AFTER_STOP = CLOSING + OPENING + STRAIGHT + ")]»*"
# Scripts that set no spaces between words; two characters count as one word.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE_BREAK = re.compile(r"[.?!…][”\"»›’'“]*\s+\W*[^\W\d_a-z]|[。！？।]")
_WRAP_WIDTH = 100
_WRAP_PAIRS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One line (or hard-wrapped paragraph): its words and the layout that can be seen of it."""

    span: Span
    text: str
    words: int
    adjacent: bool

    @property
    def mark(self) -> str:
        """The character it ends with, closing quotation marks and brackets aside."""
        return self.text.rstrip(_AFTER_STOP)[-1:]

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does."""
        return self.mark != "" and self.mark in _STOPS

    @property
    def sentences(self) -> bool:
        """Whether a sentence ends inside it and another begins."""
        return bool(_SENTENCE_BREAK.search(self.text))

    @property
    def prose(self) -> bool:
        """Whether it reads as running text: whole sentences, or too long for anything else."""
        return (self.ends and self.words >= 5) or self.words >= 28 or len(self.text) >= 220

    @property
    def label(self) -> bool:
        """Whether it is a word or three with no end, as menus and section names are."""
        return self.words <= 3 and len(self.text) <= 30 and self.mark not in _STOPS + ":,;"

    @property
    def headline(self) -> bool:
        """Whether it could be a title: some words, not too many, and no full stop."""
        return self.words >= 3 and len(self.text) <= 200 and self.mark not in ".。।．:;,"


def split_lines(text: str) -> list[Line]:
    """The lines of `text` that hold more than white space.

    In a text that is wrapped at a fixed width, paragraphs (set off by empty lines) take the place
    of lines, so that a sentence is not cut into several.
    """
    spans = paragraph_spans(text)
    breaks = [text.count("\n", before[1], after[0]) for before, after in pairwise(spans)]
    if _is_wrapped(text, spans, breaks):
        spans, breaks = _join_wrapped(text, spans, breaks)
    return [
        Line((start, end), text[start:end], count_words(text[start:end]), before == 1)
        for (start, end), before in zip(spans, [0, *breaks][: len(spans)], strict=True)
    ]


def count_words(text: str) -> int:
    """How many words `text` has, counting two characters as one in scripts without spaces."""
    unspaced = len(_UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + (unspaced + 1) // 2


def _is_wrapped(text: str, spans: list[Span], breaks: list[int]) -> bool:
    if (
        not spans
        or max(end - start for start, end in spans) > _WRAP_WIDTH
        or max(breaks, default=0) < 2
    ):
        return False
    broken = sum(
        gap == 1 and text[after[0]].islower() and text[before[1] - 1] not in _STOPS
        for (before, after), gap in zip(pairwise(spans), breaks, strict=True)
    )
    return broken >= _WRAP_PAIRS


def _join_wrapped(text: str, spans: list[Span], breaks: list[int]) -> tuple[list[Span], list[int]]:
    joined = [spans[0]]
    for span, gap in zip(spans[1:], breaks, strict=True):
        if gap == 1:
            joined[-1] = trim_span(text, (joined[-1][0], span[1]))
        else:
            joined.append(span)
    return joined, [2] * (len(joined) - 1)
