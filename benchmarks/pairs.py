"""Pairs of statements that are one utterance, and near misses: what would be merged?

    python -m benchmarks.pairs [-v]

benchmarks/pairs.jsonl has pairs written for this, news-like and in six languages, half of them near
misses: the same speaker on the same topic, but another claim, a negation, another number, object or
modality. Those of its second part are nearer: often only one word differs, or who does it to whom.
They were written before anything was built that tells pairs apart by their topics.

Prints precision and recall of merges at the shipped threshold, and how many of the pairs that are
right are merged or kept as possible, beside floors.toml; with -v every failure.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.matching import Rate
from onrecord import pipeline
from onrecord.domain import Statement, Words, make_id
from onrecord.linking.likeness import Content
from onrecord.linking.model import LinkingModel
from onrecord.linking.utterances import POSSIBLE, Voiced, may_merge, measure_sameness
from onrecord.linking.vectors import center_vector
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder

PAIRS = Path(__file__).parent / "pairs.jsonl"
FLOORS = Path(__file__).parent / "floors.toml"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A pair with its score and whether it is merged."""

    row: Row
    score: float
    merged: bool

    def describe(self) -> str:
        """One line, with both wordings."""
        one, other = self.row["contents"]
        what = "merged" if self.merged else "possible" if self.score >= POSSIBLE else "apart"
        return (
            f"{self.row['id']} {self.row['relation']}, {what} at {self.score:.3f}: {one} | {other}"
        )


def judge_pairs(encoder: Encoder, rows: Sequence[Row]) -> Iterator[Outcome]:
    """What linking makes of each pair, the first wording being the fullest of its utterance."""
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    for row in rows:
        one, other = (_make_voiced(row, place, encoder, model) for place in (0, 1))
        sameness = measure_sameness(one, other, model.likeness)
        yield Outcome(row, sameness[0], may_merge(other, one, sameness))


def _make_voiced(row: Row, place: int, encoder: Encoder, model: LinkingModel) -> Voiced:
    text, language = row["contents"][place], row["languages"][place]
    content = Content(
        text, language, center_vector(encoder.embed_text(text), language, model.means)
    )
    statement = Statement(
        id=make_id("statement", row["id"], place),
        report=f"{row['id']}.{place}",
        kind=row["kinds"][place],
        content=Words.of(text, (0, len(text))),
    )
    return Voiced(statement, content, text, "a", "s", "s", False, ("", row["id"], place))


def rate(outcomes: Sequence[Outcome]) -> Rate:
    """Precision and recall of merges."""
    merged = [outcome.row["same"] for outcome in outcomes if outcome.merged]
    right = sum(outcome.row["same"] for outcome in outcomes)
    precision = sum(merged) / len(merged) if merged else 1.0
    return Rate(precision, sum(merged) / max(1, right), POSSIBLE)


def score_pairs(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """The figures by name: of the first part, of its pairs within and across languages, and of the
    second part.
    """
    figures: dict[str, float] = {}
    first = [one for one in outcomes if one.row.get("part") != "second"]
    for name, chosen in (
        ("all", first),
        ("same", [one for one in first if len(set(one.row["languages"])) == 1]),
        ("across", [one for one in first if len(set(one.row["languages"])) > 1]),
        ("second", [one for one in outcomes if one.row.get("part") == "second"]),
    ):
        found = rate(chosen)
        right = [one for one in chosen if one.row["same"]]
        kept = sum(one.merged or one.score >= POSSIBLE for one in right) / max(1, len(right))
        figures |= {f"{name}_precision": found.precision, f"{name}_recall": found.recall}
        figures[f"{name}_possible"] = kept
    return figures


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    outcomes = list(judge_pairs(pipeline.load_encoder(Settings()), rows))
    figures = score_pairs(outcomes)
    floors: Mapping[str, float] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["pairs"]
    for name, value in figures.items():
        floor = floors.get(name)
        sign = "" if floor is None or value >= floor else "  BELOW ITS FLOOR"
        print(f"{name:18} {value:.3f}{'' if floor is None else f'   floor {floor:.3f}'}{sign}")
    for outcome in outcomes if "-v" in arguments else ():
        if outcome.merged != outcome.row["same"]:
            print(outcome.describe())
    return 0 if all(figures[name] >= floor for name, floor in floors.items()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
