"""Which reports are linked together: those that are related, over however many steps.

The record keeps the keys and relations of each report that was looked at; what they are, linking
says. A report that is new, changed or superseded is due until its affair is linked again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.decisions import Decision, Member
from onrecord.domain import Name, Report, Statement
from onrecord.record.columns import from_blob, from_columns, from_plain
from onrecord.record.queries import BY_DATE
from onrecord.record.rows import LinkingReport
from onrecord.record.tables import insert_rows


@dataclass(frozen=True, slots=True)
class Sharing:
    """A report that shares keys with another: its date, and the keys."""

    published: str | None
    keys: list[str]


_IN = "IN (SELECT value FROM json_each(?))"


def list_due(connection: sqlite3.Connection) -> list[str]:
    """The reports whose affairs have to be linked again, by id."""
    rows = connection.execute("SELECT report FROM due ORDER BY report").fetchall()
    return [row["report"] for row in rows]


def clear_due(connection: sqlite3.Connection) -> None:
    """Notes that all affairs are linked."""
    connection.execute("DELETE FROM due")


def list_current(connection: sqlite3.Connection, reports: Collection[str]) -> set[str]:
    """Those of the reports that no newer version supersedes."""
    query = f"SELECT id FROM reports WHERE id {_IN} AND superseded_by IS NULL"
    return {row["id"] for row in connection.execute(query, (_pack(reports),)).fetchall()}


def forget_report(connection: sqlite3.Connection, report: str) -> set[str]:
    """Takes a report out of all relations; returns those that it was related to."""
    rows = connection.execute("SELECT other FROM related WHERE one = ?", (report,)).fetchall()
    connection.execute("DELETE FROM report_keys WHERE report = ?", (report,))
    connection.execute("DELETE FROM related WHERE one = :r OR other = :r", {"r": report})
    return {row["other"] for row in rows}


def list_sharing(
    connection: sqlite3.Connection, report: str, keys: Collection[str]
) -> dict[str, Sharing]:
    """The reports that have one of the keys, by id. The report's own are kept for those to come."""
    query = f"""SELECT k.key, k.report, r.published FROM report_keys AS k
        JOIN reports AS r ON r.id = k.report WHERE k.key {_IN} AND k.report <> ?"""
    sharing: dict[str, Sharing] = {}
    for row in connection.execute(query, (_pack(keys), report)).fetchall():
        sharing.setdefault(row["report"], Sharing(row["published"], [])).keys.append(row["key"])
    insert_rows(connection, "report_keys", ({"key": k, "report": report} for k in sorted(keys)))
    return sharing


def relate_reports(connection: sqlite3.Connection, report: str, others: Mapping[str, str]) -> None:
    """Notes how a report is related to others, whichever is asked for."""
    rows = [(report, other, kind) for other, kind in sorted(others.items())]
    connection.executemany(
        "INSERT INTO related (one, other, kind) VALUES (?, ?, ?)",
        [*rows, *((other, one, kind) for one, other, kind in rows)],
    )


def find_affair(
    connection: sqlite3.Connection, report: str, ruled: Mapping[str, Collection[str]]
) -> list[str]:
    """The affair of a report, itself among it, by id; `ruled` are relations that people made."""
    found = {report}
    edge = {report}
    while edge:
        others = {other for one in edge for other in ruled.get(one, ())}
        edge = (_list_related(connection, edge) | others) - found
        found |= edge
    return sorted(found)


def find_decided(
    connection: sqlite3.Connection, decisions: Sequence[Decision]
) -> dict[str, set[str]]:
    """By decision the current reports that it is about; an undo is about those of what it undoes.

    Of whoever statements are given to, one report will do: it has the name.
    """
    statements = {m for d in decisions for m in d.ruling.members if isinstance(m, str)}
    query = f"SELECT id, report FROM statements WHERE id {_IN}"
    rows = connection.execute(query, (_pack(statements),)).fetchall()
    home = {row["id"]: row["report"] for row in rows}

    def place(member: Member) -> str:
        return home.get(member, member) if isinstance(member, str) else member[0]

    about = {d.id: {place(member) for member in d.ruling.members} for d in decisions}
    named = {d.id: {report for report, _ in d.ruling.speaker} for d in decisions}
    current = list_current(connection, set().union(*about.values(), *named.values()))
    found: dict[str, set[str]] = {}
    for decision in decisions:
        one, undone = decision.id, decision.ruling.undoes
        bearer = sorted(named[one] & current)[:1]
        found[one] = found.get(undone, set()) if undone else (about[one] & current).union(bearer)
    return found


