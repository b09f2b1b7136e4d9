"""What a printed word sounds like, and how far two such words are from one another.

1. Words are written in the Latin alphabet (anyascii) and then in sounds, one character each:
   "sch", "sh" and "zh" are one sound, "ch" and "j" are sounds of their own that stand for several.
2. Two words are one where turning one's sounds into the other's costs little: a weighted edit
   distance (Wagner & Fischer 1974) in which what romanisations disagree about is cheap.
3. Vowels may differ only across scripts ("Трамп"): in one script Jansen and Jensen are two. Arabic
   and Hebrew leave out short vowels, so that words in them are compared without any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from itertools import product

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

ALLOWED = (0.0, 0.0, 0.12, 0.12, 0.3, 0.55, 0.55, 0.55, 0.6, 0.7)
"""Dearest change of names of so many sounds, the last for longer ones. Chosen, like the costs, on
the pairs of like and unlike names of tests/linking/test_names.py."""
ALLOWED_ACROSS = 0.3
"""The same for short names in two scripts."""
ANOTHER_START = 0.25
"""What is added for names that begin with another of h, g and j."""
MOST_FAINT = 8
"""Words with more sounds that may be left out or not are alike only if they are the same."""

ABJADS = frozenset({"ARABIC", "HEBREW"})
"""Scripts without short vowels, as Unicode names their letters."""

_ARTICLE = re.compile(r"(?:al|el|a[dnrst]|ash|аль|эль|ель|а[днрст]|аш)-(?=\w{3})")

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
# Pinyin in the sounds of the system of Palladius, by which Russian and Ukrainian write Chinese.
_PINYIN = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"ng(?![aeiou])", "n"),
        (r"zh", "chzh"),
        (r"^z|(?<=[aeioun])z(?!h)", "tsz"),
        (r"x", "s"),
        (r"q|c(?!h)", "ts"),
        (r"j", "tsz"),
        (r"^r", "zh"),
    )
)
_VOWELS = frozenset("aeiouAOUjy")
_SILENT = str.maketrans(dict.fromkeys("aeiouAOUjy"))
# Names begin with the same of these: what else a first sound may turn into costs too much.
_STARTS = dict.fromkeys("aeiouAOUhgjyiSCXckszT", "s") | {"f": "v"}
_COARSE = str.maketrans("STzCXhjyAOUc", "ssscggiiaous")
# A skeleton has one letter for all sounds that one of the changes below makes of one another, and
# none for vowels. Those of _FAINT may be left out, or turn into one that may not be.
_BONES = str.maketrans(dict.fromkeys("szTcSCXgqhj", "k") | {"f": "v"} | dict.fromkeys("aeiouAOUy"))
_FAINT = frozenset("hj")
_BREATHS = frozenset("hgj")
_FIRMEST = {**_BONES, **str.maketrans(dict.fromkeys("szTcSCXgqhjkv")), ord("f"): None}


def _list_costs(*rows: tuple[float, str]) -> dict[frozenset[str], float]:
    return {frozenset(pair): cost for cost, pairs in rows for pair in pairs.split()}


_COSTS = _list_costs(
    (0.0, "zs zT"),
    (0.1, "yi yj ck cs cT zc hX XC Aa Oo Uu hg"),
    (0.15, "ij jS jC jh jg jX XS sT CT cC"),
    (0.2, "zS sS Xk gC Xg"),
    (0.3, "zC hk cX TS"),
)
_COSTS_ACROSS = {**_COSTS, **_list_costs((0.1, "Ae Oe Ui"), (0.15, "fv"))}


def find_script(word: str) -> str:
    """The script of a word's first letter, as Unicode names it ("LATIN", "CYRILLIC")."""
    return unicodedata.name(word[0], "").partition(" ")[0]


@lru_cache(maxsize=65536)
def spell_sounds(word: str) -> str:
    """The sounds of a word; the word itself where it has no Latin form."""
    lowered = _ARTICLE.sub("", word.casefold())
    sounds = "".join(_LETTERS.get(letter) or anyascii(letter).lower() for letter in lowered)
    return _tell_sounds(sounds) or lowered


@lru_cache(maxsize=4096)
def spell_pinyin(word: str) -> str:
    """The sounds of a Chinese word in Pinyin, such as the Cyrillic form of it has, too."""
    lowered = anyascii(word).lower()
    for pattern, put in _PINYIN:
        lowered = pattern.sub(put, lowered)
    return _tell_sounds(lowered)


def drop_article(word: str) -> str:
    """A word without an Arabic article joined to it ("al-Sisi")."""
    return _ARTICLE.sub("", word)


