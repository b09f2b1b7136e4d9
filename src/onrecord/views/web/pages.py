"""The pages of single things: a story, an utterance, an actor, a statement, a report.

Each takes the id of something that the record has, and gives the page as HTML.
"""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.domain import Report, Statement
from onrecord.record import lookups, queries
from onrecord.views.certainty import list_doubts
from onrecord.views.entries import Entry, build_contents, build_entry
from onrecord.views.evidence import Passage, list_passages
from onrecord.views.explanation import Line, explain_statement
from onrecord.views.fulltexts import build_full_texts
from onrecord.views.marking import cut_runs
from onrecord.views.profiles import build_profile
from onrecord.views.reasons import Place
from onrecord.views.selection import Selection
from onrecord.views.web.choices import offer_actors, offer_stories, offer_utterances
from onrecord.views.web.frame import PAGE_SIZE, Cut, Frame
from onrecord.views.web.rendering import render_page
from onrecord.views.web.selecting import select_utterances

_TITLE_WIDTH = 70
_AROUND = 240  # characters of the report shown on either side of a statement


def render_story(connection: sqlite3.Connection, one: str, frame: Frame) -> str:
    """A story: its reports, and what was said in them."""
    story = lookups.get_story(connection, one)
    assert story is not None  # whoever asks has looked
    ids = lookups.utterances_of_story(connection, one)
    selection = select_utterances(connection, ids, story=story)
    others = (lookups.get_story(connection, i) for i in lookups.stories_beside(connection, story))
    return render_page(
        "story",
        frame,
        story=story,
        storyline=[other for other in others if other is not None],
        reports=[queries.get_report(connection, report) for report in story.reports],
        contents=build_contents(selection),
        decided=selection.decided.get(one, ()),
        choices=offer_stories(connection, story),
    )


def render_utterance(connection: sqlite3.Connection, one: str, frame: Frame) -> str:
    """An utterance: its renderings side by side, and what it has to do with others."""
    utterance = queries.get_utterance(connection, one)
    assert utterance is not None  # whoever asks has looked
    selection = select_utterances(connection, [one])
    entry = build_entry(selection, utterance, {one: 1})
    return render_page(
        "utterance",
        frame,
        title=shorten(entry.best.statement.content.text),
        entry=entry,
        story=next(iter(selection.stories), None),
        choices=offer_utterances(connection, utterance),
    )


def render_actor(connection: sqlite3.Connection, one: str, frame: Frame, cut: Cut) -> str:
    """An actor: names, roles, and what they said, newest first."""
    actor = lookups.get_actor(connection, one)
    assert actor is not None  # whoever asks has looked
    ids = lookups.utterances_by_actor(connection, one, limit=PAGE_SIZE + 1, offset=cut.offset)
    selection = select_utterances(connection, ids[:PAGE_SIZE])
    counts = {one: lookups.count_statements_by(connection, one)}
    reports = {report for report, _ in actor.mentions}
    return render_page(
        "actor",
        frame,
        profile=build_profile(selection, actor, counts, ()),
        mentions=[
            (queries.get_report(connection, report), name) for report, name in actor.mentions
        ],
        entries=number_entries(selection, cut.offset),
        cut=replace(cut, more=len(ids) > PAGE_SIZE),
        choices=offer_actors(connection, reports, like=actor),
    )


def render_statement(connection: sqlite3.Connection, one: str, frame: Frame) -> str:
    """A statement: where it stands, and all that it rests on."""
    statement = queries.get_statement(connection, one)
    assert statement is not None  # whoever asks has looked
    report = queries.get_report(connection, statement.report)
    assert report is not None  # a statement's report is a foreign key
    selection = select_utterances(connection, lookups.utterances_of_statement(connection, one))
    start, end = statement.content.start, statement.content.end
    return render_page(
        "statement",
        frame,
        title=shorten(statement.content.text),
        statement=statement,
        report=report,
        place=Place(report, start, end),
        around=_cut_around(report, statement),
        doubts=list_doubts(statement),
        lines=_group_lines(explain_statement(connection, statement)),
        passages=_find_passages(selection, one),
        entries=number_entries(selection, 0),
        decided=selection.decided.get(one, ()),
        choices=offer_actors(connection, [report.id]),
    )


def render_report(connection: sqlite3.Connection, one: str, frame: Frame) -> str:
    """A report: its text in full, with what was said in it marked."""
    report = queries.get_report(connection, one)
    assert report is not None  # whoever asks has looked
    selection = select_utterances(connection, lookups.utterances_of_report(connection, one))
    entries = number_entries(selection, 0)
    versions = tuple(queries.list_versions(connection, one))
    copies = (lookups.get_copy(connection, one),)
    alone = replace(
        selection,
        reports={one: report},
        versions={one: versions},
        statements={s.id: s for s in selection.statements.values() if s.report == one},
        copies={copy.report: copy for copy in copies if copy is not None},
    )
    (full_text,) = build_full_texts(alone, entries)
    story = lookups.story_of_report(connection, one)
    return render_page(
        "report",
        frame,
        one=full_text,
        entries=entries,
        versions=[queries.get_report(connection, version) for version in versions],
        story=None if story is None else lookups.get_story(connection, story),
    )


def number_entries(selection: Selection, before: int) -> list[Entry]:
    """The utterances of a selection in their order, numbered from `before` on."""
    ids = list(selection.utterances)
    numbers = {one: number for number, one in enumerate(ids, start=before + 1)}
    return [build_entry(selection, one, numbers) for one in selection.utterances.values()]


def shorten(text: str) -> str:
    """The first words of a text, for a title."""
    return textwrap.shorten(text, _TITLE_WIDTH, placeholder=" …")


def _find_passages(selection: Selection, statement: str) -> list[tuple[str, Passage]]:
    """How the statement renders its utterances, with the id of each."""
    return [
        (utterance.id, passage)
        for utterance in selection.utterances.values()
        for passage in list_passages(selection, utterance)
        if passage.statement.id == statement
    ]


def _group_lines(lines: Iterable[Line]) -> list[tuple[str, list[str]]]:
    """The lines of an explanation by their labels, each with those that go on with it."""
    groups: list[tuple[str, list[str]]] = []
    for label, text in lines:
        if label or not groups:
            groups.append((label, []))
        groups[-1][1].append(text)
    return groups


def _cut_around(report: Report, statement: Statement) -> Sequence[tuple[str, bool]]:
    """The text around a statement, in whole words: runs, and whether each is part of it."""
    first, last = statement.content.start, statement.content.end
    start = max(0, report.text.rfind(" ", 0, max(0, first - _AROUND)) + 1)
    end = report.text.find(" ", last + _AROUND)
    within = (start, end if end != -1 else len(report.text))
    marks = [(span, True) for span in statement.content.spans]
    runs = [(run.text, bool(run.marks)) for run in cut_runs(report.text, marks, within=within)]
    before = [("… ", False)] if start else []
    after = [(" …", False)] if end != -1 else []
    return [*before, *runs, *after]
