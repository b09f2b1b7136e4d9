from __future__ import annotations

import numpy as np
import pytest
from tests.linked import write_links

from onrecord.domain import Links, Mention, Rendering, Story, Tagging, Utterance
from onrecord.errors import InputError
from onrecord.record.queries import (
    get_report,
    get_statement,
    get_tagging,
    get_utterance,
    has_report,
    list_reports,
    list_statements,
    list_stories,
    list_utterances,
    list_versions,
    renderings_by_statement,
    reports_for_linking,
    speakers_by_statement,
    statements_with_vectors,
    stories_by_report,
)
from onrecord.record.rows import StatementFilter
from onrecord.record.state import count_all
from onrecord.record.writes import write_report


def ids(things):
    return [thing.id for thing in things]


def test_what_is_not_there_is_none(record):
    assert get_report(record, "x") is None
    assert get_statement(record, "x") is None
    assert get_tagging(record, "x") is None
    assert get_utterance(record, "x") is None
    assert list_versions(record, "x") == []
    assert not has_report(record, "x")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_everything_comes_by_date_then_id_then_place(record, make, order):
    dates = {"a": None, "b": "2031-05", "c": "2031-05-02", "d": "2031-05-02"}
    for place in order:
        one, published = list(dates.items())[place]
        make.store(
            record,
            make.report(one, published=published),
            make.statement(f"{one}1", one, start=9),
            make.statement(f"{one}2", one, start=3),
        )
    expected = ["b2", "b1", "c2", "c1", "d2", "d1", "a2", "a1"]
    assert ids(list_reports(record)) == ["b", "c", "d", "a"]
    assert ids(list_statements(record)) == expected
    assert ids(statements_with_vectors(record, expected)) == expected
    assert [found.report.id for found in reports_for_linking(record)] == ["b", "c", "d", "a"]
    assert ids(list_statements(record, StatementFilter(limit=2, offset=3))) == ["c1", "d2"]


@pytest.fixture
def affair(record, make):
    """Two reports in two languages, four statements, three of them by Holt."""
    make.store(
        record,
        make.report("r1", published="2031-03-02T10:00:00Z"),
        make.statement("s1", "r1", "the harbour stays open", kind="direct"),
        make.statement("s2", "r1", "we shall see", start=50, said_on="2031-02"),
        make.statement(
            "s3", "r1", "no comment", start=90, speaker=Mention("Ode", "person", "name")
        ),
    )
    make.store(
        record,
        make.report("r2", language="de", published="2031-03-09"),
        make.statement("s4", "r2", "der Hafen bleibt offen", speaker=None, said_on="2031-03-01/.."),
    )
    make.store(record, make.report("r3"), make.statement("s5", "r3", speaker=None))
    links = make.links()
    first, union = links.actors
    holt = first.__class__("a1", "Holt", "person", (), (), (("r1", "Holt"),))
    utterance = Utterance(
        "u1",
        "a1",
        "2031-03-02",
        ("s1", "s4"),
        "s1",
        "y1",
        (Rendering("s4", "u1", "translated", ()),),
    )
    undated = Utterance("u2", None, None, ("s5",), "s5", None)
    by_report = Utterance("u3", "a2", None, ("s2",), "s2", None)
    story = Story("y1", "Harbour", ("r1", "r2"), ("de", "en"), "2031-03-02", "2031-03-09", "y1")
    later = Story("y2", "Later", ("r3",), ("en",), None, None, "y1")
    write_links(record, Links((holt, union), (later, story), (undated, by_report, utterance)))
    return record


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "s1 s2 s3 s4 s5"),
        ({"story": "y1"}, "s1 s2 s3 s4"),
        ({"story": "y9"}, ""),
        ({"report": "r2"}, "s4"),
        ({"speaker": "a1"}, "s1 s4"),
        ({"speaker": "a2"}, "s2"),
        ({"language": "de"}, "s4"),
        ({"kind": "direct"}, "s1"),
        ({"text": "HARBOUR"}, "s1"),
        ({"text": "hafen offen"}, "s4"),
        ({"text": "harbour hafen"}, ""),
        ({"text": "—"}, ""),
        ({"since": "2031-03-02"}, "s1 s3 s4"),
        ({"since": "2031-02-20"}, "s1 s2 s3 s4"),
        ({"until": "2031-02-20"}, "s2"),
        ({"until": "2031-03"}, "s1 s2 s3 s4"),
        ({"since": "2031-03-02", "until": "2031-03-02"}, "s1 s3 s4"),
        ({"since": "2032"}, "s4"),
        ({"since": "2031-03", "speaker": "a1", "language": "en", "text": "open"}, "s1"),
        ({"text": "x' OR 1=1 --"}, ""),
        ({"story": "' OR '1'='1"}, ""),
    ],
)
def test_statements_are_filtered(affair, wanted, found):
    assert ids(list_statements(affair, StatementFilter(**wanted))) == found.split()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "r1 r2 r3"),
        ({"story": "y1"}, "r1 r2"),
        ({"language": "en"}, "r1 r3"),
        ({"since": "2031-03-03"}, "r2"),
        ({"until": "2031-03-02"}, "r1"),
    ],
)
def test_reports_are_filtered(affair, wanted, found):
    assert ids(list_reports(affair, **wanted)) == found.split()


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, "u1 u3 u2"),
        ({"story": "y1"}, "u1"),
        ({"speaker": "a2"}, "u3"),
        ({"since": "2031-03-02", "until": "2031-03-02"}, "u1 u3"),
        ({"since": "2031-03-03"}, ""),
    ],
)
def test_utterances_are_filtered(affair, wanted, found):
    assert ids(list_utterances(affair, **wanted)) == found.split()


