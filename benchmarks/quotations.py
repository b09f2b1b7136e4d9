"""Translated quotations found again: likeness and utterances on the WMT news test sets.

    python -m benchmarks.quotations DATA

DATA holds quotations-wmt.dev.{pool,cross,paraphrase}.jsonl.gz, quotations of parallel news that the
encoder never saw. Every quotation is read as a statement of its own, one pass each.

first       how often the likest of all quotations in other languages (or the same) is a right one
decision    F1 of "is it the same?" against the quotations of its story, at the best threshold
merge       precision and recall, against the same, of the pairs that may be merged
possible    recall of what is merged or kept as possible
clusters    BCubed F1 of the utterances that `link_utterances` makes of all quotations
together    precision and recall of the pairs that these utterances put together

Pairs that the corpus says to ignore count neither way. Prints each beside its floor in floors.toml.
"""

from __future__ import annotations

import gzip
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.matching import (
    Query,
    Ranked,
    find_best,
    join_groups,
    list_pairs,
    rate_pairs,
    score_first,
    score_overlapping,
)
from onrecord import pipeline
from onrecord.domain import Statement, Words, make_id
from onrecord.linking.likeness import Content
from onrecord.linking.model import LinkingModel
from onrecord.linking.utterances import (
    POSSIBLE,
    Voiced,
    link_utterances,
    may_merge,
    measure_sameness,
)
from onrecord.linking.vectors import center_vector
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder

FLOORS = Path(__file__).parent / "floors.toml"
HELD_BACK = 0.75
"""The score that a pair gets which is likely enough but not merged: between possible and merge."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pool:
    """The quotations by id, their stories, and what is asked of each, by task."""

    voiced: Mapping[str, Voiced]
    queries: Mapping[str, tuple[Query, ...]]

    def stories(self) -> dict[str, list[str]]:
        """The ids of each story's quotations."""
        found: dict[str, list[str]] = defaultdict(list)
        for one, voiced in self.voiced.items():
            found[voiced.story].append(one)
        return found


def read_pool(data: Path, encoder: Encoder, model: LinkingModel) -> Pool:
    """Reads the corpus; each quotation is a statement in a report of its own."""
    voiced = {}
    for row in _read_rows(data / "quotations-wmt.dev.pool.jsonl.gz"):
        vector = center_vector(encoder.embed_text(row["text"]), row["lang"], model.means)
        voiced[row["id"]] = _make_voiced(row, Content(row["text"], row["lang"], vector))
    tasks = {
        task: tuple(
            Query(row["query"], frozenset(row["gold"]), frozenset(row["ignore"]))
            for row in _read_rows(data / f"quotations-wmt.dev.{task}.jsonl.gz")
        )
        for task in ("cross", "paraphrase")
    }
    return Pool(voiced, tasks)


def _read_rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _make_voiced(row: Row, content: Content) -> Voiced:
    text = content.text
    statement = Statement(
        id=make_id("statement", row["id"]),
        report=row["id"],
        kind="direct",
        content=Words.of(text, (0, len(text))),
    )
    story = row["story"]
    return Voiced(statement, content, text, story, story, story, False, ("", row["id"], 0))


def rank(pool: Pool, weights: Any, *, across: bool, within: bool) -> Ranked:
    """Each quotation's candidates with their likeness: in other languages, or in its own.

    With `within` only those of its story are candidates, and what isn't merged scores less.
    """
    stories = pool.stories()
    found = {}
    for one, mine in pool.voiced.items():
        others = stories[mine.story] if within else pool.voiced
        rows = []
        for other in others:
            theirs = pool.voiced[other]
            if other == one or (mine.content.language != theirs.content.language) != across:
                continue
            score, certain = measure_sameness(theirs, mine, weights)
            rows.append((other, score, certain))
        found[one] = [(other, score) for other, score, _ in rows]
    return found


def hold_back(pool: Pool, ranked: Ranked, weights: Any) -> Ranked:
    """The same with 1 for pairs that are merged, and less for those that are possible."""
    found = {}
    for one, rows in ranked.items():
        mine = pool.voiced[one]
        scores = []
        for other, score in rows:
            theirs = pool.voiced[other]
            merged = may_merge(mine, theirs, measure_sameness(theirs, mine, weights))
            scores.append((other, 1.0 if merged else min(score, HELD_BACK)))
        found[one] = scores
    return found


def score_task(pool: Pool, task: str, weights: Any) -> dict[str, float]:
    """The figures of one task by name."""
    queries = pool.queries[task]
    across = task == "cross"
    near = rank(pool, weights, across=across, within=True)
    best = find_best(*list_pairs(queries, near))
    decided = list_pairs(queries, hold_back(pool, near, weights))
    merged = rate_pairs(*decided, 1.0)
    return {
        "first": score_first(queries, rank(pool, weights, across=across, within=False)),
        "decision": best.f1,
        "threshold": best.least,
        "merge_precision": merged.precision,
        "merge_recall": merged.recall,
        "possible": rate_pairs(*decided, POSSIBLE).recall,
    }


def score_clusters(pool: Pool, weights: Any) -> dict[str, float]:
    """The utterances over all quotations, each story's being one actor's on one occasion: BCubed
    F1, and precision and recall of the pairs that they put together, in whichever languages.
    """
    label_of: dict[str, str] = {}
    for utterance in link_utterances(pool.voiced.values(), weights=weights):
        label_of |= dict.fromkeys(utterance.statements, utterance.id)
    by_id = {one: label_of[voiced.statement.id] for one, voiced in pool.voiced.items()}
    gold: dict[str, set[str]] = {one: {one} for one in pool.voiced}
    skipped: dict[str, set[str]] = {one: set() for one in pool.voiced}
    for queries in pool.queries.values():
        for query in queries:
            gold[query.id] |= query.right
            skipped[query.id] |= query.ignored
    found = {one: group - skipped[one] for one, group in join_groups(by_id).items()}
    right = sum(len(gold[one] & found[one]) - 1 for one in gold)
    return {
        "clusters": score_overlapping(gold, found, pool.voiced),
        "together_precision": right / max(1, sum(len(group) - 1 for group in found.values())),
        "together_recall": right / sum(len(group) - 1 for group in gold.values()),
    }


def read_floors() -> Mapping[str, float]:
    """The least that each figure may be."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    found: Mapping[str, float] = floors["quotations"]
    return found


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    encoder = pipeline.load_encoder(Settings())
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    pool = read_pool(Path(arguments[0]), encoder, model)
    figures = score_clusters(pool, model.likeness)
    for task, name in (("cross", "across"), ("paraphrase", "same")):
        scores = score_task(pool, task, model.likeness)
        figures |= {f"{name}_{key}": value for key, value in scores.items()}
    floors = read_floors()
    for name, value in figures.items():
        floor = floors.get(name)
        sign = "" if floor is None or value >= floor else "  BELOW ITS FLOOR"
        print(f"{name:24} {value:.3f}{'' if floor is None else f'   floor {floor:.3f}'}{sign}")
    return 0 if all(figures[name] >= floor for name, floor in floors.items()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
