"""Lines that say who wrote a report, where it comes from and when it appeared."""

from __future__ import annotations

import re
from functools import cache

from onrecord.domain import Span
from onrecord.intake.captions import are_names
from onrecord.intake.dates import find_dates
from onrecord.intake.phrases import load_phrases
from onrecord.lexicon import list_languages, load_lexicon

_LONGEST = 120  # characters
_TIME = re.compile(
    r"\b\d{1,2}\s?[:.h]\s?\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?|Uhr|h\b)?|\b\d{1,2}\s?(?:[ap]\.?m\.?\b|Uhr)",
    re.IGNORECASE,
)
# Day, a word, year: a date in a language whose months are not known.
_ANY_DATE = re.compile(r"\W*\d{1,2}[.,]?\s+[^\W\d_]+[.,]?\s+(?:19|20)\d\d\W*")
_ROLE = 8  # words of what an author is, after the name
_SIDE_WORDS = 3  # a place, a time zone, a name beside a date


def is_agency_line(line: str) -> bool:
    """Whether a line names agencies and nothing else: "SDA", "(dpa/AFP)", "Source: Reuters"."""
    phrases = load_phrases()
    if len(line) > _LONGEST or not phrases.agency.search(line):
        return False
    rest = re.findall(r"\w+", phrases.agency.sub(" ", line).casefold())
    return all(
        word in phrases.labels or word in ("and", "und", "et", "y", "e", "i") for word in rest
    )


def is_date_line(line: str) -> bool:
    """Whether a line is a date, with at most a time, a label or a place beside it."""
    if len(line) > _LONGEST or not any(character.isdigit() for character in line):
        return False
    if _ANY_DATE.fullmatch(_TIME.sub(" ", line)):
        return True
    rest = _cut_dates(line)
    months = rest == line
    tokens = re.findall(r"[^\W_]+", _TIME.sub(" ", rest))
    if months and not any(token.casefold() in _load_calendar("months") for token in tokens):
        return False
    return _are_side_words(tokens)


def is_author_line(line: str, *, bare: bool) -> bool:
    """Whether a line names an author: "By Jane Doe", "Автор: ...".

    Without a colon the prefix might open a headline ("Von der Leyen warnt"), so that it counts
    only where `bare` says that a headline came before.
    """
    phrases = load_phrases()
    if len(line) > _LONGEST:
        return False
    line = line.lstrip("(")
    opening = phrases.author_label.match(line) or (bare and phrases.author_prefix.match(line))
    if not opening:
        return False
    rest = _TIME.sub(" ", _cut_dates(line[opening.end() :])).strip()
    return _begins_with_name(rest) and rest[-1:] not in "?!:"


def is_signature(line: str) -> bool:
    """Whether a line is a name, with at most a role: "Jane Doe", "Jane Doe, political staff".

    Only where it stands tells it from a short headline.
    """
    name = re.split(r"[,(|]", line)[0]
    if line[-1] in ".!?":
        return False
    return len(line) <= 60 and 2 <= len(name.split()) <= 4 and _begins_with_name(line)


def is_place_and_date(words: str) -> bool:
    """Whether `words` are no more than names and a date, as before the dash of a dateline."""
    rest = re.sub(r"\d+", " ", _cut_dates(words)).strip(" ,.")
    return rest == "" or are_names(rest)


def find_name(text: str, line: Span) -> int:
    """Where in a byline the name begins: after "By" or "Author:" where that opens it."""
    phrases = load_phrases()
    start = line[0] + (text[line[0] : line[0] + 1] == "(")
    opening = phrases.author_label.match(text, start, line[1])
    opening = opening or phrases.author_prefix.match(text, start, line[1])
    return opening.end() if opening is not None else start


def _begins_with_name(words: str) -> bool:
    """Whether names come up to the first comma, bracket or the like, and a role at most after."""
    name, *role = re.split(r"[,;(|]", words, maxsplit=1)
    return are_names(name) and (not role or len(role[0].split()) <= _ROLE)


def _cut_dates(line: str) -> str:
    for found in reversed(find_dates(line, language="en")):
        line = line[: found.span[0]] + " " + line[found.span[1] :]
    return line


def _are_side_words(tokens: list[str]) -> bool:
    known = load_phrases().labels | _load_calendar("months") | _load_calendar("weekdays")
    others = [token for token in tokens if not token.isdigit() and token.casefold() not in known]
    return len(others) <= _SIDE_WORDS and not any(token[0].islower() for token in others)


@cache
def _load_calendar(name: str) -> frozenset[str]:
    return frozenset(
        word for code in list_languages() for word in load_lexicon(code).table("calendar", name)
    )