def list_undecided(
    connection: sqlite3.Connection, decided: Mapping[str, Collection[str]]
) -> set[str]:
    """The reports of decisions that were made since their affairs were last linked."""
    query = "SELECT id FROM decisions WHERE id NOT IN (SELECT decision FROM effects)"
    rows = connection.execute(query).fetchall()
    return {report for row in rows for report in decided[row["id"]]}


def load_reports(connection: sqlite3.Connection, reports: Collection[str]) -> list[LinkingReport]:
    """Reports with their openings' embeddings, by date and id."""
    query = f"""SELECT r.*, t.vector FROM reports AS r LEFT JOIN taggings AS t ON t.report = r.id
        WHERE r.id {_IN} ORDER BY {BY_DATE}"""
    return [
        LinkingReport(from_columns(Report, row), from_blob(row["vector"]), row["superseded_by"])
        for row in connection.execute(query, (_pack(reports),)).fetchall()
    ]


def load_statements(connection: sqlite3.Connection, reports: Collection[str]) -> list[Statement]:
    """The statements of reports as they were read, with their vectors."""
    query = f"""SELECT s.* FROM statements AS s JOIN reports AS r ON r.id = s.report
        WHERE s.report {_IN} ORDER BY {BY_DATE}, s.start, s.id"""
    return [
        from_columns(Statement, row, vector=from_blob(row["vector"]))
        for row in connection.execute(query, (_pack(reports),)).fetchall()
    ]


def load_names(
    connection: sqlite3.Connection, reports: Collection[str]
) -> dict[str, tuple[Name, ...]]:
    """By report the names that the tagger found in it."""
    query = f"SELECT report, names FROM taggings WHERE report {_IN} ORDER BY report"
    return {
        row["report"]: from_plain(tuple[Name, ...], json.loads(row["names"]))
        for row in connection.execute(query, (_pack(reports),)).fetchall()
    }


def join_storylines(connection: sqlite3.Connection, reports: Collection[str]) -> bool:
    """Gives the stories of reports, and all that relations join to them, their storylines.

    That is the earliest of the stories. Returns whether anything differed.
    """
    query = f"SELECT DISTINCT story FROM story_reports WHERE report {_IN}"
    due = {row["story"] for row in connection.execute(query, (_pack(reports),)).fetchall()}
    before = connection.total_changes
    while due:
        joined = _find_storyline(connection, min(due))
        due -= joined
        query = f"""SELECT s.id FROM stories AS s
            JOIN story_reports AS m ON m.story = s.id AND m.position = 0
            WHERE s.id {_IN} ORDER BY s.first IS NULL, s.first, m.report LIMIT 1"""
        (first,) = connection.execute(query, (_pack(joined),)).fetchone()
        connection.execute(
            f"UPDATE stories SET storyline = ? WHERE storyline <> ? AND id {_IN}",
            (first, first, _pack(joined)),
        )
    return connection.total_changes > before


def _find_storyline(connection: sqlite3.Connection, story: str) -> set[str]:
    """The stories that share a line of their affair, or that relations join."""
    lines = f"SELECT id FROM stories WHERE line IN (SELECT line FROM stories WHERE id {_IN})"
    others = f"""SELECT there.story AS id FROM story_reports AS here
        JOIN related ON related.one = here.report
        JOIN story_reports AS there ON there.report = related.other WHERE here.story {_IN}"""
    found, edge = {story}, {story}
    while edge:
        rows = connection.execute(f"{lines} UNION {others}", (_pack(edge), _pack(edge))).fetchall()
        edge = {row["id"] for row in rows} - found
        found |= edge
    return found


def _list_related(connection: sqlite3.Connection, reports: Collection[str]) -> set[str]:
    query = f"SELECT other FROM related WHERE kind = 'affair' AND one {_IN}"
    return {row["other"] for row in connection.execute(query, (_pack(reports),)).fetchall()}


def _pack(ids: Iterable[str]) -> str:
    return json.dumps(sorted(ids))
