"""Rows of one table, added, overwritten or deleted; no table or column name comes from outside."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from onrecord.record.columns import Columns


def insert_rows(connection: sqlite3.Connection, table: str, rows: Iterable[Columns]) -> None:
    """Adds rows that all have the columns of the first."""
    rows = list(rows)
    if rows:
        connection.executemany(_make_insert(table, rows[0]), rows)


def upsert_rows(
    connection: sqlite3.Connection, table: str, rows: Iterable[Columns], *, key: str = "id"
) -> None:
    """Adds rows that all have the columns of the first, or overwrites those of the same key."""
    rows = list(rows)
    if rows:
        changes = ", ".join(f'"{name}" = excluded."{name}"' for name in rows[0] if name != key)
        insert = _make_insert(table, rows[0])
        connection.executemany(f"{insert} ON CONFLICT ({key}) DO UPDATE SET {changes}", rows)


def delete_rows(
    connection: sqlite3.Connection, table: str, ids: Iterable[str], *, key: str = "id"
) -> None:
    """Deletes the rows of those keys."""
    connection.executemany(f"DELETE FROM {table} WHERE {key} = ?", [(one,) for one in sorted(ids)])


def _make_insert(table: str, columns: Columns) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    places = ", ".join(f":{name}" for name in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({places})"
