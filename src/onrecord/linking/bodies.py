"""Which organisations, places, groups and unnamed people of several reports are one.

1. Those on an imported list, by their names and aliases.
2. Offices that the word lists know ("Russian Defence Ministry", "Міноборони РФ").
3. Other names by their words, an abbreviation by what it stands for where a report of its
   storyline explains it.
4. What names nobody in particular ("the ministry", "residents", "a spokesman") stays within its
   story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from onrecord.linking.names import match_words, name_keys
from onrecord.linking.offices import is_common_noun, read_office, read_role
from onrecord.linking.people import LISTED, People, contradicts
from onrecord.linking.sightings import UNNAMED, Group, Sighting

OFFICE = "the same office by the word lists"
SPOKESPERSON = "spokesperson"
SPEAKS_FOR = "an unnamed person who speaks for it"
SHORT = "short for a name that a report of its storyline explains it with"

_Block = tuple[str, ...]


def is_office(sighting: Sighting) -> bool:
    """Whether what was taken for a person is an office: "Kremlin", but not "Paris"."""
    office = read_office(sighting.mention.name, sighting.language)
    return office is not None and not office.place and not sighting.unnamed


def group_others(sightings: Sequence[Sighting], people: People) -> list[Group]:
    """The actors of sightings that are sorted earliest first, persons by name left out."""
    blocks: dict[_Block, list[Group]] = defaultdict(list)
    for sighting in sightings:
        name, why = sighting.mention.name, ""
        if sighting.full is not None:
            name, why = sighting.full, SHORT
        entry = people.find(name, sighting.mention.type) if _is_named(sighting) else None
        told = [(sighting.language, text) for text in sighting.mention.descriptions]
        if entry is not None and not contradicts(entry, told):
            _add_to_only(blocks["known", entry.id], sighting, Group(known=entry), LISTED)
            continue
        office = read_office(name, sighting.language) if _is_named(sighting) else None
        if office is not None:
            _add_to_only(blocks["office", office.key], sighting, Group(), why or OFFICE)
            continue
        for key in sorted(name_keys(name, "organisation"))[-1:]:
            block = (*_find_scope(sighting, name), sighting.mention.type, key)
            _add_by_words(blocks[block], sighting, name, why)
    return [group for groups in blocks.values() for group in groups]


def join_spokespeople(unnamed: Sequence[Sighting], bodies: Sequence[Group]) -> list[Sighting]:
    """Adds unnamed spokespeople to the only organisation of their storyline that they name.

    Returns the other unnamed people.
    """
    named: dict[str, dict[str, list[Group]]] = defaultdict(lambda: defaultdict(list))
    for group in bodies:
        for line, name in {(s.line, s.mention.name) for s in group.sightings if _is_body(s)}:
            named[line][name].append(group)
    left: list[Sighting] = []
    for sighting in unnamed:
        body = _find_body(sighting, named[sighting.line])
        if body is None:
            left.append(sighting)
        else:
            body.add(sighting, why=SPEAKS_FOR)
    return left


def _is_body(sighting: Sighting) -> bool:
    name, language = sighting.mention.name, sighting.language
    return sighting.mention.type == "organisation" and not is_common_noun(name, language)


def _find_body(sighting: Sighting, named: Mapping[str, Sequence[Group]]) -> Group | None:
    phrase, language = sighting.mention.name, sighting.language
    if SPOKESPERSON not in read_role(phrase, language).kinds:
        return None
    found = [name for name in named if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", phrase)]
    longest = [name for name in found if not any(name != o and name in o for o in found)]
    groups = {id(group): group for name in longest for group in named[name]}
    return groups.popitem()[1] if len(groups) == 1 else None


def _is_named(sighting: Sighting) -> bool:
    return sighting.mention.rule != UNNAMED and sighting.mention.type != "group"


def _find_scope(sighting: Sighting, name: str) -> _Block:
    """Where else the same words may mean the same: in the same story, or anywhere."""
    if not _is_named(sighting):
        return "story", sighting.story, sighting.mention.rule
    if is_common_noun(name, sighting.language):
        return "story", sighting.story
    return ("anywhere",)


def _add_to_only(groups: list[Group], sighting: Sighting, new: Group, why: str) -> None:
    if not groups:
        groups.append(new)
    seen = groups[0].sightings
    plain = not seen or match_words(seen[0].mention.name, sighting.mention.name)
    groups[0].add(sighting, why="" if plain and why == OFFICE else why)


def _add_by_words(groups: list[Group], sighting: Sighting, name: str, why: str) -> None:
    same = next((g for g in groups if match_words(_find_name(g), name)), None)
    if same is None:
        same = Group()
        groups.append(same)
    same.add(sighting, why=why)


def _find_name(group: Group) -> str:
    first = group.sightings[0]
    return first.full or first.mention.name
