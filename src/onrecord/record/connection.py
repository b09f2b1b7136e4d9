"""Opening the record: what file it is, how far its schema goes, and transactions on it."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from onrecord.edtf import overlaps
from onrecord.errors import RecordError

APPLICATION_ID = 0x4F6E5263  # "OnRc": SQLite keeps it at byte 68 of the file, where `file` looks
BUSY_SECONDS = 10.0
OLDEST_SQLITE = (3, 34, 0)  # the first with the trigram tokenizer


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of the schema."""

    number: int
    name: str
    sql: str


def open_record(path: Path | str, *, read_only: bool = False) -> sqlite3.Connection:
    """A connection to the record at `path`, made if it isn't there, with its schema up to date.

    A reader gets a connection that can't write; it sees the last whole state while another
    process writes. Use a connection only in the thread that opened it. Raises RecordError, in one
    line, where there is no record to read, the file is something else or the schema doesn't fit.
    """
    path = Path(path)
    _require_sqlite()
    _require_place(path, read_only=read_only)
    with ExitStack() as on_error, _sqlite_errors_named(path):
        connection = sqlite3.connect(
            _make_uri(path, read_only=read_only),
            uri=True,
            timeout=BUSY_SECONDS,
            isolation_level=None,
        )
        on_error.callback(connection.close)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("dates_overlap", 2, _dates_overlap, deterministic=True)
        _require_record(connection, path, read_only=read_only)
        if not read_only:
            _set_write_ahead(connection)
            _apply_migrations(connection)
        _require_schema(connection, path)
        on_error.pop_all()
        return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written in the block, or nothing of it; within another one, a part of that."""
    if connection.in_transaction:
        with _savepoint(connection):
            yield
    else:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            yield


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("SAVEPOINT part")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK TO part")
        connection.execute("RELEASE part")
        raise
    connection.execute("RELEASE part")


def read_clock() -> str:
    """The time now, in UTC, to the second, as ISO 8601 writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def list_migrations() -> list[Migration]:
    """The steps of the schema that this program knows, in order."""
    steps = (entry for entry in files(__package__).joinpath("schema").iterdir())
    found = [
        Migration(int(step.name[:4]), step.name[5:-4], step.read_text(encoding="utf-8"))
        for step in steps
        if step.name.endswith(".sql")
    ]
    return sorted(found, key=lambda migration: migration.number)


def _require_sqlite() -> None:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise RecordError(
            f"This Python has SQLite {sqlite3.sqlite_version}; the record needs {oldest} or later."
        )


def _require_place(path: Path, *, read_only: bool) -> None:
    if path.is_dir():
        raise RecordError(f"{path} is a folder; the record is a file.")
    if read_only and not path.exists():
        raise RecordError(f"There is no record at {path}.")
    if not path.parent.is_dir():
        raise RecordError(f"The record can't be made: there is no folder {path.parent}.")


def _make_uri(path: Path, *, read_only: bool) -> str:
    uri = path.absolute().as_uri()
    if not read_only:
        return f"{uri}?mode=rwc"
    # Readers share a small index file beside the record. Where none can be made (a read-only disk)
    # and nobody has writing left to be merged, the file can't change and needs none.
    log = path.with_name(f"{path.name}-wal")
    empty = not log.exists() or log.stat().st_size == 0
    if empty and not os.access(path.parent, os.W_OK):
        return f"{uri}?immutable=1"
    return f"{uri}?mode=ro"


@contextmanager
def _sqlite_errors_named(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            raise RecordError(f"{path} isn't an Onrecord record.") from error
        raise RecordError(f"The record {path} can't be opened: {error}.") from error


def _require_record(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    # In one statement, lest another process make the record between two of them.
    (found, tables) = connection.execute(
        "SELECT application_id, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id"
    ).fetchone()
    if found == APPLICATION_ID:
        return
    # A file without tables is one that was just made, or whose making was cut short.
    if read_only or found != 0 or tables:
        raise RecordError(f"{path} isn't an Onrecord record.")


def _set_write_ahead(connection: sqlite3.Connection) -> None:
    """Switches to write-ahead logging, waiting for others that are about to do the same.

    SQLite doesn't wait for that lock by itself, as it does for others.
    """
    give_up = time.monotonic() + BUSY_SECONDS
    while not _try_write_ahead(connection, last=time.monotonic() > give_up):
        time.sleep(0.01)
    connection.execute("PRAGMA synchronous = NORMAL")


def _try_write_ahead(connection: sqlite3.Connection, *, last: bool) -> bool:
    try:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if last or error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True


def _dates_overlap(one: str | None, other: str) -> bool:
    return one is not None and overlaps(one, other)


def _apply_migrations(connection: sqlite3.Connection) -> None:
    for migration in list_migrations():
        if migration.number > _find_schema(connection):
            _apply_migration(connection, migration)


def _apply_migration(connection: sqlite3.Connection, migration: Migration) -> None:
    with transaction(connection):
        # Another process may have applied it while this one waited for the lock.
        if migration.number <= _find_schema(connection):
            return
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for statement in split_sql(migration.sql):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO migrations (number, name, applied_at) VALUES (?, ?, ?)",
            (migration.number, migration.name, read_clock()),
        )


def split_sql(sql: str) -> list[str]:
    """The statements of a script, whose lines each end at most one.

    Python's `executescript` would commit the transaction that a migration is to be part of.
    """
    statements: list[str] = []
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements


def _find_schema(connection: sqlite3.Connection) -> int:
    present = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").fetchone()
    if present is None:
        return 0
    (number,) = connection.execute("SELECT coalesce(max(number), 0) FROM migrations").fetchone()
    return int(number)


def _require_schema(connection: sqlite3.Connection, path: Path) -> None:
    found, known = _find_schema(connection), list_migrations()[-1].number
    if found > known:
        raise RecordError(
            f"{path} was written by a newer Onrecord (schema {found}; this one knows {known})."
        )
    if found < known:
        raise RecordError(
            f"{path} was written by an older Onrecord (schema {found}, not {known}); "
            "`onrecord rebuild` brings it up to date."
        )
