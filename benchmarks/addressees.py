"""To whom things were said, on a corpus that marks it: `python -m benchmarks.addressees CORPUS`.

CORPUS is a file such as `wikinews-de.dev.jsonl.gz` of the data beside the checkout. The whole
product reads it: the encoder tags, then statements are built. `--cache FILE` keeps the taggings, so
that a second run needs no encoder. Three ways of counting, all by the word tokens of addressees:

- matched: attributions that both sides have (contents with IoU of at least 0.5, one to one)
- all: every attribution; one that the other side lacks counts against
- by report: the tokens of all addressees of a report together
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.domain import Attribution, Name, Report, Span, Statement, Tagging, Zone
from onrecord.settings import Settings
from onrecord.statements.attributions import build_statements
from onrecord.tagging.encoder import Encoder, choose_weights
from onrecord.tagging.tagger import tag_reports

FLOORS = Path(__file__).parent / "floors.toml"
WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
LEAST = 0.5
Tokens = frozenset[int]


@dataclass(slots=True)
class Counts:
    """Tokens found, in the gold and in both."""

    found: int = 0
    gold: int = 0
    both: int = 0

    def add(self, found: Tokens, gold: Tokens) -> None:
        """Count one attribution or one report."""
        self.found += len(found)
        self.gold += len(gold)
        self.both += len(found & gold)

    def figures(self) -> dict[str, float]:
        """Precision, recall and F1 in per cent."""
        precision = self.both / max(1, self.found)
        recall = self.both / max(1, self.gold)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return {
            "p": round(100 * precision, 1),
            "r": round(100 * recall, 1),
            "f1": round(100 * f1, 1),
        }


@dataclass(frozen=True, slots=True)
class Marked:
    """The tokens of one attribution's content and addressee."""

    content: Tokens
    addressee: Tokens


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_report(row: dict[str, Any]) -> Report:
    """A row's text as a report that is all body."""
    text = row["text"]
    zone = Zone("body", (0, len(text)))
    return Report(
        row["doc"], row["doc"], "", text, row["lang"], (zone,), published=row["published"]
    )


def tag_rows(rows: Sequence[dict[str, Any]], cache: Path | None) -> list[Tagging]:
    """The taggings, from the cache where it was made with these weights."""
    choice = choose_weights(Settings().weights)
    made_with = [choice.sha256, len(rows)]
    if cache is not None and cache.exists():
        stored = pickle.loads(cache.read_bytes())
        if stored[0] == made_with:
            return [
                _unpack(row["doc"], *packed) for row, packed in zip(rows, stored[1], strict=True)
            ]
    encoder = Encoder(choice, threads=Settings().threads)
    made = [tag_reports([make_report(row)], encoder)[0] for row in rows]
    if cache is not None:
        packed = [([asdict(a) for a in t.attributions], [asdict(n) for n in t.names]) for t in made]
        cache.write_bytes(pickle.dumps((made_with, packed)))
    return made


def _unpack(doc: str, attributions: list[dict[str, Any]], names: list[dict[str, Any]]) -> Tagging:
    """A stored tagging; what was added to the dataclasses since has its default."""
    return Tagging(
        doc, tuple(Attribution(**a) for a in attributions), tuple(Name(**n) for n in names)
    )


def index_tokens(text: str) -> list[int]:
    """For each code point the number of its word token, or -1."""
    at = [-1] * len(text)
    for number, match in enumerate(WORD.finditer(text)):
        for place in range(*match.span()):
            at[place] = number
    return at


def take_tokens(at: Sequence[int], spans: Sequence[Span]) -> Tokens:
    """The tokens that spans touch."""
    return frozenset(at[i] for start, end in spans for i in range(start, end)) - {-1}


def mark_gold(row: dict[str, Any], at: Sequence[int]) -> list[Marked]:
    """The gold attributions of a row that have a content."""
    return [
        Marked(take_tokens(at, one["content"]), take_tokens(at, one.get("addressee") or []))
        for one in row["attributions"]
        if one["content"]
    ]


def mark_statements(statements: Sequence[Statement], at: Sequence[int]) -> list[Marked]:
    """What the product found."""
    return [
        Marked(
            take_tokens(at, one.content.spans),
            take_tokens(at, () if one.addressee is None else one.addressee.words.spans),
        )
        for one in statements
    ]


def pair_contents(gold: Sequence[Marked], found: Sequence[Marked]) -> Iterator[tuple[int, int]]:
    """Pairs of gold and found contents, the likest first, each once."""
    likeness = sorted(
        (
            (len(a.content & b.content) / max(1, len(a.content | b.content)), i, j)
            for i, a in enumerate(gold)
            for j, b in enumerate(found)
        ),
        key=lambda one: (-one[0], one[1:]),
    )
    taken: tuple[set[int], set[int]] = (set(), set())
    for share, i, j in likeness:
        if share >= LEAST and i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            yield i, j


def count_row(counts: dict[str, Counts], gold: Sequence[Marked], found: Sequence[Marked]) -> None:
    """Add one report to the counts."""
    nothing: Tokens = frozenset()
    pairs = list(pair_contents(gold, found))
    for i, j in pairs:
        counts["matched"].add(found[j].addressee, gold[i].addressee)
        counts["all"].add(found[j].addressee, gold[i].addressee)
    for i in set(range(len(gold))) - {i for i, _ in pairs}:
        counts["all"].add(nothing, gold[i].addressee)
    for j in set(range(len(found))) - {j for _, j in pairs}:
        counts["all"].add(found[j].addressee, nothing)
    counts["by report"].add(
        nothing.union(*(one.addressee for one in found)),
        nothing.union(*(one.addressee for one in gold)),
    )


def main() -> int:
    """Print the figures beside their floors; 1 where one has fallen below."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--cache", type=Path)
    parsed = parser.parse_args()
    rows = read_rows(parsed.corpus)
    counts = {name: Counts() for name in ("matched", "all", "by report")}
    for row, tagging in zip(rows, tag_rows(rows, parsed.cache), strict=True):
        at = index_tokens(row["text"])
        statements = build_statements(make_report(row), tagging)
        count_row(counts, mark_gold(row, at), mark_statements(statements, at))
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("addressees", {})
    fallen = False
    for name, count in counts.items():
        figures = count.figures()
        floor = floors.get(name.replace(" ", "_"), 0)
        fallen = fallen or figures["f1"] < floor
        print(f"{name:10} {json.dumps(figures)} floor of f1 {floor}")
    return int(fallen)


if __name__ == "__main__":
    sys.exit(main())
