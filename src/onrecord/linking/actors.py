"""Who is who across reports.

1. Sightings of one name in one report are one.
2. Persons by their names (persons.py); organisations, places and groups by theirs (bodies.py).
3. Unnamed people who speak for an organisation are the organisation; others are who alone of the
   named people of the storyline had their role then (holders.py), or else stay within their story,
   with the reason.

What is one actor depends only on sightings of the same storyline and on those that have a key in
common (`find_keys`): over a set of sightings that is closed under both, the actors are the same as
over all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.domain import Actor, ActorType, KnownActor, make_id
from onrecord.linking.bodies import group_others, is_office, join_spokespeople
from onrecord.linking.holders import VAGUE, Described, find_holder
from onrecord.linking.offices import read_role
from onrecord.linking.people import People
from onrecord.linking.persons import group_persons
from onrecord.linking.sightings import UNNAMED, Group, Sighting, by_order, merge_sightings

__all__ = ["UNNAMED", "Sighting", "build_actor", "find_keys", "link_actors"]


def link_actors(
    sightings: Iterable[Sighting], *, known: Iterable[KnownActor] = ()
) -> tuple[Actor, ...]:
    """The actors of all sightings, the same for any order of them; sorted by id.

    `known` is an imported list, which anchors those that are on it.
    """
    ordered = merge_sightings(sightings)
    people = People.of(known)
    unnamed = [s for s in ordered if s.mention.type == "person" and s.unnamed]
    persons = [
        s for s in ordered if s.mention.type == "person" and not s.unnamed and not is_office(s)
    ]
    taken = {s.key for s in (*persons, *unnamed)}
    bodies = group_others([s for s in ordered if s.key not in taken], people)
    groups = group_persons(persons, people)
    left = _join_unnamed(join_spokespeople(unnamed, bodies), groups)
    groups += [*bodies, *group_others([s for s in unnamed if s.key in left], people)]
    for group in groups:
        for sighting in group.sightings:
            if sighting.key in left:
                group.reasons[sighting.key] = left[sighting.key]
    return tuple(sorted(map(_build_group, groups), key=lambda actor: actor.id))


def find_keys(sighting: Sighting, people: People) -> frozenset[str]:
    """What two sightings of different storylines have at least one of in common if they can be one.

    The keys of the name (`name_keys`), of whoever on the imported list it may be, and of what the
    report explains abbreviations with.
    """
    keys = people.keys(sighting.mention.name, sighting.mention.type)
    explained = (people.keys(full, "organisation") for _, full in sighting.explained)
    return keys.union(*explained)


def build_actor(sightings: Iterable[Sighting]) -> Actor:
    """The actor that these sightings are, whatever their names: somebody decided so."""
    group = Group()
    for sighting in merge_sightings(sightings):
        group.add(sighting)
    return _build_group(group)


def _join_unnamed(unnamed: Sequence[Sighting], groups: list[Group]) -> dict[tuple[str, str], str]:
    """Adds unnamed people to whoever had their role; returns why the others are left, by key."""
    lines = {sighting.line for sighting in unnamed}
    known: dict[str, list[Described]] = defaultdict(list)
    for number, group in enumerate(groups):
        for sighting in group.sightings:
            if sighting.line in lines:
                known[sighting.line] += _describe(sighting, number)
    left: dict[tuple[str, str], str] = {}
    for sighting in unnamed:
        holder, why = None, VAGUE
        if not sighting.indefinite:
            holder, why = find_holder(_ask(sighting), known[sighting.line])
        if holder is None:
            left[sighting.key] = why
        else:
            groups[holder].add(sighting, why=why)
    return left


def _describe(sighting: Sighting, person: int) -> Iterator[Described]:
    for text, role in zip(sighting.mention.descriptions, sighting.roles, strict=True):
        where = (sighting.language, sighting.story, sighting.published)
        yield Described(person, role, text, *where)


def _ask(sighting: Sighting) -> Described:
    name, language = sighting.mention.name, sighting.language
    return Described(
        -1, read_role(name, language), name, language, sighting.story, sighting.published
    )


def _build_group(group: Group) -> Actor:
    sightings = sorted(group.sightings, key=by_order)
    named = [sighting for sighting in sightings if not sighting.unnamed] or sightings
    counts = Counter(s.mention.name for s in named)
    name = min(counts, key=lambda n: (-len(n.split()), -counts[n], n))
    forms = {(s.language, s.mention.name) for s in named}
    known = group.known
    reasons = ((*s.key, why) for s in sightings if (why := group.reasons.get(s.key)))
    return Actor(
        id=make_id("actor", *named[0].key),
        name=name if known is None else known.name,
        type=_choose_type(named) if known is None else known.type,
        names=tuple(sorted(forms)),
        descriptions=tuple(dict.fromkeys(_list_descriptions(sightings))),
        mentions=tuple(s.key for s in sightings),
        wikidata=None if known is None else known.wikidata,
        reasons=tuple(reasons),
    )


def _choose_type(sightings: Sequence[Sighting]) -> ActorType:
    """That of the earliest; what was taken for a person and is an office has that of the others."""
    types = [sighting.mention.type for sighting in sightings]
    if is_office(sightings[0]):
        return next((found for found in types if found != "person"), "organisation")
    return types[0]


def _list_descriptions(sightings: Iterable[Sighting]) -> Iterator[str]:
    for sighting in sightings:
        yield from sighting.mention.descriptions
