"""Cue words of the word lists, and verbs that stand in two places of a clause.

In an entry `*` inside a word stands for any letters, by itself for anything between the two parts
of one verb ("warf * vor"). The tagger often marks only one of the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain import Span
from onrecord.text import overlap

Pattern = re.Pattern[str]
_CLAUSE_END = re.compile(r"[,:;–—\n\0]|[.!?](?=\s|\Z)")
_SENTENCE_END = re.compile(r"[.!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a list: its words, and a pattern for each of its parts."""

    words: str
    parts: tuple[Pattern, ...]

    def find(self, clause: str, cues: Sequence[Span]) -> Span | None:
        """Where the entry stands in a clause, if it does so in one of the `cues` at least.

        A verb in one part has to lie within the words of the cue; of one in two parts either does.
        """
        if len(self.parts) == 1:
            return self._find_whole(clause, cues)
        first, last = self.parts
        for one in first.finditer(clause):
            for other in last.finditer(clause, one.end()):
                if _SENTENCE_END.search(clause, one.end(), other.start()):
                    break
                if any(overlap(m.span(), span) for m in (one, other) for span in cues):
                    return one.start(), other.end()
        return None

    def _find_whole(self, clause: str, cues: Sequence[Span]) -> Span | None:
        for start, end in cues:
            found = self.parts[0].search(clause, start, end)
            if found is not None:
                return found.span()
        return None


def widen_auxiliaries(
    clause: str, cues: Sequence[Span], auxiliaries: frozenset[str]
) -> tuple[Span, ...]:
    """The spans of a cue, one that is an auxiliary alone drawn out to the end of its clause.

    The tagger often marks "hatte" and not the "vorgeworfen" that goes with it.
    """
    if any(clause[start:end].casefold() not in auxiliaries for start, end in cues):
        return tuple(cues)
    widened = []
    for start, end in cues:
        edge = _CLAUSE_END.search(clause, end)
        widened.append((start, len(clause) if edge is None else edge.start()))
    return tuple(widened)


@dataclass(frozen=True, slots=True)
class CueList:
    """A list of entries, with patterns that tell at once where none of them can be."""

    whole: tuple[Cue, ...]
    split: tuple[Cue, ...]
    any_whole: Pattern
    any_split: Pattern

    def find_all(self, clause: str, cues: Sequence[Span]) -> Iterator[tuple[Cue, Span]]:
        """The entries that the spans of a cue touch, and where they stand in the clause."""
        entries: list[Cue] = []
        if any(self.any_whole.search(clause, start, end) for start, end in cues):
            entries += self.whole
        if cues and self.any_split.search(clause):
            entries += self.split
        for entry in entries:
            found = entry.find(clause, cues)
            if found is not None:
                yield entry, found

    def find_first(self, clause: str, cues: Sequence[Span]) -> Span | None:
        """Where the first of the entries stands that a cue touches; None where none does."""
        return next((span for _, span in self.find_all(clause, cues)), None)


def compile_cues(entries: Iterable[str]) -> CueList:
    """The entries of a list, ready for use."""
    cues = [Cue(words, tuple(map(_compile, words.split(" * ")))) for words in entries]
    whole = tuple(cue for cue in cues if len(cue.parts) == 1)
    split = tuple(cue for cue in cues if len(cue.parts) > 1)
    return CueList(whole, split, _join(whole), _join(split))


def _compile(words: str) -> Pattern:
    escaped = re.escape(words.replace("’", "'")).replace("'", "['’ʼ]")
    escaped = escaped.replace(r"\*", r"\w*").replace(r"\ ", r"\s+")
    return re.compile(rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)


def _join(cues: Sequence[Cue]) -> Pattern:
    """A pattern for the first part of any of the entries."""
    joined = "|".join(cue.parts[0].pattern for cue in cues)
    return re.compile(joined or "(?!)", re.IGNORECASE)
