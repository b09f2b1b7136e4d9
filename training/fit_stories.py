"""Fit what tells one story from two to the shipped encoder, and print how well it does.

    python training/fit_stories.py --base - --data DATA --work work --set standard

All pairs of reports within a topic of ECB+ (two stories that are alike and yet two), some of other
topics, and the halves of WMT articles in different languages. Quoted by cross-validation over
topics, since one topic merged wrongly costs three points. Days apart can't be fitted (few ECB+
reports have a date), nor can the constant across languages (halves of one article are less alike
than two reports of one event); both are set by hand.
"""

from __future__ import annotations

import json
import math
import pickle
import random
from collections import defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.gold import score_clusters
from sklearn.linear_model import LogisticRegression

from corpora import read_rows
from onrecord.domain import Report, Zone
from onrecord.linking.clustering import cluster
from onrecord.linking.stories import (
    SAME_STORY,
    StoryInput,
    StoryWeights,
    compare_reports,
    measure_features,
)
from onrecord.tagging.encoder import Encoder, choose_weights
from onrecord.tagging.tagger import tag_reports
from settings import parser

FEATURES = ("opening", "names", "numbers", "words")
ACROSS = FEATURES[:3]
MOST_MERGED = 0.2
ACROSS_CONSTANT = -3.0
"""Words are those of one language; what two languages share of them are names."""
LEASTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99)
DAYS = -0.12
FOLDS = 4
SEED = 5


def read_inputs(rows: list[dict[str, Any]], encoder: Encoder, cache: Path) -> list[StoryInput]:
    """The rows as linking sees them; kept in a file, since reading takes minutes."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    inputs = []
    for row in rows:
        title = f"{row['title']}\n" if row.get("title") else ""
        text = title + row["text"]
        report = Report(
            row["id"],
            row["id"],
            "",
            text,
            row["lang"],
            (Zone("body", (0, len(text))),),
            published=row.get("date"),
        )
        (tagging,) = tag_reports([report], encoder)
        names = tuple(text[slice(*name.span)] for name in tagging.names)
        inputs.append(StoryInput(report, tagging.vector, names))
    cache.write_bytes(pickle.dumps(inputs))
    return inputs


def list_pairs(
    features: dict[str, np.ndarray], topics: list[str], stories: list[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Features [P, 4] and answers [P] of all pairs within a topic and some of two topics."""
    rng = random.Random(SEED)
    pairs = [
        (i, j)
        for i in range(len(topics))
        for j in range(i)
        if topics[i] == topics[j] or rng.random() < 0.01
    ]
    at = tuple(np.array(pairs).T)
    return np.stack([features[name][at] for name in FEATURES], 1), np.array(
        [stories[i] == stories[j] for i, j in pairs]
    )


def fit(*pairs: tuple[np.ndarray, np.ndarray], names: tuple[str, ...] = FEATURES) -> StoryWeights:
    """A logistic regression over the features of those names; each set of pairs weighs the same."""
    chosen = [FEATURES.index(name) for name in names]
    features, right = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    weight = np.concatenate([np.full(len(r), len(right) / len(pairs) / len(r)) for _, r in pairs])
    model = LogisticRegression(C=100).fit(features[:, chosen], right, sample_weight=weight)
    values = dict.fromkeys(FEATURES, 0.0)
    values |= {name: round(float(v), 3) for name, v in zip(names, model.coef_[0], strict=True)}
    return StoryWeights(**values, days=DAYS, constant=round(float(model.intercept_[0]), 3))


def shift(weights: StoryWeights, least: float) -> StoryWeights:
    """The weights under which a likeness of `least` comes out as SAME_STORY."""
    return replace(weights, constant=round(weights.constant - math.log(least / (1 - least)), 3))


def choose_least(
    inputs: list[StoryInput], rows: list[dict[str, Any]], encoder: Encoder, fitted: StoryWeights
) -> StoryWeights:
    """The weights shifted to where reports cluster best, with few topics' two stories merged."""
    tried = [
        (one, *score_fold(inputs, rows, encoder, one))
        for one in (shift(fitted, least) for least in LEASTS)
    ]
    careful = [row for row in tried if row[2] <= MOST_MERGED] or tried[-1:]
    return max(careful, key=lambda row: row[1])[0]


