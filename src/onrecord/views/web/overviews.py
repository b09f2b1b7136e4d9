"""The pages that lead to others: the front page, actors, decisions, search, a verdict, an error."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from onrecord.domain import Report
from onrecord.record import lookups, queries, state
from onrecord.record.search import Hit, search_actors, search_reports, search_statements
from onrecord.views.certainty import list_doubts
from onrecord.views.decisions import decision_rows, to_decided
from onrecord.views.verdict import UNSUPPORTED
from onrecord.views.web.frame import PAGE_SIZE, Cut, Frame
from onrecord.views.web.rendering import render_page
from onrecord.views.words import name_language


def render_front(connection: sqlite3.Connection, frame: Frame, cut: Cut) -> str:
    """The stories, newest first, and how much there is."""
    stories = lookups.latest_stories(connection, limit=PAGE_SIZE + 1, offset=cut.offset)
    totals = lookups.count_things(connection)
    return render_page(
        "front",
        frame,
        stories=stories[:PAGE_SIZE],
        cut=replace(cut, more=len(stories) > PAGE_SIZE),
        totals=totals,
        languages=[name_language(code) for code in totals.languages],
        failures=state.list_failures(connection),
        linked=state.is_linked(connection),
    )


def render_actors(connection: sqlite3.Connection, frame: Frame, cut: Cut) -> str:
    """The actors, those with most utterances first."""
    found = lookups.most_heard_actors(connection, limit=PAGE_SIZE + 1, offset=cut.offset)
    actors = [(lookups.get_actor(connection, one), said) for one, said in found[:PAGE_SIZE]]
    more = len(found) > PAGE_SIZE
    return render_page("actors", frame, actors=actors, cut=replace(cut, more=more))


def render_decisions(connection: sqlite3.Connection, frame: Frame) -> str:
    """What people decided, newest first, and what the machine has without it."""
    rows = list(decision_rows(connection))
    live = {row["id"] for row in rows if row["state"] != "undone"}
    decisions = [to_decided(row) for row in reversed(rows)]
    return render_page("decisions", frame, decisions=decisions, live=live)


def render_decision(connection: sqlite3.Connection, one: str, frame: Frame) -> str:
    """A decision, what it shaped, and a form to undo it."""
    row = next(row for row in decision_rows(connection) if row["id"] == one)
    return render_page("decision", frame, one=to_decided(row), row=row, links=_link_things(row))


def render_search(connection: sqlite3.Connection, typed: str, frame: Frame) -> str:
    """What the record has with these words in it: statements, actors and reports."""
    statements = [
        (hit, statement, report)
        for hit in search_statements(connection, typed)
        if (statement := queries.get_statement(connection, hit.id)) is not None
        and (report := queries.get_report(connection, statement.report)) is not None
    ]
    return render_page(
        "search",
        frame,
        typed=typed,
        statements=statements,
        actors=search_actors(connection, typed),
        reports=_read_reports(connection, search_reports(connection, typed)),
        doubts={statement.id: list_doubts(statement) for _, statement, _ in statements},
    )


def render_check(verdict: Mapping[str, Any] | None, typed: Mapping[str, str], frame: Frame) -> str:
    """The form for a quotation, and the verdict on one (docs/schemas/check.json)."""
    supported = verdict is not None and verdict["verdict"] not in UNSUPPORTED
    return render_page("check", frame, verdict=verdict, typed=typed, supported=supported)


def render_signs(frame: Frame) -> str:
    """How to read the signs."""
    return render_page("reading", frame)


def render_error(title: str, text: str, frame: Frame) -> str:
    """What went wrong, in plain English."""
    return render_page("error", frame, title=title, text=text)


def _link_things(row: Mapping[str, Any]) -> list[str]:
    """The pages of the things that a decision shaped."""
    folder = "statements" if row["of"] == "speakers" else row["of"]
    return [f"/{folder}/{thing}" for thing in row["things"]]


def _read_reports(connection: sqlite3.Connection, hits: list[Hit]) -> list[tuple[Hit, Report]]:
    found = ((hit, queries.get_report(connection, hit.id)) for hit in hits)
    return [(hit, report) for hit, report in found if report is not None]
