"""Scores -> spans -> attributions.

1. Each layer's best sequence of BIO labels (Viterbi 1967), where opening a span costs something.
2. Each content asks for its cue and its source, each cue for its source.
3. Neighbouring contents that share a cue are fragments of one content.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Attribution, Name, Span
from onrecord.tagging.heads import BIO, LAYERS, POINTERS, Heads, place_candidates
from onrecord.tagging.layout import Layout
from onrecord.tagging.sequences import decode_tags, log_softmax
from onrecord.tagging.windows import Pieces

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

REACH = 160
"""How many units away a cue or source may be: about a window, which is what training saw."""

QUOTED_UNITS = 7
"""Words and marks, the quotation marks among them, that make a quotation of a title or a term."""

FRAGMENTS_APART = 40
"""How many units fragments of one content may be apart; 99 in 100 are nearer in both corpora."""

NameType = Literal["person", "organisation", "place"]

NAME_TYPES: Mapping[str, NameType] = {"PER": "person", "ORG": "organisation", "LOC": "place"}

UNASKED = -20.0
"""What stands for the log-probability of a candidate that is out of reach."""


@dataclass(frozen=True, slots=True)
class StartCosts:
    """What opening a span costs in each layer, in nats. Tuned on training reports."""

    content: float = 0.0
    inner: float = 0.0
    source: float = 0.0
    cue: float = 0.0
    addressee: float = 0.0


@dataclass(frozen=True, slots=True)
class Scored:
    """One report's vectors and tag scores by unit, and its layout."""

    pieces: Pieces
    vectors: Floats
    tags: Mapping[str, Floats]
    layout: Layout


@dataclass(frozen=True, slots=True)
class Found:
    """A span of units with the mean probability of its labels."""

    units: Span
    score: float


def find_spans(
    scores: Floats, labels: Sequence[str], start_cost: float, breaks: Sequence[int] = ()
) -> list[tuple[Found, str]]:
    """The labelled spans of one layer, in order, with their kinds ("" in a layer of one kind)."""
    tags = decode_tags(scores, labels, start_cost, breaks)
    chosen = np.exp(log_softmax(scores))[np.arange(len(tags)), tags] if tags else scores
    starts = [i for i, tag in enumerate(tags) if labels[tag][0] == "B"]
    spans = []
    for start in starts:
        end = start + 1
        while end < len(tags) and labels[tags[end]][0] == "I":
            end += 1
        spans.append(
            (Found((start, end), float(chosen[start:end].mean())), labels[tags[start]][2:])
        )
    return spans


def decode_names(scored: Scored) -> tuple[Name, ...]:
    """The names in a report. Two of one type with nothing or a space between them are one."""
    joined: list[tuple[Found, str]] = []
    for found, kind in find_spans(scored.tags["name"], LAYERS["name"], 0.0, scored.layout.breaks):
        if joined and joined[-1][1] == kind and _go_on(joined[-1][0], found, scored):
            before, _ = joined.pop()
            units = before.units[0], found.units[1]
            found = Found(units, min(before.score, found.score))  # noqa: PLW2901
        joined.append((found, kind))
    return tuple(
        Name(_characters(scored.pieces, found.units), NAME_TYPES[kind], found.score)
        for found, kind in joined
    )


def _go_on(one: Found, other: Found, scored: Scored) -> bool:
    """Whether the second follows the first in its line with a space at most between."""
    last, start = one.units[1] - 1, other.units[0]
    spans, lines = scored.pieces.unit_spans, scored.layout.lines
    near = start - last == 1 and spans[start][0] - spans[last][1] <= 1
    return near and bool(lines[start] == lines[last])


def decode_attributions(scored: Scored, heads: Heads, costs: StartCosts) -> list[Attribution]:
    """The attributions of a report in the order of their contents, each with its fragments."""
    if not len(scored.vectors):
        return []
    spans = {
        role: [
            found
            for found, _ in find_spans(
                scored.tags[role], BIO, getattr(costs, role), scored.layout.breaks
            )
        ]
        for role in ("content", "inner", "source", "cue", "addressee")
    }
    spans["content"] = fit_quotations(spans["content"], scored)
    linker = _Linker(scored, heads, spans)
    groups = linker.group_contents()
    attributions = [linker.build(contents, cue) for contents, cue in groups]
    attributions += [linker.build_inner(found, groups) for found in spans["inner"]]
    return sorted(attributions, key=lambda a: (a.content[0], a.inner))


def fit_quotations(contents: list[Found], scored: Scored) -> list[Found]:
    """The contents fitted to the quotation marks of the page.

    A content that opens with a quotation and runs on into the next line ends with the quotation.
    Long quotations in which the tagger saw no content are contents all the same: they are
    somebody's, above all in languages that it wasn't trained on; their low score stays with them.
    """
    layout = scored.layout
    ends = dict(layout.quotations)
    fitted = [_end_quotation(found, ends, layout) for found in contents]
    taken = {unit for found in fitted for unit in range(*found.units)}
    chance = np.exp(log_softmax(scored.tags["content"]))[:, 1:].sum(1)
    missed = [
        Found((start, end), float(chance[start:end].mean()))
        for start, end in layout.quotations
        if end - start >= QUOTED_UNITS and taken.isdisjoint(range(start, end))
    ]
    return sorted([*fitted, *missed], key=lambda found: found.units)


