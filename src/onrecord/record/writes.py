"""Writing what was observed. Each function is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from onrecord.domain import Failure, Report, Statement, Tagging
from onrecord.errors import ReportError
from onrecord.record.columns import (
    Column,
    Columns,
    to_attribution_columns,
    to_blob,
    to_columns,
    to_json,
)
from onrecord.record.connection import read_clock, transaction
from onrecord.record.queries import has_report
from onrecord.record.rows import LINKED, LINKING
from onrecord.record.tables import delete_rows, insert_rows, upsert_rows


def write_report(
    connection: sqlite3.Connection,
    report: Report,
    tagging: Tagging,
    statements: Sequence[Statement],
    *,
    model: str,
) -> bool:
    """Stores a report with its tagging (by the model of that checksum) and its statements.

    Returns whether it was new: a report whose id the record has changes nothing. Either way the
    failures of that report are forgotten. Versions of one report (same `key`) are put in order.
    Raises ReportError where a text holds half of a surrogate pair, which UTF-8 has no bytes for.
    """
    with transaction(connection), _surrogates_refused(report):
        _forget_failures(connection, report)
        if has_report(connection, report.id):
            return False
        return _store_report(connection, report, tagging, statements, model=model)


def replace_report(
    connection: sqlite3.Connection,
    report: Report,
    tagging: Tagging,
    statements: Sequence[Statement],
    *,
    model: str,
) -> bool:
    """Stores a report like `write_report`, in place of what the record has under its id.

    Returns whether anything differed; only rows that differ are written. Where a statement goes
    for good, the utterances go too until they are linked again: put a whole rebuild in
    one `transaction` to keep them in sight.
    """
    with transaction(connection), _surrogates_refused(report):
        _forget_failures(connection, report)
        return _store_report(connection, report, tagging, statements, model=model)


def write_failure(connection: sqlite3.Connection, failure: Failure) -> None:
    """Stores a failure, in place of an earlier one of the same path, stage and report.

    Names of files that aren't UTF-8 are stored with the odd bytes spelt out.
    """
    columns = {name: _spell_out(value) for name, value in to_columns(failure).items()}
    with transaction(connection):
        connection.execute(
            "DELETE FROM failures WHERE path = :path AND stage = :stage AND report IS :report",
            columns,
        )
        insert_rows(connection, "failures", [{**columns, "at": read_clock()}])


def write_meta(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Stores a setting that the derivation depends on."""
    with transaction(connection):
        upsert_rows(connection, "meta", [{"name": name, "value": value}], key="name")


def mark_linked(connection: sqlite3.Connection) -> None:
    """Notes that the links are those of all that the record holds."""
    write_meta(connection, LINKING, LINKED)


@contextmanager
def _surrogates_refused(report: Report) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise ReportError(
            str(_spell_out(report.path)),
            "it holds half of a surrogate pair, which isn't a character and can't be stored",
        ) from error


def _spell_out(value: Column) -> Column:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    return value


def _forget_failures(connection: sqlite3.Connection, report: Report) -> None:
    connection.execute(
        "DELETE FROM failures WHERE path = :path AND (report IS NULL OR report = :id)",
        {"path": report.path, "id": report.id},
    )


def _store_report(
    connection: sqlite3.Connection,
    report: Report,
    tagging: Tagging,
    statements: Sequence[Statement],
    *,
    model: str,
) -> bool:
    changes = [
        _store_text(connection, report),
        _store_tagging(connection, tagging, model),
        _store_statements(connection, report.id, statements),
    ]
    if any(changes):
        write_meta(connection, LINKING, "due")
        _mark_due(connection, [report.id])
    return any(changes)


def _store_text(connection: sqlite3.Connection, report: Report) -> bool:
    columns = to_columns(report)
    old = _select_columns(connection, "reports", columns, key="id", value=report.id)
    if old == [columns]:
        return False
    upsert_rows(connection, "reports", [{**columns, "stored_at": read_clock()}])
    _mark_version(connection, report.id, older=None, newer=None)
    for key in {report.key, *(row["key"] for row in old)}:
        _order_versions(connection, key)
    return True


def _order_versions(connection: sqlite3.Connection, key: Column) -> None:
    # A version without a date comes first: it must not take the place of a dated one.
    query = """SELECT id FROM reports WHERE key = ?
        ORDER BY published IS NOT NULL, published, id"""
    versions = [row["id"] for row in connection.execute(query, (key,)).fetchall()]
    newer = [*versions[1:], None]
    for older, report, next_one in zip([None, *versions], versions, newer, strict=False):
        _mark_version(connection, report, older=older, newer=next_one)
    _mark_due(connection, versions)


def mark_all_due(connection: sqlite3.Connection) -> None:
    """Notes that all affairs have to be linked again."""
    connection.execute("INSERT OR IGNORE INTO due (report) SELECT id FROM reports")


def _mark_due(connection: sqlite3.Connection, reports: Iterable[str]) -> None:
    rows = [(report,) for report in reports]
    connection.executemany("INSERT OR IGNORE INTO due (report) VALUES (?)", rows)


def _mark_version(
    connection: sqlite3.Connection, report: str, *, older: str | None, newer: str | None
) -> None:
    connection.execute(
        "UPDATE reports SET newer_version_of = ?, superseded_by = ? WHERE id = ?",
        (older, newer, report),
    )


def _store_tagging(connection: sqlite3.Connection, tagging: Tagging, model: str) -> bool:
    columns: Columns = {
        "report": tagging.report,
        "model": model,
        **to_attribution_columns(tagging.attributions),
        "names": to_json(tagging.names),
        "vector": to_blob(tagging.vector),
    }
    old = _select_columns(connection, "taggings", columns, key="report", value=tagging.report)
    if old == [columns]:
        return False
    upsert_rows(connection, "taggings", [columns], key="report")
    return True


def _store_statements(
    connection: sqlite3.Connection, report: str, statements: Sequence[Statement]
) -> bool:
    rows = [_make_statement_row(statement) for statement in statements]
    wanted: Columns = rows[0] if rows else {"id": None}
    stored = _select_columns(connection, "statements", wanted, key="report", value=report)
    old = {row["id"]: row for row in stored}
    gone = {str(one) for one in old} - {statement.id for statement in statements}
    changed = [row for row in rows if old.get(row["id"]) != row]
    if gone:
        _clear_utterances(connection)
    delete_rows(connection, "statements", gone)
    upsert_rows(connection, "statements", changed)
    return bool(gone or changed)


def _make_statement_row(statement: Statement) -> Columns:
    speaker = statement.speaker
    return {
        **to_columns(statement),
        "words": statement.content.text,
        "start": statement.content.start,
        "speaker_name": None if speaker is None else speaker.name,
    }


def _clear_utterances(connection: sqlite3.Connection) -> None:
    # Their child rows go with them; references between the rows are looked at on commit.
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("DELETE FROM answers")
    connection.execute("DELETE FROM utterances")
    mark_all_due(connection)


def _select_columns(
    connection: sqlite3.Connection, table: str, wanted: Columns, *, key: str, value: str
) -> list[Columns]:
    names = ", ".join(f'"{name}"' for name in wanted)
    rows = connection.execute(f"SELECT {names} FROM {table} WHERE {key} = ?", (value,))
    return [dict(row) for row in rows.fetchall()]
