"""Fit what linking decides by to the shipped encoder, and print how well it decides.

    python training/fit.py --base - --data DATA --work work --set standard

Likeness of two statements: a logistic regression on the WMT quotations' dev part (which the encoder
never saw), right pairs against other quotations of the same article. The precision and recall that
it prints are of articles left out in turn (five folds). Writes `fitted.json`, which export.py puts
into the weights file. Parts quoted word for word need no fitting: likeness.py knows them by their
words.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from corpora import read_rows
from onrecord.linking.likeness import Content, measure_pair
from onrecord.linking.vectors import center_vector
from onrecord.tagging.encoder import Encoder, choose_weights
from settings import parser

SEED = 3
RANDOM_PAIRS = 3
"""Unlike quotations of other articles a quotation, beside all of its own article's."""

FEATURES = {
    "across": ("meaning", "length", "stretch"),
    "same": ("meaning", "length", "stretch", "words", "shared"),
}
FOLDS = 5

Pair = tuple[Content, Content, bool, str]


def read_quotations(path: Path, encoder: Encoder) -> dict[str, Content]:
    """The quotations of the WMT pool, embedded one by one."""
    found = {}
    for row in read_rows(path):
        vector = center_vector(encoder.embed_text(row["text"]), row["lang"], encoder.means)
        found[row["id"]] = Content(row["text"], row["lang"], vector)
    return found


def pair_quotations(data: Path, contents: dict[str, Content], task: str) -> list[Pair]:
    """Right pairs, all wrong pairs of the same article, and some wrong pairs of others."""
    rng = random.Random(SEED)
    rows = {row["query"]: row for row in read_rows(data / f"quotations-wmt.dev.{task}.jsonl.gz")}
    by_story = defaultdict(list)
    for key, row in rows.items():
        by_story[row["story"]].append(key)
    keys = sorted(rows)
    pairs = []
    for key in keys:
        row = rows[key]
        gold, ignored = set(row["gold"]), {*row["ignore"], key}
        others = [o for o in by_story[row["story"]] if rows[o]["group"] != row["group"]]
        others += rng.sample(keys, RANDOM_PAIRS)
        same_task = [
            o for o in others if (contents[o].language == row["lang"]) == (task == "paraphrase")
        ]
        story = row["story"]
        pairs += [(contents[key], contents[o], True, story) for o in gold]
        pairs += [
            (contents[key], contents[o], False, story)
            for o in same_task
            if o not in gold and o not in ignored
        ]
    return pairs


def fit_likeness(pairs: list[Pair], names: tuple[str, ...]) -> dict[str, float]:
    """The regression's weights, after printing precision and recall at several thresholds."""
    measured = [measure_pair(one, other) for one, other, _, _ in pairs]
    features = np.array([[found[name] for name in names] for found in measured])
    right = np.array([answer for _, _, answer, _ in pairs])
    stories = [story for _, _, _, story in pairs]
    model = LogisticRegression(C=100, max_iter=1000)
    chance = cross_val_predict(
        model, features, right, groups=stories, cv=GroupKFold(FOLDS), method="predict_proba"
    )[:, 1]
    for least in (0.5, 0.8, 0.9, 0.93, 0.95, 0.97, 0.99):
        chosen = chance >= least
        precision, recall = right[chosen].mean(), chosen[right].mean()
        print(f"  at {least}: precision {precision:.3f} recall {recall:.3f}")
    model.fit(features, right)
    fitted = {
        name: round(float(value), 3) for name, value in zip(names, model.coef_[0], strict=True)
    }
    return {"constant": round(float(model.intercept_[0]), 3), **fitted}


def main() -> None:
    """Fit and write."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    contents = read_quotations(parsed.data / "quotations-wmt.dev.pool.jsonl.gz", encoder)
    path = parsed.work / "fitted.json"
    fitted = json.loads(path.read_text())
    likeness = {}
    for kind, task in (("across", "cross"), ("same", "paraphrase")):
        print({"across": "across languages", "same": "within a language"}[kind])
        pairs = pair_quotations(parsed.data, contents, task)
        likeness[kind] = fit_likeness(pairs, FEATURES[kind])
    fitted["linking"]["likeness"] = likeness
    path.write_text(json.dumps(fitted, indent=1) + "\n")


if __name__ == "__main__":
    main()
