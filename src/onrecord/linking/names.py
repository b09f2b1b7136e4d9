"""When two printed names may be one person's: spellings and scripts folded, never given names.

Names are written in the Latin alphabet (anyascii) and letters that romanisations disagree about
are made one: Пєсков, Песков, Peskow and Peskov fold to the same. What is left of a difference is
measured with Jaro-Winkler (Winkler 1990), which rapidfuzz computes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

SAME_FAMILY_NAME = 0.93
SAME_GIVEN_NAME = 0.87
"""Least likeness of folded names. Chosen on pairs of spellings of public figures and on pairs of
unlike names (tests/linking/test_names.py holds both)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")

# Ways to write one sound, in the order in which they are folded; the right side is what is left.
_SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"schtsch|shch|chtch|szcz|stsch", "S"),
        (r"dzh|dsch|tsch|tch", "C"),
        (r"zh|sch|sh|sz|dj|j(?=[ou])", "S"),
        (r"ch|cz|tj", "C"),
        (r"kh|gh|x|h", "g"),
        (r"ts|tz|tc|z|c(?=[eiy])", "s"),
        (r"ou|oo|u", "u"),
        (r"w|ff|v", "v"),
        (r"ph", "f"),
        (r"ck|q|c", "k"),
        (r"[yji]+e", "e"),
        (r"[iyj]+a", "a"),
        (r"[yji]+", "i"),
        (r"'", ""),
        (r"(.)\1+", r"\1"),
    )
)


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name folded for comparison: `given` may be empty, or initials."""

    given: tuple[str, ...]
    family: str


def fold_name(text: str) -> str:
    """The name in lower-case Latin letters with what spellings disagree about made one."""
    return " ".join(_fold_word(word) for word in _WORD.findall(text))


@lru_cache(maxsize=65536)
def _fold_word(word: str) -> str:
    folded = anyascii(word).lower().replace("-", "").replace("’", "'")
    for pattern, put in _SOUNDS:
        folded = pattern.sub(put, folded)
    return folded.lower()


def split_name(text: str) -> PersonName:
    """Given names and family name; a single word is taken for a family name."""
    words = fold_name(text).split()
    if not words:
        return PersonName((), "")
    return PersonName(tuple(words[:-1]), words[-1])


def match_family(one: PersonName, other: PersonName) -> bool:
    """Whether the family names may be spellings of one."""
    return _alike(one.family, other.family, SAME_FAMILY_NAME)


def match_given(one: PersonName, other: PersonName) -> bool | None:
    """Whether the given names agree; None where one of them has none or only an initial."""
    if not one.given or not other.given:
        return None
    first, second = one.given[0], other.given[0]
    if min(len(first), len(second)) == 1:
        return None if first[:1] == second[:1] else False
    return _alike(first, second, SAME_GIVEN_NAME)


def match_words(one: str, other: str) -> bool:
    """Whether two names that are not persons' have the same words, in any spelling."""
    first, second = fold_name(one).split(), fold_name(other).split()
    return len(first) == len(second) and all(
        _alike(a, b, SAME_FAMILY_NAME) for a, b in zip(first, second, strict=True)
    )


def _alike(one: str, other: str, least: float) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    return JaroWinkler.similarity(one, other) >= least
