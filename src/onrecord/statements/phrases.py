"""Words that say when, found by the templates in a language's `[occasion]` section.

A template is a regular expression with a blank for white space and these places in braces:
{weekday}, {month}, {month_name} (no short forms), {month_number}, {day}, {year}, {number}, {unit},
{days} and {beside} (words of the tables `days` and `beside_days`), {part} (of a day), {event} and
{document} (words of `events` and `documents`). The name of its list is the rule; the second word of
"last month", "this year" and so on gives the unit. A template begins with a letter or a digit.
This module has no words of any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import Lexicon, load_lexicon

BLANK = r"(?:[^\S\n]+)"
_BEFORE, _AFTER = r"(?<!\w)(?<!\d[.,:/-])(?=\w)", r"(?!\w)(?![.,:/-]\d)"
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_MONTH_NUMBER = r"(?P<month_number>0?[1-9]|1[0-2])"
_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_SHORT = 4
_DIRECTIONS = ("last", "this", "next")
_COUNTS = ("number", "days", "beside")
_NUMBERS = ("weekday", "day", "month", "month_number", "year", *_COUNTS)
_NUMERIC = {
    "date": (
        r"(?P<year>(?:1[5-9]|20)\d\d)-(?P<month_number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])",
        rf"{_DAY}\.[^\S\n]?{_MONTH_NUMBER}\.[^\S\n]?{_YEAR}",
    ),
    "slashes": (rf"(?P<day>\d\d?)/(?P<month_number>\d\d?)/{_YEAR}",),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that say when: the rule and what they give it. Weekdays and months count from 1."""

    rule: str
    span: Span
    weekday: int | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    number: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """The templates of one language, ready for use; `anywhere` tells where any of them begins."""

    templates: tuple[tuple[str, re.Pattern[str]], ...]
    anywhere: re.Pattern[str]
    tables: Mapping[str, Mapping[str, int]]
    units: Mapping[str, str]
    capitals: bool
    barred_before: re.Pattern[str] | None
    barred_name: re.Pattern[str] | None
    barred_after: re.Pattern[str] | None


@cache
def load_phrase_book(language: str) -> PhraseBook:
    """The phrase book of a language; without word lists it reads full dates in numbers only."""
    lexicon = load_lexicon(language)
    places = _template_places(lexicon)
    lists: dict[str, tuple[str, ...]] = dict(_NUMERIC)
    for rule, templates in lexicon.table("occasion", "phrases").items():
        lists[rule] = (*lists.get(rule, ()), *templates)
    filled = [
        (rule, _fill_template(template, places))
        for rule, templates in lists.items()
        for template in templates
    ]
    return PhraseBook(
        templates=tuple(
            (rule, re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}", re.IGNORECASE))
            for rule, pattern in filled
        ),
        anywhere=_compile_anywhere([pattern for _, pattern in filled]),
        tables={
            "weekday": _numbered(lexicon, "calendar", "weekdays"),
            "month": _numbered(lexicon, "calendar", "months"),
            "number": _numbered(lexicon, "occasion", "numbers"),
            "days": _numbered(lexicon, "occasion", "days"),
            "beside": _numbered(lexicon, "occasion", "beside_days"),
        },
        units=lexicon.table("occasion", "units"),
        capitals=bool(lexicon.tables.get("occasion", {}).get("capitals", False)),
        barred_before=compile_words(
            lexicon.words("occasion", "not_after"), before=r"(?<!\w)", after=r"[^\S\n]*\Z"
        ),
        barred_name=compile_words(
            lexicon.words("occasion", "not_after_names"), before=r"(?<!\w)", after=r"[^\S\n]*\Z"
        ),
        barred_after=compile_words(lexicon.words("occasion", "not_before"), before=r"\A", after=""),
    )


def find_phrases(text: str, language: str, *, offset: int = 0) -> list[Phrase]:
    """The words in `text` that say when, in order; of two that overlap the longer one.

    Spans count from `offset`, the place of `text` in its report.
    """
    book = load_phrase_book(language)
    starts = [match.start() for match in book.anywhere.finditer(text)]
    found = [
        phrase
        for rule, template in book.templates
        for match in _match_at(template, text, starts)
        if (phrase := _read_match(rule, match, book)) is not None
    ]
    kept: list[Phrase] = []
    for phrase in sorted(found, key=lambda phrase: (phrase.span[0] - phrase.span[1], phrase.span)):
        start, end = phrase.span
        if all(end <= other.span[0] or other.span[1] <= start for other in kept):
            kept.append(phrase)
    free = [phrase for phrase in kept if not _is_barred(text, phrase.span, book)]
    free.sort(key=lambda phrase: phrase.span)
    return [
        replace(phrase, span=(phrase.span[0] + offset, phrase.span[1] + offset)) for phrase in free
    ]


def _match_at(
    template: re.Pattern[str], text: str, starts: Sequence[int]
) -> Iterator[re.Match[str]]:
    """What a template's `finditer` gives, if it can match nowhere but at these places."""
    end = 0
    for start in starts:
        match = template.match(text, start) if start >= end else None
        if match is not None:
            yield match
            end = match.end()


