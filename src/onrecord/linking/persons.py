"""Which named people of several reports are one person.

1. Those on an imported list, by their names and aliases.
2. Full names: one person where family and given names agree in some spelling, unless what reports
   say of them is of two worlds.
3. The same words in another order, or a part of a longer name: one within a storyline.
4. A family name alone, or with initials: the only person of the story, or else of the storyline,
   whom it fits; elsewhere only with the same role near in time. Where it fits several they stay
   apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from onrecord.linking.holders import are_of_two_worlds, disagree, is_near, share_office
from onrecord.linking.names import (
    PersonName,
    are_turned,
    fold_name,
    is_part,
    match_family,
    match_full,
    match_given,
    split_name,
)
from onrecord.linking.offices import Role
from onrecord.linking.people import LISTED, People, contradicts, list_names, list_weak_names
from onrecord.linking.sightings import Group, Sighting
from onrecord.linking.sounds import find_skeletons

SAME_ROLE = timedelta(days=180)
"""How far apart in time a family name with the same role may still be the same person's."""

IN_STORY = "the only person of its story whom this family name fits"
IN_LINE = "the only person of its storyline whom this family name fits"
BY_ROLE = "the only person whom this family name fits and who has the same role near in time"
TURNED = "the same words in another order in its storyline"
PART = "part of the only longer name in its storyline that it fits"

SEVERAL = "this family name fits several people"


def group_persons(sightings: Sequence[Sighting], people: People) -> list[Group]:
    """The people of sightings that are sorted earliest first."""
    index = _Index()
    rest = [sighting for sighting in sightings if not _join_listed(sighting, people, index)]
    partial = []
    for sighting in rest:
        name = split_name(sighting.mention.name)
        if name.partial:
            partial.append((sighting, name))
        else:
            _join_full(sighting, name, index)
    _join_forms(index)
    found = [(sighting, name, *_find_bearer(sighting, name, index)) for sighting, name in partial]
    left = _Index()
    for sighting, name, group, why in found:
        if group is None:
            _join_surname(sighting, name, left, why)
        else:
            group.add(sighting, name, why=why)
    return [group for group in (*index.groups, *left.groups) if group.sightings]


class _Index:
    """Groups of persons in the order they were found, by their family names."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self._by_key: dict[str, dict[int, Group]] = defaultdict(dict)
        self._known: dict[str, Group] = {}
        self.by_weak_name: dict[str, list[Group]] = defaultdict(list)

    def open(self, sighting: Sighting, name: PersonName, *, why: str = "") -> None:
        """A new group."""
        self._place(Group(), [name]).add(sighting, name, why=why)

    def open_known(self, sighting: Sighting, people: People) -> Group | None:
        """The group of whoever on the list this is."""
        entry = people.find(sighting.mention.name, "person")
        told = [(sighting.language, text) for text in sighting.mention.descriptions]
        if entry is None or contradicts(entry, told):
            return None
        if entry.id not in self._known:
            names = [split_name(form) for form in list_names(entry)]
            self._known[entry.id] = self._place(Group(names, entry), names)
            for name in map(fold_name, list_weak_names(entry)):
                self.by_weak_name[name].append(self._known[entry.id])
        return self._known[entry.id]

    def find(self, name: PersonName) -> list[Group]:
        """The groups one of whose family names may be a spelling of this one, earliest first."""
        near: dict[int, Group] = {}
        for key in find_skeletons(name.family, name.script):
            near |= self._by_key.get(key, {})
        return [
            group
            for _, group in sorted(near.items(), key=lambda pair: pair[0])
            if any(match_family(one, name) for one in group.names)
        ]

    def _place(self, group: Group, names: Iterable[PersonName]) -> Group:
        number = len(self.groups)
        self.groups.append(group)
        for name in names:
            for key in find_skeletons(name.family, name.script):
                self._by_key[key][number] = group
        return group


def _join_listed(sighting: Sighting, people: People, index: _Index) -> bool:
    group = index.open_known(sighting, people)
    if group is not None:
        group.add(sighting, split_name(sighting.mention.name), why=LISTED)
    return group is not None


def _join_full(sighting: Sighting, name: PersonName, index: _Index) -> None:
    """Adds to whoever has this name, or opens a group; of namesakes to the one of its story."""
    fits = [
        group
        for group in index.find(name)
        if group.known is None
        and _has_full_name(group, name, sighting)
        and not (
            sighting.line not in group.lines and are_of_two_worlds(sighting.roles, [*group.roles])
        )
    ]
    near = [group for group in fits if sighting.line in group.lines] or fits
    same = [group for group in near if name in group.names] or near
    if len(same) == 1:
        same[0].add(sighting, name)
    else:
        index.open(sighting, name)


def _has_full_name(group: Group, name: PersonName, sighting: Sighting) -> bool:
    """Whether at least half of a group's names fit, so that no chain of likenesses grows."""
    names = [one for one in group.names if not one.partial]
    fits = [match_full(one, name) for one in names]
    if 2 * fits.count(True) >= max(len(names), 1):
        return True
    likely = 2 * (fits.count(True) + fits.count(None)) >= max(len(names), 1)
    return likely and (sighting.line in group.lines or _has_role(group, sighting))


