"""Offices and roles as the word lists know them, so that they can be compared across languages.

An office is a state of `[institutions.states]`, a kind of body and what it is for, told from every
word of its name; or one that `[offices.names]` lists by its whole name. A role is the class of a
description's word for what somebody is, with the states, alliances and fields that it is of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.domain import Words
from onrecord.lexicon import Lexicon, list_languages, load_lexicon
from onrecord.roles import (
    NOTHING,
    Entries,
    Pattern,
    compile_list,
    compile_roles,
    compile_table,
    find_head,
    find_roles,
)

Standing = Literal["holds", "left", "coming"]

MINISTRY = "ministry"
MINISTER = "minister"
LEADER = "leader"
_CABINETS = frozenset({"government", "presidency", "leadership"})
"""Kinds of bodies that the class of a role already tells ("head of government")."""

_TOKEN = re.compile(r"[^\W_]+(?:['’.\-](?=[^\W_])[^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:['’.](?=[^\W_])[^\W_]+)*")
_SPLIT = re.compile(r"[\W_]+")
_SPLIT_ENTRY = re.compile(r"[^\w*]+")
_STEM = 4
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Office:
    """One office in any language: equal keys are one. `place` where it is a state or capital."""

    key: str
    place: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """What a description says somebody is.

    `kinds` are classes of roles, `scope` the states and alliances, `fields` what it is for; `rest`
    are its other words, their beginnings only.
    """

    kinds: frozenset[str] = frozenset()
    genders: frozenset[str] = frozenset()
    scope: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    rest: frozenset[str] = frozenset()
    standing: Standing = "holds"
    deputy: bool = False

    @property
    def bare(self) -> bool:
        """Whether it says nothing of what it is the role."""
        return not (self.scope or self.fields or self.rest)


@dataclass(frozen=True, slots=True)
class OfficeWords:
    """One language's lists of `[offices]`, `[institutions]` and `[roles]`, compiled."""

    language: str
    names: tuple[tuple[str, Pattern], ...]
    kinds: tuple[tuple[str, Pattern], ...]
    fields: tuple[tuple[str, Pattern], ...]
    states: tuple[tuple[str, Pattern], ...]
    unions: tuple[tuple[str, Pattern], ...]
    capitals: Pattern
    seats: Pattern
    bodies: Pattern
    small: Pattern
    former: Pattern
    coming: Pattern
    deputy: Pattern
    indefinite: Pattern
    modifiers: Pattern
    roles: Pattern
    role_entries: Entries


@dataclass(frozen=True, slots=True)
class _Hints:
    """Words of which an office's name has at least one: whole ones, and how others begin."""

    words: frozenset[str]
    stems: tuple[str, ...]

    def occur(self, name: str) -> bool:
        """Whether a name has one of them."""
        words = _SPLIT.split(name.casefold())
        return any(word in self.words or word.startswith(self.stems) for word in words if word)


@cache
def _load_hints(language: str) -> _Hints:
    lexicon = load_lexicon(language)
    tables = (("offices", "names"), ("institutions", "states"))
    listed = [
        word
        for section, table in tables
        for entries in lexicon.table(section, table).values()
        for entry in entries
        for word in _SPLIT_ENTRY.split(entry.casefold())
    ]
    whole = frozenset(word for word in listed if word and "*" not in word)
    return _Hints(whole, tuple({word.partition("*")[0] for word in listed if "*" in word}))


