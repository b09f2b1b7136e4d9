"""The record as JSON for programs: the rows of the exports, a part at a time, and errors.

Rows are those of `onrecord export` (docs/schemas). A list comes as {"items": [...], "next": path or
null}; an error as {"error": {"status": number, "message": text}}, whatever the address.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import islice
from urllib.parse import urlencode

from onrecord.errors import InputError
from onrecord.record import queries
from onrecord.record.rows import StatementFilter
from onrecord.views.addresses import find_id
from onrecord.views.columns import EXPORTS, Export, Row
from onrecord.views.decisions import decision_rows
from onrecord.views.exports import export_rows, export_statement

LIMIT = 100
MOST = 1000
FILTERS = ("story", "speaker", "language", "kind", "since", "until", "text")
"""What a list of statements can be narrowed to, as with `onrecord statements`."""
_PAGING = ("limit", "offset")


def list_routes() -> Row:
    """The addresses that there are, and what each gives."""
    lists = {f"/api/{what}": f"rows of `onrecord export {what}`" for what in EXPORTS}
    ones = {f"/api/{what}/ID": "one of them" for what in EXPORTS if what != "answers"}
    return {
        "routes": {
            **lists,
            **ones,
            "/api/check?quotation=…&by=…&on=…": "a verdict on a quotation",
            "POST /api/decisions": "makes a decision and links the record anew",
        }
    }


def list_rows(connection: sqlite3.Connection, what: Export, asked: Mapping[str, str]) -> Row:
    """A part of the rows, with the address of the next one.

    Raises InputError for a parameter that there isn't, or a value that it can't have.
    """
    known = _PAGING + (FILTERS if what == "statements" else ())
    unknown = sorted(name for name in asked if name not in known)
    if unknown:
        raise InputError(f"there is no parameter {unknown[0]!r}; there are {', '.join(known)}")
    limit = _read_number(asked, "limit", LIMIT, low=1, high=MOST)
    offset = _read_number(asked, "offset", 0, low=0, high=2**53)
    rows: Iterable[Row] = export_rows(connection, what)
    chosen = {name: asked[name] for name in FILTERS if name in asked}
    if chosen:
        wanted = StatementFilter(**chosen)  # type: ignore[arg-type]
        kept = {statement.id for statement in queries.list_statements(connection, wanted)}
        rows = (row for row in rows if row["id"] in kept)
    found = list(islice(rows, offset, offset + limit + 1))
    more = {**asked, "limit": str(limit), "offset": str(offset + limit)}
    return {
        "items": found[:limit],
        "next": f"/api/{what}?{urlencode(more)}" if len(found) > limit else None,
    }


def get_row(connection: sqlite3.Connection, what: Export, one: str) -> Row:
    """The row of that id, or of the only id that begins so. Raises InputError where none is."""
    statement = queries.get_statement(connection, one) if what == "statements" else None
    if statement is not None:
        return export_statement(connection, statement)
    rows = {row["id"]: row for row in export_rows(connection, what)}
    noun = {"stories": "story"}.get(what, what[:-1])
    return rows[find_id(rows, one, noun=noun)]


def get_decision(connection: sqlite3.Connection, one: str) -> Row:
    """The row of a decision that is there."""
    return next(row for row in decision_rows(connection) if row["id"] == one)


def write_error(status: int, message: str) -> Row:
    """The one shape of all errors."""
    return {"error": {"status": status, "message": message}}


def write_json(value: Row) -> str:
    """JSON, every character as itself."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"


def _read_number(asked: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    typed = asked.get(name)
    if typed is None:
        return default
    if not typed.isascii() or not typed.isdigit() or len(typed) > 16:
        raise InputError(f"{name}: {typed!r} is not a number")
    number = int(typed)
    if not low <= number <= high:
        raise InputError(f"{name}: {number} is not between {low} and {high}")
    return number
