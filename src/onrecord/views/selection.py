"""What of the record goes into a dossier: a storyline with all that it refers to, or everything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.domain import Actor, Answer, Copy, Report, Statement, Story, Utterance
from onrecord.errors import InputError
from onrecord.record.queries import (
    list_actors,
    list_answers,
    list_copies,
    list_reports,
    list_statements,
    list_stories,
    list_utterances,
    list_versions,
    speakers_by_statement,
    stories_by_report,
)
from onrecord.record.rows import StoredFailure
from onrecord.record.state import is_linked, list_failures
from onrecord.views.decisions import Decided, list_decided


@dataclass(frozen=True, slots=True)
class Selection:
    """A part of the record, each thing by its id and in the order of the record.

    `title` is that of the storyline, None for the whole record. `utterances` has one for every
    statement, if need be one that linking has not made. `elsewhere` are utterances outside the
    selection that those inside refer to. `speakers` leads from a statement to its actor,
    `versions` from a report to the ids of all its versions, `copies` to what is known of its text's
    origin, `decided` from any of these things to what people decided about it.
    """

    title: str | None
    stories: tuple[Story, ...]
    reports: Mapping[str, Report]
    versions: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, Statement]
    utterances: Mapping[str, Utterance]
    elsewhere: Mapping[str, Utterance]
    actors: Mapping[str, Actor]
    speakers: Mapping[str, str]
    answers: tuple[Answer, ...]
    copies: Mapping[str, Copy]
    failures: tuple[StoredFailure, ...]
    linked: bool
    decided: Mapping[str, tuple[Decided, ...]]

    @property
    def known(self) -> dict[str, Utterance]:
        """The utterances inside and outside, those inside first."""
        return {**self.utterances, **self.elsewhere}


def select_record(connection: sqlite3.Connection, *, story: str | None) -> Selection:
    """The storyline of the story of that id (or of an id that begins so), or the whole record.

    An utterance belongs to it that belongs to one of its stories or is carried by one of their
    reports; a report, where it is of those stories or carries such an utterance. Raises
    InputError where the record has no such story, or more than one.
    """
    stories = list_stories(connection)
    chosen = stories if story is None else _find_storyline(stories, story)
    statements = {one.id: one for one in list_statements(connection)}
    every = {one.id: one for one in _list_all_utterances(connection, statements)}
    inside = {report for one in chosen for report in one.reports}
    kept = {
        one.id: one
        for one in every.values()
        if story is None
        or one.story in {known.id for known in chosen}
        or not inside.isdisjoint(statements[s].report for s in one.statements)
    }
    wanted = {s for one in kept.values() for s in one.statements}
    inside |= {statements[s].report for s in wanted}
    reports = {r.id: r for r in list_reports(connection) if story is None or r.id in inside}
    answers = [a for a in list_answers(connection) if a.utterance in kept or a.to in kept]
    named = {one.story for one in kept.values()} | {one.id for one in chosen}
    return Selection(
        title=None if story is None else chosen[0].title,
        stories=tuple(one for one in stories if one.id in named),
        reports=reports,
        versions={one: tuple(list_versions(connection, one)) for one in reports},
        statements={s.id: s for s in statements.values() if s.id in wanted},
        utterances=kept,
        elsewhere={one: every[one] for one in _list_named(kept, answers) if one not in kept},
        actors={one.id: one for one in list_actors(connection)},
        speakers=speakers_by_statement(connection),
        answers=tuple(answers),
        copies={one.report: one for one in list_copies(connection)},
        failures=tuple(list_failures(connection)),
        linked=is_linked(connection),
        decided=list_decided(connection),
    )


def _find_storyline(stories: list[Story], story: str) -> list[Story]:
    found = [one for one in stories if one.id == story]
    found = found or [one for one in stories if one.id.startswith(story)]
    if len(found) != 1:
        many = "more than one story" if found else "no story"
        raise InputError(f"The record has {many} whose id is or begins with {story!r}.")
    return [one for one in stories if one.storyline == found[0].storyline]


def _list_all_utterances(
    connection: sqlite3.Connection, statements: Mapping[str, Statement]
) -> Iterator[Utterance]:
    """The utterances, then one for each statement that is in none (where links are out of date)."""
    utterances = list_utterances(connection)
    yield from utterances
    linked = {s for one in utterances for s in one.statements}
    speakers, home = speakers_by_statement(connection), stories_by_report(connection)
    for one in statements.values():
        if one.id not in linked:
            speaker, story = speakers.get(one.id), home.get(one.report)
            yield Utterance(one.id, speaker, one.said_on, (one.id,), one.id, story)


def _list_named(kept: Mapping[str, Utterance], answers: Iterable[Answer]) -> list[str]:
    """The ids of all utterances that the kept ones and the answers refer to."""
    named = {one for answer in answers for one in (answer.utterance, answer.to)}
    for one in kept.values():
        named |= {one.repeats, *(other for other, _ in one.possible)}
    return sorted(one for one in named if one is not None)
