"""Fit whom a pronoun stands for, print how well, and write the weights into the package.

    python training/fit_pronouns.py --base - --data DATA --work work

A multinomial logistic regression over all the people of each text of GAP's train part, with what
nobody named has; where the answer is neither, any of the others will do. Quoted by
cross-validation; the dev part is only measured. Weights near nothing are left out.

How far to trust the encoder's pointer beside these is fitted on the rows that the encoder wasn't
trained on, with weights from the others: on those that it was trained on it is surer than right.
With `--keep` this alone is fitted, and the weights of the features stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

import numpy as np
from benchmarks.pronouns import Case, make_case, read_taggings, score_cases
from scipy.optimize import minimize

from corpora import read_rows
from onrecord import pipeline
from onrecord.settings import Settings
from onrecord.statements.salience import (
    BY_HAND,
    POINTED,
    Shares,
    Weights,
    load_weights,
    weigh_by_hand,
)
from settings import parser
from train import PRONOUNS

HEAD = """\
# Whom a pronoun stands for: the weights of the features that salience.py measures, fitted by
#     python training/fit_pronouns.py --base - --data DATA --work work
# to the train part of GAP (Webster et al. 2018). `given` counts for those who are asked about,
# which only the benchmark knows; `nobody` weighs there being no right one. Where the encoder points
# at names, `shares` are factors on what it says and on the rest, and its own `given` and `nobody`.
"""
RARE = 20
STRENGTH = 5.0
SHARES_STRENGTH = 0.5
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
    nobody = {name for case in cases for name in case.nobody} - {POINTED}
    kept = {name for name, count in counts.items() if count >= RARE} - BY_HAND.keys() - {POINTED}
    return sorted(kept), sorted(nobody)


def drop_pointed(case: Case) -> Case:
    """The case as it is without the encoder's pointer."""
    measured = {
        number: [{name: value for name, value in one.items() if name != POINTED} for one in found]
        for number, found in case.measured.items()
    }
    nobody = {name: value for name, value in case.nobody.items() if name != POINTED}
    return replace(case, measured=measured, nobody=nobody)


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
    return _mark_right(case, table)


def arrange_shares(case: Case, weights: Weights) -> Arranged:
    """A case as rows of what the shares are factors on, in the order of their fields."""
    plain = replace(weights, shares=Shares(pointed=0.0, rest=1.0))
    rows = [
        (found[0][POINTED], plain.weigh_fitted(found[0]), number in case.candidates, 0.0)
        for number, found in case.measured.items()
    ]
    return _mark_right(case, np.array([*rows, (0.0, plain.weigh_nobody(case.nobody), 0.0, 1.0)]))


def _mark_right(case: Case, table: np.ndarray) -> Arranged:
    numbers = list(case.measured)
    wanted = None if case.answer == "neither" else case.candidates["AB".index(case.answer)]
    right = np.array([number == wanted for number in numbers] + [False])
    if wanted is None:
        right = np.array([number not in case.candidates for number in numbers] + [True])
    fixed = np.array([weigh_by_hand(case.measured[number][0]) for number in numbers] + [0.0])
    return Arranged(table, fixed, right)


def fit_factors(arranged: Sequence[Arranged], start: np.ndarray, strength: float) -> np.ndarray:
    """The factors on the columns that make the right answers likeliest, held near the start."""

    def lose(factors: np.ndarray) -> tuple[float, np.ndarray]:
        loss = 0.5 * strength * float((factors - start) @ (factors - start))
        slope = strength * (factors - start)
        for one in arranged:
            scores = one.table @ factors + one.fixed
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mass = float(share @ one.right) + 1e-12
            loss -= np.log(mass)
            slope = slope + one.table.T @ (share - share * one.right / mass)
        return loss, slope

    found: np.ndarray = minimize(lose, start, jac=True, method="L-BFGS-B").x
    return found


def fit_weights(cases: Sequence[Case], names: list[str], nobody: list[str]) -> Weights:
    """The weights of the features, the pointer left out."""
    arranged = [arrange(case, names, nobody) for case in cases]
    found = fit_factors(arranged, np.zeros(len(names) + len(nobody) + 1), STRENGTH)
    return Weights(
        dict(zip(names, map(float, found), strict=False)),
        dict(zip(nobody, map(float, found[len(names) :]), strict=False)),
        float(found[-1]),
    )


def fit_shares(cases: Sequence[Case], weights: Weights) -> Weights:
    """The weights with the shares of pointer and rest that were fitted to cases new to both."""
    start = Shares(given=weights.given)
    arranged = [arrange_shares(case, weights) for case in cases if POINTED in case.nobody]
    found = fit_factors(arranged, np.array(astuple(start)), SHARES_STRENGTH)
    return replace(weights, shares=Shares(*map(float, found)))


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
    lines += ["", "[shares]"]
    lines += [f"{one.name} = {getattr(weights.shares, one.name):.3f}" for one in fields(Shares)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cross_validate(cases: Sequence[Case], fit: Callable[[Sequence[Case]], Weights]) -> str:
    """The mean scores of each fold with weights that were fitted to the others."""
    folds = []
    for fold in range(FOLDS):
        kept = [case for number, case in enumerate(cases) if number % FOLDS != fold]
        folds.append(score_cases(cases[fold::FOLDS], fit(kept)))
    return print_scores({name: float(np.mean([one[name] for one in folds])) for name in folds[0]})


def print_scores(scores: Mapping[str, float]) -> str:
    """Scores to three places."""
    return "  ".join(f"{name} {value:.3f}" for name, value in scores.items())


def main() -> None:
    """Cross-validate on train, fit on all of it, measure on dev, write."""
    options = parser(__doc__)
    options.add_argument("--keep", action="store_true", help="fit the shares alone")
    arguments = options.parse_args()
    train, dev = (read_cases(arguments.data, part, arguments.work) for part in ("train", "dev"))
    names, nobody = list_features(train)
    print(f"{len(train)} rows, {len(names)} features")
    plain = [drop_pointed(case) for case in train]
    print("without the pointer, cross-validated:")
    print(cross_validate(plain, lambda cases: fit_weights(cases, names, nobody)))
    weights = load_weights() if arguments.keep else fit_weights(plain, names, nobody)
    print("on dev:", print_scores(score_cases([drop_pointed(case) for case in dev], weights)))
    fresh = train[PRONOUNS:]
    if any(POINTED in case.nobody for case in fresh):
        others = fit_weights(plain[:PRONOUNS], names, nobody)
        print(f"the {len(fresh)} rows new to the encoder, without the pointer:")
        print(print_scores(score_cases(plain[PRONOUNS:], others)))
        print("with it, cross-validated:")
        print(cross_validate(fresh, lambda cases: fit_shares(cases, others)))
        weights = replace(weights, shares=fit_shares(fresh, others).shares)
        print("on dev:", print_scores(score_cases(dev, weights)))
    write_weights(weights, OUT)


if __name__ == "__main__":
    main()
