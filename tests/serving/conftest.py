from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.test_decisions import REPORTS
from tests.views.test_dossier import decide, fill
from werkzeug.test import Client, TestResponse

from onrecord import pipeline
from onrecord.record.connection import open_record
from onrecord.serving.application import Application
from onrecord.serving.engine import Engine, make_engine
from onrecord.serving.guards import Bound
from onrecord.settings import Settings
from onrecord.views.columns import Export
from onrecord.views.exports import export_rows

BOUND = Bound("127.0.0.1", 8000)
ORIGIN = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Desk:
    """An application and a browser without scripts."""

    path: Path
    application: Application

    @property
    def token(self) -> str:
        return self.application.token

    def get(self, path: str, **more: Any) -> TestResponse:
        return Client(self.application).get(path, base_url=ORIGIN, **more)

    def tree(self, path: str) -> html.HtmlElement:
        response = self.get(path)
        assert response.status_code == 200, response.text
        return html.document_fromstring(response.text)

    def json(self, path: str) -> Any:
        return self.get(path).json

    def post(self, path: str, data: Mapping[str, Any], **more: Any) -> TestResponse:
        """Sends a form as a page would: with its token and a signature."""
        form = {"token": self.token, "who": "mira", "why": "one breath", **data}
        headers = {"Origin": ORIGIN, **more.pop("headers", {})}
        client = Client(self.application)
        return client.post(path, base_url=ORIGIN, data=form, headers=headers, **more)

    def rows(self, what: Export) -> list[dict[str, Any]]:
        with closing(open_record(self.path, read_only=True)) as connection:
            return list(export_rows(connection, what))

    def find(self, words: str) -> dict[str, Any]:
        return next(row for row in self.rows("statements") if words in row["content"]["text"])

    def actor(self, name: str) -> dict[str, Any]:
        return next(row for row in self.rows("actors") if row["name"] == name)


def list_words(response: TestResponse) -> str:
    """The text of a page, in one line."""
    return re.sub(r"\s+", " ", html.document_fromstring(response.text).text_content())


@pytest.fixture(scope="module")
def engine(encoder: Any) -> Iterator[Engine]:
    patch = pytest.MonkeyPatch()
    patch.setattr(pipeline, "load_encoder", lambda settings: encoder)
    yield make_engine(Settings())
    patch.undo()


@pytest.fixture(scope="session")
def linked_record(encoder: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of a few reports, to be copied."""
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with closing(open_record(folder / "base.db")) as connection:
        paths = [str(folder / name) for name in REPORTS]
        pipeline.add_reports(connection, paths, encoder, progress=lambda done, name: None)
    return folder / "base.db"


@pytest.fixture
def desk(linked_record: Path, engine: Engine, tmp_path: Path) -> Desk:
    """Pages of the few reports, with the encoder."""
    path = tmp_path / "record.db"
    shutil.copy(linked_record, path)
    return Desk(path, Application(Settings(record=path), engine, BOUND, who="ana"))


def refuse(*_: object) -> Any:
    raise AssertionError("this record is for reading only")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Pages of the made-up record of the dossier's tests, with hostile texts; read only."""
    path = tmp_path_factory.mktemp("library") / "record.db"
    with closing(open_record(path)) as connection:
        fill(connection)
        decide(connection, "u1")
        mark_linked(connection)
    return Desk(path, Application(Settings(record=path), Engine(refuse, refuse), BOUND))


def mark_linked(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE meta SET value = 'done' WHERE name = 'linking'")
