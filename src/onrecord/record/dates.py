"""Statements as read, with the dates that linking inferred for them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace

from onrecord.domain import Basis, InferredDate, Statement
from onrecord.record.columns import from_columns, from_plain

JOIN = "LEFT JOIN inferred_dates AS d ON d.statement = s.id"
"""To be put behind the statements, `s`, where their columns are read with `COLUMNS`."""
COLUMNS = """d.statement AS inferred, d.said_on AS inferred_on, d.basis AS inferred_basis,
    d.unresolved AS inferred_reason"""
SAID_ON = """coalesce(
    (SELECT d.said_on FROM inferred_dates AS d WHERE d.statement = s.id), s.said_on
)"""
"""The date of a statement `s` in a condition."""


def add_date(statement: Statement, row: sqlite3.Row) -> Statement:
    """The statement with the inferred date of a row that has `COLUMNS`, or why there is none."""
    if row["inferred"] is None:
        return statement
    others = tuple(pair for pair in statement.unresolved if pair[0] != "said_on")
    if row["inferred_on"] is None:
        return replace(statement, unresolved=(*others, ("said_on", row["inferred_reason"])))
    basis = from_plain(Basis, json.loads(row["inferred_basis"]))
    return replace(statement, said_on=row["inferred_on"], said_on_basis=basis, unresolved=others)


def list_dates(connection: sqlite3.Connection) -> list[InferredDate]:
    """All inferred dates, by statement id."""
    rows = connection.execute("SELECT * FROM inferred_dates ORDER BY statement").fetchall()
    return [from_columns(InferredDate, row) for row in rows]
