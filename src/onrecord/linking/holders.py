"""Who held a role when: "the NATO secretary general" of a report that names nobody.

Somebody holds a role from the first to the last date at which reports of one story, or near in time
of one storyline, describe them by it. An unnamed mention is of whoever holds its role then, if that
can only be one person; classes of roles, states and fields are compared across languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from onrecord.edtf import parse_edtf
from onrecord.linking.offices import LEADER, MINISTER, Role
from onrecord.roles import LEADERS

NEAR = timedelta(days=14)
"""How far in time a description in another story of the storyline may be from the mention."""

HELD = frozenset({*LEADERS, LEADER, MINISTER})
"""Classes of roles that one person has at a time, given whose role it is."""
_EVERYWHERE = frozenset({"president", "premier", LEADER})
"""Classes that mean nobody in particular unless it is said of what."""
_SOFT = frozenset({"person", "politician", "expert", "reporter", "leader", "candidate", "owner"})
"""Classes that somebody may be called besides any other."""

NOBODY = "no report of the storyline names who had this role then"
SEVERAL = "reports of the storyline name several people who had this role then"
BETWEEN = "it came between two people who had this role"
VAGUE = "it doesn't say whose role it is, or more than one person may have it"


@dataclass(frozen=True, slots=True)
class Described:
    """A role that a report of a story gave to `person`, a number; `day` None where not dated."""

    person: int
    role: Role
    text: str
    language: str
    story: str
    published: str | None

    @property
    def day(self) -> date | None:
        """The first day of the report's date."""
        days = parse_edtf(self.published) if self.published is not None else None
        return None if days is None else days[0]


def find_holder(asked: Described, known: Sequence[Described]) -> tuple[int | None, str]:
    """The person who had the role of `asked` then, or None; and why, in words for a reader.

    `known` are the descriptions of named people in the storyline.
    """
    if not _is_held(asked.role):
        return None, VAGUE
    fitting = [one for one in known if fits_role(asked, one)]
    left = {one.person for one in known if _had_left(asked, one)}
    people = {one.person for one in fitting} - left
    if len(people) > 1:
        handed_on = bool(asked.role.scope) or any(_is_handed_on(asked, one) for one in known)
        chosen = _choose_by_date(asked, [one for one in fitting if one.person in people])
        if not handed_on or chosen is None:
            return None, SEVERAL
        people = chosen
    near = [one for one in fitting if one.person in people and _is_near(asked, one)]
    if not near:
        return None, BETWEEN if len({one.person for one in fitting}) > 1 else NOBODY
    return near[0].person, f"described as “{near[0].text}” in a report of its storyline"


def fits_role(asked: Described, known: Described) -> bool:
    """Whether a description may be of the role asked for.

    The same class of role, gender, states and fields; of the other words, those asked for have to
    be among those known, which only reports in one language can show.
    """
    one, other = asked.role, known.role
    if other.standing != "holds" or one.deputy is not other.deputy:
        return False
    if len(other.kinds) != 1 or not are_one_kind(one.kinds, other.kinds):
        return False
    if one.genders and other.genders and one.genders.isdisjoint(other.genders):
        return False
    if one.bare:
        return asked.story == known.story
    if one.scope != other.scope or one.fields != other.fields:
        return False
    if not one.rest:
        return True
    return asked.language == known.language and one.rest <= other.rest


def are_one_kind(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two roles are of one class, "leader" standing for the head of anything."""
    if not one.isdisjoint(other):
        return True
    if LEADER in one:
        return not other.isdisjoint(LEADERS)
    return LEADER in other and not one.isdisjoint(LEADERS)


def share_office(one: Iterable[Role], other: Iterable[Role]) -> bool:
    """Whether two people are described by one role of one state, alliance or field."""
    theirs = [role for role in other if role.standing == "holds" and (role.scope or role.fields)]
    return any(
        role.standing == "holds"
        and role.kinds
        and are_one_kind(role.kinds, known.kinds)
        and role.scope == known.scope
        and role.fields == known.fields
        and role.deputy is known.deputy
        for role in one
        for known in theirs
    )


def disagree(one: Sequence[Role], other: Sequence[Role]) -> bool:
    """Whether two people's descriptions can't be of one person: another gender, state or role.

    Roles disagree where they are of no class in common and have nothing else in common.
    """
    mine, yours = _gather(one), _gather(other)
    if mine.genders and yours.genders and mine.genders.isdisjoint(yours.genders):
        return True
    if mine.scope and yours.scope and mine.scope.isdisjoint(yours.scope):
        return True
    first, second = mine.kinds - _SOFT, yours.kinds - _SOFT
    if not first or not second or not first.isdisjoint(second):
        return False
    return (mine.scope | mine.fields | mine.rest).isdisjoint(
        yours.scope | yours.fields | yours.rest
    )


def are_of_two_worlds(one: Sequence[Role], other: Sequence[Role]) -> bool:
    """Whether two people of one full name must be two: no class of role and no state in common."""
    mine, yours = _gather(one), _gather(other)
    first, second = mine.kinds - _SOFT, yours.kinds - _SOFT
    apart = bool(first and second) and first.isdisjoint(second)
    return apart and bool(mine.scope and yours.scope) and mine.scope.isdisjoint(yours.scope)


def is_near(one: str | None, other: str | None, *, within: timedelta = NEAR) -> bool:
    """Whether two EDTF dates are both known and at most so far apart."""
    first, second = (parse_edtf(day) if day is not None else None for day in (one, other))
    return first is not None and second is not None and abs(first[0] - second[0]) <= within


def _gather(roles: Sequence[Role]) -> Role:
    return Role(
        kinds=frozenset(kind for role in roles for kind in role.kinds),
        genders=frozenset(gender for role in roles for gender in role.genders),
        scope=frozenset(key for role in roles for key in role.scope),
        fields=frozenset(key for role in roles for key in role.fields),
        rest=frozenset(word for role in roles for word in role.rest),
    )


def _is_held(role: Role) -> bool:
    """Whether one person at a time has it, and it says enough to tell whose it is."""
    if len(role.kinds) != 1 or role.kinds.isdisjoint(HELD) or role.standing != "holds":
        return False
    return not (role.bare and not role.kinds.isdisjoint(_EVERYWHERE))


def _is_near(asked: Described, known: Described) -> bool:
    return asked.story == known.story or is_near(asked.published, known.published)


def _is_handed_on(asked: Described, known: Described) -> bool:
    """Whether a description is of somebody before or after they had the role."""
    role = known.role
    if role.standing == "holds" or not are_one_kind(asked.role.kinds, role.kinds):
        return False
    return asked.role.scope == role.scope and asked.role.fields == role.fields


def _had_left(asked: Described, known: Described) -> bool:
    """Whether somebody is said to have left the role by then."""
    if known.role.standing != "left" or not _is_handed_on(asked, known):
        return False
    return asked.day is None or known.day is None or known.day <= asked.day


def _choose_by_date(asked: Described, fitting: Sequence[Described]) -> set[int] | None:
    """Of several people the one whose time it was; nobody if it was between the times of two.

    None where the times overlap or a date isn't known.
    """
    times: dict[int, list[date]] = {}
    for one in fitting:
        if one.day is None:
            return None
        times.setdefault(one.person, []).append(one.day)
    spans = sorted((min(days), max(days), person) for person, days in times.items())
    day = asked.day
    if day is None or any(a[1] >= b[0] for a, b in pairwise(spans)):
        return None
    if day <= spans[0][1]:
        return {spans[0][2]}
    if day >= spans[-1][0]:
        return {spans[-1][2]}
    return {person for first, last, person in spans if first <= day <= last}
