"""When two printed names may be one person's or one organisation's.

1. A person's name is taken apart: titles and particles ("von", "al-") off, the family name told
   from the given ones, also where it stands first ("Orbán, Viktor", "Путин Владимир Владимирович",
   "Xi Jinping").
2. Each part is compared by its sounds, in any spelling or script (sounds.py).
3. Given names that languages write differently (Володимир, Владимир) or that are short for one
   another are listed in languages/*.toml, `[spellings]`.
4. Names that may ever be one have a key in common (`name_keys`), so that only few have to be
   compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from onrecord.domain import ActorType
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.linking.offices import find_office_keys
from onrecord.linking.sounds import (
    are_alike,
    are_initials,
    coarsen,
    drop_article,
    find_script,
    find_skeletons,
    spell_pinyin,
    spell_sounds,
    strip_to_bones,
)
from onrecord.linking.titles import strip_titles

_WORD = re.compile(r"[^\W_]+(?:['’ʼ\-][^\W_]+)*")
_PARTICLE = re.compile(
    r"v[oa]n|vom|zur?|de[rnl]?|della|d[aiou]|d[oa]s|l[ae]|ten?r?|a[fv]|bin|ibn|bint"
    r"|фон|ван|де[рн]?|дель|д[аию]|л[ае]",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"(?P<son>jr|jun|junior|мл)|(?P<father>sr|sen|senior|ст)|(?P<number>i{2,3}|iv|vi{0,3})",
    re.IGNORECASE,
)
_SYLLABLE = r"(?:[zcs]h|[bcdfghjklmnpqrstwxyz])?[aeiouü]{1,4}(?:ng?|k|l|m|p|r(?![aeiou]))?"
_ONE_WORD = re.compile(rf"(?:{_SYLLABLE}){{1,2}}", re.IGNORECASE)
_TWO_WORDS = re.compile(rf"{_SYLLABLE}-{_SYLLABLE}", re.IGNORECASE)
_HAN = "CJK"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in sounds: `given` may be empty, or initials. `suffix` tells father from son.

    `words` are all of it but titles and particles, coarsely, in the order in which it is printed.
    """

    given: tuple[str, ...]
    family: str
    suffix: str = ""
    script: str = "LATIN"
    words: tuple[str, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether it has no given name, or nothing but initials."""
        return not self.given or len(self.given[0]) == 1


def fold_name(text: str) -> str:
    """The name in lower-case Latin letters, equal for most spellings; for looking names up."""
    return " ".join(coarsen(spell_sounds(word)) for word in _find_words(text))


@lru_cache(maxsize=65536)
def split_name(text: str) -> PersonName:
    """Given names and family name; a single word is taken for a family name.

    Titles before the name and particles in it belong to neither.
    """
    words, suffix = _cut_suffix(_order_words(strip_titles(text)))
    if not words:
        return PersonName((), "")
    chinese = _split_chinese(words)
    if chinese is not None:
        return chinese
    given = [word for word in words[:-1] if not _PARTICLE.fullmatch(word)]
    return PersonName(
        tuple(_spell_given(given, shouting=all(word.isupper() for word in words))),
        spell_sounds(words[-1]),
        suffix,
        find_script(words[-1]),
        _list_parts([*given, words[-1]]),
    )


def match_family(one: PersonName, other: PersonName) -> bool:
    """Whether the family names may be spellings of one."""
    return are_alike(one.family, other.family, (one.script, other.script))


def match_given(one: PersonName, other: PersonName) -> bool | None:
    """Whether the given names agree; None where one of them has none or only an initial."""
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return False
    if not one.given or not other.given:
        return None
    if one.suffix != other.suffix:
        return False
    scripts = (one.script, other.script)
    spelt_out = all(len(word) > 1 for word in (*one.given, *other.given))
    if spelt_out and are_alike("".join(one.given), "".join(other.given), scripts):
        return True
    if one.given[1:2] and other.given[1:2]:
        second = _match_one(one.given[1], other.given[1], scripts)
        if second is False:
            return False
    return _match_one(one.given[0], other.given[0], scripts)


def match_full(one: PersonName, other: PersonName) -> bool | None:
    """Whether two full names are spellings of one; None where something else has to agree.

    That is where a given name is short for the other ("Bob", "Robert"), or where one name has
    given or family names that the other leaves out ("José Lopes", "José Vicente Lopes"): many
    people have such names. Initials and patronymics are often left out.
    """
    if not match_family(one, other) or (verdict := match_given(one, other)) is False:
        return False
    first, second = sorted((one.given, other.given), key=len)
    left_out = second[len(first) :]
    firm = not any(len(word) > 1 and not is_patronymic(word) for word in left_out)
    return verdict if firm or "".join(first) == "".join(second) else None


def is_patronymic(sounds: str) -> bool:
    """Whether a word ends like a Slavic patronymic."""
    endings = _list_patronymics()
    return bool(endings) and coarsen(sounds).endswith(endings)


def match_words(one: str, other: str) -> bool:
    """Whether two names that are not persons' have the same words, in any spelling."""
    first, second = _find_words(one), _find_words(other)
    if not first or not second:
        return one.strip() == other.strip()
    return len(first) == len(second) and all(
        are_alike(spell_sounds(a), spell_sounds(b), (find_script(a), find_script(b)))
        for a, b in zip(first, second, strict=True)
    )


def are_turned(one: PersonName, other: PersonName) -> bool:
    """Whether two names have the same words in another order ("Orbán Viktor", "Viktor Orbán")."""
    if min(len(one.words), len(other.words)) < 2 or one.suffix != other.suffix:
        return False
    return one.words != other.words and sorted(one.words) == sorted(other.words)


def is_part(short: PersonName, long: PersonName) -> bool:
    """Whether a name of two words or more is a longer one with some left out.

    It begins like the longer one ("Pedro Sánchez", "Pedro Sánchez Pérez-Castejón") or is the end of
    it ("López Obrador", "Andrés Manuel López Obrador").
    """
    if not 2 <= len(short.words) < len(long.words) or short.suffix != long.suffix:
        return False
    if any(len(word) == 1 for word in short.words):
        return False
    if short.words == long.words[-len(short.words) :]:
        return True
    rest = iter(long.words)
    return short.words[0] == long.words[0] and all(word in rest for word in short.words)


@lru_cache(maxsize=65536)
def name_keys(name: str, type: ActorType) -> frozenset[str]:  # noqa: A002
    """What two names of one type have at least one of in common if they may be one actor's.

    For persons the skeletons of the family name, for others that of all words; and the offices
    that the name is in any language. Names without a word have themselves.
    """
    offices = frozenset(f"office {key}" for key in find_office_keys(name))
    words = _find_words(name)
    if not words:
        return offices | {f"as it is {name.strip()}"}
    if type == "person":
        split = split_name(name)
        return offices | {f"family {key}" for key in find_skeletons(split.family, split.script)}
    bones = " ".join(strip_to_bones(spell_sounds(word)) for word in words)
    return offices | {f"words {bones}"}


def _match_one(first: str, second: str, scripts: tuple[str, str]) -> bool | None:
    if min(len(first), len(second)) == 1:
        return None if are_initials(first, second) else False
    if are_alike(first, second, scripts) or _share_list("given", first, second):
        return True
    return None if _share_list("nicknames", first, second) else False


def _share_list(name: str, first: str, second: str) -> bool:
    forms = _list_forms(name)
    mine, yours = (forms.get(coarsen(one), frozenset()) for one in (first, second))
    return not mine.isdisjoint(yours)


def _find_words(text: str) -> list[str]:
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return [drop_article(word) if word[:1].islower() else word for word in words]


def _cut_suffix(words: list[str]) -> tuple[list[str], str]:
    match = _SUFFIX.fullmatch(words[-1]) if len(words) > 1 else None
    if match is None:
        return words, ""
    suffix = {"son": "jr", "father": "sr"}.get(match.lastgroup or "", words[-1].casefold())
    return words[:-1], suffix


def _order_words(text: str) -> list[str]:
    """The words of a name with the family name last, where the print tells that it is first."""
    head, comma, tail = text.partition(",")
    first, rest = _find_words(head), _find_words(tail)
    if comma and first and rest and not _SUFFIX.fullmatch(rest[0]):
        return [*rest, *first]
    words = [*first, *rest]
    turned = (len(words) > 1 and _is_shouted(words)) or _ends_in_patronymic(words)
    return [*words[1:], words[0]] if turned else words


def _is_shouted(words: list[str]) -> bool:
    """Whether the first word alone is in capitals, as family names are in French lists."""
    first, rest = words[0], words[1:]
    return len(first) > 2 and first.isupper() and not any(word.isupper() for word in rest)


def _ends_in_patronymic(words: list[str]) -> bool:
    if len(words) != 3:
        return False
    middle, last = map(spell_sounds, words[1:])
    return is_patronymic(last) and not is_patronymic(middle)


def _split_chinese(words: list[str]) -> PersonName | None:
    """A Chinese or Korean name, family name first; None for what doesn't look like one."""
    script = find_script(words[0])
    if script.startswith(_HAN):
        letters = "".join(words)
        given = spell_pinyin(letters[1:])
        return _make_chinese(spell_pinyin(letters[0]), given, "LATIN", [letters])
    listed = coarsen(spell_sounds(words[0]))
    sure = listed in _list_spellings("families_first")
    if len(words) > 3 or not (sure or listed in _list_spellings("doubtful_families")):
        return None
    two = len(words) == 3 or (len(words) == 2 and "-" in words[1])
    if len(words) == 1 or not (sure or two):
        return _make_chinese(spell_pinyin(words[0]), "", script, words) if sure else None
    if script == "LATIN" and not (_TWO_WORDS if two else _ONE_WORD).fullmatch("-".join(words[1:])):
        return None
    # Pinyin joins the two syllables of a given name; what doesn't is spelt by ear.
    spell = spell_sounds if two or script != "LATIN" else spell_pinyin
    family = spell_pinyin if script == "LATIN" else spell_sounds
    return _make_chinese(family(words[0]), "".join(map(spell, words[1:])), script, words)


def _make_chinese(family: str, given: str, script: str, words: list[str]) -> PersonName:
    return PersonName((given,) if given else (), family, "", script, _list_parts(words))


def _spell_given(given: list[str], *, shouting: bool) -> Iterator[str]:
    """The sounds of given names; two capitals ("JD") are two initials."""
    for word in given:
        if len(word) == 2 and word.isupper() and not shouting:
            yield from word.casefold()
        else:
            yield spell_sounds(word)


def _list_parts(words: list[str]) -> tuple[str, ...]:
    parts = [part for word in words for part in word.split("-") if part]
    return tuple(coarsen(spell_sounds(part)) for part in parts)


@cache
def _list_forms(name: str) -> Mapping[str, frozenset[tuple[str, int]]]:
    """For a given name the sets of forms in a list of every language that it is in."""
    found: dict[str, frozenset[tuple[str, int]]] = {}
    for language in list_languages():
        for number, forms in enumerate(load_lexicon(language).words("spellings", name)):
            for form in forms.split():
                key = fold_name(form)
                found[key] = found.get(key, frozenset()) | {(language, number)}
    return found


@cache
def _list_patronymics() -> tuple[str, ...]:
    return tuple(sorted(_list_spellings("patronymics")))


@cache
def _list_spellings(name: str) -> frozenset[str]:
    """The words of a list of every language, coarsely."""
    return frozenset(
        coarsen(spell_sounds(word))
        for language in list_languages()
        for word in load_lexicon(language).words("spellings", name)
    )
