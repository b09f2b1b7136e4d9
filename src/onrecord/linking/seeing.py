"""Everybody whom statements speak of, as actors are linked from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from onrecord.domain import Mention, Report, Statement, Story
from onrecord.linking.abbreviations import find_abbreviations
from onrecord.linking.offices import is_indefinite
from onrecord.linking.sightings import Sighting
from onrecord.linking.stories import report_order


def list_sightings(
    statements: Sequence[Statement],
    reports: Mapping[str, Report],
    home: Mapping[str, Story],
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[Sighting]:
    """The speakers, addressees and outlets of statements, in the order of these.

    `reports`, their stories `home` and the `names` that they print are by the reports' ids.
    """
    explained = _explain_names(statements, reports, names)
    for statement in statements:
        report, story = reports[statement.report], home[statement.report]
        for mention in list_mentions(statement):
            yield Sighting(
                report=report.id,
                language=report.language,
                story=story.id,
                order=report_order(report),
                mention=mention,
                storyline=story.storyline,
                indefinite=is_indefinite(report.text, mention.words, report.language),
                explained=explained[report.id],
            )


def list_mentions(statement: Statement) -> Iterator[Mention]:
    """Whoever a statement speaks of: its speaker, what it came through, and to whom it was said."""
    if statement.speaker is not None:
        yield statement.speaker
    for party in (*statement.via, statement.addressee):
        if party is not None and party.mention is not None:
            yield party.mention


def _explain_names(
    statements: Sequence[Statement],
    reports: Mapping[str, Report],
    names: Mapping[str, tuple[str, ...]],
) -> dict[str, tuple[tuple[str, str], ...]]:
    """For each report the abbreviations that it explains, with what they stand for."""
    known = {report: list(names.get(report, ())) for report in reports}
    for statement in statements:
        known[statement.report] += (mention.name for mention in list_mentions(statement))
    return {
        one: tuple(sorted(find_abbreviations(reports[one].text, found).items()))
        for one, found in known.items()
    }
