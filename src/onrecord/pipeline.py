"""The order of the stages, written once.

1. intake: each file becomes reports, or a failure
2. tagging: one pass of the encoder over each report
3. statements: attributions made useful
4. record: one transaction a report
5. linking: stories, actors, utterances and answers over all that the record holds
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

import numpy as np

from onrecord.decisions import Decision, Outcome
from onrecord.domain import Basis, Failure, KnownActor, Links, Report, Statement, Tagging
from onrecord.edtf import parse_edtf
from onrecord.errors import InputError, ReportError
from onrecord.intake import detect_language, find_files, read_reports
from onrecord.intake.people import read_people
from onrecord.linking.actors import link_actors
from onrecord.linking.answers import link_answers
from onrecord.linking.candidates import Candidate, Query
from onrecord.linking.checking import check_quotation
from onrecord.linking.copies import find_copies
from onrecord.linking.decisions import assign_speakers, list_effects
from onrecord.linking.likeness import Content
from onrecord.linking.model import LinkingModel
from onrecord.linking.occasions import apply_dates, infer_dates, share_dates
from onrecord.linking.people import find_doubtful
from onrecord.linking.remaking import decide_actors, decide_stories, decide_utterances
from onrecord.linking.seeing import list_sightings
from onrecord.linking.stories import StoryInput, link_stories, report_order
from onrecord.linking.utterances import Voiced, link_utterances
from onrecord.linking.vectors import ALL, center_vector
from onrecord.linking.verdicts import Verdict
from onrecord.record import queries, writes
from onrecord.record.connection import transaction
from onrecord.record.decisions import list_decisions
from onrecord.record.links import write_links
from onrecord.record.people import list_people, write_people
from onrecord.record.rows import LinkingReport
from onrecord.record.rulings import write_outcome
from onrecord.record.search import find_candidates
from onrecord.settings import Settings
from onrecord.statements.acts import ActModel
from onrecord.statements.attributions import build_statements
from onrecord.statements.occasions import redate_statements
from onrecord.tagging.encoder import Encoder, choose_weights, list_weights
from onrecord.tagging.tagger import tag_reports

AT_ONCE = 16
"""Reports tagged together: enough to keep the threads busy, few enough to keep memory flat."""

Progress = Callable[[int, str], None]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Added:
    """What a run of `add_reports` did: reports that were new or known already, and failures."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    failures: tuple[Failure, ...]


def load_encoder(settings: Settings) -> Encoder:
    """The encoder that the settings name."""
    return Encoder(choose_weights(settings.weights), threads=settings.threads)


def check_weights() -> Iterator[tuple[str, str]]:
    """Loads each shipped set of weights and yields its name and licence.

    Raises WeightsError where a file is missing or isn't what it should be.
    """
    for name, licence in sorted(list_weights().items()):
        Encoder(choose_weights(name)).embed_text("Well?")
        yield name, licence


def add_reports(
    connection: sqlite3.Connection, paths: Sequence[str], encoder: Encoder, *, progress: Progress
) -> Added:
    """Reads files, folders and globs into the record and links it anew.

    What can't be read becomes a failure, in the record and in the result; the rest goes in.
    `progress` is called with the number of reports done and the path of the last.
    """
    new: list[str] = []
    known: list[str] = []
    failures: list[Failure] = []
    for batch in _batched(_read_all(paths), AT_ONCE):
        fresh = []
        for item in batch:
            if isinstance(item, Failure):
                failures.append(item)
                writes.write_failure(connection, item)
            elif queries.has_report(connection, item.id):
                known.append(item.id)
            else:
                fresh.append(item)
        for report, tagging, statements in _read_batch(fresh, encoder):
            try:
                model = encoder.checksum
                writes.write_report(connection, report, tagging, statements, model=model)
            except ReportError as error:
                failures.append(Failure(error.path, "record", error.reason, report.id))
                writes.write_failure(connection, failures[-1])
                continue
            new.append(report.id)
        progress(len(new) + len(known) + len(failures), batch[-1].path)
    if new or not queries.is_linked(connection):
        link_record(connection, encoder)
    return Added(tuple(new), tuple(known), tuple(failures))


