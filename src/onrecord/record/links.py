"""Writing what linking found in an affair: only the rows that differ, all in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.domain import Actor, Answer, Copy, InferredDate, Links, Story, Utterance, make_id
from onrecord.record.columns import Column, Columns, to_columns, to_json, to_plain
from onrecord.record.connection import transaction
from onrecord.record.tables import delete_rows, insert_rows, upsert_rows

Linked = TypeVar("Linked", Actor, Story, Utterance)

_WITHIN = "IN (SELECT value FROM json_each(:reports))"
_OF_STATEMENTS = f"statement IN (SELECT id FROM statements WHERE report {_WITHIN})"
_UNDATED = "~"


@dataclass(frozen=True, slots=True)
class Change(Generic[Linked]):
    """What has to be done to a table: ids to delete, things to write with their digests."""

    gone: frozenset[str]
    written: tuple[tuple[Linked, str], ...]

    @property
    def touched(self) -> list[str]:
        """The ids whose child rows are out of date."""
        return sorted(self.gone | {thing.id for thing, _ in self.written})


@dataclass(frozen=True, slots=True)
class Affair:
    """The reports that are linked together, by id, as queries take them."""

    connection: sqlite3.Connection
    reports: tuple[str, ...]

    @property
    def values(self) -> dict[str, str]:
        """The parameters of a query with `_WITHIN` in it."""
        return {"reports": json.dumps(self.reports)}

    @property
    def label(self) -> str:
        """What all of the affair have in common: the least id of its reports."""
        return self.reports[0] if self.reports else ""

    def select(self, query: str) -> list[sqlite3.Row]:
        """The rows of a query that looks at these reports."""
        return self.connection.execute(query, self.values).fetchall()


def write_affair(
    connection: sqlite3.Connection, links: Links, reports: Collection[str]
) -> frozenset[str] | None:
    """Puts `links` in place of all that was derived of these reports before.

    The actors are those of the affair by itself: returns the ids of the record's actors that rest
    on any of them that changed, which `write_actors` has to put right in the same transaction. None
    where nothing differed.

    Raises sqlite3.IntegrityError at its end where links name things that are neither among them nor
    in the record: that is a fault of the caller.
    """
    affair = Affair(connection, tuple(sorted(reports)))
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")
        stale = _replace_actors(affair, links)
        changes = [
            stale is not None,
            _replace_stories(affair, links.stories),
            _replace_utterances(affair, links.utterances),
            _replace_answers(affair, links.answers),
            _replace_copies(affair, links.copies),
            _replace_dates(affair, links.dates),
        ]
    return (stale or frozenset()) if any(changes) else None


def _replace_actors(affair: Affair, links: Links) -> frozenset[str] | None:
    """Writes the local actors; returns the record's actors that they were, None for no change."""
    connection = affair.connection
    keys: dict[str, set[str]] = {actor.id: set() for actor in links.actors}
    for actor, key in links.keys:
        keys[actor].add(key)
    stored = affair.select(f"""SELECT DISTINCT l.id, l.digest, l.actor, l.affair
        FROM local_mentions AS m JOIN local_actors AS l ON l.id = m.local_actor
        WHERE m.report {_WITHIN}""")
    things = {actor.id: actor for actor in links.actors}
    digests = {
        one: make_id("actors", to_plain(actor), sorted(keys[one])) for one, actor in things.items()
    }
    change = _compare({row["id"]: row["digest"] for row in stored}, things, digests)
    delete_rows(connection, "local_actors", change.touched)
    _insert_actors(affair, change.written, keys)
    # Those that an affair keeps apart stay apart: what comes into another one is joined anew.
    moved = {row["id"] for row in stored if row["affair"] != affair.label} & things.keys()
    connection.executemany(
        "UPDATE local_actors SET affair = ? WHERE id = ?", [(affair.label, one) for one in moved]
    )
    touched = moved.union(change.touched)
    if not touched:
        return None
    return frozenset(
        row["actor"] for row in stored if row["id"] in touched and row["actor"] is not None
    )


def _insert_actors(
    affair: Affair, written: Sequence[tuple[Actor, str]], keys: Mapping[str, Collection[str]]
) -> None:
    connection = affair.connection
    firsts = _find_firsts(connection, [actor for actor, _ in written])
    actors = [
        {
            **to_columns(actor, without=("mentions",)),
            **firsts[actor.id],
            "affair": affair.label,
            "counts": to_json(_count_names(actor)),
            "digest": digest,
        }
        for actor, digest in written
    ]
    mentions: list[Columns] = [
        {"local_actor": actor.id, "position": i, "report": report, "name": name}
        for actor, _ in written
        for i, (report, name) in enumerate(actor.mentions)
    ]
    known: list[Columns] = [
        {"key": key, "local_actor": actor.id}
        for actor, _ in written
        for key in sorted(keys[actor.id])
    ]
    insert_rows(connection, "local_actors", actors)
    insert_rows(connection, "local_mentions", mentions)
    insert_rows(connection, "local_actor_keys", known)


