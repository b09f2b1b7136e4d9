"""Lines that belong to the page around a report and not to the report."""

from __future__ import annotations

import re

from onrecord.intake.lines import Line
from onrecord.intake.phrases import load_phrases, normalise_line

_STARTS = 160  # how long a line that begins like furniture may be
_CONTAINS = 250  # how long a line with furniture in it may be: two sentences on cookies
_BETWEEN = re.compile(r"\s(?:[|»›·•>→/]|::)\s|\s{2,}|\t")
_LINK = re.compile(r"(?:https?://|www\.)\S+|[@#][\w-]+|[\w.+-]+@[\w-]+\.[\w.]+")
_COPYRIGHT = re.compile(
    r"\W{0,2}©|(?:\(c\)|copyright)\W{0,3}(?:copyright\W{0,3})?(?:19|20)\d\d", re.IGNORECASE
)


def is_furniture(line: Line) -> bool:
    """Whether a line's words show it to be furniture, wherever it stands.

    Known phrases of any language, copyright lines, links and hashtags alone.
    """
    phrases = load_phrases()
    words = normalise_line(line.text)
    if words in phrases.furniture or words in phrases.sections or words in phrases.ends:
        return line.mark != "?"
    if len(line.text) <= _STARTS and phrases.furniture_start.match(line.text):
        return True
    if len(line.text) <= _CONTAINS and (
        phrases.furniture_part.search(line.text) or _COPYRIGHT.match(line.text)
    ):
        return True
    return not any(character.isalnum() for character in _LINK.sub("", line.text))


def is_row(line: Line) -> bool:
    """Whether a line is short pieces side by side: "Home | World | Sport"."""
    pieces = [piece for piece in _BETWEEN.split(line.text) if piece]
    words = [len(piece.split()) for piece in pieces]
    return len(pieces) >= 2 and not line.ends and max(words) <= (3 if len(pieces) == 2 else 5)


def is_listed(line: str) -> bool:
    """Whether a line, or one of the pieces that it sets side by side, is a known phrase."""
    phrases = load_phrases()
    known = phrases.furniture | phrases.sections | phrases.ends
    words = [normalise_line(piece) for piece in _BETWEEN.split(line) if piece]
    return any(word in known for word in words) or bool(phrases.furniture_part.search(line))
