"""What a page needs of the record: single things by id, and the ids of what belongs with them.

Each function but the counts reads a few rows by an index, however large the record is. Newest
first means by the last date, those without one last.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from onrecord.domain import Actor, Answer, Copy, Rendering, Story
from onrecord.record import queries
from onrecord.record.columns import from_columns
from onrecord.record.queries import by_extent


@dataclass(frozen=True, slots=True)
class Totals:
    """How much there is; `languages` are those of the reports, the commonest first."""

    reports: int
    statements: int
    utterances: int
    decisions: int
    languages: tuple[str, ...]


def count_things(connection: sqlite3.Connection) -> Totals:
    """The counts that cost little, however large the record is."""
    tables = ("reports", "statements", "utterances", "decisions")
    counts = {
        table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
    }
    query = "SELECT language FROM reports GROUP BY language ORDER BY count(*) DESC, language"
    return Totals(**counts, languages=tuple(_list_ids(connection, query, ())))


def get_actor(connection: sqlite3.Connection, actor: str) -> Actor | None:
    """The actor of that id."""
    return next(iter(queries.list_actors(connection, actors=[actor])), None)


def get_story(connection: sqlite3.Connection, story: str) -> Story | None:
    """The story of that id."""
    row = connection.execute("SELECT * FROM stories WHERE id = ?", (story,)).fetchone()
    if row is None:
        return None
    reports = connection.execute(
        "SELECT report FROM story_reports WHERE story = ? ORDER BY position", (story,)
    ).fetchall()
    return from_columns(Story, row, reports=tuple(one["report"] for one in reports))


def latest_stories(connection: sqlite3.Connection, *, limit: int, offset: int = 0) -> list[Story]:
    """The stories newest first."""
    query = """SELECT id FROM stories ORDER BY coalesce(last, first) IS NULL,
        coalesce(last, first) DESC, id LIMIT ? OFFSET ?"""
    found = (get_story(connection, one) for one in _list_ids(connection, query, (limit, offset)))
    return [one for one in found if one is not None]


def stories_beside(connection: sqlite3.Connection, story: Story) -> list[str]:
    """The ids of the other stories of its storyline, by their dates."""
    query = "SELECT id FROM stories WHERE storyline = ? AND id <> ? ORDER BY first IS NULL, first"
    return _list_ids(connection, query, (story.storyline, story.id))


def story_of_report(connection: sqlite3.Connection, report: str) -> str | None:
    """The id of the report's story."""
    query = "SELECT story FROM story_reports WHERE report = ? ORDER BY story"
    return next(iter(_list_ids(connection, query, (report,))), None)


def most_heard_actors(
    connection: sqlite3.Connection, *, limit: int, offset: int = 0
) -> list[tuple[str, int]]:
    """Ids of actors with the number of their utterances, those with most first, then by name."""
    query = """SELECT a.id, count(u.id) AS said FROM actors AS a
        LEFT JOIN utterances AS u ON u.speaker = a.id
        GROUP BY a.id ORDER BY said DESC, a.name, a.id LIMIT ? OFFSET ?"""
    rows = connection.execute(query, (limit, offset)).fetchall()
    return [(row["id"], row["said"]) for row in rows]


def utterances_of_story(connection: sqlite3.Connection, story: str) -> list[str]:
    """Ids of the utterances that belong to a story or that one of its reports carries."""
    query = """SELECT id FROM utterances WHERE story = :story
        UNION
        SELECT member.utterance FROM story_reports AS r
        JOIN statements AS s ON s.report = r.report
        JOIN utterance_statements AS member ON member.statement = s.id
        WHERE r.story = :story ORDER BY 1"""
    return _list_ids(connection, query, {"story": story})


def utterances_by_actor(
    connection: sqlite3.Connection, actor: str, *, limit: int, offset: int = 0
) -> list[str]:
    """Ids of the utterances of an actor, newest first; an undated one by its report's date."""
    query = """SELECT u.id FROM utterances AS u JOIN statements AS s ON s.id = u.best
        JOIN reports AS r ON r.id = s.report WHERE u.speaker = ?
        ORDER BY coalesce(u.said_on, r.published) IS NULL, coalesce(u.said_on, r.published) DESC,
            u.id LIMIT ? OFFSET ?"""
    return _list_ids(connection, query, (actor, limit, offset))


