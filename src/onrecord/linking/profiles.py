"""A report as stories are found from it: its meaning, names, numbers and days.

All of it comes from the report itself and from tables that are fixed with the weights, so that what
two reports have in common is the same in any company. Names are taken from capital letters as well
as from the tagger: the letters miss none, and a word that only begins a sentence, or a German
noun, weighs little where it is common. They are folded and cut, so that they meet across spellings,
scripts and cases.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from onrecord.domain import Report, Vector
from onrecord.edtf import parse_edtf
from onrecord.lexicon import load_lexicon
from onrecord.linking.background import Background
from onrecord.linking.names import fold_name
from onrecord.linking.vectors import ALL, clear_vector
from onrecord.text import cut_out

NAME_STEM = 5
"""Sounds of a name that count: what follows is mostly inflection."""
STEM = 7
"""The same for the letters of a word."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_GROUPS = re.compile(r"[.,](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")

Terms = Mapping[str, float]
"""Names, numbers or days with their weights: the commoner it is, the less it weighs."""


@dataclass(frozen=True, slots=True)
class StoryInput:
    """A report as stories are found from it, with its names as printed.

    `vector` is the embedding of its opening, or those of its opening and of the whole of it, end
    to end.
    """

    report: Report
    vector: Vector
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """What a report is compared by.

    `meaning` has length one, or zero where there is nothing. `dates` are the weekdays, months and
    years that the text names; `days` the first and last possible day of publication, as ordinals.
    """

    report: Report
    meaning: Vector
    names: Terms
    numbers: Terms
    dates: Terms
    days: tuple[int, int] | None


def build_profile(
    one: StoryInput, *, means: Mapping[str, Vector], background: Background
) -> Profile:
    """The profile of a report, with the mean vectors of languages taken out of its meaning."""
    report = one.report
    furniture = [zone.span for zone in report.zones if zone.kind == "furniture"]
    spans = cut_out([(0, len(report.text))], furniture)
    tokens = [token for span in spans for token in _TOKEN.findall(report.text, *span)]
    capitals = Counter(token for token in tokens if _is_word(token) and token[0].isupper())
    for name in one.names:
        capitals.update(set(filter(_is_word, _TOKEN.findall(name))) - capitals.keys())
    numbers = {_spell_term(token) for token in tokens if _is_number(token)}
    return Profile(
        report=report,
        meaning=_join_meanings(one, means),
        names=_drop_common(_fold_names(capitals, background)),
        numbers=_drop_common({number: background.weigh(number) for number in sorted(numbers)}),
        dates=_find_dates(tokens, report.language),
        days=_find_days(report.published),
    )


def list_terms(text: str) -> set[str]:
    """The words and numbers of a text, as a Background is asked for them."""
    tokens = set(_TOKEN.findall(text))
    return {_spell_term(token) for token in tokens if _is_word(token) or _is_number(token)}


def _is_word(token: str) -> bool:
    return len(token) > 2 and not token[0].isdigit()


def _is_number(token: str) -> bool:
    return len(token) > 1 and token[0].isdigit()


def _spell_term(token: str) -> str:
    """The stem of a word; a number without marks between thousands, its fraction after a stop."""
    if token[0].isdigit():
        return _GROUPS.sub("", token).replace(",", ".")
    return token.casefold()[:STEM]


def _drop_common(terms: dict[str, float]) -> Terms:
    return {term: weight for term, weight in terms.items() if weight > 0}


def _fold_names(capitals: Mapping[str, int], background: Background) -> dict[str, float]:
    """Folded names with weights; of several spellings the one that weighs most counts."""
    folded: dict[str, float] = {}
    for word, count in capitals.items():
        key = fold_name(word)[:NAME_STEM]
        if len(key) > 2:
            weight = background.weigh(_spell_term(word)) * (1 + math.log(count))
            folded[key] = max(folded.get(key, 0.0), weight)
    return folded


def _find_dates(tokens: list[str], language: str) -> Terms:
    """The weekdays, months and years named, alike in all languages that have a calendar."""
    calendar = _load_calendar(language)
    found = Counter[str]()
    for token in tokens:
        if _YEAR.fullmatch(token):
            found[token] += 1
        elif len(token) > 3 or token[:1].isupper():  # "may" and "sat" are more than dates
            day = calendar.get(token.casefold())
            found.update([day] if day is not None else [])
    return {date: 1 + math.log(count) for date, count in found.items()}


@cache
def _load_calendar(language: str) -> Mapping[str, str]:
    """The words for weekdays and months, and which they are."""
    lexicon = load_lexicon(language)
    return {
        word: f"{kind} {number}"
        for kind in ("weekdays", "months")
        for word, number in lexicon.table("calendar", kind).items()
    }


def _find_days(date: str | None) -> tuple[int, int] | None:
    days = parse_edtf(date) if date is not None else None
    return None if days is None else (days[0].toordinal(), days[1].toordinal() - 1)


def _join_meanings(one: StoryInput, means: Mapping[str, Vector]) -> Vector:
    """The vectors of the opening and of the whole, cleared and end to end, at length one."""
    parts = one.vector.reshape(-1, len(means[ALL]))
    language = one.report.language
    joined = np.concatenate([clear_vector(part, language, means) for part in (parts[0], parts[-1])])
    unit: Vector = (joined / max(float(np.linalg.norm(joined)), 1e-9)).astype(np.float32)
    return unit
