"""Text -> pieces -> windows: what the encoder is given, and where each piece came from."""

from __future__ import annotations

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Span
from onrecord.text import merge_spans, sentence_spans

WINDOW = 250
CONTEXT = 48

Integers = NDArray[np.int64]

# sentencepiece takes UTF-8, which has no form for them; the stand-in keeps every offset.
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\uffff")


class Tokenizer(Protocol):
    """What cuts a text into the pieces that the encoder knows."""

    def encode(self, text: str) -> tuple[list[int], list[Span]]:
        """Piece ids and the span that each piece was made from, its leading space included."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text in pieces. `units` are the taggable ones: the first piece of each word or mark.

    `unit_spans[i]` reaches from the start of unit i's first piece to the end of its last.
    """

    ids: Integers
    spans: tuple[Span, ...]
    units: Integers
    unit_spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces [start, end) of which those from `core` on are read here, the rest being context."""

    start: int
    core: int
    end: int


def split_pieces(text: str, tokenizer: Tokenizer, *, skip: Sequence[Span] = ()) -> Pieces:
    """The pieces of `text` with their spans, and the units that tags are given to.

    Pieces that end within a span of `skip` (furniture) are left out (a piece may begin with the
    white space before that); the others keep their offsets into the whole text.
    """
    skip = merge_spans(skip)
    ids, spans = tokenizer.encode(text.translate(_LONE_SURROGATES))
    keep = [
        i
        for i, (start, end) in enumerate(spans)
        if text[start:end].strip() and not _lies_in(end - 1, skip)
    ]
    kept = [_without_space(text, spans[i]) for i in keep]
    units = [i for i in range(len(kept)) if i == 0 or _starts_unit(text, kept[i - 1], kept[i])]
    ends = [*units[1:], len(kept)] if units else []
    return Pieces(
        np.array([ids[i] for i in keep], dtype=np.int64),
        tuple(kept),
        np.array(units, dtype=np.int64),
        tuple((kept[u][0], kept[e - 1][1]) for u, e in zip(units, ends, strict=True)),
    )


def _lies_in(position: int, spans: Sequence[Span]) -> bool:
    """Whether one of the spans, sorted and apart, holds the position."""
    at = bisect.bisect_right(spans, position, key=lambda span: span[0]) - 1
    return at >= 0 and position < spans[at][1]


def _without_space(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _starts_unit(text: str, before: Span, here: Span) -> bool:
    """Whether a new word or mark begins with the piece at `here`.

    Scripts without letter case (Chinese, Arabic, Thai, ...) may write no spaces: each piece of
    theirs is a unit.
    """
    if here[0] > before[1]:
        return True
    if here[0] < before[1]:
        return False
    last, first = text[before[1] - 1], text[here[0]]
    if not (last.isalnum() and first.isalnum()):
        return True
    return first.isalpha() and first.lower() == first.upper()


def cut_windows(
    text: str,
    pieces: Pieces,
    *,
    size: int = WINDOW,
    context: int = CONTEXT,
    first: int | None = None,
) -> list[Window]:
    """Windows of at most `size` pieces whose cores tile the text, cut at sentence ends.

    Each window but the first opens with up to `context` pieces of what came before. A sentence
    longer than a window is cut where the window ends. `first` limits the first window's core
    (training moves the seams with it). Context never fills a window: one piece is read at least.
    """
    context = min(context, size - 1)
    total = len(pieces.ids)
    starts = [span[0] for span in pieces.spans]
    ends = [bisect.bisect_left(starts, end) for _, end in sentence_spans(text)]
    windows: list[Window] = []
    core = 0
    while core < total:
        left = max(0, core - context)
        room = size - (core - left) if windows or first is None else min(first, size)
        limit = core + room
        if limit >= total:
            end = total
        else:
            at = bisect.bisect_right(ends, limit) - 1
            end = ends[at] if at >= 0 and ends[at] > core else limit
        windows.append(Window(left, core, end))
        core = end
    return windows