def rebuild_record(connection: sqlite3.Connection, encoder: Encoder, *, progress: Progress) -> int:
    """Derives everything again from the stored reports; returns how many there were."""
    reports = queries.list_reports(connection)
    with transaction(connection):
        for number, batch in enumerate(_batched(iter(reports), AT_ONCE)):
            for report, tagging, statements in _read_batch(batch, encoder):
                model = encoder.checksum
                writes.replace_report(connection, report, tagging, statements, model=model)
            progress(min(len(reports), (number + 1) * AT_ONCE), batch[-1].path)
        link_record(connection, encoder)
    return len(reports)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: entries that were new or changed, names of several, and failures."""

    new: int
    changed: int
    doubtful: tuple[str, ...]
    failures: tuple[Failure, ...]


def import_people(connection: sqlite3.Connection, path: Path, encoder: Encoder) -> Imported:
    """Reads a list of people and organisations into the record and links it anew.

    Raises InputError where the file can't be read at all.
    """
    found = read_people(path)
    entries = [entry for entry in found if isinstance(entry, KnownActor)]
    new, changed = write_people(connection, entries)
    if not queries.is_linked(connection):
        link_record(connection, encoder)
    doubtful = find_doubtful(list_people(connection))
    return Imported(new, changed, doubtful, tuple(one for one in found if isinstance(one, Failure)))


@dataclass(frozen=True, slots=True)
class Question:
    """A quotation to check: by whom and on what date (EDTF) it is said to have been said.

    Without a `language` it is told from the words.
    """

    quotation: str
    by: str | None = None
    on: str | None = None
    language: str | None = None


def check_question(connection: sqlite3.Connection, question: Question, encoder: Encoder) -> Verdict:
    """What the record says of a quotation. Raises InputError for a date that isn't one."""
    if question.on is not None and parse_edtf(question.on) is None:
        raise InputError(f"{question.on!r} is not a date in EDTF, such as 2024-09-18 or 2024-09")
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    language = question.language or detect_language(question.quotation)
    vector = center_vector(encoder.embed_text(question.quotation), language, model.means)
    query = Query(question.quotation, language, vector, question.by, question.on)
    found = gather_candidates(connection, query, model)
    return check_quotation(query, found, weights=model.likeness)


def gather_candidates(
    connection: sqlite3.Connection, query: Query, model: LinkingModel
) -> list[Candidate]:
    """The statements of the record to hold a quotation against, with what is known of them."""
    means = model.means
    ids = find_candidates(
        connection, query.text, query.vector, mean_of=lambda code: means.get(code, means[ALL])
    )
    wanted = set(ids)
    reports = {report.id: report for report in queries.list_reports(connection)}
    actors = {actor.id: actor for actor in queries.list_actors(connection)}
    named = {key: actor for actor in actors.values() for key in actor.mentions}
    utterance_of = {
        s: utterance
        for utterance in queries.list_utterances(connection)
        for s in utterance.statements
        if s in wanted
    }
    return [
        Candidate(
            statement=s,
            content=_make_content(s, reports[s.report], model),
            report=reports[s.report],
            utterance=utterance_of[s.id],
            speaker=actors.get(utterance_of[s.id].speaker or ""),
            named=named.get((s.report, s.speaker.name)) if s.speaker is not None else None,
        )
        for s in queries.statements_with_vectors(connection)
        if s.id in utterance_of and s.vector is not None
    ]


def link_record(connection: sqlite3.Connection, encoder: Encoder) -> bool:
    """Links all reports of the record as people decided; returns whether anything changed."""
    reports = [one for one in queries.reports_for_linking(connection) if one.superseded_by is None]
    kept = {one.report.id for one in reports}
    read = queries.statements_with_vectors(connection, as_read=True)
    statements = [s for s in read if s.report in kept]
    names = {
        one.report.id: tuple(one.report.text[slice(*name.span)] for name in found.tagging.names)
        for one in reports
        if (found := queries.get_tagging(connection, one.report.id)) is not None
    }
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    given = Given(tuple(list_decisions(connection)), tuple(list_people(connection)))
    links, outcome = link_decided(reports, statements, names, model, given)
    with transaction(connection):
        changed = write_links(connection, links)
        write_outcome(connection, outcome)
    return changed


def link_reports(
    reports: Sequence[LinkingReport],
    statements: Sequence[Statement],
    names: Mapping[str, tuple[str, ...]],
    model: LinkingModel,
) -> Links:
    """What the machine finds across reports, with nothing decided."""
    return link_decided(reports, statements, names, model, Given())[0]


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
    inputs = list(_make_story_inputs(reports, names, model))
    means, weights = model.means, model.stories
    stories = link_stories(inputs, means=means, weights=weights)
    stories, on_stories = decide_stories(stories, inputs, decisions, means=means, weights=weights)
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
            content=_make_content(s, by_id[s.report], model),
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


def _make_story_inputs(
    reports: Sequence[LinkingReport], names: Mapping[str, tuple[str, ...]], model: LinkingModel
) -> Iterator[StoryInput]:
    for one in reports:
        vector = one.vector if one.vector is not None else np.zeros(model.size, np.float32)
        yield StoryInput(one.report, vector, names.get(one.report.id, ()))


def _make_content(statement: Statement, report: Report, model: LinkingModel) -> Content:
    vector = statement.vector
    if vector is None:
        vector = np.zeros(model.size, np.float32)
    return Content(
        text=statement.content.text,
        language=report.language,
        vector=center_vector(vector, report.language, model.means),
    )


def _read_all(paths: Sequence[str]) -> Iterator[Report | Failure]:
    for found in find_files(paths):
        if isinstance(found, Failure):
            yield found
        else:
            yield from read_reports(found)


def _read_batch(
    reports: Sequence[Report], encoder: Encoder
) -> list[tuple[Report, Tagging, tuple[Statement, ...]]]:
    taggings = tag_reports(reports, encoder)
    acts = ActModel.of(encoder.means, encoder.meta.get("acts"))
    return [
        (report, tagging, build_statements(report, tagging, acts=acts))
        for report, tagging in zip(reports, taggings, strict=True)
    ]


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
