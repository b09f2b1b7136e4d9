"""Fit whom a pronoun stands for, print how well, and write the weights into the package.

    python training/fit_pronouns.py --base - --data DATA --work work

A multinomial logistic regression over all the people of each text of GAP's train part, with what
nobody named has; where the answer is neither, any of the others will do. Quoted by
cross-validation; the dev part is only measured. Weights near nothing are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.pronouns import Case, make_case, read_taggings, score_cases
from scipy.optimize import minimize

from corpora import read_rows
from onrecord import pipeline
from onrecord.settings import Settings
from onrecord.statements.salience import BY_HAND, Weights, weigh_by_hand
from settings import parser

HEAD = """\
# Whom a pronoun stands for: the weights of the features that salience.py measures, fitted by
#     python training/fit_pronouns.py --base - --data DATA --work work
# to the train part of GAP (Webster et al. 2018). `given` counts for those who are asked about,
# which only the benchmark knows; `nobody` weighs there being no right one.
"""
RARE = 20
STRENGTH = 5.0
LEAST = 0.01
FOLDS = 5
OUT = Path(__file__).parent.parent / "src/onrecord/statements/salience.toml"


def read_cases(folder: Path, part: str, work: Path) -> list[Case]:
    """The cases of one part; its taggings are kept in `work`, since reading takes minutes."""
    rows = read_rows(folder / f"pronouns-en.{part}.jsonl.gz")
    encoder = pipeline.load_encoder(Settings())
    taggings = read_taggings(rows, encoder, work / f"pronouns-{part}.pickle")
    return [make_case(row, tagging) for row, tagging in zip(rows, taggings, strict=True)]


def list_features(cases: Sequence[Case]) -> tuple[list[str], list[str]]:
    """The names of the features of candidates, rare ones left out, and of those of nobody."""
    counts = Counter(
        name
        for case in cases
        for features, *_ in case.measured.values()
        for name, value in features.items()
        if value
    )
    nobody = sorted({name for case in cases for name in case.nobody})
    kept = {name for name, count in counts.items() if count >= RARE} - BY_HAND.keys()
    return sorted(kept), nobody


@dataclass(frozen=True)
class Arranged:
    """Features [people + 1, F], nobody last; what is weighed by hand; and which rows are right."""

    table: np.ndarray
    fixed: np.ndarray
    right: np.ndarray


def arrange(case: Case, names: list[str], nobody: list[str]) -> Arranged:
    """A case as rows of numbers, by all that is printed."""
    numbers = list(case.measured)
    table = np.zeros((len(numbers) + 1, len(names) + len(nobody) + 1))
    for row, number in enumerate(numbers):
        table[row, : len(names)] = [case.measured[number][0].get(name, 0.0) for name in names]
        table[row, -1] = number in case.candidates
    table[-1, len(names) : -1] = [case.nobody.get(name, 0.0) for name in nobody]
    wanted = None if case.answer == "neither" else case.candidates["AB".index(case.answer)]
    right = np.array([number == wanted for number in numbers] + [False])
    if wanted is None:
        right = np.array([number not in case.candidates for number in numbers] + [True])
    fixed = np.array([weigh_by_hand(case.measured[number][0]) for number in numbers] + [0.0])
    return Arranged(table, fixed, right)


def fit_weights(cases: Sequence[Case], names: list[str], nobody: list[str]) -> Weights:
    """The weights that make the right answers likeliest, held near nothing."""
    arranged = [arrange(case, names, nobody) for case in cases]

    def lose(weights: np.ndarray) -> tuple[float, np.ndarray]:
        loss = 0.5 * STRENGTH * float(weights @ weights)
        slope = STRENGTH * weights
        for one in arranged:
            scores = one.table @ weights + one.fixed
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mass = float(share @ one.right) + 1e-12
            loss -= np.log(mass)
            slope = slope + one.table.T @ (share - share * one.right / mass)
        return loss, slope

    size = len(names) + len(nobody) + 1
    found = minimize(lose, np.zeros(size), jac=True, method="L-BFGS-B").x
    return Weights(
        dict(zip(names, map(float, found), strict=False)),
        dict(zip(nobody, map(float, found[len(names) :]), strict=False)),
        float(found[-1]),
    )


def write_weights(weights: Weights, path: Path) -> None:
    """The weights as TOML, to three places."""
    lines = [HEAD, f"given = {weights.given:.3f}", "", "[candidate]"]
    lines += [
        f'"{name}" = {value:.3f}'
        for name, value in sorted(weights.candidate.items())
        if abs(value) >= LEAST
    ]
    lines += ["", "[nobody]"]
    lines += [f'"{name}" = {value:.3f}' for name, value in sorted(weights.nobody.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Cross-validate on train, fit on all of it, measure on dev, write."""
    arguments = parser(__doc__).parse_args()
    train = read_cases(arguments.data, "train", arguments.work)
    names, nobody = list_features(train)
    print(f"{len(train)} rows, {len(names)} features")
    folds = []
    for fold in range(FOLDS):
        kept = [case for number, case in enumerate(train) if number % FOLDS != fold]
        scores = score_cases(train[fold::FOLDS], fit_weights(kept, names, nobody))
        folds.append(list(scores.values()))
    print("cross-validated", dict(zip(scores, np.mean(folds, 0).round(3), strict=True)))
    weights = fit_weights(train, names, nobody)
    dev = read_cases(arguments.data, "dev", arguments.work)
    for part, cases in (("train", train), ("dev", dev)):
        print(part, {name: round(v, 3) for name, v in score_cases(cases, weights).items()})
    write_weights(weights, OUT)


if __name__ == "__main__":
    main()
