"""A dossier: one self-contained page with a storyline's record, or the whole record's."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from onrecord import __version__
from onrecord.domain import Actor
from onrecord.views.entries import Contents, Entry, build_contents
from onrecord.views.fulltexts import build_full_texts
from onrecord.views.selection import Selection, select_record
from onrecord.views.words import join_words, name_language, write_count, write_date, write_period

_WHOLE_RECORD = "The record"


@dataclass(frozen=True, slots=True)
class Profile:
    """An actor as the page lists them: name forms by language, roles with theirs, and a count.

    `entries` are the number and id of each entry that has them as its speaker.
    """

    actor: Actor
    names: tuple[tuple[str, tuple[str, ...]], ...]
    roles: tuple[tuple[str | None, str], ...]
    statements: int
    entries: tuple[tuple[int, str], ...]


def render_dossier(connection: sqlite3.Connection, *, story: str | None = None) -> str:
    """The HTML page of the storyline that a story id names, or of the whole record.

    The page needs nothing from outside and runs no script; the same record gives the same page.
    Raises InputError where the record has no such story.
    """
    selection = select_record(connection, story=story)
    contents = build_contents(selection)
    template = _make_environment().get_template("dossier.html")
    return template.render(
        title=_WHOLE_RECORD if selection.title is None else selection.title,
        summary=_summarise(selection, contents),
        selection=selection,
        contents=contents,
        profiles=_list_profiles(selection, contents.entries),
        full_texts=build_full_texts(selection, contents.entries),
        version=__version__,
    )


def _make_environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("onrecord.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"date": write_date, "language": name_language}
    environment.globals |= {"count": write_count, "join": join_words, "period": write_period}
    return environment


def _summarise(selection: Selection, contents: Contents) -> list[str]:
    """What the page holds, as parts of one line."""
    languages = Counter(report.language for report in selection.reports.values())
    named = [name_language(one) for one, _ in sorted(languages.items(), key=lambda p: (-p[1], p))]
    carried = sum(entry.reports > 1 for entry in contents.entries)
    period = write_period(report.published for report in selection.reports.values())
    parts = [
        write_count(len(selection.reports), "report")
        + (f" in {join_words(named)}" if named else ""),
        write_count(len(selection.statements), "statement"),
        f"{write_count(carried, 'utterance')} carried by more than one report",
    ]
    return [*parts, period] if period is not None else parts


def _list_profiles(selection: Selection, entries: Sequence[Entry]) -> list[Profile]:
    """The actors that the page names, those with most statements first."""
    counts = Counter(
        selection.speakers[one] for one in selection.statements if one in selection.speakers
    )
    named = {entry.speaker.actor for entry in entries} | {
        one.speaker.actor for entry in entries for one in entry.references
    }
    shown = [one for one in selection.actors.values() if one.id in named or counts[one.id]]
    spoken: dict[str | None, list[tuple[int, str]]] = defaultdict(list)
    for entry in entries:
        spoken[entry.speaker.actor].append((entry.number, entry.id))
    profiles = [
        Profile(
            actor=one,
            names=_group_names(one),
            roles=_find_roles(selection, one),
            statements=counts[one.id],
            entries=tuple(spoken[one.id]),
        )
        for one in shown
    ]
    return sorted(profiles, key=lambda one: (-one.statements, one.actor.name, one.actor.id))


def _group_names(actor: Actor) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names: dict[str, list[str]] = defaultdict(list)
    for language, name in dict.fromkeys(actor.names):
        names[language].append(name)
    return tuple((language, tuple(forms)) for language, forms in names.items())


def _find_roles(selection: Selection, actor: Actor) -> tuple[tuple[str | None, str], ...]:
    """What the actor is described as, with the language of a report that says so."""
    languages = {
        role: selection.reports[one.report].language
        for one in selection.statements.values()
        if one.speaker is not None
        for role in one.speaker.descriptions
    }
    return tuple((languages.get(role), role) for role in actor.descriptions)
