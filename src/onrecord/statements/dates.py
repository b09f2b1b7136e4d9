"""From words that say when to EDTF dates.

Weekdays and days without a year go back from the report's date, forward where the clause speaks of
the future. Nothing that was said is dated after the report's date. Words that contradict
themselves, or the report's date, give no date but the reason, with both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta

from onrecord.domain import Basis
from onrecord.edtf import ONE_DAY, Days, find_day, format_edtf, make_date, month_days, parse_edtf
from onrecord.statements.phrases import Phrase

NO_DATE = "the report has no date"
NOT_A_DAY = "the report's date is not a day"
VAGUE = "the words name no day"
UNCLEAR_ORDER = "the order of day and month is not clear"
NOTHING_BEFORE = "the day is counted from one that the report does not give"

COUNTED = "counted from the report's date"
CONTRADICTION = "dates that contradict each other"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
"""Names for reasons, which are written in English."""

_YEARS_TO_LEAP_DAY = 8
_RULES = {
    "slashes": "date in full",
    "month": "month",
    "month of last year": "month",
    "year": "year",
    "weekday": "weekday nearest to the report's date",
    "beside": "counted from the statement before",
    "vague": "words that name no day",
    "night": "night before the day",
    "overnight": "night before the report's date",
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something was said: an EDTF date and what it rests on, or why there is none.

    Words that were found but give no date stand in `basis` beside the reason in `unresolved`.
    """

    said_on: str | None = None
    basis: Basis | None = None
    unresolved: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """What words are read against.

    `order` is the language's order of numbers in 12/9/2024 ("dmy", "mdy", or None where unclear).
    `before` is the occasion of the statement before.
    """

    published: str | None
    future: bool = False
    order: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An EDTF date, or the reason why the words give none, and the rule that led to it."""

    rule: str
    edtf: str | None = None
    reason: str | None = None


def read_phrase(phrase: Phrase, frame: Frame) -> Reading | None:
    """What the words mean; None where they can't be when something was said.

    That is: there is no such day, or it comes after the report without the future being spoken of.
    A date in full after the report's is a contradiction, and so is a weekday that it is not.
    """
    rule = _name_rule(phrase)
    if phrase.rule == "vague":
        return Reading(rule, reason=VAGUE)
    if phrase.rule == "beside":
        return _read_beside(phrase, frame)
    if phrase.rule == "slashes":
        ordered = _order_numbers(phrase, frame.order)
        if ordered is None:
            return Reading(rule, reason=UNCLEAR_ORDER)
        phrase = ordered
    published = None if frame.published is None else parse_edtf(frame.published)
    if phrase.year is not None:
        return _read_in_full(phrase, rule, published, frame)
    if published is None:
        return _read_undated(phrase, rule)
    if phrase.rule == "month of last year":
        year = (published[1] - ONE_DAY).year - 1
        return _keep_past(rule, _spell_out(phrase, year), published, frame)
    if phrase.month is not None:
        days = _find_year(phrase, published, frame.future)
        return _check_words(phrase, days, published) or _keep_past(rule, days, published, frame)
    return _read_relative(phrase, rule, published, frame)


def _name_rule(phrase: Phrase) -> str:
    if phrase.rule == "date":
        return "date in full" if phrase.year is not None else "date without a year"
    return _RULES.get(phrase.rule, COUNTED)


def _read_in_full(
    phrase: Phrase, rule: str, published: Days | None, frame: Frame
) -> Reading | None:
    days = _spell_out(phrase, phrase.year or 0)
    wrong = _check_words(phrase, days, published)
    if wrong is not None or days is None:
        return wrong
    late = published is not None and days[0] >= published[1] and not frame.future
    if late and phrase.day is not None and published is not None:
        reason = f"{days[0]} comes after the report's own date, {format_edtf(published)}"
        return Reading(CONTRADICTION, reason=reason)
    return _keep_past(rule, days, published, frame)


def _check_words(phrase: Phrase, days: Days | None, published: Days | None) -> Reading | None:
    """The contradiction, if the words name a weekday, or a day such as "yesterday", that it isn't.

    "Tuesday, 18 September" is one where 18 September is a Wednesday.
    """
    if days is None or phrase.day is None:
        return None
    day = days[0]
    if phrase.weekday not in (None, day.isoweekday()):
        named = WEEKDAYS[(phrase.weekday or 1) - 1]
        reason = f"{day} is a {WEEKDAYS[day.weekday()]}, not a {named}"
        return Reading(CONTRADICTION, reason=reason)
    if phrase.number is None or published is None or published[1] - published[0] != ONE_DAY:
        return None
    counted = _one_day(published[0], phrase.number)
    if counted is None or counted == days:
        return None
    return Reading(CONTRADICTION, reason=f"the words say both {day} and {counted[0]}")


def _read_undated(phrase: Phrase, rule: str) -> Reading | None:
    """A report without a date leaves a day of some year, and nothing of the rest."""
    if phrase.day is not None and phrase.month is not None:
        if make_date(2000, phrase.month, phrase.day) is None:
            return None
        return Reading(rule, f"XXXX-{phrase.month:02}-{phrase.day:02}")
    return Reading(rule, reason=NO_DATE)


def _read_beside(phrase: Phrase, frame: Frame) -> Reading | None:
    rule = _name_rule(phrase)
    day = None if frame.before is None else find_day(frame.before)
    if day is None:
        return Reading(rule, reason=NOTHING_BEFORE)
    published = None if frame.published is None else parse_edtf(frame.published)
    return _keep_past(rule, _one_day(day, phrase.number or 0), published, frame)


def _read_relative(phrase: Phrase, rule: str, published: Days, frame: Frame) -> Reading | None:
    first, after = published
    if after - first > ONE_DAY:
        days = _count_in_unit(phrase, published)
        if days is None:
            return Reading(rule, reason=NOT_A_DAY)
    else:
        days = _COUNTS[phrase.rule](phrase, first, frame.future)
    return _keep_past(rule, days, published, frame)


def _keep_past(
    rule: str, days: Days | None, published: Days | None, frame: Frame
) -> Reading | None:
    if days is None:
        return None
    if published is not None and not frame.future and days[0] >= published[1]:
        return None
    return Reading(rule, format_edtf(days))


def _order_numbers(phrase: Phrase, order: str | None) -> Phrase | None:
    """12/9/2024 with its day and month told apart, None where either order would do."""
    first, second = phrase.day or 0, phrase.month or 0
    if order is None and first != second:
        order = "dmy" if first > 12 else "mdy" if second > 12 else None
        if order is None:
            return None
    day, month = (second, first) if order == "mdy" else (first, second)
    return Phrase("date", phrase.span, day=day, month=month, year=phrase.year)


def _spell_out(phrase: Phrase, year: int) -> Days | None:
    if phrase.month is None:
        return date(year, 1, 1), date(year, 12, 31) + ONE_DAY
    if phrase.day is None:
        return month_days(year, phrase.month)
    day = make_date(year, phrase.month, phrase.day)
    return None if day is None else (day, day + ONE_DAY)


def _find_year(phrase: Phrase, published: Days, future: bool) -> Days | None:
    """The latest such day or month that has begun; the next one that has not passed."""
    year, step = (published[0].year, 1) if future else ((published[1] - ONE_DAY).year, -1)
    for candidate in range(year, year + step * (_YEARS_TO_LEAP_DAY + 1), step):
        days = _spell_out(phrase, candidate) if MINYEAR <= candidate < MAXYEAR else None
        if days is None:
            continue
        if days[1] > published[0] if future else days[0] < published[1]:
            return days
    return None


def _count_in_unit(phrase: Phrase, published: Days) -> Days | None:
    """Words such as "last month", where only the month or year of the report is known."""
    first, last = published[0], published[1] - ONE_DAY
    if phrase.unit not in ("month", "year") or first.year != last.year:
        return None
    if phrase.unit == "month" and first.month != last.month:
        return None
    if phrase.rule == "this":
        return _count_units(phrase.unit, 0, first)
    return _COUNTS[phrase.rule](phrase, first, False)


def _one_day(day: date, shift: int) -> Days | None:
    ordinal = day.toordinal() + shift
    if not date.min.toordinal() <= ordinal < date.max.toordinal():
        return None
    return date.fromordinal(ordinal), date.fromordinal(ordinal + 1)


def _count_weekday(phrase: Phrase, today: date, future: bool) -> Days | None:
    ahead = ((phrase.weekday or 0) - today.isoweekday()) % 7
    return _one_day(today, ahead if future else ahead - 7 if ahead else 0)


def _count_previous_weekday(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _one_day(today, ((phrase.weekday or 0) - today.isoweekday()) % 7 - 7)


def _count_following_weekday(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _one_day(today, ((phrase.weekday or 0) - today.isoweekday()) % 7 or 7)


def _count_weekday_of_last_week(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _one_day(today, (phrase.weekday or 0) - today.isoweekday() - 7)


def _count_night(phrase: Phrase, today: date, future: bool) -> Days | None:
    """The day and the one before, since a night is of both."""
    days = _count_weekday(phrase, today, future) if phrase.weekday else _one_day(today, 0)
    first = None if days is None else _one_day(days[0], -1)
    return None if days is None or first is None else (first[0], days[1])


def _count_days(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _one_day(today, phrase.number or 0)


def _count_ago(phrase: Phrase, today: date, future: bool) -> Days | None:
    return None if phrase.number is None else _count_units(phrase.unit, -phrase.number, today)


def _count_last(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _count_units(phrase.unit, -1, today)


def _count_next(phrase: Phrase, today: date, future: bool) -> Days | None:
    return _count_units(phrase.unit, 1, today)


def _count_this(phrase: Phrase, today: date, future: bool) -> Days | None:
    """The part of the week, month or year that has passed, today with it; or that is to come."""
    days = _count_units(phrase.unit, 0, today)
    if days is None:
        return None
    return (today, days[1]) if future else (days[0], today + ONE_DAY)


def _count_weekend(phrase: Phrase, today: date, future: bool) -> Days | None:
    """The Saturday and Sunday that came last, as far as they have passed; or that come next."""
    back = (today.isoweekday() - 6) % 7
    saturday = _one_day(today, (-back) % 7 if future else -back)
    if saturday is None:
        return None
    after = saturday[1] + ONE_DAY
    return saturday[0], after if future else min(after, today + ONE_DAY)


def _count_units(unit: str | None, count: int, today: date) -> Days | None:
    """The day, week (Monday to Sunday), month or year that is `count` of them away."""
    if unit == "day":
        return _one_day(today, count)
    if unit == "week":
        monday = _one_day(today, 7 * count + 1 - today.isoweekday())
        return None if monday is None else (monday[0], monday[0] + timedelta(days=7))
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + count, 12)
        return month_days(year, month + 1)
    year = today.year + count
    return (date(year, 1, 1), date(year + 1, 1, 1)) if MINYEAR <= year < MAXYEAR else None


_COUNTS: dict[str, Callable[[Phrase, date, bool], Days | None]] = {
    "weekday": _count_weekday,
    "previous weekday": _count_previous_weekday,
    "following weekday": _count_following_weekday,
    "weekday of last week": _count_weekday_of_last_week,
    "night": _count_night,
    "overnight": _count_night,
    "days": _count_days,
    "ago": _count_ago,
    "last": _count_last,
    "this": _count_this,
    "next": _count_next,
    "weekend": _count_weekend,
}
