"""One language's words for telling how a clause is built, compiled from `[grammar]`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.lexicon import load_lexicon

Opener = Literal["coordinating", "content", "cause", "time", ""]
"""What a word that opens a clause makes of it, or "" for a word that opens none."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The words; for a language without lists all are empty. See languages/en.toml."""

    prepositions: frozenset[str]
    openers: Mapping[str, Opener]
    verbs: frozenset[str]
    verb_endings: tuple[str, ...]
    possessives: frozenset[str]
    objects: frozenset[str]
    object_articles: frozenset[str]
    inverted: bool
    cases: bool

    def is_preposition(self, word: str) -> bool:
        """Whether a word governs the noun after it."""
        return fold_case(word) in self.prepositions

    def opens(self, word: str) -> Opener:
        """What clause a word opens."""
        return self.openers.get(fold_case(word), "")

    def is_verb(self, word: str) -> bool:
        """Whether a word is among the known verbs or has the ending of one."""
        folded = fold_case(word)
        return folded in self.verbs or folded.endswith(self.verb_endings)


@cache
def load_grammar(language: str) -> Grammar:
    """The grammar of an ISO 639-1 language code."""
    lexicon = load_lexicon(language)
    kinds: tuple[Opener, ...] = ("time", "cause", "content", "coordinating")
    table = lexicon.table("grammar", "openers")
    return Grammar(
        prepositions=frozenset(lexicon.words("grammar", "prepositions")),
        openers={word: kind for kind in kinds for word in table.get(kind, ())},
        verbs=frozenset(lexicon.words("grammar", "verbs")),
        verb_endings=lexicon.words("grammar", "verb_endings"),
        possessives=frozenset(lexicon.words("grammar", "possessives")),
        objects=frozenset(lexicon.words("grammar", "objects")),
        object_articles=frozenset(lexicon.words("grammar", "object_articles")),
        inverted=bool(lexicon.tables.get("grammar", {}).get("inverted", False)),
        cases=bool(lexicon.tables.get("grammar", {}).get("cases", False)),
    )


def fold_case(word: str) -> str:
    """A word as the lists have it: small, with a straight apostrophe."""
    return word.casefold().replace("’", "'")
