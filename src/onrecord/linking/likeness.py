"""How likely two statements are to render the same words, from their words and embeddings."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from rapidfuzz.distance import LCSseq

from onrecord.domain import Vector

_WORD = re.compile(r"[^\W_]+")
LONG = 24
"""Words beyond which length says nothing more."""


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
        """The words in lower case."""
        return tuple(word.casefold() for word in _WORD.findall(self.text))


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
    """Whether the shorter is all but word for word in the longer, and long enough to tell."""
    shorter = min(len(one.words), len(other.words))
    return (
        one.language == other.language
        and shorter >= least_words
        and measure_words(one, other) >= 0.85
    )
