"""What people decided, applied to what the machine linked.

Each sort of thing is decided where it is linked: stories before who and what are looked for within
them, actors before utterances. What a decision touches is built anew from its members, so that
names, titles and renderings are those of the whole; all else stays as the machine had it. No
decision changes what another sort of thing was found from, but for its place in the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from onrecord.decisions import (
    Decision,
    Effect,
    EffectState,
    Member,
    Mentioned,
    Ruling,
    Sort,
    list_live,
)
from onrecord.domain import Actor, Mention, Statement
from onrecord.linking.regrouping import Place, regroup

DECIDED = "decided"
"""The rule of a speaker that somebody named."""
NOBODY = "somebody decided that the speaker isn't known"

Groups = Sequence[Sequence[Member]]
Likeness = Callable[[int, int], float | None]
"""The likeness of two of the machine's groups, by their numbers."""


def decide_groups(
    groups: Groups, decisions: Sequence[Decision], of: Sort, *, place: Place
) -> Groups:
    """The groups of the machine as the live decisions of that sort have them.

    Groups and members come with the earliest first; unchanged without such decisions.
    """
    rulings = [one.ruling for one in list_live(decisions) if one.ruling.of == of]
    return regroup(groups, rulings, place=place) if rulings else groups


def list_apart(decisions: Iterable[Decision], of: Sort, home: Mapping[Member, str]) -> set[str]:
    """Pairs of things, by `home` the id of a member's, that somebody said are not the same.

    Each pair is the smaller id and the greater one, with a space between.
    """
    return {
        pair_ids(home[one], home[other])
        for decision in list_live(decisions)
        if decision.ruling.of == of
        for one in decision.ruling.together
        for other in decision.ruling.apart
        if one in home and other in home
    }


def pair_ids(one: str, other: str) -> str:
    """Two ids as one text, the same in either order."""
    return " ".join(sorted((one, other)))


def judge_groups(
    groups: Groups,
    home: Mapping[Member, str],
    decisions: Sequence[Decision],
    of: Sort,
    *,
    likeness: Likeness = lambda one, other: None,
) -> list[Effect]:
    """What came of each decision of that sort: `groups` are the machine's, `home` the final ids."""
    live = {decision.id for decision in list_live(decisions)}
    machine = {member: number for number, group in enumerate(groups) for member in group}
    effects = []
    for decision in decisions:
        ruling = decision.ruling
        if ruling.of == of:
            state = _judge(ruling, machine, home) if decision.id in live else "undone"
            had = _restrict(ruling, machine)
            scores = [likeness(*pair) for pair in combinations(had, 2)]
            effects.append(
                Effect(
                    decision=decision.id,
                    state=state,
                    things=_list_things(ruling, state, home),
                    machine=tuple(map(tuple, had.values())),
                    likeness=max((one for one in scores if one is not None), default=None),
                )
            )
    return effects


def _judge_undoing(decisions: Sequence[Decision]) -> list[Effect]:
    live = {decision.id for decision in list_live(decisions)}
    return [
        Effect(decision.id, "applied" if decision.id in live else "undone")
        for decision in decisions
        if decision.ruling.kind == "undo"
    ]


def _judge(
    ruling: Ruling, machine: Mapping[Member, int], home: Mapping[Member, str]
) -> EffectState:
    together = [member for member in ruling.together if member in machine]
    apart = [member for member in ruling.apart if member in machine]
    if not together or len(together) + len(apart) < 2:
        return "lapsed"
    if not _holds(together, apart, home):
        return "overruled"
    return "agrees" if _holds(together, apart, machine) else "applied"


def _holds(
    together: Sequence[Member], apart: Sequence[Member], home: Mapping[Member, int | str]
) -> bool:
    groups = {home[member] for member in together}
    return len(groups) == 1 and groups.isdisjoint(home[member] for member in apart)


def _restrict(ruling: Ruling, machine: Mapping[Member, int]) -> dict[int, list[Member]]:
    """The members of a ruling that are there, by the machine's group."""
    found: dict[int, list[Member]] = {}
    for member in ruling.members:
        if member in machine:
            found.setdefault(machine[member], []).append(member)
    return found


def _list_things(ruling: Ruling, state: EffectState, home: Mapping[Member, str]) -> tuple[str, ...]:
    if state not in ("applied", "agrees"):
        return ()
    return tuple(sorted({home[member] for member in ruling.members if member in home}))


