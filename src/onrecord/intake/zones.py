"""What each stretch of a report's text is: title, lead, body, caption, byline or furniture.

By rule, from layout and from the phrase lists of all languages; a language without a file gets by
on layout. What looks like nothing in particular is body: words that are read for nothing cost less
than words that are missed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.domain import Span, Zone, ZoneKind
from onrecord.intake.bylines import is_agency_line, is_author_line, is_date_line, is_signature
from onrecord.intake.captions import is_caption, is_credit
from onrecord.intake.furniture import is_furniture, is_row
from onrecord.intake.lines import Line, split_lines
from onrecord.intake.phrases import load_phrases, normalise_line
from onrecord.intake.titles import find_title
from onrecord.text import QUOTES, overlap

Kinds = list[ZoneKind | None]

_LIST_ITEMS = 8  # how many headlines a list under "Read also" has at most
_CAPTION = 300  # characters of a caption that only its neighbours show to be one
_LONG = 20  # words of a paragraph that is surely the report's own
_LEFT_OVER = 8  # words of a line beside the body that is no part of it
_BULLETS = "-–—•*·▪"


def mark_zones(
    text: str, *, title: str | None = None, hints: Sequence[Zone] = ()
) -> tuple[Zone, ...]:
    """The zones of `text`, in order, which together cover all of it.

    `title` is the title that came with the report; `hints` are zones known from mark-up, in
    order and apart from each other.

    1. what the mark-up says, and lines that the phrase lists know as furniture or captions;
    2. captions by their company: right over a photo credit, or printed twice beside one;
    3. lists under "Read also", and all that follows "Leave a reply";
    4. bylines, above the body or below it: agencies, authors, dates;
    5. the title: the first line that looks like one;
    6. labels around the title, and short lines left over after the body: furniture;
    7. the first thing that remains is the lead, if more remains; the rest is body.
    """
    lines = split_lines(text)
    if len(lines) <= 1:
        return (Zone("body", (0, len(text))),) if text else ()
    kinds: Kinds = [_find_hint(line.span, hints) or _recognise(line) for line in lines]
    _mark_captions(lines, kinds)
    _mark_sections(lines, kinds)
    _mark_bylines(lines, kinds)
    _mark_title(lines, kinds, title)
    _mark_head(lines, kinds)
    _mark_tail(lines, kinds)
    return tuple(_tile(len(text), lines, _settle(kinds)))


def _find_hint(span: Span, hints: Sequence[Zone]) -> ZoneKind | None:
    """The kind of the hint that covers most of a line."""
    at = bisect_right(hints, span[0], key=lambda hint: hint.span[0])
    for hint in hints[max(0, at - 1) : at + 1]:
        if overlap(span, hint.span) * 2 > span[1] - span[0]:
            return hint.kind
    return None


def _recognise(line: Line) -> ZoneKind | None:
    """What the words of a line show it to be, wherever it stands."""
    if is_credit(line.text) or is_furniture(line):
        return "furniture"
    if is_row(line) and not _is_byline(line, bare=True):
        return "furniture"
    return "caption" if is_caption(line.text) else None


def _mark_captions(lines: list[Line], kinds: Kinds) -> None:
    printed = Counter(line.text for line in lines)
    credited = {index for index, line in enumerate(lines) if is_credit(line.text)}
    pictures = credited | {index for index, kind in enumerate(kinds) if kind == "caption"}
    opened = False
    for index, line in enumerate(lines):
        if kinds[index] is not None:
            continue
        beside = pictures & {index - 2, index - 1, index + 1, index + 2}
        twice = printed[line.text] > 1 and beside
        over = index + 1 in credited and lines[index + 1].adjacent and not line.sentences
        if line.words > 3 and len(line.text) <= _CAPTION and (twice or (over and opened)):
            kinds[index] = "caption"
        else:
            opened = True


def _mark_sections(lines: list[Line], kinds: Kinds) -> None:
    phrases = load_phrases()
    before, after = 0, sum(len(line.text) for line in lines)
    for index, line in enumerate(lines):
        before += len(line.text) if line.prose else 0
        after -= len(line.text)
        if kinds[index] != "furniture":
            continue
        words = normalise_line(line.text)
        if words in phrases.ends and before > after:
            kinds[index:] = ["furniture"] * (len(lines) - index)
            return
        if words in phrases.sections:
            _mark_list(lines, kinds, index + 1)


def _mark_list(lines: list[Line], kinds: Kinds, begin: int) -> None:
    """The headlines from `begin` on, up to the first line that is none."""
    for index in range(begin, min(begin + _LIST_ITEMS, len(lines))):
        line = lines[index]
        if kinds[index] is not None or not (line.headline or line.label) or line.sentences:
            return
        kinds[index] = "furniture"


def _find_body(lines: list[Line], kinds: Kinds) -> tuple[int, int] | None:
    """The indexes of the first and last lines of running text; None where there is none.

    A long paragraph opens the body where there is one: subtitles can be sentences too.
    """
    prose = [index for index, line in enumerate(lines) if kinds[index] is None and line.prose]
    if not prose:
        return None
    long = [index for index in prose if lines[index].words >= _LONG]
    return (long or prose)[0], prose[-1]


def _mark_bylines(lines: list[Line], kinds: Kinds) -> None:
    """Bylines stand above the body, right under its first line or below its last."""
    first, last = _find_body(lines, kinds) or (len(lines), 0)
    head_end = next((at for at in range(first + 1, len(lines)) if lines[at].prose), len(lines))
    opened = False
    for index, line in enumerate(lines):
        if kinds[index] is not None:
            opened = opened or kinds[index] == "title"
        elif (index < head_end or index > last) and _is_byline(line, bare=opened):
            kinds[index] = "byline"
        else:
            opened = True


def _is_byline(line: Line, *, bare: bool) -> bool:
    return (
        is_agency_line(line.text) or is_date_line(line.text) or is_author_line(line.text, bare=bare)
    )


def _mark_title(lines: list[Line], kinds: Kinds, title: str | None) -> None:
    if "title" in kinds:
        return
    first, _ = _find_body(lines, kinds) or (len(lines), 0)
    index = find_title(lines, kinds, body=first, title=title)
    if index is None:
        return
    for other, line in enumerate(lines):
        if normalise_line(line.text) == normalise_line(lines[index].text):
            kinds[other] = "furniture"
    kinds[index] = "title"


def _mark_head(lines: list[Line], kinds: Kinds) -> None:
    """What stands above the body: furniture over the title; authors and labels under it."""
    body = _find_body(lines, kinds)
    if body is None:
        return
    title = kinds.index("title") if "title" in kinds else -1
    printed = Counter(line.text for line in lines)
    signed = False
    for index in range(body[0]):
        line = lines[index]
        signed = signed or (index > title and kinds[index] == "byline")
        # A label that comes again may be a speaker's, in a transcript.
        if kinds[index] is not None or printed[line.text] > 1:
            continue
        if index < title:
            kinds[index] = "furniture"
        elif is_signature(line.text) or (signed and _is_left_over(line)):
            kinds[index] = "byline"
        elif line.label:
            kinds[index] = "furniture"


def _mark_tail(lines: list[Line], kinds: Kinds) -> None:
    """What stands below the body: once furniture begins there, no short line is body again."""
    body = _find_body(lines, kinds)
    if body is None:
        return
    left = [index for index, kind in enumerate(kinds) if kind is None]
    end = max((index for index in left if _is_solid(lines[index])), default=body[1])
    begun = False
    for index in range(end + 1, len(lines)):
        line = lines[index]
        begun = begun or kinds[index] == "furniture"
        if kinds[index] is None and (begun or _is_left_over(line)):
            kinds[index] = "furniture"


def _is_solid(line: Line) -> bool:
    """Whether a line is so long, or quotes, that it is the report's own wherever it stands."""
    return line.prose and (line.words >= _LONG or any(mark in line.text for mark in QUOTES))


def _is_left_over(line: Line) -> bool:
    if line.ends or line.mark in ":," or line.text[0] in _BULLETS:
        return False
    return line.words <= _LEFT_OVER and not any(mark in line.text for mark in QUOTES)


def _settle(kinds: Kinds) -> list[ZoneKind]:
    """What is left: the lead, where more than one line is, and the body."""
    left = [index for index, kind in enumerate(kinds) if kind is None]
    settled: list[ZoneKind] = [kind or "body" for kind in kinds]
    if len(left) > 1 and "lead" not in kinds:
        settled[left[0]] = "lead"
    return settled


def _tile(length: int, lines: list[Line], kinds: list[ZoneKind]) -> Iterator[Zone]:
    """Zones over runs of lines of one kind; white space goes with the line before it."""
    start = 0
    for index, kind in enumerate(kinds):
        if index + 1 == len(kinds):
            yield Zone(kind, (start, length))
        elif kinds[index + 1] != kind:
            yield Zone(kind, (start, lines[index + 1].span[0]))
            start = lines[index + 1].span[0]
