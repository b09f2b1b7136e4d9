"""Scores of matching things to their counterparts: precision and recall of pairs, BCubed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: its right counterparts and those that count neither way."""

    id: str
    right: frozenset[str]
    ignored: frozenset[str]


Ranked = Mapping[str, Sequence[tuple[str, float]]]
"""For each query the candidates with their scores, in any order."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and F1 of what scores at least `least`."""

    precision: float
    recall: float
    least: float

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score_first(queries: Iterable[Query], ranked: Ranked) -> float:
    """The share of queries with a counterpart whose likest candidate is one."""
    asked = [query for query in queries if query.right]
    hits = 0
    for query in asked:
        rows = _candidates(query, ranked)
        best = max(rows, key=lambda row: row[1], default=None)
        hits += best is not None and best[0] in query.right
    return hits / max(1, len(asked))


def list_pairs(queries: Iterable[Query], ranked: Ranked) -> tuple[list[tuple[float, bool]], int]:
    """Every candidate's score with whether it is right, and how many right pairs there are."""
    pairs: list[tuple[float, bool]] = []
    total = 0
    for query in queries:
        total += len(query.right)
        pairs += [(score, one in query.right) for one, score in _candidates(query, ranked)]
    return pairs, total


def _candidates(query: Query, ranked: Ranked) -> list[tuple[str, float]]:
    skipped = {*query.ignored, query.id}
    return [row for row in ranked.get(query.id, ()) if row[0] not in skipped]


def rate_pairs(pairs: Sequence[tuple[float, bool]], total: int, least: float) -> Rate:
    """The rate at a score; precision is 1 where nothing reaches it."""
    chosen = [right for score, right in pairs if score >= least]
    precision = sum(chosen) / len(chosen) if chosen else 1.0
    return Rate(precision, sum(chosen) / max(1, total), least)


def find_best(pairs: Sequence[tuple[float, bool]], total: int) -> Rate:
    """The rate at the score with the highest F1; equal scores are taken together."""
    best = Rate(0.0, 0.0, float("inf"))
    ordered = sorted(pairs, reverse=True)
    right = 0
    for number, (score, is_right) in enumerate(ordered, 1):
        right += is_right
        if number < len(ordered) and ordered[number][0] == score:
            continue
        rate = Rate(right / number, right / max(1, total), score)
        best = max(best, rate, key=lambda one: one.f1)
    return best


def score_overlapping(
    gold: Mapping[str, Set[str]], found: Mapping[str, Set[str]], things: Iterable[str]
) -> float:
    """BCubed F1 (Bagga & Baldwin 1998) from each thing's group, itself included, in both."""
    rows = [(gold[one], found[one]) for one in things]
    precision = sum(len(a & b) / len(b) for a, b in rows) / len(rows)
    recall = sum(len(a & b) / len(a) for a, b in rows) / len(rows)
    return 2 * precision * recall / (precision + recall)


def join_groups(labels: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The things that share each thing's label."""
    groups: dict[str, set[str]] = defaultdict(set)
    for one, label in labels.items():
        groups[label].add(one)
    return {one: frozenset(groups[label]) for one, label in labels.items()}
