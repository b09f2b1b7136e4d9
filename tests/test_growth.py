from __future__ import annotations

import json
import random
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from onrecord import growth
from onrecord.domain import Mention, Report, Statement, Tagging, Words, Zone
from onrecord.record import state, writes
from onrecord.record.connection import open_record
from onrecord.tagging.tagger import tag_reports
from onrecord.views.columns import EXPORTS
from onrecord.views.exports import export_rows

SPEAKERS = ("Mira Holt", "Pia Orrin", "Holt", "Jonas Vance")
TOPICS = {
    "bridge": "Tidewater Harbour Calder Quay: the swing bridge stuck on Tuesday, 14 ships waited.",
    "hospital": "Larkfield Infirmary Ashby Ward: 212 nurses left the hospital after the audit.",
    "elections": "Norvale Assembly Bresk Party: the count of 8,450 ballots begins on Sunday.",
}


def make_read(one, topic, speaker, words, *, day, sizes):
    """A report of one statement, as the stages before linking leave it."""
    text = f"{TOPICS[topic]} {speaker} said: “{words}.” {TOPICS[topic]}"
    start = text.index(words)
    report = Report(
        one, one, one, text, "en", (Zone("body", (0, len(text))),), published=f"2031-03-{day:02}"
    )
    drawn = np.random.default_rng(sorted(TOPICS).index(topic)).standard_normal(max(sizes))
    vector = (drawn / np.linalg.norm(drawn)).astype(np.float32)
    content = Words.of(text, (start, start + len(words)))
    statement = Statement(
        f"s{one}", one, "direct", content, speaker=Mention(speaker, "person", "name")
    )
    of_report, of_content = (vector[:size] for size in sizes)
    return report, Tagging(one, (), (), of_report), [replace(statement, vector=of_content)]


@pytest.fixture
def reads(encoder):
    rng = random.Random(4)
    sizes = read_sizes(encoder)
    lines = ["nobody warned us of it in time", "we will open it again before the summer"]
    return [
        make_read(
            f"r{n}",
            rng.choice(sorted(TOPICS)),
            rng.choice(SPEAKERS),
            rng.choice(lines),
            day=1 + n,
            sizes=sizes,
        )
        for n in range(12)
    ]


def read_sizes(encoder):
    """How long the vectors of a report and of a content are."""
    report = Report("x", "x", "x", "Words.", "en", (Zone("body", (0, 6)),))
    (tagging,) = tag_reports([report], encoder)
    return len(tagging.vector), len(encoder.embed_text("Words."))


def fill(path, batches, encoder):
    with closing(open_record(path)) as connection:
        for batch in batches:
            for report, tagging, statements in batch:
                writes.write_report(connection, report, tagging, statements, model="m")
            growth.link_record(connection, encoder)
    return read_all(path)


def read_all(path):
    with closing(open_record(path, read_only=True)) as connection:
        return {
            what: [json.dumps(row, ensure_ascii=False) for row in export_rows(connection, what)]
            for what in EXPORTS
        }


@pytest.mark.parametrize("seed", range(3))
def test_one_by_one_gives_what_all_at_once_does(reads, seed, tmp_path, encoder):
    mixed = random.Random(seed).sample(reads, len(reads))
    at_once = fill(tmp_path / "one.db", [reads], encoder)
    assert at_once["stories"]
    assert at_once["utterances"]
    assert fill(tmp_path / "other.db", [[read] for read in mixed], encoder) == at_once


def test_what_a_report_does_not_touch_is_not_written(reads, tmp_path, encoder):
    path = tmp_path / "record.db"
    sizes = read_sizes(encoder)
    fill(path, [reads], encoder)
    stranger = make_read(
        "far", "bridge", "Ines Quist", "it is all over now for us", day=28, sizes=sizes
    )
    text = "Something else altogether happened in a far country, and nobody knows why yet."
    report = replace(stranger[0], text=text, zones=(Zone("body", (0, len(text))),))
    statement = replace(
        stranger[2][0], content=Words.of(text, (0, 14)), vector=-stranger[2][0].vector
    )
    before = read_all(path)
    with closing(open_record(path)) as connection:
        tagging = replace(stranger[1], vector=-stranger[1].vector)
        writes.write_report(connection, report, tagging, [statement], model="m")
        kept = {row["id"]: tuple(row) for row in connection.execute("SELECT * FROM utterances")}
        assert growth.link_record(connection, encoder)
        after = {row["id"]: tuple(row) for row in connection.execute("SELECT * FROM utterances")}
        assert state.is_linked(connection)
        assert not growth.link_record(connection, encoder)
    assert kept.items() <= after.items()
    assert set(before["actors"]) < set(read_all(path)["actors"])


def test_a_superseded_report_leaves_its_affair(reads, tmp_path, encoder):
    path = tmp_path / "record.db"
    report, tagging, statements = reads[0]
    first = replace(report, key="k"), tagging, statements
    later = replace(report, id="later", key="k", published="2031-04-01")
    other = [replace(one, id="s-later", report="later") for one in statements]
    fill(path, [[first, *reads[1:]]], encoder)
    found = fill(path, [[(later, replace(tagging, report="later"), other)]], encoder)
    assert found == fill(
        tmp_path / "at once.db",
        [[first, *reads[1:], (later, replace(tagging, report="later"), other)]],
        encoder,
    )
    assert not any(statements[0].id in row for row in found["utterances"])
