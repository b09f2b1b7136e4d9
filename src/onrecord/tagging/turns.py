"""Who speaks in a transcript, told from its layout: "NAME: what was said"."""

from __future__ import annotations

import re
from collections import Counter

from onrecord.domain import Attribution, Report, Span
from onrecord.text import paragraph_spans

LEAST_TURNS = 2
"""Labelled paragraphs that make a text a transcript; a single one may be a heading."""

_LABEL = re.compile(r"(?P<who>[^\W\d_][^:\n]{0,78}[\w).’'])(?P<colon>\s?:)\s+(?=\S)")
_TAIL = re.compile(r"\s*\([^()]*\)$")
_MOST_WORDS = 8


def find_turns(report: Report) -> list[Attribution]:
    """One attribution a paragraph of each turn, with the label that it stands under.

    Empty for a report that isn't primary or isn't laid out in turns. Paragraphs outside lead and
    body (notes, addresses) belong to no turn.
    """
    if report.kind != "primary":
        return []
    spoken = [z.span for z in report.zones if z.kind in ("body", "lead")]
    paragraphs = [
        span
        for span in paragraph_spans(report.text)
        if any(start <= span[0] < end for start, end in spoken)
    ]
    labels = {span: label for span in paragraphs if (label := _find_label(report.text, span))}
    if len(labels) < LEAST_TURNS or not _look_like_names(report.text, list(labels.values())):
        return []
    turns: list[Attribution] = []
    label: Span | None = None
    for start, end in paragraphs:
        begin = start
        if (start, end) in labels:
            label = labels[start, end]
            begin = _LABEL.match(report.text, start, end).end()  # type: ignore[union-attr]
        if label is not None and _is_speech(report.text[begin:end]):
            turns.append(Attribution(content=((begin, end),), source=(label,)))
    return turns


def _find_label(text: str, paragraph: Span) -> Span | None:
    match = _LABEL.match(text, *paragraph)
    if match is None or len(match["who"].split()) > _MOST_WORDS:
        return None
    who = _TAIL.sub("", match["who"])
    return match.start("who"), match.start("who") + len(who)


def _look_like_names(text: str, labels: list[Span]) -> bool:
    """Whether the labels recur or are set in capitals, as headings before a colon rarely are."""
    words = [text[start:end] for start, end in labels]
    capitals = sum(word.upper() == word for word in words)
    return capitals * 2 >= len(words) or max(Counter(words).values()) > 1


def _is_speech(paragraph: str) -> bool:
    """A paragraph that ends as a sentence does; a note in brackets or a last line is none."""
    return paragraph.rstrip()[-1:] in '.!?…”"»’。！？'
