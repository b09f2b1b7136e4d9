"""A report as it is told: its sentences, what is narrated between contents, and who speaks where.

What occasions carried from one sentence to another are looked for in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.domain import Attribution, Mention, Report, Span
from onrecord.statements.clauses import BLANKED
from onrecord.statements.phrases import Phrase, find_phrases
from onrecord.statements.setting import Setting
from onrecord.text import merge_spans, sentence_spans

NO_WORDS = "the report does not say when"
"""The reason where no words tell, nor any lead to the statement from earlier sentences."""

_PASSED_OVER = frozenset({"furniture", "caption", "byline"})
_ENDS = '.!?…:;”“"»’)'


@dataclass(frozen=True)
class Telling:
    """A report with its attributions and, number by number, their speakers and settings.

    Without `speakers` or `settings` nothing is known of them.
    """

    report: Report
    attributions: Sequence[Attribution]
    speakers: Sequence[Mention | None] = ()
    settings: Sequence[Setting] = ()

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the report, in order."""
        return sentence_spans(self.report.text)

    @cached_property
    def narrated(self) -> str:
        """The report's text with all contents blanked out (U+0000), and what isn't its story."""
        text = self.report.text
        zones = [zone.span for zone in self.report.zones if zone.kind in _PASSED_OVER]
        contents = [span for each in self.attributions for span in each.content]
        for start, end in merge_spans([*zones, *contents]):
            text = text[:start] + BLANKED * (end - start) + text[end:]
        return text

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The words that say when, outside contents."""
        return find_phrases(self.narrated, self.report.language)

    def phrases_in(self, span: Span) -> list[Phrase]:
        """Those of them that a stretch of the text touches."""
        return [
            phrase
            for phrase in self.phrases
            if phrase.span[0] < span[1] and span[0] < phrase.span[1]
        ]

    def find_number(self, place: int) -> int:
        """The number of the sentence that holds a place, or else of the last before it, or -1."""
        return bisect_right(self.sentences, (place, len(self.report.text) + 1)) - 1

    def reach(self, number: int) -> Span:
        """From the first of an attribution's sentences to the end of its last."""
        begin, end = extent(self.attributions[number])
        first, last = self.find_number(begin), self.find_number(end - 1)
        low = self.sentences[first][0] if first >= 0 else begin
        return min(low, begin), max(self.sentences[last][1] if last >= 0 else end, end)

    def mention(self, number: int) -> Mention | None:
        """Who speaks, if that is certain."""
        found = self.speakers[number] if number < len(self.speakers) else None
        return found if found is not None and found.certain else None

    def setting(self, number: int) -> Setting:
        """To whom, through what and where it was said, as far as known."""
        return self.settings[number] if number < len(self.settings) else Setting()

    def is_parted(self, number: int) -> bool:
        """Whether other words that say when stand between an attribution's cue and its content."""
        attribution = self.attributions[number]
        spans = attribution.cue or attribution.source
        if not spans or not attribution.content:
            return False
        cue, content = (spans[0][0], spans[-1][1]), attribution.content
        between = (cue[1], content[0][0]) if cue[1] <= content[0][0] else (content[-1][1], cue[0])
        if between[0] >= between[1] or self.find_number(between[0]) == self.find_number(between[1]):
            return False
        low, high = self.sentence_at(cue[0])
        return any(
            phrase.span[0] >= high or phrase.span[1] <= low for phrase in self.phrases_in(between)
        )

    def sentence_at(self, place: int) -> Span:
        """The sentence that holds a place, or the last one before it."""
        number = self.find_number(place)
        return self.sentences[number] if number >= 0 else (0, 0)

    def count_lines(self, span: Span) -> int:
        """How many lines that aren't blank begin within a stretch."""
        rest = self.report.text[slice(*span)].split("\n")[1:]
        return sum(bool(line.strip()) for line in rest)

    def holds_heading(self, span: Span) -> bool:
        """Whether a line that isn't a sentence stands between the ends of a stretch."""
        lines = self.report.text[slice(*span)].split("\n")[1:-1]
        return any(line.strip() and line.rstrip()[-1] not in _ENDS for line in lines)


def extent(attribution: Attribution) -> Span:
    """From the beginning of its first words to the end of its last."""
    spans = (*attribution.content, *attribution.cue, *attribution.source)
    return min(start for start, _ in spans), max(end for _, end in spans)
