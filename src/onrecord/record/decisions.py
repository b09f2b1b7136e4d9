"""People's decisions, and what came of each when the record was last linked."""

from __future__ import annotations

import json
import sqlite3

from onrecord.decisions import Decision, Effect, Member, Ruling, from_members, from_payload


def list_decisions(connection: sqlite3.Connection) -> list[Decision]:
    """All decisions, in the order in which they were made."""
    return [
        Decision(
            id=row["id"],
            ruling=from_payload(row["kind"], json.loads(row["payload"])),
            who=row["who"],
            at=row["at"],
            why=row["why"],
        )
        for row in connection.execute("SELECT * FROM decisions ORDER BY number").fetchall()
    ]


def find_fault(connection: sqlite3.Connection, ruling: Ruling) -> str | None:
    """Why the ruling can't be on this record, as what follows "the merge"; None where it can."""
    if ruling.kind == "undo":
        there = _has_row(connection, "decisions", ruling.undoes)
        return None if there else f"is of decision {ruling.undoes}, which this record doesn't have"
    table = "statements" if ruling.of in ("utterances", "speakers") else "reports"
    wanted: list[tuple[str, Member]] = [(table, member) for member in ruling.members]
    for name, member in [*wanted, *(("reports", pair) for pair in ruling.speaker)]:
        one = member if isinstance(member, str) else member[0]
        if not _has_row(connection, name, one):
            return f"names the {name[:-1]} {one}, which this record doesn't have"
    return None


def list_effects(connection: sqlite3.Connection) -> dict[str, Effect]:
    """What came of each decision, by its id; without those made since the last linking.

    Things that are actors are those of the whole record.
    """
    whole = _list_whole(connection)
    return {
        row["decision"]: Effect(
            decision=row["decision"],
            state=row["state"],
            things=tuple(sorted({whole.get(one, one) for one in json.loads(row["things"])})),
            machine=from_members(json.loads(row["machine"])),
            likeness=row["likeness"],
        )
        for row in connection.execute("SELECT * FROM effects").fetchall()
    }


def list_shaped(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Id of an actor, story, utterance or statement -> the decisions that shaped it, in order."""
    query = """SELECT DISTINCT coalesce(l.actor, thing.value) AS thing, e.decision, d.number
        FROM effects AS e JOIN decisions AS d ON d.id = e.decision, json_each(e.things) AS thing
        LEFT JOIN local_actors AS l ON l.id = thing.value ORDER BY d.number"""
    shaped: dict[str, list[str]] = {}
    for row in connection.execute(query).fetchall():
        shaped.setdefault(row["thing"], []).append(row["decision"])
    return shaped


def _list_whole(connection: sqlite3.Connection) -> dict[str, str]:
    """The actors of the record by the ids that effects have of them."""
    query = """SELECT l.id, l.actor FROM effects AS e, json_each(e.things) AS thing
        JOIN local_actors AS l ON l.id = thing.value"""
    return {row["id"]: row["actor"] for row in connection.execute(query).fetchall()}


def _has_row(connection: sqlite3.Connection, table: str, one: str | None) -> bool:
    found = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (one,)).fetchone()
    return found is not None
