from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from onrecord.errors import RecordError
from onrecord.record.connection import (
    APPLICATION_ID,
    Migration,
    list_migrations,
    open_record,
    split_sql,
    transaction,
)
from onrecord.record.queries import (
    list_reports,
)
from onrecord.record.state import count_all, read_meta
from onrecord.record.writes import write_meta


def make_sqlite(path: Path, *sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in sql:
            connection.execute(statement)
        connection.commit()


def test_a_new_record_is_set_up(path):
    with closing(open_record(path)) as record:
        settings = [
            record.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "journal_mode", "foreign_keys", "synchronous")
        ]
        timeout = record.execute("PRAGMA busy_timeout").fetchone()[0]
        applied = record.execute("SELECT number, name FROM migrations").fetchall()
    assert settings == [APPLICATION_ID, "wal", 1, 1]
    assert timeout >= 5000
    assert [tuple(row) for row in applied] == [(m.number, m.name) for m in list_migrations()]


def test_migrations_are_numbered_without_gaps():
    assert [m.number for m in list_migrations()] == list(range(1, len(list_migrations()) + 1))


def test_opening_again_applies_nothing(path):
    open_record(path).close()
    before = path.read_bytes()
    open_record(path).close()
    assert path.read_bytes() == before


def test_the_file_may_have_any_name(tmp_path):
    path = tmp_path / "réc?ord #1 100%.db"
    open_record(path).close()
    with closing(open_record(path, read_only=True)) as record:
        assert count_all(record).reports == 0
    assert path.exists()


def test_a_reader_cannot_write(path):
    open_record(path).close()
    with (
        closing(open_record(path, read_only=True)) as record,
        pytest.raises(sqlite3.OperationalError, match="readonly"),
    ):
        write_meta(record, "a", "b")


def other_database(path):
    make_sqlite(path, "CREATE TABLE birds (name)")


def other_program(path):
    make_sqlite(path, "PRAGMA application_id = 77")


def newer_record(path):
    open_record(path).close()
    make_sqlite(path, "INSERT INTO migrations VALUES (9999, 'later', '2099-01-01')")


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (lambda path: path.write_text("A report. " * 200), "isn't an Onrecord record"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + b"x" * 5000), "record"),
        (other_database, "isn't an Onrecord record"),
        (other_program, "isn't an Onrecord record"),
        (newer_record, "newer Onrecord .schema 9999; this one knows"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(path, prepare, says, read_only):
    prepare(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(RecordError, match=says) as raised:
        open_record(path, read_only=read_only)
    assert "\n" not in str(raised.value)
    assert before == (path.read_bytes() if path.is_file() else None)


@pytest.mark.parametrize("make_it", [lambda path: None, lambda path: path.touch()])
def test_a_reader_needs_a_record(path, make_it):
    make_it(path)
    with pytest.raises(RecordError, match=r"no record|isn't"):
        open_record(path, read_only=True)


def test_an_empty_file_becomes_a_record(path):
    path.touch()
    open_record(path).close()
    open_record(path, read_only=True).close()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(RecordError, match=r"no folder .*nowhere"):
        open_record(tmp_path / "nowhere" / "record.db")


def test_a_reader_of_an_older_record_is_told_so(path):
    open_record(path).close()
    make_sqlite(path, "DELETE FROM migrations")
    with pytest.raises(RecordError, match="older Onrecord"):
        open_record(path, read_only=True)


def test_a_migration_that_fails_leaves_nothing(path, monkeypatch):
    known = list_migrations()
    script = "CREATE TABLE birds (name);\nINSERT INTO nowhere VALUES (1);\n"
    bad = Migration(len(known) + 1, "bad", script)
    monkeypatch.setattr("onrecord.record.connection.list_migrations", lambda: [*known, bad])
    with pytest.raises(RecordError, match="nowhere"):
        open_record(path)
    monkeypatch.undo()
    with closing(open_record(path)) as record:
        tables = record.execute("SELECT name FROM sqlite_master WHERE name = 'birds'").fetchall()
        assert tables == []


def test_scripts_are_split_between_statements_only():
    table = "-- a; b\nCREATE TABLE a (b);\n"
    trigger = "CREATE TRIGGER c AFTER INSERT ON a\nBEGIN\nSELECT 1;\nEND;\n"
    assert split_sql(table + trigger) == [table, trigger]


def test_many_may_make_the_record_at_once(path):
    failures: list[BaseException] = []

    def make() -> None:
        try:
            open_record(path).close()
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with closing(open_record(path, read_only=True)) as record:
        assert count_all(record).reports == 0


def write_and_fail(record, value):
    with transaction(record):
        write_meta(record, "a", value)
        raise KeyError


def test_a_transaction_is_all_or_nothing(record):
    with pytest.raises(KeyError):
        write_and_fail(record, "1")
    assert read_meta(record, "a") is None


def test_a_transaction_within_another_fails_alone(record):
    with transaction(record):
        write_meta(record, "a", "1")
        with pytest.raises(KeyError):
            write_and_fail(record, "2")
        write_meta(record, "b", "1")
    assert (read_meta(record, "a"), read_meta(record, "b")) == ("1", "1")


def test_a_reader_sees_the_old_state_during_a_write(path, record, make):
    make.store(record, make.report("r1"))
    with closing(open_record(path, read_only=True)) as reader:
        with transaction(record):
            make.store(record, make.report("r2"))
            assert [report.id for report in list_reports(reader)] == ["r1"]
        assert [report.id for report in list_reports(reader)] == ["r1", "r2"]


READ_BY_NOBODY = """
import os, sys
from onrecord.record.connection import open_record
from onrecord.record.state import count_all
open_record(sys.argv[1], read_only=True).close()  # loads all that nobody may not be able to
for beside in ("-wal", "-shm"):
    os.unlink(sys.argv[1] + beside)
os.setuid(65534)
if os.access(sys.argv[1], os.R_OK) and not os.access(os.path.dirname(sys.argv[1]), os.W_OK):
    print(count_all(open_record(sys.argv[1], read_only=True)).reports)
"""


def test_a_record_in_a_folder_that_cannot_be_written_is_read(path, make):
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can become somebody who may not write here")
    with closing(open_record(path)) as record:
        make.store(record, make.report("r1"))
    for folder in list(path.parents)[:3]:
        folder.chmod(0o755)
    command = [sys.executable, "-c", READ_BY_NOBODY, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("1", "")
