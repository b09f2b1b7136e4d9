"""The imported list of people and organisations in the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from onrecord.domain import KnownActor
from onrecord.record.columns import from_columns, to_columns
from onrecord.record.connection import read_clock, transaction
from onrecord.record.rows import LINKING
from onrecord.record.tables import upsert_rows
from onrecord.record.writes import mark_all_due, write_meta


def list_people(connection: sqlite3.Connection) -> list[KnownActor]:
    """All entries, by id."""
    rows = connection.execute("SELECT * FROM people ORDER BY id").fetchall()
    return [from_columns(KnownActor, row) for row in rows]


def write_people(connection: sqlite3.Connection, people: Iterable[KnownActor]) -> tuple[int, int]:
    """Adds entries, or overwrites those of the same id; how many were new, and how many changed.

    The links are out of date from then on, unless nothing differed.
    """
    with transaction(connection):
        stored = {entry.id: entry for entry in list_people(connection)}
        wanted = {entry.id: entry for entry in people}
        changed = [entry for one, entry in wanted.items() if stored.get(one) != entry]
        at = read_clock()
        upsert_rows(connection, "people", [{**to_columns(one), "added_at": at} for one in changed])
        if changed:
            write_meta(connection, LINKING, "due")
            mark_all_due(connection)
    new = sum(entry.id not in stored for entry in changed)
    return new, len(changed) - new
