"""What is done with words, on PLOVER's sentences: `python -m benchmarks.acts CORPUS`.

CORPUS is `acts-plover.train.jsonl.gz` of the data beside the checkout: sentences with source,
target and code. A fifth of it, told by the hash of the text, is held back from training/fit_acts.py
and scored here; `--all` scores every sentence, for a file that nothing was fitted to. The model is
that of the shipped weights, or of `--fitted FILE`, the `fitted.json` they are made with. Beside it
stand the figures of the word lists alone, whose other codes count as PLOVER's code next to them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.domain import Span, Vector
from onrecord.settings import Settings
from onrecord.statements.acts import STATE, ActModel, find_listed
from onrecord.tagging.encoder import LONGEST, Encoder, choose_weights
from onrecord.tagging.tagger import pool_spans
from onrecord.tagging.windows import split_pieces

FLOORS = Path(__file__).parent / "floors.toml"
FOLDS = 5
NEXT_TO = {"DENY": "REJECT", "PROMISE": "AGREE", "WARN": "THREATEN"}
"""The PLOVER code that takes in one of ours; STATE and the others have none."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The deed of one sentence: its words, their vector, and the code they were given."""

    words: str
    vector: Vector
    language: str
    code: str


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_held_back(row: dict[str, Any]) -> bool:
    """Whether a sentence is of the fifth that nothing is fitted to; the same sentence always is."""
    digest = hashlib.sha256(row["text"].encode()).hexdigest()
    return int(digest, 16) % FOLDS == 0


def find_deed(row: dict[str, Any]) -> Span:
    """What stands between source and target, the whole sentence where one isn't found."""
    text, source, target = row["text"], row["source"], row["target"]
    at = text.find(source)
    behind = text.find(target, at + len(source)) if at >= 0 else -1
    before = text.find(target)
    if at >= 0 and behind > at + len(source):
        return at + len(source), behind
    if before >= 0 and before + len(target) < at:
        return before + len(target), at
    return 0, len(text)


def read_samples(rows: Sequence[dict[str, Any]], encoder: Encoder) -> list[Sample]:
    """The sentences, each read by the encoder alone."""
    samples = []
    for row in rows:
        pieces = split_pieces(row["text"], encoder.tokenizer)
        span = find_deed(row)
        hidden = encoder.encode_window(pieces.ids[:LONGEST])
        vector = pool_spans(pieces, hidden, [span])
        samples.append(Sample(row["text"][slice(*span)], vector, row["lang"], row["code"]))
    return samples


def rank_samples(model: ActModel, samples: Sequence[Sample]) -> list[tuple[float, str]]:
    """For each sample the likeliest code of PLOVER, with its probability."""
    ranked = (model.rank(one.vector, one.words, one.language) for one in samples)
    return [next(pair for pair in pairs if pair[1] != STATE) for pairs in ranked]


def list_samples(samples: Sequence[Sample]) -> list[str | None]:
    """For each sample the PLOVER code that its words are listed by, if any."""
    codes = [find_listed(one.words, [(0, len(one.words))], one.language) for one in samples]
    return [None if code in (None, STATE) else NEXT_TO.get(str(code), code) for code in codes]


def measure_macro(gold: Sequence[str], found: Sequence[str | None]) -> float:
    """The mean over the gold's codes of F1."""
    return sum(f1 for *_, f1 in measure_codes(gold, found)) / max(1, len(set(gold)))


def measure_codes(
    gold: Sequence[str], found: Sequence[str | None]
) -> Iterator[tuple[str, int, float, float, float]]:
    """Each code of the gold: how many, precision, recall, F1."""
    wanted, given = Counter(gold), Counter(found)
    right = Counter(one for one, other in zip(gold, found, strict=True) if one == other)
    for code, count in sorted(wanted.items()):
        precision = right[code] / max(1, given[code])
        recall = right[code] / count
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        yield code, count, precision, recall, f1


def load_model(encoder: Encoder, fitted: Path | None) -> ActModel | None:
    """The model of the weights, or of a file of fitted numbers."""
    stored = encoder.meta if fitted is None else json.loads(fitted.read_text(encoding="utf-8"))
    return ActModel.of(encoder.means, stored.get("acts"))


def print_figures(samples: Sequence[Sample], model: ActModel) -> dict[str, float]:
    """Print all figures; returns accuracy and macro-F1 of the model, in per cent."""
    gold = [one.code for one in samples]
    ranked = rank_samples(model, samples)
    found = [code for _, code in ranked]
    right = [one == other for one, other in zip(gold, found, strict=True)]
    sure = [hit for hit, (chance, _) in zip(right, ranked, strict=True) if chance >= model.least]
    figures = {
        "accuracy": 100 * sum(right) / len(gold),
        "macro": 100 * measure_macro(gold, found),
    }
    for code, count, precision, recall, f1 in measure_codes(gold, found):
        print(f"  {code:10} {count:4} p {precision:.2f} r {recall:.2f} f1 {f1:.2f}")
    left = 1 - len(sure) / len(gold)
    print(f"left null (below {model.least}): {100 * left:.0f} %", end="; ")
    print(f"right of the rest: {100 * sum(sure) / max(1, len(sure)):.1f} %")
    listed = list_samples(samples)
    hits = sum(one == other for one, other in zip(gold, listed, strict=True))
    share = hits / max(1, sum(code is not None for code in listed))
    print(f"word lists alone: accuracy {100 * hits / len(gold):.1f}", end=" ")
    print(f"macro-F1 {100 * measure_macro(gold, listed):.1f} right where they say one {share:.2f}")
    return figures


def main() -> int:
    """Print the figures beside their floors; 1 where one has fallen below."""
    parser = argparse.ArgumentParser(description="Acts on PLOVER's sentences.")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--all", action="store_true", help="score every sentence")
    parser.add_argument("--fitted", type=Path)
    parsed = parser.parse_args()
    encoder = Encoder(choose_weights(Settings().weights))
    model = load_model(encoder, parsed.fitted)
    if model is None:
        print("these weights have no model of acts: run training/fit_acts.py", file=sys.stderr)
        return 1
    rows = [row for row in read_rows(parsed.corpus) if parsed.all or is_held_back(row)]
    figures = print_figures(read_samples(rows, encoder), model)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("acts", {})
    for name, figure in figures.items():
        print(f"{name} {figure:.1f} floor {floors.get(name, 0)} of {len(rows)} sentences")
    return int(any(figure < floors.get(name, 0) for name, figure in figures.items()))


if __name__ == "__main__":
    sys.exit(main())
