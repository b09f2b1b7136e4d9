"""Reading the record: things of the domain and plain rows, always in the same order.

Reports come by their date (those without one last), then by id; what belongs to a report comes in
the order of the report and then of its text. Vectors are read only where a function says so.
Statements have the speakers that people gave them, where they did, and the dates that were inferred
from their story, where they have none of their own.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from types import MappingProxyType

from onrecord.domain import (
    Actor,
    Answer,
    Copy,
    Name,
    Rendering,
    Report,
    Statement,
    Story,
    Tagging,
    Utterance,
)
from onrecord.record import dates
from onrecord.record.columns import from_attribution_columns, from_blob, from_columns, from_plain
from onrecord.record.filters import Conditions, day_conditions, statement_conditions
from onrecord.record.rows import (
    LinkingReport,
    StatementFilter,
    StoredTagging,
)

_ALL = StatementFilter()
_LISTED = "IN (SELECT value FROM json_each(:listed))"
BY_DATE = "r.published IS NULL, r.published, r.id"
"""The order of reports `r`: by their date, those without one last, and then by id."""
_GIVEN = ("speaker", "unresolved")  # columns in which a speaker that was given shows
_STATEMENT = ", ".join(
    f"iif(g.statement IS NULL, s.{field.name}, g.{field.name}) AS {field.name}"
    if field.name in _GIVEN
    else f"s.{field.name}"
    for field in fields(Statement)
    if field.name != "vector"
)
_STATEMENTS = "statements AS s LEFT JOIN given_speakers AS g ON g.statement = s.id"


def has_report(connection: sqlite3.Connection, report: str) -> bool:
    """Whether the record has the report of that id: if so, there is nothing to add."""
    found = connection.execute("SELECT 1 FROM reports WHERE id = ?", (report,)).fetchone()
    return found is not None


def get_report(connection: sqlite3.Connection, report: str) -> Report | None:
    """The report of that id."""
    row = connection.execute("SELECT * FROM reports WHERE id = ?", (report,)).fetchone()
    return None if row is None else from_columns(Report, row)


def list_reports(
    connection: sqlite3.Connection,
    *,
    story: str | None = None,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Report]:
    """The reports of a story, in a language, published within two dates (both included)."""
    wanted = day_conditions("r.published", since, until)
    wanted.add_if("r.language = :language", language=language)
    wanted.add_if("r.id IN (SELECT report FROM story_reports WHERE story = :story)", story=story)
    query = f"SELECT r.* FROM reports AS r WHERE {wanted.sql} ORDER BY {BY_DATE}"
    rows = connection.execute(query, wanted.values).fetchall()
    return [from_columns(Report, row) for row in rows]


def list_versions(connection: sqlite3.Connection, report: str) -> list[str]:
    """The ids of the versions of a report, the oldest first, itself among them."""
    query = """WITH RECURSIVE
        older (id, step) AS (
            SELECT id, 0 FROM reports WHERE id = :report
            UNION ALL
            SELECT r.newer_version_of, step - 1 FROM older JOIN reports AS r ON r.id = older.id
            WHERE r.newer_version_of IS NOT NULL
        ),
        newer (id, step) AS (
            SELECT r.superseded_by, 1 FROM reports AS r
            WHERE r.id = :report AND r.superseded_by IS NOT NULL
            UNION ALL
            SELECT r.superseded_by, step + 1 FROM newer JOIN reports AS r ON r.id = newer.id
            WHERE r.superseded_by IS NOT NULL
        )
        SELECT id, step FROM older UNION ALL SELECT id, step FROM newer ORDER BY step"""
    return [row["id"] for row in connection.execute(query, {"report": report}).fetchall()]


def get_tagging(connection: sqlite3.Connection, report: str) -> StoredTagging | None:
    """The tagging of a report, with its vectors and the checksum of the model that made it."""
    row = connection.execute("SELECT * FROM taggings WHERE report = ?", (report,)).fetchone()
    if row is None:
        return None
    names = from_plain(tuple[Name, ...], json.loads(row["names"]))
    attributions = from_attribution_columns(row)
    tagging = Tagging(row["report"], attributions, names, from_blob(row["vector"]))
    return StoredTagging(tagging, row["model"])


def get_statement(connection: sqlite3.Connection, statement: str) -> Statement | None:
    """The statement of that id, with its vector."""
    query = f"""SELECT {_STATEMENT}, s.vector, {dates.COLUMNS} FROM {_STATEMENTS} {dates.JOIN}
        WHERE s.id = ?"""
    row = connection.execute(query, (statement,)).fetchone()
    return None if row is None else dates.add_date(_read_statement(row), row)


def list_statements(
    connection: sqlite3.Connection, wanted: StatementFilter = _ALL
) -> list[Statement]:
    """The statements that the filter lets through, without their vectors."""
    conditions = statement_conditions(wanted)
    query = f"""SELECT {_STATEMENT}, {dates.COLUMNS} FROM {_STATEMENTS} {dates.JOIN}
        JOIN reports AS r ON r.id = s.report WHERE {conditions.sql}
        ORDER BY {BY_DATE}, s.start, s.id LIMIT :limit OFFSET :offset"""
    limit = -1 if wanted.limit is None else wanted.limit
    values = {**conditions.values, "limit": limit, "offset": wanted.offset}
    rows = connection.execute(query, values).fetchall()
    return [dates.add_date(from_columns(Statement, row), row) for row in rows]


def statements_with_vectors(
    connection: sqlite3.Connection, statements: Collection[str]
) -> list[Statement]:
    """Those statements, by id, with their vectors and the speakers that people gave them.

    Without inferred dates.
    """
    query = f"""SELECT {_STATEMENT}, s.vector FROM {_STATEMENTS}
        JOIN reports AS r ON r.id = s.report WHERE s.id {_LISTED}
        ORDER BY {BY_DATE}, s.start, s.id"""
    return [_read_statement(row) for row in connection.execute(query, _list(statements)).fetchall()]


def reports_for_linking(connection: sqlite3.Connection) -> Iterator[LinkingReport]:
    """Every report with its opening's embedding and its newer version, read as asked for."""
    query = f"""SELECT r.*, t.vector FROM reports AS r LEFT JOIN taggings AS t ON t.report = r.id
        ORDER BY {BY_DATE}"""
    for row in connection.execute(query):
        vector = from_blob(row["vector"])
        yield LinkingReport(from_columns(Report, row), vector, row["superseded_by"])


