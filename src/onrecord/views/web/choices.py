"""What a form offers to choose from: the likeliest first, never the whole record."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterable, Iterator

from onrecord.domain import Actor, Story, Utterance
from onrecord.record import lookups, queries
from onrecord.record.search import search_actors
from onrecord.views.web.frame import Choice
from onrecord.views.words import write_date, write_period

MOST = 60
_WIDTH = 70


def offer_utterances(connection: sqlite3.Connection, utterance: Utterance) -> list[Choice]:
    """What may be the same as an utterance, then what its speaker said, then its story."""
    ids = [other for other, _ in utterance.possible]
    ids += lookups.utterances_nearby(connection, [utterance.id])
    if utterance.speaker is not None:
        ids += lookups.utterances_by_actor(connection, utterance.speaker, limit=MOST)
    if utterance.story is not None:
        ids += lookups.utterances_of_story(connection, utterance.story)
    return list(_label_utterances(connection, _choose(ids, utterance.id)))


def offer_actors(
    connection: sqlite3.Connection, reports: Iterable[str], *, like: Actor | None = None
) -> list[Choice]:
    """The actors that share a word of a name with one, then those whom the reports name."""
    ids = []
    if like is not None:
        for word in dict.fromkeys(word for _, name in like.names for word in name.split()):
            ids += [hit.id for hit in search_actors(connection, word, limit=10)]
    ids += lookups.actors_beside(connection, list(reports))
    found = (lookups.get_actor(connection, one) for one in _choose(ids, like.id if like else ""))
    return [Choice(one.id, _label_actor(one)) for one in found if one is not None]


def offer_stories(connection: sqlite3.Connection, story: Story) -> list[Choice]:
    """The other stories of a storyline, then the latest."""
    ids = lookups.stories_beside(connection, story)
    ids += [one.id for one in lookups.latest_stories(connection, limit=MOST)]
    found = (lookups.get_story(connection, one) for one in _choose(ids, story.id))
    return [Choice(one.id, _label_story(one)) for one in found if one is not None]


def _choose(ids: Iterable[str], but: str) -> list[str]:
    return [one for one in dict.fromkeys(ids) if one != but][:MOST]


def _label_utterances(connection: sqlite3.Connection, ids: Iterable[str]) -> Iterator[Choice]:
    for one in ids:
        utterance = queries.get_utterance(connection, one)
        best = None if utterance is None else queries.get_statement(connection, utterance.best)
        if utterance is None or best is None:
            continue
        actor = lookups.get_actor(connection, utterance.speaker or "")
        who = "speaker not known" if actor is None else actor.name
        when = "" if utterance.said_on is None else f", {write_date(utterance.said_on)}"
        words = textwrap.shorten(best.content.text, _WIDTH, placeholder=" …")
        yield Choice(one, f"“{words}” {who}{when}")


def _label_actor(actor: Actor) -> str:
    role = f", {actor.descriptions[0]}" if actor.descriptions else f" ({actor.type})"
    return textwrap.shorten(actor.name + role, _WIDTH, placeholder=" …")


def _label_story(story: Story) -> str:
    when = write_period([story.first, story.last])
    return story.title if when is None else f"{story.title}, {when}"
