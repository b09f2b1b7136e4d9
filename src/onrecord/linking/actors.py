"""Who is who across reports.

1. Persons by their full names: one actor where family and given names agree in some spelling.
2. Those known by a family name or an initial join the only actor that it can be, looked for in the
   story first; where there are several, they stay apart.
3. Organisations, places and groups by their words; unnamed people stay within their story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.domain import Actor, Mention, Span, make_id
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
    ordered = _merge_sightings(sightings)
    persons = [s for s in ordered if s.mention.type == "person" and s.mention.rule != UNNAMED]
    others = [s for s in ordered if s.mention.type != "person" or s.mention.rule == UNNAMED]
    groups = [*_group_persons(persons), *_group_others(others)]
    return tuple(sorted((_build_actor(group) for group in groups), key=lambda actor: actor.id))


def _merge_sightings(sightings: Iterable[Sighting]) -> list[Sighting]:
    """One sighting for each name in a report, earliest first, with all of its descriptions."""
    by_key: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_key[sighting.key].append(sighting)
    merged = []
    for same in by_key.values():
        same.sort(key=_by_rule)
        descriptions = tuple(dict.fromkeys(d for s in same for d in s.mention.descriptions))
        first = same[0]
        merged.append(replace(first, mention=replace(first.mention, descriptions=descriptions)))
    return sorted(merged, key=_by_order)


def _by_rule(sighting: Sighting) -> tuple[bool, str, str, tuple[Span, ...], tuple[str, ...]]:
    mention = sighting.mention
    spans = mention.words.spans if mention.words is not None else ()
    return mention.rule == UNNAMED, mention.rule, mention.type, spans, mention.descriptions


def _by_order(sighting: Sighting) -> tuple[str, str, str]:
    return (*sighting.order, sighting.mention.name)


def _group_persons(persons: Sequence[Sighting]) -> list[_Group]:
    known = _Known()
    partial = []
    for sighting in persons:
        name = split_name(sighting.mention.name)
        if name.given and len(name.given[0]) > 1:
            fits = [g for g in known.find(name) if match_given(g.name, name)]
            known.join(fits[:1], _Group(name, "person", [sighting]))
        else:
            partial.append(_Group(name, "person", [sighting]))
    surnames = _Known()
    for group in partial:
        story = group.sightings[0].story
        fits = [g for g in known.find(group.name) if match_given(g.name, group.name) is None]
        near = [g for g in fits if story in g.stories]
        if not fits:
            found = surnames.find(group.name)
            fits = [g for g in found if match_given(g.name, group.name) is not False]
            near = fits = [g for g in fits if story in g.stories]
        surnames.join(near or fits, group)
    return [*known.groups, *surnames.groups]


class _Known:
    """Groups of persons in the order they were found, by family name."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self._by_family: dict[tuple[str, str], list[_Group]] = defaultdict(list)

    def find(self, name: PersonName) -> list[_Group]:
        """The groups whose family name may be a spelling of this one."""
        return [
            group
            for groups in self._by_family.values()
            if match_family(groups[0].name, name)
            for group in groups
        ]

    def join(self, fits: list[_Group], new: _Group) -> None:
        """Adds to the one group that fits, or else stays apart."""
        if len(fits) == 1:
            fits[0].sightings += new.sightings
            return
        self.groups.append(new)
        self._by_family[new.name.family, new.name.script].append(new)


def _group_others(others: Sequence[Sighting]) -> list[_Group]:
    blocks: dict[tuple[str, str, str], list[_Group]] = defaultdict(list)
    for sighting in others:
        mention = sighting.mention
        local = mention.rule == UNNAMED or mention.type == "group"
        block = (mention.type, mention.rule if local else "", sighting.story if local else "")
        same = next((g for g in blocks[block] if _has_words(g, mention.name)), None)
        if same is not None:
            same.sightings.append(sighting)
        else:
            blocks[block].append(_Group(split_name(mention.name), mention.type, [sighting]))
    return [group for groups in blocks.values() for group in groups]


def _has_words(group: _Group, name: str) -> bool:
    return match_words(group.sightings[0].mention.name, name)


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
