"""Who speaks in a transcript, told from its layout: "NAME: what was said"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.domain import Attribution, Report, Span
from onrecord.text import paragraph_spans

LEAST_TURNS = 2
"""Labelled paragraphs that make a text a transcript; a single one may be a heading."""

_LABEL = re.compile(r"(?P<who>[^\W\d_](?:[^:：\n]{0,78}[\w).’'])?)\s?(?:：\s*|:(?:\s+(?=\S)|$))")
_TAIL = re.compile(r"\s*\([^()]*\)$")
_MOST_WORDS = 8
_LONGEST_PARTICLE = 3


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph with the name it opens with, if any, and where the words after that begin."""

    span: Span
    label: Span | None
    begin: int


def find_turns(report: Report) -> list[Attribution]:
    """One attribution a paragraph of each turn, with the label that it stands under.

    Empty for a report that isn't primary or isn't laid out in turns. A label may stand on a line
    of its own. Paragraphs outside lead and body (notes, addresses) belong to no turn, nor do notes
    in brackets and last lines, which don't end as a sentence does.
    """
    if report.kind != "primary":
        return []
    spoken = [zone.span for zone in report.zones if zone.kind in ("body", "lead")]
    paragraphs = [
        _find_label(report.text, span)
        for span in paragraph_spans(report.text)
        if any(start <= span[0] < end for start, end in spoken)
    ]
    speakers = _choose_speakers(report.text, [one.label for one in paragraphs if one.label])
    turns: list[Attribution] = []
    source: Span | None = None
    for one in paragraphs:
        begin, end = one.span
        if one.label in speakers:
            source, begin = one.label, one.begin
        if source is None or begin == end:
            continue
        if one.label in speakers or _ends_sentence(report.text[begin:end]):
            turns.append(Attribution(content=((begin, end),), source=(source,)))
    return turns


def _find_label(text: str, paragraph: Span) -> _Paragraph:
    match = _LABEL.match(text, *paragraph)
    if match is None or len(match["who"].split()) > _MOST_WORDS:
        return _Paragraph(paragraph, None, paragraph[0])
    start = match.start("who")
    who = _TAIL.sub("", match["who"])
    return _Paragraph(paragraph, (start, start + len(who)), match.end())


def _choose_speakers(text: str, labels: Sequence[Span]) -> frozenset[Span]:
    """The labels that name who speaks; none where the text isn't laid out in turns.

    Where labels are set in capitals, one that isn't counts only if it recurs ("Let me be clear:"
    opens a sentence). Else one of several labels must recur, and the others look like names.
    """
    words = {label: text[label[0] : label[1]] for label in labels}
    counts = Counter(words.values())
    capitals = {label for label, word in words.items() if word.isupper()}
    recurring = {label for label, word in words.items() if counts[word] > 1}
    if len(capitals) * 2 >= len(words):
        chosen = capitals | recurring
    elif recurring and len(counts) > 1:
        chosen = recurring | {label for label, word in words.items() if _looks_like_name(word)}
    else:
        return frozenset()
    return frozenset(chosen) if len(chosen) >= LEAST_TURNS else frozenset()


def _looks_like_name(label: str) -> bool:
    """Whether all words but short ones ("of", "von") begin with a capital, if there are any."""
    return not any(word[0].islower() and len(word) > _LONGEST_PARTICLE for word in label.split())


def _ends_sentence(paragraph: str) -> bool:
    return paragraph[-1] in '.!?…”"»’。！？'
