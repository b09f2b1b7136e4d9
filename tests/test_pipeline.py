from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onrecord import pipeline
from onrecord.record import queries, state
from onrecord.record.connection import open_record
from onrecord.views.columns import EXPORTS
from onrecord.views.exports import export_rows


def add(path: Path, reports: list[str], encoder: Any) -> pipeline.Added:
    with closing(open_record(path)) as connection:
        return pipeline.add_reports(connection, reports, encoder, progress=lambda done, name: None)


def export_all(path: Path) -> dict[str, list[str]]:
    with closing(open_record(path, read_only=True)) as connection:
        return {
            what: [json.dumps(row, ensure_ascii=False) for row in export_rows(connection, what)]
            for what in EXPORTS
        }


def test_the_order_of_files_changes_nothing(few_reports, tmp_path, encoder):
    files = sorted(str(path) for path in few_reports.iterdir())
    add(tmp_path / "one.db", files, encoder)
    for name in reversed(files):
        add(tmp_path / "other.db", [name], encoder)
    assert export_all(tmp_path / "one.db") == export_all(tmp_path / "other.db")


def test_adding_again_changes_nothing(few_reports, tmp_path, encoder):
    record = tmp_path / "record.db"
    first = add(record, [str(few_reports)], encoder)
    before = export_all(record)
    again = add(record, [str(few_reports)], encoder)
    assert len(first.new) == 4
    assert (again.new, sorted(again.known)) == ((), sorted(first.new))
    assert export_all(record) == before


def test_a_report_that_stands_twice_among_the_files_is_new_once(few_reports, tmp_path, encoder):
    (few_reports / "copy.txt").write_bytes((few_reports / "vigie-ponant.txt").read_bytes())
    added = add(tmp_path / "record.db", [str(few_reports)], encoder)
    assert len(added.new) == 4
    assert len(added.known) == 1
    assert set(added.known) < set(added.new)


def test_batches_of_any_size_give_the_same(few_reports, tmp_path, encoder, monkeypatch):
    add(tmp_path / "one.db", [str(few_reports)], encoder)
    monkeypatch.setattr(pipeline, "AT_ONCE", 1)
    add(tmp_path / "other.db", [str(few_reports)], encoder)
    assert export_all(tmp_path / "one.db") == export_all(tmp_path / "other.db")


def test_a_rebuild_gives_the_same(few_reports, tmp_path, encoder):
    record = tmp_path / "record.db"
    add(record, [str(few_reports)], encoder)
    before = export_all(record)
    with closing(open_record(record)) as connection:
        assert pipeline.rebuild_record(connection, encoder, progress=lambda done, name: None) == 4
    assert export_all(record) == before


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 8,
    "latin.txt": "Der Präsident sagte, es gäbe Ärger. ".encode("latin-1") * 4,
}


def test_what_cannot_be_read_fails_in_one_line_and_the_rest_goes_in(few_reports, tmp_path, encoder):
    for name, data in BAD.items():
        (few_reports / name).write_bytes(data)
    record = tmp_path / "record.db"
    added = add(record, [str(few_reports), str(tmp_path / "missing.txt")], encoder)
    assert len(added.new) == 4
    failed = {Path(failure.path).name: failure.reason for failure in added.failures}
    assert set(failed) == {*BAD, "missing.txt"}
    assert all(reason and "\n" not in reason for reason in failed.values())
    with closing(open_record(record, read_only=True)) as connection:
        stored = {row.failure.path for row in state.list_failures(connection)}
    assert {Path(path).name for path in stored} == set(failed)


def test_a_mended_file_takes_its_failure_away(few_reports, tmp_path, encoder):
    record = tmp_path / "record.db"
    path = few_reports / "vigie-ponant.txt"
    good = path.read_bytes()
    path.write_bytes(b"")
    assert len(add(record, [str(path)], encoder).failures) == 1
    path.write_bytes(good)
    assert add(record, [str(path)], encoder).failures == ()
    with closing(open_record(record, read_only=True)) as connection:
        assert state.list_failures(connection) == []


@pytest.fixture
def examples(examples_record) -> Iterator[sqlite3.Connection]:
    with closing(open_record(examples_record, read_only=True)) as connection:
        yield connection


def test_every_span_of_every_export_is_what_was_printed(examples):
    texts = {report.id: report.text for report in queries.list_reports(examples)}
    checked = 0
    home = {s.id: s.report for s in queries.list_statements(examples)}
    for row in export_rows(examples, "statements"):
        checked += check_words(row, texts[row["report"]["id"]])
    for row in export_rows(examples, "answers"):
        checked += check_words(row["basis"], texts[home[row["basis"]["statement"]]])
    assert checked > 300


def check_words(value: Any, text: str) -> int:
    """Checks each {"text", "spans"} in a row against the report's text; returns how many."""
    if isinstance(value, list):
        return sum(check_words(one, text) for one in value)
    if not isinstance(value, dict):
        return 0
    found = 0
    if "text" in value and "spans" in value:
        printed = " … ".join(text[start:end] for start, end in value["spans"])
        assert (value["text"] or "") == printed  # null where a date is from elsewhere
        found = 1
    return found + sum(check_words(one, text) for one in value.values())


def test_furniture_and_captions_give_no_statements(examples):
    zones = {report.id: report.zones for report in queries.list_reports(examples)}
    for statement in queries.list_statements(examples):
        silent = [z.span for z in zones[statement.report] if z.kind in ("furniture", "caption")]
        for start, end in statement.content.spans:
            assert not any(low < end and start < high for low, high in silent)


def test_all_of_a_primary_source_is_direct(examples):
    primary = {r.id for r in queries.list_reports(examples) if r.kind == "primary"}
    kinds = {s.kind for s in queries.list_statements(examples) if s.report in primary}
    assert kinds == {"direct"}