def list_actors(
    connection: sqlite3.Connection,
    *,
    actors: Collection[str] | None = None,
    reports: Collection[str] | None = None,
) -> list[Actor]:
    """All actors, or those of some ids, or those that reports mention, by name and id."""
    wanted = "" if reports is None else f"WHERE report {_LISTED}"
    within = f"IN (SELECT actor FROM actor_mentions {wanted})" if actors is None else _LISTED
    listed = _list(reports if actors is None else actors)
    names = _group(
        connection,
        f"""SELECT actor AS owner, language, name FROM actor_names WHERE actor {within}
            ORDER BY actor, position""",
        listed,
    )
    mentions = _group(
        connection,
        f"""SELECT actor AS owner, report, name FROM actor_mentions WHERE actor {within}
            ORDER BY actor, position""",
        listed,
    )
    reasons = _group(
        connection,
        f"""SELECT actor AS owner, reasons FROM local_actors
            WHERE reasons <> '[]' AND actor {within} ORDER BY first_date, first_report, id""",
        listed,
    )
    query = f"SELECT * FROM actors WHERE id {within} ORDER BY name, id"
    return [
        from_columns(
            Actor,
            row,
            names=tuple((one["language"], one["name"]) for one in names[row["id"]]),
            mentions=tuple((one["report"], one["name"]) for one in mentions[row["id"]]),
            reasons=tuple(
                (report, name, why)
                for one in reasons[row["id"]]
                for report, name, why in json.loads(one["reasons"])
            ),
        )
        for row in connection.execute(query, listed).fetchall()
    ]


def list_stories(connection: sqlite3.Connection) -> list[Story]:
    """All stories, by the date of their first report (those without one last) and id."""
    members = _group(
        connection, "SELECT story AS owner, report FROM story_reports ORDER BY story, position"
    )
    query = "SELECT * FROM stories ORDER BY first IS NULL, first, id"
    return [
        from_columns(Story, row, reports=tuple(one["report"] for one in members[row["id"]]))
        for row in connection.execute(query).fetchall()
    ]


def get_utterance(connection: sqlite3.Connection, utterance: str) -> Utterance | None:
    """The utterance of that id."""
    conditions = Conditions()
    conditions.add_if("u.id = :utterance", utterance=utterance)
    return next(iter(_list_utterances(connection, conditions)), None)


