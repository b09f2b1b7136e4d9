"""Direct, mixed and indirect attributions on PolNeAR and the German corpus, dev, kind by kind.

    python -m benchmarks.kinds --data FOLDER [--weights NAME] [--limit N]

The kind of an attribution follows from the quotation marks of its content, for the corpus's spans
and for those found alike (statements/kinds.py). An attribution is right where content and source
each overlap the corpus's by half of the words together (both without a source also agree) and the
kind is the same. Also printed: how often the kinds of those with right content agree, and how many
of the corpus's nested quotations are given, as an inner attribution or another.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.dialogues import spoken_spans
from onrecord.domain import Attribution, Report, Span, Zone
from onrecord.settings import Settings
from onrecord.statements.attributions import mend_attributions
from onrecord.statements.kinds import read_quoting
from onrecord.statements.subjects import complete_sources
from onrecord.statements.vocabulary import load_vocabulary
from onrecord.tagging.encoder import Encoder, choose_weights
from onrecord.tagging.tagger import tag_reports

CORPORA = {"polnear.dev": "en", "wikinews-de.dev": "de"}
KINDS = ("direct", "mixed", "indirect")
LEAST_OVERLAP = 0.5
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Unit:
    """An attribution as the starts of its words, with its kind."""

    kind: str
    content: frozenset[int]
    source: frozenset[int]
    inner: bool

    def matches(self, other: Unit) -> bool:
        """Whether the contents are about the same."""
        return _overlap(self.content, other.content) >= LEAST_OVERLAP

    def agrees(self, other: Unit) -> bool:
        """Whether the sources are about the same, or both missing."""
        if not self.source and not other.source:
            return True
        return _overlap(self.source, other.source) >= LEAST_OVERLAP


@dataclass(slots=True)
class Tally:
    """Counts over a corpus; `pairs` are (corpus's kind, found kind) of matching contents."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    nested: Counter[str] = field(default_factory=Counter)

    def add(self, gold: Sequence[Unit], found: Sequence[Unit]) -> None:
        """Counts one report."""
        self.gold.update(one.kind for one in gold)
        self.found.update(one.kind for one in found)
        for one, other in match_units(gold, found):
            self.pairs[one.kind, other.kind] += 1
            if one.kind == other.kind and one.agrees(other):
                self.right[one.kind] += 1
        for one in gold:
            if one.inner:
                given = [other for other in found if one.matches(other)]
                self.nested["all"] += 1
                self.nested["given"] += bool(given)
                self.nested["as inner"] += any(other.inner for other in given)

    def measure(self, kind: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of a kind."""
        right, found, gold = self.right[kind], self.found[kind], self.gold[kind]
        precision = right / found if found else 0.0
        recall = right / gold if gold else 0.0
        return precision, recall, 2 * right / (found + gold) if found + gold else 0.0


def _overlap(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one & other else 0.0


def match_units(gold: Sequence[Unit], found: Sequence[Unit]) -> list[tuple[Unit, Unit]]:
    """Contents that are about the same, one to one: agreeing sources first, then the likest."""
    pairs = [
        (not one.agrees(other), -_overlap(one.content, other.content), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if one.matches(other)
    ]
    mine: set[int] = set()
    theirs: set[int] = set()
    matched = []
    for _, _, i, j in sorted(pairs):
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            matched.append((gold[i], found[j]))
    return matched


def make_units(
    report: Report, attributions: Iterable[Attribution], quoted: Sequence[Span]
) -> list[Unit]:
    """Attributions of a report as units, without those of no words."""
    starts = [match.span() for match in _WORD.finditer(report.text)]
    units = []
    for one in attributions:
        content = _find_words(starts, one.content)
        if content:
            kind = read_quoting(report.text, one.content, quoted, language=report.language).kind
            units.append(Unit(kind, content, _find_words(starts, one.source), one.inner))
    return units


def _find_words(words: Sequence[Span], spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(
        start for low, high in spans for start, end in words if start < high and low < end
    )


def read_corpus(path: Path, language: str) -> Iterator[tuple[Report, list[Attribution]]]:
    """The reports of a corpus, each with its attributions that have a content."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            report = Report(
                row["doc"], row["doc"], "", text, language, (Zone("body", (0, len(text))),)
            )
            yield report, [_make_attribution(one) for one in row["attributions"] if one["content"]]


def _make_attribution(row: Mapping[str, Any]) -> Attribution:
    content, source = (tuple(sorted(map(tuple, row.get(k, ())))) for k in ("content", "source"))
    return Attribution(content, source=source, inner=bool(row.get("nested")))


def print_tally(corpus: str, tally: Tally) -> None:
    """The table of one corpus."""
    print(f"{corpus:16} {'P':>6} {'R':>6} {'F1':>6}   in corpus   found")
    for kind in KINDS:
        figures = " ".join(f"{100 * value:6.1f}" for value in tally.measure(kind))
        print(f"  {kind:14} {figures} {tally.gold[kind]:11} {tally.found[kind]:7}")
    same = sum(count for (one, other), count in tally.pairs.items() if one == other)
    print(f"  kinds agree in {same} of {sum(tally.pairs.values())} with the same content")
    for one in KINDS:
        row = ", ".join(f"{other} {tally.pairs[one, other]}" for other in KINDS)
        print(f"    {one:9} found as {row}")
    if tally.nested["all"]:
        given, inner = tally.nested["given"], tally.nested["as inner"]
        print(f"  nested: {given} of {tally.nested['all']} given, {inner} as inner ones")


def main() -> int:
    """Print the tables."""
    arguments = argparse.ArgumentParser(description="Kinds of attributions on dev.")
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    arguments.add_argument("--weights", default=Settings().weights, help="a shipped set")
    arguments.add_argument("--limit", type=int, help="read only so many reports of each")
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.weights))
    for corpus, language in CORPORA.items():
        tally = Tally()
        rows = read_corpus(parsed.data / f"{corpus}.jsonl.gz", language)
        for report, gold in islice(rows, parsed.limit):
            quoted = spoken_spans(report.text, language)
            (tagging,) = tag_reports([report], encoder)
            drawn = complete_sources(
                report.text, tagging.attributions, tagging.names, load_vocabulary(language)
            )
            found = mend_attributions(report, drawn, quoted)
            tally.add(make_units(report, gold, quoted), make_units(report, found, quoted))
        print_tally(corpus, tally)
    return 0


if __name__ == "__main__":
    sys.exit(main())
