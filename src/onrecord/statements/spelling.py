"""Whether two printed names are one: spelling, endings, initials, given names before surnames."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_STEM = 3
_INITIAL = 2


def fold_word(word: str) -> str:
    """A word for comparing: no case, no accents on Latin letters, one kind of apostrophe."""
    word = word.casefold().replace("’", "'").replace("ё", "е").strip(".,;:'-")
    if word.isascii():
        return word
    return "".join(
        unicodedata.normalize("NFKD", character)[0]
        if unicodedata.normalize("NFKD", character)[0].isascii()
        else character
        for character in word
    )


def strip_endings(word: str, endings: Sequence[str]) -> frozenset[str]:
    """The folded word and what is left of it without one of the endings, three letters at least."""
    folded = fold_word(word)
    stems = {folded}
    lowered = word.casefold().replace("’", "'")
    for ending in endings:
        if lowered.endswith(ending) and len(lowered) - len(ending) >= _STEM:
            stems.add(fold_word(lowered[: -len(ending)]))
    return frozenset(stems)


def is_same_word(one: str, other: str, endings: Sequence[str]) -> bool:
    """Whether two words are forms of one, such as "Stoltenbergs" and "Stoltenberg"."""
    if fold_word(one) == fold_word(other):
        return True
    return not strip_endings(one, endings).isdisjoint(strip_endings(other, endings))


def is_same_given(one: str, other: str, endings: Sequence[str]) -> bool:
    """Whether two given names may be one: a form of it, an initial, or i for y and j."""
    first, second = fold_word(one), fold_word(other)
    if min(len(first), len(second)) < _INITIAL:
        return first[:1] == second[:1]
    if is_same_word(one, other, endings):
        return True
    return _level(first) == _level(second)


def match_names(short: Sequence[str], full: Sequence[str], endings: Sequence[str]) -> int:
    """How well a name fits a fuller one: 2 by its surname, 1 by its given name alone, 0 not.

    Two names with given names fit only if these do too, in either order of given name and surname.
    """
    if not short or len(short) > len(full):
        return 0
    if len(short) == 1:
        if is_same_word(short[0], full[-1], endings):
            return 2
        return int(is_same_word(short[0], full[0], endings))
    tail = full[len(full) - len(short) :]
    if all(is_same_word(a, b, endings) for a, b in zip(short, tail, strict=True)):
        return 2
    for one, other in ((short[-1], short[0]), (short[0], short[-1])):
        if is_same_word(one, full[-1], endings) and is_same_given(other, full[0], endings):
            return 2
    return 0


def _level(word: str) -> str:
    """Letters that change between transcriptions of one name made alike."""
    for one, other in (("iy", "i"), ("ij", "i"), ("yj", "i"), ("y", "i"), ("j", "i"), ("w", "v")):
        word = word.replace(one, other)
    return word.replace("ii", "i")
