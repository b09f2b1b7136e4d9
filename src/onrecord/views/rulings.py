"""What somebody typed, as rulings in terms that outlast linking."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from onrecord.decisions import Member, Mentioned, Ruling, Sort, list_live
from onrecord.errors import InputError
from onrecord.record import queries
from onrecord.record.decisions import list_decisions
from onrecord.views.addresses import PLURALS, Group, Noun, find_group, find_id, list_groups

_SORTS: dict[Noun, Sort] = {"actor": "actors", "story": "stories", "utterance": "utterances"}


def rule_merge(connection: sqlite3.Connection, noun: Noun, addresses: Sequence[str]) -> Ruling:
    """That these actors, stories or utterances are one, all their members together.

    Addresses are ids or their beginnings. Raises InputError for one that leads nowhere or to more
    than one thing, and where all lead to the same.
    """
    groups = list_groups(connection, noun)
    found = {(one := find_group(groups, address, noun=noun)).id: one for address in addresses}
    if len(found) < 2:
        raise InputError(f"a merge needs two {PLURALS[noun]} at least, and these are one")
    together = tuple(member for group in found.values() for member in group.members)
    return Ruling("merge", _SORTS[noun], together)


def rule_split(
    connection: sqlite3.Connection, noun: Noun, address: str, members: Sequence[str]
) -> Ruling:
    """That some members of an actor, story or utterance are another one, and not with the rest.

    Members are the beginnings of ids of reports or statements; of an actor they are names, or
    REPORT:NAME for the name in one report. Raises InputError where something isn't found, or
    nothing would be left.
    """
    group = find_group(list_groups(connection, noun), address, noun=noun)
    out = _find_members(group, noun, members)
    rest = tuple(member for member in group.members if member not in out)
    if not rest:
        raise InputError(f"that is all of the {noun} {group.id}: nothing would be left of it")
    return Ruling("split", _SORTS[noun], out, rest)


def rule_speaker(
    connection: sqlite3.Connection, statements: Sequence[str], actor: str | None
) -> Ruling:
    """That the actor said these statements, or, where `actor` is None, that nobody knows who did.

    Raises InputError where a statement or the actor isn't found.
    """
    together = _find_statements(connection, statements)
    if actor is None:
        return Ruling("assign", "speakers", together)
    found = find_group(list_groups(connection, "actor"), actor, noun="actor")
    speaker: tuple[Mentioned, ...] = tuple(
        member for member in found.members if isinstance(member, tuple)
    )
    return Ruling("assign", "speakers", together, speaker=speaker)


def rule_move(
    connection: sqlite3.Connection, noun: Noun, members: Sequence[str], address: str
) -> Ruling:
    """That these members belong to the actor, story or utterance, and not to where they are.

    Members are written as in `rule_split`, but that an actor's are REPORT:NAME. Raises InputError
    where something isn't found, or is there already.
    """
    groups = list_groups(connection, noun)
    target = find_group(groups, address, noun=noun)
    every = Group("", tuple(member for group in groups for member in group.members))
    moved = _find_members(every, noun, members)
    left = [group for group in groups if group is not target and set(moved) & set(group.members)]
    if not left:
        raise InputError(f"the {noun} {target.id} has that already")
    together = tuple(dict.fromkeys((*moved, *target.members)))
    apart = {m: None for group in left for m in group.members if m not in together}
    return Ruling("assign", _SORTS[noun], together, tuple(apart))


def rule_undo(connection: sqlite3.Connection, address: str) -> Ruling:
    """That a decision doesn't hold; undoing an undo brings back what it undid.

    Raises InputError where there is no such decision, or it is undone already.
    """
    decisions = list_decisions(connection)
    undone = find_id((one.id for one in decisions), address, noun="decision")
    if undone not in {one.id for one in list_live(decisions)}:
        raise InputError(f"the decision {undone} is undone already")
    return Ruling("undo", undoes=undone)


def _find_members(group: Group, noun: Noun, typed: Sequence[str]) -> tuple[Member, ...]:
    if noun == "actor":
        pairs = [member for member in group.members if isinstance(member, tuple)]
        return tuple(dict.fromkeys(key for one in typed for key in _find_names(pairs, one)))
    of = "report" if noun == "story" else "statement"
    ids = [member for member in group.members if isinstance(member, str)]
    return tuple(dict.fromkeys(find_id(ids, one, noun=of) for one in typed))


def _find_names(pairs: Sequence[Mentioned], typed: str) -> list[Mentioned]:
    """All mentions by that name, or that of one report where REPORT:NAME was typed."""
    found = [pair for pair in pairs if pair[1] == typed]
    if found:
        return found
    report, colon, name = typed.partition(":")
    reports = sorted({pair[0] for pair in pairs if pair[1] == name}) if colon else []
    if not reports:
        raise InputError(f"there is no name {name if colon else typed!r} to be found there")
    return [(find_id(reports, report, noun="report"), name)]


def _find_statements(connection: sqlite3.Connection, typed: Sequence[str]) -> tuple[str, ...]:
    ids = [statement.id for statement in queries.list_statements(connection)]
    return tuple(dict.fromkeys(find_id(ids, one, noun="statement") for one in typed))