@pytest.mark.parametrize("bound", ["yesterday", "2031-13", ""])
def test_a_bound_that_is_no_date_is_refused(affair, bound):
    with pytest.raises(InputError, match="isn't a date"):
        list_statements(affair, StatementFilter(since=bound))


def test_stories_come_by_their_first_day(affair):
    assert ids(list_stories(affair)) == ["y1", "y2"]


def test_lookups_for_exports(affair):
    assert speakers_by_statement(affair) == {"s1": "a1", "s2": "a2", "s4": "a1"}
    assert stories_by_report(affair) == {"r1": "y1", "r2": "y1", "r3": "y2"}
    assert get_utterance(affair, "u1").statements == ("s1", "s4")


def test_the_main_rendering_comes_first(record, make):
    make.store(record, make.report("r1"), make.statement("s1", "r1"))
    utterances = tuple(
        Utterance(one, None, None, ("s1",), "s1", None, (Rendering("s1", one, "spliced", (span,)),))
        for one, span in [("u1", (0, 3)), ("u2", (3, 11)), ("u3", (3, 11))]
    )
    write_links(record, Links((), (), utterances))
    renderings = renderings_by_statement(record)
    assert [rendering.utterance for rendering in renderings["s1"]] == ["u2", "u3", "u1"]


def test_vectors_are_read_where_that_is_said(record, make):
    vector = np.array([1.5, -2.25, 1e-30], dtype=np.float32)
    statement = make.statement("s1", "r1", vector=vector)
    tagging = Tagging("r1", (), (), vector=2 * vector)
    write_report(record, make.report("r1", key="k"), tagging, [statement], model="m")
    make.store(record, make.report("r2", key="k", published="2031"))
    assert np.array_equal(get_statement(record, "s1").vector, vector)
    assert np.array_equal(statements_with_vectors(record, ["s1"])[0].vector, vector)
    assert list_statements(record)[0].vector is None
    newer, older = reports_for_linking(record)
    assert (newer.vector, newer.superseded_by, older.superseded_by) == (None, None, "r2")
    assert np.array_equal(older.vector, 2 * vector)


def test_everything_is_counted(affair):
    counts = count_all(affair)
    assert counts.languages == (("en", 2), ("de", 1))
    assert (counts.reports, counts.statements, counts.without_speaker) == (3, 5, 1)
    assert (counts.actors, counts.stories, counts.utterances, counts.answers) == (2, 2, 3, 0)
    assert (counts.superseded, counts.outlets, counts.failures, counts.decisions) == (0, 0, 0, 0)
