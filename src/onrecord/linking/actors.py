"""Who is who across reports.

1. Persons by their full names: one actor where family and given names agree in some spelling.
2. Those known by a family name or an initial join the only actor that it can be, looked for in the
   story first; where there are several, they stay apart.
3. Organisations, places and groups by their words; unnamed people stay within their story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain import Actor, Mention, make_id
from onrecord.linking.names import (
    PersonName,
    match_family,
    match_given,
    match_words,
    split_name,
)

UNNAMED = "unnamed"
"""The rule of a mention that has a description but no name."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody in one report, with what tells where that is. `order` sorts earliest first."""

    report: str
    language: str
    story: str
    order: tuple[str, str]
    mention: Mention

    @property
    def key(self) -> tuple[str, str]:
        """What an actor's `mentions` name it by."""
        return self.report, self.mention.name


@dataclass(slots=True)
class _Group:
    """Sightings held to be one actor, while they are being gathered."""

    name: PersonName
    type: str
    sightings: list[Sighting]

    @property
    def stories(self) -> set[str]:
        return {sighting.story for sighting in self.sightings}


def link_actors(sightings: Iterable[Sighting]) -> tuple[Actor, ...]:
    """The actors of all sightings, the same for any order of them; sorted by id."""
    ordered = sorted({s.key: s for s in _earliest_last(sightings)}.values(), key=_by_order)
    persons = [s for s in ordered if s.mention.type == "person" and s.mention.rule != UNNAMED]
    others = [s for s in ordered if s.mention.type != "person" or s.mention.rule == UNNAMED]
    groups = [*_group_persons(persons), *_group_others(others)]
    return tuple(sorted((_build_actor(group) for group in groups), key=lambda actor: actor.id))


def _earliest_last(sightings: Iterable[Sighting]) -> list[Sighting]:
    return sorted(sightings, key=lambda s: (*s.order, s.mention.name, s.mention.rule), reverse=True)


def _by_order(sighting: Sighting) -> tuple[str, str, str]:
    return (*sighting.order, sighting.mention.name)


def _group_persons(persons: Sequence[Sighting]) -> list[_Group]:
    names = {s.key: split_name(s.mention.name) for s in persons}
    full = [s for s in persons if len(names[s.key].given) and len(names[s.key].given[0]) > 1]
    groups: list[_Group] = []
    for sighting in full:
        name = names[sighting.key]
        fits = [g for g in groups if match_family(g.name, name) and match_given(g.name, name)]
        _join(groups, fits[:1], _Group(name, "person", [sighting]))
    known = list(groups)
    for sighting in persons:
        if sighting in full:
            continue
        name = names[sighting.key]
        fits = [
            g for g in known if match_family(g.name, name) and match_given(g.name, name) is None
        ]
        near = [g for g in fits if sighting.story in g.stories]
        partial = [
            g for g in groups[len(known) :] if g.name == name and sighting.story in g.stories
        ]
        _join(groups, near if near else fits or partial, _Group(name, "person", [sighting]))
    return groups


def _join(groups: list[_Group], fits: list[_Group], new: _Group) -> None:
    """Adds to the one group that fits, or else stays apart."""
    if len(fits) == 1:
        fits[0].sightings += new.sightings
    else:
        groups.append(new)


def _group_others(others: Sequence[Sighting]) -> list[_Group]:
    groups: list[_Group] = []
    blocks: dict[tuple[str, str, str], list[_Group]] = defaultdict(list)
    for sighting in others:
        mention = sighting.mention
        local = mention.rule == UNNAMED or mention.type == "group"
        block = (mention.type, mention.rule if local else "", sighting.story if local else "")
        fits = [g for g in blocks[block] if match_words(g.sightings[0].mention.name, mention.name)]
        group = _Group(split_name(mention.name), mention.type, [sighting])
        if not fits:
            blocks[block].append(group)
        _join(groups, fits[:1], group)
    return groups


def _build_actor(group: _Group) -> Actor:
    sightings = sorted(group.sightings, key=_by_order)
    counts = Counter(s.mention.name for s in sightings)
    name = min(counts, key=lambda n: (-len(n.split()), -counts[n], n))
    forms: dict[tuple[str, str], None] = dict.fromkeys(
        (s.language, s.mention.name) for s in sightings
    )
    return Actor(
        id=make_id("actor", *sightings[0].key),
        name=name,
        type=sightings[0].mention.type,
        names=tuple(sorted(forms)),
        descriptions=tuple(dict.fromkeys(_descriptions(sightings))),
        mentions=tuple(s.key for s in sightings),
    )


def _descriptions(sightings: Iterable[Sighting]) -> Iterator[str]:
    for sighting in sightings:
        yield from sighting.mention.descriptions
