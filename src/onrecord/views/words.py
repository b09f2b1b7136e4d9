"""Dates, counts and languages in plain English, as a page prints them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime

from onrecord.domain import Copy
from onrecord.edtf import ONE_DAY, parse_edtf

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_LANGUAGES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "gl": "Galician", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian",
    "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh", "ko": "Korean", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ms": "Malay", "nb": "Norwegian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

_OPEN = ("", "..")
_SOME_YEAR = re.compile(r"XXXX-(\d\d)-(\d\d)", re.ASCII)
_DOUBTS = {"?": " (uncertain)", "~": " (approximate)", "%": " (uncertain and approximate)"}


def write_date(edtf: str) -> str:
    """An EDTF date in words ("Tuesday 3 March 2026"); what is not one comes back as it is."""
    days = parse_edtf(edtf)
    if days is None:
        return edtf
    if "/" in edtf:
        return _write_interval(*edtf.split("/", 1))
    if (match := _SOME_YEAR.fullmatch(edtf)) is not None:
        return f"{int(match[2])} {_MONTHS[int(match[1]) - 1]} of a year not given"
    first, after = days
    doubt = _DOUBTS.get(edtf[-1], "")
    if after - first == ONE_DAY:
        return f"{_WEEKDAYS[first.weekday()]} {_write_day(first)}{doubt}"
    if after - first > 32 * ONE_DAY:
        return f"{first.year}{doubt}"
    return f"{_MONTHS[first.month - 1]} {first.year}{doubt}"


def _write_interval(first: str, last: str) -> str:
    if first in _OPEN and last in _OPEN:
        return "at a time not given"
    if last in _OPEN:
        return f"from {write_date(first)} on"
    if first in _OPEN:
        return f"until {write_date(last)}"
    return f"between {write_date(first)} and {write_date(last)}"


def _write_day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def write_moment(at: str) -> str:
    """A time in UTC, as ISO 8601 writes it, in words; what isn't one comes back as it is."""
    try:
        moment = datetime.fromisoformat(at).astimezone(UTC)
    except ValueError:
        return at
    return f"{_write_day(moment.date())}, {moment:%H:%M} UTC"


def write_period(dates: Iterable[str | None]) -> str | None:
    """From the first to the last day of some EDTF dates, without weekdays; None for no dates.

    Open intervals and days of a year not given say nothing of a period and are left out.
    """
    parsed = [days for one in dates if one is not None and (days := parse_edtf(one)) is not None]
    bounded = [days for days in parsed if days[0] > date.min and days[1] < date.max]
    if not bounded:
        return None
    first = min(days[0] for days in bounded)
    last = max(days[1] for days in bounded) - ONE_DAY
    if first == last:
        return _write_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {_write_day(last)}"
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1]} to {_write_day(last)}"
    return f"{_write_day(first)} to {_write_day(last)}"


def write_count(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun: "1 report", "1,204 reports"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def write_carriers(reports: Iterable[str], copies: Mapping[str, Copy]) -> str:
    """How many reports carry something; copies of one text count as one source."""
    carriers = set(reports)
    sources = {copies[one].family if one in copies else one for one in carriers}
    count = write_count(len(carriers), "report")
    if len(sources) == len(carriers):
        return count
    return f"{count} from {write_count(len(sources), 'source')}"


def join_words(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "English, French and German"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def name_language(code: str) -> str:
    """The English name of a language code, "language not known", or the code where it has none."""
    if code in ("", "und"):
        return "language not known"
    return _LANGUAGES.get(code.partition("-")[0].lower(), code)
