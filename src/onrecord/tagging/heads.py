"""The heads over the encoder's vectors: tag scores, and pointers from one span to another.

Small matrix products in numpy, so that the encoder's file holds the body only. Training builds the
same heads from the constants here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Span

BIO = ("O", "B", "I")
LAYERS: dict[str, tuple[str, ...]] = {
    "content": BIO,
    "inner": BIO,
    "source": BIO,
    "cue": BIO,
    "addressee": BIO,
    "name": ("O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"),
}
POINTERS = {
    "content_cue": ("content", "cue"),
    "content_source": ("content", "source"),
    "cue_source": ("cue", "source"),
    "pronoun_name": ("pronoun", "name"),
}
POINTER_SIZE = 64

# Where a candidate stands to the span that asks: how many words away, how many sentences, and
# how many other candidates lie between, each before or after. Nearness alone finds nineteen
# English sources in twenty; the vectors are left the rest.
DISTANCES = 9
SENTENCES = 4
RANKS = 4
INSIDE = 2 * DISTANCES
BUCKETS = INSIDE + 1 + 2 * SENTENCES + 2 * RANKS

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


def place_candidates(asking: Span, candidates: Sequence[Span], sentences: Integers) -> Integers:
    """Feature indices [candidates, 3] of where each lies: words, sentences and rank.

    Spans are in units, half-open; `sentences[i]` is the number of unit i's sentence.
    """
    features = np.zeros((len(candidates), 3), dtype=np.int64)
    start, end = asking
    before = sorted((c[1] for c in candidates if c[1] <= start), reverse=True)
    after = sorted(c[0] for c in candidates if c[0] >= end)
    for row, (low, high) in zip(features, candidates, strict=True):
        later = low >= end
        gap = low - end if later else start - high
        if gap < 0:
            row[0], rank = INSIDE, 0
        else:
            row[0] = later * DISTANCES + min(DISTANCES - 1, int(gap).bit_length())
            rank = after.index(low) if later else before.index(high)
        lines = abs(int(sentences[low]) - int(sentences[start]))
        row[1] = INSIDE + 1 + later * SENTENCES + min(SENTENCES - 1, lines)
        row[2] = INSIDE + 1 + 2 * SENTENCES + later * RANKS + min(RANKS - 1, rank)
    return features


@dataclass(frozen=True, slots=True)
class Heads:
    """The trained heads. `arrays` holds tags.{weight,bias} and, per pointer, asks.NAME.{weight,
    bias}, keys.NAME.{weight,bias}, none.NAME and places.NAME.
    """

    arrays: Mapping[str, Floats]

    def score_tags(self, vectors: Floats) -> dict[str, Floats]:
        """Scores [units, labels] of each layer for the vectors [units, hidden]."""
        scores = _multiply(vectors, self.arrays["tags.weight"]) + self.arrays["tags.bias"]
        found: dict[str, Floats] = {}
        at = 0
        for name, labels in LAYERS.items():
            found[name] = scores[:, at : at + len(labels)]
            at += len(labels)
        return found

    def point(self, name: str, asking: Floats, candidates: Floats, places: Integers) -> Floats:
        """Log-probabilities [1 + candidates]: that nothing is meant, and each candidate.

        `asking` [2 * hidden] and `candidates` [C, 2 * hidden] are first and last vectors of spans,
        `places` comes from `place_candidates`.
        """
        return self.weigh_keys(name, asking, self.read_keys(name, candidates), places)

    def read_keys(self, name: str, candidates: Floats) -> Floats:
        """What candidates [C, 2 * hidden] show to those that ask, [C, POINTER_SIZE]."""
        weight, bias = self.arrays[f"keys.{name}.weight"], self.arrays[f"keys.{name}.bias"]
        return _multiply(candidates, weight) + bias

    def weigh_keys(self, name: str, asking: Floats, keys: Floats, places: Integers) -> Floats:
        """`point` for candidates whose keys were read before."""
        get = self.arrays
        asked = get[f"asks.{name}.weight"] @ asking + get[f"asks.{name}.bias"]
        root = float(np.sqrt(POINTER_SIZE))
        none = asked @ get[f"none.{name}"] / root
        scores = np.concatenate(
            [[none], keys @ asked / root + get[f"places.{name}"][places].sum(1)]
        )
        highest = scores.max()
        normal: Floats = (scores - highest - np.log(np.exp(scores - highest).sum())).astype(
            np.float32
        )
        return normal


def _multiply(rows: Floats, weight: Floats) -> Floats:
    """Each row [inputs] by itself times the weight [outputs, inputs].

    As one product it would be shared out among the threads of BLAS, which costs a matrix this small
    far more than it saves, above all beside the encoder's own threads.
    """
    products: Floats = (rows[:, None, :] @ weight.T)[:, 0]
    return products
