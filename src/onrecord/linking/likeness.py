"""How likely two statements are to render the same words, from their words and embeddings."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq

from onrecord.domain import Vector

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")
LONG = 24
"""Words beyond which length says nothing more."""
VERBATIM_SHARE = 0.85
"""Share of the shorter wording's words that must stand in the longer one."""
WORDS_A_BREAK = 6
"""One word left out or changed is let pass for so many words."""


@dataclass(frozen=True, slots=True)
class LikenessWeights:
    """A logistic regression over the features of a pair; fitted by training/likeness.py."""

    constant: float
    meaning: float
    words: float = 0.0
    length: float = 0.0


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


def measure_words(one: Content, other: Content) -> float:
    """The share of the shorter's words that stand in the longer in the same order, 0 to 1."""
    shorter = min(len(one.words), len(other.words))
    if shorter == 0:
        return 0.0
    return LCSseq.similarity(one.words, other.words) / shorter


def measure_meaning(one: Content, other: Content) -> float:
    """The cosine of the two embeddings."""
    return float(np.dot(one.vector, other.vector))


def measure_likeness(one: Content, other: Content, weights: Mapping[str, LikenessWeights]) -> float:
    """The probability that both render the same words; `weights` has "same" and "across"."""
    same = one.language == other.language
    chosen = weights["same" if same else "across"]
    shorter = min(len(one.words), len(other.words), LONG)
    score = (
        chosen.constant
        + chosen.meaning * measure_meaning(one, other)
        + chosen.words * (measure_words(one, other) if same else 0.0)
        + chosen.length * math.log1p(shorter)
    )
    return 1 / (1 + math.exp(-score))


def is_verbatim_part(one: Content, other: Content, *, least_words: int) -> bool:
    """Whether the shorter is all but word for word in the longer, and long enough to tell.

    The words must come in runs: a long speech has most common words in almost any order.
    """
    short, long = sorted((one.words, other.words), key=len)
    if one.language != other.language or len(short) < least_words:
        return False
    if measure_words(one, other) < VERBATIM_SHARE:
        return False
    blocks = SequenceMatcher(None, long, short, autojunk=False).get_matching_blocks()
    runs = sorted((block.size for block in blocks), reverse=True)
    return sum(runs[: 1 + len(short) // WORDS_A_BREAK]) >= VERBATIM_SHARE * len(short)
