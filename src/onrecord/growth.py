"""Linking what a new report touches, and nothing else.

1. Each report that is new or changed gets keys; those that share some are compared, and related.
2. What relations join, over any number of steps, is an affair, and is linked as if it were all.
3. The actors of affairs that share a name are joined.

Relations depend on two reports alone and affairs on relations, so that the outcome is the same in
whatever order reports came, at once or one by one. What people decided of several reports relates
them, too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache, partial

from onrecord.domain import Links, Report
from onrecord.linkage import Given, link_decided, make_content, make_story_inputs
from onrecord.linking.joining import join_actors
from onrecord.linking.model import LinkingModel
from onrecord.linking.profiles import build_profile
from onrecord.linking.relating import (
    Related,
    are_near,
    describe_report,
    find_related,
    list_relation_keys,
)
from onrecord.record import affairs
from onrecord.record.actors import write_actors
from onrecord.record.connection import transaction
from onrecord.record.decisions import list_decisions
from onrecord.record.links import write_affair
from onrecord.record.people import list_people
from onrecord.record.rulings import write_outcome
from onrecord.record.writes import mark_linked
from onrecord.tagging.encoder import Encoder

KEPT = 512
"""Reports that are kept in memory while others are compared with them."""

Neighbours = Mapping[str, Collection[str]]
Load = Callable[[str], Related]


def link_record(connection: sqlite3.Connection, encoder: Encoder) -> bool:
    """Links what is due, as people decided; returns whether anything changed.

    All of it is one transaction.
    """
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    with transaction(connection):
        given = Given(tuple(list_decisions(connection)), tuple(list_people(connection)))
        decided = affairs.find_decided(connection, given.decisions)
        due = affairs.list_due(connection)
        touched = _relate_due(connection, due, model)
        touched |= affairs.list_undecided(connection, decided)
        gone = set(due) - touched
        written = [write_affair(connection, Links(), gone)] if gone else []
        for reports in _list_affairs(connection, touched, _join_decided(decided.values())):
            own = tuple(d for d in given.decisions if not decided[d.id].isdisjoint(reports))
            written.append(_link_affair(connection, reports, model, replace(given, decisions=own)))
        lost = replace(given, decisions=tuple(d for d in given.decisions if not decided[d.id]))
        write_outcome(connection, link_decided((), (), {}, model, lost)[1], gone)
        lines = affairs.join_storylines(connection, touched)
        stale = {actor for actors in written if actors is not None for actor in actors}
        joined = write_actors(connection, stale, partial(join_actors, known=given.known))
        affairs.clear_due(connection)
        mark_linked(connection)
    return joined or lines or any(actors is not None for actors in written)


def _relate_due(
    connection: sqlite3.Connection, due: Sequence[str], model: LinkingModel
) -> set[str]:
    """Relates the reports that are due to all others; returns those whose affairs are touched."""
    touched: set[str] = set()
    for report in due:
        touched |= affairs.forget_report(connection, report)
    load = _keep_loaded(connection, model)
    for report in sorted(affairs.list_current(connection, due)):
        one = load(report)
        sharing = affairs.list_sharing(connection, report, list_relation_keys(one))
        near = [
            (load(other), shared.keys)
            for other, shared in sorted(sharing.items())
            if are_near(shared.keys, (one.report.published, shared.published))
        ]
        affairs.relate_reports(connection, report, find_related(one, near, model.stories.weights))
    return affairs.list_current(connection, touched.union(due))


def _keep_loaded(connection: sqlite3.Connection, model: LinkingModel) -> Load:
    """What describes a report by its id, the last ones kept at hand."""

    @lru_cache(KEPT)
    def load(report: str) -> Related:
        (one,) = affairs.load_reports(connection, [report])
        statements = affairs.load_statements(connection, [report])
        (given,) = make_story_inputs([one], _load_names(connection, [one.report]), model)
        stories = model.stories
        profile = build_profile(given, means=stories.means, background=stories.background)
        return describe_report(
            profile, [(s, make_content(s, one.report, model)) for s in statements]
        )

    return load


def _join_decided(decided: Iterable[Collection[str]]) -> Neighbours:
    """The relations among reports that somebody decided of together."""
    found: dict[str, set[str]] = {}
    for reports in decided:
        for first in sorted(reports)[:1]:
            found.setdefault(first, set()).update(reports)
            for other in reports:
                found.setdefault(other, set()).add(first)
    return found


def _list_affairs(
    connection: sqlite3.Connection, touched: Collection[str], decided: Neighbours
) -> Iterator[list[str]]:
    """The affairs that have any of the touched reports, each once."""
    seen: set[str] = set()
    for report in sorted(touched):
        if report not in seen:
            affair = affairs.find_affair(connection, report, decided)
            seen.update(affair)
            yield affair


def _link_affair(
    connection: sqlite3.Connection, ids: Sequence[str], model: LinkingModel, given: Given
) -> frozenset[str] | None:
    reports = affairs.load_reports(connection, ids)
    statements = affairs.load_statements(connection, ids)
    names = _load_names(connection, [one.report for one in reports])
    links, outcome = link_decided(reports, statements, names, model, given)
    stale = write_affair(connection, links, ids)
    write_outcome(connection, outcome, ids)
    return stale


def _load_names(
    connection: sqlite3.Connection, reports: Sequence[Report]
) -> dict[str, tuple[str, ...]]:
    found = affairs.load_names(connection, [report.id for report in reports])
    return {
        report.id: tuple(report.text[slice(*name.span)] for name in found[report.id])
        for report in reports
        if report.id in found
    }
