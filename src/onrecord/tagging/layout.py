"""What the page itself says, before any model: sentences, lines, quotations, signatures."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.dialogues import spoken_spans
from onrecord.domain import Span, Zone
from onrecord.tagging.windows import Pieces
from onrecord.text import paragraph_spans, sentence_spans

SILENT_ZONES = ("furniture", "caption", "byline")
"""Zones that nobody says anything in."""

Integers = NDArray[np.int64]

_DASHES = frozenset("-–—―‒")
# What a paragraph ends with; a line that ends otherwise, with no blank line after it, was wrapped.
_BLANK = re.compile(r"\s*?\n\s*?\n")
_ENDING = re.compile(r"[.!?…:;。！？][\"'“”‘’«»›‹)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Layout:
    """A report's layout by unit.

    `sentences` and `lines` number each unit's sentence and line. `breaks` are the units before
    which something was left out, or a heading or a paragraph ended: no span may run across (in the
    corpora of training/ one content in 2,000 does). `quotations` are the
    units of each pair of quotation marks, the marks among them, `dashes` those that are one.
    """

    sentences: Integers
    lines: Integers
    breaks: tuple[int, ...] = ()
    quotations: tuple[Span, ...] = ()
    dashes: frozenset[int] = frozenset()


def read_layout(
    text: str, pieces: Pieces, zones: Sequence[Zone] = (), *, language: str = ""
) -> Layout:
    """The layout of a text that was cut into pieces; with a language, its dialogues too."""
    starts = [span[0] for span in pieces.unit_spans]
    edges = {zone.span[1] for zone in zones if zone.kind in (*SILENT_ZONES, "title")}
    edges |= {end for start, end in paragraph_spans(text) if _is_ended(text, start, end)}
    breaks = sorted({bisect.bisect_left(starts, edge) for edge in edges})
    quotations = [
        (bisect.bisect_left(starts, low), bisect.bisect_left(starts, high))
        for low, high in spoken_spans(text, language)
    ]
    return Layout(
        sentences=_number(starts, sentence_spans(text)),
        lines=_number(starts, paragraph_spans(text)),
        breaks=tuple(unit for unit in breaks if 0 < unit < len(starts)),
        quotations=tuple(span for span in quotations if span[0] < span[1]),
        dashes=frozenset(
            unit for unit, (a, b) in enumerate(pieces.unit_spans) if text[a:b] in _DASHES
        ),
    )


def _is_ended(text: str, start: int, end: int) -> bool:
    return _BLANK.match(text, end) is not None or _ENDING.search(text, start, end) is not None


def _number(starts: Sequence[int], spans: Sequence[Span]) -> Integers:
    """For each unit the number of spans that have begun where it begins."""
    edges = [start for start, _ in spans]
    return np.array([bisect.bisect_right(edges, start) for start in starts], dtype=np.int64)
