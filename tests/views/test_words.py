from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.views.words import join_words, name_language, write_count, write_date, write_period


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-03-03", "Tuesday 3 March 2026"),
        ("2026-03-03T14:05:00Z", "Tuesday 3 March 2026"),
        ("0999-01-01", "Tuesday 1 January 999"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("2026-03-03?", "Tuesday 3 March 2026 (uncertain)"),
        ("2026-03~", "March 2026 (approximate)"),
        ("2026%", "2026 (uncertain and approximate)"),
        ("XXXX-09-12", "12 September of a year not given"),
        ("2026-03-02/2026-03-04", "between Monday 2 March 2026 and Wednesday 4 March 2026"),
        ("2026-03/2026-04", "between March 2026 and April 2026"),
        ("2026-03/..", "from March 2026 on"),
        ("/2026", "until 2026"),
        ("../..", "at a time not given"),
        ("some day", "some day"),
    ],
)
def test_dates_are_written_in_plain_words(edtf: str, words: str) -> None:
    assert write_date(edtf) == words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ([], None),
        ([None, "nonsense", "../2026-03-01", "XXXX-09-12"], None),
        (["2026-03-03", None], "3 March 2026"),
        (["2026-03-09", "2026-03-03"], "3 to 9 March 2026"),
        (["2026-05-06", "2026-03-03"], "3 March to 6 May 2026"),
        (["2025-12", "2026-01-02"], "1 December 2025 to 2 January 2026"),
    ],
)
def test_a_period_runs_from_the_first_to_the_last_day(
    dates: list[str | None], words: str | None
) -> None:
    assert write_period(dates) == words


@given(st.text(max_size=20))
def test_any_text_can_be_written_as_a_date(edtf: str) -> None:
    assert isinstance(write_date(edtf), str)


def test_counts_lists_and_languages() -> None:
    assert write_count(1, "report") == "1 report"
    assert write_count(1204, "statement") == "1,204 statements"
    assert write_count(2, "story", "stories") == "2 stories"
    assert [join_words(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert name_language("uk") == "Ukrainian"
    assert name_language("pt-BR") == "Portuguese"
    assert name_language("und") == "language not known"
    assert name_language("tlh") == "tlh"
