"""Corpora as stories are found from them, and how common words are in them."""

from __future__ import annotations

import gzip
import json
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.domain import Report, Zone
from onrecord.linking.background import Background
from onrecord.linking.profiles import StoryInput, list_terms
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.tagger import tag_reports

TOPICS = ("stories-ecb.train", "stories-ecb.dev")
STRANGERS = "wikinews-de.train"
STRANGERS_READ = 400
TEXTS = ("polnear.train", "wikinews-de.train")
SENTENCES = ("names-", "sentences-")
TOGETHER = 15
"""Sentences that make up something like a report."""
LEAST = 4
"""Texts that a word must be in to be counted; what is rarer says nothing of how rare it is."""
AT_ONCE = 16

Row = dict[str, Any]


def read_rows(data: Path, name: str) -> list[Row]:
    """The rows of a corpus, without its ending."""
    with gzip.open(data / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_topics(data: Path) -> list[Row]:
    """The reports of ECB+, train and dev."""
    return [row for name in TOPICS for row in read_rows(data, name)]


def read_inputs(rows: Sequence[Row], encoder: Encoder, cache: Path | None) -> list[StoryInput]:
    """The rows as linking sees them; kept in the file `cache`, since reading takes minutes."""
    reports = [_make_report(row) for row in rows]
    if cache is not None and cache.exists():
        found = pickle.loads(cache.read_bytes())
    else:
        found = list(_read_reports(reports, encoder))
        if cache is not None:
            cache.write_bytes(pickle.dumps(found))
    return [StoryInput(report, *read) for report, read in zip(reports, found, strict=True)]


def _read_reports(reports: Sequence[Report], encoder: Encoder) -> Iterator[tuple[Any, tuple]]:
    for start in range(0, len(reports), AT_ONCE):
        batch = reports[start : start + AT_ONCE]
        for report, tagging in zip(batch, tag_reports(batch, encoder), strict=True):
            yield tagging.vector, tuple(report.text[slice(*name.span)] for name in tagging.names)


def _make_report(row: Row) -> Report:
    text = (f"{row['title']}\n" if row.get("title") else "") + row["text"]
    one = row.get("id") or row["doc"]
    published = row.get("date") or row.get("published")
    return Report(
        one, one, "", text, row["lang"], (Zone("body", (0, len(text))),), published=published
    )


def count_words(data: Path) -> Background:
    """How common words and numbers are, each in the language that it is commonest in.

    Single sentences are taken together, fifteen to a text.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    totals = Counter[str]()
    for language, text in _list_texts(data):
        totals[language] += 1
        counts[language].update(list_terms(text))
    shares: dict[str, float] = {}
    for language, found in counts.items():
        for word, count in found.items():
            if count >= LEAST:
                shares[word] = max(shares.get(word, 0.0), count / totals[language])
    return Background.of(shares)


def _list_texts(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.glob("*.jsonl.gz")):
        name = path.name.removesuffix(".jsonl.gz")
        if name in TEXTS:
            yield from ((row["lang"], row["text"]) for row in read_rows(data, name))
        elif name.startswith(SENTENCES) and not name.endswith(".dev"):
            rows = read_rows(data, name)
            for start in range(0, len(rows), TOGETHER):
                part = rows[start : start + TOGETHER]
                yield part[0]["lang"], " ".join(row["text"] for row in part)
