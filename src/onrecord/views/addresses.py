"""What an id, or its beginning, leads to.

An actor, story or utterance also answers to the ids that its members would have given it: those of
things that were merged into it keep leading to it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from onrecord.decisions import Member
from onrecord.domain import make_id
from onrecord.errors import InputError
from onrecord.record import queries

Noun = Literal["actor", "story", "utterance"]
PLURALS = {
    "actor": "actors",
    "story": "stories",
    "utterance": "utterances",
    "statement": "statements",
    "report": "reports",
    "decision": "decisions",
}


@dataclass(frozen=True, slots=True)
class Group:
    """An actor, story or utterance as its members: names in reports, reports, or statements."""

    id: str
    members: tuple[Member, ...]


def list_groups(connection: sqlite3.Connection, noun: Noun) -> list[Group]:
    """All actors, stories or utterances of the record."""
    if noun == "actor":
        return [Group(one.id, one.mentions) for one in queries.list_actors(connection)]
    if noun == "story":
        return [Group(one.id, one.reports) for one in queries.list_stories(connection)]
    return [Group(one.id, one.statements) for one in queries.list_utterances(connection)]


def find_group(groups: Sequence[Group], beginning: str, *, noun: Noun) -> Group:
    """The one whose id, or former id, this is, or whose id begins so.

    Raises InputError where there is none such, or more than one.
    """
    found = [group for group in groups if group.id == beginning]
    found = found or [group for group in groups if beginning in _list_former_ids(group, noun)]
    if found:
        return found[0]
    one = find_id((group.id for group in groups), beginning, noun=noun)
    return next(group for group in groups if group.id == one)


def find_id(ids: Iterable[str], beginning: str, *, noun: str) -> str:
    """The one id that is, or begins, so. Raises InputError where there is none, or several."""
    known = list(ids)
    found = [one for one in known if one == beginning]
    found = found or sorted({one for one in known if one.startswith(beginning)})
    if len(found) != 1:
        how = f"no {noun} has" if not found else f"{len(found)} {PLURALS[noun]} have"
        raise InputError(f"{how} an id that begins with {beginning!r}")
    return found[0]


def _list_former_ids(group: Group, noun: Noun) -> set[str]:
    return {
        make_id(noun, *([member] if isinstance(member, str) else member))
        for member in group.members
    }
