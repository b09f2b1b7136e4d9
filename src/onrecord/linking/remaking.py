"""Stories, actors and utterances as people decided them, built anew where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from onrecord.decisions import Decision, Effect, Member
from onrecord.domain import Actor, Story, Utterance
from onrecord.linking.actors import Sighting, build_actor
from onrecord.linking.decisions import decide_groups, judge_groups, list_apart, pair_ids
from onrecord.linking.likeness import LikenessWeights, is_verbatim_part, measure_likeness
from onrecord.linking.profiles import StoryInput
from onrecord.linking.stories import StoryModel, build_story, compare_reports, report_order
from onrecord.linking.utterances import SURE_WORDS, Voiced, build_utterance


def decide_stories(
    stories: Sequence[Story],
    inputs: Iterable[StoryInput],
    decisions: Sequence[Decision],
    *,
    model: StoryModel,
) -> tuple[tuple[Story, ...], list[Effect]]:
    """The stories as decided, sorted by id, and what came of the decisions on them.

    Stories that are merged join their storylines; the parts of one that is split stay in its. A
    report that no decision names goes with those of its story that it is likest to.
    """
    by_id = {one.report.id: one for one in inputs}
    order: dict[Member, Any] = {one: report_order(it.report) for one, it in by_id.items()}
    machine = _sort_groups([story.reports for story in stories], order)

    def place(member: Member, parts: Sequence[Sequence[Member]]) -> int:
        others = [str(one) for part in parts for one in part]
        rows = [by_id[one] for one in (str(member), *others)]
        likeness = iter(compare_reports(rows, model=model)[0, 1:].tolist())
        means_of = [sum(next(likeness) for _ in part) / len(part) for part in parts]
        return means_of.index(max(means_of))

    groups = decide_groups(machine, decisions, "stories", place=place)
    if groups is not machine:
        stories = _build_stories(stories, [list(map(str, group)) for group in groups], by_id)
    home: dict[Member, str] = {one: story.id for story in stories for one in story.reports}
    return tuple(stories), judge_groups(machine, home, decisions, "stories")


def _build_stories(
    stories: Sequence[Story], groups: Sequence[Sequence[str]], inputs: Mapping[str, StoryInput]
) -> list[Story]:
    """Each group's story; the first of all that share a storyline gives it its id."""
    line_of = {report: story.storyline for story in stories for report in story.reports}
    built = [build_story([inputs[one].report for one in group], "") for group in groups]
    first: dict[str, int] = {}
    heads = list(range(len(groups)))
    for number, group in enumerate(groups):
        lines = {line_of[report] for report in group}
        joined = {_find_head(heads, first[line]) for line in lines if line in first}
        for head in joined:
            heads[head] = min(joined)
        heads[number] = min(joined, default=number)
        first |= dict.fromkeys(lines, heads[number])
    lines_by_head = [built[_find_head(heads, number)].id for number in range(len(groups))]
    named = [replace(one, storyline=line) for one, line in zip(built, lines_by_head, strict=True)]
    return sorted(named, key=lambda story: story.id)


def _find_head(heads: Sequence[int], number: int) -> int:
    while heads[number] != number:
        number = heads[number]
    return number


def decide_actors(
    actors: Sequence[Actor], sightings: Iterable[Sighting], decisions: Sequence[Decision]
) -> tuple[tuple[Actor, ...], list[Effect]]:
    """The actors as decided, sorted by id, and what came of the decisions on them.

    A name that no decision has goes where the same name of another report went; where that is
    nowhere, or more than one, it stays with what it was found with and apart from those decided.
    """
    by_key: dict[Member, list[Sighting]] = {}
    for sighting in sightings:
        by_key.setdefault(sighting.key, []).append(sighting)
    order: dict[Member, Any] = {
        key: (min(one.order for one in found), key) for key, found in by_key.items()
    }
    machine = _sort_groups([actor.mentions for actor in actors], order)
    groups = decide_groups(machine, decisions, "actors", place=_place_name)
    if groups is not machine:
        same: dict[frozenset[Member], Actor] = {frozenset(one.mentions): one for one in actors}
        of = {key: actor for actor in actors for key in actor.mentions}
        built = []
        for group in groups:
            actor = same.get(frozenset(group))
            if actor is None:
                actor = build_actor([one for key in group for one in by_key[key]])
                actor = _take_over(actor, [of[key] for key in actor.mentions])
            built.append(actor)
        actors = sorted(built, key=lambda actor: actor.id)
    home: dict[Member, str] = {key: actor.id for actor in actors for key in actor.mentions}
    return tuple(actors), judge_groups(machine, home, decisions, "actors")


def _take_over(actor: Actor, machine: Sequence[Actor]) -> Actor:
    """The actor with what the machine's, in the order of his mentions, have from elsewhere."""
    kept = set(actor.mentions)
    reasons = dict.fromkeys(why for one in machine for why in one.reasons if why[:2] in kept)
    known = next((one for one in machine if one.wikidata is not None), None)
    if known is not None:
        actor = replace(actor, name=known.name, type=known.type, wikidata=known.wikidata)
    return replace(actor, reasons=tuple(reasons))


def _place_name(member: Member, parts: Sequence[Sequence[Member]]) -> int | None:
    having = [
        number for number, part in enumerate(parts) if member[1] in {other[1] for other in part}
    ]
    return having[0] if len(having) == 1 else None


