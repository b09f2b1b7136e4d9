"""People's decisions as rows, in words and as they can be replayed, and rows that they shaped."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.decisions import Decision, Effect, Member, Ruling, to_members, to_payload
from onrecord.record import queries
from onrecord.record.decisions import list_decisions, list_effects, list_shaped
from onrecord.views.columns import Row
from onrecord.views.words import join_words, write_count, write_moment

SHOWN = 2
"""How many of the members of a decision are shown in words."""
WORDS_WIDTH = 48
_NOUNS = {"actors": "actor", "stories": "story", "utterances": "utterance"}


def decision_rows(connection: sqlite3.Connection) -> Iterator[Row]:
    """A row for each decision, in the order in which they were made."""
    effects = list_effects(connection)
    decisions = list_decisions(connection)
    labels = _label_members(connection, decisions)
    for decision in decisions:
        yield _decision_row(decision, effects.get(decision.id), labels)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as a page shows it beside what it shaped; `machine` is what the machine had."""

    id: str
    what: str
    who: str
    at: str
    why: str
    state: str | None
    machine: str


def list_decided(connection: sqlite3.Connection) -> dict[str, tuple[Decided, ...]]:
    """Id of an actor, story, utterance or statement -> the decisions that shaped it, in order."""
    found = {row["id"]: to_decided(row) for row in decision_rows(connection)}
    shaped = list_shaped(connection)
    return {thing: tuple(found[one] for one in ids) for thing, ids in shaped.items()}


def to_decided(row: Row) -> Decided:
    """The decision of a row."""
    machine = row["machine"]
    return Decided(
        id=row["id"],
        what=row["what"],
        who=row["who"],
        at=write_moment(row["at"]),
        why=row["why"],
        state=row["state"],
        machine="" if machine is None else machine["text"],
    )


def mark_rows(connection: sqlite3.Connection, rows: Iterable[Row]) -> Iterator[Row]:
    """The rows, each with the ids of the decisions that shaped it under `decided`."""
    shaped = list_shaped(connection)
    return ({**row, "decided": shaped.get(row["id"], [])} for row in rows)


def write_decided(connection: sqlite3.Connection, decision: str) -> str:
    """What was decided and what the machine has, in a line each, for who has just decided it."""
    row = next(row for row in decision_rows(connection) if row["id"] == decision)
    lines = [f"{row['id']}: {row['what']}"]
    if row["machine"] is not None and row["machine"]["text"]:
        lines.append(f"The machine {row['machine']['text']}.")
    return "".join(f"{line}\n" for line in lines)


def write_replayed(new: int, known: int, refused: int) -> str:
    """One line on what a replay did."""
    parts = [write_count(new, "new decision")]
    if known:
        parts.append(f"{known} already there")
    if refused:
        parts.append(f"{refused} that could not be made")
    return f"Replayed {join_words(parts)}."


def _decision_row(decision: Decision, effect: Effect | None, labels: Mapping[Member, str]) -> Row:
    ruling = decision.ruling
    payload: Row = {"of": None, "together": [], "apart": [], "speaker": [], "undoes": None}
    return {
        "id": decision.id,
        "kind": ruling.kind,
        **payload,
        **to_payload(ruling),
        "who": decision.who,
        "at": decision.at,
        "why": decision.why,
        "what": write_ruling(ruling, labels),
        "state": None if effect is None else effect.state,
        "things": [] if effect is None else list(effect.things),
        "machine": None if effect is None else _machine(ruling, effect),
    }


def write_ruling(ruling: Ruling, labels: Mapping[Member, str]) -> str:
    """What was decided, in words; `labels` has those of the members."""
    if ruling.kind == "undo":
        return f"undoes {ruling.undoes}"
    these = _join(ruling.together, labels)
    if ruling.of == "speakers":
        names = list(dict.fromkeys(name for _, name in ruling.speaker))
        return f"{these}: said by {names[0] if names else 'nobody known'}"
    noun = _NOUNS[str(ruling.of)]
    others = f", another than {_join(ruling.apart, labels)}" if ruling.apart else ""
    return f"{these}: one {noun}{others}"


def _machine(ruling: Ruling, effect: Effect) -> Row:
    return {
        "text": _write_machine(ruling, effect),
        "groups": to_members(effect.machine),
        "likeness": None if effect.likeness is None else round(effect.likeness, 4),
    }


def _write_machine(ruling: Ruling, effect: Effect) -> str:
    """What the machine has, as what follows "the machine"."""
    if ruling.kind == "undo":
        return ""
    if ruling.of == "speakers":
        names = list(dict.fromkeys(one[1] for group in effect.machine for one in group))
        return f"read {join_words(names)}" if names else "read no speaker"
    if not effect.machine:
        return "has none of these"
    if len(effect.machine) == 1:
        return f"holds them to be one {_NOUNS[str(ruling.of)]}"
    score = "" if effect.likeness is None else f" (likeness {effect.likeness:.2f})"
    return f"keeps them apart{score}"


def _join(members: Sequence[Member], labels: Mapping[Member, str]) -> str:
    texts = list(dict.fromkeys(labels.get(one, _name_member(one)) for one in members))
    more = [f"{len(texts) - SHOWN} more"] if len(texts) > SHOWN else []
    return join_words(texts[:SHOWN] + more)


def _name_member(member: Member) -> str:
    return member if isinstance(member, str) else member[1]


def _label_members(
    connection: sqlite3.Connection, decisions: Iterable[Decision]
) -> dict[Member, str]:
    """The words of the statements and the titles of the reports that decisions are about."""
    labels: dict[Member, str] = {}
    members = {one for decision in decisions for one in decision.ruling.members}
    for member in members:
        if not isinstance(member, str):
            continue
        statement = queries.get_statement(connection, member)
        report = None if statement is not None else queries.get_report(connection, member)
        if statement is not None:
            labels[member] = f"“{_shorten(statement.content.text)}”"
        elif report is not None:
            labels[member] = _shorten(report.title or report.path)
    return labels


def _shorten(text: str) -> str:
    return textwrap.shorten(text, WORDS_WIDTH, placeholder=" …")
