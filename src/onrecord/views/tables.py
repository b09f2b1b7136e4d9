"""Plain-text tables for people: as wide as the terminal, without colour or control characters.

Widths are those of a terminal with a fixed-width font: East Asian wide characters take two
columns (Unicode Standard Annex 11), combining and invisible ones none.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from onrecord.views.columns import Export, Row, pick_value

GAP = "  "
NARROWEST = 2  # one wide character
_INVISIBLE = ("Mn", "Me", "Cf")
_CONTROL = ("Cc", "Cs", "Zl", "Zp")
# Characters that turn the direction of what follows would rearrange the rest of the line.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")

TABLES: Mapping[Export, Mapping[str, str]] = {
    "statements": {
        "when": "said_on", "who": "speaker.name", "said": "content.text",
        "report": "report.path", "statement": "id",
    },
    "reports": {
        "published": "published", "outlet": "outlet", "language": "language", "title": "title",
        "report": "id",
    },
    "stories": {
        "from": "first", "to": "last", "title": "title", "languages": "languages", "story": "id",
    },
    "utterances": {"when": "said_on", "who": "speaker", "said": "best", "utterance": "id"},
    "actors": {"name": "name", "type": "type", "known as": "descriptions", "actor": "id"},
    "answers": {"utterance": "from", "answers": "to", "of": "to_actor", "because": "basis.text"},
    "decisions": {
        "who": "who", "decided": "what", "why": "why", "the machine": "machine.text",
        "state": "state", "decision": "id",
    },
}  # fmt: skip
"""What a table for people shows: headings, and dotted paths into a row of the export."""


def draw_rows(
    rows: Iterable[Row], *, what: Export, labels: Mapping[str, str] | None = None, width: int = 80
) -> str:
    """A table of exported rows. An id that `labels` has (an actor's name, a statement's words) is
    shown as that, but for the row's own, by which other commands find it.
    """
    columns = TABLES[what]
    known = labels or {}
    cells = [
        [_label(pick_value(row, path), {} if path == "id" else known) for path in columns.values()]
        for row in rows
    ]
    return draw_table(list(columns), cells, width=width)


def draw_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, width: int = 80) -> str:
    """Headings, a line and the rows, each ended by a line feed; long cells are wrapped.

    No line is wider than `width`, as long as there is room for two columns of text and a gap of
    two for each heading. Nothing is left out. Control characters are shown as spaces.
    """
    table = [[clean_cell(cell) for cell in row] for row in [headings, *rows]]
    natural = [max(NARROWEST, *map(measure_width, column)) for column in zip(*table, strict=True)]
    widths = _fit_widths(natural, width - len(GAP) * (len(headings) - 1))
    heading, *body = table
    lines = _draw_row(heading, widths)
    lines.append(GAP.join("-" * one for one in widths))
    for row in body:
        lines += _draw_row(row, widths)
    return "".join(f"{line}\n" for line in lines)


def clean_cell(text: str) -> str:
    """The text on one line, with nothing in it that a terminal would obey."""
    shown = (" " if unicodedata.category(c) in _CONTROL else c for c in text if c not in _TURNING)
    return " ".join("".join(shown).split())


def measure_width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(map(_char_width, text))


def wrap_cell(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns (two at least), an empty one for no text.

    Lines end at spaces and between wide characters; only words that are longer than a line are
    cut, never between a letter and its combining marks.
    """
    lines: list[str] = []
    line = ""
    for piece in _split_pieces(text, width):
        if measure_width(line) + measure_width(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _label(value: Any, labels: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(_label(one, labels) for one in value)
    return labels.get(str(value), str(value))


def _char_width(char: str) -> int:
    if char.isascii():
        return 1
    # The second and third parts of a Hangul syllable are drawn into its first.
    if unicodedata.category(char) in _INVISIBLE or "\u1160" <= char <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _split_pieces(text: str, width: int) -> list[str]:
    """Pieces that a line may end after: words with their space, wide characters, parts of words."""
    pieces: list[str] = []
    word = ""
    for cluster in _split_clusters(text):
        wide = measure_width(cluster) > 1
        if word and (wide or measure_width(word + cluster.rstrip()) > width):
            pieces.append(word)
            word = ""
        word += cluster
        if wide or cluster.isspace():
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces


def _split_clusters(text: str) -> list[str]:
    clusters: list[str] = []
    for char in text:
        if clusters and _char_width(char) == 0:
            clusters[-1] += char
        else:
            clusters.append(char)
    return clusters


def _fit_widths(natural: Sequence[int], room: int) -> list[int]:
    """Widths that fit: the widest columns are made narrower until all have their place."""
    widths = list(natural)
    while sum(widths) > room and max(widths) > NARROWEST:
        widest = max(widths)
        places = [place for place, one in enumerate(widths) if one == widest]
        lower = max([NARROWEST, *(one for one in widths if one < widest)])
        excess = sum(widths) - room
        cut = min(widest - lower, max(1, excess // len(places)))
        for place in places[-excess:] if cut == 1 else places:
            widths[place] -= cut
    return widths


def _draw_row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    cells = [wrap_cell(cell, width) for cell, width in zip(row, widths, strict=True)]
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = [
            part + " " * (width - measure_width(part))
            for part, width in zip(parts, widths, strict=True)
        ]
        lines.append(GAP.join(padded).rstrip())
    return lines