@cache
def load_office_words(language: str) -> OfficeWords:
    """The lists of an ISO 639-1 language code; all empty for a language without a file."""
    lexicon = load_lexicon(language)
    entries, roles = compile_roles(lexicon)
    return OfficeWords(
        language=language,
        names=compile_table(lexicon, "offices", "names"),
        kinds=compile_table(lexicon, "offices", "kinds"),
        fields=compile_table(lexicon, "offices", "fields"),
        states=compile_table(lexicon, "institutions", "states"),
        unions=compile_table(lexicon, "institutions", "unions"),
        capitals=compile_list(lexicon.words("offices", "capitals")),
        seats=compile_list(lexicon.words("institutions", "seats")),
        bodies=compile_list(
            word
            for name in ("bodies", "short", "outlets")
            for word in lexicon.words("institutions", name)
        ),
        small=_compile_small(lexicon),
        former=compile_list(lexicon.words("offices", "former")),
        coming=compile_list(lexicon.words("offices", "coming")),
        deputy=compile_list(lexicon.words("offices", "deputy")),
        indefinite=compile_list(lexicon.words("names", "indefinite")),
        modifiers=compile_list(lexicon.words("roles", "modifiers")),
        roles=roles,
        role_entries=entries,
    )


@lru_cache(maxsize=65536)
def read_office(name: str, language: str) -> Office | None:
    """The office that a name is in its language; None where the lists don't explain every word."""
    if not _load_hints(language).occur(name):
        return None
    words = load_office_words(language)
    forms = _list_forms(name, words)
    for key, pattern in words.names:
        if any(map(pattern.fullmatch, forms)):
            return Office(key)
    states = [key for key, pattern in words.states if pattern.search(name)]
    if len(states) != 1:
        return None
    if any(map(words.capitals.fullmatch, forms)):
        return Office(f"{states[0]} capital", place=True)
    if any(map(words.seats.fullmatch, forms)):
        return Office(states[0], place=True)
    kind = _read_kind(name, words)
    if kind is None or not _is_explained(name, words):
        return None
    return Office(f"{states[0]} {kind}")


@lru_cache(maxsize=65536)
def find_office_keys(name: str) -> frozenset[str]:
    """The offices that a name is in any language."""
    found = (read_office(name, language) for language in list_languages())
    return frozenset(office.key for office in found if office is not None)


@lru_cache(maxsize=65536)
def is_common_noun(name: str, language: str) -> bool:
    """Whether a name only says what it is ("the ministry", "das Unternehmen"), not which.

    An office without its state ("Defence Ministry") is one, as every state has such.
    """
    words = load_office_words(language)
    tokens = _TOKEN.findall(name)
    if not tokens or any(pattern.search(name) for _, pattern in (*words.states, *words.unions)):
        return False
    forms = _list_forms(name, words)
    if any(pattern.fullmatch(form) for _, pattern in words.names for form in forms):
        return False
    if _read_kind(name, words) is not None and _is_explained(name, words):
        return True
    return any(words.bodies.fullmatch(token) for token in tokens) and all(
        token.islower() or words.bodies.fullmatch(token) or words.small.fullmatch(token)
        for token in tokens
    )


@lru_cache(maxsize=65536)
def read_role(description: str, language: str) -> Role:
    """The role that a description names in its language; one without kinds where it names none."""
    words = load_office_words(language)
    roles = find_roles(description, words.roles, words.role_entries)
    kinds = {role.kind for role in roles}
    fields = _find_keys(description, words.fields)
    kind = _read_kind(description, words)
    if kind is not None and kind.startswith(MINISTRY) and kinds == {LEADER}:
        kinds = {MINISTER}
    if kind is not None and not kind.startswith(MINISTRY) and kind not in _CABINETS:
        fields |= {kind}
    elif kind is not None and kind.startswith(MINISTRY):
        fields |= set(kind.split()[1:])
    standing: Standing = "holds"
    if words.former.search(description):
        standing = "left"
    elif words.coming.search(description):
        standing = "coming"
    return Role(
        kinds=frozenset(kinds),
        genders=frozenset(role.gender for role in roles if role.gender),
        scope=_find_keys(description, (*words.states, *words.unions)),
        fields=fields,
        rest=_find_rest(description, words),
        standing=standing,
        deputy=words.deputy.search(description) is not None,
    )


