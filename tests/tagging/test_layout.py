from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Zone
from onrecord.tagging.layout import read_layout
from onrecord.tagging.windows import Pieces


def cut(text):
    """Pieces of one character each, spaces left out."""
    spans = tuple((i, i + 1) for i, c in enumerate(text) if not c.isspace())
    numbers = np.arange(len(spans))
    return Pieces(numbers, spans, numbers, spans)


def test_sentences_and_lines_are_numbered():
    text = "Aaa bbb. Ccc.\nD"
    layout = read_layout(text, cut(text))
    assert layout.sentences.tolist() == [1] * 7 + [2] * 4 + [3]
    assert layout.lines.tolist() == [1] * 11 + [2]


def test_nothing_runs_across_a_heading_or_what_is_left_out():
    text = "abc\ndef\nghi"
    zones = (Zone("title", (0, 4)), Zone("furniture", (4, 8)), Zone("body", (8, 11)))
    assert read_layout(text, cut(text), zones).breaks == (3, 6)


@pytest.mark.parametrize("marks", ["“”", "„“", "«»", '""'])
def test_quotations_have_their_marks(marks):
    text = f"ab {marks[0]}cd ef{marks[1]} g"
    assert read_layout(text, cut(text)).quotations == ((2, 8),)


def test_the_lines_of_a_dialogue_are_quotations():
    text = "— Ні, — сказав він."
    layout = read_layout(text, cut(text), language="uk")
    assert layout.quotations == ((1, 4),)
    assert read_layout(text, cut(text)).quotations == ()


def test_dashes_are_known_by_their_sign():
    text = "a – b-c — d"
    assert len(read_layout(text, cut(text)).dashes) == 3


@given(st.text(max_size=200))
def test_every_number_is_of_a_unit(text):
    pieces = cut(text)
    layout = read_layout(text, pieces)
    count = len(pieces.units)
    assert len(layout.sentences) == len(layout.lines) == count
    assert all(0 <= low < high <= count for low, high in layout.quotations)
    assert all(0 <= unit < count for unit in layout.dashes)
