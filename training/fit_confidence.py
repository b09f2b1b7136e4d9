"""Fit what the tagger's scores are worth, on dev reports, and print how well that holds.

    python training/fit_confidence.py --base - --data DATA --work work --set standard

Two curves (Platt 1999), one for contents and one for sources. Printed for each half of the reports
by the curves of the other half; written to `fitted.json` by those of all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from benchmarks.calibration import CORPORA, FIELDS, Judged, judge_corpus, measure_error, print_table
from sklearn.linear_model import LogisticRegression

from onrecord.tagging.confidence import Calibration, Curve
from onrecord.tagging.encoder import Encoder, choose_weights
from settings import parser

LEAST = 1e-4


def fit_curve(judged: Sequence[Judged]) -> Curve:
    """The logistic curve over log-odds, both corpora counting alike."""
    held = np.clip([one.probability for one in judged], LEAST, 1 - LEAST)
    odds = np.log(held / (1 - held))[:, None]
    fitted = LogisticRegression(C=1e6).fit(odds, [one.right for one in judged])
    return Curve(round(float(fitted.coef_[0, 0]), 4), round(float(fitted.intercept_[0]), 4))


def main() -> None:
    """Fit, print and write."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    encoder.calibration = Calibration()
    judged = [
        one
        for name, language in CORPORA.items()
        for one in judge_corpus(parsed.data / f"{name}.jsonl.gz", language, encoder)
    ]
    curves = {}
    for field in FIELDS:
        rows = [one for one in judged if one.field == field]
        docs = sorted({one.doc for one in rows})
        halves = set(docs[::2]), set(docs[1::2])
        tested = []
        for fitted_on, told in (halves, halves[::-1]):
            curve = fit_curve([one for one in rows if one.doc in fitted_on])
            tested += [
                replace(one, probability=curve.read(one.probability))
                for one in rows
                if one.doc in told
            ]
        print(f"{field}: calibration error of the plain scores {measure_error(rows):.3f}")
        print_table(f"{field}, each half by the other's curve", tested)
        curve = fit_curve(rows)
        curves[field] = [curve.slope, curve.shift]
    path = parsed.work / "fitted.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "confidence": curves}, indent=2))


if __name__ == "__main__":
    main()
