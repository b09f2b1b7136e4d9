"""The addresses of pages and rows, and the things that they name."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping

from werkzeug.routing import Map, Rule

from onrecord.record import lookups, queries
from onrecord.record.decisions import list_decisions
from onrecord.serving.asking import name_noun
from onrecord.views.addresses import Noun, find_group, find_id, list_groups
from onrecord.views.columns import EXPORTS

_LISTS = ", ".join(EXPORTS)
_PLACES = "any(stories, utterances, actors, statements, reports, decisions)"

ROUTES = Map(
    [
        Rule("/", endpoint="front", methods=["GET"]),
        Rule("/actors", endpoint="actors", methods=["GET"]),
        Rule("/decisions", endpoint="decisions", methods=["GET"]),
        Rule("/search", endpoint="search", methods=["GET"]),
        Rule("/check", endpoint="check", methods=["GET"]),
        Rule("/signs", endpoint="signs", methods=["GET"]),
        Rule("/static/pages.css", endpoint="style", methods=["GET"]),
        Rule(f"/<{_PLACES}:folder>/<one>", endpoint="thing", methods=["GET"]),
        Rule(
            "/<any(stories, utterances, actors):folder>/<one>/<any(merge, split):action>",
            endpoint="decide",
            methods=["POST"],
        ),
        Rule(
            "/<any(statements):folder>/<one>/<any(speaker):action>",
            endpoint="decide",
            methods=["POST"],
        ),
        Rule(
            "/<any(decisions):folder>/<one>/<any(undo):action>",
            endpoint="decide",
            methods=["POST"],
        ),
        Rule("/api", endpoint="api", methods=["GET"]),
        Rule("/api/check", endpoint="api_check", methods=["GET"]),
        Rule("/api/decisions", endpoint="api_decide", methods=["POST"]),
        Rule(f"/api/<any({_LISTS}):what>", endpoint="api_rows", methods=["GET"]),
        Rule(
            f"/api/<any({_LISTS.replace('answers, ', '')}):what>/<one>",
            endpoint="api_row",
            methods=["GET"],
        ),
    ],
    strict_slashes=False,
)

_GETTERS: Mapping[str, Callable[[sqlite3.Connection, str], object]] = {
    "stories": lookups.get_story,
    "utterances": queries.get_utterance,
    "actors": lookups.get_actor,
    "statements": queries.get_statement,
    "reports": queries.get_report,
}
_GROUPED: Mapping[str, Noun] = {"stories": "story", "utterances": "utterance", "actors": "actor"}


def find_thing(connection: sqlite3.Connection, folder: str, one: str) -> str:
    """The id of the thing at an address: that id, or the one whose former id or beginning it is.

    Raises InputError where there is none such, or more than one.
    """
    if folder in _GETTERS and _GETTERS[folder](connection, one) is not None:
        return one
    if folder in _GROUPED:
        noun = _GROUPED[folder]
        return find_group(list_groups(connection, noun), one, noun=noun).id
    ids = {
        "statements": lambda: [s.id for s in queries.list_statements(connection)],
        "reports": lambda: [r.id for r in queries.list_reports(connection)],
        "decisions": lambda: [d.id for d in list_decisions(connection)],
    }
    return find_id(ids[folder](), one, noun=name_noun(folder))
