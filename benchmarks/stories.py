"""How well stories are found: `python -m benchmarks.stories --data DATA [--cache FOLDER]`.

Prints every figure beside its floor (benchmarks/floors.toml), and fails where one is below it.

From ECB+, fitted on three quarters of the topics and scored on the fourth, three times over: BCubed
F1; `mixed`, topics of whose two stories some group has reports, and `merged`, those of which one
group has most of both; the same with dates left out (`undated_`), since ECB+ takes for one story
what follows months later, which here is another story of the storyline; `alone`, reports that stay
alone where nothing else of their story is there. `keys`: pairs of one story, near enough in time,
that share a key, and `looked_at`, the share of pairs of two topics that do.

From halves of WMT articles, the other half in another language, with the shipped numbers: `first`,
halves of which the right one is the likest among all in other languages; `linked`, those linked to
it; and `false_links`, halves without a counterpart that are linked to something. `strangers`:
Wikinews reports that are linked to another of some other month, their dates left out.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from training.story_corpora import (
    STRANGERS,
    STRANGERS_READ,
    Row,
    read_inputs,
    read_rows,
    read_topics,
)
from training.story_fit import Corpus, cross_validate, draw_strangers, make_corpus

from benchmarks.matching import Query, score_first
from onrecord import pipeline
from onrecord.linking.keys import story_keys
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import (
    APART,
    DATED,
    MOST_DAYS,
    count_apart,
    find_far,
    measure_pairs,
    score_pairs,
)
from onrecord.linking.stories import StoryModel, profile_reports
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder

ROOT = Path(__file__).parent.parent
HALVES = "articles_halves-wmt.dev"
LONE = "wikinews-de.dev"
MUST_NOT_GROW = (
    "mixed",
    "merged",
    "undated_mixed",
    "undated_merged",
    "looked_at",
    "false_links",
    "strangers",
)


class Reader:
    """Reads rows of the corpora into profiles, keeping what the encoder said in a folder."""

    def __init__(self, encoder: Encoder, model: StoryModel, cache: Path | None) -> None:
        self._encoder, self._model, self._cache = encoder, model, cache

    def profile(self, name: str, rows: Sequence[Row]) -> list[Profile]:
        """The profiles of rows."""
        path = self._cache and self._cache / f"{name}-{self._encoder.checksum}.pickle"
        return profile_reports(read_inputs(rows, self._encoder, path), self._model)


def score_topics(corpus: Corpus, lone: Sequence[Profile]) -> dict[str, float]:
    """The figures of ECB+."""
    scores = cross_validate(corpus, draw_strangers(lone))
    return {name: float(np.mean(values)) for name, values in scores.items()} | score_keys(corpus)


def score_keys(corpus: Corpus) -> dict[str, float]:
    """How many pairs of one story are compared at all, and how many of two topics."""
    keys = [story_keys(profile) for profile in corpus.profiles]
    rows, columns = np.triu_indices(len(keys), 1)
    shared = np.array([not keys[i].isdisjoint(keys[k]) for i, k in zip(rows, columns, strict=True)])
    same = corpus.stories[rows] == corpus.stories[columns]
    near = same & ~find_far(corpus.measured[:, rows, columns])
    apart = corpus.topics[rows] != corpus.topics[columns]
    return {"keys": float(shared[near].mean()), "looked_at": float(shared[apart].mean())}


def score_halves(
    profiles: Sequence[Profile], gold: Sequence[Row], model: StoryModel
) -> dict[str, float]:
    """The figures of the halves, each against all halves in other languages."""
    place = {profile.report.id: i for i, profile in enumerate(profiles)}
    languages = np.array([profile.report.language for profile in profiles])
    odds = score_pairs(measure_pairs(profiles, profiles), model.weights)
    odds[languages[:, None] == languages[None, :]] = -np.inf
    ranked = {
        row["query"]: [
            (profiles[k].report.id, float(odds[place[row["query"]], k]))
            for k in np.flatnonzero(odds[place[row["query"]]] > -np.inf)
        ]
        for row in gold
    }
    queries = [Query(row["query"], frozenset(row["gold"]), frozenset()) for row in gold]
    best = {one: max(rows, key=lambda row: row[1]) for one, rows in ranked.items()}
    answered = [query for query in queries if query.right]
    rest = [query for query in queries if not query.right]
    linked = [best[q.id][0] in q.right and best[q.id][1] >= 0 for q in answered]
    return {
        "first": score_first(queries, ranked),
        "linked": float(np.mean(linked)),
        "false_links": float(np.mean([best[query.id][1] >= 0 for query in rest])),
    }


def score_strangers(profiles: Sequence[Profile], model: StoryModel) -> float:
    """The share of reports that are linked to one published some months before or after."""
    measured = measure_pairs(profiles, profiles)
    months = (measured[DATED] > 0) & (measured[APART] >= count_apart(MOST_DAYS))
    odds = score_pairs(measured, model.weights, dated=False)
    return float(((odds >= 0) & months).any(1).mean())


def read_model(encoder: Encoder) -> StoryModel:
    """What the shipped weights file has stories found with."""
    return StoryModel.of(encoder.means, encoder.meta["linking"]["stories"])


def score_stories(data: Path, cache: Path | None) -> dict[str, float]:
    """All figures."""
    encoder = pipeline.load_encoder(Settings())
    model = read_model(encoder)
    reader = Reader(encoder, model, cache)
    rows = read_topics(data)
    corpus = make_corpus(
        reader.profile("stories", rows),
        [row["topic"] for row in rows],
        [row["story"] for row in rows],
    )
    lone = reader.profile("strangers", read_rows(data, STRANGERS)[:STRANGERS_READ])
    halves = reader.profile("halves", read_rows(data, f"{HALVES}.pool"))
    unseen = reader.profile("unseen", read_rows(data, LONE))
    return {
        **score_topics(corpus, lone),
        **score_halves(halves, read_rows(data, f"{HALVES}.gold"), model),
        "strangers": score_strangers(unseen, model),
    }


def read_floors() -> Mapping[str, float]:
    """The least (or, of what must not grow, the most) that each figure may be."""
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))
    found: Mapping[str, float] = floors["stories"]
    return found


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    arguments.add_argument("--cache", type=Path, help="folder to keep in what was read")
    parsed = arguments.parse_args()
    missing = parsed.data / f"{HALVES}.pool.jsonl.gz"
    if not missing.exists():
        print(f"The corpora are not there: {missing} is missing.", file=sys.stderr)
        return 2
    scores, floors = score_stories(parsed.data, parsed.cache), read_floors()
    failed = False
    for name, value in scores.items():
        holds = value <= floors[name] if name in MUST_NOT_GROW else value >= floors[name]
        failed = failed or not holds
        print(f"{name:14} {value:7.3f}   floor {floors[name]:7.3f}{'' if holds else '  BELOW'}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