@dataclass(frozen=True, slots=True)
class Voices:
    """The statements and actors after decisions on who spoke, and what came of these."""

    statements: tuple[Statement, ...]
    actors: tuple[Actor, ...]
    effects: tuple[Effect, ...]

    @property
    def changed(self) -> tuple[Statement, ...]:
        """The statements whose speaker somebody decided."""
        kept = {one for effect in self.effects for one in effect.things}
        return tuple(statement for statement in self.statements if statement.id in kept)


def assign_speakers(
    statements: Iterable[Statement], actors: Sequence[Actor], decisions: Sequence[Decision]
) -> Voices:
    """Gives statements the speakers that somebody named.

    The speaker is the actor who has most of the names that the decision knew him by; he is a
    mention in the statement's report, under the name that it prints of him or else one of his.
    """
    read = {statement.id: statement for statement in statements}
    cast = _Cast(actors)
    wanted = [one for one in list_live(decisions) if one.ruling.of == "speakers"]
    given: dict[str, tuple[Decision, Mention | None]] = {}
    for decision in wanted:
        for one in decision.ruling.together:
            if isinstance(one, str) and one in read:
                found = cast.find_mention(decision.ruling.speaker, read[one].report)
                if found is not None or not decision.ruling.speaker:
                    given[one] = decision, found
    live = {decision.id for decision in wanted}
    chosen = {one: decision.id for one, (decision, _) in given.items()}
    effects = [
        _judge_speaker(decision, chosen, read, cast, live=decision.id in live)
        for decision in decisions
        if decision.ruling.of == "speakers"
    ]
    voiced = {one: _give(read[one], mention) for one, (_, mention) in given.items()}
    return Voices(tuple({**read, **voiced}.values()), cast.list_actors(), tuple(effects))


class _Cast:
    """The actors, and the names that they have in each report."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}
        self.home = {key: actor.id for actor in actors for key in actor.mentions}

    def list_actors(self) -> tuple[Actor, ...]:
        """All actors, with the names that were given to them."""
        return tuple(self._actors.values())

    def find_mention(self, speaker: Sequence[Mentioned], report: str) -> Mention | None:
        """How the actor who has most of those names is named in the report.

        None where nobody has them, or where all of his names there are somebody else's.
        """
        owners = Counter(self.home[key] for key in speaker if key in self.home)
        if not owners:
            return None
        actor = self._actors[owners.most_common(1)[0][0]]
        printed = [name for home, name in actor.mentions if home == report]
        names = [*printed, actor.name, *(name for _, name in actor.names)]
        name = next((n for n in names if self.home.get((report, n), actor.id) == actor.id), None)
        if name is None:
            return None
        if (report, name) not in self.home:
            self.home[report, name] = actor.id
            mentions = (*actor.mentions, (report, name))
            self._actors[actor.id] = replace(actor, mentions=mentions)
        return Mention(name, actor.type, DECIDED)


def _give(statement: Statement, mention: Mention | None) -> Statement:
    unresolved = tuple(one for one in statement.unresolved if one[0] != "speaker")
    if mention is None:
        unresolved += (("speaker", NOBODY),)
    return replace(statement, speaker=mention, unresolved=unresolved)


def _judge_speaker(
    decision: Decision,
    chosen: Mapping[str, str],
    read: Mapping[str, Statement],
    cast: _Cast,
    *,
    live: bool,
) -> Effect:
    """`chosen` is, by statement, the id of the last decision on its speaker."""
    there = [read[one] for one in map(str, decision.ruling.together) if one in read]
    names = [(s.report, s.speaker.name) for s in there if s.speaker is not None]
    had = (tuple(dict.fromkeys(names)),) if names else ()
    if not live:
        return Effect(decision.id, "undone", machine=had)
    kept = [one for one in there if chosen.get(one.id) == decision.id]
    if not kept:
        overruled = there and all(one.id in chosen for one in there)
        return Effect(decision.id, "overruled" if overruled else "lapsed", machine=had)
    owners = {cast.home.get(key) for key in decision.ruling.speaker} - {None} or {None}
    agrees = all(_read_owner(one, cast) in owners for one in kept)
    things = tuple(sorted(one.id for one in kept))
    return Effect(decision.id, "agrees" if agrees else "applied", things, had)


def _read_owner(statement: Statement, cast: _Cast) -> str | None:
    speaker = statement.speaker
    return None if speaker is None else cast.home.get((statement.report, speaker.name))


def list_effects(effects: Iterable[Effect], decisions: Sequence[Decision]) -> tuple[Effect, ...]:
    """The effects, and those of decisions that undo others, in the order of all decisions."""
    found = {effect.decision: effect for effect in (*effects, *_judge_undoing(decisions))}
    return tuple(found[decision.id] for decision in decisions)
