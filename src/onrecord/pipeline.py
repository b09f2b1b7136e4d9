"""The order of the stages, written once.

1. intake: each file becomes reports, or a failure
2. tagging: one pass of the encoder over each report
3. statements: attributions made useful
4. record: one transaction a report
5. linking: stories, actors, utterances and answers (linkage.py) of what is new (growth.py)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from onrecord.domain import Failure, KnownActor, Report, Statement, Tagging
from onrecord.edtf import parse_edtf
from onrecord.errors import InputError, ReportError
from onrecord.growth import link_record
from onrecord.intake import detect_language, find_files, read_reports
from onrecord.intake.people import read_people
from onrecord.linkage import make_content
from onrecord.linking.candidates import Candidate, Query
from onrecord.linking.checking import check_quotation
from onrecord.linking.model import LinkingModel
from onrecord.linking.people import find_doubtful
from onrecord.linking.vectors import ALL, center_vector
from onrecord.linking.verdicts import Verdict
from onrecord.record import affairs, queries, state, writes
from onrecord.record.connection import transaction
from onrecord.record.people import list_people, write_people
from onrecord.record.search import find_candidates
from onrecord.settings import Settings
from onrecord.statements.acts import ActModel
from onrecord.statements.attributions import build_statements
from onrecord.tagging.encoder import Encoder, choose_weights, list_weights
from onrecord.tagging.tagger import tag_reports

__all__ = [
    "AT_ONCE",
    "Added",
    "Imported",
    "Question",
    "add_reports",
    "check_question",
    "check_weights",
    "gather_candidates",
    "import_people",
    "link_record",
    "load_encoder",
    "rebuild_record",
]

AT_ONCE = 16
"""Reports tagged together: enough to keep the threads busy, few enough to keep memory flat."""

Progress = Callable[[int, str], None]
Item = TypeVar("Item")
Read = tuple[Report, Tagging, tuple[Statement, ...]]


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

    def report_progress(path: str) -> None:
        progress(len(new) + len(known) + len(failures), path)

    def sort_out(item: Report | Failure) -> list[Report]:
        if isinstance(item, Failure):
            failures.append(item)
            writes.write_failure(connection, item)
        elif queries.has_report(connection, item.id):
            known.append(item.id)
        else:
            return [item]
        report_progress(item.path)
        return []

    fresh = (report for item in _read_all(paths) for report in sort_out(item))
    for batch in _read_batches(fresh, encoder):
        for report, tagging, statements in batch:
            try:
                model = encoder.checksum
                is_new = writes.write_report(connection, report, tagging, statements, model=model)
            except ReportError as error:
                failures.append(Failure(error.path, "record", error.reason, report.id))
                writes.write_failure(connection, failures[-1])
                continue
            (new if is_new else known).append(report.id)
            report_progress(report.path)
    if new or not state.is_linked(connection):
        link_record(connection, encoder)
    return Added(tuple(new), tuple(known), tuple(failures))


def rebuild_record(connection: sqlite3.Connection, encoder: Encoder, *, progress: Progress) -> int:
    """Derives everything again from the stored reports; returns how many there were."""
    reports = queries.list_reports(connection)
    with transaction(connection):
        done = 0
        for batch in _read_batches(reports, encoder):
            for report, tagging, statements in batch:
                model = encoder.checksum
                writes.replace_report(connection, report, tagging, statements, model=model)
            done += len(batch)
            progress(done, batch[-1][0].path)
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
    if not state.is_linked(connection):
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
    statements = queries.statements_with_vectors(connection, ids)
    home = {s.report for s in statements}
    reports = {one.report.id: one.report for one in affairs.load_reports(connection, home)}
    actors = {actor.id: actor for actor in queries.list_actors(connection, reports=home)}
    named = {key: actor for actor in actors.values() for key in actor.mentions}
    utterance_of = {
        s: utterance
        for utterance in queries.utterances_carrying(connection, ids)
        for s in utterance.statements
    }
    return [
        Candidate(
            statement=s,
            content=make_content(s, reports[s.report], model),
            report=reports[s.report],
            utterance=utterance_of[s.id],
            speaker=actors.get(utterance_of[s.id].speaker or ""),
            named=named.get((s.report, s.speaker.name)) if s.speaker is not None else None,
        )
        for s in statements
        if s.id in utterance_of and s.vector is not None
    ]


def _read_all(paths: Sequence[str]) -> Iterator[Report | Failure]:
    for found in find_files(paths):
        if isinstance(found, Failure):
            yield found
        else:
            yield from read_reports(found)


def _read_batches(reports: Iterable[Report], encoder: Encoder) -> Iterator[list[Read]]:
    """The reports with what is read of them, some at once and in their order.

    While the statements of some are made and stored, the next are tagged: the encoder runs outside
    of Python, and a second processor would stand idle.
    """
    acts = ActModel.of(encoder.means, encoder.meta.get("acts"))

    def finish(batch: Sequence[Report], taggings: Sequence[Tagging]) -> list[Read]:
        return [
            (report, tagging, build_statements(report, tagging, acts=acts))
            for report, tagging in zip(batch, taggings, strict=True)
        ]

    with ThreadPoolExecutor(1) as ahead:
        before: tuple[list[Report], Future[list[Tagging]]] | None = None
        for batch in _batched(reports, AT_ONCE):
            task = ahead.submit(tag_reports, batch, encoder)
            if before is not None:
                yield finish(before[0], before[1].result())
            before = batch, task
        if before is not None:
            yield finish(before[0], before[1].result())


def _batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
