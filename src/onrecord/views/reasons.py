"""Why a statement has its speaker, its date and its confidence, to be shown on demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.domain import Report, Statement, Words
from onrecord.views.certainty import list_doubts, write_shares
from onrecord.views.words import write_date


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
class Reason:
    """What a field has, by which rule (or why it has nothing), and the words that it rests on."""

    label: str
    text: str
    rule: str = ""
    evidence: Evidence | None = None


def cite_words(report: Report, words: Words, *, label: str, note: str = "") -> Evidence:
    """Words of a report as evidence of something."""
    return Evidence(label, words.text, report.language, Place(report, words.start, words.end), note)


def list_reasons(report: Report, statement: Statement) -> Iterator[Reason]:
    """The reasons of a statement of that report: its source, speaker, date and confidence."""
    for label, words in (("source", statement.source), ("cue", statement.cue)):
        if words is not None:
            yield Reason(label, "", evidence=cite_words(report, words, label=label))
        else:
            yield Reason(label, "none is printed")
    yield _explain_speaker(report, statement)
    yield _explain_date(report, statement)
    yield Reason("confidence", write_shares(statement), "; ".join(list_doubts(statement)))


def find_unresolved(statement: Statement, name: str) -> str | None:
    """Why a field of the statement is empty, if the record says so."""
    return next((reason for field, reason in statement.unresolved if field == name), None)


def _explain_speaker(report: Report, statement: Statement) -> Reason:
    speaker = statement.speaker
    if speaker is None:
        return Reason("speaker", "not known", find_unresolved(statement, "speaker") or "")
    words = speaker.words
    evidence = None if words is None else cite_words(report, words, label="speaker")
    return Reason("speaker", f"{speaker.name} ({speaker.type})", speaker.rule, evidence)


def _explain_date(report: Report, statement: Statement) -> Reason:
    basis = statement.said_on_basis
    if statement.said_on is None:
        return Reason("date", "not known", find_unresolved(statement, "said_on") or "")
    date = write_date(statement.said_on)
    if basis is None:
        return Reason("date", date)
    words = basis.words
    evidence = None if words is None else cite_words(report, words, label="date")
    return Reason("date", date, basis.rule, evidence)
