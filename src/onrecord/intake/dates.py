"""Dates as reports print them, in any of the languages whose months are known."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.text import overlap

_WORD = r"([^\W\d_]+)"
_CENTURY = r"((?:19|20)\d\d)"
_YEAR = _CENTURY + r"(?!\d)"
_NAMED = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|ère|º|ª|°|\.)?[\s-]+(?:of\s+|de\s+)?"
    + _WORD
    + r"[.,]?[\s-]+(?:del?\s+)?"
    + _YEAR,
    re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    r"(?<!\w)" + _WORD + r"\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+" + _YEAR, re.IGNORECASE
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)" + _CENTURY + r"(?:[-./年]\s?)(\d{1,2})(?:[-./月]\s?)(\d{1,2})(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d(?![:.]?\d))(?!\d)"
)
_MONTH_ONLY = re.compile(r"(?<!\w)" + _WORD + r"\.?\s+(?:de\s+)?" + _YEAR)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed; `edtf` is None where day and month can't be told apart."""

    edtf: str | None
    span: Span


def find_dates(text: str, *, language: str, offset: int = 0) -> tuple[PrintedDate, ...]:
    """The dates with a year in `text`, in their order; spans are shifted by `offset`.

    Month names are read in `language` first, then in every other language with a file. Days and
    months in figures are told apart by the separator (full stops and hyphens: day first) or, for
    slashes, by the language. A month and year alone count only where there is no full date.
    """
    found: list[PrintedDate] = []
    readers: tuple[Callable[[str, str], Iterator[PrintedDate]], ...] = (
        _find_year_first,
        _find_named,
        _find_numbers,
    )
    for reader in readers:
        found += [one for one in reader(text, language) if not _taken(one, found)]
    if not found:
        found = list(_find_months(text, language))
    return tuple(
        PrintedDate(one.edtf, (one.span[0] + offset, one.span[1] + offset))
        for one in sorted(found, key=lambda one: one.span)
    )


def _taken(one: PrintedDate, found: list[PrintedDate]) -> bool:
    return any(overlap(one.span, other.span) for other in found)


def _find_year_first(text: str, language: str) -> Iterator[PrintedDate]:
    for match in _YEAR_FIRST.finditer(text):
        yield from _make_date(match.group(1), int(match.group(2)), match.group(3), match.span())


def _find_named(text: str, language: str) -> Iterator[PrintedDate]:
    for match in _NAMED.finditer(text):
        month = _load_months(language).get(match.group(2).casefold())
        yield from _make_date(match.group(3), month, match.group(1), match.span())
    for match in _NAMED_FIRST.finditer(text):
        month = _load_months(language).get(match.group(1).casefold())
        yield from _make_date(match.group(3), month, match.group(2), match.span())


def _find_numbers(text: str, language: str) -> Iterator[PrintedDate]:
    for match in _NUMBERS.finditer(text):
        first, separator, second, year = match.groups()
        if len(year) == 2:
            year = "20" + year
        if separator == "/" and not _day_first(language) and first != second:
            day_first = tuple(_make_date(year, int(second), first, match.span()))
            month_first = tuple(_make_date(year, int(first), second, match.span()))
            if day_first and month_first:
                yield PrintedDate(None, match.span())
            else:
                yield from day_first + month_first
        else:
            yield from _make_date(year, int(second), first, match.span())


def _find_months(text: str, language: str) -> Iterator[PrintedDate]:
    for match in _MONTH_ONLY.finditer(text):
        month = _load_months(language).get(match.group(1).casefold())
        if month is not None:
            yield PrintedDate(f"{int(match.group(2))}-{month:02}", match.span())


def _day_first(language: str) -> bool:
    return bool(load_lexicon(language).tables.get("calendar", {}).get("order") == "dmy")


def _make_date(year: str, month: int | None, day: str, span: Span) -> Iterator[PrintedDate]:
    if month is None or not 1 <= month <= 12 or not 1 <= int(day) <= _last_day(int(year), month):
        return
    yield PrintedDate(f"{int(year):04}-{month:02}-{int(day):02}", span)


def _last_day(year: int, month: int) -> int:
    following = date(year + month // 12, month % 12 + 1, 1)
    return (following - date(year, month, 1)).days


@cache
def _load_months(language: str) -> dict[str, int]:
    """Month names of all languages; where two differ, as `language` has it."""
    months: dict[str, int] = {}
    for code in (*reversed(list_languages()), language):
        months.update(load_lexicon(code).table("calendar", "months"))
    return months
