"""What state the record is in: how much it holds, what failed, and whether it is linked."""

from __future__ import annotations

import sqlite3

from onrecord.domain import Failure
from onrecord.record.columns import from_columns
from onrecord.record.rows import LINKED, LINKING, Counts, StoredFailure


def list_failures(connection: sqlite3.Connection) -> list[StoredFailure]:
    """All failures, by path and stage."""
    query = "SELECT * FROM failures ORDER BY path, stage, report IS NOT NULL, report"
    rows = connection.execute(query).fetchall()
    return [StoredFailure(from_columns(Failure, row), row["at"]) for row in rows]


def read_meta(connection: sqlite3.Connection, name: str) -> str | None:
    """The setting of that name, or None where it was never written."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row["value"])


def is_linked(connection: sqlite3.Connection) -> bool:
    """Whether the links rest on all reports and decisions; False after an `add` cut short."""
    return read_meta(connection, LINKING) == LINKED


def count_all(connection: sqlite3.Connection) -> Counts:
    """How many things of each sort there are."""
    query = """SELECT
        (SELECT count(*) FROM reports) AS reports,
        (SELECT count(*) FROM reports WHERE superseded_by IS NOT NULL) AS superseded,
        (SELECT count(DISTINCT outlet) FROM reports) AS outlets,
        (SELECT count(*) FROM statements) AS statements,
        (SELECT count(*) FROM statements
            WHERE id NOT IN (SELECT statement FROM statement_speakers)
                AND speaker_name IS NULL) AS without_speaker,
        (SELECT count(*) FROM actors) AS actors,
        (SELECT count(*) FROM stories) AS stories,
        (SELECT count(*) FROM utterances) AS utterances,
        (SELECT count(*) FROM answers) AS answers,
        (SELECT count(*) FROM failures) AS failures,
        (SELECT count(*) FROM decisions) AS decisions"""
    row = connection.execute(query).fetchone()
    languages = connection.execute(
        "SELECT language, count(*) FROM reports GROUP BY language ORDER BY count(*) DESC, language"
    ).fetchall()
    return from_columns(Counts, row, languages=tuple((name, count) for name, count in languages))
