"""Words for what people are, and for the states and alliances that they are it of, as patterns.

Compiled from `[roles]` and `[institutions]` of a language's word lists, for every stage that reads
descriptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.domain import Span
from onrecord.lexicon import Lexicon

Pattern = re.Pattern[str]
Entries = tuple[tuple[str, str, int], ...]
Table = tuple[tuple[str, Pattern], ...]

LEADERS = frozenset(
    {"president", "premier", "secretary_general", "director", "chair", "mayor", "governor"}
)
"""The classes of roles that "leader", "chief" or "head" may stand for."""

NOTHING: Pattern = re.compile(r"(?!)")
_APOSTROPHE = "['’]"


@dataclass(frozen=True, slots=True)
class Role:
    """A word for what somebody is, its class ("president") and gender ("m", "f" or "").

    `base` tells that it has no ending beyond the one in the list.
    """

    span: Span
    kind: str
    gender: str
    base: bool


def find_roles(text: str, pattern: Pattern, entries: Entries) -> list[Role]:
    """The words for what people are, in order; `pattern` and `entries` are of `compile_roles`."""
    found = []
    for match in pattern.finditer(text):
        number = int((match.lastgroup or "r0")[1:])
        kind, gender, length = entries[number]
        found.append(Role(match.span(), kind, gender, match.end() - find_head(match) == length))
    return found


def find_head(match: re.Match[str]) -> int:
    """Where the listed word of a role begins: after what a compound has before it."""
    return match.start(match.lastgroup or 0) - (match.lastgroup is not None)


def compile_roles(lexicon: Lexicon) -> tuple[Entries, Pattern]:
    """The classes, genders and lengths of a language's words for roles, and a pattern for them."""
    listed = [
        (word.partition(":")[0], kind, word.partition(":")[2])
        for kind, words in lexicon.table("roles", "classes").items()
        for word in words
    ]
    listed.sort(key=lambda entry: -len(entry[0]))
    if not listed:
        return (), NOTHING
    start = _find_start(compounds=bool(lexicon.tables["roles"].get("compounds", False)))
    forms = [(word[0], f"(?P<r{n}>{_escape(word[1:])})") for n, (word, _, _) in enumerate(listed)]
    entries = tuple((kind, gender, len(word.rstrip("*"))) for word, kind, gender in listed)
    return entries, re.compile(rf"{start}(?:{_group_forms(forms)})(?!\w)")


def compile_list(words: Iterable[str], *, compounds: bool = False) -> Pattern:
    """One pattern for a list of words, case left out: the longest first, `*` for any letters."""
    listed = sorted(words, key=len, reverse=True)
    if not listed:
        return NOTHING
    if any(word.startswith("*") for word in listed):
        forms = f"(?i:{'|'.join(map(_escape, listed))})"
    else:
        forms = _group_forms([(word[0], _escape(word[1:])) for word in listed])
    return re.compile(rf"{_find_start(compounds=compounds)}(?:{forms})(?!\w)")


def compile_table(lexicon: Lexicon, section: str, name: str) -> Table:
    """One pattern for each list of a table, by its key."""
    return tuple((key, compile_list(words)) for key, words in lexicon.table(section, name).items())


def list_entries(lexicon: Lexicon, section: str, name: str) -> list[str]:
    """The words of all lists of a table."""
    return [word for words in lexicon.table(section, name).values() for word in words]


def find_keys(text: str, table: Table, anywhere: Pattern) -> frozenset[str]:
    """The keys of a table's patterns that are found in a text; `anywhere` has all their words."""
    if anywhere.search(text) is None:
        return frozenset()
    return frozenset(key for key, pattern in table if pattern.search(text))


def _group_forms(forms: Iterable[tuple[str, str]]) -> str:
    """One alternation, case left out, of forms that are given as first letter and what follows.

    `re` tries one alternative after another but passes over one with another first letter at once,
    if that is a set of letters: so those that begin alike stand together, in their order.
    """
    groups: dict[str, list[str]] = {}
    for letter, rest in forms:
        cases = {"'", "’"} if letter in "'’" else {letter.lower(), letter.upper()}
        groups.setdefault("".join(sorted(cases)), []).append(rest)
    return "|".join(
        f"[{re.escape(either)}](?i:{'|'.join(rests)})" for either, rests in groups.items()
    )


def _find_start(*, compounds: bool) -> str:
    return r"(?<!\w)(?:[\w-]+?)??" if compounds else r"(?<!\w)"


def _escape(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\u00a0-]+")
    return re.sub(_APOSTROPHE, _APOSTROPHE, escaped)
