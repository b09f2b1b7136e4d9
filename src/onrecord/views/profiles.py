"""Actors as pages list them: their names, roles, why they are one, and what they said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import Actor
from onrecord.views.decisions import Decided
from onrecord.views.entries import Entry
from onrecord.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as a page lists them: name forms by language, roles with theirs, and a count.

    `entries` are the number and id of each entry that has them as its speaker; `reasons` say of
    names that aren't simply spellings of theirs why they are taken for them.
    """

    actor: Actor
    names: tuple[tuple[str, tuple[str, ...]], ...]
    roles: tuple[tuple[str | None, str], ...]
    statements: int
    entries: tuple[tuple[int, str], ...]
    reasons: tuple[tuple[str, str], ...] = ()
    decided: tuple[Decided, ...] = ()


def list_profiles(selection: Selection, entries: Sequence[Entry]) -> list[Profile]:
    """The actors whom the entries name, those with most statements first."""
    counts = Counter(
        selection.speakers[one] for one in selection.statements if one in selection.speakers
    )
    named = {entry.speaker.actor for entry in entries} | {
        one.speaker.actor for entry in entries for one in entry.references
    }
    shown = [one for one in selection.actors.values() if one.id in named or counts[one.id]]
    spoken: dict[str | None, list[tuple[int, str]]] = defaultdict(list)
    for entry in entries:
        spoken[entry.speaker.actor].append((entry.number, entry.id))
    profiles = [build_profile(selection, one, counts, spoken[one.id]) for one in shown]
    return sorted(profiles, key=lambda one: (-one.statements, one.actor.name, one.actor.id))


def build_profile(
    selection: Selection,
    actor: Actor,
    counts: Mapping[str, int],
    entries: Sequence[tuple[int, str]],
) -> Profile:
    """The profile of one actor; `counts` has the statements of each."""
    return Profile(
        actor=actor,
        names=_group_names(actor),
        roles=_find_roles(selection, actor),
        statements=counts[actor.id],
        entries=tuple(entries),
        reasons=tuple(dict.fromkeys((name, why) for _, name, why in actor.reasons)),
        decided=selection.decided.get(actor.id, ()),
    )


def _group_names(actor: Actor) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names: dict[str, list[str]] = defaultdict(list)
    for language, name in dict.fromkeys(actor.names):
        names[language].append(name)
    return tuple((language, tuple(forms)) for language, forms in names.items())


def _find_roles(selection: Selection, actor: Actor) -> tuple[tuple[str | None, str], ...]:
    """What the actor is described as, with the language of a report that says so."""
    languages = {
        role: selection.reports[one.report].language
        for one in selection.statements.values()
        if one.speaker is not None
        for role in one.speaker.descriptions
    }
    return tuple((languages.get(role), role) for role in actor.descriptions)
