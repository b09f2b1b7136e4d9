"""Things of the domain to store, and a record to store them in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.linked import write_links

from onrecord.domain import (
    Actor,
    Answer,
    Links,
    Mention,
    Rendering,
    Report,
    Statement,
    Story,
    Tagging,
    Utterance,
    Words,
)
from onrecord.record.connection import open_record
from onrecord.record.writes import write_report


@dataclass(frozen=True)
class Makers:
    """Short ways to make things of which a test says only what matters to it."""

    report: Callable[..., Report]
    statement: Callable[..., Statement]
    links: Callable[..., Links]
    store: Callable[..., None]


def make_report(one: str, text: str = "Mira Holt said it was over.", **more: Any) -> Report:
    values = {"path": f"{one}.txt", "sha256": one, "language": "en", "zones": (), **more}
    return Report(id=one, text=text, **values)


def make_statement(one: str, report: str, text: str = "it was over", **more: Any) -> Statement:
    start = more.pop("start", 0)
    content = Words(text, ((start, start + len(text)),))
    values = {"kind": "indirect", "speaker": Mention("Holt", "person", "name"), **more}
    return Statement(id=one, report=report, content=content, **values)


def make_links(*, said_on: str = "2031-03-02", kind: str = "verbatim") -> Links:
    """Links of the reports r1 and r2 with their statements s1 and s2."""
    words = Words("over", ((7, 11),))
    return Links(
        actors=(
            Actor(
                "a1",
                "Mira Holt",
                "person",
                (("en", "Mira Holt"), ("uk", "Міра Гольт"), ("fr", "Mirâ Hôlt")),
                ("mayor",),
                (("r1", "Holt"), ("r2", "Holt")),
            ),
            Actor("a2", "Harbour Union", "organisation", (), (), (("r2", "Union"),)),
        ),
        stories=(Story("y1", "Harbour", ("r1", "r2"), ("en",), "2031-03-02", None, "y1"),),
        utterances=(
            Utterance(
                "u1",
                "a1",
                said_on,
                ("s1", "s2"),
                "s1",
                "y1",
                (
                    Rendering("s1", "u1", kind, ((0, 11),)),  # type: ignore[arg-type]
                    Rendering("s2", "u1", "trimmed", ((0, 4),), ("weaker",), (), 0.5),
                ),
                possible=(("u2", 0.25),),
            ),
            Utterance("u2", None, None, ("s2",), "s2", None, repeats="u1"),
        ),
        answers=(
            Answer("u2", "u1", "a1", "s2", words),
            Answer("u2", None, "a2", "s2", words),
        ),
    )


def store(connection: sqlite3.Connection, report: Report, *statements: Statement) -> None:
    write_report(connection, report, Tagging(report.id, (), ()), statements, model="m")


@pytest.fixture(scope="session")
def make() -> Makers:
    return Makers(make_report, make_statement, make_links, store)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


@pytest.fixture
def record(path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_record(path)
    yield connection
    connection.close()


@pytest.fixture
def linked(record: sqlite3.Connection) -> sqlite3.Connection:
    """A record of two reports with a statement each, linked."""
    store(record, make_report("r1", published="2031-03-02"), make_statement("s1", "r1"))
    store(record, make_report("r2", published="2031-03-04"), make_statement("s2", "r2"))
    write_links(record, make_links())
    return record
