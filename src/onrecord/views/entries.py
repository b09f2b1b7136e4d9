"""The utterances of a selection as a dossier prints them: numbered entries with their evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import (
    Answer,
    RenderingKind,
    Report,
    Span,
    Statement,
    Story,
    Utterance,
    Words,
)
from onrecord.edtf import overlaps
from onrecord.views.marking import Piece, Printed, mark_differences
from onrecord.views.selection import Selection
from onrecord.views.words import write_date

UNKNOWN_SPEAKER = "Speaker not known"
_NO_REASON = "the record gives no reason"
_GIVEN_TO_ANOTHER = "attributed to another speaker"
_OPENING_WORDS = 9


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand in a report. `anchor` is the id of that place on the page."""

    report: Report
    start: int
    end: int

    @property
    def anchor(self) -> str:
        """The first of the words, or the report where its text has no such place."""
        found = 0 <= self.start < len(self.report.text)
        return f"r-{self.report.id}-{self.start}" if found else f"r-{self.report.id}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report that something rests on; `label` says what it is, `note` more of it."""

    label: str
    words: str
    language: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one statement as printed, with what marks them out from the fullest wording."""

    statement: Statement
    report: Report
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    kind: RenderingKind | None
    flags: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is given as the speaker; `actor` is an id on the page, `reason` why nobody is given."""

    name: str
    language: str | None = None
    actor: str | None = None
    description: str | None = None
    description_language: str | None = None
    note: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from an entry to another utterance, or to an actor's words in general."""

    relation: str
    speaker: Speaker
    number: int | None = None
    anchor: str | None = None
    opening: str = ""
    language: str | None = None
    note: str = ""
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance: who, when, how, in which words, and what it is linked with."""

    id: str
    number: int
    speaker: Speaker
    said_on: str | None
    undated: str
    facts: tuple[Evidence, ...]
    best: Passage
    renderings: tuple[Passage, ...]
    references: tuple[Reference, ...]
    reports: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story with its entries: those that several reports carry, and those of one only."""

    story: Story | None
    carried: tuple[Entry, ...]
    single: tuple[Entry, ...]


def build_chapters(selection: Selection) -> tuple[list[Chapter], list[Entry]]:
    """The chapters of a dossier in the order of their stories, and the entries after them.

    Those last are utterances of one report whose speaker is not known. Entries are numbered in
    the order in which they come, the most widely carried first within each story.
    """
    grouped: dict[str | None, list[Utterance]] = defaultdict(list)
    unknown: list[Utterance] = []
    for one in sorted(selection.utterances.values(), key=lambda one: -len(_carriers(selection, one))):
        nobody = find_speaker(selection, one).reason is not None
        if nobody and len(_carriers(selection, one)) == 1:
            unknown.append(one)
        else:
            grouped[one.story].append(one)
    unknown.sort(key=list(selection.utterances.values()).index)
    order = [*selection.stories, None]
    parts = [(story, grouped[story.id if story else None]) for story in order]
    printed = [one for _, part in parts for one in part] + unknown
    numbers = {one.id: number for number, one in enumerate(printed, start=1)}
    chapters = []
    for story, part in parts:
        entries = [_build_entry(selection, one, numbers) for one in part]
        carried = tuple(one for one in entries if one.reports > 1)
        single = tuple(one for one in entries if one.reports == 1)
        if story is not None or entries:
            chapters.append(Chapter(story, carried, single))
    return chapters, [_build_entry(selection, one, numbers) for one in unknown]


def _carriers(selection: Selection, utterance: Utterance) -> set[str]:
    return {selection.statements[one].report for one in utterance.statements}


def _build_entry(selection: Selection, utterance: Utterance, numbers: Mapping[str, int]) -> Entry:
    passages = list(_list_passages(selection, utterance))
    best = next(one for one in passages if one.statement.id == utterance.best)
    # What the fullest wording's report says comes before what the others say.
    ordered = [best.statement, *(one.statement for one in passages if one is not best)]
    return Entry(
        id=utterance.id,
        number=numbers[utterance.id],
        speaker=find_speaker(selection, utterance),
        said_on=None if utterance.said_on is None else write_date(utterance.said_on),
        undated=find_reason(ordered, "said_on"),
        facts=tuple(_list_facts(selection, utterance, ordered)),
        best=best,
        renderings=tuple(one for one in passages if one is not best),
        references=tuple(_list_references(selection, utterance, numbers)),
        reports=len({one.report.id for one in passages}),
        languages=tuple(dict.fromkeys(one.report.language for one in passages)),
    )


