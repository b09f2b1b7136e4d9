"""Dates that linking inferred: kept apart from what was read, shown with it, gone with it."""

from __future__ import annotations

from dataclasses import replace

from tests.linked import write_links

from onrecord.domain import Basis, InferredDate, Links
from onrecord.record import queries
from onrecord.record.affairs import load_statements
from onrecord.record.dates import list_dates
from onrecord.record.rows import StatementFilter

BASIS = Basis("inferred from the story (the same words are dated there): r1.txt [r1]")
NO_DAY = ("said_on", "the report does not say when")


def store(make, record, **more):
    report = make.report("r1")
    statement = make.statement("s1", "r1", unresolved=(("speaker", "nobody"), NO_DAY), **more)
    make.store(record, report, statement)
    return statement


def test_a_date_is_shown_with_what_was_read(make, record):
    store(make, record)
    date = InferredDate("s1", "2031-03-01", BASIS)
    assert write_links(record, Links(dates=(date,)))
    assert not write_links(record, Links(dates=(date,)))
    assert list_dates(record) == [date]
    for found in (queries.get_statement(record, "s1"), *queries.list_statements(record)):
        assert (found.said_on, found.said_on_basis) == ("2031-03-01", BASIS)
        assert found.unresolved == (("speaker", "nobody"),)


def test_linking_does_not_read_what_it_inferred(make, record):
    store(make, record)
    write_links(record, Links(dates=(InferredDate("s1", "2031-03-01", BASIS),)))
    for (found,) in (
        queries.statements_with_vectors(record, ["s1"]),
        load_statements(record, ["r1"]),
    ):
        assert (found.said_on, found.unresolved[-1]) == (None, NO_DAY)


def test_a_reason_takes_the_place_of_the_one_that_was_read(make, record):
    store(make, record)
    reason = "other reports of the story give different days: 2031-03-01 in a; 2031-03-02 in b"
    write_links(record, Links(dates=(InferredDate("s1", unresolved=reason),)))
    (found,) = queries.list_statements(record)
    assert found.said_on is None
    assert found.unresolved == (("speaker", "nobody"), ("said_on", reason))


def test_dates_go_when_the_story_no_longer_gives_them(make, record):
    statement = store(make, record)
    write_links(record, Links(dates=(InferredDate("s1", "2031-03-01", BASIS),)))
    assert write_links(record, Links())
    assert list_dates(record) == []
    (found,) = queries.list_statements(record)
    assert found == replace(statement, vector=None)


def test_statements_are_found_by_an_inferred_date(make, record):
    store(make, record)
    write_links(record, Links(dates=(InferredDate("s1", "2031-03-01", BASIS),)))

    def count(day):
        return len(queries.list_statements(record, StatementFilter(since=day, until=day)))

    assert (count("2031-03-01"), count("2031-03-02")) == (1, 0)
