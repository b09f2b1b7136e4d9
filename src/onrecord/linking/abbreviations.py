"""Abbreviations that a report itself explains: "International Maritime Bureau (IMB)".

After Schwartz and Hearst, A Simple Algorithm for Identifying Abbreviation Definitions in
Biomedical Text (2003): the letters of the short form are looked for from the right in the words
before the bracket, or after it where the long form is in the brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BRACKETS = re.compile(r"(?P<before>[^()\n]{2,160}?)[ \u00a0]?\((?P<inside>[^()\n]{2,120})\)")
_SHORT = re.compile(r"[^\W_](?:[^\W_]|[.\-&]){0,8}[^\W_]\.?")
_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
_LEAST_CAPITALS = 2


def find_abbreviations(text: str, names: Iterable[str]) -> dict[str, str]:
    """The short forms among the names that the text explains, each with the name in full.

    Both have to be names that the report has: nothing is cut out of the text. A short form that
    the text explains in two ways is left out.
    """
    known = sorted(set(names))
    shorts = [name for name in known if _is_short(name)]
    found: dict[str, set[str]] = {}
    if not shorts:
        return {}
    for match in _BRACKETS.finditer(text):
        before, inside = match["before"].rstrip(), match["inside"].strip()
        for short in shorts:
            if inside == short:
                full = _find_full(short, [n for n in known if before.endswith(n)])
            elif before.endswith(short):
                full = _find_full(short, [n for n in known if n == inside])
            else:
                continue
            if full is not None:
                found.setdefault(short, set()).add(full)
    return {short: full.pop() for short, full in found.items() if len(full) == 1}


def _is_short(name: str) -> bool:
    capitals = sum(letter.isupper() for letter in name)
    return _SHORT.fullmatch(name) is not None and capitals >= _LEAST_CAPITALS


def _find_full(short: str, names: list[str]) -> str | None:
    fitting = [name for name in names if name != short and stands_for(short, name)]
    return max(fitting, key=len, default=None)


def stands_for(short: str, full: str) -> bool:
    """Whether the letters of a short form stand in the full one in order.

    The first of them begins the first word of the full one that is written with a capital.
    """
    letters = [letter.casefold() for letter in short if letter.isalnum()]
    words = [word for word in _WORD.findall(full) if word[0].isupper() or word[0].isdigit()]
    if not letters or not words or len(full) <= len(short):
        return False
    if not words[0].casefold().startswith(letters[0]):
        return False
    rest = iter(full[full.index(words[0]) :].casefold())
    return all(letter in rest for letter in letters)
