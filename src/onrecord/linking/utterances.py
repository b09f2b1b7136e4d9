"""Statements of one actor on one occasion that render the same words are one utterance.

1. Statements are taken fullest first, so that the first of a group is what others are cut from;
   those whose speaker isn't known come after all others.
2. Each joins the group whose fullest wording it is likest to, or starts its own. What is likely
   but not certain is kept as possible, never merged.
3. Occasions keep groups apart: another story or another date needs the very words.
4. A group like an earlier one on another occasion repeats it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.domain import Rendering, Statement, Utterance, make_id
from onrecord.edtf import contains, overlaps, parse_edtf
from onrecord.linking.likeness import (
    Content,
    LikenessWeights,
    is_verbatim_part,
    measure_likeness,
    measure_meaning,
)
from onrecord.linking.renderings import compare_wordings
from onrecord.linking.wording import Wording, find_quoted

MERGE = 0.9
"""Least probability to merge at; precision counts for more than recall."""
MERGE_TOLD = 0.97
"""The same where neither gives the words: likeness was fitted on quotations, not on what reporters
make of them, so that a score among the latter is worth less."""
POSSIBLE = 0.5
SURE_WORDS = 6
"""Words that must agree in order for two statements to be one in spite of what else differs."""

Order = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Voiced:
    """A statement with its actor and place. `order` sorts by report date, report and position."""

    statement: Statement
    content: Content
    report_text: str
    actor: str | None
    story: str
    storyline: str
    primary: bool
    order: Order


@dataclass(slots=True)
class _Group:
    """Statements held to be one utterance, the fullest first."""

    members: list[Voiced]

    @property
    def leader(self) -> Voiced:
        return self.members[0]


def link_utterances(
    voiced: Iterable[Voiced], *, weights: Mapping[str, LikenessWeights]
) -> tuple[Utterance, ...]:
    """The utterances of all statements, the same for any order of them, sorted by id."""
    by_actor: dict[str | None, list[_Group]] = defaultdict(list)
    by_story: dict[str, list[_Group]] = defaultdict(list)
    for one in sorted(voiced, key=lambda one: (one.actor is None, *_fullness(one))):
        near = by_actor[one.actor] if one.actor is not None else []
        group = _find_group(one, near, weights) or _find_misattributed(one, by_story[one.story])
        if group is None:
            group = _Group([])
            by_actor[one.actor].append(group)
            by_story[one.story].append(group)
        group.members.append(one)
    groups = [group for some in by_actor.values() for group in some]
    for group in groups:
        group.members.sort(key=_fullness)
    utterances = {id(group): _build_utterance(group) for group in groups}
    linked = _link_groups(by_actor, utterances, weights)
    return tuple(sorted(linked, key=lambda utterance: utterance.id))


def _fullness(one: Voiced) -> tuple[bool, bool, int, Order, str]:
    indirect = one.statement.kind == "indirect"
    return not one.primary, indirect, -len(one.content.words), *_by_order(one)


def _by_order(one: Voiced) -> tuple[Order, str]:
    return one.order, one.statement.id


def _find_group(
    one: Voiced, groups: Sequence[_Group], weights: Mapping[str, LikenessWeights]
) -> _Group | None:
    """The group that the statement belongs to, if its likeness leaves no doubt."""
    scored = [
        (measure_likeness(group.leader.content, one.content, weights), -number, group)
        for number, group in enumerate(groups)
        if _same_occasion(one, group.leader)
    ]
    best = max(scored, default=None, key=lambda row: row[:2])
    if best is None:
        return None
    told = {one.statement.kind, best[2].leader.statement.kind} == {"indirect"}
    return best[2] if best[0] >= (MERGE_TOLD if told else MERGE) else None


def _same_occasion(one: Voiced, other: Voiced) -> bool:
    """Whether the two may be of one occasion.

    Within a story, the very words make one occasion of two that clash (one of the reports is
    wrong, and the record says so). Between stories the dates must agree as well.
    """
    dates = one.statement.said_on, other.statement.said_on
    known = None not in dates
    clash = known and not overlaps(str(dates[0]), str(dates[1]))
    if one.story == other.story:
        return not clash or is_verbatim_part(one.content, other.content, least_words=SURE_WORDS)
    agree = known and not clash and all(_is_day(date) for date in dates)
    return agree and is_verbatim_part(one.content, other.content, least_words=SURE_WORDS)


def _is_day(date: str | None) -> bool:
    days = parse_edtf(date) if date is not None else None
    return days is not None and (days[1] - days[0]).days <= 3


def _find_misattributed(one: Voiced, groups: Sequence[_Group]) -> _Group | None:
    """The group of the story whose very words these are, whoever is said to have said them."""
    if one.statement.kind == "indirect" or len(one.content.words) < SURE_WORDS:
        return None
    for group in groups:
        if group.leader.statement.kind == "indirect" or group.leader.story != one.story:
            continue
        if is_verbatim_part(group.leader.content, one.content, least_words=SURE_WORDS):
            return group
    return None


def _build_utterance(group: _Group) -> Utterance:
    members = sorted(group.members, key=_by_order)
    first, leader = members[0], group.leader
    utterance = make_id("utterance", first.statement.id)
    said_on = _settle_date(group.members)
    renderings = tuple(_render(one, leader, utterance, said_on) for one in group.members)
    return Utterance(
        id=utterance,
        speaker=next((one.actor for one in group.members if one.actor is not None), None),
        said_on=said_on,
        statements=tuple(one.statement.id for one in members),
        best=leader.statement.id,
        story=first.story,
        renderings=renderings,
    )


def _settle_date(members: Sequence[Voiced]) -> str | None:
    """Of the dates that hold no other, more exact one, that which most statements allow."""
    dates = [one.statement.said_on for one in members if one.statement.said_on is not None]
    exact = [d for d in dates if not any(contains(d, o) and not contains(o, d) for o in dates)]

    def rank(date: str) -> tuple[int, int, str]:
        days = parse_edtf(date)
        length = (days[1] - days[0]).days if days is not None else 0
        return -sum(overlaps(date, other) for other in dates), length, date

    return min(exact, key=rank, default=None)


def _render(one: Voiced, leader: Voiced, utterance: str, said_on: str | None) -> Rendering:
    compared = compare_wordings(
        _make_wording(leader),
        _make_wording(one),
        similarity=measure_meaning(leader.content, one.content),
    )
    flags = list(compared.flags)
    mine = one.statement.said_on
    if mine is not None and said_on is not None and not overlaps(mine, said_on):
        flags.append("another occasion")
    return Rendering(
        statement=one.statement.id,
        utterance=utterance,
        kind=compared.kind,
        spans=compared.covered,
        flags=tuple(flags),
        differences=compared.differences,
        score=compared.score,
    )


def _make_wording(one: Voiced) -> Wording:
    statement = one.statement
    quoted = (
        find_quoted(one.report_text, statement.content.spans) if statement.kind == "mixed" else ()
    )
    return Wording(
        words=statement.content,
        report_text=one.report_text,
        language=one.content.language,
        kind=statement.kind,
        speaker=one.actor,
        quoted=quoted,
    )


def _link_groups(
    by_actor: Mapping[str | None, Sequence[_Group]],
    utterances: Mapping[int, Utterance],
    weights: Mapping[str, LikenessWeights],
) -> list[Utterance]:
    """Adds what each utterance repeats and what it may be the same as."""
    linked = []
    for actor, groups in by_actor.items():
        earliest = sorted(groups, key=lambda g: min(map(_by_order, g.members)))
        for number, group in enumerate(earliest):
            utterance = utterances[id(group)]
            if actor is not None:
                scored = [
                    (measure_likeness(group.leader.content, g.leader.content, weights), g)
                    for g in earliest[:number]
                ]
                utterance = _relate(utterance, scored, utterances)
            linked.append(utterance)
    return linked


def _relate(
    utterance: Utterance,
    scored: Sequence[tuple[float, _Group]],
    utterances: Mapping[int, Utterance],
) -> Utterance:
    pairs = [(score, utterances[id(g)]) for score, g in scored]
    other = [(s, u) for s, u in pairs if s >= MERGE and _is_other_occasion(utterance, u)]
    same = [(s, u) for s, u in pairs if s >= POSSIBLE and not _is_other_occasion(utterance, u)]
    best = max(other, key=lambda pair: pair[0], default=None)
    return replace(
        utterance,
        repeats=best[1].id if best is not None else None,
        possible=tuple(sorted((u.id, round(s, 3)) for s, u in same)),
    )


def _is_other_occasion(one: Utterance, other: Utterance) -> bool:
    """Whether dates keep the two apart, or, where one has none, their stories do."""
    if one.said_on is None or other.said_on is None:
        return one.story != other.story
    if not overlaps(one.said_on, other.said_on):
        return True
    return one.story != other.story and not (_is_day(one.said_on) and _is_day(other.said_on))
