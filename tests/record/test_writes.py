from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from onrecord.domain import Attribution, Failure, Name, Tagging
from onrecord.errors import ReportError
from onrecord.record.connection import open_record
from onrecord.record.queries import (
    get_report,
    get_statement,
    get_tagging,
    get_utterance,
    list_reports,
    list_statements,
    list_versions,
)
from onrecord.record.search import search_reports, search_statements
from onrecord.record.state import count_all, is_linked, list_failures, read_meta
from onrecord.record.writes import (
    replace_report,
    write_failure,
    write_meta,
    write_report,
)


def dump(record):
    return list(record.iterdump())


def test_the_same_report_again_changes_nothing(record, make):
    report, tagging = make.report("r1"), Tagging("r1", (), ())
    assert write_report(record, report, tagging, [make.statement("s1", "r1")], model="m")
    before = dump(record)
    assert not write_report(record, report, tagging, [make.statement("s2", "r1")], model="n")
    assert dump(record) == before


def test_a_replacement_writes_only_what_differs(record, make):
    report, tagging = make.report("r1"), Tagging("r1", (), ())
    first, second = make.statement("s1", "r1"), make.statement("s2", "r1", "by autumn")
    assert replace_report(record, report, tagging, [first, second], model="m")
    before = dump(record)
    assert not replace_report(record, report, tagging, [first, second], model="m")
    assert dump(record) == before
    third = make.statement("s3", "r1", "never", start=3)
    changed = replace(first, kind="direct")
    assert replace_report(record, report, tagging, [changed, third], model="n")
    assert list_statements(record) == [changed, third]
    assert get_tagging(record, "r1").model == "n"
    assert search_statements(record, "autumn") == []
    assert [hit.id for hit in search_statements(record, "never")] == ["s3"]


def test_a_replaced_text_is_found_by_its_new_words(record, make):
    make.store(record, make.report("r1", "The ferry sank."))
    changed = make.report("r1", "The ferry floats.")
    assert replace_report(record, changed, Tagging("r1", (), ()), [], model="m")
    assert get_report(record, "r1") == changed
    assert search_reports(record, "sank") == []
    assert [hit.id for hit in search_reports(record, "floats")] == ["r1"]


def test_utterances_go_when_a_statement_of_theirs_does(linked, make):
    report = get_report(linked, "r1")
    same = make.statement("s1", "r1", confidence=0.5)
    replace_report(linked, report, Tagging("r1", (), ()), [same], model="m")
    assert get_utterance(linked, "u1") is not None
    replace_report(linked, report, Tagging("r1", (), ()), [], model="m")
    assert get_utterance(linked, "u1") is None
    assert linked.execute("PRAGMA foreign_key_check").fetchall() == []


VERSIONS = [("old", None), ("a", "2031-03-01"), ("b", "2031-03-01"), ("new", "2031-03-02")]


@pytest.mark.parametrize("order", list(permutations(VERSIONS)))
def test_versions_stand_in_order_however_they_came(record, make, order):
    make.store(record, make.report("other", key="k2"))
    for one, published in order:
        make.store(record, make.report(one, key="k", published=published, text=one))
    assert [list_versions(record, one) for one in ("old", "b", "new")] == [
        ["old", "a", "b", "new"]
    ] * 3
    assert list_versions(record, "other") == ["other"]
    assert count_all(record).superseded == 3


@pytest.mark.parametrize(("key", "chain"), [(None, ["b"]), ("k2", ["b", "c"])])
def test_a_report_whose_key_changes_leaves_its_versions(record, make, key, chain):
    for one in ("a", "b"):
        make.store(record, make.report(one, key="k"))
    make.store(record, make.report("c", key="k2"))
    replace_report(record, make.report("b", key=key), Tagging("b", (), ()), [], model="m")
    assert list_versions(record, "a") == ["a"]
    assert list_versions(record, "b") == chain


def test_reports_without_a_key_are_no_versions(record, make):
    for one in ("a", "b"):
        make.store(record, make.report(one))
    assert count_all(record).superseded == 0


def test_a_tagging_is_read_back_with_its_vectors(record, make):
    vector = np.array([0.25, -1.5], dtype=np.float32)
    tagging = Tagging(
        "r1",
        (
            Attribution(((0, 4), (6, 9)), cue=((10, 14),), score=0.75, vector=vector),
            Attribution(((20, 24),), inner=True),
            Attribution(((30, 34),), vector=2 * vector),
        ),
        (Name((0, 4), "person", 0.5),),
        vector=3 * vector,
    )
    write_report(record, make.report("r1"), tagging, [], model="abc")
    stored = get_tagging(record, "r1")
    assert (stored.tagging, stored.model) == (tagging, "abc")
    vectors = [attribution.vector for attribution in stored.tagging.attributions]
    assert vectors[1] is None
    assert [list(vectors[0]), list(vectors[2])] == [[0.25, -1.5], [0.5, -3.0]]
    assert list(stored.tagging.vector) == [0.75, -4.5]


