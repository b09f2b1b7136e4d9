"""When two printed names may be one person's: spellings and scripts made one, never given names.

1. Names are written in the Latin alphabet (anyascii) and then in sounds, one character each:
   "sch", "sh" and "zh" are one sound, "ch" and "j" are sounds of their own that stand for several.
2. Two names are one where turning one's sounds into the other's costs little: a weighted edit
   distance (Wagner & Fischer 1974) in which what romanisations disagree about is cheap.
3. Vowels may differ only across scripts ("Трамп"): in one script Jansen and Jensen are two.
4. Given names that languages write differently (Володимир, Владимир) are listed in
   languages/*.toml, `[spellings]`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from onrecord.lexicon import list_languages, load_lexicon

ALLOWED = (0.0, 0.0, 0.12, 0.12, 0.3, 0.55, 0.55, 0.55, 0.6, 0.7)
"""Dearest change of names of so many sounds, the last for longer ones. Chosen, like the costs, on
the pairs of like and unlike names of tests/linking/test_names.py."""
ALLOWED_ACROSS = 0.3
"""The same for short names in two scripts."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-][^\W_]+)*")
_ARTICLE = re.compile(r"(?:al|el|a[dnrst]|ash|аль|эль|ель|а[днрст]|аш)-(?=\w{3})")
_PARTICLE = re.compile(
    r"v[oa]n|vom|zur?|de[rnl]?|della|d[aiou]|d[oa]s|l[ae]|ten?r?|a[fv]"
    r"|фон|ван|де[рн]?|дель|д[аию]|л[ае]",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"[js]r|junior|senior|jun|sen|i{2,3}|iv|мл|ст", re.IGNORECASE)

# Letters whose sound anyascii drops with their mark. Capitals are sounds, as below.
_LETTERS = {
    "ä": "A", "ö": "O", "ø": "O", "ü": "U", "š": "sh", "ş": "sh", "ș": "sh", "ž": "zh",
    "ż": "zh", "č": "tsh", "ć": "tsh", "đ": "dzh", "ñ": "ni", "ğ": "h", "ł": "l",
}  # fmt: skip

