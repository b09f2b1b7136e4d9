"""Word lists, one TOML file per language in `languages/`. Adding a language is adding a file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language; empty for a language without a file."""

    language: str
    tables: Mapping[str, Any]

    def words(self, section: str, name: str) -> tuple[str, ...]:
        """The list `name` of a section, empty where the language's file has none."""
        return tuple(self.tables.get(section, {}).get(name, ()))

    def table(self, section: str, name: str) -> Mapping[str, Any]:
        """The table `name` of a section, empty where the language's file has none."""
        found: Mapping[str, Any] = self.tables.get(section, {}).get(name, {})
        return found


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of an ISO 639-1 language code; an empty one for a language without a file."""
    path = files("onrecord") / "languages" / f"{language}.toml"
    if language.isalpha() and path.is_file():
        return Lexicon(language, tomllib.loads(path.read_text(encoding="utf-8")))
    return Lexicon(language, {})


@cache
def list_languages() -> tuple[str, ...]:
    """The codes of the languages that have a file, sorted."""
    folder = files("onrecord") / "languages"
    return tuple(
        sorted(entry.name[:-5] for entry in folder.iterdir() if entry.name.endswith(".toml"))
    )
