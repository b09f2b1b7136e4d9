from __future__ import annotations

import shutil
import socket
from contextlib import chdir, closing
from pathlib import Path

import pytest
from hypothesis import settings

from onrecord import pipeline
from onrecord.record.connection import open_record
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
SHARED = ROOT.parent / "shared"

# Speed is measured in benchmarks, never here: a busy machine is no failure.
settings.register_profile("onrecord", deadline=None)
settings.load_profile("onrecord")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reaches out, nor does the program under test."""

    def refuse(*_: object) -> None:
        raise AssertionError("a test tried to reach the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The shipped encoder, loaded once."""
    return pipeline.load_encoder(Settings())


@pytest.fixture(scope="session")
def examples_record(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of all examples; read only."""
    path = tmp_path_factory.mktemp("examples") / "record.db"
    # From the root, so that paths are those that the README shows.
    with chdir(ROOT), closing(open_record(path)) as connection:
        pipeline.add_reports(
            connection, ["examples/reports"], encoder, progress=lambda done, path: None
        )
    return path


@pytest.fixture
def few_reports(tmp_path: Path) -> Path:
    """A folder with four of the examples, in three languages."""
    folder = tmp_path / "reports"
    folder.mkdir()
    names = (
        "tidewater-bridge-stuck.txt",
        "scrape_00417.txt",
        "2026-03-04_altensieler-tageblatt_de.txt",
        "vigie-ponant.txt",
    )
    for name in names:
        shutil.copy(EXAMPLES / "reports" / name, folder)
    return folder