def _end_quotation(found: Found, ends: Mapping[int, int], layout: Layout) -> Found:
    start, end = found.units
    close = ends.get(start, ends.get(start - 1, end))
    if close < end and layout.lines[close - 1] != layout.lines[end - 1]:
        return Found((start, close), found.score)
    return found


def _characters(pieces: Pieces, units: Span) -> Span:
    return pieces.unit_spans[units[0]][0], pieces.unit_spans[units[1] - 1][1]


class _Linker:
    """Links the spans of one report."""

    def __init__(self, scored: Scored, heads: Heads, spans: Mapping[str, list[Found]]) -> None:
        self.scored = scored
        self.heads = heads
        self.spans = spans
        self.size = scored.vectors.shape[1]
        self.starts = {role: [found.units[0] for found in spans[role]] for role in spans}
        self.keys = {
            pointer: heads.read_keys(pointer, self._ends(spans[role]))
            for pointer, (_, role) in POINTERS.items()
            if role in spans
        }

    def group_contents(self) -> list[tuple[list[Found], Found | None]]:
        """Contents with their cue; neighbours that ask for the same cue together.

        What is signed (with a dash and a name) is complete: what follows is somebody else's.
        """
        groups: list[tuple[list[Found], Found | None]] = []
        for content in self.spans["content"]:
            cue = self._choose("cue", self._ask("content_cue", content))
            if cue is not None and groups and groups[-1][1] == cue:
                before = groups[-1][0]
                near = content.units[0] - before[-1].units[1] <= FRAGMENTS_APART
                if near and self._find_signature(before[-1]) is None:
                    before.append(content)
                    continue
            groups.append(([content], cue))
        return groups

    def build(self, contents: list[Found], cue: Found | None) -> Attribution:
        """One attribution: the source is what content and cue together point at."""
        scores = self._ask("content_source", contents[0])
        if cue is not None:
            scores = scores + self._ask("cue_source", cue)
        signature = self._find_signature(contents[-1])
        source = signature or self._choose("source", scores)
        return Attribution(
            content=self._spans(contents),
            cue=self._spans([cue]) if cue else (),
            source=self._spans([source]) if source else (),
            addressee=self._addressee(cue),
            score=float(np.mean([found.score for found in contents])),
            source_score=1.0 if signature else _share_of_best(scores),
        )

    def build_inner(
        self, inner: Found, groups: Sequence[tuple[list[Found], Found | None]]
    ) -> Attribution:
        """An attribution inside another's content, with that one's cue and source.

        Training links no inner contents, so that the pointers can't be asked for their own.
        """
        around = next((group for group in groups if any(_inside(inner, c) for c in group[0])), None)
        if around is None:
            return self.build([inner], None)
        outer = self.build(*around)
        return replace(
            outer, content=self._spans([inner]), addressee=(), inner=True, score=inner.score
        )

    def _find_signature(self, content: Found) -> Found | None:
        """The source set off by a dash right after a content ("“…” — Ann Lee")."""
        layout, end = self.scored.layout, content.units[1]
        dashes = [unit for unit in (end, end + 1) if unit in layout.dashes]
        for source in self.spans["source"] if dashes else ():
            start = source.units[0]
            if start == dashes[0] + 1 and layout.lines[start] == layout.lines[end - 1]:
                return source
        return None

    def _addressee(self, cue: Found | None) -> tuple[Span, ...]:
        if cue is None:
            return ()
        near = [a for a in self.spans["addressee"] if self._same_sentence(a, cue)]
        near.sort(key=lambda a: abs(a.units[0] - cue.units[0]))
        return self._spans(near[:1])

    def _same_sentence(self, one: Found, other: Found) -> bool:
        sentences = self.scored.layout.sentences
        return bool(sentences[one.units[0]] == sentences[other.units[0]])

    def _spans(self, founds: Sequence[Found]) -> tuple[Span, ...]:
        return tuple(_characters(self.scored.pieces, found.units) for found in founds)

    def _ask(self, pointer: str, asking: Found) -> Floats:
        """The log-probabilities of what a span points at: nothing, and each candidate."""
        role = POINTERS[pointer][1]
        low = bisect_left(self.starts[role], asking.units[0] - REACH)
        high = bisect_right(self.starts[role], asking.units[0] + REACH)
        near = [found.units for found in self.spans[role][low:high]]
        places = place_candidates(asking.units, near, self.scored.layout.sentences)
        keys = self.keys[pointer][low:high]
        found = self.heads.weigh_keys(pointer, self._ends([asking])[0], keys, places)
        scores = np.full(1 + len(self.starts[role]), UNASKED)
        scores[0], scores[1 + low : 1 + high] = found[0], found[1:]
        return scores

    def _choose(self, role: str, scores: Floats) -> Found | None:
        best = int(scores.argmax())
        return self.spans[role][best - 1] if best else None

    def _ends(self, founds: Sequence[Found]) -> Floats:
        """The vectors of each span's first and last unit, one after the other."""
        edges = np.array([found.units for found in founds], dtype=np.int64).reshape(-1, 2) - [0, 1]
        ends: Floats = self.scored.vectors[edges].reshape(len(founds), 2 * self.size)
        return ends


def _share_of_best(scores: Floats) -> float:
    """The probability of the likeliest candidate, from unnormalised log-probabilities."""
    return float(1 / np.exp(scores - scores.max()).sum())


def _inside(inner: Found, outer: Found) -> bool:
    return outer.units[0] <= inner.units[0] and inner.units[1] <= outer.units[1]
