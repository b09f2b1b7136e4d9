"""Where a text has quotation marks around words, in the marks of any language.

Read paragraph by paragraph: a mark opens or closes by its shape, by what stands on either side of
it and by what is open. An odd mark costs no more than its own paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from onrecord.domain import Span
from onrecord.text import merge_spans, paragraph_spans

CLOSERS = {
    "„": "“”\"‟''",
    "“": "”“\"''",
    "‟": '”“"',
    "”": "”",
    '"': "\"”“''",
    "''": "''",
    ",,": "''“”\"",
    "``": "''”\"",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‚": "‘’'",
    "‘": "’'",
    "'": "'’",
    "「": "」",
    "『": "』",
    "＂": "＂",
}
"""What may close each opening mark."""

_SINGLE = "‚‘'’‹›"
_MARK = re.compile(r"''|,,(?=\w)|``|[„“‟”\"«»‹›‚‘’'「」『』＂]")
_OPEN_ONLY = ("„", "‚", ",,", "``", "「", "『")
_APOSTROPHES = "'’‘"
_STRAIGHT = '"'
_DASHES = ("-", "–", "—", "―", "‒")
_BEFORE_SPEECH = " \u00a0\u202f.,;:"


@dataclass(frozen=True, slots=True)
class _Mark:
    glyph: str
    start: int
    end: int
    before: str
    after: str
    turn: str = ""

    @property
    def may_open(self) -> bool:
        """Nothing that belongs to a word stands before it, and something stands after it."""
        if self.turn:
            return self.turn == "open"
        if self.before.isalnum() or self.before in _CLOSING_POINTS:
            return self.glyph in ("„", "「", "『")
        return bool(self.after.strip()) or self.glyph == "«"

    @property
    def may_close(self) -> bool:
        """Something stands before it, and no word goes on after it."""
        if self.turn:
            return self.turn == "close"
        if self.glyph in ("»", "」", "』"):
            return True
        return bool(self.before.strip()) and not self.after.isalnum()


_CLOSING_POINTS = (".", ",", "!", "?", "…", ";")


@dataclass(slots=True)
class _Paragraph:
    span: Span
    marks: list[_Mark]
    found: list[tuple[Span, str]] = field(default_factory=list)
    open: list[_Mark] = field(default_factory=list)
    stray: _Mark | None = None


def quoted_spans(text: str) -> list[Span]:
    """The stretches between quotation marks, with their marks, the outermost only, in order.

    A quotation that goes on in the next paragraph, which then begins with the same mark or has only
    the closing one, gives a stretch for each paragraph. One whose closing mark is missing goes to
    the end of its paragraph; single marks without a partner count as apostrophes.
    """
    return list(_pair_all(text))


# Asked for by several stages, of the report at hand.
@lru_cache(maxsize=4)
def _pair_all(text: str) -> tuple[Span, ...]:
    paragraphs = [_read_paragraph(text, span) for span in paragraph_spans(text)]
    found: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        found += _finish_paragraph(text, paragraph, following)
    return tuple(_drop_inner(found))


def trim_marks(text: str, span: Span) -> Span:
    """The stretch without its quotation marks and the white space beside them."""
    start, end = span
    opening = _MARK.match(text, start, end)
    glyph = ""
    if opening is not None and opening.group() in CLOSERS:
        glyph = opening.group()
        start = opening.end()
    closers = CLOSERS.get(glyph, '”“"»’')
    if end - start >= 2 and text[end - 2 : end] == "''" and "''" in closers:
        end -= 2
    elif end > start and text[end - 1] in closers and (glyph or _is_odd(text, start, end)):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_odd(text: str, start: int, end: int) -> bool:
    """Whether the closing mark at the end of a stretch closes nothing that opens within it."""
    mark = text[end - 1]
    openers = [glyph for glyph, closers in CLOSERS.items() if mark in closers and glyph != mark]
    opened = sum(text.count(glyph, start, end) for glyph in openers)
    closed = text.count(mark, start, end)
    if not opened and mark in CLOSERS.get(mark, ""):
        return closed % 2 == 1
    return closed > opened


def is_closed(text: str, span: Span) -> bool:
    """Whether both ends of a stretch are told: by its marks, or by the dash before a speech."""
    opening = _MARK.match(text, *span)
    if opening is None:
        return text[: span[0]].rstrip(_BEFORE_SPEECH)[-1:] in _DASHES
    if opening.end() >= span[1]:
        return False
    return text[span[1] - 1] in CLOSERS.get(opening.group(), "")


def _read_paragraph(text: str, span: Span) -> _Paragraph:
    low, high = span
    marks = [
        _Mark(
            match.group(),
            match.start(),
            match.end(),
            text[match.start() - 1] if match.start() > low else "",
            text[match.end()] if match.end() < high else "",
        )
        for match in _MARK.finditer(text, low, high)
    ]
    marks = [mark for mark in marks if not _is_apostrophe(mark)]
    paragraph = _pair_marks(text, _Paragraph(span, marks))
    straight = sum(mark.glyph == _STRAIGHT for mark in marks)
    if straight % 2 == 0 and any(mark.glyph == _STRAIGHT for mark in paragraph.open):
        return _pair_marks(text, _Paragraph(span, marks), by_turns=True)
    return paragraph


def _pair_marks(text: str, paragraph: _Paragraph, *, by_turns: bool = False) -> _Paragraph:
    """The paragraph with its marks paired; straight ones open and close by turns if so told.

    That mends wire copy such as `it ends (...), "she said.`, where a blank is misplaced.
    """
    for number, mark in enumerate(paragraph.marks):
        is_open = any(opening.glyph == _STRAIGHT for opening in paragraph.open)
        turn = ("close" if is_open else "open") if by_turns and mark.glyph == _STRAIGHT else ""
        _take_mark(text, paragraph, replace(mark, turn=turn), paragraph.marks[number + 1 :])
    return paragraph


def _is_apostrophe(mark: _Mark) -> bool:
    return mark.glyph in _APOSTROPHES and mark.before.isalnum() and mark.after.isalnum()


def _take_mark(text: str, paragraph: _Paragraph, mark: _Mark, rest: Sequence[_Mark]) -> None:
    place = _find_partner(paragraph.open, mark)
    if place is not None and not _is_possessive(text, mark, rest):
        opening = paragraph.open[place]
        paragraph.found.append(((opening.start, mark.end), opening.glyph))
        del paragraph.open[place:]
    elif _opens(mark, paragraph.open):
        paragraph.open.append(mark)
    elif mark.glyph in '”“"»' and not paragraph.open and not paragraph.found:
        paragraph.stray = paragraph.stray or mark


def _find_partner(waiting: Sequence[_Mark], mark: _Mark) -> int | None:
    """The place of the innermost open mark that this one closes."""
    if mark.glyph in _OPEN_ONLY or not mark.may_close:
        return None
    for place in range(len(waiting) - 1, -1, -1):
        if mark.glyph in CLOSERS[waiting[place].glyph]:
            return place
    return None


def _opens(mark: _Mark, waiting: Sequence[_Mark]) -> bool:
    if mark.glyph not in CLOSERS or not mark.may_open:
        return False
    if mark.glyph in ("»", "›"):
        return mark.after.isalnum() or mark.after in ("„", "“", "‚", "‘", "›", "…", "(", "[")
    if mark.glyph == "”":
        return not waiting and not mark.before.strip()
    return True


def _is_possessive(text: str, mark: _Mark, rest: Sequence[_Mark]) -> bool:
    """An apostrophe after a plural ("the allies' plan") inside single marks that close later."""
    if mark.glyph not in ("'", "’") or mark.before not in ("s", "x", "z"):
        return False
    follow = text[mark.end : mark.end + 2]
    if len(follow) < 2 or not follow[0].isspace() or not follow[1].islower():
        return False
    for later in rest:
        if later.glyph == mark.glyph and later.may_close:
            return True
        if later.glyph in ("'", "‘") and later.may_open:
            return False
    return False


def _finish_paragraph(text: str, paragraph: _Paragraph, following: _Paragraph | None) -> list[Span]:
    """The paragraph's stretches; an unclosed one goes to its end, and maybe on into the next."""
    found = [
        span for span, glyph in paragraph.found if glyph not in _SINGLE or _has_words(text, span)
    ]
    for mark in paragraph.open:
        goes_on = _goes_on(mark, following)
        later = any(
            span[0] > mark.start and glyph not in _SINGLE for span, glyph in paragraph.found
        )
        if not goes_on and (mark.glyph in _SINGLE or later):
            continue
        found.append((mark.start, paragraph.span[1]))
        if goes_on and following is not None and following.stray is not None:
            found.append((following.span[0], following.stray.end))
        break
    return found


def _goes_on(mark: _Mark, following: _Paragraph | None) -> bool:
    if following is None:
        return False
    if following.stray is not None and following.stray.glyph in CLOSERS[mark.glyph]:
        return True
    first = following.marks[0] if following.marks else None
    return first is not None and first.start == following.span[0] and first.glyph == mark.glyph


def _has_words(text: str, span: Span) -> bool:
    start, end = trim_marks(text, span)
    return sum(character.isalnum() for character in text[start:end]) >= 2


def _drop_inner(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
        elif span[1] > kept[-1][1]:
            kept[-1] = merge_spans((kept[-1], span))[0]
    return kept
