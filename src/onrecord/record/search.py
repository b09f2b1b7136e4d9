"""Finding words in the record: full text over reports, statements and names, and near copies.

Typed text is never read as a query language: it becomes quoted words that must all occur, in
any order, and quoted phrases. Case and diacritics don't matter.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from onrecord.domain import Vector

_PHRASE_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
_UNSEARCHABLE = re.compile("[\0\ud800-\udfff]")

# FTS5 takes so many terms in one expression without running out of depth, with room to spare;
# nobody types more, and a pasted text is found by its first words.
_MOST_TERMS = 64
_NO_TERM = '""'

# A shingle is a run of whole words of at least this many characters: rare enough to be found in
# few statements, short enough that one changed word spares most of the others.
_SHINGLE = 12
_FEW_SHINGLES = 16  # each costs milliseconds in a large record
_MOST_SHINGLES = 48
_CHARACTERS_PER_SHINGLE = 120  # in a long text, whose stretches are to be found too
_SHORTEST = 3  # the trigram index can't find less
_BATCH = 4096  # vectors compared at a time: some megabytes


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its id, a score (higher is better) and the words around the match."""

    id: str
    score: float
    excerpt: str


def build_match(text: str) -> str:
    """The FTS5 query for what somebody typed: words and quoted phrases, all of which must occur.

    Valid for any text; one without a letter or digit gives a query that finds nothing. Of a long
    text the first 64 terms count.
    """
    typed = _UNSEARCHABLE.sub(" ", text).translate(_PHRASE_MARKS)
    terms = [phrase or word for phrase, word in _PHRASE_OR_WORD.findall(typed)]
    quoted = [f'"{term}"' for term in terms if _WORD.search(term)]
    return " ".join(quoted[:_MOST_TERMS]) or _NO_TERM


