"""The actors of the whole record: those of all affairs, compared where they share keys."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence

from onrecord.domain import JoinedActor, LocalActor, make_id
from onrecord.record.columns import Columns, from_columns, to_columns, to_plain
from onrecord.record.connection import transaction
from onrecord.record.tables import delete_rows, insert_rows, upsert_rows

Join = Callable[[Sequence[LocalActor]], Sequence[JoinedActor]]

_IN = "IN (SELECT value FROM json_each(?))"


def write_actors(connection: sqlite3.Connection, stale: Collection[str], join: Join) -> bool:
    """Joins the local actors that are new, and what they and `stale` actors may be the same as.

    Only what shares keys, over any number of steps, is looked at. What names an actor (utterances,
    answers) goes with it. Returns whether anything differed.
    """
    with transaction(connection):
        connection.execute("PRAGMA defer_foreign_keys = ON")
        block = _load_block(connection, stale)
        if not block:
            return _replace_actors(connection, stale, [])
        before = {row["id"]: row["actor"] for row in _select_actors(connection, block)}
        joined = join(block)
        after = {one: found.actor.id for found in joined for one in found.locals}
        moved = sorted(one for one, actor in after.items() if before[one] != actor)
        connection.executemany(
            "UPDATE local_actors SET actor = ? WHERE id = ?", [(after[one], one) for one in moved]
        )
        old = {actor for actor in before.values() if actor is not None} | set(stale)
        changed = _replace_actors(connection, old, joined)
        _follow_actors(connection, moved)
    return changed or bool(moved)


def _load_block(connection: sqlite3.Connection, stale: Collection[str]) -> list[LocalActor]:
    query = f"SELECT id FROM local_actors WHERE actor IS NULL OR actor {_IN}"
    found = {row["id"] for row in connection.execute(query, (_pack(stale),)).fetchall()}
    edge, known = set(found), set[str]()
    while edge:
        query = f"SELECT DISTINCT key FROM local_actor_keys WHERE local_actor {_IN}"
        keys = {row["key"] for row in connection.execute(query, (_pack(edge),)).fetchall()} - known
        known |= keys
        query = f"SELECT DISTINCT local_actor FROM local_actor_keys WHERE key {_IN}"
        rows = connection.execute(query, (_pack(keys),)).fetchall()
        edge = {row["local_actor"] for row in rows} - found
        found |= edge
    query = f"""SELECT *, first_date AS "order" FROM local_actors WHERE id {_IN}
        ORDER BY first_date, first_report, id"""
    return [
        from_columns(LocalActor, row, order=(row["first_date"], row["first_report"]))
        for row in connection.execute(query, (_pack(found),)).fetchall()
    ]


def _select_actors(
    connection: sqlite3.Connection, block: Iterable[LocalActor]
) -> list[sqlite3.Row]:
    query = f"SELECT id, actor FROM local_actors WHERE id {_IN}"
    return connection.execute(query, (_pack(one.id for one in block),)).fetchall()


def _replace_actors(
    connection: sqlite3.Connection, old: Collection[str], joined: Sequence[JoinedActor]
) -> bool:
    query = f"SELECT id, digest FROM actors WHERE id {_IN}"
    actors = {one.actor.id: one.actor for one in joined}
    rows = connection.execute(query, (_pack({*old, *actors}),)).fetchall()
    stored = {row["id"]: row["digest"] for row in rows}
    digests = {one: make_id("actors", to_plain(actor)) for one, actor in actors.items()}
    gone = stored.keys() - actors.keys()
    changed = [actor for one, actor in actors.items() if stored.get(one) != digests[one]]
    delete_rows(connection, "actors", gone)
    without = ("names", "mentions")
    rows_ = [{**to_columns(a, without=without), "digest": digests[a.id]} for a in changed]
    upsert_rows(connection, "actors", rows_)
    delete_rows(connection, "actor_names", [actor.id for actor in changed], key="actor")
    names: list[Columns] = [
        {"actor": actor.id, "position": i, "language": language, "name": name}
        for actor in changed
        for i, (language, name) in enumerate(actor.names)
    ]
    insert_rows(connection, "actor_names", names)
    return bool(gone or changed)


def _follow_actors(connection: sqlite3.Connection, moved: Iterable[str]) -> None:
    ids = _pack(moved)
    for table, column, voice in (
        ("utterances", "speaker", "voice"),
        ("answers", "to_actor", "to_voice"),
    ):
        connection.execute(
            f"""UPDATE {table} SET {column} = (SELECT actor FROM local_actors WHERE id = {voice})
            WHERE {voice} {_IN}""",
            (ids,),
        )


def _pack(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))
