"""Links put into a record as a whole, each actor by itself."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from onrecord.domain import Actor, JoinedActor, Links, LocalActor
from onrecord.record.actors import write_actors
from onrecord.record.connection import transaction
from onrecord.record.links import write_affair
from onrecord.record.writes import mark_linked


def write_links(connection: sqlite3.Connection, links: Links) -> bool:
    """Puts `links` in place of all that was derived; returns whether anything differed."""
    with transaction(connection):
        rows = connection.execute("SELECT id FROM reports").fetchall()
        stale = write_affair(connection, links, [row["id"] for row in rows])
        changed = write_actors(connection, stale or (), keep_as_they_are)
        mark_linked(connection)
    return changed or stale is not None


def keep_as_they_are(local: Sequence[LocalActor]) -> list[JoinedActor]:
    """Each local actor as one of the record."""
    return [
        JoinedActor(
            Actor(one.id, one.name, one.type, one.names, one.descriptions, (), one.wikidata),
            (one.id,),
        )
        for one in local
    ]
