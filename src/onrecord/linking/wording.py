"""The words of a statement as units to compare, with their places in the report.

Nothing is rewritten: a token's `key` is folded for comparison only (case, composed accents, forms
of apostrophes and dashes), and its offsets point into the report as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from onrecord.domain import Span, StatementKind, Words
from onrecord.linking.figures import read_number
from onrecord.linking.wordlists import APOSTROPHES, WordLists, fold_word, load_word_lists
from onrecord.quotations import quoted_spans, trim_marks
from onrecord.text import sentence_spans


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one statement and where its report prints them.

    `quoted` are the parts in quotation marks, for a mixed statement (see `find_quoted`). For a
    direct one they may be left out, as all of its words are quoted. `speaker` is an actor's id.
    """

    words: Words
    report_text: str
    language: str
    kind: StatementKind
    speaker: str | None = None
    quoted: tuple[Span, ...] = ()


class Token(NamedTuple):
    """One word or number. `fragment` counts the pieces that the words are printed in.

    `cut` and `reopened` say what stands before the token: an ellipsis mark, or a quotation that
    was closed and opened again. `pause` is 2 where a sentence begins, 1 after other punctuation.
    `joined` is a part of a contraction ("it's"), which shares the span of the whole;
    `inserted` stands in square brackets, an editor's words. `kin` names a class of words of which
    one may replace another (modal verbs, numbers); `values` are what a number can mean.
    """

    key: str
    start: int
    end: int
    fragment: int
    quoted: bool
    cut: bool
    reopened: bool
    pause: int
    joined: bool
    inserted: bool
    kin: str
    values: tuple[Decimal, ...]


_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff"
    "\u0e31-\u0e4e\u00ad\u200b-\u200d\u2060"
)
_IDEOGRAPH = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = rf"[^\W\d_{_IDEOGRAPH}](?:[^\W_{_IDEOGRAPH}]|[{_MARKS}])*"
_SPACES = "\u00a0\u2009\u202f"
_TOKEN = re.compile(
    rf"(?P<number>(?:(?<![^\s(\[])[-−](?=\d))?"
    rf"(?:\d{{1,3}}(?:[{_SPACES} ]\d{{3}})+(?![\d{_SPACES}]|[.,:/]\d)|\d+(?:[.,:/]\d+)*))"
    rf"(?P<suffix>(?:[^\W\d_{_IDEOGRAPH}]|[{_MARKS}])*)"
    rf"|(?P<sign>[{_IDEOGRAPH}])"
    rf"|(?P<word>(?:\[[^\W\d_]\])?{_WORD}(?:\[(?:[^\W_]+)\](?:[^\W_])*)?(?:[{APOSTROPHES}]{_WORD})*)"
    rf"|(?P<mark>[%‰])"
)
_INSERTION = re.compile(r"\[(?!\s*(?:\.|…))[^\[\]\n]{1,120}\](?![^\W\d_])")
_ELLIPSIS = re.compile(r"…|(?:\.\s?){2}\.|[\[(]\s*(?:\.\s?){2,}[\])]")
_DOUBLE_QUOTES = re.compile(r"[“”„«»\"‟「」『』]")
_PAUSE = re.compile(r"[,;:.!?…()\u2013\u2014\u2026。、，]|\s-\s")


