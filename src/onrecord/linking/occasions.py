"""When something was said, inferred from its story where its own report doesn't tell.

1. A report without a date of its own was published within the days of its story. Its words for when
   ("on Tuesday") are read against the first of them and the last: one answer is the date, two are
   the ends of an interval. `infer_dates` does so before utterances are linked; they rest on it.
2. A statement without any words for when has the date of the statements that render the same
   utterance, where they agree. `share_dates` does so afterwards, and utterances don't rest on that.

A date that the statement's own report gives is never replaced.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from onrecord.domain import Basis, InferredDate, Report, Statement, Story, Utterance
from onrecord.edtf import Days, find_day, format_edtf, overlaps, parse_edtf
from onrecord.linking.stories import report_order
from onrecord.linking.utterances import Voiced

INFERRED = "inferred from the story"

LATER = 2
"""Days after the last dated report of a story in which one without a date may still be published.
None before the first: reports of an event come after it, the first one too."""
LONGEST = 31
"""Days: an interval that is longer says nothing."""

ReadOccasions = Callable[[Report, Sequence[Statement], str], Mapping[str, tuple[str, Basis]]]
"""The dates, with their bases, that the words of a report's statements give, by statement id, had
the report been published on a day."""


def infer_dates(
    stories: Iterable[Story],
    reports: Mapping[str, Report],
    statements: Iterable[Statement],
    *,
    read_occasions: ReadOccasions,
) -> tuple[InferredDate, ...]:
    """The dates of statements in reports without one, from the dated reports of their stories.

    Sorted by statement id, and the same for any order of what is given. `reports` are by id.
    """
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda statement: statement.id):
        by_report[statement.report].append(statement)
    found: list[InferredDate] = []
    for story in stories:
        members = [reports[one] for one in story.reports]
        days, dated_by = find_days(members)
        for report in members:
            if days and report.published is None and report.kind == "report":
                of_report = by_report[report.id]
                readings = [read_occasions(report, of_report, day.isoformat()) for day in days]
                found += _infer_in_report(report, of_report, readings, dated_by)
    return tuple(sorted(found, key=lambda one: one.statement))


def find_days(reports: Iterable[Report]) -> tuple[tuple[date, ...], tuple[Report, ...]]:
    """The first and last day on which undated reports of a story came out, and what tells.

    That is the earliest dated report, and the latest where it is of another day. Both are empty
    where no report is dated to the day. Whatever words mean, it moves on with the day on which they
    were printed: what they mean on the days between lies between what they mean on these.
    """
    dated = [
        (day, report)
        for report in sorted(reports, key=report_order)
        if report.published is not None and (day := find_day(report.published)) is not None
    ]
    if not dated or dated[-1][0] > date.max - timedelta(days=LATER + 1):
        return (), ()
    (first, earliest), (last, latest) = dated[0], dated[-1]
    by = (earliest,) if first == last else (earliest, latest)
    return (first, last + timedelta(days=LATER)), by


def apply_dates(
    statements: Iterable[Statement], dates: Iterable[InferredDate]
) -> Iterator[Statement]:
    """The statements with the dates that were inferred for them, or the reasons for none."""
    found = {one.statement: one for one in dates}
    for statement in statements:
        one = found.get(statement.id)
        yield (
            statement
            if one is None
            else replace(
                statement, said_on=one.said_on or statement.said_on, said_on_basis=one.basis
            )
        )


def share_dates(
    utterances: Iterable[Utterance], voiced: Iterable[Voiced], reports: Mapping[str, Report]
) -> tuple[InferredDate, ...]:
    """Dates for statements without any, from others of the same utterance; sorted by statement id.

    Only those of the same actor in the same story count, and none from after the statement's own
    report. Where they contradict each other, that is the reason why there is none. A statement that
    renders two utterances has one date for both.
    """
    by_id = {one.statement.id: one for one in voiced}
    donors: dict[str, dict[str, Voiced]] = defaultdict(dict)
    for utterance in utterances:
        members = [by_id[one] for one in utterance.statements]
        for one in members:
            if one.actor is not None and _has_no_words(one.statement):
                near = (other for other in members if _may_date(other, one, reports))
                donors[one.statement.id] |= {other.statement.id: other for other in near}
    return tuple(
        date
        for key in sorted(donors)
        for date in _take_date(by_id[key], [*donors[key].values()], reports)
    )


def _is_open(statement: Statement, report: Report) -> bool:
    """Whether a statement's report neither has a date nor gives it one to the day and year."""
    said_on = statement.said_on
    return report.published is None and (said_on is None or said_on.startswith("XXXX"))


