"""The text of each report in full, with what was said in it marked and every place to link to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from onrecord.domain import Report, Span, Statement, Words, Zone, ZoneKind
from onrecord.views.entries import Entry
from onrecord.views.marking import cut_runs
from onrecord.views.reasons import Place
from onrecord.views.selection import Selection

_LINKABLE = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a report's text: its zone, whether somebody is reported to say it (and within
    another's words), and the numbers of the entries whose words end with it.
    """

    text: str
    anchor: str | None
    zone: ZoneKind | None
    depth: int
    entries: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class FullText:
    """A report as the page shows it. `link` is its URL, if that can be one; `versions` are the
    other versions of it on the page, `version` which of how many this one is; `origin` says whose
    text it is, where other reports have it too.
    """

    report: Report
    segments: tuple[Segment, ...]
    statements: int
    link: str | None
    date_words: Place | None
    version: str | None
    origin: str | None


def build_full_texts(selection: Selection, entries: Sequence[Entry]) -> list[FullText]:
    """The texts of all reports of a selection, with a place for every link that `entries` have."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in selection.statements.values():
        statements[statement.report].append(statement)
    numbers: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for entry in entries:
        for passage in entry.passages:
            numbers[passage.statement.id].append((entry.number, entry.id))
    places: dict[str, set[Span]] = defaultdict(set)
    for place in list_places(entries):
        places[place.report.id].add((place.start, place.end))
    return [
        _build_full_text(selection, report, statements[report.id], numbers, places[report.id])
        for report in selection.reports.values()
    ]


def list_places(entries: Iterable[Entry]) -> Iterator[Place]:
    """All places that the entries link to."""
    for entry in entries:
        for one in entry.passages:
            yield from one.places
            yield from (r.evidence.place for r in one.reasons if r.evidence is not None)
        yield from (one.place for one in entry.facts)
        yield from (one.evidence.place for one in entry.references if one.evidence is not None)


def _build_full_text(
    selection: Selection,
    report: Report,
    statements: Sequence[Statement],
    numbers: Mapping[str, Sequence[tuple[int, str]]],
    places: set[Span],
) -> FullText:
    basis = report.published_basis
    date_words = _find_place(report, basis.words if basis is not None else None)
    if date_words is not None:
        places = places | {(date_words.start, date_words.end)}
    versions = selection.versions[report.id]
    newest = len(versions) < 2
    return FullText(
        report=report,
        segments=tuple(_cut_segments(report, statements, numbers, places)),
        statements=len(statements),
        link=report.url if report.url is not None and _LINKABLE.fullmatch(report.url) else None,
        date_words=date_words,
        version=None if newest else f"{versions.index(report.id) + 1} of {len(versions)}",
        origin=_write_origin(selection, report),
    )


def _write_origin(selection: Selection, report: Report) -> str | None:
    """Where the text of a report with copies comes from, as far as that can be told."""
    copy = selection.copies.get(report.id)
    if copy is None:
        return None
    shared = f"{copy.share:.0%} of it stands in another report"
    original = selection.reports.get(copy.original or "")
    if original is not None and original is not report:
        name = original.outlet or original.path
        return f"{shared}; probably from {name}: {copy.reason}"
    if original is report:
        return f"{shared}; probably the original: {copy.reason}"
    return f"{shared}; {copy.reason}"


def _find_place(report: Report, words: Words | None) -> Place | None:
    return None if words is None else Place(report, words.start, words.end)


def _cut_segments(
    report: Report,
    statements: Sequence[Statement],
    numbers: Mapping[str, Sequence[tuple[int, str]]],
    places: set[Span],
) -> Iterator[Segment]:
    marks: list[tuple[Span, Zone | Statement]] = [(zone.span, zone) for zone in report.zones]
    ends: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for statement in statements:
        marks += [(span, statement) for span in statement.content.spans]
        ends[min(statement.content.end, len(report.text))].update(numbers.get(statement.id, ()))
    starts = {start for start, _ in places}
    for run in cut_runs(report.text, marks, cuts=chain.from_iterable(places)):
        zones = [mark.kind for mark in run.marks if isinstance(mark, Zone)]
        yield Segment(
            text=run.text,
            anchor=f"r-{report.id}-{run.start}" if run.start in starts else None,
            zone=zones[-1] if zones else None,
            depth=len(run.marks) - len(zones),
            entries=tuple(sorted(ends.get(run.end, ()))),
        )
