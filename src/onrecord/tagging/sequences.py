"""The best sequence of BIO labels for the scores of a layer (Viterbi 1967)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Span

Floats = NDArray[np.float32]

_NEVER, _ROUNDING = -1e6, 1e-3
"""What a label that may not stand gains over O, and how far off a sum may be by rounding, in nats.
"""


def decode_tags(
    scores: Floats, labels: Sequence[str], start_cost: float, breaks: Sequence[int] = ()
) -> list[int]:
    """The best label sequence for scores [units, labels] in which I follows only B or I alike.

    The first label is O; no I stands at one of the units of `breaks`. Only stretches that a span
    may be worth opening in are searched: outside them O is best by itself.
    """
    if not len(scores):
        return []
    costs = np.array([start_cost if label[0] == "B" else 0.0 for label in labels], dtype=np.float32)
    logs = log_softmax(scores) - costs
    opens = {i: labels.index(f"B{label[1:]}") for i, label in enumerate(labels) if label[0] == "I"}
    logs[np.ix_(list(breaks), list(opens))] = -np.inf
    tags = [0] * len(logs)
    for start, end in _find_worthwhile(logs, opens):
        tags[start:end] = _find_best(logs[start:end].tolist(), opens)
    return tags


def _find_worthwhile(logs: Floats, opens: Mapping[int, int]) -> list[Span]:
    """The stretches of units in which a span adds to the sum of O alone, whatever is around it.

    A unit is in one if the best opening up to it and the best end from it on are worth more than O.
    """
    gains = np.maximum(logs.astype(np.float64) - logs[:, :1], _NEVER)
    worthwhile = np.zeros(len(logs) + 2, dtype=bool)
    for inside, begin in opens.items():
        on = np.cumsum(gains[:, inside])
        opened = np.maximum.accumulate(gains[:, begin] - on)
        ended = np.maximum.accumulate(on[::-1])[::-1]
        worthwhile[1:-1] |= opened + ended > -_ROUNDING
    edges = np.flatnonzero(np.diff(worthwhile)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def _find_best(rows: list[list[float]], opens: Mapping[int, int]) -> list[int]:
    """Viterbi's search. Plain floats: with so few labels, numpy's calls cost more than the sums."""
    best, *rest = rows
    for inside in opens:
        best[inside] = -math.inf
    back = []
    for row in rest:
        high = max(best)
        top = best.index(high)
        came = [top] * len(row)
        sums = [high + value for value in row]
        for inside, begin in opens.items():
            came[inside] = inside if best[inside] > best[begin] else begin
            sums[inside] = best[came[inside]] + row[inside]
        back.append(came)
        best = sums
    last = best.index(max(best))
    found = [last]
    for came in reversed(back):
        last = came[last]
        found.append(last)
    return found[::-1]


def log_softmax(scores: Floats) -> Floats:
    """Log-probabilities of scores whose last axis is the labels."""
    high = scores - scores.max(-1, keepdims=True)
    normal: Floats = high - np.log(np.exp(high).sum(-1, keepdims=True))
    return normal
