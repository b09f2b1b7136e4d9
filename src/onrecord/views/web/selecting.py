"""A few utterances of the record with all that a page shows of them, however large the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from onrecord.domain import Actor, Copy, Report, Statement, Story, Utterance
from onrecord.record import lookups, queries, state
from onrecord.views.decisions import list_decided
from onrecord.views.selection import Selection


def select_utterances(
    connection: sqlite3.Connection, ids: Sequence[str], *, story: Story | None = None
) -> Selection:
    """Those utterances, and outside of them what they answer, repeat or may be the same as.

    `story` comes first of the stories, whether one of them is in it or not.
    """
    inside = {one.id: one for one in _read_utterances(connection, ids)}
    nearby = lookups.utterances_nearby(connection, list(inside))
    outside = {one.id: one for one in _read_utterances(connection, nearby)}
    wanted = [s for one in inside.values() for s in one.statements]
    wanted += [one.best for one in outside.values()]
    statements = {one.id: one for one in _read_statements(connection, wanted)}
    answers = lookups.answers_among(connection, list(inside))
    named = [one.speaker for one in (*inside.values(), *outside.values())]
    actors = _read_actors(connection, [*named, *(one.to_actor for one in answers)])
    reports = _read_reports(connection, (one.report for one in statements.values()))
    return Selection(
        title=None if story is None else story.title,
        stories=tuple(_read_stories(connection, inside.values(), story)),
        reports={one.id: one for one in reports},
        versions={one.id: tuple(queries.list_versions(connection, one.id)) for one in reports},
        statements=statements,
        utterances=inside,
        elsewhere=outside,
        actors={one.id: one for one in actors},
        speakers={},
        answers=tuple(answers),
        copies={one.report: one for one in _read_copies(connection, reports)},
        failures=(),
        linked=state.is_linked(connection),
        decided=list_decided(connection),
    )


def _read_utterances(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Utterance]:
    found = (queries.get_utterance(connection, one) for one in ids)
    return (one for one in found if one is not None)


def _read_statements(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Statement]:
    found = (queries.get_statement(connection, one) for one in dict.fromkeys(ids))
    return (one for one in found if one is not None)


def _read_actors(connection: sqlite3.Connection, ids: Iterable[str | None]) -> list[Actor]:
    named = (one for one in dict.fromkeys(ids) if one is not None)
    found = (lookups.get_actor(connection, one) for one in named)
    return [one for one in found if one is not None]


def _read_reports(connection: sqlite3.Connection, ids: Iterable[str]) -> list[Report]:
    found = (queries.get_report(connection, one) for one in dict.fromkeys(ids))
    return [one for one in found if one is not None]


def _read_copies(connection: sqlite3.Connection, reports: Iterable[Report]) -> Iterator[Copy]:
    found = (lookups.get_copy(connection, one.id) for one in reports)
    return (one for one in found if one is not None)


def _read_stories(
    connection: sqlite3.Connection, utterances: Iterable[Utterance], first: Story | None
) -> Iterator[Story]:
    if first is not None:
        yield first
    others = {one.story for one in utterances if one.story is not None}
    for one in sorted(others - {None if first is None else first.id}):
        story = lookups.get_story(connection, str(one))
        if story is not None:
            yield story
