"""The renderings of one utterance under one another, their differences marked, for a terminal."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterator

from onrecord.domain import Difference, Rendering, Statement, Utterance
from onrecord.record import queries
from onrecord.views.addresses import find_group, list_groups
from onrecord.views.certainty import list_doubts
from onrecord.views.tables import clean_cell
from onrecord.views.words import write_date

WIDTH = 80
_SIGNS = {"missing": "-", "added": "+", "changed": "~"}


def find_utterance(connection: sqlite3.Connection, beginning: str) -> Utterance:
    """The utterance of that id or former id, or the one whose id begins so.

    Raises InputError where that isn't one exactly.
    """
    groups = list_groups(connection, "utterance")
    found = find_group(groups, beginning, noun="utterance")
    utterance = queries.get_utterance(connection, found.id)
    assert utterance is not None  # it was listed
    return utterance


def write_comparison(connection: sqlite3.Connection, utterance: Utterance) -> str:
    """The fullest wording, then each other rendering with what it leaves out, adds or changes.

    What isn't certain of a statement stands under its words, in brackets. A line that begins with
    "-" is missing from the rendering, "+" was added, "~" was changed.
    """
    return "\n".join(_write(connection, utterance)) + "\n"


def _write(connection: sqlite3.Connection, utterance: Utterance) -> Iterator[str]:
    statements = {s.id: s for s in queries.list_statements(connection)}
    names = {actor.id: actor.name for actor in queries.list_actors(connection)}
    who = names.get(utterance.speaker or "", "speaker not known")
    when = write_date(utterance.said_on) if utterance.said_on is not None else "day not given"
    yield f"{who}, {when}"
    for rendering in sorted(utterance.renderings, key=lambda r: r.statement != utterance.best):
        yield ""
        yield from _write_rendering(connection, rendering, statements[rendering.statement])


def _write_rendering(
    connection: sqlite3.Connection, rendering: Rendering, statement: Statement
) -> Iterator[str]:
    report = queries.get_report(connection, statement.report)
    assert report is not None  # a statement's report is a foreign key
    where = report.outlet or report.path
    yield f"{', '.join([rendering.kind, *rendering.flags])}: {where} ({report.language})"
    yield from _wrap(clean_cell(statement.content.text), "    ")
    for doubt in list_doubts(statement):
        yield from _wrap(f"({doubt})", "  ")
    for difference in rendering.differences:
        yield from _wrap(_write_difference(difference), "  ")
    start, end = statement.content.start, statement.content.end
    yield f"  {report.path} [{start}:{end}]"


def _write_difference(difference: Difference) -> str:
    best = f"“{clean_cell(difference.best.text)}”" if difference.best is not None else ""
    here = f"“{clean_cell(difference.here.text)}”" if difference.here is not None else ""
    return f"{_SIGNS[difference.op]} {' → '.join(part for part in (best, here) if part)}"


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")
