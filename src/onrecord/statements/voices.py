"""Paragraphs that are somebody's own words without being marked as a quotation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from onrecord.domain import Span
from onrecord.quotations import quoted_spans
from onrecord.statements.positions import Clauses
from onrecord.text import cut_out, merge_spans, paragraph_spans

_OWN_VOICE = 2
"""So many words for oneself outside quotation marks make a paragraph somebody's own words."""


def find_own_voice(clauses: Clauses, contents: Sequence[Span]) -> list[Span]:
    """The paragraphs in which somebody says "I" or "we" outside of all that is marked as said.

    A content marks it only if it is in somebody's own words itself.
    """
    text = clauses.text
    own = [
        start
        for start, end in clauses.tokens
        if clauses.words.find_code(text[start:end])[:1] == "1"
    ]

    def count_own(spans: Sequence[Span]) -> int:
        return sum(bisect_left(own, high) - bisect_left(own, low) for low, high in spans)

    told = [span for span in contents if count_own([span]) >= _OWN_VOICE]
    marked = merge_spans((*quoted_spans(text), *told))
    return [
        paragraph
        for paragraph in paragraph_spans(text)
        if count_own([paragraph]) >= _OWN_VOICE
        and count_own(cut_out([paragraph], marked)) >= _OWN_VOICE
    ]
