"""How likely two statements are to render the same words, from their words and embeddings.

A function of the pair alone, so that no other statement of the record can change it: how near the
embeddings are, how long both are and how alike in length, and, within a language, the words.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from onrecord.domain import Vector
from onrecord.linking.topics import THING, list_topics
from onrecord.linking.wordlists import load_word_lists

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
LONG = 24
"""Words beyond which length says nothing more."""
VERBATIM_SHARE = 0.85
"""Share of the shorter wording's words that must stand in the longer one."""
WORDS_A_BREAK = 6
"""One word left out or changed is let pass for so many words."""
SURE_RUN = 12
"""Words in a row that leave no doubt, whatever else was changed."""
FULL_WORD = 4
"""Letters from which a word says something of what is talked about: most shorter ones are articles
and prepositions."""
LEAST_SHARED = 1 / 3
"""Two wordings of one language are not the same words where neither has more of the other's full
words: of those in the WMT quotations' dev part that one story translates alike, 98 % have more."""
STEM, FORM_RATIO = 3, 75
"""Two words are forms of one where so many first letters are equal and this ratio (0 to 100) of
letters is shared, as in alignment.py."""
WIDEST_STRETCH = 1.0
"""Beyond this logarithm of the ratio of lengths, unlike lengths say nothing more."""


@dataclass(frozen=True, slots=True)
class LikenessWeights:
    """A logistic regression over what `measure_pair` finds; fitted by training/fit.py."""

    constant: float
    meaning: float
    words: float = 0.0
    length: float = 0.0
    stretch: float = 0.0
    shared: float = 0.0


@dataclass(frozen=True)
class Content:
    """What is compared: the words, their language, and the embedding less its language's mean."""

    text: str
    language: str
    vector: Vector

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in lower case; scripts without spaces give one for each sign."""
        text = unicodedata.normalize("NFC", self.text)
        return tuple(word.casefold() for word in _WORD.findall(text))

    @cached_property
    def full_words(self) -> tuple[str, ...]:
        """The words that say what is talked about: of `FULL_WORD` letters or more, each once."""
        long = (word for word in self.words if len(word) >= FULL_WORD and not word.isdigit())
        return tuple(dict.fromkeys(long))

    @cached_property
    def size(self) -> int:
        """How many letters and digits there are."""
        return sum(character.isalnum() for character in self.text)


def measure_words(one: Content, other: Content) -> float:
    """The share of the shorter's words that stand in the longer in the same order, 0 to 1."""
    shorter = min(len(one.words), len(other.words))
    if shorter == 0:
        return 0.0
    return LCSseq.similarity(one.words, other.words) / shorter


def measure_meaning(one: Content, other: Content) -> float:
    """The cosine of the two embeddings."""
    return float(np.dot(one.vector, other.vector))


def measure_shared(one: Content, other: Content) -> float:
    """The share of one's full words of which the other has a form, the lesser of the two."""
    return min(_share_forms(one, other), _share_forms(other, one))


def share_too_little(one: Content, other: Content) -> bool:
    """Whether two wordings of one language have too few words in common to be one's."""
    if one.language != other.language:
        return False
    return max(_share_forms(one, other), _share_forms(other, one)) < LEAST_SHARED


def _share_forms(one: Content, other: Content) -> float:
    if not one.full_words:
        return 0.0
    stems: dict[str, list[str]] = {}
    for word in other.full_words:
        stems.setdefault(word[:STEM], []).append(word)
    found = sum(
        any(fuzz.ratio(word, near) >= FORM_RATIO for near in stems.get(word[:STEM], ()))
        for word in one.full_words
    )
    return found / len(one.full_words)


def measure_stretch(one: Content, other: Content) -> float:
    """How unlike the lengths are: the logarithm of their ratio, 0 to `WIDEST_STRETCH`."""
    return min(WIDEST_STRETCH, abs(math.log((one.size + 5) / (other.size + 5))))


def measure_pair(one: Content, other: Content) -> dict[str, float]:
    """The features of a pair by name; those of the words are 0 across languages."""
    same = one.language == other.language
    return {
        "meaning": measure_meaning(one, other),
        "length": math.log1p(min(len(one.words), len(other.words), LONG)),
        "stretch": measure_stretch(one, other),
        "words": measure_words(one, other) if same else 0.0,
        "shared": measure_shared(one, other) if same else 0.0,
    }


def measure_likeness(one: Content, other: Content, weights: Mapping[str, LikenessWeights]) -> float:
    """The probability that both render the same words; `weights` has "same" and "across"."""
    chosen = weights["same" if one.language == other.language else "across"]
    score = chosen.constant + sum(
        getattr(chosen, name) * value for name, value in measure_pair(one, other).items()
    )
    return 1 / (1 + math.exp(-max(-700.0, score)))


def is_verbatim_part(one: Content, other: Content, *, least_words: int) -> bool:
    """Whether the shorter is all but word for word in the longer, and long enough to tell.

    The words must come in runs: a long speech has most common words in almost any order. Nor may a
    word that says what is talked about stand for another ("the tunnel is closed", "the bridge is
    closed") unless so many words agree beside it that nothing else can be meant.
    """
    short, long = sorted((one.words, other.words), key=len)
    if one.language != other.language or len(short) < least_words:
        return False
    if measure_words(one, other) < VERBATIM_SHARE:
        return False
    matcher = SequenceMatcher(None, long, short, autojunk=False)
    runs = sorted((block.size for block in matcher.get_matching_blocks()), reverse=True)
    if sum(runs[: 1 + len(short) // WORDS_A_BREAK]) < VERBATIM_SHARE * len(short):
        return False
    return runs[0] >= SURE_RUN or not any(
        _is_replaced(long[i:j], short[k:m], one.language)
        for kind, i, j, k, m in matcher.get_opcodes()
        if kind == "replace"
    )


def _is_replaced(long: Sequence[str], short: Sequence[str], language: str) -> bool:
    """Whether a full word stands for another that is no form of it and doesn't name the same thing.

    Numbers, negations and words on one scale are left to the flags, which name what differs.
    """
    lists = load_word_lists(language)
    one, other = (
        [word for word in words if len(word) >= FULL_WORD and not lists.kin(word)]
        for words in (long, short)
    )
    things, theirs = (list_topics(language, words).get((THING, ""), ()) for words in (one, other))
    if things and things == theirs:
        return False
    return any(not _has_form(word, one) for word in other) and any(
        not _has_form(word, other) for word in one
    )


def _has_form(word: str, others: Sequence[str]) -> bool:
    near = (other for other in others if other[:STEM] == word[:STEM])
    return any(fuzz.ratio(word, other) >= FORM_RATIO for other in near)
