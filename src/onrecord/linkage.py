"""Linking: the order of what is looked for across reports.

1. stories, since who and what are looked for within one
2. occasions that other reports of the story tell
3. actors, and whom people decided that somebody is
4. utterances, renderings and answers
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.decisions import Decision, Outcome
from onrecord.domain import Basis, KnownActor, Links, Report, Statement
from onrecord.linking.actors import link_actors
from onrecord.linking.answers import link_answers
from onrecord.linking.copies import find_copies
from onrecord.linking.decisions import assign_speakers, list_effects
from onrecord.linking.joining import list_actor_keys
from onrecord.linking.likeness import Content
from onrecord.linking.model import LinkingModel
from onrecord.linking.occasions import apply_dates, infer_dates, share_dates
from onrecord.linking.profiles import StoryInput
from onrecord.linking.remaking import decide_actors, decide_stories, decide_utterances
from onrecord.linking.seeing import list_sightings
from onrecord.linking.stories import link_stories, report_order
from onrecord.linking.utterances import Voiced, link_utterances
from onrecord.linking.vectors import center_vector
from onrecord.record.rows import LinkingReport
from onrecord.statements.occasions import redate_statements


@dataclass(frozen=True, slots=True)
class Given:
    """What people gave the record besides reports: decisions, and a list of known actors."""

    decisions: tuple[Decision, ...] = ()
    known: tuple[KnownActor, ...] = ()


def link_decided(
    reports: Sequence[LinkingReport],
    statements: Sequence[Statement],
    names: Mapping[str, tuple[str, ...]],
    model: LinkingModel,
    given: Given,
) -> tuple[Links, Outcome]:
    """Stories first, since who and what are looked for within one; then who, what, and answers.

    What people decided of each comes before what is looked for in it.
    """
    decisions = given.decisions
    inputs = list(make_story_inputs(reports, names, model))
    stories = link_stories(inputs, model=model.stories)
    stories, on_stories = decide_stories(stories, inputs, decisions, model=model.stories)
    home = {report: story for story in stories for report in story.reports}
    by_id = {one.report.id: one.report for one in reports}
    dates = infer_dates(stories, by_id, statements, read_occasions=_read_occasions)
    statements = list(apply_dates(statements, dates))
    sightings = list(list_sightings(statements, by_id, home, names))
    actors, on_actors = decide_actors(
        link_actors(sightings, known=given.known), sightings, decisions
    )
    voices = assign_speakers(statements, actors, decisions)
    actors = voices.actors
    actor_of = {key: actor.id for actor in actors for key in actor.mentions}
    voiced = [
        Voiced(
            statement=s,
            content=make_content(s, by_id[s.report], model),
            report_text=by_id[s.report].text,
            actor=actor_of.get((s.report, s.speaker.name)) if s.speaker is not None else None,
            story=home[s.report].id,
            storyline=home[s.report].storyline,
            primary=by_id[s.report].kind == "primary",
            order=(*report_order(by_id[s.report]), s.content.start),
        )
        for s in voices.statements
    ]
    utterances, on_utterances = decide_utterances(
        link_utterances(voiced, weights=model.likeness), voiced, decisions, weights=model.likeness
    )
    links = Links(
        actors,
        stories,
        utterances,
        link_answers(voiced, utterances, actors),
        find_copies(one.report for one in reports),
        (*dates, *share_dates(utterances, voiced, by_id)),
        list_actor_keys(actors, sightings, known=given.known),
    )
    effects = (*on_stories, *on_actors, *voices.effects, *on_utterances)
    return links, Outcome(list_effects(effects, decisions), voices.changed)


def _read_occasions(
    report: Report, statements: Sequence[Statement], published: str
) -> dict[str, tuple[str, Basis]]:
    """The dates and their bases, by statement id, had the report been published then."""
    return {
        one: (occasion.said_on, occasion.basis)
        for one, occasion in redate_statements(report, statements, published).items()
        if occasion.said_on is not None and occasion.basis is not None
    }


def make_story_inputs(
    reports: Sequence[LinkingReport], names: Mapping[str, tuple[str, ...]], model: LinkingModel
) -> Iterator[StoryInput]:
    """Reports as stories are found from them; `names` by report, as printed."""
    for one in reports:
        vector = one.vector if one.vector is not None else np.zeros(model.size, np.float32)
        yield StoryInput(one.report, vector, names.get(one.report.id, ()))


def make_content(statement: Statement, report: Report, model: LinkingModel) -> Content:
    """What a statement says, as linking compares it."""
    vector = statement.vector
    if vector is None:
        vector = np.zeros(model.size, np.float32)
    return Content(
        text=statement.content.text,
        language=report.language,
        vector=center_vector(vector, report.language, model.means),
    )
