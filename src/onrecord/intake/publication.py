"""When a report was published, as far as it says so itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from onrecord.domain import Basis, Words, Zone
from onrecord.intake.dates import PrintedDate, find_dates
from onrecord.intake.origin import find_dateline
from onrecord.intake.phrases import load_phrases, normalise_line
from onrecord.intake.places import list_lines

Dated = tuple[str | None, Basis | None]

_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?=T|$)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_MILLISECONDS = 1e11  # seconds beyond this would be the year 5138


def date_report(
    text: str, zones: Sequence[Zone], *, language: str, given: Sequence[tuple[str, str]] = ()
) -> Dated:
    """The EDTF date on which a report says it was published, and what that rests on.

    `given` are (where, words) pairs that came with the report. Without any, the dates in its
    bylines, those labelled as an update last; without any, its dateline. Never a date of the
    running text. Where dates of one rank contradict each other, none is chosen: the date is None
    and the rule says why.
    """
    if given:
        return _date_from_given(given, language)
    published, updated = _find_byline_dates(text, zones, language)
    if published or updated:
        return _choose(text, published or updated, "byline" if published else "byline: updated")
    return _choose(text, _find_dateline_dates(text, zones, language), "dateline")


def _date_from_given(given: Sequence[tuple[str, str]], language: str) -> Dated:
    read = [(where, read_date(words, language=language)) for where, words in given]
    dates = [(where, edtf) for where, edtf in read if edtf is not None]
    if not dates:
        return None, Basis(f"not understood: {given[0][1][:40]!r} ({given[0][0]})")
    where, first = dates[0]
    days = sorted({first, *(edtf for _, edtf in dates if not _agree(first, edtf))})
    if len(days) > 1:
        return None, Basis(f"two dates: {', '.join(days)} ({where} and others)")
    return max((edtf for _, edtf in dates), key=len), Basis(where)


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def read_date(words: str, *, language: str) -> str | None:
    """A date given beside a report in EDTF, to the day; None where it can't be read.

    ISO 8601, RFC 822, seconds or milliseconds since 1970, or as printed. The day is that of the
    time zone in which it is given.
    """
    words = words.strip()
    if _MONTH_OR_YEAR.fullmatch(words):
        return words
    if _EPOCH.fullmatch(words):
        seconds = float(words) / (1000 if float(words) > _MILLISECONDS else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    words = _COMPACT.sub(r"\1-\2-\3", words)
    found = {one.edtf for one in find_dates(words, language=language)}
    return found.pop() if len(found) == 1 else None


def _find_byline_dates(
    text: str, zones: Sequence[Zone], language: str
) -> tuple[list[PrintedDate], list[PrintedDate]]:
    """The dates in bylines, those labelled as an update apart from the others."""
    phrases = load_phrases()
    published: list[PrintedDate] = []
    updated: list[PrintedDate] = []
    for start, end in list_lines(text, zones, "byline"):
        before = start
        for found in find_dates(text[start:end], language=language, offset=start):
            label = normalise_line(text[before : found.span[0]])
            is_update = any(label.endswith(word) for word in phrases.updated)
            is_first = any(label.endswith(word) for word in phrases.published)
            (updated if is_update and not is_first else published).append(found)
            before = found.span[1]
    return published, updated


def _find_dateline_dates(text: str, zones: Sequence[Zone], language: str) -> list[PrintedDate]:
    opening = find_dateline(text, zones)
    if opening is None:
        return []
    return list(find_dates(opening.group(1), language=language, offset=opening.start(1)))


def _choose(text: str, dates: list[PrintedDate], rule: str) -> Dated:
    if not dates:
        return None, None
    words = Words.of(text, *(one.span for one in dates))
    if any(one.edtf is None for one in dates):
        return None, Basis("day and month can't be told apart", words)
    days = sorted({str(one.edtf) for one in dates})
    if len(days) > 1:
        return None, Basis(f"two dates: {', '.join(days)}", words)
    return days[0], Basis(rule, Words.of(text, dates[0].span))