def _infer_in_report(
    report: Report,
    statements: Sequence[Statement],
    readings: Sequence[Mapping[str, tuple[str, Basis]]],
    dated_by: Sequence[Report],
) -> Iterator[InferredDate]:
    for statement in statements:
        given = [reading.get(statement.id) for reading in readings]
        known = [one for one in given if one is not None]
        if not _is_open(statement, report) or len(known) < len(given):
            continue
        (said_on, basis), *_ = known
        whole = _cover([edtf for edtf, _ in known])
        if whole is None or any(other.words != basis.words for _, other in known):
            continue
        if any(edtf != said_on for edtf, _ in known):
            said_on = format_edtf(whole)
        rule = f"{INFERRED} ({basis.rule}): {_name_days(dated_by)}"
        yield InferredDate(statement.id, said_on, Basis(rule, basis.words))


def _cover(dates: Sequence[str]) -> Days | None:
    """From the first day of all dates to the last; None where that is too long to say anything."""
    stretches = [days for edtf in set(dates) if (days := parse_edtf(edtf)) is not None]
    first = min(days[0] for days in stretches)
    after = max(days[1] for days in stretches)
    return None if len(stretches) > 1 and (after - first).days > LONGEST else (first, after)


def _name_days(dated_by: Sequence[Report]) -> str:
    names = [_name_report(report) for report in dated_by]
    if len(names) == 1:
        return f"the report is taken to be of the time of {names[0]}"
    return f"the report is taken to be of the time from {names[0]} to {names[1]}"


def _name_report(report: Report) -> str:
    file = re.split(r"[/\\]", report.path)[-1]
    return f"{file} [{report.id}]" + (f", {report.published}" if report.published else "")


def _has_no_words(statement: Statement) -> bool:
    return statement.said_on is None and statement.said_on_basis is None


def _may_date(other: Voiced, one: Voiced, reports: Mapping[str, Report]) -> bool:
    said_on = other.statement.said_on
    days = parse_edtf(said_on) if said_on is not None else None
    if days is None or (other.actor, other.story) != (one.actor, one.story):
        return False
    published = reports[one.statement.report].published
    known = parse_edtf(published) if published is not None else None
    return known is None or days[0] < known[1]


def _take_date(
    one: Voiced, donors: Sequence[Voiced], reports: Mapping[str, Report]
) -> Iterator[InferredDate]:
    """The most exact date of the donors if all of them allow it, or why there is none."""
    ordered = sorted(donors, key=lambda donor: (donor.order, donor.statement.id))
    dates = sorted({str(donor.statement.said_on) for donor in ordered}, key=_by_length)
    if not dates:
        return
    if all(overlaps(dates[0], other) for other in dates):
        by = [d for d in ordered if d.statement.said_on == dates[0]]
        names = sorted({_name_report(reports[d.statement.report]) for d in by})
        rule = f"{INFERRED} (the same words are dated there): {'; '.join(names)}"
        yield InferredDate(one.statement.id, dates[0], Basis(rule))
        return
    names = [
        f"{d.statement.said_on} in {_name_report(reports[d.statement.report])}" for d in ordered
    ]
    reason = f"other reports of the story give different days: {'; '.join(names)}"
    yield InferredDate(one.statement.id, unresolved=reason)


def _by_length(edtf: str) -> tuple[int, str]:
    days = parse_edtf(edtf)
    return (0 if days is None else (days[1] - days[0]).days), edtf