def _find_firsts(
    connection: sqlite3.Connection, actors: Sequence[Actor]
) -> dict[str, dict[str, Column]]:
    """By actor the date and the id of the report that mentions it first."""
    firsts = {actor.id: actor.mentions[0][0] for actor in actors}
    query = "SELECT id, published FROM reports WHERE id IN (SELECT value FROM json_each(?))"
    rows = connection.execute(query, (json.dumps(sorted(set(firsts.values()))),)).fetchall()
    dates = {row["id"]: row["published"] for row in rows}
    return {
        actor: {"first_date": dates.get(report) or _UNDATED, "first_report": report}
        for actor, report in firsts.items()
    }


def _count_names(actor: Actor) -> tuple[tuple[str, int], ...]:
    printed = [name for _, name in actor.mentions]
    return tuple((name, printed.count(name)) for name in dict.fromkeys(printed))


def _replace_stories(affair: Affair, stories: Iterable[Story]) -> bool:
    connection = affair.connection
    query = f"""SELECT DISTINCT s.id, s.digest FROM story_reports AS m
        JOIN stories AS s ON s.id = m.story WHERE m.report {_WITHIN}"""
    change = _find_changes(affair, query, "stories", {story.id: story for story in stories})
    _replace_rows(connection, "stories", change, without=("reports",))
    delete_rows(connection, "story_reports", change.touched, key="story")
    members: list[Columns] = [
        {"story": story.id, "position": i, "report": report}
        for story, _ in change.written
        for i, report in enumerate(story.reports)
    ]
    insert_rows(connection, "story_reports", members)
    written = [(story.id,) for story, _ in change.written]
    connection.executemany("UPDATE stories SET line = storyline WHERE id = ?", written)
    return bool(change.touched)


def _replace_utterances(affair: Affair, utterances: Iterable[Utterance]) -> bool:
    connection = affair.connection
    query = f"""SELECT DISTINCT u.id, u.digest FROM statements AS s
        JOIN utterance_statements AS m ON m.statement = s.id
        JOIN utterances AS u ON u.id = m.utterance WHERE s.report {_WITHIN}"""
    found = {utterance.id: utterance for utterance in utterances}
    change = _find_changes(affair, query, "utterances", found)
    children = ("statements", "renderings", "possible")
    _replace_rows(connection, "utterances", change, without=children)
    for table in ("utterance_statements", "renderings", "possible"):
        delete_rows(connection, table, change.touched, key="utterance")
    for utterance, _ in change.written:
        _insert_utterance_parts(connection, utterance)
    written = [(thing.id,) for thing, _ in change.written]
    connection.executemany("UPDATE utterances SET voice = speaker WHERE id = ?", written)
    connection.executemany(
        """UPDATE utterances SET speaker = coalesce(
            (SELECT actor FROM local_actors WHERE id = voice), voice) WHERE id = ?""",
        written,
    )
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


def _replace_answers(affair: Affair, answers: Sequence[Answer]) -> bool:
    connection = affair.connection
    rows = {make_id("answers", to_plain(answer)): to_columns(answer) for answer in answers}
    found = affair.select(f"SELECT digest FROM answers WHERE {_OF_STATEMENTS}")
    stored = {row["digest"] for row in found}
    delete_rows(connection, "answers", stored - rows.keys(), key="digest")
    new: list[Columns] = [
        {**row, "to_voice": row["to_actor"], "digest": digest}
        for digest, row in rows.items()
        if digest not in stored
    ]
    insert_rows(connection, "answers", new)
    connection.executemany(
        """UPDATE answers SET to_actor = coalesce(
            (SELECT actor FROM local_actors WHERE id = to_voice), to_voice) WHERE digest = ?""",
        [(row["digest"],) for row in new],
    )
    return stored != rows.keys()


def _replace_copies(affair: Affair, copies: Sequence[Copy]) -> bool:
    stored = affair.select(f"SELECT * FROM copies WHERE report {_WITHIN} ORDER BY report")
    rows = [to_columns(copy) for copy in sorted(copies, key=lambda copy: copy.report)]
    if [dict(row) for row in stored] == rows:
        return False
    affair.connection.execute(f"DELETE FROM copies WHERE report {_WITHIN}", affair.values)
    insert_rows(affair.connection, "copies", rows)
    return True


def _replace_dates(affair: Affair, dates: Sequence[InferredDate]) -> bool:
    query = f"SELECT * FROM inferred_dates WHERE {_OF_STATEMENTS} ORDER BY statement"
    rows = [to_columns(date) for date in sorted(dates, key=lambda date: date.statement)]
    if [dict(row) for row in affair.select(query)] == rows:
        return False
    affair.connection.execute(f"DELETE FROM inferred_dates WHERE {_OF_STATEMENTS}", affair.values)
    insert_rows(affair.connection, "inferred_dates", rows)
    return True


def _find_changes(
    affair: Affair, query: str, table: str, things: Mapping[str, Linked]
) -> Change[Linked]:
    stored = {row["id"]: row["digest"] for row in affair.select(query)}
    digests = {one: make_id(table, to_plain(thing)) for one, thing in things.items()}
    return _compare(stored, things, digests)


def _compare(
    stored: Mapping[str, str], things: Mapping[str, Linked], digests: Mapping[str, str]
) -> Change[Linked]:
    written = tuple(
        (thing, digests[one]) for one, thing in things.items() if stored.get(one) != digests[one]
    )
    return Change(frozenset(stored.keys() - things.keys()), written)


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
