from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Attribution, Name, Span
from onrecord.tagging.deeds import LONGEST, mark_deed

TEXT = "Lee said it would seek peace with Vestria and Tarn."
CUE, CONTENT = (4, 8), (9, 50)


def mark(*names: Span, cue: tuple[Span, ...] = (CUE,)) -> list[str]:
    found = [Name(span, "place") for span in names]
    deed = mark_deed(Attribution((CONTENT,), cue), found).deed
    return [TEXT[start:end] for start, end in deed]


@pytest.mark.parametrize(
    ("names", "content"),
    [
        ((), "it would seek peace with Vestria and Tarn"),
        (((0, 3), (34, 41), (46, 50)), "it would seek peace with "),
    ],
)
def test_content_counts_up_to_the_first_name_in_it(names: tuple[Span, ...], content: str) -> None:
    assert mark(*names) == ["said", content]


def test_no_deed_without_a_cue() -> None:
    assert mark(cue=()) == []


@given(st.integers(0, 500), st.integers(1, 900), st.lists(st.integers(0, 1500), max_size=4))
def test_deed_lies_within_cue_and_content(start: int, length: int, places: list[int]) -> None:
    content, cue = (start + 6, start + 6 + length), (start, start + 5)
    names = [Name((place, place + 3), "person") for place in places]
    first, second = mark_deed(Attribution((content,), (cue,)), names).deed
    assert first == cue
    assert content[0] == second[0] < second[1] <= min(content[1], content[0] + LONGEST)
