"""What is said and by whom, told by the setting alone: dialogues, and broken quotations.

A reporting clause ("said Ann") is set off from the words that it reports
1. by dashes: "— Нет, — сказала она. — Никогда.", "—No —dijo ella—. Nunca.", "– Nie – rzekła.";
   so too inside quotation marks: "«Нет, — сказала она. — Никогда»";
2. by a comma, question or exclamation mark alone: "— Pourquoi ? a demandé Anne.";
3. by the closing mark: "“No,” said Ann."
reporting.py tells what is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from onrecord.domain import Span
from onrecord.quotations import is_closed, quoted_spans, trim_marks
from onrecord.reporting import FIRST_WORDS, POINTS, WORD, compile_verbs, find_verb, read_clause
from onrecord.text import QUOTES, overlap, paragraph_spans, sentence_spans, trim_span

_OPENER = re.compile(r"(?:[—–―‒]|-(?=\s))\s*(?=\S)")
_SEPARATOR = re.compile(r"(?<=\s)(?:[—–―‒]|-(?=\s))|(?<=[^\s\d])[—–―‒](?=[\s.,;:!?…]|$)")
_COMMA = re.compile(r"(?<=[,?!…])[ \u00a0\u202f]+(?=[^\W\d_])")
_AFTER_MARK = re.compile(r"[,.]?[ \u00a0\u202f]+(?:[—–―‒-][ \u00a0\u202f]+)?(?=[^\W\d_])")
_EDGES = ".,;: \t\u00a0\u202f"
_SHORTEST_NESTED = 2
_SURE_OPENERS = "—―"
"""A shorter dash also opens the items of a list."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one person says in a piece, and the clause that says who it is.

    `speech` are stretches without dashes, but with the quotation marks that they begin or end
    with. `verb` is the clause's verb of saying. A turn without a clause has neither. An `inner`
    one is a quotation within another, led up to by its verb there.
    """

    speech: tuple[Span, ...]
    clause: Span | None = None
    verb: Span | None = None
    dashed: bool = True
    inner: bool = False

    @property
    def span(self) -> Span:
        """From the first to the last of speech and clause."""
        spans = [*self.speech, *([self.clause] if self.clause else [])]
        return min(start for start, _ in spans), max(end for _, end in spans)


def find_exchanges(text: str, language: str, *, silent: Sequence[Span] = ()) -> list[Exchange]:
    """The exchanges of a text in order; none in a language without a list of verbs.

    None lies in `silent` stretches. Those with `dashed` false are quotations whose clause follows
    the closing mark; all others are set with dashes.
    """
    found = _find_exchanges(text, language, quoted_spans(text))
    return [
        one
        for one in found
        if not any(overlap(span, hole) for span in one.speech for hole in silent)
    ]


def _find_exchanges(text: str, language: str, quoted: Sequence[Span]) -> list[Exchange]:
    verbs = compile_verbs(language)
    if verbs is None:
        return []
    dialogue = list(_find_dialogue(text, verbs))
    covered = [exchange.span for exchange in dialogue]
    free = [span for span in quoted if not any(a <= span[0] < b for a, b in covered)]
    broken = {span: _break_quotation(text, span, verbs) for span in free}
    found = [
        _continue(text, exchange, following if broken.get(following) is None else None)
        for span, following in pairwise([*free, (len(text), len(text))])
        if (exchange := broken[span]) is not None
    ]
    nested = [one for span in free for one in _find_nested(text, span, verbs)]
    return sorted([*dialogue, *found, *nested], key=lambda exchange: exchange.span)


def spoken_spans(text: str, language: str) -> list[Span]:
    """The `quoted_spans` of a text, with what dialogues and reporting clauses make of them.

    The lines of a dialogue count as quoted without marks; a quotation that a clause breaks is
    given in its parts.
    """
    quoted = quoted_spans(text)
    exchanges = [one for one in _find_exchanges(text, language, quoted) if one.dashed]
    taken = [one.span for one in exchanges]
    kept = [span for span in quoted if not any(a < span[1] and span[0] < b for a, b in taken)]
    return sorted([*kept, *(span for one in exchanges for span in one.speech)])


def read_clause_after(text: str, end: int, language: str) -> Exchange | None:
    """The reporting clause that follows words which end at `end`, as an exchange without them.

    A comma or a dash parts it from them: "…, said Ann Lee".
    """
    verbs = compile_verbs(language)
    begin = len(text[:end].rstrip(_EDGES))
    match = _AFTER_MARK.match(text, begin) if begin else None
    if verbs is None or match is None or not match.group().strip():
        return None
    clause = read_clause(text, (match.end(), _end_line(text, match.end())), verbs)
    return Exchange((), *clause, dashed=False) if clause is not None else None


def _end_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _find_dialogue(text: str, verbs: re.Pattern[str]) -> Iterator[Exchange]:
    """The lines that open with a dash, where at least one of a run is surely a dialogue's."""
    run: list[tuple[Span, str]] = []
    paragraphs = paragraph_spans(text)
    for span in [*paragraphs, (len(text), len(text))]:
        opener = _OPENER.match(text, *span)
        if opener is not None:
            run.append(((opener.end(), span[1]), opener.group()[0]))
            continue
        yield from _read_run(text, run, verbs)
        run = []