@pytest.mark.parametrize(
    "odd", [{"text": "a\ud800b"}, {"title": "\udcff"}, {"path": "a\udce9.txt"}]
)
def test_half_a_character_is_refused_and_leaves_nothing(record, make, odd):
    with pytest.raises(ReportError, match="surrogate") as raised:
        make.store(record, replace(make.report("r1"), **odd), make.statement("s1", "r1"))
    str(raised.value).encode()
    assert list_reports(record) == []


def test_a_fault_in_a_statement_leaves_nothing_of_the_report(record, make):
    with pytest.raises(sqlite3.IntegrityError):
        make.store(record, make.report("r1"), make.statement("s1", "no such report"))
    assert list_reports(record) == []


def test_a_failure_stands_until_its_report_is_added(record, make):
    write_failure(record, Failure("r1.txt", "tagging", "too long", "r1"))
    write_failure(record, Failure("r1.txt", "intake", "unreadable"))
    write_failure(record, Failure("r1.txt", "tagging", "another item of that file", "r9"))
    write_failure(record, Failure("r2.txt", "intake", "unreadable"))
    write_failure(record, Failure("r2.txt", "intake", "still unreadable"))
    assert len(list_failures(record)) == 4
    make.store(record, make.report("r1"))
    left = [(f.failure.path, f.failure.reason) for f in list_failures(record)]
    assert left == [("r1.txt", "another item of that file"), ("r2.txt", "still unreadable")]


def test_a_failure_goes_when_its_report_proves_to_be_known(record, make):
    make.store(record, make.report("r1"))
    write_failure(record, Failure("r1.txt", "intake", "unreadable"))
    make.store(record, make.report("r1"))
    assert list_failures(record) == []


def test_a_failure_of_a_file_with_an_odd_name_is_kept(record):
    write_failure(record, Failure("caf\udce9.txt", "intake", "its name isn't UTF-8"))
    assert [f.failure.path for f in list_failures(record)] == ["caf\\udce9.txt"]


def test_settings_are_kept(record):
    assert read_meta(record, "threshold") is None
    write_meta(record, "threshold", "0.5")
    write_meta(record, "threshold", "0.6")
    assert read_meta(record, "threshold") == "0.6"


def test_whatever_changes_makes_linking_due(linked, make):
    assert is_linked(linked)
    make.store(linked, make.report("r1"))
    assert is_linked(linked)
    make.store(linked, make.report("r3"))
    assert not is_linked(linked)


WRITER = """
import sys
from onrecord.domain import Report, Statement, Tagging, Words
from onrecord.record.connection import open_record
from onrecord.record.writes import write_report
record = open_record(sys.argv[1])
text = "Words, and more words. " * 40
for i in range(int(sys.argv[2]), 100000):
    one = f"r{i}"
    report = Report(one, one, one, text, "en", (), key=f"k{i % 7}")
    statements = [
        Statement(f"{one}-{j}", one, "direct", Words.of(text, (j, j + 400))) for j in range(10)
    ]
    write_report(record, report, Tagging(one, (), ()), statements, model="m")
    if i == int(sys.argv[2]):
        print("writing", flush=True)
"""


def test_a_writer_killed_at_any_point_leaves_whole_reports(path):
    moments = random.Random(4)
    found = 0
    for _ in range(5):
        command = [sys.executable, "-c", WRITER, str(path), str(found)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout.readline() == b"writing\n"
            time.sleep(moments.uniform(0, 0.06))
            writer.kill()
        with closing(open_record(path)) as record:
            assert record.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert record.execute("PRAGMA foreign_key_check").fetchall() == []
            counts = count_all(record)
            assert counts.statements == 10 * counts.reports
            assert counts.reports > found
            assert counts.superseded == max(0, counts.reports - 7)
            taggings = record.execute("SELECT count(*) FROM taggings").fetchone()[0]
            assert taggings == counts.reports
            record.execute(
                "INSERT INTO statement_search (statement_search) VALUES ('integrity-check')"
            )
            found = counts.reports
    assert get_statement_exists(path, f"r{found - 1}-9")


def get_statement_exists(path, statement):
    with closing(open_record(path, read_only=True)) as record:
        return get_statement(record, statement) is not None
