"""The record as JSON objects: one row a thing, the same from run to run.

Keys come in the order of docs/schemas, all of them in every row. Spans are half-open ranges of
code points into the text of the report; scores are rounded to four places.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from onrecord.domain import (
    Act,
    Actor,
    Answer,
    Basis,
    Copy,
    Mention,
    Party,
    Rendering,
    Report,
    Span,
    Statement,
    Story,
    Utterance,
    Words,
)
from onrecord.record import lookups
from onrecord.record.queries import (
    get_report,
    list_actors,
    list_answers,
    list_copies,
    list_statements,
    list_stories,
    list_utterances,
    renderings_by_statement,
    reports_for_linking,
    stories_by_report,
)
from onrecord.record.rows import LinkingReport, StatementFilter
from onrecord.views.columns import COLUMNS, Export, Row, pick_value
from onrecord.views.decisions import decision_rows, mark_rows

# JSON escapes the other characters at which readers end a line; these it leaves to the writer.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection").
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def export_rows(connection: sqlite3.Connection, what: Export) -> Iterator[Row]:
    """The rows of one export, in the order of the record's queries: by date, then by id or text.

    Decisions come in the order in which they were made.
    """
    makers: Mapping[Export, Callable[[sqlite3.Connection], Iterator[Row]]] = {
        "statements": _statement_rows,
        "reports": _report_rows,
        "stories": lambda record: map(_story_row, list_stories(record)),
        "utterances": lambda record: map(_utterance_row, list_utterances(record)),
        "actors": lambda record: map(_actor_row, list_actors(record)),
        "answers": lambda record: map(_answer_row, list_answers(record)),
        "decisions": decision_rows,
    }
    rows = makers[what](connection)
    return mark_rows(connection, rows) if "decided" in COLUMNS[what] else rows


def write_jsonl(rows: Iterable[Row], stream: TextIO) -> None:
    """Writes one JSON object a line, every character as itself but those that would end a line."""
    for row in rows:
        stream.write(_to_json(row).translate(_LINE_ENDS) + "\n")


def write_csv(rows: Iterable[Row], stream: TextIO, *, what: Export) -> None:
    """Writes a heading and one line a row; `stream` must leave line ends alone (`newline=""`).

    Columns are those of `COLUMNS`, always the same ones; lists are JSON in a cell, and a cell
    without a value is empty. A text that a spreadsheet would take for a formula gets an apostrophe
    before it: the JSON lines have every text as it is.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS[what])
    for row in rows:
        writer.writerow([_to_cell(pick_value(row, column)) for column in COLUMNS[what]])