def decide_utterances(
    utterances: Sequence[Utterance],
    voiced: Iterable[Voiced],
    decisions: Sequence[Decision],
    *,
    weights: Mapping[str, LikenessWeights],
) -> tuple[tuple[Utterance, ...], list[Effect]]:
    """The utterances as decided, sorted by id, and what came of the decisions on them.

    Those that differ from the machine's are measured anew against their fullest wording. A
    statement that no decision names goes with the wording that it is likest to. What the machine
    holds to be a repetition or possibly the same goes over to the utterances that have the fullest
    wordings of those it compared, unless a decision says that the two are not the same.
    """
    by_id = {one.statement.id: one for one in voiced}
    order: dict[Member, Any] = {one: (it.order, one) for one, it in by_id.items()}
    own = _find_own(utterances)
    machine = _sort_groups(filter(None, own.values()), order)
    groups = decide_groups(
        machine, decisions, "utterances", place=lambda m, parts: _place(m, parts, by_id, weights)
    )
    final = list(utterances)
    if groups is not machine:
        final = _build_utterances(utterances, groups, by_id)
        final = _relate_again(utterances, final, decisions)
    home: dict[Member, str] = {s: one for one, found in _find_own(final).items() for s in found}
    scores = {pair_ids(u.id, other): score for u in utterances for other, score in u.possible}
    owner: dict[Member, str] = {s: one for one, found in own.items() for s in found}
    by_number = [owner[group[0]] for group in machine]
    effects = judge_groups(
        machine,
        home,
        decisions,
        "utterances",
        likeness=lambda one, other: scores.get(pair_ids(by_number[one], by_number[other])),
    )
    return tuple(final), effects


def _find_own(utterances: Iterable[Utterance]) -> dict[str, list[str]]:
    """By utterance the statements that render it mainly; each is one utterance's only."""
    main: dict[str, tuple[int, str]] = {}
    found: dict[str, list[str]] = {}
    for one in sorted(utterances, key=lambda utterance: utterance.id):
        found[one.id] = []
        extent = {r.statement: sum(end - start for start, end in r.spans) for r in one.renderings}
        for statement in one.statements:
            if statement not in main or extent.get(statement, 0) > main[statement][0]:
                main[statement] = extent.get(statement, 0), one.id
    for one in utterances:
        found[one.id] = [s for s in one.statements if main[s][1] == one.id]
    return found


def _place(
    member: Member,
    parts: Sequence[Sequence[Member]],
    voiced: Mapping[str, Voiced],
    weights: Mapping[str, LikenessWeights],
) -> int:
    """The number of the part that has the wording which the member is likest to."""

    def measure(one: Member) -> tuple[bool, float, int]:
        # The very words come first: likeness is fitted within a language and across languages
        # by itself. A part is as like a wording as the whole is: then the nearest in length.
        mine, other = voiced[str(member)].content, voiced[str(one)].content
        same = mine.language == other.language and mine.words == other.words
        verbatim = same or is_verbatim_part(mine, other, least_words=SURE_WORDS)
        apart = abs(len(mine.words) - len(other.words))
        return verbatim, measure_likeness(mine, other, weights), -apart

    scores = [max(map(measure, part)) for part in parts]
    return scores.index(max(scores))


def _build_utterances(
    machine: Sequence[Utterance],
    groups: Sequence[Sequence[Member]],
    voiced: Mapping[str, Voiced],
) -> list[Utterance]:
    """The utterance of each group, the machine's where it has the same.

    What renders one besides another stays with it as long as its fullest wording is the same.
    """
    own = _find_own(machine)
    same = {frozenset(own[one.id]): one for one in machine if own[one.id]}
    by_best = {one.best: one for one in machine}
    found = [one for one in machine if not own[one.id]]
    for group in groups:
        members = [str(member) for member in group]
        utterance = same.get(frozenset(members))
        if utterance is None:
            utterance = build_utterance([voiced[one] for one in members])
            before = by_best.get(utterance.best)
            if before is not None:
                guests = [s for s in before.statements if s not in {*own[before.id], *members}]
                utterance = _add_guests(utterance, before, guests)
        found.append(utterance)
    return found


def _add_guests(utterance: Utterance, before: Utterance, guests: Sequence[str]) -> Utterance:
    renderings = [
        replace(one, utterance=utterance.id) for one in before.renderings if one.statement in guests
    ]
    return replace(
        utterance,
        statements=(*utterance.statements, *guests),
        renderings=(*utterance.renderings, *renderings),
    )


def _relate_again(
    machine: Sequence[Utterance], final: Sequence[Utterance], decisions: Sequence[Decision]
) -> list[Utterance]:
    """The final utterances, by id, with what the machine's repeat and may be the same as."""
    home: dict[Member, str] = {s: one for one, found in _find_own(final).items() for s in found}
    heir = {one.id: home[one.best] for one in machine}
    apart = list_apart(decisions, "utterances", home)
    possible: dict[str, dict[str, float]] = {}
    repeats: dict[str, str] = {}
    for one in machine:
        mine = heir[one.id]
        for other, score in one.possible:
            theirs = heir[other]
            if theirs != mine and pair_ids(mine, theirs) not in apart:
                scores = possible.setdefault(mine, {})
                scores[theirs] = max(score, scores.get(theirs, 0.0))
        if one.repeats is not None and heir[one.repeats] != mine:
            repeats.setdefault(mine, heir[one.repeats])
    related = [
        replace(
            one,
            repeats=repeats.get(one.id),
            possible=tuple(sorted(possible.get(one.id, {}).items())),
        )
        for one in final
    ]
    return sorted(related, key=lambda utterance: utterance.id)


def _sort_groups(
    groups: Iterable[Sequence[Member]], order: Mapping[Member, Any]
) -> list[list[Member]]:
    """Members of each group and the groups by their first members, the earliest first."""
    ordered = [sorted(group, key=order.__getitem__) for group in groups]
    return sorted(ordered, key=lambda group: order[group[0]])
