"""Whom pronouns stand for, on GAP (Webster et al. 2018): `python -m benchmarks.pronouns DATA`.

DATA is the folder with pronouns-en.dev.jsonl.gz. Each row has a text, a pronoun and two names; the
answer is A, B or neither. The ranking is the one that finds speakers, over all the people of the
text; that the two are the ones asked about is known in this task, and counts for them (`given`).
The last three figures are without that.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import pickle
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from onrecord import pipeline
from onrecord.domain import Name, Report, Span, Tagging, Zone
from onrecord.quotations import quoted_spans
from onrecord.settings import Settings
from onrecord.statements.discourse import MARGIN, Scene, Search, build_scene
from onrecord.statements.genders import infer_genders
from onrecord.statements.mentions import find_profiles
from onrecord.statements.positions import find_form
from onrecord.statements.salience import Weights, load_weights, measure_nobody
from onrecord.statements.vocabulary import load_vocabulary
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.tagger import tag_reports
from onrecord.text import overlap

ANSWERS = ("A", "B", "neither")
BATCH = 16
FLOORS = Path(__file__).parent / "floors.toml"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One row as the ranking sees it: features of everybody, by number, and of nobody.

    `candidates` are the numbers of A and B, None where they aren't among those measured.
    """

    gender: str
    answer: str
    candidates: tuple[int | None, int | None]
    measured: Mapping[int, Sequence[Mapping[str, float]]]
    nobody: Mapping[str, float]


def read_taggings(rows: Sequence[Row], encoder: Encoder, cache: Path | None) -> list[Tagging]:
    """The tagging of each row's text; kept in a file, if one is named, since reading takes long."""
    if cache is not None and cache.exists():
        kept: list[Tagging] = pickle.loads(cache.read_bytes())
        return kept
    reports = [make_report(row) for row in rows]
    found = []
    for start in range(0, len(reports), BATCH):
        for tagging in tag_reports(reports[start : start + BATCH], encoder):
            bare = [replace(one, vector=None) for one in tagging.attributions]
            found.append(replace(tagging, attributions=tuple(bare), vector=None))
    if cache is not None:
        cache.write_bytes(pickle.dumps(found))
    return found


def make_report(row: Row) -> Report:
    """The row's text as a report that is nothing but a body."""
    text = row["text"]
    zones = (Zone("body", (0, len(text))),)
    return Report(row["doc"], row["doc"], "", text, row["lang"], zones)


def make_case(row: Row, tagging: Tagging) -> Case:
    """What the ranking sees of a row: its own names, and the two that are asked about."""
    report = make_report(row)
    words = load_vocabulary(report.language)
    asked = [(int(low), int(high)) for low, high in (c["span"] for c in row["candidates"])]
    names = [name for name in tagging.names if not any(overlap(name.span, s) for s in asked)]
    names += [Name(span, "person") for span in asked]
    tagging = replace(tagging, names=tuple(sorted(names, key=lambda name: name.span)))
    profiles = find_profiles(report, tagging)
    profiles = infer_genders(report, profiles, quoted_spans(report.text))
    scene = build_scene(report, profiles, tagging.attributions, words)
    place: Span = (row["pronoun"][0], row["pronoun"][1])
    gender = words.pronouns[report.text[slice(*place)].lower()][0]
    search = Search(place, gender, form=find_form(scene.clauses, place), ahead=True)
    measured = scene.measure(search)
    first, second = (_find_number(scene, span, measured) for span in asked)
    right = [c["is_antecedent"] for c in row["candidates"]]
    answer = "A" if right[0] else "B" if right[1] else "neither"
    same = first is not None and first == second
    return Case(
        gender,
        answer,
        (first, None if same else second),
        measured,
        measure_nobody([features[0] for features in measured.values()]),
    )


def _find_number(
    scene: Scene, span: Span, measured: Mapping[int, Sequence[Mapping[str, float]]]
) -> int | None:
    found = [number for other, number in scene.by_span.items() if overlap(other, span)]
    return next((number for number in found if number in measured), None)


def weigh_case(case: Case, weights: Weights) -> dict[int | None, float]:
    """How likely each number is, None for nobody that is named; these add up to 1."""
    weighed: dict[int | None, float] = {
        number: weights.weigh(*features) + (weights.given if number in case.candidates else 0.0)
        for number, features in case.measured.items()
    }
    weighed[None] = sum(weights.nobody.get(name, 0.0) * v for name, v in case.nobody.items())
    most = max(weighed.values())
    odds = {number: math.exp(weight - most) for number, weight in weighed.items()}
    total = sum(odds.values())
    return {number: one / total for number, one in odds.items()}


def answer_case(case: Case, weights: Weights) -> str:
    """A, B or neither, whichever is likeliest."""
    likely = weigh_case(case, weights)
    shares = [0.0 if number is None else likely[number] for number in case.candidates]
    shares.append(1.0 - sum(shares))
    return ANSWERS[shares.index(max(shares))]


def rank_case(case: Case, weights: Weights) -> tuple[float, bool]:
    """How far the first leads the second, in log-odds, and whether it is the right one.

    With nothing known of who is asked about, as in a report.
    """
    weighed = [(weights.weigh(*features), number) for number, features in case.measured.items()]
    weighed.sort(reverse=True)
    if not weighed:
        return 0.0, False
    lead = weighed[0][0] - weighed[1][0] if len(weighed) > 1 else math.inf
    return lead, weighed[0][1] == case.candidates[ANSWERS.index(case.answer)]


def score_cases(cases: Iterable[Case], weights: Weights) -> dict[str, float]:
    """Accuracy over A, B and neither; F1 as GAP counts it, in all and by gender; the rest unaided.

    Of rows with a right one: how often it comes first (`unaided`), how often whoever comes first
    would be called certain, and how often that is then right.
    """
    answered = [(case, answer_case(case, weights)) for case in cases]
    ranked = [rank_case(case, weights) for case, _ in answered if case.answer != "neither"]
    certain = [right for lead, right in ranked if lead >= MARGIN]
    return {
        "accuracy": sum(found == case.answer for case, found in answered) / len(answered),
        "f1": score_f1(answered),
        "f1_women": score_f1([pair for pair in answered if pair[0].gender == "f"]),
        "f1_men": score_f1([pair for pair in answered if pair[0].gender == "m"]),
        "unaided": sum(right for _, right in ranked) / len(ranked),
        "certain": len(certain) / len(ranked),
        "certain_right": sum(certain) / max(1, len(certain)),
    }


def score_f1(answered: Sequence[tuple[Case, str]]) -> float:
    """F1 over the two names of each row, each right or wrong by itself."""
    right = sum(case.answer == found != "neither" for case, found in answered)
    wanted = sum(case.answer != "neither" for case, _ in answered)
    given = sum(found != "neither" for _, found in answered)
    return 2 * right / (wanted + given) if wanted + given else 0.0


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure beside its floor, and fail where one is below it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="a file that keeps the taggings")
    options = parser.parse_args(arguments)
    rows = list(read_rows(options.data / "pronouns-en.dev.jsonl.gz"))
    taggings = read_taggings(rows, pipeline.load_encoder(Settings()), options.cache)
    cases = [make_case(row, tagging) for row, tagging in zip(rows, taggings, strict=True)]
    scores = score_cases(cases, load_weights())
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["pronouns"]
    for name, value in scores.items():
        sign = "" if value >= floors[name] else "  BELOW ITS FLOOR"
        print(f"{name:13} {value:7.3f}   floor {floors[name]:7.3f}{sign}")
    return 0 if all(value >= floors[name] for name, value in scores.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
