"""The five real reports beside the checkout, where they are."""

from __future__ import annotations

from contextlib import closing

import pytest

from onrecord import pipeline
from onrecord.record import queries
from onrecord.record.connection import open_record
from tests.conftest import SHARED

REPORTS = SHARED / "reports"
pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not here")


@pytest.fixture(scope="module")
def record(encoder, tmp_path_factory):
    path = tmp_path_factory.mktemp("shared") / "record.db"
    with closing(open_record(path)) as connection:
        pipeline.add_reports(connection, [str(REPORTS)], encoder, progress=lambda done, name: None)
    with closing(open_record(path, read_only=True)) as connection:
        yield connection


def test_all_are_of_one_storyline(record):
    # They are of two affairs, which undated reports can't be told apart by.
    assert len({story.storyline for story in queries.list_stories(record)}) == 1


def test_only_what_has_a_date_is_dated(record):
    dates = [report.published for report in queries.list_reports(record)]
    assert [date for date in dates if date] == ["2024-09-18"]


def test_speakers_known_by_description(record):
    found: dict[str, set[str]] = {}
    names = {actor.id: actor.name for actor in queries.list_actors(record)}
    speakers = queries.speakers_by_statement(record)
    for statement in queries.list_statements(record):
        if statement.source is not None and statement.id in speakers:
            words = statement.source.text.casefold()
            found.setdefault(words, set()).add(names[speakers[statement.id]].split()[-1])
    assert "Stoltenberg" in found["the norwegian"]
    assert "Putin" in found["der kremlchef"]
