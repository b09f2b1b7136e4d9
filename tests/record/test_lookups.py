"""What a page looks up is what the queries of the whole record say."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from onrecord.record import lookups, queries, state
from onrecord.record.connection import open_record


@pytest.fixture
def connection(examples_record) -> Iterator[sqlite3.Connection]:
    with closing(open_record(examples_record, read_only=True)) as connection:
        yield connection


def test_single_things_are_those_of_the_lists(connection):
    for actor in queries.list_actors(connection):
        assert lookups.get_actor(connection, actor.id) == actor
    for story in queries.list_stories(connection):
        assert lookups.get_story(connection, story.id) == story
    for copy in queries.list_copies(connection):
        assert lookups.get_copy(connection, copy.report) == copy
    assert lookups.get_actor(connection, "none") is None
    assert lookups.get_story(connection, "none") is None
    assert lookups.get_copy(connection, "none") is None


def test_the_totals_are_those_of_the_summary(connection):
    totals, counts = lookups.count_things(connection), state.count_all(connection)
    for name in ("reports", "statements", "utterances", "decisions"):
        assert getattr(totals, name) == getattr(counts, name)
    assert totals.languages == tuple(code for code, _ in counts.languages)


def test_stories_come_newest_first_in_parts(connection):
    every = lookups.latest_stories(connection, limit=100)
    assert {one.id for one in every} == {one.id for one in queries.list_stories(connection)}
    days = [one.last or one.first for one in every]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)
    assert days[: len(dated)] == dated
    parts = [lookups.latest_stories(connection, limit=2, offset=n) for n in range(0, 100, 2)]
    assert [one for part in parts for one in part] == every


def test_stories_know_their_neighbours_and_reports(connection):
    stories = queries.list_stories(connection)
    home = queries.stories_by_report(connection)
    for story in stories:
        beside = {one.id for one in stories if one.storyline == story.storyline} - {story.id}
        assert set(lookups.stories_beside(connection, story)) == beside
        for report in story.reports:
            assert lookups.story_of_report(connection, report) == home[report]
    assert lookups.story_of_report(connection, "none") is None


def test_utterances_are_found_from_all_sides(connection):
    utterances = queries.list_utterances(connection)
    statements = {one.id: one for one in queries.list_statements(connection)}
    for story in queries.list_stories(connection):
        wanted = {
            one.id
            for one in utterances
            if one.story == story.id
            or any(statements[s].report in story.reports for s in one.statements)
        }
        assert set(lookups.utterances_of_story(connection, story.id)) == wanted
    for actor, said in lookups.most_heard_actors(connection, limit=1000):
        mine = [one.id for one in utterances if one.speaker == actor]
        assert sorted(lookups.utterances_by_actor(connection, actor, limit=1000)) == sorted(mine)
        assert said == len(mine)
    for statement in statements:
        wanted = {one.id for one in utterances if statement in one.statements}
        assert set(lookups.utterances_of_statement(connection, statement)) == wanted
    for report in {one.report for one in statements.values()}:
        found = lookups.utterances_of_report(connection, report)
        wanted = {u.id for u in utterances for s in u.statements if statements[s].report == report}
        assert len(found) == len(set(found))
        assert set(found) == wanted


def test_the_renderings_of_a_statement_come_in_the_same_order(connection):
    renderings = queries.renderings_by_statement(connection)
    for one in queries.list_statements(connection):
        found = lookups.renderings_of_statement(connection, one.id)
        assert tuple(found) == renderings.get(one.id, ())


def test_what_has_to_do_with_an_utterance_is_nearby(connection):
    utterances = queries.list_utterances(connection)
    answers = queries.list_answers(connection)
    for one in utterances:
        others = {one.repeats, *(other for other, _ in one.possible)}
        others |= {u.id for u in utterances if u.repeats == one.id or one.id in dict(u.possible)}
        others |= {a.to for a in answers if a.utterance == one.id}
        others |= {a.utterance for a in answers if a.to == one.id}
        assert set(lookups.utterances_nearby(connection, [one.id])) == others - {None, one.id}
        mine = [a for a in answers if one.id in (a.utterance, a.to)]
        assert sorted(map(repr, lookups.answers_among(connection, [one.id]))) == sorted(
            map(repr, mine)
        )


def test_actors_beside_are_those_that_the_reports_name(connection):
    actors = queries.list_actors(connection)
    for report in queries.list_reports(connection):
        wanted = {one.id for one in actors if report.id in dict(one.mentions)}
        assert set(lookups.actors_beside(connection, [report.id])) == wanted
    speakers = queries.speakers_by_statement(connection)
    for one in actors:
        assert lookups.count_statements_by(connection, one.id) >= list(speakers.values()).count(
            one.id
        )
