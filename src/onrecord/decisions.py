"""What people decide of the record, in terms that outlast linking.

Ids of actors, stories and utterances may change as reports come in; those of reports and
statements don't, nor do the names that a report prints. Decisions are about these.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from onrecord.domain import Statement
from onrecord.errors import InputError

DecisionKind = Literal["merge", "split", "assign", "undo"]
Sort = Literal["actors", "stories", "utterances", "speakers"]
EffectState = Literal["applied", "agrees", "overruled", "lapsed", "undone"]
Mentioned = tuple[str, str]
Member = str | Mentioned
"""A statement's id (of utterances and speakers), a report's id (of stories), or the pair of a
report's id and a name in it (of actors)."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided.

    Of actors, stories and utterances: the members `together` are one, and none of those `apart`
    belongs with them. Of speakers: the statements `together` are by the actor that `speaker` names
    in one report or several, or, where that is empty, by nobody known. An undo has `undoes` only,
    the id of another decision.
    """

    kind: DecisionKind
    of: Sort | None = None
    together: tuple[Member, ...] = ()
    apart: tuple[Member, ...] = ()
    speaker: tuple[Mentioned, ...] = ()
    undoes: str | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """All that it is about."""
        return self.together + self.apart


@dataclass(frozen=True, slots=True)
class Decision:
    """A ruling with who made it, when (UTC) and why."""

    id: str
    ruling: Ruling
    who: str
    at: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of a decision when the record was last linked, and what it would be without.

    `state`: "applied" where it changed something, "agrees" where the machine finds the same,
    "overruled" by a later decision, "lapsed" where the record doesn't have (or no longer uses) what
    it is about, "undone". `things` are the ids of what it shaped: actors, stories, utterances, or
    statements given another speaker. `machine` are the members as the machine has them, a group for
    each thing; of speakers, the names that it read. `likeness` is the highest that it gives two of
    the groups it keeps apart, 0 to 1, where it keeps note of one.
    """

    decision: str
    state: EffectState
    things: tuple[str, ...] = ()
    machine: tuple[tuple[Member, ...], ...] = ()
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What all decisions led to: one effect each, and the statements given another speaker."""

    effects: tuple[Effect, ...] = ()
    statements: tuple[Statement, ...] = ()


def list_live(decisions: Iterable[Decision]) -> list[Decision]:
    """Those that are not undone, in their order; an undo that is undone itself undoes nothing."""
    undone: set[str | None] = set()
    live = []
    for decision in reversed(list(decisions)):
        if decision.id not in undone:
            live.append(decision)
            undone.add(decision.ruling.undoes)
    return live[::-1]


def to_payload(ruling: Ruling) -> dict[str, Any]:
    """The ruling as JSON has it, but for its kind."""
    if ruling.kind == "undo":
        return {"undoes": ruling.undoes}
    return {
        "of": ruling.of,
        "together": list(map(_to_plain, ruling.together)),
        "apart": list(map(_to_plain, ruling.apart)),
        "speaker": list(map(list, ruling.speaker)),
    }


def from_payload(kind: str, payload: Mapping[str, Any]) -> Ruling:
    """The ruling that `to_payload` made `payload` of. Raises InputError where it isn't one."""
    if kind not in get_args(DecisionKind):
        raise InputError(f"{kind!r} isn't a kind of decision")
    if kind == "undo":
        return Ruling("undo", undoes=_read_text(payload, "undoes"))
    of = _read_text(payload, "of")
    if of not in get_args(Sort) or (of == "speakers" and kind != "assign"):
        raise InputError(f"there is no {kind} of {of!r}")
    read = _read_pair if of == "actors" else _read_id
    ruling = Ruling(
        kind=kind,  # type: ignore[arg-type]
        of=of,  # type: ignore[arg-type]
        together=tuple(map(read, _read_list(payload, "together"))),
        apart=tuple(map(read, _read_list(payload, "apart"))),
        speaker=tuple(map(_read_pair, _read_list(payload, "speaker"))),
    )
    if not ruling.together or set(ruling.together) & set(ruling.apart):
        raise InputError("it must name what belongs together, and nothing of that as apart")
    return ruling


def read_decision(line: str) -> Decision:
    """The decision of one line of `onrecord export decisions`.

    Raises InputError, with the reason in plain English, where it isn't one.
    """
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError("it isn't JSON") from error
    if not isinstance(row, dict):
        raise InputError("it isn't a JSON object")
    one, who, at, why = (_read_text(row, name) for name in ("id", "who", "at", "why"))
    return Decision(one, from_payload(_read_text(row, "kind"), row), who, at, why)


def to_members(groups: Iterable[Iterable[Member]]) -> list[list[Any]]:
    """Groups of members as JSON has them: pairs as lists."""
    return [list(map(_to_plain, group)) for group in groups]


def from_members(groups: Iterable[Iterable[Any]]) -> tuple[tuple[Member, ...], ...]:
    """The groups that `to_members` made plain."""
    return tuple(
        tuple((one[0], one[1]) if isinstance(one, list) else one for one in group)
        for group in groups
    )


def _to_plain(member: Member) -> Any:
    return member if isinstance(member, str) else list(member)


def _read_text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(f"its {name!r} isn't a text")
    return value


def _read_list(row: Mapping[str, Any], name: str) -> list[Any]:
    value = row.get(name)
    if not isinstance(value, list):
        raise InputError(f"its {name!r} isn't a list")
    return value


def _read_id(value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"{value!r} isn't the id of a report or statement")
    return value


def _read_pair(value: Any) -> Mentioned:
    if not isinstance(value, list) or len(value) != 2:
        raise InputError(f"{value!r} isn't the id of a report with a name in it")
    return _read_id(value[0]), _read_id(value[1])
