"""Fit what tells one story from two to the shipped encoder, and print how well it does.

    python training/fit_stories.py --base - --data DATA --work work --set standard [--into FILE]

See story_fit.py for what is fitted to what. What comes out goes into `linking.stories` of
work/fitted.json (or into FILE as it is, with `--into`), and with export.py into the weights file.
Reading the reports takes two to four minutes on one core, the rest one; what was read stays in the
work folder.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from training.story_corpora import (
    STRANGERS,
    STRANGERS_READ,
    count_words,
    read_inputs,
    read_rows,
    read_topics,
)
from training.story_fit import cross_validate, draw_strangers, fit_corpus, make_corpus

from onrecord.linking.profiles import build_profile
from onrecord.tagging.encoder import Encoder, choose_weights
from settings import parser


def main() -> None:
    """Read, cross-validate, fit on all, write."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    arguments.add_argument("--into", type=Path, help="write nothing but what was fitted, here")
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    background = count_words(parsed.data)
    rows = read_topics(parsed.data)
    lone = read_rows(parsed.data, STRANGERS)[:STRANGERS_READ]
    profiles = [
        [
            build_profile(one, means=encoder.means, background=background)
            for one in read_inputs(part, encoder, parsed.work / f"{name}-{encoder.checksum}.pickle")
        ]
        for name, part in (("stories", rows), ("strangers", lone))
    ]
    corpus = make_corpus(
        profiles[0], [row["topic"] for row in rows], [row["story"] for row in rows]
    )
    strangers = draw_strangers(profiles[1])
    scores = cross_validate(corpus, strangers)
    print({name: round(float(np.mean(values)), 4) for name, values in scores.items()})
    weights = fit_corpus(corpus, strangers)
    print(weights)
    write_fitted(
        {"weights": asdict(weights), "background": background.pack()},
        work=parsed.work,
        into=parsed.into,
    )


def write_fitted(fitted: dict[str, Any], *, work: Path, into: Path | None) -> None:
    """Writes what was fitted into a file of its own, or beside what else linking decides by."""
    path, values = into, fitted
    if path is None:
        path = work / "fitted.json"
        values = json.loads(path.read_text())
        values["linking"]["stories"] = fitted
    path.write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