def _to_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _to_cell(value: Any) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, int | float):
        return value
    text = value if isinstance(value, str) else _to_json(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


@dataclass(frozen=True, slots=True)
class _Context:
    """What a statement's row takes from other tables."""

    actors: Mapping[tuple[str, str], Actor]
    stories: Mapping[str, str]
    renderings: Mapping[str, Sequence[Rendering]]

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> _Context:
        actors = {key: actor for actor in list_actors(connection) for key in actor.mentions}
        stories = stories_by_report(connection)
        return cls(actors, stories, renderings_by_statement(connection))


def _statement_rows(connection: sqlite3.Connection) -> Iterator[Row]:
    context = _Context.read(connection)
    for entry in reports_for_linking(connection):
        for statement in list_statements(connection, StatementFilter(report=entry.report.id)):
            yield _statement_row(statement, entry.report, context)


def export_statement(connection: sqlite3.Connection, statement: Statement) -> Row:
    """The row that `export_rows` has of one statement, without reading the others."""
    report = get_report(connection, statement.report)
    assert report is not None  # a statement's report is a foreign key
    found = (
        lookups.get_actor(connection, one) for one in lookups.actors_beside(connection, [report.id])
    )
    actors = {key: actor for actor in found if actor is not None for key in actor.mentions}
    story = lookups.story_of_report(connection, report.id)
    renderings = lookups.renderings_of_statement(connection, statement.id)
    stories = {} if story is None else {report.id: story}
    row = _statement_row(statement, report, _Context(actors, stories, {statement.id: renderings}))
    (marked,) = mark_rows(connection, [row])
    return marked


def _statement_row(statement: Statement, report: Report, context: _Context) -> Row:
    renders = context.renderings.get(statement.id, ())
    return {
        "id": statement.id,
        "report": {
            "id": report.id,
            "path": report.path,
            "title": report.title,
            "outlet": report.outlet,
            "language": report.language,
            "published": report.published,
        },
        "story": context.stories.get(report.id),
        "kind": statement.kind,
        "content": _words(statement.content),
        "cue": _words(statement.cue),
        "source": _words(statement.source),
        "speaker": _speaker(statement.speaker, report.id, context),
        "via": [_party(party, report.id, context) for party in statement.via],
        "addressee": _party(statement.addressee, report.id, context),
        "channel": _words(statement.channel),
        "place": _words(statement.place),
        "said_on": statement.said_on,
        "said_on_basis": _basis(statement.said_on_basis),
        "act": _act(statement.act, report.id, context),
        "utterance": renders[0].utterance if renders else None,
        "renders": [_render(rendering) for rendering in renders],
        "confidence": _round(statement.confidence),
    }


def _report_rows(connection: sqlite3.Connection) -> Iterator[Row]:
    stories = stories_by_report(connection)
    copies = {copy.report: copy for copy in list_copies(connection)}
    for entry in reports_for_linking(connection):
        one = entry.report.id
        yield _report_row(entry, stories.get(one), copies.get(one))


def _report_row(entry: LinkingReport, story: str | None, copy: Copy | None) -> Row:
    report = entry.report
    return {
        "id": report.id,
        "path": report.path,
        "sha256": report.sha256,
        "title": report.title,
        "outlet": report.outlet,
        "language": report.language,
        "published": report.published,
        "published_basis": _basis(report.published_basis),
        "kind": report.kind,
        "story": story,
        "zones": [{"kind": zone.kind, "span": list(zone.span)} for zone in report.zones],
        "url": report.url,
        "superseded_by": entry.superseded_by,
        "credits": [_words(credit) for credit in report.credits],
        "copy": None if copy is None else _copy(copy),
    }


def _copy(copy: Copy) -> Row:
    return {
        "family": copy.family,
        "original": copy.original,
        "agency": copy.agency,
        "share": _round(copy.share),
        "reason": copy.reason,
    }


def _story_row(story: Story) -> Row:
    return {
        "id": story.id,
        "title": story.title,
        "reports": list(story.reports),
        "languages": list(story.languages),
        "first": story.first,
        "last": story.last,
        "storyline": story.storyline,
    }


def _utterance_row(utterance: Utterance) -> Row:
    return {
        "id": utterance.id,
        "speaker": utterance.speaker,
        "said_on": utterance.said_on,
        "statements": list(utterance.statements),
        "best": utterance.best,
        "story": utterance.story,
        "repeats": utterance.repeats,
        "possible": [
            {"utterance": other, "score": _round(score)} for other, score in utterance.possible
        ],
    }


def _actor_row(actor: Actor) -> Row:
    names: dict[str, list[str]] = {}
    for language, name in actor.names:
        names.setdefault(language, []).append(name)
    return {
        "id": actor.id,
        "name": actor.name,
        "type": actor.type,
        "names": {language: names[language] for language in sorted(names)},
        "descriptions": list(actor.descriptions),
        "wikidata": actor.wikidata,
    }


def _answer_row(answer: Answer) -> Row:
    return {
        "from": answer.utterance,
        "to": answer.to,
        "to_actor": answer.to_actor,
        "basis": {
            "statement": answer.statement,
            "text": answer.words.text,
            "spans": _spans(answer.words.spans),
        },
    }


def _speaker(mention: Mention | None, report: str, context: _Context) -> Row | None:
    """The actor that the report's name stands for; before linking, the name alone."""
    if mention is None:
        return None
    actor = context.actors.get((report, mention.name))
    if actor is None:
        return {"id": None, "name": mention.name, "type": mention.type}
    return {"id": actor.id, "name": actor.name, "type": actor.type}


def _party(party: Party | None, report: str, context: _Context) -> Row | None:
    if party is None:
        return None
    name = None if party.mention is None else party.mention.name
    return {
        "text": party.words.text,
        "spans": _spans(party.words.spans),
        "actor": _actor_id(name, report, context),
    }


def _act(act: Act | None, report: str, context: _Context) -> Row | None:
    if act is None:
        return None
    target: Row | None = None
    if act.target is not None:
        actor = context.actors.get((report, act.target))
        target = {
            "id": None if actor is None else actor.id,
            "name": act.target if actor is None else actor.name,
        }
    return {"code": act.code, "target": target}


def _actor_id(name: str | None, report: str, context: _Context) -> str | None:
    actor = None if name is None else context.actors.get((report, name))
    return None if actor is None else actor.id


def _render(rendering: Rendering) -> Row:
    return {
        "utterance": rendering.utterance,
        "spans": _spans(rendering.spans),
        "rendering": rendering.kind,
        "flags": list(rendering.flags),
    }


def _words(words: Words | None) -> Row | None:
    return None if words is None else {"text": words.text, "spans": _spans(words.spans)}


def _basis(basis: Basis | None) -> Row | None:
    """A date's reason; its text is null where the date came with the file and not in its text."""
    if basis is None:
        return None
    return {**(_words(basis.words) or {"text": None, "spans": []}), "rule": basis.rule}


def _spans(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _round(score: float) -> float:
    return round(score, 4)
