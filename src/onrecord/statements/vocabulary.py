"""One language's words for people and offices.

Compiled from `[names]`, `[roles]`, `[institutions]` and `[pronouns]`; this module has no words of
any language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import Lexicon, list_languages, load_lexicon

Pattern = re.Pattern[str]
_NOTHING: Pattern = re.compile(r"(?!)")
_APOSTROPHE = "['’]"
_LISTS = ("indefinite", "complements", "functions", "intensifiers", "after", "plural_endings")


@dataclass(frozen=True, slots=True)
class Role:
    """A word for what somebody is, its class ("president") and gender ("m", "f" or "").

    `base` tells that it has no ending beyond the one in the list.
    """

    span: Span
    kind: str
    gender: str
    base: bool


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

    def find_roles(self, text: str) -> list[Role]:
        """The words for what people are, in order."""
        found = []
        for match in self.roles.finditer(text):
            number = int((match.lastgroup or "r0")[1:])
            kind, gender, length = self.role_entries[number]
            base = match.end() - match.start(match.lastgroup or 0) == length
            found.append(Role(match.span(), kind, gender, base))
        return found

    def find_states(self, text: str) -> frozenset[str]:
        """The ids of the states that the text's words stand for."""
        return frozenset(name for name, pattern in self.states if pattern.search(text))

    def find_unions(self, text: str) -> frozenset[str]:
        """The ids of the alliances that the text's words stand for."""
        return frozenset(name for name, pattern in self.unions if pattern.search(text))

    def find_tokens(self, text: str, low: int = 0, high: int | None = None) -> list[Span]:
        """The words between two places of a text; an elided article is a word of its own."""
        end = len(text) if high is None else high
        return [match.span() for match in self.token.finditer(text, low, end)]

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
    entries, roles = _compile_roles(lexicon)
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
        states=_compile_table(lexicon, "states"),
        unions=_compile_table(lexicon, "unions"),
    )


@cache
def load_agencies() -> frozenset[str]:
    """The news agencies of every language's `[credits]`."""
    return frozenset(
        name
        for language in list_languages()
        for name in load_lexicon(language).words("credits", "agencies")
    )


def compile_list(words: Iterable[str], *, compounds: bool = False) -> Pattern:
    """One pattern for a list of words, case left out: the longest first, `*` for any ending."""
    listed = "|".join(_escape(word) for word in sorted(words, key=len, reverse=True))
    if not listed:
        return _NOTHING
    start = r"(?<!\w)(?:[\w-]+?)??" if compounds else r"(?<!\w)"
    return re.compile(rf"{start}(?:{listed})(?!\w)", re.IGNORECASE)


def _compile_roles(lexicon: Lexicon) -> tuple[tuple[tuple[str, str, int], ...], Pattern]:
    listed = [
        (word.partition(":")[0], kind, word.partition(":")[2])
        for kind, words in lexicon.table("roles", "classes").items()
        for word in words
    ]
    listed.sort(key=lambda entry: -len(entry[0]))
    if not listed:
        return (), _NOTHING
    compounds = bool(lexicon.tables["roles"].get("compounds", False))
    start = r"(?<!\w)(?:[\w-]+?)??" if compounds else r"(?<!\w)"
    groups = "|".join(f"(?P<r{n}>{_escape(entry[0])})" for n, entry in enumerate(listed))
    entries = tuple((kind, gender, len(word.rstrip("*"))) for word, kind, gender in listed)
    return entries, re.compile(rf"{start}(?:{groups})(?!\w)", re.IGNORECASE)


def _compile_table(lexicon: Lexicon, name: str) -> tuple[tuple[str, Pattern], ...]:
    return tuple(
        (key, compile_list(words)) for key, words in lexicon.table("institutions", name).items()
    )


def _compile_token(lexicon: Lexicon) -> Pattern:
    names = lexicon.tables.get("names", {})
    elided = [
        re.escape(word[:-1]) + _APOSTROPHE
        for word in {*names.get("articles", ()), *names.get("complements", ())}
        if word[-1] in "'’"
    ]
    first = f"(?<!\\w)(?:{'|'.join(elided)})(?=\\w)|" if elided else ""
    return re.compile(rf"{first}\w(?:\w|['’.\-](?=\w))*", re.IGNORECASE)


def _escape(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\u00a0-]+")
    return escaped.replace("'", _APOSTROPHE).replace("’", _APOSTROPHE)


def _plain(table: Mapping[str, str]) -> dict[str, str]:
    return {word.replace("’", "'"): value for word, value in table.items()}
