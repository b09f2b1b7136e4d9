"""What all pages are made with: the templates' environment, and where their links lead."""

from __future__ import annotations

from typing import Protocol

from jinja2 import BaseLoader, Environment, StrictUndefined

from onrecord.views.certainty import LOW
from onrecord.views.reasons import Place
from onrecord.views.words import (
    join_words,
    name_language,
    write_count,
    write_date,
    write_moment,
    write_period,
)


class Links(Protocol):
    """Where links to things lead; an empty text where a page has none to such a thing.

    `pages` is whether each thing has a page of its own.
    """

    pages: bool

    def actor(self, actor: str) -> str:
        """The address of an actor."""

    def utterance(self, utterance: str) -> str:
        """The address of an utterance."""

    def statement(self, statement: str) -> str:
        """The address of a statement."""

    def place(self, place: Place) -> str:
        """The address of words in a report."""


class Anchors:
    """Links within one self-contained page."""

    pages = False

    def actor(self, actor: str) -> str:
        """The actor's profile."""
        return f"#a-{actor}"

    def utterance(self, utterance: str) -> str:
        """The utterance's entry."""
        return f"#u-{utterance}"

    def statement(self, statement: str) -> str:
        """Nothing: statements stand within entries."""
        return ""

    def place(self, place: Place) -> str:
        """The words in the report's full text."""
        return f"#{place.anchor}"


def make_environment(loader: BaseLoader, to: Links) -> Environment:
    """An environment that escapes all it prints and fails on names that it doesn't have."""
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"date": write_date, "language": name_language, "moment": write_moment}
    environment.globals |= {
        "count": write_count,
        "join": join_words,
        "low": LOW,
        "period": write_period,
        "to": to,
    }
    return environment