def score_fold(
    inputs: list[StoryInput], rows: list[dict], encoder: Encoder, weights: StoryWeights
) -> tuple[float, float]:
    """BCubed F1 of all reports together, and the share of topics whose two stories were merged."""
    groups = cluster(
        compare_reports(inputs, means=encoder.means, weights={"same": weights, "across": weights}),
        least=SAME_STORY,
    )
    found = {i: str(n) for n, group in enumerate(groups) for i in group}
    f1 = score_clusters([row["story"] for row in rows], [found[i] for i in range(len(rows))])
    mixed = {
        rows[i]["topic"]
        for group in groups
        for i in group
        if len({rows[k]["story"] for k in group if rows[k]["topic"] == rows[i]["topic"]}) > 1
    }
    return f1, len(mixed) / len({row["topic"] for row in rows})


def read_halves(data: Path, encoder: Encoder, work: Path) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of article halves of two languages: right ones, and a sample of wrong ones."""
    rows = read_rows(data / "articles_halves-wmt.dev.pool.jsonl.gz")
    inputs = read_inputs(rows, encoder, work / "halves.pickle")
    features = measure_features(inputs, means=encoder.means)
    place = {row["id"]: i for i, row in enumerate(rows)}
    rng = random.Random(SEED)
    pairs, right = [], []
    for row in read_rows(data / "articles_halves-wmt.dev.gold.jsonl.gz"):
        pairs += [(place[row["query"]], place[g]) for g in row["gold"]]
        right += [True] * len(row["gold"])
        others = [
            place[r["id"]]
            for r in rng.sample(rows, 10)
            if r["id"] not in row["gold"] and r["story"] != rows[place[row["query"]]]["story"]
        ]
        pairs += [(place[row["query"]], o) for o in others]
        right += [False] * len(others)
    at = tuple(np.array(pairs).T)
    return np.stack([features[name][at] for name in FEATURES], 1), np.array(right)


def main() -> None:
    """Cross-validate, fit on all, write."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    rows = [
        row
        for part in ("train", "dev")
        for row in read_rows(parsed.data / f"stories-ecb.{part}.jsonl.gz")
    ]
    inputs = read_inputs(rows, encoder, parsed.work / "stories.pickle")
    halves = read_halves(parsed.data, encoder, parsed.work)
    topics = sorted({row["topic"] for row in rows})
    random.Random(SEED).shuffle(topics)
    scores = defaultdict(list)
    for fold in range(FOLDS):
        held = set(topics[fold::FOLDS])
        parts = [
            [i for i, row in enumerate(rows) if (row["topic"] in held) == test]
            for test in (False, True)
        ]
        train, test = parts
        pairs = list_pairs(
            measure_features([inputs[i] for i in train], means=encoder.means),
            [rows[i]["topic"] for i in train],
            [rows[i]["story"] for i in train],
        )
        fitted = choose_least(
            [inputs[i] for i in train], [rows[i] for i in train], encoder, fit(pairs)
        )
        f1, merged = score_fold([inputs[i] for i in test], [rows[i] for i in test], encoder, fitted)
        scores["bcubed"].append(f1)
        scores["merged"].append(merged)
    print(
        {
            name: (round(float(np.mean(v)), 3), [round(x, 3) for x in v])
            for name, v in scores.items()
        }
    )
    everything = list_pairs(
        measure_features(inputs, means=encoder.means),
        [r["topic"] for r in rows],
        [r["story"] for r in rows],
    )
    fitted = {
        "same": choose_least(inputs, rows, encoder, fit(everything)),
        "across": replace(fit(everything, halves, names=ACROSS), constant=ACROSS_CONSTANT),
    }
    print(fitted)
    path = parsed.work / "fitted.json"
    values = json.loads(path.read_text())
    values["linking"]["stories"] = {kind: asdict(one) for kind, one in fitted.items()}
    path.write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
