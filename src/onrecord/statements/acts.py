"""What a speaker does with words: PLOVER's codes, and some more (docs/acts.md).

1. A cue that says it decides ("denied", "warf ... vor"): the language's `[acts]`.
2. With a plain cue of saying, or one in no list, a small model is asked what is done, by the words
   of the deed and their embedding. With a plain cue it is heard only where the content tells of
   the speaker's own doing ("said it would free them"), and a deed that isn't done with words is
   taken only there: what others did is no act of the speaker's.
3. Where neither is sure it is STATE with a plain cue, and nothing with another or with none.

The codes are PLOVER's (Halterman et al. 2023), of which ACCUSE, REJECT, THREATEN, REQUEST, AGREE,
SUPPORT and CONSULT are done with words alone; DENY, CONFIRM, WARN, PREDICT, PROMISE, APOLOGISE and
STATE divide what PLOVER drops.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Span, Vector
from onrecord.lexicon import load_lexicon
from onrecord.statements.cues import CueList, compile_cues

STATE = "STATE"
WITH_WORDS = frozenset(
    {STATE, "ACCUSE", "REJECT", "THREATEN", "REQUEST", "AGREE", "SUPPORT", "CONSULT"}
)
"""Codes of the model that are acts whoever does what is told of."""

ALL = "all"
MARK = 0.3
"""What a listed word counts for beside a vector of length one; chosen by cross-validation."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Deed:
    """The words that tell what is done: `clause` holds the cue's spans, `words` is all of them.

    `own` tells that the content speaks of the speaker's own doing; `vector` is that of `words`.
    """

    clause: str
    cues: tuple[Span, ...]
    words: str = ""
    own: bool = False
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class ActModel:
    """A multinomial logistic regression over a deed's vector and the codes its words are listed by.

    `weights` is [codes, hidden + marks], `least` the probability from which a code is sure;
    `means` are the encoder's mean vectors of the languages, which are taken from a deed's.
    """

    codes: tuple[str, ...]
    marks: tuple[str, ...]
    weights: Floats
    bias: Floats
    least: float
    means: Mapping[str, Vector]

    @classmethod
    def of(cls, means: Mapping[str, Vector], stored: Mapping[str, Any] | None) -> ActModel | None:
        """The model that the weights file's `acts` hold; None for a file that has none."""
        if stored is None:
            return None
        codes, marks = tuple(stored["codes"]), tuple(stored["marks"])
        flat = np.frombuffer(base64.b64decode(stored["weights"]), dtype="<f2")
        weights = flat.astype(np.float32).reshape(len(codes), -1)
        bias = np.array(stored["bias"], dtype=np.float32)
        return cls(codes, marks, weights, bias, float(stored["least"]), means)

    def store(self) -> dict[str, Any]:
        """What `of` reads, for JSON: the weights as base64 of little-endian half floats."""
        return {
            "codes": list(self.codes),
            "marks": list(self.marks),
            "weights": base64.b64encode(self.weights.astype("<f2").tobytes()).decode(),
            "bias": [round(float(value), 4) for value in self.bias],
            "least": self.least,
        }

    def rank(self, vector: Vector, words: str, language: str) -> list[tuple[float, str]]:
        """Each code with its probability, the likeliest first."""
        mean = self.means.get(language, self.means[ALL])
        features = np.concatenate([vector - mean, mark_words(words, language, self.marks)])
        scores = self.weights @ features + self.bias
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        ranked = zip(map(float, chances), self.codes, strict=True)
        return sorted(ranked, key=lambda one: (-one[0], one[1]))


def classify_act(deed: Deed, language: str, *, model: ActModel | None = None) -> str | None:
    """The code of an act; None where neither the cue's words nor the model are sure of one."""
    listed = find_listed(deed.clause, deed.cues, language)
    if not deed.cues or listed not in (None, STATE):
        return listed
    if model is None or deed.vector is None or (listed == STATE and not deed.own):
        return listed
    chance, code = model.rank(deed.vector, deed.words, language)[0]
    sure = chance >= model.least and (deed.own or code in WITH_WORDS)
    return code if sure else listed


def find_listed(clause: str, cues: Sequence[Span], language: str) -> str | None:
    """The code that a cue's words are listed by: the longest, and any act before plain saying."""
    found = [
        (code != STATE, len(cue.words), code)
        for code, listed in load_acts(language)
        for cue, _ in listed.find_all(clause, cues)
    ]
    return max(found)[2] if found else None


def mark_words(words: str, language: str, marks: Sequence[str]) -> Floats:
    """For each code of `marks` whether words are listed by it, as numbers for the model."""
    everywhere = [(0, len(words))]
    found = {
        code
        for code, listed in load_acts(language)
        if listed.find_first(words, everywhere) is not None
    }
    return np.array([MARK * (mark in found) for mark in marks], dtype=np.float32)


@cache
def load_acts(language: str) -> tuple[tuple[str, CueList], ...]:
    """The codes of a language's `[acts]`, each with its list."""
    tables = load_lexicon(language).tables.get("acts", {})
    return tuple((code, compile_cues(listed)) for code, listed in tables.items())
