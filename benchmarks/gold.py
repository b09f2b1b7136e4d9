"""How far a record agrees with a gold record written by hand.

A gold statement counts as found where a statement of the same report shares at least half of its
words (intersection over union of characters that are letters or digits).
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.domain import Span, Statement
from onrecord.edtf import overlaps
from onrecord.linking.names import match_family, match_given, match_words, split_name
from onrecord.record import queries, state

LEAST_OVERLAP = 0.5
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The rows of a gold file by kind."""

    rows: Mapping[str, tuple[Row, ...]]

    @classmethod
    def read(cls, path: Path) -> Gold:
        """Reads a gold file."""
        found: dict[str, list[Row]] = defaultdict(list)
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["gold"]].append(row)
        return cls({kind: tuple(rows) for kind, rows in found.items()})


@dataclass(frozen=True, slots=True)
class Match:
    """A gold statement with the statement that was found for it."""

    gold: Row
    found: Statement


def score_record(connection: sqlite3.Connection, gold: Gold) -> dict[str, float]:
    """Shares from 0 to 1, and counts of what must not happen.

    `statements` recall and `extra` (statements that no gold row has); of those found: `speakers`,
    `kinds`, `dates` (of those that gold dates), `renderings`; `utterances` and `stories` BCubed F1;
    `apart` wrong merges; `answers` F1 over pairs of utterances; `wrong_dates`.
    """
    matches = match_statements(connection, gold)
    found_reports = {r.path: r for r in queries.list_reports(connection)}
    utterance_of = {s: u.id for u in queries.list_utterances(connection) for s in u.statements}
    dated = [m for m in matches if m.gold["said_on"] is not None]
    return {
        "statements": len(matches) / len(gold.rows["statement"]),
        "extra": state.count_all(connection).statements - len(matches),
        "speakers": _share(same_speaker(m) for m in matches),
        "kinds": _share(m.found.kind == m.gold["kind"] for m in matches),
        "dates": _share(_same_date(m) for m in dated),
        "wrong_dates": sum(m.found.said_on is not None and not _same_date(m) for m in dated),
        "renderings": _score_renderings(connection, matches),
        "utterances": score_clusters(
            [m.gold["utterance"] for m in matches], [utterance_of[m.found.id] for m in matches]
        ),
        "apart": _count_merged(gold, matches, utterance_of),
        "stories": _score_stories(connection, gold, found_reports),
        "answers": _score_answers(connection, gold, matches, utterance_of),
    }


def match_statements(connection: sqlite3.Connection, gold: Gold) -> list[Match]:
    """Each gold statement with the likest statement of its report, one to one."""
    reports = queries.list_reports(connection)
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for statement in queries.list_statements(connection):
        by_report[statement.report].append(statement)
    matches = []
    for report in reports:
        rows = [r for r in gold.rows["statement"] if report.path.endswith(r["report"])]
        pairs = sorted(
            (
                (-_overlap(report.text, find_spans(report.text, row["content"]), s), i, j)
                for i, row in enumerate(rows)
                for j, s in enumerate(by_report[report.id])
            ),
        )
        used_rows: set[int] = set()
        used: set[int] = set()
        for score, i, j in pairs:
            if -score >= LEAST_OVERLAP and i not in used_rows and j not in used:
                used_rows.add(i)
                used.add(j)
                matches.append(Match(rows[i], by_report[report.id][j]))
    return matches


def find_spans(text: str, fragments: Sequence[str]) -> list[Span]:
    """Where the fragments stand in the text, each after the one before if it can."""
    spans = []
    at = 0
    for fragment in fragments:
        start = text.find(fragment, at)
        start = start if start >= 0 else text.find(fragment)
        if start >= 0:
            spans.append((start, start + len(fragment)))
            at = start + len(fragment)
    return spans


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def _overlap(text: str, spans: Sequence[Span], statement: Statement) -> float:
    gold, found = _letters(text, spans), _letters(text, statement.content.spans)
    return len(gold & found) / len(gold | found) if gold | found else 0.0


def same_speaker(match: Match) -> bool:
    """Whether the speaker is the one of gold, in any spelling; both unknown counts."""
    wanted, found = match.gold["speaker"], match.found.speaker
    if wanted is None or found is None:
        return wanted is None and found is None
    one, other = split_name(wanted), split_name(found.name)
    person = match_family(one, other) and match_given(one, other) is not False
    return person or match_words(wanted, found.name)


def _same_date(match: Match) -> bool:
    found = match.found.said_on
    return found is not None and overlaps(found, match.gold["said_on"])


def _score_renderings(connection: sqlite3.Connection, matches: Sequence[Match]) -> float:
    kinds = {r.statement: r.kind for u in queries.list_utterances(connection) for r in u.renderings}
    return _share(kinds.get(m.found.id) == m.gold["rendering"] for m in matches)


def _share(results: Iterable[bool]) -> float:
    found = list(results)
    return sum(found) / len(found) if found else 0.0


def score_clusters(gold: Sequence[str], found: Sequence[str]) -> float:
    """BCubed F1 (Bagga and Baldwin 1998) of two labellings of the same things."""
    if not gold:
        return 0.0
    both = Counter(zip(gold, found, strict=True))
    in_gold, in_found = Counter(gold), Counter(found)
    pairs = list(zip(gold, found, strict=True))
    precision = sum(both[p] / in_found[p[1]] for p in pairs) / len(pairs)
    recall = sum(both[p] / in_gold[p[0]] for p in pairs) / len(pairs)
    return 2 * precision * recall / (precision + recall)


def _count_merged(gold: Gold, matches: Sequence[Match], utterance_of: Mapping[str, str]) -> float:
    found: dict[str, set[str]] = defaultdict(set)
    for match in matches:
        found[match.gold["utterance"]].add(utterance_of[match.found.id])
    return sum(
        bool(found[one] & found[other])
        for row in gold.rows["apart"]
        for one, other in combinations(row["utterances"], 2)
    )


def _score_stories(connection: sqlite3.Connection, gold: Gold, reports: Mapping[str, Any]) -> float:
    story_of = {r: s.id for s in queries.list_stories(connection) for r in s.reports}
    labels = [
        (row["story"], story_of[report.id])
        for row in gold.rows["report"]
        for path, report in reports.items()
        if path.endswith(row["path"])
    ]
    return score_clusters([one for one, _ in labels], [other for _, other in labels])


def _score_answers(
    connection: sqlite3.Connection,
    gold: Gold,
    matches: Sequence[Match],
    utterance_of: Mapping[str, str],
) -> float:
    """F1 over (answering utterance, answered utterance or None), in gold's names for them."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for match in matches:
        names[utterance_of[match.found.id]][match.gold["utterance"]] += 1

    def name(utterance: str | None) -> str | None:
        known = names.get(utterance or "")
        return known.most_common(1)[0][0] if known else utterance

    wanted = {(row["from"], row["to"]) for row in gold.rows["answer"]}
    found = {(name(a.utterance), name(a.to)) for a in queries.list_answers(connection)}
    right = len(wanted & found)
    return 2 * right / (len(wanted) + len(found)) if wanted or found else 0.0
