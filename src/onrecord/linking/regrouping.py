"""The groups that the machine made, changed as people decided.

1. Rulings are read in their order. Each makes one class of what belongs together, taking members
   out of classes that are to stay apart from them; where two rulings contradict one another, the
   later wins.
2. Classes that the machine has in one group stay in one group, and what it has in that group
   besides comes along, unless a ruling keeps two of them apart.
3. A group that is divided so leaves the members that no ruling names (those that came since, say)
   to whichever part they are likest to, or, where that can't be told, in a group of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from onrecord.decisions import Member, Ruling

Place = Callable[[Member, Sequence[Sequence[Member]]], int | None]
"""The number of the part that a member belongs to, or None where that can't be told."""


@dataclass(slots=True)
class _Rule:
    """What one ruling still keeps apart."""

    together: set[Member]
    apart: set[Member]


@dataclass(slots=True)
class _Classes:
    """Members that rulings hold together, each in one class, and what is kept apart."""

    of: dict[Member, int] = field(default_factory=dict)
    members: dict[int, set[Member]] = field(default_factory=dict)
    rules: list[_Rule] = field(default_factory=list)

    def apply(self, ruling: Ruling, known: set[Member]) -> None:
        """Makes one class of what belongs together; earlier rules that deny it give way."""
        together = [member for member in ruling.together if member in known]
        apart = {member for member in ruling.apart if member in known}
        for member in [*together, *sorted(apart, key=str)]:
            self._start(member)
        for member in together:
            if apart & self.members[self.of[member]]:
                self._leave(member)
        united = {self.of[member] for member in together}
        one = self._unite(united)
        for rule in self.rules:
            if not one.isdisjoint(rule.together) and not one.isdisjoint(rule.apart):
                rule.apart -= one
        if together and apart:
            self.rules.append(_Rule(set(together), apart))

    def _start(self, member: Member) -> None:
        if member not in self.of:
            number = len(self.members)
            self.of[member] = number
            self.members[number] = {member}

    def _leave(self, member: Member) -> None:
        self.members[self.of.pop(member)].discard(member)
        self._start(member)

    def _unite(self, numbers: set[int]) -> set[Member]:
        one: set[Member] = set()
        for number in sorted(numbers):
            one |= self.members[number]
            self.members[number] = set()
        if one:
            first = min(numbers)
            self.members[first] = one
            self.of |= dict.fromkeys(one, first)
        return one


class _Clusters:
    """Classes that the machine's groups join, as far as the rules allow (union by number)."""

    def __init__(self, classes: _Classes) -> None:
        self._classes = classes
        self._parent = {number: number for number in classes.members}
        # For each rule the side that a cluster is on: of what is together, or of what is apart.
        self._sides: dict[int, set[tuple[int, bool]]] = {number: set() for number in self._parent}
        for number, rule in enumerate(classes.rules):
            for member in rule.together:
                self._sides[classes.of[member]].add((number, True))
            for member in rule.apart:
                self._sides[classes.of[member]].add((number, False))

    def find(self, member: Member) -> int:
        """The number of the cluster that a named member is in."""
        number = self._classes.of[member]
        while self._parent[number] != number:
            number = self._parent[number]
        return number

    def join(self, one: Member, other: Member) -> None:
        """Makes one cluster of the two members', unless a rule keeps them apart."""
        first, second = sorted((self.find(one), self.find(other)))
        denied = {(rule, not side) for rule, side in self._sides[second]}
        if first != second and self._sides[first].isdisjoint(denied):
            self._parent[second] = first
            self._sides[first] |= self._sides[second]


def regroup(
    groups: Sequence[Sequence[Member]], rulings: Iterable[Ruling], *, place: Place
) -> list[list[Member]]:
    """The groups as decided; each member of `groups` (which share none) is in one of them.

    Groups come with the first of them first, and so do their members; the result keeps the order of
    groups, then members. Rulings may name members that aren't there: these count for nothing.
    `place` is asked for members that no ruling names, with the named members of each part of their
    group.
    """
    order = {member: i for i, member in enumerate(one for group in groups for one in group)}
    classes = _Classes()
    for ruling in rulings:
        classes.apply(ruling, order.keys() & set(ruling.members))
    clusters = _Clusters(classes)
    for group in groups:
        firsts: dict[int, Member] = {}
        for member in group:
            if member in classes.of:
                firsts.setdefault(classes.of[member], member)
        for one, other in combinations(firsts.values(), 2):
            clusters.join(one, other)
    found: dict[tuple[str, int], list[Member]] = {}
    for number, group in enumerate(groups):
        for member, part in _part_group(group, classes, clusters, place):
            key = ("rest", number) if part is None else ("cluster", part)
            found.setdefault(key, []).append(member)
    parts = [sorted(members, key=order.__getitem__) for members in found.values()]
    return sorted(parts, key=lambda part: order[part[0]])


def _part_group(
    group: Sequence[Member], classes: _Classes, clusters: _Clusters, place: Place
) -> Iterable[tuple[Member, int | None]]:
    """Each member of a machine's group with its cluster, None for what stays in none."""
    parts: dict[int, list[Member]] = {}
    for member in group:
        if member in classes.of:
            parts.setdefault(clusters.find(member), []).append(member)
    numbers, named = list(parts), list(parts.values())
    for member in group:
        if member in classes.of:
            yield member, clusters.find(member)
        elif len(parts) > 1:
            chosen = place(member, named)
            yield member, None if chosen is None else numbers[chosen]
        else:
            yield member, numbers[0] if parts else None
