"""Where a report comes from: its outlet, the agencies it credits, and whether it is primary."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.domain import Span, Words, Zone
from onrecord.intake.bylines import find_name, is_place_and_date
from onrecord.intake.furniture import is_listed
from onrecord.intake.phrases import has_masthead_word, load_phrases, normalise_line
from onrecord.intake.places import find_prose, find_title_start, list_lines
from onrecord.text import QUOTES, paragraph_spans, trim_span

# "BERLIN, 3 March 2026 (dpa) -": what stands before the first dash of a report's first sentence.
_DATELINE = re.compile(r"([^\n()]{2,60}?)\s?(?:\(([^()\n]{2,40})\)\s*[-–—.:]|\s[-–—]|--)\s")
_SIGNED_AT_END = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\s*$")
_NAME = re.compile(r"[^\W\d_][\w.'’ -]{1,40}")
_OWNER = re.compile(
    r"(?:©|\(c\)|copyright)[\s©:]*(?:\d{4}\s*(?:[-–]\s*\d{4})?)?[\s,:]*([^.,|©\d]{2,60})",
    re.IGNORECASE,
)
_OPENING = 3  # lines among which the dateline is looked for: subtitles may come first
_MASTHEAD = 5  # words that a newspaper's name has at most


def find_credits(text: str, zones: Sequence[Zone]) -> tuple[Words, ...]:
    """The agencies that a report names as its origin, each once, where it is first named.

    In a byline ("SDA"), before the first sentence ("KYIV (Reuters) -") or after the last
    ("(dpa)"). Agencies under pictures or spoken of in the text are not its origin.
    """
    spans = [
        span
        for line in list_lines(text, zones, "byline")
        for span in _find_byline_credits(text, line)
    ]
    found: dict[str, Words] = {}
    for span in sorted([*spans, *_find_signatures(text, zones)]):
        found.setdefault(text[span[0] : span[1]].casefold(), Words.of(text, span))
    return tuple(found.values())


def find_dateline(text: str, zones: Sequence[Zone]) -> re.Match[str] | None:
    """The dateline that the report opens with: group 1 is place and date, group 2 the agency."""
    for span in find_prose(text, zones)[:_OPENING]:
        match = _DATELINE.match(text, *span)
        if match is not None and is_place_and_date(match.group(1)):
            return match
    return None


def find_outlet(text: str, zones: Sequence[Zone]) -> str | None:
    """The outlet that a report's masthead or copyright line names, where one clearly does."""
    furniture = list_lines(text, zones, "furniture")
    title = find_title_start(zones) or 0
    for span in furniture:
        if span[1] <= title and _is_outlet(text, span, zones):
            return text[span[0] : span[1]]
    for start, end in furniture:
        owner = _OWNER.search(text, start, end)
        if owner is not None and not is_listed(owner.group(1)):
            return owner.group(1).strip(QUOTES + " ")
    return None


def is_primary(text: str, zones: Sequence[Zone], *, title: str | None = None) -> bool:
    """Whether a report calls itself a transcript or press release, in or right over its title."""
    heading = load_phrases().primary
    if title is not None and heading.match(title):
        return True
    lines = paragraph_spans(text)
    starts = [start for start, _ in lines]
    place = find_title_start(zones)
    if place not in starts:
        return False
    index = starts.index(place)
    return any(heading.match(text, *span) for span in lines[max(0, index - 1) : index + 1])


def _find_byline_credits(text: str, line: Span) -> list[Span]:
    """Known agencies; else what calls itself one, or stands after "with material from"."""
    phrases = load_phrases()
    known = [match.span() for match in phrases.agency.finditer(text, *line)]
    if known:
        return known
    origin = phrases.origin.search(text, *line)
    start = origin.end() if origin is not None else find_name(text, line)
    return [
        trim_span(text, match.span())
        for match in _NAME.finditer(text, start, line[1])
        if origin is not None or phrases.agency_word.search(match.group())
    ]


def _find_signatures(text: str, zones: Sequence[Zone]) -> list[Span]:
    """Agencies in the dateline before the first sentence and in brackets after the last."""
    agency = load_phrases().agency
    prose = find_prose(text, zones)
    if not prose:
        return []
    found: list[Span] = []
    dateline = find_dateline(text, zones)
    if dateline is not None and dateline.group(2) is not None:
        # After "Jane Doe (Kremlin) -" only a known agency is one; after "KYIV (kd) -" any.
        place = dateline.group(1).split()[0]
        if place.isupper() or agency.fullmatch(dateline.group(2)):
            found.append(dateline.span(2))
    elif dateline is not None and agency.fullmatch(dateline.group(1)):
        found.append(dateline.span(1))
    signed = _SIGNED_AT_END.search(text, *prose[-1])
    if signed is not None and not re.search(r"[^\W\d_]", agency.sub("", signed.group(1))):
        found += [match.span() for match in agency.finditer(text, *signed.span(1))]
    return found


def _is_outlet(text: str, line: Span, zones: Sequence[Zone]) -> bool:
    """Whether a line over the title is the outlet's name.

    It has a word that only newspapers' names have; or it comes again in a credit or imprint; or it
    is the very first line and the site's menu follows.
    """
    name = text[line[0] : line[1]]
    words = name.split()
    if len(words) > _MASTHEAD or is_listed(name) or is_listed(words[0]):
        return False
    if has_masthead_word(name):
        return True
    again = re.compile(r"(?<!\w)" + re.escape(normalise_line(name)) + r"(?!\w)")
    around = list_lines(text, zones, "furniture", "caption")
    if any(one != line and again.search(text[one[0] : one[1]].casefold()) for one in around):
        return True
    following = [one for one in paragraph_spans(text) if one[0] >= line[1]][:2]
    return not text[: line[0]].strip() and any(is_listed(text[slice(*one)]) for one in following)
