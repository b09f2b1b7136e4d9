"""Fit what tells acts to the shipped encoder, and print how well it does by cross-validation.

    python training/fit_acts.py --base - --data DATA --work work --set standard

A multinomial logistic regression on PLOVER's sentences and on attributions with listed cues
(deeds.py): the vector of a deed's words, less the language's mean, and the codes that these words
are listed by. The fifth of PLOVER's that benchmarks/acts.py scores is left out. `least` is the
lowest probability from which, by cross-validation on the rest, RIGHT of the codes are right. Writes
to `fitted.json`, which export.py puts into the weights file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.acts import Sample, is_held_back, read_rows, read_samples
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from deeds import read_attributions
from onrecord.lexicon import list_languages
from onrecord.statements.acts import ALL, STATE, ActModel, load_acts, mark_words
from onrecord.tagging.encoder import Encoder, choose_weights
from settings import parser

SEED = 11
FOLDS = 5
STRENGTH = 20.0
"""The regression's C; 10 to 60 come to the same."""

RIGHT = 0.9
STEPS = np.arange(0.3, 0.9, 0.05)

REPORTS = {"wikinews-de.train": 120, "polnear.train": 50}
"""How many reports of each corpus give deeds."""

STATING, LISTED = 2.0, 0.3
"""What all plain saying weighs beside all of one code of PLOVER's sentences, and what one listed
deed weighs beside one of these sentences. With no plain saying one in eleven plain deeds is taken
for something else, with it one in 150, and PLOVER's sentences are told as well."""


def make_features(samples: Sequence[Sample], encoder: Encoder, marks: Sequence[str]) -> np.ndarray:
    """One row a sample, as `ActModel.rank` makes it."""
    means = encoder.means
    return np.array(
        [
            np.concatenate(
                [
                    one.vector - means.get(one.language, means[ALL]),
                    mark_words(one.words, one.language, marks),
                ]
            )
            for one in samples
        ]
    )


def choose_least(chance: np.ndarray, right: np.ndarray) -> float:
    """The lowest probability from which the share of right codes is RIGHT."""
    for least in STEPS:
        chosen = chance >= least
        print(f"  from {least:.2f}: {chosen.mean():.2f} kept, {right[chosen].mean():.2f} right")
    enough = [least for least in STEPS if right[chance >= least].mean() >= RIGHT]
    return round(float(min(enough, default=STEPS[-1])), 2)


def weigh_samples(samples: Sequence[Sample], first: int) -> np.ndarray:
    """Weights: all codes alike for the `first` samples, which are PLOVER's; less for the others."""
    codes = [one.code for one in samples]
    counts = Counter(codes[:first])
    stating = max(1, codes[first:].count(STATE))
    even = first / len(counts)
    others = [
        STATING * even / stating if code == STATE else LISTED * even / counts[code]
        for code in codes[first:]
    ]
    return np.array([even / counts[code] for code in codes[:first]] + others)


def cross_validate(features: np.ndarray, samples: Sequence[Sample], first: int) -> float:
    """Print how many of PLOVER's codes are right, by their probability; returns `least`."""
    codes = np.array([one.code for one in samples])
    weights = weigh_samples(samples, first)
    found, chance = np.empty(first, object), np.zeros(first)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    others = np.arange(first, len(samples))
    for kept, left in folds.split(features[:first], codes[:first]):
        chosen = np.concatenate([kept, others])
        model = make_regression().fit(features[chosen], codes[chosen], weights[chosen])
        chances = model.predict_proba(features[left])
        found[left], chance[left] = model.classes_[chances.argmax(1)], chances.max(1)
    right = found == codes[:first]
    print(f"cross-validated accuracy {right.mean():.3f} of {first} sentences")
    return choose_least(chance, right)


def make_regression() -> LogisticRegression:
    """The regression, not fitted yet."""
    return LogisticRegression(C=STRENGTH, max_iter=500)


def read_all(data: Path, encoder: Encoder) -> tuple[list[Sample], int]:
    """PLOVER's sentences but for the fifth, then the others; and how many are PLOVER's."""
    rows = read_rows(data / "acts-plover.train.jsonl.gz")
    samples = read_samples([row for row in rows if not is_held_back(row)], encoder)
    codes = {one.code for one in samples} | {STATE}
    listed = [
        sample
        for corpus, count in REPORTS.items()
        for sample in read_attributions(data / f"{corpus}.jsonl.gz", encoder, count=count)
    ]
    return [*samples, *(one for one in listed if one.code in codes)], len(samples)


def main() -> None:
    """Fit and write."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    samples, first = read_all(parsed.data, encoder)
    marks = sorted({code for language in list_languages() for code, _ in load_acts(language)})
    features = make_features(samples, encoder, marks)
    least = cross_validate(features, samples, first)
    model = make_regression().fit(
        features, [one.code for one in samples], weigh_samples(samples, first)
    )
    fitted = ActModel(
        tuple(model.classes_), tuple(marks), model.coef_, model.intercept_, least, encoder.means
    )
    path = parsed.work / "fitted.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    path.write_text(json.dumps({**known, "acts": fitted.store()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
