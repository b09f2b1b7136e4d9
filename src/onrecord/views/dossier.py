"""A dossier: one self-contained page with a storyline's record, or the whole record's."""

from __future__ import annotations

import sqlite3
from collections import Counter

from jinja2 import PackageLoader

from onrecord import __version__
from onrecord.views.entries import Contents, build_contents
from onrecord.views.fulltexts import build_full_texts
from onrecord.views.profiles import list_profiles
from onrecord.views.selection import Selection, select_record
from onrecord.views.templating import Anchors, make_environment
from onrecord.views.words import join_words, name_language, write_count, write_period

_WHOLE_RECORD = "The record"


def render_dossier(connection: sqlite3.Connection, *, story: str | None = None) -> str:
    """The HTML page of the storyline that a story id names, or of the whole record.

    The page needs nothing from outside and runs no script; the same record gives the same page.
    Raises InputError where the record has no such story.
    """
    selection = select_record(connection, story=story)
    contents = build_contents(selection)
    environment = make_environment(PackageLoader("onrecord.views"), Anchors())
    template = environment.get_template("dossier.html")
    return template.render(
        title=_WHOLE_RECORD if selection.title is None else selection.title,
        summary=_summarise(selection, contents),
        selection=selection,
        contents=contents,
        profiles=list_profiles(selection, contents.entries),
        full_texts=build_full_texts(selection, contents.entries),
        version=__version__,
    )


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