# Ways to write one sound, in the order in which they are told: S is sh and zh, C is tsh and dzh,
# T is ts, X is a "ch" of which the language isn't known.
_SOUNDS = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"['’ʼ\-]", ""),
        (r"schtsch|shtsh|chtch|shch|szcz|stsch", "S"),
        (r"dzh|dsch|dj|tsch|tsh|tch|cz", "C"),
        (r"sch|sh|zh|sz", "S"),
        (r"ch", "X"),
        (r"kh", "h"),
        (r"gh|gu(?=[ei])", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"t[sz]", "T"),
        (r"ck(?=[iy]+$)", "Tk"),
        (r"ck|q", "k"),
        (r"c(?![eiyk]|$)", "k"),
        (r"x", "ks"),
        (r"w|ff$", "v"),
        (r"ou|oo", "u"),
        (r"(?<=.)[iyj]+$", "i"),
        (r"(?<!^)y", "i"),
        (r"(?<=[SCX])[eo](?=v$)", "o"),
        (r"(?<=enk)a$", "o"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = frozenset("aeiouAOUjy")
# Names begin with the same of these: what else a first sound may turn into costs too much.
_STARTS = dict.fromkeys("aeiouAOUhgjyiSCXckszT", "s") | {"f": "v"}
_COARSE = str.maketrans("STzCXhjyAOUc", "ssscggiiaous")


def _list_costs(*rows: tuple[float, str]) -> dict[frozenset[str], float]:
    return {frozenset(pair): cost for cost, pairs in rows for pair in pairs.split()}


_COSTS = _list_costs(
    (0.0, "zs zT"),
    (0.1, "yi yj ck cs cT zc hX XC Aa Oo Uu hg"),
    (0.15, "ij jS jC jh jX XS sT CT cC"),
    (0.2, "zS sS Xk gC Xg"),
    (0.3, "zC hk cX TS"),
)
_COSTS_ACROSS = {**_COSTS, **_list_costs((0.1, "Ae Oe Ui"), (0.15, "fv"))}


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in sounds: `given` may be empty, or initials. `suffix` tells father from son."""

    given: tuple[str, ...]
    family: str
    suffix: str = ""
    script: str = "LATIN"


def fold_name(text: str) -> str:
    """The name in lower-case Latin letters, equal for most spellings; for looking names up."""
    return " ".join(_spell_sounds(word).translate(_COARSE) for word in _find_words(text))


def split_name(text: str) -> PersonName:
    """Given names and family name; a single word is taken for a family name.

    Particles ("von", "al-") belong to neither.
    """
    words = _find_words(text)
    suffix = ""
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop().casefold()[:2]
    if not words:
        return PersonName((), "")
    given = [word for word in words[:-1] if not _PARTICLE.fullmatch(word)]
    sounds = tuple(map(_spell_sounds, given))
    return PersonName(sounds, _spell_sounds(words[-1]), suffix, _find_script(words[-1]))


def match_family(one: PersonName, other: PersonName) -> bool:
    """Whether the family names may be spellings of one."""
    return _are_alike(one.family, other.family, across=one.script != other.script)


def match_given(one: PersonName, other: PersonName) -> bool | None:
    """Whether the given names agree; None where one of them has none or only an initial."""
    if not one.given or not other.given:
        return None
    if one.suffix != other.suffix:
        return False
    first, second = one.given[0], other.given[0]
    if min(len(first), len(second)) == 1:
        return None if _are_initials(first, second) else False
    forms = _list_given()
    if not forms.get(_coarsen(first), frozenset()).isdisjoint(
        forms.get(_coarsen(second), frozenset())
    ):
        return True
    return _are_alike(first, second, across=one.script != other.script)


def match_words(one: str, other: str) -> bool:
    """Whether two names that are not persons' have the same words, in any spelling."""
    first, second = _find_words(one), _find_words(other)
    if not first or not second:
        return one.strip() == other.strip()
    return len(first) == len(second) and all(
        a.casefold() == b.casefold()
        or _are_alike(_spell_sounds(a), _spell_sounds(b), across=_find_script(a) != _find_script(b))
        for a, b in zip(first, second, strict=True)
    )


def _find_words(text: str) -> list[str]:
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return [_ARTICLE.sub("", word) if word[:1].islower() else word for word in words]


def _find_script(word: str) -> str:
    return unicodedata.name(word[0], "").partition(" ")[0]


@lru_cache(maxsize=65536)
def _spell_sounds(word: str) -> str:
    """The sounds of a word; the word itself where it has no Latin form."""
    lowered = _ARTICLE.sub("", word.lower())
    sounds = "".join(_LETTERS.get(letter) or anyascii(letter).lower() for letter in lowered)
    for pattern, put in _SOUNDS:
        sounds = pattern.sub(put, sounds)
    return sounds or lowered


def _coarsen(sounds: str) -> str:
    return sounds.translate(_COARSE)


def _are_initials(one: str, other: str) -> bool:
    return one[0] == other[0] or frozenset((one[0], other[0])) in _COSTS


@cache
def _list_given() -> Mapping[str, frozenset[tuple[str, int]]]:
    """For a given name the sets of forms, over all languages, that it is in."""
    found: dict[str, frozenset[tuple[str, int]]] = {}
    for language in list_languages():
        for number, forms in enumerate(load_lexicon(language).words("spellings", "given")):
            for form in forms.split():
                key = fold_name(form)
                found[key] = found.get(key, frozenset()) | {(language, number)}
    return found


@lru_cache(maxsize=65536)
def _are_alike(one: str, other: str, *, across: bool) -> bool:
    if not one or not other:
        return False
    if one == other:
        return True
    length = max(len(one), len(other))
    allowed = ALLOWED[min(length, len(ALLOWED) - 1)]
    if across and length > 2:
        allowed = max(allowed, ALLOWED_ACROSS)
    if _STARTS.get(one[0], one[0]) != _STARTS.get(other[0], other[0]):
        return False
    if Levenshtein.distance(_coarsen(one), _coarsen(other)) > 3:
        return False
    return _measure_change(one, other, across=across) <= allowed


def _measure_change(one: str, other: str, *, across: bool) -> float:
    """What it costs to turn one word's sounds into the other's."""
    row = [0.0]
    for place in range(len(other)):
        row.append(row[-1] + _cost_of_leaving(other, place, across))
    for i in range(len(one)):
        leave = _cost_of_leaving(one, i, across)
        above, row = row, [row[0] + leave]
        for j in range(len(other)):
            last = i == len(one) - 1 and j == len(other) - 1
            row.append(
                min(
                    above[j + 1] + leave,
                    row[j] + _cost_of_leaving(other, j, across),
                    above[j] + _cost_of_changing(one[i], other[j], across=across, last=last),
                )
            )
    return row[-1]


def _cost_of_changing(one: str, other: str, *, across: bool, last: bool) -> float:
    if one == other:
        return 0.0
    pair = frozenset((one, other))
    cheap = (_COSTS_ACROSS if across else _COSTS).get(pair)
    if cheap is not None:
        return cheap
    if one in _VOWELS and other in _VOWELS:
        return 0.8 if last else 0.3 if across else 0.6
    return 1.0


def _cost_of_leaving(word: str, place: int, across: bool) -> float:
    """What it costs to leave out one sound: little for glides beside vowels and a silent h."""
    sound = word[place]
    last = place == len(word) - 1
    if sound == "h":
        return 0.2 if across or place > 0 else 0.6
    if sound == "e" and last and across:
        return 0.15
    around = word[max(0, place - 1) : place] + word[place + 1 : place + 2]
    if _VOWELS.isdisjoint(around):
        return 1.0
    if sound in "ijy":
        return 0.2
    if last or sound not in _VOWELS:
        return 1.0
    return 0.25 if across or sound == "e" else 0.6
