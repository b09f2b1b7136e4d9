"""Corpora -> examples for training: pieces, labels, links and sentences to keep in place."""

from __future__ import annotations

import bisect
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.tagging.heads import LAYERS
from onrecord.tagging.layout import read_layout
from onrecord.tagging.windows import Pieces, Tokenizer, cut_windows, split_pieces
from onrecord.text import sentence_spans

IGNORE = -100
ASKING = ("content", "cue", "pronoun", "name")
"""Of a link that has nothing of these in a window nothing can be learned there."""
ROLES = ("content", "inner", "source", "cue", "addressee")
NAMES = {label: i for i, label in enumerate(LAYERS["name"])}
Span = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """A corpus text in pieces, with labels by layer and unit, and its links in units."""

    text: str
    pieces: Pieces
    labels: dict[str, np.ndarray]
    sentences: np.ndarray
    links: list[dict[str, list[Span]]] = field(default_factory=list)
    anchors: list[tuple[Span, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Example:
    """One window: piece ids, the pieces that units begin with, and what is known of them."""

    ids: np.ndarray
    units: np.ndarray
    labels: dict[str, np.ndarray]
    sentences: np.ndarray
    links: list[dict[str, list[Span]]]
    anchors: list[tuple[Span, str]]


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file, gzipped or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def read_pronouns(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Texts with a pronoun and the two names that it may stand for (GAP)."""
    return [_build_pronoun(row, tokenizer) for row in read_rows(path)]


def _build_pronoun(row: dict[str, Any], tokenizer: Tokenizer) -> Document:
    text = row["text"]
    pieces = split_pieces(text, tokenizer)
    units = UnitIndex(pieces)
    labels = {layer: np.full(len(pieces.units), IGNORE, dtype=np.int64) for layer in LAYERS}
    pronoun = [units.of(row["pronoun"])]
    links, meant = [], False
    for candidate in row["candidates"]:
        name = [units.of(candidate["span"])]
        links.append({"pronoun": pronoun if candidate["is_antecedent"] else [], "name": name})
        meant = meant or candidate["is_antecedent"]
    if not meant:
        links.append({"pronoun": pronoun, "name": []})
    return Document(text, pieces, labels, read_layout(text, pieces).sentences, links)


def read_attributions(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Reports with attributions (PolNeAR, Wikinews-de)."""
    return [build_document(row, tokenizer) for row in read_rows(path)]


def build_document(row: dict[str, Any], tokenizer: Tokenizer) -> Document:
    """One corpus report. Layers that its corpus doesn't annotate are all IGNORE."""
    text = row["text"]
    pieces = split_pieces(text, tokenizer)
    units = UnitIndex(pieces)
    german = any("addressee" in a for a in row["attributions"])
    labels = {role: np.zeros(len(pieces.units), dtype=np.int64) for role in ROLES}
    links, anchors = [], []
    for attribution in row["attributions"]:
        if not attribution.get("content"):
            continue
        link = {}
        for role in ("content", "source", "cue", "addressee"):
            layer = "inner" if role == "content" and attribution.get("nested") else role
            spans = [units.of(span) for span in attribution.get(role, [])]
            link[role] = [span for span in spans if span[0] < span[1]]
            for low, high in link[role]:
                labels[layer][low:high] = 2
                labels[layer][low] = 1
        if not attribution.get("nested"):
            links.append(link)
        anchors += [
            (unit_span, text[start:end])
            for (start, end), unit_span in zip(
                attribution["content"], link["content"], strict=False
            )
        ]
    if not german:
        labels["inner"][:] = IGNORE
        labels["addressee"][:] = IGNORE
    labels["name"] = np.full(len(pieces.units), IGNORE, dtype=np.int64)
    taken = labels["content"] > 0
    for start, end in sentence_spans(text):
        low, high = units.of((start, end))
        if high - low >= 4 and not taken[low:high].any():
            anchors.append(((low, high), text[start:end]))
    return Document(text, pieces, labels, read_layout(text, pieces).sentences, links, anchors)


class UnitIndex:
    """Character spans -> unit spans."""

    def __init__(self, pieces: Pieces) -> None:
        self.starts = [span[0] for span in pieces.unit_spans]
        self.ends = [span[1] for span in pieces.unit_spans]

    def of(self, span: Sequence[int]) -> Span:
        """The units that overlap the span."""
        return bisect.bisect_right(self.ends, span[0]), bisect.bisect_left(self.starts, span[1])


def pack_sentences(
    rows: Sequence[dict[str, Any]], tokenizer: Tokenizer, rng: random.Random
) -> Iterator[Document]:
    """Sentences as documents of one to twelve, as names and sentences stand in reports.

    Rows with `entities` have names of persons, organisations and places; the others only keep the
    embedding space in place.
    """
    at = 0
    while at < len(rows):
        count = rng.choice((1, 1, 2, 4, 8, 12))
        yield join_sentences(rows[at : at + count], rng.choice((" ", "\n")), tokenizer)
        at += count


def join_sentences(rows: Sequence[dict[str, Any]], joint: str, tokenizer: Tokenizer) -> Document:
    """One document of several sentences, each an anchor of its own."""
    text = joint.join(row["text"] for row in rows)
    pieces = split_pieces(text, tokenizer)
    units = UnitIndex(pieces)
    count = len(pieces.units)
    labels = {layer: np.full(count, IGNORE, dtype=np.int64) for layer in LAYERS}
    anchors, at = [], 0
    for row in rows:
        low, high = units.of((at, at + len(row["text"])))
        anchors.append(((low, high), row["text"]))
        if "entities" in row:
            labels["name"][low:high] = 0
        for start, end, kind in row.get("entities", ()):
            first, last = units.of((at + start, at + end))
            labels["name"][first:last] = NAMES[f"I-{kind}"]
            labels["name"][first : first + 1] = NAMES[f"B-{kind}"]
        at += len(row["text"]) + len(joint)
    anchors = [anchor for anchor in anchors if anchor[0][0] < anchor[0][1]]
    return Document(text, pieces, labels, read_layout(text, pieces).sentences, [], anchors)


def cut_examples(document: Document, rng: random.Random | None = None) -> Iterator[Example]:
    """The windows of a document; with `rng` the first is of any length, which moves all seams."""
    pieces = document.pieces
    first = rng.randint(80, 250) if rng is not None else None
    for window in cut_windows(document.text, pieces, first=first):
        low, high = np.searchsorted(pieces.units, [window.start, window.end])
        if low == high:
            continue
        move = lambda span: (span[0] - low, min(span[1], high) - low)  # noqa: B023, E731
        within = lambda span: low <= span[0] < high  # noqa: B023, E731
        links = [
            {
                role: [move(s) for s in spans if within(s)]
                if any(map(within, spans)) or not spans
                else None
                for role, spans in link.items()
            }
            for link in document.links
        ]
        yield Example(
            ids=pieces.ids[window.start : window.end],
            units=pieces.units[low:high] - window.start,
            labels={name: values[low:high] for name, values in document.labels.items()},
            sentences=document.sentences[low:high],
            links=[link for link in links if any(link.get(role) for role in ASKING)],
            anchors=[
                (move(span), text)
                for span, text in document.anchors
                if low <= span[0] and span[1] <= high
            ],
        )