def is_indefinite(text: str, words: Words | None, language: str) -> bool:
    """Whether a phrase stands after an indefinite article or the like ("a harbour director")."""
    if words is None:
        return False
    before = text[max(0, words.start - 20) : words.start].split()
    pattern = load_office_words(language).indefinite
    return bool(before) and pattern.fullmatch(before[-1]) is not None


def _read_kind(name: str, words: OfficeWords) -> str | None:
    """The one kind of body that a name has, and what a ministry is for: "ministry defence"."""
    found = [key for key, pattern in words.kinds if pattern.search(name)]
    if len(found) > 1:
        found = [key for key in found if not any(_is_within(key, o, name, words) for o in found)]
    if len(found) != 1:
        return None
    if found[0] != MINISTRY:
        return found[0]
    fields = sorted(_find_keys(name, words.fields))
    return " ".join([MINISTRY, *fields]) if fields else None


def _is_within(one: str, other: str, name: str, words: OfficeWords) -> bool:
    """Whether a kind is found only inside the words of another ("police" in "police ministry")."""
    patterns = dict(words.kinds)
    mine, yours = patterns[one].search(name), patterns[other].search(name)
    if one == other or mine is None or yours is None:
        return False
    return len(mine[0]) < len(yours[0]) and yours.start() <= mine.start() < yours.end()


def _find_keys(text: str, table: tuple[tuple[str, Pattern], ...]) -> frozenset[str]:
    return frozenset(key for key, pattern in table if pattern.search(text))


def _is_explained(name: str, words: OfficeWords) -> bool:
    """Whether the lists have every word of an office's name."""
    tables = (words.kinds, words.fields, words.states)
    patterns = [words.small, *(pattern for table in tables for _, pattern in table)]
    return not _list_unknown(name, patterns)


def _list_unknown(name: str, patterns: list[Pattern]) -> list[str]:
    """The words of a text, and the parts of those with hyphens, in which no pattern is found."""
    known = [match.span() for pattern in patterns for match in pattern.finditer(name)]
    return [
        match[0]
        for match in _PART.finditer(name)
        if not any(low < match.end() and match.start() < high for low, high in known)
    ]


def _find_rest(description: str, words: OfficeWords) -> frozenset[str]:
    tables = (words.fields, words.states, words.unions, words.kinds)
    patterns = [words.small, words.modifiers, words.former, words.coming, words.deputy]
    patterns += [pattern for table in tables for _, pattern in table]
    rest = _list_unknown(description, [*patterns, words.roles])
    for role in find_roles(description, words.roles, words.role_entries):
        match = _TOKEN.match(description, role.span[0])
        head = "" if match is None else _cut_role(match[0], words)
        if head and _list_unknown(head, patterns):
            rest.append(head)
    return frozenset(word.casefold()[:_STEM] for word in rest if len(word) >= _SHORTEST)


def _cut_role(word: str, words: OfficeWords) -> str:
    """What a compound is a role of: "Werft" in "Werftchefin"."""
    match = words.roles.match(word)
    return "" if match is None else word[: find_head(match)].rstrip("s-")


def _list_forms(name: str, words: OfficeWords) -> tuple[str, str]:
    """The name without a full stop after it, and that without articles before it."""
    name = " ".join(name.split()).rstrip(".")
    short = name
    while (match := words.small.match(short)) and match.end() < len(short):
        short = short[match.end() :].lstrip()
    return name, short


def _compile_small(lexicon: Lexicon) -> Pattern:
    names = lexicon.tables.get("names", {})
    listed = [*names.get("articles", ()), *names.get("complements", ())]
    elided = [re.escape(word[:-1]) + "['’]" for word in listed if word[-1] in "'’"]
    whole = compile_list(word for word in listed if word[-1] not in "'’")
    if not elided:
        return whole
    pattern = rf"(?<!\w)(?:{'|'.join(elided)})"
    return re.compile(pattern if whole is NOTHING else f"{whole.pattern}|{pattern}", re.IGNORECASE)
