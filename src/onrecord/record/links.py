"""Writing what linking derived: only the rows that differ, all in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.domain import Actor, Answer, Copy, InferredDate, Links, Story, Utterance, make_id
from onrecord.record.columns import Columns, to_columns, to_plain
from onrecord.record.connection import transaction
from onrecord.record.tables import delete_rows, insert_rows, upsert_rows
from onrecord.record.writes import mark_linked

Linked = TypeVar("Linked", Actor, Story, Utterance)


@dataclass(frozen=True, slots=True)
class Change(Generic[Linked]):
    """What has to be done to a table: ids to delete, things to write with their digests."""

    gone: frozenset[str]
    written: tuple[tuple[Linked, str], ...]

    @property
    def touched(self) -> list[str]:
        """The ids whose child rows are out of date."""
        return sorted(self.gone | {thing.id for thing, _ in self.written})


def write_links(connection: sqlite3.Connection, links: Links) -> bool:
    """Puts `links` in place of all that was derived before; returns whether anything differed.

    Raises sqlite3.IntegrityError, and leaves the old state, where links name things that are
    neither among them nor in the record: that is a fault of the caller.
    """
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")
        changes = [
            _replace_actors(connection, links.actors),
            _replace_stories(connection, links.stories),
            _replace_utterances(connection, links.utterances),
            _replace_answers(connection, links.answers),
            _replace_copies(connection, links.copies),
            _replace_dates(connection, links.dates),
        ]
        mark_linked(connection)
    return any(changes)


def _replace_actors(connection: sqlite3.Connection, actors: Iterable[Actor]) -> bool:
    change = _find_changes(connection, "actors", {actor.id: actor for actor in actors})
    children = ("names", "mentions")
    _replace_rows(connection, "actors", change, without=children)
    for table in ("actor_names", "actor_mentions"):
        delete_rows(connection, table, change.touched, key="actor")
    changed = [actor for actor, _ in change.written]
    names: list[Columns] = [
        {"actor": actor.id, "position": i, "language": language, "name": name}
        for actor in changed
        for i, (language, name) in enumerate(actor.names)
    ]
    mentions: list[Columns] = [
        {"actor": actor.id, "position": i, "report": report, "name": name}
        for actor in changed
        for i, (report, name) in enumerate(actor.mentions)
    ]
    insert_rows(connection, "actor_names", names)
    insert_rows(connection, "actor_mentions", mentions)
    return bool(change.touched)


def _replace_stories(connection: sqlite3.Connection, stories: Iterable[Story]) -> bool:
    change = _find_changes(connection, "stories", {story.id: story for story in stories})
    _replace_rows(connection, "stories", change, without=("reports",))
    delete_rows(connection, "story_reports", change.touched, key="story")
    members: list[Columns] = [
        {"story": story.id, "position": i, "report": report}
        for story, _ in change.written
        for i, report in enumerate(story.reports)
    ]
    insert_rows(connection, "story_reports", members)
    return bool(change.touched)


def _replace_utterances(connection: sqlite3.Connection, utterances: Iterable[Utterance]) -> bool:
    found = {utterance.id: utterance for utterance in utterances}
    change = _find_changes(connection, "utterances", found)
    children = ("statements", "renderings", "possible")
    _replace_rows(connection, "utterances", change, without=children)
    for table in ("utterance_statements", "renderings", "possible"):
        delete_rows(connection, table, change.touched, key="utterance")
    for utterance, _ in change.written:
        _insert_utterance_parts(connection, utterance)
    return bool(change.touched)


def _insert_utterance_parts(connection: sqlite3.Connection, utterance: Utterance) -> None:
    members: list[Columns] = [
        {"utterance": utterance.id, "position": i, "statement": statement}
        for i, statement in enumerate(utterance.statements)
    ]
    renderings = [
        {**to_columns(rendering), "utterance": utterance.id, "position": i}
        for i, rendering in enumerate(utterance.renderings)
    ]
    possible: list[Columns] = [
        {"utterance": utterance.id, "position": i, "other": other, "score": score}
        for i, (other, score) in enumerate(utterance.possible)
    ]
    insert_rows(connection, "utterance_statements", members)
    insert_rows(connection, "renderings", renderings)
    insert_rows(connection, "possible", possible)


def _replace_answers(connection: sqlite3.Connection, answers: Sequence[Answer]) -> bool:
    rows = {make_id("answers", to_plain(answer)): to_columns(answer) for answer in answers}
    stored = {row["digest"] for row in connection.execute("SELECT digest FROM answers").fetchall()}
    delete_rows(connection, "answers", stored - rows.keys(), key="digest")
    new: list[Columns] = [
        {**row, "digest": digest} for digest, row in rows.items() if digest not in stored
    ]
    insert_rows(connection, "answers", new)
    return stored != rows.keys()


def _replace_copies(connection: sqlite3.Connection, copies: Sequence[Copy]) -> bool:
    stored = connection.execute("SELECT * FROM copies ORDER BY report").fetchall()
    rows = [to_columns(copy) for copy in sorted(copies, key=lambda copy: copy.report)]
    if [dict(row) for row in stored] == rows:
        return False
    connection.execute("DELETE FROM copies")
    insert_rows(connection, "copies", rows)
    return True


def _replace_dates(connection: sqlite3.Connection, dates: Sequence[InferredDate]) -> bool:
    stored = connection.execute("SELECT * FROM inferred_dates ORDER BY statement").fetchall()
    rows = [to_columns(date) for date in sorted(dates, key=lambda date: date.statement)]
    if [dict(row) for row in stored] == rows:
        return False
    connection.execute("DELETE FROM inferred_dates")
    insert_rows(connection, "inferred_dates", rows)
    return True


def _find_changes(
    connection: sqlite3.Connection, table: str, things: Mapping[str, Linked]
) -> Change[Linked]:
    query = f"SELECT id, digest FROM {table}"
    stored = {row["id"]: row["digest"] for row in connection.execute(query).fetchall()}
    digests = {one: make_id(table, to_plain(thing)) for one, thing in things.items()}
    written = [
        (thing, digests[one]) for one, thing in things.items() if stored.get(one) != digests[one]
    ]
    return Change(frozenset(stored.keys() - things.keys()), tuple(written))


def _replace_rows(
    connection: sqlite3.Connection,
    table: str,
    change: Change[Linked],
    *,
    without: tuple[str, ...],
) -> None:
    delete_rows(connection, table, change.gone)
    rows = [
        {**to_columns(thing, without=without), "digest": digest} for thing, digest in change.written
    ]
    upsert_rows(connection, table, rows)
