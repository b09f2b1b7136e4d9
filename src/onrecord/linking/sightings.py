"""Somebody in one report, as actors are linked from, and groups of such that are one actor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.domain import KnownActor, Mention, Span
from onrecord.linking.names import PersonName
from onrecord.linking.offices import Role, read_role

UNNAMED = "unnamed"
"""The rule of a mention that has a description but no name."""

_UNDATED = "~"


@dataclass(frozen=True, slots=True)
class Sighting:
    """Somebody in one report, with what tells where that is. `order` sorts earliest first.

    `storyline` is the story where it isn't given. `indefinite` tells that a role stands after an
    indefinite article. `explained` are the abbreviations that the report explains, each with what
    it stands for; `full` is what this name is short for by those of its storyline.
    """

    report: str
    language: str
    story: str
    order: tuple[str, str]
    mention: Mention
    storyline: str = ""
    indefinite: bool = False
    explained: tuple[tuple[str, str], ...] = ()
    full: str | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What an actor's `mentions` name it by."""
        return self.report, self.mention.name

    @property
    def line(self) -> str:
        """The storyline."""
        return self.storyline or self.story

    @property
    def published(self) -> str | None:
        """The date of the report, None where it has none."""
        return None if self.order[0] == _UNDATED else self.order[0]

    @property
    def unnamed(self) -> bool:
        """Whether the report gives no name: only what somebody is, or who "she" then was."""
        mention = self.mention
        return mention.rule == UNNAMED or mention.name in mention.descriptions

    @property
    def roles(self) -> tuple[Role, ...]:
        """What the report says they are."""
        return tuple(read_role(text, self.language) for text in self.mention.descriptions)


@dataclass(slots=True)
class Group:
    """Sightings held to be one actor, while they are being gathered.

    `names` are the different names of a person, the first one's first; `reasons` say why by the
    key of a sighting. The sets are of all its sightings.
    """

    names: list[PersonName] = field(default_factory=list)
    known: KnownActor | None = None
    sightings: list[Sighting] = field(default_factory=list)
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    stories: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    roles: dict[Role, None] = field(default_factory=dict)

    def add(self, sighting: Sighting, name: PersonName | None = None, *, why: str = "") -> None:
        """One more sighting, of a person by a name, and why if not by its name alone."""
        self.sightings.append(sighting)
        self.stories.add(sighting.story)
        self.lines.add(sighting.line)
        self.reports.add(sighting.report)
        self.roles |= dict.fromkeys(sighting.roles)
        if name is not None and name not in self.names:
            self.names.append(name)
        if why:
            self.reasons[sighting.key] = why

    def take(self, line: str) -> list[Sighting]:
        """Takes the sightings of a storyline out of the group."""
        taken = [sighting for sighting in self.sightings if sighting.line == line]
        kept = [sighting for sighting in self.sightings if sighting.line != line]
        reasons = self.reasons
        self.sightings, self.reasons, self.roles = [], {}, {}
        self.stories, self.lines, self.reports = set(), set(), set()
        for sighting in kept:
            self.add(sighting, why=reasons.get(sighting.key, ""))
        return taken


def merge_sightings(sightings: Iterable[Sighting]) -> list[Sighting]:
    """One sighting for each name in a report, earliest first, with all of its descriptions.

    Abbreviations have their full names wherever a report of the storyline explains them.
    """
    by_key: dict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_key[sighting.key].append(sighting)
    merged = sorted((_merge(same) for same in by_key.values()), key=by_order)
    return _spread_full_names(merged)


def by_order(sighting: Sighting) -> tuple[str, str, str]:
    """Sorts sightings earliest first."""
    return (*sighting.order, sighting.mention.name)


def _merge(same: Sequence[Sighting]) -> Sighting:
    same = sorted(same, key=_by_rule)
    descriptions = tuple(dict.fromkeys(d for s in same for d in s.mention.descriptions))
    first = same[0]
    rule = UNNAMED if first.unnamed else first.mention.rule
    # A name that happens to be a description too stays a name.
    kept = tuple(d for d in descriptions if first.unnamed or d != first.mention.name)
    return replace(
        first,
        mention=replace(first.mention, rule=rule, descriptions=kept),
        indefinite=any(sighting.indefinite for sighting in same),
        explained=tuple(sorted({pair for sighting in same for pair in sighting.explained})),
    )


def _by_rule(sighting: Sighting) -> tuple[bool, str, str, tuple[Span, ...], tuple[str, ...]]:
    mention = sighting.mention
    spans = mention.words.spans if mention.words is not None else ()
    return sighting.unnamed, mention.rule, mention.type, spans, mention.descriptions


def _spread_full_names(sightings: Sequence[Sighting]) -> list[Sighting]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for sighting in sightings:
        for short, full in sighting.explained:
            found[sighting.line, short].add(full)
    spread = []
    for sighting in sightings:
        names = found.get((sighting.line, sighting.mention.name), set())
        spread.append(replace(sighting, full=next(iter(names)) if len(names) == 1 else None))
    return spread
