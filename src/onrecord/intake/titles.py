"""Which line of a report is its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.domain import ZoneKind
from onrecord.intake.lines import Line
from onrecord.intake.phrases import has_masthead_word, load_phrases, normalise_line

_HEAD = 100  # lines; a page has no longer menus over its title
_MENU = 4  # so many short lines in a row are a menu
_STEM = 5  # letters by which a title's word is known again in the body, whatever its ending
_SHORTEST_WORD = 4  # letters; shorter ones are mostly articles and prepositions
_MARGIN = 1.0  # a subtitle below shares as much with the body: the earlier line wins by this much


def find_title(
    lines: Sequence[Line], kinds: Sequence[ZoneKind | None], *, body: int, title: str | None = None
) -> int | None:
    """The index of the title among `lines`, or None where the report prints none.

    A `title` that is known already is looked up. Else the lines above the body (its first line is
    `body`) compete that look like headlines: by the share of their words that the body takes up
    again, which mastheads, mottos and menus don't have, by length, and by standing first in a
    block of lines.
    """
    if title is not None:
        return _find_given(lines, title)
    last = max((index for index, kind in enumerate(kinds) if kind is None), default=0)
    candidates = [
        index
        for index, line in enumerate(lines[: min(body + 1, last, _HEAD)])
        if kinds[index] is None and line.headline and not _in_menu(lines, kinds, index)
    ]
    if not candidates:
        return None
    stems = {stem for line in lines if line.prose for stem in _list_stems(line.text)}
    scores = {index: _score(lines, index, stems) for index in candidates}
    best = max(scores.values())
    return next(index for index in candidates if scores[index] >= best - _MARGIN)


def is_masthead(lines: Sequence[Line], index: int) -> bool:
    """Whether a line reads as the name of a newspaper, or comes again in a credit or imprint."""
    line = lines[index]
    if line.words > 5 or line.ends:
        return False
    if has_masthead_word(line.text):
        return True
    name = re.compile(r"(?<!\w)" + re.escape(normalise_line(line.text)) + r"(?!\w)")
    return any(
        name.search(other.text.casefold())
        for at, other in enumerate(lines)
        if at != index and not other.prose and other.text != line.text
    )


def _find_given(lines: Sequence[Line], title: str) -> int | None:
    """The line that prints a known title, whole or but for a site's name after it."""
    wanted = normalise_line(title)
    for index, line in enumerate(lines):
        words = normalise_line(line.text)
        if words == wanted or (len(words) >= 15 and wanted.startswith(words)):
            return index
    return None


def _score(lines: Sequence[Line], index: int, stems: set[str]) -> float:
    line = lines[index]
    own = _list_stems(line.text)
    shared = sum(stem in stems for stem in own) / len(own) if own else 0.0
    score = 3 * shared + (line.words >= 5) + (not line.adjacent)
    if load_phrases().primary.match(line.text):
        score += 2
    return score - 2 if is_masthead(lines, index) else score


def _list_stems(text: str) -> list[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return [word[:_STEM] for word in words if len(word) >= _SHORTEST_WORD]


def _in_menu(lines: Sequence[Line], kinds: Sequence[ZoneKind | None], index: int) -> bool:
    """Whether a line stands in a row of short lines with no empty line between them."""

    def is_item(at: int) -> bool:
        short = len(lines[at].text) <= 40 and not lines[at].ends
        return kinds[at] in (None, "furniture") and short

    first = last = index
    while first > max(0, index - _MENU) and lines[first].adjacent and is_item(first - 1):
        first -= 1
    while (
        last + 1 < min(len(lines), index + _MENU) and lines[last + 1].adjacent and is_item(last + 1)
    ):
        last += 1
    return is_item(index) and last - first + 1 >= _MENU
