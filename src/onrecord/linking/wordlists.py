"""The word lists for comparing wordings: section `[wording]` of a language's file, made ready.

An entry is a word, or several; `*` at the end of a word stands for any ending.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from onrecord.lexicon import Lexicon, load_lexicon

SECTION = "wording"
APOSTROPHES = "'’ʼ‘`´＇"
_PHRASE_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{APOSTROPHES}.](?=\w))*")
_FOLDS = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("\u00ad\u200b\u2060[]"))


def fold_word(word: str) -> str:
    """The form of a word that is compared; diacritics are kept, as they tell words apart."""
    if word.isascii() and word.isalpha():
        return word.lower()
    return unicodedata.normalize("NFC", word.translate(_FOLDS).casefold())


def split_words(text: str) -> list[str]:
    """The words of a phrase, each as it is compared, hyphens dividing them."""
    return [fold_word(word) for word in _PHRASE_WORD.findall(text)]


class Hit(NamedTuple):
    """An entry found in a list of words: from `first` to before `last`, and its label."""

    first: int
    last: int
    label: str


Entry = tuple[tuple[str, ...], str]


class PhraseTable:
    """Entries of one or more words, found longest first."""

    __slots__ = ("_exact", "_prefixes", "_stems")

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, list[Entry]] = {}
        self._stems: list[tuple[str, Entry]] = []
        for phrase, label in entries:
            first, *rest = map(fold_word, phrase.split())
            entry = (tuple(rest), label)
            if first.endswith("*"):
                self._stems.append((first[:-1], entry))
            else:
                self._exact.setdefault(first, []).append(entry)
        self._prefixes = tuple(stem for stem, _ in self._stems)

    def __bool__(self) -> bool:
        return bool(self._exact or self._stems)

    def label(self, word: str) -> str:
        """The label of a single word, empty where no entry of one word fits."""
        return next((label for rest, label in self._entries(word) if not rest), "")

    def find(self, keys: Sequence[str]) -> list[Hit]:
        """Every entry among `keys`, from the left, the longest at each place, none overlapping."""
        hits: list[Hit] = []
        place = 0
        while place < len(keys):
            hit = self._longest(keys, place)
            if hit is not None:
                hits.append(hit)
            place = place + 1 if hit is None else hit.last
        return hits

    def _entries(self, word: str) -> list[Entry]:
        exact = self._exact.get(word)
        if self._prefixes and word.startswith(self._prefixes):
            stems = [entry for stem, entry in self._stems if word.startswith(stem)]
            return (exact or []) + stems
        return exact or []

    def _longest(self, keys: Sequence[str], place: int) -> Hit | None:
        best: Hit | None = None
        for rest, label in self._entries(keys[place]):
            last = place + 1 + len(rest)
            following = keys[place + 1 : last]
            fits = len(following) == len(rest) and all(map(_fits, following, rest))
            if fits and (best is None or last > best.last):
                best = Hit(place, last, label)
        return best


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@dataclass(frozen=True, slots=True)
class WordLists:
    """The lists of one language; all empty for a language without them.

    `negations` has three labels: "no" for a negation, "near" for a word that comes near to one
    (lack, refuse, without) and "none" for what looks like one and isn't ("not only").
    `paired` are pairs of which the second word negates only after the first ("ne … plus").
    `modals` labels by class (possible, advised, conditional, future, obliged), `reported` says
    which classes a form can stand for in reported speech. `scales` labels "name:level".
    `degrees` labels "more", "less" and "hedge". `numbers` labels with the value. `channels` labels
    with the class of channel, `states` with the state that a name is of. `conditions` are words
    that a condition begins with ("if").
    """

    negations: PhraseTable
    paired: tuple[tuple[str, str], ...]
    denials: PhraseTable
    modals: PhraseTable
    reported: Mapping[str, tuple[str, ...]]
    scales: PhraseTable
    degrees: PhraseTable
    numbers: PhraseTable
    joiners: frozenset[str]
    convertible: PhraseTable
    conjunctions: frozenset[str]
    pronouns: frozenset[str]
    contractions: Mapping[str, tuple[str, ...]]
    elisions: Mapping[str, str]
    decimal: str
    channels: PhraseTable
    conditions: PhraseTable
    states: PhraseTable

    def kin(self, key: str) -> str:
        """The class of words that `key` may be exchanged with, empty for most words."""
        if self.modals.label(key):
            return "modal"
        if self.numbers.label(key) not in ("", "1"):
            return "number"
        negation = self.negations.label(key)
        return "negation" if negation == "no" else self.scales.label(key).partition(":")[0]


@cache
def load_word_lists(language: str) -> WordLists:
    """The lists for comparing wordings in a language ("de", "de-AT"); empty ones if it has none."""
    lexicon = load_lexicon(language.partition("-")[0].lower())
    return WordLists(
        negations=_labelled(lexicon, no="negations", near="near_negations", none="not_negations"),
        paired=tuple((pair[0], pair[1]) for pair in lexicon.words(SECTION, "paired_negations")),
        denials=_labelled(lexicon, no="denials"),
        modals=_table(lexicon, "modals"),
        reported={key: tuple(value) for key, value in lexicon.table(SECTION, "reported").items()},
        scales=_scales(lexicon),
        degrees=_labelled(lexicon, more="intensifiers", less="softeners", hedge="hedges"),
        numbers=_numbers(lexicon),
        joiners=frozenset(lexicon.words(SECTION, "number_joiners")),
        convertible=_labelled(lexicon, unit="convertible"),
        conjunctions=frozenset(lexicon.words(SECTION, "conjunctions")),
        pronouns=frozenset(lexicon.words(SECTION, "pronouns")),
        contractions={
            key: tuple(value.split())
            for key, value in lexicon.table(SECTION, "contractions").items()
        },
        elisions=lexicon.table(SECTION, "elisions"),
        decimal="".join(lexicon.words(SECTION, "decimal")) or ".",
        channels=_table(lexicon, "channels"),
        conditions=_labelled(lexicon, condition="conditions"),
        states=_table(lexicon, "states", section="institutions"),
    )


def _labelled(lexicon: Lexicon, **lists: str) -> PhraseTable:
    return PhraseTable(
        (entry, label) for label, name in lists.items() for entry in lexicon.words(SECTION, name)
    )


def _table(lexicon: Lexicon, name: str, *, section: str = SECTION) -> PhraseTable:
    table = lexicon.table(section, name)
    return PhraseTable((entry, label) for label, entries in table.items() for entry in entries)


def _scales(lexicon: Lexicon) -> PhraseTable:
    return PhraseTable(
        (entry, f"{name}:{level}")
        for name, levels in lexicon.table(SECTION, "scales").items()
        for level, entries in enumerate(levels)
        for entry in entries
    )


def _numbers(lexicon: Lexicon) -> PhraseTable:
    table = lexicon.table(SECTION, "numbers")
    return PhraseTable((entry, value) for value, entries in table.items() for entry in entries)