def _may_have(group: Group, name: PersonName, *, full: bool = True) -> bool:
    """Whether a family name or initials may be of a group: of at least half of its names."""
    names = [one for one in group.names if not (full and one.partial)]
    fits = sum(match_family(one, name) and match_given(one, name) is not False for one in names)
    return fits > 0 and 2 * fits >= len(names)


def _join_forms(index: _Index) -> None:
    """Moves sightings to the only earlier or longer name of their storyline that theirs fits."""
    by_word: dict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in index.groups:
        for line in sorted(group.lines):
            for word in sorted({word for name in group.names for word in name.words}):
                by_word[line, word].append(group)
    moves = [
        (group, line, target, why)
        for group in index.groups
        for line in sorted(group.lines)
        for target, why in _find_form(group, line, by_word)
    ]
    for group, line, target, why in moves:
        for sighting in group.take(line):
            target.add(sighting, why=why)


def _find_form(
    group: Group, line: str, by_word: dict[tuple[str, str], list[Group]]
) -> Iterator[tuple[Group, str]]:
    """The group of a storyline that has the full form of a group's name, if exactly one."""
    if group.known is not None:
        return
    seen = [sighting for sighting in group.sightings if sighting.line == line]
    reports = {sighting.report for sighting in seen}
    roles = [role for sighting in seen for role in sighting.roles]
    names = [split_name(sighting.mention.name) for sighting in seen]
    near = {
        id(other): other
        for name in names
        for word in name.words[:1]
        for other in by_word[line, word]
        if other is not group
    }
    found = []
    for other in near.values():
        why = _compare_forms(names, other)
        if why and reports.isdisjoint(other.reports) and not disagree(roles, [*other.roles]):
            found.append((other, why))
    if len(found) == 1 and (found[0][1] == PART or _is_first(found[0][0], group, line)):
        yield found[0]


def _compare_forms(names: Sequence[PersonName], other: Group) -> str:
    if any(are_turned(name, one) for name in names for one in other.names):
        return TURNED
    return PART if any(is_part(name, one) for name in names for one in other.names) else ""


def _is_first(one: Group, other: Group, line: str) -> bool:
    """Whether a group is seen in a storyline before another; what is on the list always is."""

    def rank(group: Group) -> tuple[bool, tuple[tuple[str, str], str]]:
        seen = ((s.order, s.mention.name) for s in group.sightings if s.line == line)
        return group.known is None, min(seen)

    return rank(one) < rank(other)


def _find_bearer(sighting: Sighting, name: PersonName, index: _Index) -> tuple[Group | None, str]:
    """The person whom a family name is of, or None; and why."""
    fits = [
        group
        for group in _list_bearers(sighting, name, index)
        if sighting.report not in group.reports
    ]
    for near, why in (
        ([group for group in fits if sighting.story in group.stories], IN_STORY),
        ([group for group in fits if sighting.line in group.lines], IN_LINE),
    ):
        agree = [
            group for group in near if not disagree(sighting.roles, _roles_in(group, sighting))
        ]
        if len(agree) > 1:
            agree = [group for group in agree if share_office(sighting.roles, group.roles)]
        if len(agree) == 1:
            return agree[0], why
        if near:
            return None, SEVERAL if len(near) > 1 else ""
    alike = [group for group in fits if _has_role(group, sighting)]
    return (alike[0], BY_ROLE) if len(alike) == 1 else (None, "")


def _list_bearers(sighting: Sighting, name: PersonName, index: _Index) -> list[Group]:
    found = {id(group): group for group in index.find(name) if _may_have(group, name)}
    weak = index.by_weak_name.get(fold_name(sighting.mention.name), ())
    return list((found | {id(group): group for group in weak}).values())


def _roles_in(group: Group, sighting: Sighting) -> list[Role]:
    return [role for one in group.sightings if one.line == sighting.line for role in one.roles]


def _has_role(group: Group, sighting: Sighting) -> bool:
    """Whether the report's role is also given to the group near in time."""
    return share_office(sighting.roles, group.roles) and any(
        is_near(sighting.published, one.published, within=SAME_ROLE)
        and share_office(sighting.roles, one.roles)
        for one in group.sightings
    )


def _join_surname(sighting: Sighting, name: PersonName, index: _Index, why: str) -> None:
    """Adds to the only family name of its storyline, or of its role, that may be the same."""
    fits = [
        group
        for group in index.find(name)
        if _may_have(group, name, full=False)
        and sighting.report not in group.reports
        and not disagree(sighting.roles, [*group.roles])
        and (sighting.line in group.lines or _has_role(group, sighting))
    ]
    if len(fits) == 1:
        fits[0].add(sighting, name, why=why)
    else:
        index.open(sighting, name, why=why)
