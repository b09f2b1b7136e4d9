"""Direct, mixed or indirect: told from the quotation marks, never from the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.domain import Span, StatementKind
from onrecord.lexicon import load_lexicon
from onrecord.quotations import is_closed, trim_marks
from onrecord.text import overlap, trim_span

_OUTER = ",;:，、 \t\r\n\u00a0\u202f–—"
_INNER = ",，、"
_WORD = re.compile(r"\w[\w'’]*")
_BLOCK_WORDS = 12
_CLOSERS = ("”", "“", "»", '"')
_BEFORE_SENTENCE = (".", "!", "?", "…", ":", "\n", "\r")


@dataclass(frozen=True, slots=True)
class Quoting:
    """The kind of a content, what of it stands in quotation marks, and the words it comes to.

    `quoted` leaves the marks out. `content` is what a statement gives: the quoted words of a
    direct one, otherwise the whole, marks and all.
    """

    kind: StatementKind
    quoted: tuple[Span, ...]
    content: tuple[Span, ...]


def read_quoting(
    text: str,
    content: Sequence[Span],
    quoted: Sequence[Span],
    *,
    language: str = "",
    names: Iterable[Span] = (),
) -> Quoting:
    """How a content is quoted, `quoted` being the `spoken_spans` of the whole text.

    Marks around nothing but one of `names` (a newspaper's, a ship's) don't count beside other
    words. Whole sentences up to a closing mark that nothing opened are direct. So is a content of
    whole paragraphs without any marks, a block quotation: in the first person, or after a colon.
    """
    content = [span for span in (trim_span(text, span) for span in content) if span[0] < span[1]]
    parts = _find_parts(text, content, quoted) or _find_unopened(text, content, quoted)
    outside = _count_letters(text, content) - _count_letters(text, parts)
    if outside > 0:
        titles = set(names)
        parts = [part for part in parts if part not in titles]
    if parts and outside <= 0:
        return Quoting("direct", tuple(parts), tuple(_trim(text, part, _INNER) for part in parts))
    whole = tuple(_trim_outside(text, span, quoted) for span in content)
    if parts:
        return Quoting("mixed", tuple(parts), whole)
    if _is_block(text, content, language):
        return Quoting("direct", tuple(content), whole)
    return Quoting("indirect", (), whole)


def extend_content(
    text: str,
    content: Sequence[Span],
    quoted: Sequence[Span],
    taken: Sequence[Span],
) -> tuple[Span, ...]:
    """A content that begins or ends inside a quotation, drawn out to the quotation's ends.

    Not across anything in `taken`, which are the contents of other attributions and this one's
    own cue and source, nor to the end of a quotation whose closing mark is missing.
    """
    extended = []
    for number, (start, end) in enumerate(content):
        others = [*taken, *content[:number], *content[number + 1 :]]
        low, high = start, end
        for span in quoted:
            if not overlap(span, (start, end)) or not is_closed(text, span):
                continue
            if span[0] < low and not _touches(text, (span[0], start), others):
                low = span[0]
            if span[1] > high and not _touches(text, (end, span[1]), others):
                high = span[1]
        extended.append((low, high))
    return tuple(extended)


def _touches(text: str, gap: Span, others: Sequence[Span]) -> bool:
    return any(_count_letters(text, [_cut(gap, other)]) for other in others if overlap(gap, other))


def _cut(one: Span, other: Span) -> Span:
    return max(one[0], other[0]), min(one[1], other[1])


def _find_parts(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """What of the content stands between marks; all of it where only one mark of two was tagged."""
    parts = []
    for fragment in content:
        for span in quoted:
            if not overlap(fragment, span):
                continue
            inside = trim_marks(text, span)
            start, end = _cut(fragment, inside)
            part = trim_span(text, (start, max(start, end)))
            if part == fragment != inside and is_closed(text, part):
                part = trim_marks(text, part)
            if _count_letters(text, [part]):
                parts.append(part)
    return parts


def _find_unopened(text: str, content: Sequence[Span], quoted: Sequence[Span]) -> list[Span]:
    """The content, if it is a sentence or more and a mark that nothing opened closes it."""
    if len(content) != 1:
        return []
    start, end = _trim(text, content[0], _OUTER)
    if start == end:
        return []
    end -= text[end - 1] in _CLOSERS
    before = text[:start].rstrip(" \u00a0\u202f")[-1:]
    whole = text[start].isupper() and (not before or before in _BEFORE_SENTENCE)
    if not whole or text[end : end + 1] not in _CLOSERS or text[end + 1 : end + 2].isalnum():
        return []
    closed = any(low <= end < high for low, high in quoted)
    return [] if closed else [_trim(text, (start, end), _INNER)]


def _trim(text: str, span: Span, characters: str) -> Span:
    start, end = span
    while start < end and (text[end - 1] in characters or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start] in characters or text[start].isspace()):
        start += 1
    return start, end


def _trim_outside(text: str, span: Span, quoted: Sequence[Span]) -> Span:
    """Without the commas, colons and dashes at the ends, unless a quotation has them."""
    start, end = _trim(text, span, _OUTER)
    if any(low < end < high for low, high in quoted):
        end = span[1]
    return (start, end) if start < end else span


def _count_letters(text: str, spans: Iterable[Span]) -> int:
    return sum(character.isalnum() for start, end in spans for character in text[start:end])


def _is_block(text: str, content: Sequence[Span], language: str) -> bool:
    """Whether each fragment is one or more whole paragraphs, of some length, with "I" or "we".

    After a line that ends in a colon, these aren't needed: many languages leave them out.
    """
    words = load_lexicon(language).table("pronouns", "words") if language else {}
    first = {word for word, code in words.items() if code.startswith("1")}
    opening = _trim(text, content[0], _OUTER)[0] if content else 0
    led = text[:opening].rstrip().endswith(":")
    for span in content:
        start, end = _trim(text, span, _OUTER)
        said = [word.lower() for word in _WORD.findall(text[start:end])]
        if len(said) < _BLOCK_WORDS or (not led and first.isdisjoint(said)):
            return False
        before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0]
        if before.strip(_OUTER) or after.strip(_OUTER + ".!?…"):
            return False
    return bool(content)