def _read_run(
    text: str, run: Sequence[tuple[Span, str]], verbs: re.Pattern[str]
) -> Iterator[Exchange]:
    read = [_read_line(text, span, dash, verbs) for span, dash in run]
    dashes = {dash for (_, dash), (_, sure) in zip(run, read, strict=True) if sure}
    for (_, dash), (exchange, _) in zip(run, read, strict=True):
        if dash in dashes:
            yield exchange


def _read_line(text: str, line: Span, dash: str, verbs: re.Pattern[str]) -> tuple[Exchange, bool]:
    """A line as an exchange, and whether it is one for sure."""
    found = _split_at_dashes(text, line, verbs)
    if found is not None:
        return found, True
    for match in _COMMA.finditer(text, *line):
        clause = read_clause(text, (match.end(), line[1]), verbs)
        if clause is None:
            continue
        asked = text[: match.start()].rstrip(",")[-1:] in ("?", "!", "…")
        sure = dash in _SURE_OPENERS or (asked and dash != "-")
        speech = trim_span(text, (line[0], match.start()))
        return Exchange((speech,), *clause), sure
    return Exchange((line,)), False


def _split_at_dashes(
    text: str, line: Span, verbs: re.Pattern[str], *, pointed_only: bool = False
) -> Exchange | None:
    """A line's speech and the first clause that dashes set off from it; None without one.

    With `pointed_only` a comma or another point has to stand before the dash.
    """
    marks = [match.span() for match in _SEPARATOR.finditer(text, *line)]
    speech: list[Span] = []
    first: tuple[Span, Span] | None = None
    begin, inside, pointed = line[0], False, False
    for (start, end), (stop, _) in pairwise([*marks, (line[1], line[1])]):
        if not inside:
            point = text[begin:start].rstrip(' \u00a0"”»').endswith(tuple(POINTS))
            verb = find_verb(text, (end, stop), verbs, among=FIRST_WORDS if point else 2)
            if verb is None or (pointed_only and not point):
                continue
            speech.append((begin, start))
            first = first or ((end, stop), verb)
            inside, pointed = True, point
        elif not pointed or _is_pointed(text, start, end):
            begin, inside = end, False
    if first is None:
        return None
    if not inside:
        speech.append((begin, line[1]))
    trimmed = [_trim_speech(text, part) for part in speech]
    kept = tuple(part for part in trimmed if part[0] < part[1])
    return Exchange(kept, trim_span(text, first[0]), first[1]) if kept else None


def _is_pointed(text: str, start: int, end: int) -> bool:
    """Whether a full stop or comma stands right before or after a dash."""
    before = text[:start].rstrip()[-1:] if start else ""
    return before in POINTS or text[end : end + 1] in tuple(POINTS)


def _trim_speech(text: str, span: Span) -> Span:
    """Without the points that belong to the clause before it and the white space."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    return trim_span(text, (start, end))


def _break_quotation(text: str, span: Span, verbs: re.Pattern[str]) -> Exchange | None:
    """A quotation with a clause inside it, after its closing mark, or where that is missing."""
    found = _split_at_dashes(text, span, verbs, pointed_only=True)
    if found is not None and len(found.speech) > 1:
        return found
    if is_closed(text, span):
        return _read_after(text, span, verbs)
    for match in _COMMA.finditer(text, *span):
        clause = read_clause(text, (match.end(), span[1]), verbs)
        if clause is not None and clause[1][0] == match.end():
            return Exchange((trim_span(text, (span[0], match.start())),), *clause)
    return None


def _continue(text: str, exchange: Exchange, following: Span | None) -> Exchange:
    """With the quotation that goes on right after the clause: "“No,” said Ann. “Never.”"."""
    if exchange.dashed or exchange.clause is None or following is None:
        return exchange
    end = exchange.clause[1]
    between = text[end : following[0]]
    if text[end - 1] not in POINTS or not between or between.strip(" \u00a0\u202f"):
        return exchange
    return replace(exchange, speech=(*exchange.speech, following))


def _find_nested(text: str, span: Span, verbs: re.Pattern[str]) -> Iterator[Exchange]:
    """The quotations within a quotation that a verb of saying leads up to."""
    low, high = trim_marks(text, span)
    if not any(mark in QUOTES for mark in text[low:high]):
        return
    for start, end in quoted_spans(text[low:high]):
        inner = (low + start, low + end)
        if len(WORD.findall(text, *inner)) < _SHORTEST_NESTED or inner == (low, high):
            continue
        lead = (max(begin for begin, _ in sentence_spans(text, (low, inner[1]))), inner[0])
        words = [match.span() for match in WORD.finditer(text, *lead)][-FIRST_WORDS:]
        found = [
            match.span()
            for begin, _ in words
            if (match := verbs.match(text, begin, lead[1])) is not None
        ]
        if found and text[: inner[0]].rstrip(" \u00a0\u202f")[-1:] in (":", ","):
            yield Exchange((inner,), None, found[-1], dashed=False, inner=True)


def _read_after(text: str, span: Span, verbs: re.Pattern[str]) -> Exchange | None:
    """A quotation with the clause right after it, if a comma, point or dash parts them."""
    match = _AFTER_MARK.match(text, span[1])
    if match is None:
        return None
    last = text[span[0] : span[1] - 1].rstrip()[-1:]
    if last not in tuple(POINTS) and not match.group().strip():
        return None
    clause = read_clause(text, (match.end(), _end_line(text, match.end())), verbs)
    return Exchange((span,), *clause, dashed=False) if clause is not None else None