def utterances_of_report(connection: sqlite3.Connection, report: str) -> list[str]:
    """Ids of the utterances that a report carries, in the order of its text."""
    query = """SELECT member.utterance FROM statements AS s
        JOIN utterance_statements AS member ON member.statement = s.id
        WHERE s.report = ? GROUP BY member.utterance ORDER BY min(s.start), member.utterance"""
    return _list_ids(connection, query, (report,))


def utterances_of_statement(connection: sqlite3.Connection, statement: str) -> list[str]:
    """Ids of the utterances that a statement renders."""
    query = "SELECT utterance FROM utterance_statements WHERE statement = ? ORDER BY utterance"
    return _list_ids(connection, query, (statement,))


def renderings_of_statement(connection: sqlite3.Connection, statement: str) -> list[Rendering]:
    """The renderings of a statement, first the one that takes up most of it, then by utterance."""
    rows = connection.execute("SELECT * FROM renderings WHERE statement = ?", (statement,))
    return sorted((from_columns(Rendering, row) for row in rows.fetchall()), key=by_extent)


def utterances_nearby(connection: sqlite3.Connection, utterances: Collection[str]) -> list[str]:
    """Ids of what these utterances answer, repeat or may be the same as, and the other way."""
    query = """WITH wanted AS (SELECT value AS id FROM json_each(?))
        SELECT repeats FROM utterances WHERE id IN wanted AND repeats IS NOT NULL
        UNION SELECT id FROM utterances WHERE repeats IN wanted
        UNION SELECT other FROM possible WHERE utterance IN wanted
        UNION SELECT utterance FROM possible WHERE other IN wanted
        UNION SELECT "to" FROM answers WHERE utterance IN wanted AND "to" IS NOT NULL
        UNION SELECT utterance FROM answers WHERE "to" IN wanted
        ORDER BY 1"""
    found = _list_ids(connection, query, (json.dumps(list(utterances)),))
    return [one for one in found if one not in utterances]


def answers_among(connection: sqlite3.Connection, utterances: Collection[str]) -> list[Answer]:
    """The answers that these utterances give or are given."""
    query = """SELECT a.* FROM answers AS a JOIN statements AS s ON s.id = a.statement
        WHERE a.utterance IN (SELECT value FROM json_each(:ids))
            OR a."to" IN (SELECT value FROM json_each(:ids))
        ORDER BY s.report, s.start, s.id, a.digest"""
    rows = connection.execute(query, {"ids": json.dumps(list(utterances))}).fetchall()
    return [from_columns(Answer, row) for row in rows]


def actors_beside(connection: sqlite3.Connection, reports: Collection[str]) -> list[str]:
    """Ids of the actors whom these reports name, by name."""
    query = """SELECT DISTINCT a.id, a.name FROM actor_mentions AS m
        JOIN actors AS a ON a.id = m.actor
        WHERE m.report IN (SELECT value FROM json_each(?)) ORDER BY a.name, a.id"""
    return _list_ids(connection, query, (json.dumps(list(reports)),))


def get_copy(connection: sqlite3.Connection, report: str) -> Copy | None:
    """What is known of the origin of a report's text, where others have it too."""
    row = connection.execute("SELECT * FROM copies WHERE report = ?", (report,)).fetchone()
    return None if row is None else from_columns(Copy, row)


def count_statements_by(connection: sqlite3.Connection, actor: str) -> int:
    """How many statements an actor is the speaker of."""
    query = "SELECT count(DISTINCT statement) FROM statement_speakers WHERE actor = ?"
    (count,) = connection.execute(query, (actor,)).fetchone()
    return int(count)


def _list_ids(
    connection: sqlite3.Connection, query: str, values: tuple[object, ...] | dict[str, str]
) -> list[str]:
    return [row[0] for row in connection.execute(query, values).fetchall()]