def coarsen(sounds: str) -> str:
    """The sounds with those that are often taken for one another made one; for looking up."""
    return sounds.translate(_COARSE)


def are_initials(one: str, other: str) -> bool:
    """Whether one is, or may be, the initial of the other."""
    return one[0] == other[0] or frozenset((one[0], other[0])) in _COSTS


def strip_to_bones(sounds: str) -> str:
    """What any two words that `are_alike` are the same in: fewer sounds than in a skeleton."""
    return sounds.translate(_FIRMEST)


@lru_cache(maxsize=65536)
def find_skeletons(sounds: str, script: str = "LATIN") -> frozenset[str]:
    """What any two words that `are_alike` have at least one of in common: their firm consonants.

    Several where a sound may be left out, up to 2 ** MOST_FAINT.
    """
    written = {sounds}
    if script in ABJADS:
        written.add(sounds.replace("v", ""))  # a letter that is also a long vowel
    found: set[str] = set()
    for one in written:
        faint = sum(sound in _FAINT for sound in one)
        if faint > MOST_FAINT:
            found.add(one)
            continue
        parts = [("", "k") if sound in _FAINT else (sound.translate(_BONES),) for sound in one]
        found.update(map("".join, product(*parts)))
    return frozenset(found)


@lru_cache(maxsize=65536)
def are_alike(one: str, other: str, scripts: tuple[str, str] = ("LATIN", "LATIN")) -> bool:
    """Whether two words in sounds may be spellings of one; `scripts` are those they came in."""
    if not one or not other:
        return False
    if one == other:
        return True
    if max(sum(sound in _FAINT for sound in word) for word in (one, other)) > MOST_FAINT:
        return False
    if scripts[0] != scripts[1] and not ABJADS.isdisjoint(scripts):
        return _are_alike_in_consonants(one, other, scripts)
    across = scripts[0] != scripts[1]
    if _STARTS.get(one[0], one[0]) != _STARTS.get(other[0], other[0]):
        return False
    if Levenshtein.distance(coarsen(one), coarsen(other)) > 3:
        return False
    return _measure_change(one, other, across=across) <= _allow(one, other, across=across)


def _are_alike_in_consonants(one: str, other: str, scripts: tuple[str, str]) -> bool:
    forms = [
        {word.translate(_SILENT), word.replace("v", "").translate(_SILENT)}
        if script in ABJADS
        else {word.translate(_SILENT)}
        for word, script in zip((one, other), scripts, strict=True)
    ]
    return any(
        _measure_change(mine, yours, across=False) <= _allow(mine, yours, across=False)
        for mine in forms[0]
        for yours in forms[1]
        if min(len(mine), len(yours)) > 1
    )


def _allow(one: str, other: str, *, across: bool) -> float:
    length = max(len(one), len(other))
    allowed = ALLOWED[min(length, len(ALLOWED) - 1)]
    return max(allowed, ALLOWED_ACROSS) if across and length > 2 else allowed


def _tell_sounds(letters: str) -> str:
    for pattern, put in _SOUNDS:
        letters = pattern.sub(put, letters)
    return letters


def _measure_change(one: str, other: str, *, across: bool) -> float:
    """What it costs to turn one word's sounds into the other's."""
    costs = _COSTS_ACROSS if across else _COSTS
    # What a letter of another alphabet may stand for within a name is another name at its beginning
    # ("Hall", "Gal"), unless one of the two is in that alphabet.
    other_start = not across and one[:1] != other[:1] and {*one[:1], *other[:1]} <= _BREATHS
    row = [0.0]
    for place in range(len(other)):
        row.append(row[-1] + _cost_of_leaving(other, place, across))
    for i in range(len(one)):
        leave = _cost_of_leaving(one, i, across)
        above, row = row, [row[0] + leave]
        for j in range(len(other)):
            last = i == len(one) - 1 and j == len(other) - 1
            vowel = 0.8 if last else 0.3 if across else 0.6
            row.append(
                min(
                    above[j + 1] + leave,
                    row[j] + _cost_of_leaving(other, j, across),
                    above[j] + _cost_of_changing(one[i], other[j], costs, vowel),
                )
            )
    return row[-1] + (ANOTHER_START if other_start else 0.0)


def _cost_of_changing(
    one: str, other: str, costs: Mapping[frozenset[str], float], vowel: float
) -> float:
    if one == other:
        return 0.0
    cheap = costs.get(frozenset((one, other)))
    if cheap is not None:
        return cheap
    return vowel if one in _VOWELS and other in _VOWELS else 1.0


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