def compile_words(words: Iterable[str], *, before: str, after: str) -> re.Pattern[str] | None:
    """One pattern for a list of regular expressions, case left out; None for an empty list."""
    listed = "|".join(word.replace(" ", BLANK) for word in words)
    return re.compile(f"{before}(?:{listed}){after}", re.IGNORECASE) if listed else None


def _template_places(lexicon: Lexicon) -> dict[str, str]:
    """What stands for each place of a template.

    Short forms of weekdays are left out, since many are words of their own ("sat", "di", "mar").
    """
    weekdays = [form for form in _forms(lexicon, "calendar", "weekdays") if len(form) >= _SHORT]
    months = lexicon.table("calendar", "months")
    parts = _either(_forms(lexicon, "occasion", "parts"))
    return {
        "{weekday}": f"(?P<weekday>{_either(weekdays)})",
        "{month}": rf"(?P<month>{_either(months)})(?:\.(?=[^\S\n]*\d))?",
        "{month_name}": f"(?P<month>{_either(_full_names(months))})",
        "{month_number}": _MONTH_NUMBER,
        "{day}": _DAY,
        "{year}": _YEAR,
        "{number}": rf"(?P<number>\d{{1,3}}|{_either(_forms(lexicon, 'occasion', 'numbers'))})",
        "{unit}": f"(?P<unit>{_either(_forms(lexicon, 'occasion', 'units'))})",
        "{days}": f"(?P<days>{_either(_forms(lexicon, 'occasion', 'days'))})",
        "{beside}": f"(?P<beside>{_either(_forms(lexicon, 'occasion', 'beside_days'))})",
        "{part}": f"(?:{parts})",
        "{event}": f"(?:{'|'.join(lexicon.words('occasion', 'events')) or '(?!)'})",
        "{document}": f"(?:{'|'.join(lexicon.words('occasion', 'documents')) or '(?!)'})",
    }


def _fill_template(template: str, places: Mapping[str, str]) -> str:
    for place, pattern in places.items():
        template = template.replace(place, pattern)
    return template.replace(" ", BLANK)


def _compile_anywhere(patterns: Iterable[str]) -> re.Pattern[str]:
    """A pattern of no width for the places where at least one of the templates matches."""
    either = "|".join(f"(?:{_GROUP_NAME.sub('(?:', pattern)}){_AFTER}" for pattern in patterns)
    return re.compile(f"{_BEFORE}(?={either})", re.IGNORECASE)


def _read_match(rule: str, match: re.Match[str], book: PhraseBook) -> Phrase | None:
    """The phrase, None where a name that is written with a capital has none, as in "he may"."""
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    named = [groups[name] for name in ("weekday", "month") if name in groups]
    if book.capitals and not all(name[0].isupper() for name in named):
        return None
    direction, _, unit = rule.partition(" ")
    if direction in _DIRECTIONS and unit:
        rule = direction
    else:
        unit = book.units.get(_fold(groups.get("unit", "")), "")
    numbers = {name: _look_up(book.tables.get(name, {}), groups.get(name)) for name in _NUMBERS}
    return Phrase(
        rule,
        match.span(),
        weekday=numbers["weekday"],
        day=numbers["day"],
        month=numbers["month" if "month" in groups else "month_number"],
        year=numbers["year"],
        number=next((numbers[name] for name in _COUNTS if numbers[name] is not None), None),
        unit=unit or None,
    )


def _is_barred(text: str, span: Span, book: PhraseBook) -> bool:
    """Whether the words beside it make it the date of something else ("since", "'s vote")."""
    before, after = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    if book.barred_before is not None and book.barred_before.search(before):
        return True
    # "Fox News Sunday" is a name, and "Fox News on Sunday" is not.
    bare = text[span[0]].isupper()
    if bare and book.barred_name is not None and book.barred_name.search(before):
        return True
    return book.barred_after is not None and book.barred_after.match(after) is not None


def _look_up(table: Mapping[str, int], word: str | None) -> int | None:
    if word is None:
        return None
    return int(word) if word.isdecimal() else table.get(_fold(word))


def _fold(word: str) -> str:
    return " ".join(word.lower().replace("’", "'").split())


def _numbered(lexicon: Lexicon, section: str, name: str) -> dict[str, int]:
    return {_fold(form): int(value) for form, value in lexicon.table(section, name).items()}


def _forms(lexicon: Lexicon, section: str, name: str) -> tuple[str, ...]:
    return tuple(lexicon.tables.get(section, {}).get(name, ()))


def _either(forms: Iterable[str]) -> str:
    """The longest first; `(?!)`, which matches nothing, for an empty list."""
    escaped = [re.escape(form).replace(r"\ ", " ") for form in sorted(forms, key=len, reverse=True)]
    return "|".join(form.replace("'", "['’]").rstrip(".") for form in escaped) or "(?!)"


def _full_names(months: Mapping[str, int]) -> list[str]:
    """The forms but for short ones that another form of the month goes on by two letters or more.

    So "mar" for "marzo" is left out, and "mai", which has "mais" beside it, is not.
    """
    return [
        form
        for form, value in months.items()
        if len(form) >= _SHORT
        or not any(
            other.startswith(form) and len(other) > len(form) + 1 and months[other] == value
            for other in months
        )
    ]
