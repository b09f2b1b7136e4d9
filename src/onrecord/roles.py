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
        base = match.end() - match.start(match.lastgroup or 0) == length
        found.append(Role(match.span(), kind, gender, base))
    return found


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
    groups = "|".join(f"(?P<r{n}>{_escape(entry[0])})" for n, entry in enumerate(listed))
    entries = tuple((kind, gender, len(word.rstrip("*"))) for word, kind, gender in listed)
    return entries, re.compile(rf"{start}(?:{groups})(?!\w)", re.IGNORECASE)


def compile_list(words: Iterable[str], *, compounds: bool = False) -> Pattern:
    """One pattern for a list of words, case left out: the longest first, `*` for any letters."""
    listed = "|".join(_escape(word) for word in sorted(words, key=len, reverse=True))
    if not listed:
        return NOTHING
    return re.compile(rf"{_find_start(compounds=compounds)}(?:{listed})(?!\w)", re.IGNORECASE)


def compile_table(lexicon: Lexicon, section: str, name: str) -> tuple[tuple[str, Pattern], ...]:
    """One pattern for each list of a table, by its key."""
    return tuple((key, compile_list(words)) for key, words in lexicon.table(section, name).items())


def _find_start(*, compounds: bool) -> str:
    return r"(?<!\w)(?:[\w-]+?)??" if compounds else r"(?<!\w)"


def _escape(word: str) -> str:
    escaped = re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s\u00a0-]+")
    return re.sub(_APOSTROPHE, _APOSTROPHE, escaped)
