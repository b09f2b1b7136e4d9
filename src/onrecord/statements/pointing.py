"""Whether the source that the tagger points at can be that of a content, by where the two stand.

Counted on wikinews-de.dev with the shipped weights: of sources in the sentence of their content
nine in ten are right; in the sentence before, three in four; in the one after, three in ten; and
further off, hardly any.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.domain import Attribution, Span
from onrecord.text import CLOSING, STRAIGHT, cut_out, merge_spans, overlap, sentence_spans

Distance = Literal["near", "before", "after", "far"]

_QUOTED = CLOSING + STRAIGHT + "“‘"
_DASHES = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class Layout:
    """A report's text with its attributions and the starts of its sentences.

    Sentences that begin within a content don't count: a quotation is as long as it is.
    """

    text: str
    attributions: Sequence[Attribution]
    starts: Sequence[int]

    @classmethod
    def of(cls, text: str, attributions: Sequence[Attribution]) -> Layout:
        """The layout of a text."""
        contents = merge_spans(
            (span for found in attributions if not found.inner for span in found.content), gap=-1
        )
        opens = [start for start, _ in contents]
        starts = []
        for start, _ in sentence_spans(text):
            near = bisect_right(opens, start - 1) - 1
            if near < 0 or contents[near][1] <= start:
                starts.append(start)
        return cls(text, attributions, starts)

    def sentence(self, place: int) -> int:
        """The number of the sentence that a place is in."""
        return bisect_right(self.starts, place)

    def judge(self, attribution: Attribution) -> Distance:
        """How far the source is: near enough, in the sentence before or after, or too far."""
        if not attribution.source:
            return "near"
        away = self._count_sentences(attribution)
        if away == 0 or self._touches(attribution):
            return "near"
        if away == 1:
            return "near" if self._is_repeated(attribution) else "before"
        if away == -1 and attribution.cue and not self._is_taken(attribution):
            return "after"
        return "far"

    def _count_sentences(self, attribution: Attribution) -> int:
        """How many sentences before the content the source is; below 0 where it comes after."""
        source = self.sentence(attribution.source[0][0])
        first = self.sentence(attribution.content[0][0])
        last = self.sentence(attribution.content[-1][1] - 1)
        ends = {self.sentence(p) for a, b in attribution.content for p in (a, b - 1)}
        if source in ends or first <= source <= last:
            return 0
        return first - source if source < first else last - source

    def _is_repeated(self, attribution: Attribution) -> bool:
        """Whether the words of the source stand again before the content, in its own sentence."""
        start = attribution.content[0][0]
        opening = self.starts[self.sentence(start) - 1]
        source = attribution.source[0]
        return self.text[source[0] : source[1]] in self.text[opening:start]

    def _touches(self, attribution: Attribution) -> bool:
        """Whether no word but the cue parts the source from a quotation before or after it."""
        source, content = attribution.source, attribution.content
        if source[-1][1] <= content[0][0]:
            gap = (source[-1][1], content[0][0])
            between = self._read(gap, attribution.cue)
            return ":" in between and not _has_words(between)
        if content[-1][1] <= source[0][0]:
            between = self._read((content[-1][1], source[0][0]), attribution.cue)
            around = self.text[content[-1][1] - 1] + between
            quoted = any(mark in _QUOTED for mark in around) or between.strip()[-1:] in _DASHES
            return quoted and not _has_words(between) and not self._is_taken(attribution)
        return True

    def _read(self, gap: Span, cue: Sequence[Span]) -> str:
        return "".join(self.text[start:end] for start, end in cut_out([gap], cue))

    def _is_taken(self, attribution: Attribution) -> bool:
        """Whether something else in the source's own sentence is said by the same source."""
        sentence = self.sentence(attribution.source[0][0])
        return any(
            other is not attribution
            and any(overlap(a, b) for a in other.source for b in attribution.source)
            and any(self.sentence(p) == sentence for a, b in other.content for p in (a, b - 1))
            for other in self.attributions
        )


def drop_far_sources(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions without sources that are too far off, and without the cues beside these."""
    layout = Layout.of(text, attributions)
    return tuple(
        found if layout.judge(found) != "far" else _drop_source(found, layout)
        for found in attributions
    )


def find_doubtful(text: str, attributions: Sequence[Attribution]) -> dict[int, Distance]:
    """The numbers of those whose source stands in a sentence next to the content, with which."""
    layout = Layout.of(text, attributions)
    judged = {number: layout.judge(found) for number, found in enumerate(attributions)}
    return {number: one for number, one in judged.items() if one in ("before", "after")}


def _drop_source(attribution: Attribution, layout: Layout) -> Attribution:
    ends = {layout.sentence(p) for a, b in attribution.content for p in (a, b - 1)}
    cue = tuple(span for span in attribution.cue if layout.sentence(span[0]) in ends)
    return replace(attribution, source=(), cue=cue)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)
