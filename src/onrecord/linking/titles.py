"""Words before a name that are no part of it: titles, roles and articles, of all languages."""

from __future__ import annotations

import re
from functools import cache

from onrecord.lexicon import list_languages, load_lexicon
from onrecord.roles import Pattern, compile_list

_WORD = re.compile(r"\S+")
_EDGES = ".,;:()\"'’“”„«»"
_ACRONYM = 4
_AFTER = re.compile(r"(?:jr|sr|jun|sen|junior|senior|i{2,3}|iv|vi{0,3})\.?", re.IGNORECASE)


def strip_titles(name: str) -> str:
    """A person's name without the titles and roles before it ("US President Joe Biden").

    Nothing is taken off that isn't known for a title, or for a word that comes with one; the last
    word always stays, since it may be a family name like Bishop.
    """
    words = [match.span() for match in _WORD.finditer(name)]
    last = -1
    for number, (start, end) in enumerate(words[:-1]):
        word = name[start:end].strip(_EDGES)
        if len(word) > 1 and is_title(word) and word.casefold() not in _list_given():
            last = number
        elif not (word[:1].islower() or _comes_with_titles(word)):
            break
    rest = name[words[last + 1][0] :] if words else name
    return name if _AFTER.fullmatch(rest.strip()) or not rest[:1].isalpha() else rest


def drop_article(words: list[str]) -> list[str]:
    """The words without a definite article before them; a single word stays."""
    is_article = len(words) > 1 and words[0].casefold() in _list_articles()
    return words[1:] if is_article else words


def is_title(word: str) -> bool:
    """Whether a word is an honorific or says what somebody is."""
    lowered = word.casefold().rstrip(".")
    return lowered in _list_titles() or (word[:1].islower() and lowered.startswith(_list_stems()))


def _comes_with_titles(word: str) -> bool:
    """Whether a word in capitals may stand before a title: "US", "NATO", "Kremlin", "Former"."""
    acronym = word.isupper() and 1 < len(word) <= _ACRONYM
    return acronym or _compile_company().fullmatch(word) is not None


@cache
def _list_articles() -> frozenset[str]:
    lexicons = map(load_lexicon, list_languages())
    return frozenset(word for one in lexicons for word in one.table("names", "articles"))


@cache
def _list_titles() -> frozenset[str]:
    """Honorifics and words for what people are, of all languages."""
    titles: set[str] = set()
    for lexicon in map(load_lexicon, list_languages()):
        titles.update(lexicon.table("names", "honorifics"))
        modifiers = lexicon.words("roles", "modifiers")
        for phrase in (*modifiers, *_list_roles(lexicon.language)):
            words = phrase.replace("*", "").casefold().split()
            # Short words of longer titles ("de", "of") stand in names too.
            titles.update(word for word in words if len(words) == 1 or len(word) > 3)
    return frozenset(titles)


@cache
def _list_stems() -> tuple[str, ...]:
    """The beginnings of words for what people are, in languages that decline them."""
    return tuple(
        sorted(
            role[:-1].casefold()
            for language in list_languages()
            for role in _list_roles(language)
            if role.endswith("*") and " " not in role and len(role) > 3
        )
    )


def _list_roles(language: str) -> list[str]:
    classes = load_lexicon(language).table("roles", "classes").values()
    return [entry.partition(":")[0] for entries in classes for entry in entries]


@cache
def _list_given() -> frozenset[str]:
    lists = (
        load_lexicon(language).words("spellings", name)
        for language in list_languages()
        for name in ("given", "nicknames")
    )
    return frozenset(
        form.casefold() for given in lists for forms in given for form in forms.split()
    )


@cache
def _compile_company() -> Pattern:
    """States, seats of governments and what offices are for, in all languages."""
    words: list[str] = []
    for lexicon in map(load_lexicon, list_languages()):
        for section, table in (("institutions", "states"), ("offices", "fields")):
            words += (word for listed in lexicon.table(section, table).values() for word in listed)
        words += lexicon.words("institutions", "seats")
    return compile_list(set(words))
