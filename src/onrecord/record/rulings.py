"""Adding people's decisions, and writing what came of them. Each function is one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from onrecord.decisions import Decision, Effect, Outcome, Ruling, to_members, to_payload
from onrecord.domain import Statement, make_id
from onrecord.errors import DecisionError
from onrecord.record.columns import Columns, to_columns, to_json
from onrecord.record.connection import read_clock, transaction
from onrecord.record.decisions import find_fault, list_decisions
from onrecord.record.rows import LINKING
from onrecord.record.tables import insert_rows, upsert_rows


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay did: decisions that were new or known already, and why others were refused."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def write_decision(
    connection: sqlite3.Connection, ruling: Ruling, *, who: str, why: str
) -> Decision:
    """Adds a decision, made now, and returns it; the links are out of date from then on.

    Raises DecisionError where it names what the record doesn't have.
    """
    with transaction(connection):
        (earlier,) = connection.execute("SELECT count(*) FROM decisions").fetchone()
        at = read_clock()
        one = make_id("decision", ruling.kind, to_payload(ruling), who, at, why, earlier)
        decision = Decision(one, ruling, who, at, why)
        reason = find_fault(connection, ruling)
        if reason is not None:
            raise DecisionError(f"The {ruling.kind} {reason}.")
        _insert_decision(connection, decision)
    return decision


def replay_decisions(connection: sqlite3.Connection, decisions: Iterable[Decision]) -> Replayed:
    """Adds decisions that were made on another record, as they are, in their order.

    One that names what this record doesn't have is refused, with the reason; so is what undoes it.
    """
    new: list[str] = []
    known: list[str] = []
    refused: list[tuple[str, str]] = []
    with transaction(connection):
        stored = {decision.id: decision for decision in list_decisions(connection)}
        for decision in decisions:
            if decision.id in stored:
                if stored[decision.id] == decision:
                    known.append(decision.id)
                else:
                    refused.append((decision.id, "isn't what the record has under its id"))
                continue
            reason = find_fault(connection, decision.ruling)
            if reason is not None:
                refused.append((decision.id, reason))
                continue
            _insert_decision(connection, decision)
            stored[decision.id] = decision
            new.append(decision.id)
    return Replayed(tuple(new), tuple(known), tuple(refused))


def write_outcome(
    connection: sqlite3.Connection, outcome: Outcome, reports: Collection[str]
) -> None:
    """Puts what came of the decisions on these reports in place of what was there before.

    Part of the transaction that writes the links which they led to.
    """
    given = """DELETE FROM given_speakers WHERE statement IN (
        SELECT id FROM statements WHERE report IN (SELECT value FROM json_each(?)))"""
    with transaction(connection):
        connection.execute(given, (to_json(tuple(reports)),))
        upsert_rows(connection, "effects", map(_make_effect_row, outcome.effects), key="decision")
        insert_rows(connection, "given_speakers", map(_make_speaker_row, outcome.statements))


def _insert_decision(connection: sqlite3.Connection, decision: Decision) -> None:
    row: Columns = {
        "id": decision.id,
        "kind": decision.ruling.kind,
        "payload": to_json(to_payload(decision.ruling)),
        "who": decision.who,
        "at": decision.at,
        "why": decision.why,
    }
    insert_rows(connection, "decisions", [row])
    upsert_rows(connection, "meta", [{"name": LINKING, "value": "due"}], key="name")


def _make_effect_row(effect: Effect) -> Columns:
    return {
        "decision": effect.decision,
        "state": effect.state,
        "things": to_json(effect.things),
        "machine": to_json(to_members(effect.machine)),
        "likeness": effect.likeness,
    }


def _make_speaker_row(statement: Statement) -> Columns:
    columns = to_columns(statement)
    speaker = statement.speaker
    return {
        "statement": statement.id,
        "speaker": columns["speaker"],
        "speaker_name": None if speaker is None else speaker.name,
        "unresolved": columns["unresolved"],
    }
