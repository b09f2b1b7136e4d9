"""Dates in EDTF (ISO 8601-2, levels 0 and 1) as half-open stretches of days.

A month or a year is all of its days, never its first one, and "XXXX-09-12", a day of a year that
is not known, may be any 12 September.
"""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from datetime import date, timedelta

Days = tuple[date, date]

ONE_DAY = timedelta(days=1)
_LAST_YEAR = date.max.year - 1  # so that the day after the last is a date too
_DAY_OF_SOME_YEAR = re.compile(r"XXXX-(?P<month>\d\d)-(?P<day>\d\d)", re.ASCII)
_DATE = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:.+Z-]+)?)?)?[?~%]?", re.ASCII
)
_OPEN = ("", "..")


def parse_edtf(edtf: str) -> Days | None:
    """The first day and the day after the last; None for what is not a date.

    Reads days, months, years, days with a time (which is left out), the marks "?", "~" and "%"
    (which are left out) and intervals, open ones too. A day of some year has the widest bounds.
    """
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        since = (date.min, date.min) if first in _OPEN else _parse_date(first)
        until = (date.max, date.max) if last in _OPEN else _parse_date(last)
        if since is None or until is None or since[0] >= until[1]:
            return None
        return since[0], until[1]
    return _parse_date(edtf)


def format_edtf(days: Days) -> str:
    """The shortest EDTF date for the days: a day, a month or a year, or else an interval."""
    first, after = days
    last = after - ONE_DAY
    if first == last:
        return first.isoformat()
    if _span_of_month(first.year, first.month) == days:
        return first.isoformat()[:7]
    if days == (date(first.year, 1, 1), date(first.year + 1, 1, 1)):
        return first.isoformat()[:4]
    return f"{first.isoformat()}/{last.isoformat()}"


def find_day(edtf: str) -> date | None:
    """The day that the date is, None for what is longer or is not a date."""
    days = parse_edtf(edtf)
    return days[0] if days is not None and days[1] - days[0] == ONE_DAY else None


def overlaps(one: str, other: str) -> bool:
    """Whether some day can be of both dates; False where one of them is not a date."""
    mine, yours = parse_edtf(one), parse_edtf(other)
    if mine is None or yours is None:
        return False
    if _some_year(one) and _some_year(other):
        return _some_year(one) == _some_year(other)
    if not (mine[0] < yours[1] and yours[0] < mine[1]):
        return False
    if day := _some_year(one):
        return _has_day(yours, day)
    if day := _some_year(other):
        return _has_day(mine, day)
    return True


def contains(outer: str, inner: str) -> bool:
    """Whether all days of `inner` are of `outer`; False where one of them is not a date."""
    around, within = parse_edtf(outer), parse_edtf(inner)
    if around is None or within is None:
        return False
    if day := _some_year(outer):
        known = find_day(inner)
        return _some_year(inner) == day or (known is not None and (known.month, known.day) == day)
    return around[0] <= within[0] and within[1] <= around[1]


def month_days(year: int, month: int) -> Days | None:
    """All days of a month, None where there is no such month."""
    if not (1 <= year <= _LAST_YEAR and 1 <= month <= 12):
        return None
    return _span_of_month(year, month)


def make_date(year: int, month: int, day: int) -> date | None:
    """The day, None where the calendar has no such day."""
    if month_days(year, month) is None or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _parse_date(edtf: str) -> Days | None:
    if (match := _DAY_OF_SOME_YEAR.fullmatch(edtf)) is not None:
        known = make_date(2000, int(match["month"]), int(match["day"]))
        return None if known is None else (date.min, date.max)
    match = _DATE.fullmatch(edtf)
    if match is None or not 1 <= int(match["year"]) <= _LAST_YEAR:
        return None
    year = int(match["year"])
    if match["month"] is None:
        return date(year, 1, 1), date(year + 1, 1, 1)
    if match["day"] is None:
        return month_days(year, int(match["month"]))
    day = make_date(year, int(match["month"]), int(match["day"]))
    return None if day is None else (day, day + ONE_DAY)


def _span_of_month(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]) + ONE_DAY


def _some_year(edtf: str) -> tuple[int, int] | None:
    match = _DAY_OF_SOME_YEAR.fullmatch(edtf)
    return None if match is None else (int(match["month"]), int(match["day"]))


def _has_day(days: Days, day: tuple[int, int]) -> bool:
    """Whether a month and day is in the stretch; eight years hold every 29 February."""
    first, after = days
    for year in range(first.year, min(after.year, first.year + 8) + 1):
        if day == (2, 29) and not isleap(year):
            continue
        if first <= date(year, *day) < after:
            return True
    return False
