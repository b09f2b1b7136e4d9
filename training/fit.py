"""Fit what linking decides by to the shipped encoder, and print how well it decides.

    python training/fit.py --base - --data DATA --work work --set standard

Likeness of two statements: a logistic regression on the WMT quotations' dev part (which the encoder
never saw), right pairs against other quotations of the same article. Likeness of two reports: the
same on all pairs within a topic of ECB+ and on the WMT article halves. Writes `fitted.json`, which
export.py puts into the weights file.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from corpora import read_rows
from onrecord.linking.likeness import LONG, Content, measure_meaning, measure_words
from onrecord.linking.vectors import center_vector
from onrecord.tagging.encoder import Encoder, choose_weights
from settings import parser

SEED = 3
RANDOM_PAIRS = 3
"""Unlike quotations of other articles a quotation, beside all of its own article's."""

Pair = tuple[Content, Content, bool]


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
        pairs += [(contents[key], contents[o], True) for o in gold]
        pairs += [
            (contents[key], contents[o], False)
            for o in same_task
            if o not in gold and o not in ignored
        ]
    return pairs


def cut_quotations(contents: dict[str, Content], encoder: Encoder) -> list[Pair]:
    """Right pairs that parallel corpora lack: a quotation and its first or last half."""
    rng = random.Random(SEED)
    pairs = []
    for content in contents.values():
        words = content.text.split()
        if len(words) >= 12 and rng.random() < 0.3:
            half = words[: len(words) // 2] if rng.random() < 0.5 else words[len(words) // 2 :]
            text = " ".join(half)
            vector = center_vector(encoder.embed_text(text), content.language, encoder.means)
            pairs.append((content, Content(text, content.language, vector), True))
    return pairs


def measure(pairs: list[Pair], *, words: bool) -> tuple[np.ndarray, np.ndarray]:
    """Features [N, 2 or 3] and answers [N]."""
    rows = []
    for one, other, _ in pairs:
        shorter = np.log1p(min(len(one.words), len(other.words), LONG))
        rows.append(
            [measure_meaning(one, other), shorter, *([measure_words(one, other)] if words else [])]
        )
    return np.array(rows), np.array([right for _, _, right in pairs])


def fit_likeness(pairs: list[Pair], *, words: bool) -> dict[str, float]:
    """The regression's weights, after printing precision and recall at several thresholds."""
    features, right = measure(pairs, words=words)
    model = LogisticRegression(C=100).fit(features, right)
    chance = model.predict_proba(features)[:, 1]
    for least in (0.5, 0.8, 0.9, 0.95):
        chosen = chance >= least
        precision, recall = right[chosen].mean(), chosen[right].mean()
        print(f"  at {least}: precision {precision:.3f} recall {recall:.3f}")
    names = ["meaning", "length", *(["words"] if words else [])]
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
    print("across languages")
    across = fit_likeness(pair_quotations(parsed.data, contents, "cross"), words=False)
    print("within a language")
    pairs = pair_quotations(parsed.data, contents, "paraphrase") + cut_quotations(contents, encoder)
    same = fit_likeness(pairs, words=True)
    fitted["linking"]["likeness"] = {"same": same, "across": across}
    path.write_text(json.dumps(fitted, indent=1) + "\n")


if __name__ == "__main__":
    main()
