"""What the pages need the encoder for, loaded once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from onrecord import pipeline
from onrecord.deciding import Link
from onrecord.settings import Settings

Check = Callable[[sqlite3.Connection, Mapping[str, str]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Engine:
    """What needs the encoder: linking the record anew, and checking a quotation.

    `check` takes the fields of `pipeline.Question` by name, and gives docs/schemas/check.json.
    """

    link: Link
    check: Check


def make_engine(settings: Settings) -> Engine:
    """An engine with the encoder that the settings name."""
    encoder = pipeline.load_encoder(settings)

    def check(connection: sqlite3.Connection, asked: Mapping[str, str]) -> Mapping[str, Any]:
        question = pipeline.Question(**asked)
        return asdict(pipeline.check_question(connection, question, encoder))

    return Engine(lambda connection: pipeline.link_record(connection, encoder), check)
