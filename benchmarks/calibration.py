"""Whether confidence means something: `python -m benchmarks.calibration --data FOLDER`.

Reads the dev reports of PolNeAR and Wikinews-de and prints, for contents and for sources of
contents that are right, how many of those with a like probability are right, and the mean distance
between the two (expected calibration error, Naeini et al. 2015). A content is right where it shares
half of its words with one of the corpus, a source alike.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from onrecord import pipeline
from onrecord.domain import Attribution, Report, Zone
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.tagger import tag_reports

CORPORA = {"polnear.dev": "en", "wikinews-de.dev": "de"}
FIELDS = ("content", "source")
BINS = 10
ALIKE = 0.5

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Judged:
    """A probability that the tagger gave, and whether it was right; `field` says of what."""

    doc: str
    field: str
    probability: float
    right: bool


def judge_corpus(path: Path, language: str, encoder: Encoder) -> Iterator[Judged]:
    """All that the tagger says of the reports of one corpus, judged."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            zones = (Zone("body", (0, len(text))),)
            report = Report(row["doc"], row["doc"], "", text, language, zones)
            (tagging,) = tag_reports([report], encoder)
            for found in tagging.attributions:
                yield from judge_attribution(found, row)


def judge_attribution(found: Attribution, row: dict[str, Any]) -> Iterator[Judged]:
    """One attribution against those of the corpus's row."""
    text = row["text"]
    ours = list_words(text, found.content)
    gold = max(
        (one for one in row["attributions"] if one.get("content")),
        key=lambda one: measure_overlap(ours, list_words(text, one["content"])),
        default=None,
    )
    right = gold is not None and measure_overlap(ours, list_words(text, gold["content"])) >= ALIKE
    yield Judged(row["doc"], "content", found.score, right)
    if right and gold is not None:
        theirs = list_words(text, gold.get("source", ()))
        alike = measure_overlap(list_words(text, found.source), theirs) >= ALIKE
        yield Judged(row["doc"], "source", found.source_score, alike)


def list_words(text: str, spans: Sequence[Sequence[int]]) -> frozenset[int]:
    """Where the words of the spans begin."""
    return frozenset(m.start() for start, end in spans for m in _WORD.finditer(text, start, end))


def measure_overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Intersection over union; 1 where both are empty."""
    return len(one & other) / len(one | other) if one | other else 1.0


def measure_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error, 0 to 1."""
    rows = [(p, share, count) for p, share, count in bin_shares(judged) if count]
    return sum(abs(p - share) * count for p, share, count in rows) / max(1, len(judged))


def bin_shares(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """Mean probability, share that is right, and count, for each tenth of the scale."""
    found = []
    for low in range(BINS):
        within = [one for one in judged if min(BINS - 1, int(one.probability * BINS)) == low]
        mean = float(np.mean([one.probability for one in within])) if within else 0.0
        share = float(np.mean([one.right for one in within])) if within else 0.0
        found.append((mean, share, len(within)))
    return found


def print_table(name: str, judged: Sequence[Judged]) -> None:
    """The bins that have anything in them, one a line."""
    print(f"{name}: {len(judged)} judged, calibration error {measure_error(judged):.3f}")
    for mean, share, count in bin_shares(judged):
        if count:
            print(f"  said {mean:.2f}   right {share:.2f}   {count:5}  {'#' * round(share * 40)}")


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    data: Path = arguments.parse_args().data
    paths = {name: data / f"{name}.jsonl.gz" for name in CORPORA}
    missing = [str(path) for path in paths.values() if not path.exists()]
    if missing:
        print(f"not measured: there is no {', '.join(missing)}")
        return 0
    encoder = pipeline.load_encoder(Settings())
    for name, path in paths.items():
        judged = list(judge_corpus(path, CORPORA[name], encoder))
        for field in FIELDS:
            print_table(f"{name} {field}", [one for one in judged if one.field == field])
    return 0


if __name__ == "__main__":
    sys.exit(main())