def build_near_match(text: str) -> str:
    """The FTS5 query for statements that share runs of words with `text`, letter by letter."""
    shingles = list(dict.fromkeys(_cut_shingles(_UNSEARCHABLE.sub(" ", text))))
    wanted = min(_MOST_SHINGLES, max(_FEW_SHINGLES, len(text) // _CHARACTERS_PER_SHINGLE))
    step = -(-len(shingles) // wanted) or 1
    quoted = ['"' + shingle.replace('"', '""') + '"' for shingle in shingles[::step]]
    return " OR ".join(quoted) or _NO_TERM


def search_statements(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """The statements whose content holds what was typed, best first."""
    query = """SELECT statements.id, -bm25(statement_search) AS score,
            snippet(statement_search, 0, '', '', ' … ', 24) AS excerpt
        FROM statement_search JOIN statements ON statements.number = statement_search.rowid
        WHERE statement_search MATCH ? ORDER BY score DESC, statements.id LIMIT ?"""
    return _find(connection, query, build_match(text), limit)


def search_reports(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """The reports whose title or text holds what was typed, best first; the title counts more."""
    query = """SELECT reports.id, -bm25(report_search, 4.0, 1.0) AS score,
            snippet(report_search, -1, '', '', ' … ', 24) AS excerpt
        FROM report_search JOIN reports ON reports.number = report_search.rowid
        WHERE report_search MATCH ? ORDER BY score DESC, reports.id LIMIT ?"""
    return _find(connection, query, build_match(text), limit)


def search_actors(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """The actors with a name that holds what was typed, each once, with the name that fits best."""
    query = """SELECT actor_names.actor AS id, -bm25(actor_search) AS score,
            actor_names.name AS excerpt
        FROM actor_search JOIN actor_names ON actor_names.number = actor_search.rowid
        WHERE actor_search MATCH ? ORDER BY score DESC, id, actor_names.position LIMIT ?"""
    best: dict[str, Hit] = {}
    for hit in _find(connection, query, build_match(text), -1):
        best.setdefault(hit.id, hit)
    return list(best.values())[:limit]


def find_near_copies(connection: sqlite3.Connection, text: str, *, limit: int = 50) -> list[Hit]:
    """The statements that share runs of words with `text`, best first: candidates, not verdicts.

    Finds a wording in spite of words left out, added or changed, since other runs remain.
    """
    query = """SELECT statements.id, -bm25(statement_trigrams) AS score, statements.words AS excerpt
        FROM statement_trigrams JOIN statements ON statements.number = statement_trigrams.rowid
        WHERE statement_trigrams MATCH ? ORDER BY score DESC, statements.id LIMIT ?"""
    return _find(connection, query, build_near_match(text), limit)


def find_alike(
    connection: sqlite3.Connection,
    vector: Vector,
    *,
    mean_of: Callable[[str], Vector],
    limit: int = 50,
) -> list[Hit]:
    """The statements with the highest cosine to `vector`, best first; reads all of their vectors.

    `mean_of` gives the mean vector of a language, which is taken from its statements' first;
    `vector` is already less its own. Statements without a vector aren't found.
    """
    query = """SELECT s.id, s.words, s.vector, r.language
        FROM statements AS s JOIN reports AS r ON r.id = s.report
        WHERE s.vector IS NOT NULL ORDER BY s.id"""
    cursor = connection.execute(query)
    best: list[Hit] = []
    while rows := cursor.fetchmany(_BATCH):
        hits = [
            Hit(row["id"], score, row["words"])
            for row, score in zip(rows, _compare_vectors(rows, vector, mean_of), strict=True)
        ]
        best = sorted([*best, *hits], key=lambda hit: (-hit.score, hit.id))[:limit]
    return best


def find_candidates(
    connection: sqlite3.Connection,
    text: str,
    vector: Vector,
    *,
    mean_of: Callable[[str], Vector],
    limit: int = 50,
) -> list[str]:
    """The ids of all statements to hold a quotation against: near copies, those that have all its
    words and those alike in meaning (`limit` of each), and the others of their utterances.
    """
    found = [
        *find_near_copies(connection, text, limit=limit),
        *search_statements(connection, text, limit=limit),
        *find_alike(connection, vector, mean_of=mean_of, limit=limit),
    ]
    return _add_companions(connection, dict.fromkeys(hit.id for hit in found))


def _compare_vectors(
    rows: list[sqlite3.Row], vector: Vector, mean_of: Callable[[str], Vector]
) -> list[float]:
    by_language: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_language[row["language"]].append(place)
    scores = np.zeros(len(rows), np.float32)
    for language, places in by_language.items():
        matrix = np.stack([np.frombuffer(rows[place]["vector"], "<f4") for place in places])
        apart = matrix - mean_of(language)
        lengths = np.maximum(np.linalg.norm(apart, axis=1), 1e-9)
        scores[places] = (apart @ vector) / lengths
    return [float(score) for score in scores]


def _add_companions(connection: sqlite3.Connection, statements: Iterable[str]) -> list[str]:
    known = list(statements)
    query = """SELECT DISTINCT other.statement FROM utterance_statements AS member
        JOIN utterance_statements AS other ON other.utterance = member.utterance
        WHERE member.statement IN (SELECT value FROM json_each(?)) ORDER BY other.statement"""
    rows = connection.execute(query, (json.dumps(known),)).fetchall()
    return list(dict.fromkeys([*known, *(row["statement"] for row in rows)]))


def _find(connection: sqlite3.Connection, query: str, match: str, limit: int) -> list[Hit]:
    rows = connection.execute(query, (match, limit)).fetchall()
    return [Hit(row["id"], row["score"], row["excerpt"]) for row in rows]


def _cut_shingles(text: str) -> list[str]:
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return []
    shingles = []
    last = 0
    for start, _ in words:
        while last < len(words) and words[last][1] - start < _SHINGLE:
            last += 1
        if last == len(words):
            break
        shingles.append(text[start : words[last][1]])
    whole = text[words[0][0] : words[-1][1]]
    if not shingles and len(whole) >= _SHORTEST:
        return [whole]
    return shingles
