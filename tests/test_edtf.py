"""EDTF dates as half-open stretches of days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.edtf import contains, find_day, format_edtf, overlaps, parse_edtf

DATES = st.dates(date(1000, 1, 1), date(3000, 12, 31))


@pytest.mark.parametrize(
    ("edtf", "first", "after"),
    [
        ("2024-09-18", date(2024, 9, 18), date(2024, 9, 19)),
        ("2024-09", date(2024, 9, 1), date(2024, 10, 1)),
        ("2024-12", date(2024, 12, 1), date(2025, 1, 1)),
        ("2024", date(2024, 1, 1), date(2025, 1, 1)),
        ("2024-09-09/2024-09-15", date(2024, 9, 9), date(2024, 9, 16)),
        ("2023/2024-02", date(2023, 1, 1), date(2024, 3, 1)),
        ("2024-09-18T10:30:00Z", date(2024, 9, 18), date(2024, 9, 19)),
        ("2024-09~", date(2024, 9, 1), date(2024, 10, 1)),
        ("2024-09-01/..", date(2024, 9, 1), date.max),
        ("XXXX-02-29", date.min, date.max),
    ],
)
def test_parse(edtf: str, first: date, after: date) -> None:
    assert parse_edtf(edtf) == (first, after)


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "18.9.2024",
        "2024-13",
        "2024-02-30",
        "2024-9-1",
        "0000",
        "XXXX-02-30",
        "2024/2023",
        "x/y",
    ],
)
def test_what_is_no_date(edtf: str) -> None:
    assert parse_edtf(edtf) is None
    assert not overlaps(edtf, "2024")
    assert not contains("2024", edtf)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-09-18", "2024-09", True),
        ("2024-09-18", "2024-09-18", True),
        ("2024-09-18", "2024-09-19", False),
        ("2024-08", "2024-09", False),
        ("2024-09-09/2024-09-15", "2024-09-15", True),
        ("2024-09-09/2024-09-15", "2024-09-16", False),
        ("XXXX-09-12", "2024-09-12", True),
        ("XXXX-09-12", "2024-09", True),
        ("XXXX-09-12", "2024-08", False),
        ("XXXX-02-29", "2023", False),
        ("XXXX-02-29", "2021/2024", True),
        ("XXXX-09-12", "XXXX-09-12", True),
        ("XXXX-09-12", "XXXX-09-13", False),
    ],
)
def test_overlaps(one: str, other: str, expected: bool) -> None:
    assert overlaps(one, other) is expected
    assert overlaps(other, one) is expected


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [
        ("2024-09", "2024-09-18", True),
        ("2024-09-18", "2024-09", False),
        ("2024", "2024-01/2024-12", True),
        ("2024", "2024-12-31/2025-01-01", False),
        ("XXXX-09-12", "2024-09-12", True),
        ("XXXX-09-12", "2024-09", False),
        ("2024", "XXXX-09-12", False),
    ],
)
def test_contains(outer: str, inner: str, expected: bool) -> None:
    assert contains(outer, inner) is expected


def test_a_month_is_no_day() -> None:
    assert find_day("2024-09-18") == date(2024, 9, 18)
    assert find_day("2024-09") is None
    assert find_day("XXXX-09-12") is None


@given(DATES, st.integers(1, 800))
def test_format_and_parse_agree(first: date, length: int) -> None:
    days = (first, first + timedelta(days=length))
    assert parse_edtf(format_edtf(days)) == days


@given(st.text(max_size=24))
def test_reads_any_text(edtf: str) -> None:
    days = parse_edtf(edtf)
    assert days is None or days[0] < days[1]
