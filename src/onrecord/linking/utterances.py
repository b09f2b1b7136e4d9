"""Statements of one actor on one occasion that render the same words are one utterance.

1. Statements are taken fullest first, so that the first of a group is what others are cut from;
   those whose speaker isn't known come after all others.
2. Each joins the group that has it all but word for word, or that it is likest to, or starts its
   own. What is likely but not certain, or contradicts in a negation, a number or a modal verb, or
   is about something else, is kept as possible, never merged.
3. Occasions keep groups apart: another story or another date needs the very words.
4. Sentences that stand in the fullest wording of another group of the story render that, too.
5. A group like an earlier one on another occasion repeats it.

What becomes of a statement depends on the statements of its actor in any story, and, where it is a
quotation, on the quotations of its story by anybody. To add one, load these; what has nothing in
common with them stays as it was. Of the actor's statements in other stories only those matter that
have `SURE_WORDS` words of it in order, or a likeness of `MERGE` or more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.domain import Span, Utterance
from onrecord.edtf import overlaps
from onrecord.linking.assembly import build_utterance
from onrecord.linking.clashes import find_contradictions
from onrecord.linking.likeness import (
    LikenessWeights,
    is_verbatim_part,
    measure_likeness,
    share_too_little,
)
from onrecord.linking.parts import PART_WORDS, find_parts
from onrecord.linking.voiced import (
    Voiced,
    by_fullness,
    by_order,
    dates_clash,
    is_day,
    make_wording,
)

__all__ = [
    "MERGE",
    "POSSIBLE",
    "SURE_WORDS",
    "Voiced",
    "build_utterance",
    "link_utterances",
    "may_merge",
    "measure_sameness",
]

MERGE = 0.88
"""Least probability to merge at; precision counts for more than recall. On the WMT quotations'
dev part nearly 99 of 100 such pairs are right, and more than four in five of the right ones are
found: `python -m benchmarks.quotations`."""
MERGE_TOLD = 0.97
"""The same where neither gives the words: likeness was fitted on quotations, not on what reporters
make of them, so that a score among the latter is worth less."""
ALL_ALIKE = 0.6
"""What the likenesses to all members of a group must come to on average."""
POSSIBLE = 0.5
PART_LIKENESS = 0.99
"""The likeness of a part quoted word for word, which is seldom like the whole in meaning."""
SURE_WORDS = 6
"""Words that must agree in order for two statements to be one in spite of what else differs."""

Weights = Mapping[str, LikenessWeights]


@dataclass(slots=True)
class _Group:
    """Statements held to be one utterance, the fullest first.

    `guests` render it besides their own; `limits` are the parts of statements that render it.
    """

    members: list[Voiced]
    guests: list[Voiced] = field(default_factory=list)
    limits: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    @property
    def leader(self) -> Voiced:
        return self.members[0]

    def build(self) -> Utterance:
        """The utterance of the group."""
        return build_utterance(self.members, guests=self.guests, limits=self.limits)


def link_utterances(voiced: Iterable[Voiced], *, weights: Weights) -> tuple[Utterance, ...]:
    """The utterances of all statements, the same for any order of them, sorted by id."""
    by_actor: dict[str | None, list[_Group]] = defaultdict(list)
    by_story: dict[str, list[_Group]] = defaultdict(list)
    for one in sorted(voiced, key=lambda one: (one.actor is None, *by_fullness(one))):
        near = by_actor[one.actor] if one.actor is not None else []
        group = _find_group(one, near, weights) or _find_misattributed(one, by_story[one.story])
        group = _share_out(one, group, near)
        if group is None:
            group = _Group([])
            by_actor[one.actor].append(group)
            by_story[one.story].append(group)
        group.members.append(one)
    groups = [group for some in by_actor.values() for group in some]
    for group in groups:
        group.members.sort(key=by_fullness)
    utterances = {id(group): group.build() for group in groups}
    linked = _link_groups(by_actor, utterances, weights)
    return tuple(sorted(linked, key=lambda utterance: utterance.id))


def measure_sameness(one: Voiced, other: Voiced, weights: Weights) -> tuple[float, bool]:
    """How likely two statements render the same words, and whether their words leave no doubt."""
    likeness = measure_likeness(one.content, other.content, weights)
    if is_verbatim_part(one.content, other.content, least_words=PART_WORDS):
        return max(likeness, PART_LIKENESS), True
    return likeness, False


def may_merge(one: Voiced, other: Voiced, sameness: tuple[float, bool]) -> bool:
    """Whether two statements of one occasion are one utterance beyond doubt."""
    score, certain = sameness
    told = {one.statement.kind, other.statement.kind} == {"indirect"}
    if score < (MERGE_TOLD if told else MERGE):
        return False
    return certain or not _contradict(one, other)


def _contradict(one: Voiced, other: Voiced) -> bool:
    if share_too_little(one.content, other.content):
        return True
    return bool(find_contradictions(make_wording(other), make_wording(one)))


def _find_group(one: Voiced, groups: Sequence[_Group], weights: Weights) -> _Group | None:
    """The likest group that the statement belongs to beyond doubt.

    Its likest member counts, if the statement is like the others as well: of two translations one
    may be near the words and the other free, but a chance likeness is to one alone.
    """
    found = []
    for number, group in enumerate(groups):
        if not _same_occasion(one, group.leader):
            continue
        scored = [(*measure_sameness(member, one, weights), member) for member in group.members]
        score, certain, likest = max(scored, key=lambda row: (row[1], row[0]))
        mean = sum(row[0] for row in scored) / len(scored)
        if score >= MERGE and (certain or mean >= ALL_ALIKE):
            found.append((certain, mean, -number, (score, certain), likest))
    for _, _, number, sameness, likest in sorted(found, key=lambda row: row[:3], reverse=True):
        leader = groups[-number].leader
        if may_merge(one, likest, sameness) and (sameness[1] or not _contradict(one, leader)):
            return groups[-number]
    return None


def _share_out(one: Voiced, group: _Group | None, near: Sequence[_Group]) -> _Group | None:
    """The statement's group, after its sentences were given to the groups that have them.

    Where it has none of its own and all its sentences are others', the one with most of it.
    """
    if one.statement.kind == "indirect":
        return group
    open_to = [
        other
        for other in near
        if other.leader.story == one.story
        and other.leader.statement.kind != "indirect"
        and not dates_clash(one.statement.said_on, other.leader.statement.said_on)
    ]
    if group is not None:
        open_to = [group, *(other for other in open_to if other is not group)]
    parts, whole = find_parts(
        one.statement.content,
        one.report_text,
        [other.leader.content for other in open_to],
        language=one.content.language,
    )
    if group is None and whole and len(parts) > 1:
        group = open_to[parts[0].of]
    hosts = [(open_to[part.of], part) for part in parts]
    elsewhere = [(host, part) for host, part in hosts if host is not group]
    for host, part in elsewhere:
        host.guests.append(one)
        host.limits[one.statement.id] = part.spans
    if elsewhere and whole and group is not None:
        for _, part in (row for row in hosts if row[0] is group):
            group.limits[one.statement.id] = part.spans
    return group


def _same_occasion(one: Voiced, other: Voiced) -> bool:
    """Whether the two may be of one occasion.

    Within a story, the very words make one occasion of two that clash (one of the reports is
    wrong, and the record says so). Between stories the dates must agree as well.
    """
    dates = one.statement.said_on, other.statement.said_on
    clash = dates_clash(*dates)
    if one.story == other.story:
        return not clash or is_verbatim_part(one.content, other.content, least_words=SURE_WORDS)
    agree = not clash and all(is_day(date) for date in dates)
    return agree and is_verbatim_part(one.content, other.content, least_words=SURE_WORDS)


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


def _link_groups(
    by_actor: Mapping[str | None, Sequence[_Group]],
    utterances: Mapping[int, Utterance],
    weights: Weights,
) -> list[Utterance]:
    """Adds what each utterance repeats and what it may be the same as."""
    linked = []
    for actor, groups in by_actor.items():
        earliest = sorted(groups, key=lambda g: min(map(by_order, g.members)))
        for number, group in enumerate(earliest):
            utterance = utterances[id(group)]
            if actor is not None:
                others = [(g.leader, utterances[id(g)]) for g in earliest[:number]]
                utterance = _relate(utterance, group.leader, others, weights)
            linked.append(utterance)
    return linked


def _relate(
    utterance: Utterance,
    leader: Voiced,
    others: Sequence[tuple[Voiced, Utterance]],
    weights: Weights,
) -> Utterance:
    repeated: list[tuple[float, str]] = []
    possible: list[tuple[str, float]] = []
    for other, theirs in others:
        sameness = measure_sameness(other, leader, weights)
        if sameness[0] < POSSIBLE:
            continue
        if not _is_other_occasion(utterance, theirs):
            possible.append((theirs.id, round(sameness[0], 3)))
        elif may_merge(leader, other, sameness):
            repeated.append((sameness[0], theirs.id))
    best = max(repeated, key=lambda pair: pair[0], default=None)
    return replace(
        utterance,
        repeats=best[1] if best is not None else None,
        possible=tuple(sorted(possible)),
    )


def _is_other_occasion(one: Utterance, other: Utterance) -> bool:
    """Whether dates keep the two apart, or, where one has none, their stories do."""
    if one.said_on is None or other.said_on is None:
        return one.story != other.story
    if not overlaps(one.said_on, other.said_on):
        return True
    return one.story != other.story and not (is_day(one.said_on) and is_day(other.said_on))