def list_utterances(
    connection: sqlite3.Connection,
    *,
    story: str | None = None,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Utterance]:
    """The utterances of a story, by a speaker (ids), between two dates (both included).


    They come by date and id; one without a date counts by that of its best statement's report.
    """
    wanted = day_conditions("coalesce(u.said_on, r.published)", since, until)
    wanted.add_if("u.story = :story", story=story)
    wanted.add_if("u.speaker = :speaker", speaker=speaker)
    return _list_utterances(connection, wanted)


def utterances_carrying(
    connection: sqlite3.Connection, statements: Collection[str]
) -> list[Utterance]:
    """The utterances that any of these statements renders, by date and id."""
    wanted = Conditions()
    wanted.add_if(
        f"u.id IN (SELECT utterance FROM utterance_statements WHERE statement {_LISTED})",
        **_list(statements),
    )
    return _list_utterances(connection, wanted)


def list_answers(connection: sqlite3.Connection) -> list[Answer]:
    """All answers, in the order of the reports and texts that they rest on."""
    query = f"""SELECT a.* FROM answers AS a JOIN statements AS s ON s.id = a.statement
        JOIN reports AS r ON r.id = s.report ORDER BY {BY_DATE}, s.start, s.id, a.digest"""
    return [from_columns(Answer, row) for row in connection.execute(query).fetchall()]


def list_copies(connection: sqlite3.Connection) -> list[Copy]:
    """The reports whose text others have too, each family together, by report id."""
    rows = connection.execute("SELECT * FROM copies ORDER BY family, report")
    return [from_columns(Copy, row) for row in rows]


def speakers_by_statement(connection: sqlite3.Connection) -> dict[str, str]:
    """Statement id -> the id of the actor who said it, where that is known."""
    query = "SELECT statement, actor FROM statement_speakers ORDER BY statement, actor DESC"
    return {row["statement"]: row["actor"] for row in connection.execute(query).fetchall()}


def stories_by_report(connection: sqlite3.Connection) -> dict[str, str]:
    """Report id -> the id of its story, where it is in one."""
    query = "SELECT report, story FROM story_reports ORDER BY report, story DESC"
    return {row["report"]: row["story"] for row in connection.execute(query).fetchall()}


def renderings_by_statement(connection: sqlite3.Connection) -> dict[str, tuple[Rendering, ...]]:
    """Statement id -> its renderings, first the one that takes up most of it, then by utterance."""
    grouped: dict[str, list[Rendering]] = defaultdict(list)
    for row in connection.execute("SELECT * FROM renderings ORDER BY statement").fetchall():
        grouped[row["statement"]].append(from_columns(Rendering, row))
    return {one: tuple(sorted(found, key=by_extent)) for one, found in grouped.items()}


def _read_statement(row: sqlite3.Row) -> Statement:
    return from_columns(Statement, row, vector=from_blob(row["vector"]))


def _list_utterances(connection: sqlite3.Connection, wanted: Conditions) -> list[Utterance]:
    source = f"""FROM utterances AS u JOIN statements AS s ON s.id = u.best
        JOIN reports AS r ON r.id = s.report WHERE {wanted.sql}"""
    within = f"WHERE utterance IN (SELECT u.id {source}) ORDER BY utterance, position"
    parts = {
        table: _group(
            connection, f"SELECT utterance AS owner, * FROM {table} {within}", wanted.values
        )
        for table in ("utterance_statements", "renderings", "possible")
    }
    day = "coalesce(u.said_on, r.published)"
    query = f"SELECT u.* {source} ORDER BY {day} IS NULL, {day}, u.id"
    return [
        from_columns(
            Utterance,
            row,
            statements=tuple(p["statement"] for p in parts["utterance_statements"][row["id"]]),
            renderings=tuple(from_columns(Rendering, p) for p in parts["renderings"][row["id"]]),
            possible=tuple((p["other"], p["score"]) for p in parts["possible"][row["id"]]),
        )
        for row in connection.execute(query, wanted.values).fetchall()
    ]


def _group(
    connection: sqlite3.Connection,
    query: str,
    values: Mapping[str, str | None] = MappingProxyType({}),
) -> dict[str, list[sqlite3.Row]]:
    grouped: dict[str, list[sqlite3.Row]] = defaultdict(list)
    for row in connection.execute(query, dict(values)).fetchall():
        grouped[row["owner"]].append(row)
    return grouped


def _list(ids: Collection[str] | None) -> dict[str, str | None]:
    return {"listed": None if ids is None else json.dumps(sorted(ids))}


def by_extent(rendering: Rendering) -> tuple[int, str]:
    """The place of a rendering among those of its statement: what takes up most of it is first."""
    return -sum(end - start for start, end in rendering.spans), rendering.utterance
