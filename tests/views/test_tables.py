from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.tables import (
    TABLES,
    clean_cell,
    draw_rows,
    draw_table,
    measure_width,
    wrap_cell,
)

LONG = "We will not close the harbour, whatever the ministry decides, and that is that. " * 2


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("日本", 4),
        ("한국", 4),
        ("\u1112\u1161\u11ab", 2),
        ("e\u0301", 1),
        ("и\u0306", 1),
        ("ｱ", 1),
        ("！", 2),
        ("a\u200bb", 2),
        ("“…”", 3),
        ("😀", 2),
        ("", 0),
    ],
)
def test_widths_are_those_of_a_terminal(text, width):
    assert measure_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("an abcdefgh", 4, ["an", "abcd", "efgh"]),
        ("日本語は", 5, ["日本", "語は"]),
        ("ab日本", 3, ["ab", "日", "本"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
    ],
)
def test_cells_are_wrapped_at_words_and_wide_characters(text, width, lines):
    assert wrap_cell(text, width) == lines


@given(text=st.text(), width=st.integers(2, 30))
def test_wrapping_loses_nothing_and_fits(text, width):
    text = clean_cell(text)
    lines = wrap_cell(text, width)
    assert all(measure_width(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_table():
    drawn = draw_table(["who", "said"], [["Mira Holt", "No."], ["市長", "いいえ"]])
    assert drawn == (
        "who        said\n---------  ------\nMira Holt  No.\n市長       いいえ\n"
    )  # fmt: skip


def test_long_cells_are_wrapped_and_short_columns_kept():
    drawn = draw_table(["when", "said", "statement"], [["2031-03-03", LONG, "0123456789abcdef"]])
    lines = drawn.splitlines()
    assert max(map(len, lines)) == 80
    assert lines[2].startswith("2031-03-03  We will not close")
    assert lines[2].endswith("0123456789abcdef")
    assert lines[3].startswith(" " * 12 + "ministry")


def test_two_long_columns_share_the_room():
    rule = draw_table(["a", "b"], [["x" * 200, "y" * 100]]).splitlines()[1]
    assert rule == "-" * 39 + "  " + "-" * 39


CELL = st.text() | st.text(alphabet="日e\u0301 a😀\u202e\x1b", max_size=120)


@given(rows=st.lists(st.tuples(*[CELL] * 5)), width=st.integers(18, 120))
def test_no_line_is_too_wide_and_none_has_control_characters(rows, width):
    drawn = draw_table(["a", "b", "c", "d", "e"], rows, width=width)
    for line in drawn.removesuffix("\n").split("\n"):
        assert measure_width(line) <= width
        assert not any(unicodedata.category(char) in ("Cc", "Zl", "Zp", "Cs") for char in line)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "[31mred"),
        ("a\nb\r\n c", "a b c"),
        ("a\u202eb", "ab"),
        ("a\u2028b", "a b"),
        ("можна\u0301", "можна\u0301"),
    ],
)
def test_what_a_terminal_would_obey_is_not_printed(text, shown):
    assert clean_cell(text) == shown


def test_rows_of_an_export():
    row = {
        "id": "u1",
        "speaker": "a1",
        "said_on": None,
        "statements": ["s1"],
        "best": "s1",
        "story": None,
        "repeats": None,
        "possible": [],
    }
    drawn = draw_rows([row], what="utterances", labels={"a1": "Mira Holt", "u1": "no"})
    assert drawn.splitlines()[0].split() == ["when", "who", "said", "utterance"]
    assert drawn.splitlines()[2].split() == ["Mira", "Holt", "s1", "u1"]


@pytest.mark.parametrize("what", TABLES)
def test_an_empty_table_has_its_headings(what):
    lines = draw_rows([], what=what).splitlines()
    assert len(lines) == 2
