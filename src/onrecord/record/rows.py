"""What the record keeps besides the things of the domain, and what it is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.domain import Failure, Report, StatementKind, Tagging, Vector

# The name in `meta` of what tells whether links were written after all that they rest on.
LINKING = "linking"
LINKED = "done"


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A failure and when it happened (UTC)."""

    failure: Failure
    at: str


@dataclass(frozen=True, slots=True)
class StoredTagging:
    """A tagging and the checksum of the model that made it."""

    tagging: Tagging
    model: str


@dataclass(frozen=True, slots=True)
class LinkingReport:
    """A report as linking needs it: with its opening's embedding, and the id of a newer version."""

    report: Report
    vector: Vector | None
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements to list. None means any.

    `story` and `speaker` are ids. `since` and `until` are EDTF dates, both included; a statement
    without a date of its own counts by its report's, and one that may lie within them counts as
    lying within them. `text` is what somebody typed: all of its words must occur.
    """

    story: str | None = None
    speaker: str | None = None
    report: str | None = None
    language: str | None = None
    kind: StatementKind | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """How many things of each sort the record holds; `languages` counts reports."""

    reports: int
    superseded: int
    outlets: int
    languages: tuple[tuple[str, int], ...]
    statements: int
    without_speaker: int
    actors: int
    stories: int
    utterances: int
    answers: int
    failures: int
    decisions: int