def find_quoted(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The parts of `spans` inside quotation marks of `text`, without the marks.

    The marks are paired over the paragraphs that the spans touch; see `quoted_spans`.
    """
    low = text.rfind("\n", 0, spans[0][0]) + 1
    line_end = text.find("\n", spans[-1][1])
    around = text[low : len(text) if line_end < 0 else line_end]
    found = [trim_marks(around, span) for span in quoted_spans(around)]
    parts = [
        (max(start, low + begin), min(stop, low + end))
        for start, stop in spans
        for begin, end in found
    ]
    return tuple(sorted({(start, end) for start, end in parts if start < end}))


def split_tokens(wording: Wording) -> list[Token]:
    """The words and numbers of a wording in order, with code point offsets into its report."""
    lists = load_word_lists(wording.language)
    tokens: list[Token] = []
    for number, (span, quoted) in enumerate(_pieces(wording)):
        tokens.extend(_split_piece(wording.report_text, span, (number, quoted), lists))
    reopened = {
        index
        for index in range(1, len(tokens))
        if tokens[index].fragment != tokens[index - 1].fragment
        and tokens[index].quoted
        and tokens[index - 1].quoted
    }
    return [
        token._replace(reopened=True) if index in reopened else token
        for index, token in enumerate(tokens)
    ]


def holds_words(wording: Wording) -> bool:
    """Whether `split_tokens` gives any."""
    return any(_TOKEN.search(wording.report_text, *span) for span, _ in _pieces(wording))


def _pieces(wording: Wording) -> list[tuple[Span, bool]]:
    if wording.kind != "mixed":
        spans = wording.quoted if wording.kind == "direct" and wording.quoted else None
        return [(span, wording.kind == "direct") for span in spans or wording.words.spans]
    pieces: list[tuple[Span, bool]] = []
    for start, end in wording.words.spans:
        place = start
        for low, high in sorted(wording.quoted):
            inner = (max(low, place), min(high, end))
            if inner[0] < inner[1]:
                pieces += [((place, inner[0]), False), (inner, True)]
                place = inner[1]
        pieces.append(((place, end), False))
    return [piece for piece in pieces if piece[0][0] < piece[0][1]]


def _split_piece(
    text: str, span: Span, piece: tuple[int, bool], lists: WordLists
) -> Iterator[Token]:
    sentences = [start for start, _ in sentence_spans(text, span)][1:]
    insertions = [match.span() for match in _INSERTION.finditer(text, *span)]
    last, first = span[0], True
    for key, start, end, joined, values in _scan(text, span, lists):
        gap = text[last:start] if start > last else ""
        begins = first
        while sentences and sentences[0] <= start:
            begins = bool(sentences.pop(0)) or begins
        bracket = next((one for one in insertions if one[0] <= start and end <= one[1]), None)
        plain = gap.isspace() or not gap
        yield Token(
            key,
            *((start, end) if bracket is None else _widen(text, (start, end), bracket)),
            *piece,
            cut=not plain and _ELLIPSIS.search(gap) is not None,
            reopened=not plain and len(_DOUBLE_QUOTES.findall(gap)) > 1,
            pause=2 if begins else int(not plain and _PAUSE.search(gap) is not None),
            joined=joined,
            inserted=bracket is not None,
            kin="number" if values else lists.kin(key),
            values=values,
        )
        last, first = max(last, end), False


def _widen(text: str, span: Span, bracket: Span) -> Span:
    """The span of a word with the bracket before or after it."""
    start = span[0] if _TOKEN.search(text, bracket[0], span[0]) else bracket[0]
    end = span[1] if _TOKEN.search(text, span[1], bracket[1]) else bracket[1]
    return start, end


Scanned = tuple[str, int, int, bool, tuple[Decimal, ...]]


def _scan(text: str, span: Span, lists: WordLists) -> Iterator[Scanned]:
    for match in _TOKEN.finditer(text, *span):
        start, end = match.span()
        if match.lastgroup == "word":
            yield from _scan_word(text, start, end, lists)
        elif match["number"]:
            yield from _scan_number(match, lists)
        else:
            yield match[0], start, end, False, ()


def _scan_word(text: str, start: int, end: int, lists: WordLists) -> Iterator[Scanned]:
    key = fold_word(text[start:end])
    parts = lists.contractions.get(key)
    if parts is not None:
        for part in parts:
            yield part, start, end, True, ()
        return
    mark = key.find("'")
    elided = lists.elisions.get(key[: mark + 1]) if mark > 0 else None
    if elided is not None and len(key) == end - start:
        yield elided, start, start + mark + 1, False, ()
        yield from _scan_word(text, start + mark + 1, end, lists)
    else:
        yield key, start, end, False, ()


def _scan_number(match: re.Match[str], lists: WordLists) -> Iterator[Scanned]:
    start, end = match.span()
    number, suffix = match["number"], match["suffix"]
    reading = read_number(number, decimal=lists.decimal, decade=bool(suffix))
    if reading is not None:
        yield reading.key + fold_word(suffix), start, end, False, reading.values
        return
    for digits in re.finditer(r"\d+", number):
        values = (Decimal(digits[0]),)
        yield digits[0], start + digits.start(), start + digits.end(), False, values


def ends_in_cut(wording: Wording) -> bool:
    """Whether an ellipsis mark follows the last word, so that more was said than is printed."""
    printed = wording.report_text[slice(*wording.words.spans[-1])]
    return any(_TOKEN.search(printed, mark.end()) is None for mark in _ELLIPSIS.finditer(printed))


def take_words(text: str, tokens: Sequence[Token]) -> Words | None:
    """The stretch that adjacent tokens cover, fragment by fragment; None for no tokens."""
    if not tokens:
        return None
    spans: list[Span] = []
    fragment = -1
    for token in tokens:
        if token.fragment == fragment:
            spans[-1] = (spans[-1][0], max(spans[-1][1], token.end))
        else:
            spans.append((token.start, token.end))
            fragment = token.fragment
    return Words.of(text, *spans)