def _list_passages(selection: Selection, utterance: Utterance) -> Iterator[Passage]:
    renderings = {one.statement: one for one in utterance.renderings}
    best = selection.statements[utterance.best]
    original = Printed(selection.reports[best.report].text, best.content.spans)
    for one in utterance.statements:
        statement, rendering = selection.statements[one], renderings.get(one)
        report = selection.reports[statement.report]
        spans = statement.content.spans if rendering is None else rendering.spans
        here = Printed(report.text, spans or statement.content.spans)
        differences = () if rendering is None else rendering.differences
        yield Passage(
            statement=statement,
            report=report,
            pieces=tuple(mark_differences(here, differences, best=original)),
            places=_list_places(report, here.spans),
            kind=None if rendering is None else rendering.kind,
            flags=() if rendering is None else rendering.flags,
            notes=tuple(_list_notes(selection, utterance, statement)),
        )


def _list_places(report: Report, spans: Sequence[Span]) -> tuple[Place, ...]:
    return tuple(Place(report, start, end) for start, end in spans)


def _list_notes(selection: Selection, utterance: Utterance, statement: Statement) -> Iterator[str]:
    """What this report says otherwise than the entry: another speaker, another date, an agency."""
    mine = utterance.speaker
    if statement.speaker is None and mine is not None:
        yield "names no speaker: " + find_reason([statement], "speaker")
    elif statement.speaker is not None and _is_flagged(utterance, statement):
        yield f"given here to {statement.speaker.name}"
    if statement.speaker is not None and not statement.speaker.certain:
        yield f"speaker not certain: {statement.speaker.rule}"
    said_on = statement.said_on
    if said_on is not None and utterance.said_on is not None:
        if not overlaps(said_on, utterance.said_on):
            yield f"dated {write_date(said_on)} here"
    for party in statement.via:
        yield f"through {party.words.text}"


def _is_flagged(utterance: Utterance, statement: Statement) -> bool:
    return any(
        _GIVEN_TO_ANOTHER in one.flags
        for one in utterance.renderings
        if one.statement == statement.id
    )


def find_reason(statements: Sequence[Statement], name: str) -> str:
    """Why a field of the statements is empty: the first reason that one of them gives."""
    reasons = (reason for one in statements for field, reason in one.unresolved if field == name)
    return next(reasons, _NO_REASON)


def find_speaker(selection: Selection, utterance: Utterance) -> Speaker:
    """Who said it: an actor, or the name in the best statement, or nobody with the reason why."""
    statement = selection.statements[utterance.best]
    language = selection.reports[statement.report].language
    mention = statement.speaker
    roles = mention.descriptions if mention is not None else ()
    if utterance.speaker is None and mention is None:
        return Speaker(UNKNOWN_SPEAKER, reason=find_reason([statement], "speaker"))
    if utterance.speaker is None and mention is not None:
        role = roles[0] if roles else None
        return Speaker(mention.name, language, None, role, language)
    found = name_actor(selection, str(utterance.speaker))
    if not roles:
        return found
    return Speaker(found.name, found.language, found.actor, roles[0], language)


def name_actor(selection: Selection, actor: str) -> Speaker:
    """The actor of that id with the first description that the record has."""
    found = selection.actors[actor]
    language = next((language for language, name in found.names if name == found.name), None)
    role = found.descriptions[0] if found.descriptions else None
    return Speaker(found.name, language, found.id, role)


def _list_facts(
    selection: Selection, utterance: Utterance, statements: Sequence[Statement]
) -> Iterator[Evidence]:
    """The words that the occasion rests on, each from the first statement that gives them."""
    dated = (one for one in statements if one.said_on == utterance.said_on and one.said_on_basis)
    for one in dated:
        basis = one.said_on_basis
        if basis is not None and basis.words is not None:
            yield _cite(selection, one, "date", basis.words, note=basis.rule)
            break
    fields = (
        ("to", lambda one: one.addressee and one.addressee.words),
        ("through", lambda one: one.channel),
        ("place", lambda one: one.place),
    )
    for label, read in fields:
        for one in statements:
            words = read(one)
            if words is not None:
                yield _cite(selection, one, label, words)
                break


def _cite(
    selection: Selection, statement: Statement, label: str, words: Words, *, note: str = ""
) -> Evidence:
    report = selection.reports[statement.report]
    return Evidence(label, words.text, report.language, Place(report, words.start, words.end), note)
