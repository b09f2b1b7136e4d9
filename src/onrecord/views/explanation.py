"""All that one statement rests on, for a terminal: what was read, by which rule, in which words."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterator

from onrecord.domain import Party, Rendering, Report, Statement, Utterance, Words
from onrecord.errors import InputError
from onrecord.record import lookups, queries
from onrecord.views.certainty import list_doubts, write_shares
from onrecord.views.tables import clean_cell
from onrecord.views.words import write_count, write_date

WIDTH = 80
_INDENT = 14

Line = tuple[str, str]
"""A label and a text; lines without a label go on with the one before."""

_KINDS = {
    "direct": "direct: the words stand within quotation marks",
    "mixed": "mixed: some of the words stand within quotation marks",
    "indirect": "indirect: no quotation marks around the words",
}
_UNCERTAIN = "not certain: somebody else fits nearly as well"


def find_statement(connection: sqlite3.Connection, beginning: str) -> Statement:
    """The statement whose id is, or begins, so. Raises InputError where that isn't one exactly."""
    exact = queries.get_statement(connection, beginning)
    if exact is not None:
        return exact
    found = [s for s in queries.list_statements(connection) if s.id.startswith(beginning)]
    if len(found) != 1:
        how = "no statement has" if not found else f"{len(found)} statements have"
        raise InputError(f"{how} an id that begins with {beginning!r}")
    return found[0]


def write_explanation(connection: sqlite3.Connection, statement: Statement) -> str:
    """`explain_statement` in lines for a terminal."""
    lines = explain_statement(connection, statement)
    return "\n".join(line for label, text in lines for line in _wrap(label, text)) + "\n"


def explain_statement(connection: sqlite3.Connection, statement: Statement) -> list[Line]:
    """Every field of a statement with its words, their offsets, its rule or why it is empty.

    Then what linking made of it. Offsets are half-open ranges of code points into the report.
    """
    report = queries.get_report(connection, statement.report)
    assert report is not None  # a statement's report is a foreign key
    return [
        *_explain_report(report),
        *_explain_words(statement),
        *_explain_speaker(statement),
        *_explain_setting(statement),
        *_explain_date(statement),
        *_explain_certainty(statement),
        *_explain_links(connection, statement),
    ]


def _wrap(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=f"{label:<{_INDENT}}",
        subsequent_indent=" " * _INDENT,
        break_on_hyphens=False,
    )


def _quote(words: Words) -> str:
    places = ", ".join(f"{start}:{end}" for start, end in words.spans)
    return f"“{clean_cell(words.text)}” [{places}]"


def _explain_report(report: Report) -> Iterator[Line]:
    yield "report", report.path
    known = [report.outlet, report.language, report.published]
    yield "", ", ".join(part for part in known if part is not None)
    basis = report.published_basis
    if basis is not None:
        words = f": {_quote(basis.words)}" if basis.words is not None else ""
        yield "", f"dated by {basis.rule}{words}"


def _explain_words(statement: Statement) -> Iterator[Line]:
    yield "content", _quote(statement.content)
    yield "kind", _KINDS[statement.kind]
    yield "source", _quote(statement.source) if statement.source is not None else "none is printed"
    yield "cue", _quote(statement.cue) if statement.cue is not None else "none is printed"


def _explain_speaker(statement: Statement) -> Iterator[Line]:
    speaker = statement.speaker
    if speaker is None:
        yield "speaker", f"not known: {_find_reason(statement, 'speaker')}"
        return
    yield "speaker", f"{speaker.name} ({speaker.type})"
    yield "", f"rule: {speaker.rule}"
    if speaker.words is not None:
        yield "", f"from {_quote(speaker.words)}"
    if speaker.descriptions:
        yield "", f"described as {'; '.join(speaker.descriptions)}"
    if not speaker.certain:
        yield "", _UNCERTAIN


def _explain_setting(statement: Statement) -> Iterator[Line]:
    for party in statement.via:
        yield "through", _write_party(party)
    if statement.addressee is not None:
        yield "to", _write_party(statement.addressee)
    for label, words in (("channel", statement.channel), ("place", statement.place)):
        if words is not None:
            yield label, _quote(words)
    if statement.act is not None:
        at = f", at {statement.act.target}" if statement.act.target is not None else ""
        yield "act", f"{statement.act.code}{at}"


def _write_party(party: Party) -> str:
    if party.mention is None:
        return _quote(party.words)
    return f"{_quote(party.words)}: {party.mention.name}, {party.mention.rule}"


def _explain_date(statement: Statement) -> Iterator[Line]:
    if statement.said_on is None:
        yield "said on", f"not known: {_find_reason(statement, 'said_on')}"
        return
    yield "said on", f"{statement.said_on} ({write_date(statement.said_on)})"
    basis = statement.said_on_basis
    if basis is not None:
        yield "", f"rule: {basis.rule}"
        if basis.words is not None:
            yield "", f"from {_quote(basis.words)}"


def _find_reason(statement: Statement, field: str) -> str:
    reasons = (reason for name, reason in statement.unresolved if name == field)
    return next(reasons, "no reason is recorded")


def _explain_certainty(statement: Statement) -> Iterator[Line]:
    yield "confidence", write_shares(statement)
    for doubt in list_doubts(statement):
        yield "", doubt


def _explain_links(connection: sqlite3.Connection, statement: Statement) -> Iterator[Line]:
    renderings = lookups.renderings_of_statement(connection, statement.id)
    if not renderings:
        yield "utterance", "none: the record has not been linked since the statement was stored"
    for rendering in renderings:
        utterance = queries.get_utterance(connection, rendering.utterance)
        assert utterance is not None  # a rendering's utterance is a foreign key
        yield from _explain_rendering(connection, rendering, utterance)
    for answer in lookups.answers_among(connection, [one.utterance for one in renderings]):
        if answer.statement == statement.id:
            to = answer.to if answer.to is not None else "an actor's words in general"
            yield "answers", f"{to}: {_quote(answer.words)}"


def _explain_rendering(
    connection: sqlite3.Connection, rendering: Rendering, utterance: Utterance
) -> Iterator[Line]:
    speaker = lookups.get_actor(connection, utterance.speaker or "")
    who = speaker.name if speaker is not None else "nobody that could be named"
    others = write_count(len(utterance.statements) - 1, "other statement")
    yield "utterance", f"{utterance.id}, by {who}, rendered by {others}"
    if rendering.statement == utterance.best:
        yield "rendering", "the fullest wording, which the others are measured against"
    else:
        yield "rendering", f"{', '.join([rendering.kind, *rendering.flags])}"
        yield "", f"likeness to the fullest wording {rendering.score:.2f}"
        yield "", f"which is statement {utterance.best}"
    yield from _list_relations(utterance)


def _list_relations(utterance: Utterance) -> Iterator[Line]:
    if utterance.repeats is not None:
        yield "repeats", f"{utterance.repeats}, said on another occasion"
    for other, score in utterance.possible:
        yield "possibly", f"the same as {other} (probability {score:.2f}, too low to merge)"
