"""One language's words for people and offices.

Compiled from `[names]`, `[roles]`, `[institutions]` and `[pronouns]`; this module has no words of
any language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import Lexicon, list_languages, load_lexicon
from onrecord.roles import (
    Pattern,
    Role,
    compile_list,
    compile_roles,
    compile_table,
    find_keys,
    find_roles,
    list_entries,
)
from onrecord.statements.spelling import fold_word

__all__ = [
    "Pattern",
    "Role",
    "Vocabulary",
    "compile_list",
    "load_agencies",
    "load_given_names",
    "load_vocabulary",
]

_APOSTROPHE = "['’]"
_LISTS = (
    *("indefinite", "complements", "functions", "intensifiers", "after", "plural_endings"),
    "auxiliaries",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one language, ready for use; for a language without lists all are empty."""

    language: str
    token: Pattern
    articles: Mapping[str, str]
    honorifics: Mapping[str, str]
    pronouns: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    endings: tuple[str, ...]
    genitives: tuple[str, ...]
    before: bool
    compounds: bool
    bare: bool
    subjectless: bool
    roles: Pattern
    role_entries: tuple[tuple[str, str, int], ...]
    groups: Pattern
    bodies: Pattern
    short: Pattern
    seats: Pattern
    documents: Pattern
    outlets: Pattern
    ages: Pattern
    leads: Pattern
    conjunctions: Pattern
    states: tuple[tuple[str, Pattern], ...]
    unions: tuple[tuple[str, Pattern], ...]
    any_state: Pattern
    any_union: Pattern

    def find_roles(self, text: str) -> list[Role]:
        """The words for what people are, in order."""
        return find_roles(text, self.roles, self.role_entries)

    def find_states(self, text: str) -> frozenset[str]:
        """The ids of the states that the text's words stand for."""
        return find_keys(text, self.states, self.any_state)

    def find_unions(self, text: str) -> frozenset[str]:
        """The ids of the alliances that the text's words stand for."""
        return find_keys(text, self.unions, self.any_union)

    def find_tokens(self, text: str, low: int = 0, high: int | None = None) -> list[Span]:
        """The words between two places of a text; an elided article is a word of its own."""
        end = len(text) if high is None else high
        return [match.span() for match in self.token.finditer(text, low, end)]

    def find_code(self, word: str) -> str:
        """The code of a pronoun, "" for any other word; "US" in capitals isn't "us"."""
        if len(word) > 1 and word.isupper():
            return ""
        return self.pronouns.get(word.lower().replace("’", "'"), "")

    def is_in(self, name: str, word: str) -> bool:
        """Whether a word is in one of the lists of `[names]`."""
        return word.casefold().replace("’", "'") in self.words.get(name, frozenset())

    def is_article(self, word: str) -> bool:
        """Whether a word is a definite or an indefinite article, or the like."""
        return word.casefold().replace("’", "'") in self.articles or self.is_in("indefinite", word)


@cache
def load_vocabulary(language: str) -> Vocabulary:
    """The vocabulary of an ISO 639-1 language code."""
    lexicon = load_lexicon(language)
    entries, roles = compile_roles(lexicon)
    compounds = bool(lexicon.tables.get("roles", {}).get("compounds", False))
    names = lexicon.tables.get("names", {})
    return Vocabulary(
        language=language if lexicon.tables else "",
        token=_compile_token(lexicon),
        articles=_plain(lexicon.table("names", "articles")),
        honorifics=_plain(lexicon.table("names", "honorifics")),
        pronouns=_plain(lexicon.table("pronouns", "words")),
        words={
            name: frozenset(word.replace("’", "'") for word in names[name])
            for name in _LISTS
            if name in names
        }
        | {
            "modifiers": frozenset(lexicon.words("roles", "modifiers")),
            "expletives": frozenset(lexicon.words("pronouns", "expletives")),
        },
        endings=tuple(sorted(names.get("endings", ()), key=len, reverse=True)),
        genitives=tuple(names.get("genitives", ())),
        before=bool(lexicon.tables.get("roles", {}).get("before", False)),
        compounds=compounds,
        bare=bool(names.get("bare", False)),
        subjectless=bool(lexicon.tables.get("pronouns", {}).get("subjectless", False)),
        roles=roles,
        role_entries=entries,
        groups=compile_list(lexicon.words("roles", "groups")),
        bodies=compile_list(lexicon.words("institutions", "bodies"), compounds=compounds),
        short=compile_list(lexicon.words("institutions", "short")),
        seats=compile_list(lexicon.words("institutions", "seats")),
        documents=compile_list(lexicon.words("institutions", "documents"), compounds=compounds),
        outlets=compile_list(lexicon.words("institutions", "outlets"), compounds=compounds),
        ages=re.compile("|".join(names.get("ages", ())) or "(?!)", re.IGNORECASE),
        leads=compile_list(names.get("leads", ())),
        conjunctions=compile_list(names.get("conjunctions", ())),
        states=compile_table(lexicon, "institutions", "states"),
        unions=compile_table(lexicon, "institutions", "unions"),
        any_state=compile_list(list_entries(lexicon, "institutions", "states")),
        any_union=compile_list(list_entries(lexicon, "institutions", "unions")),
    )


@cache
def load_agencies() -> frozenset[str]:
    """The news agencies of every language's `[credits]`."""
    return frozenset(
        name
        for language in list_languages()
        for name in load_lexicon(language).words("credits", "agencies")
    )


@cache
def load_given_names(language: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The genders of given names, folded: those of the language, and those of all languages.

    A name counts among all if the languages that have it agree.
    """
    known: dict[str, str] = {}
    for other in list_languages():
        for name, gender in _read_given(other).items():
            known[name] = gender if known.get(name, gender) == gender else ""
    return _read_given(language), {name: gender for name, gender in known.items() if gender}


def _read_given(language: str) -> dict[str, str]:
    table = load_lexicon(language).table("names", "given")
    return {fold_word(name): gender for gender in table for name in table[gender]}


def _compile_token(lexicon: Lexicon) -> Pattern:
    names = lexicon.tables.get("names", {})
    elided = [
        re.escape(word[:-1]) + _APOSTROPHE
        for word in {*names.get("articles", ()), *names.get("complements", ())}
        if word[-1] in "'’"
    ]
    first = f"(?<!\\w)(?:{'|'.join(elided)})(?=\\w)|" if elided else ""
    return re.compile(rf"{first}\w(?:\w|['’.\-](?=\w))*", re.IGNORECASE)


def _plain(table: Mapping[str, str]) -> dict[str, str]:
    return {word.replace("’", "'"): value for word, value in table.items()}
