"""Whether a name that somebody typed is that of an actor in the record."""

from __future__ import annotations

import re
from functools import cache

from onrecord.domain import Actor
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.linking.names import fold_name, match_family, match_given, match_words, split_name

_WORD = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")


def match_speaker(asked: str, actor: Actor) -> bool | None:
    """Whether `asked` names the actor by any of its names; None where that can't be told.

    It can't where a role was typed ("the mayor") that no report gives the actor, or where the
    actor has no name. Titles and roles before a name don't count. A family name alone, or a
    single word of a name, is taken for the actor's: only names that disagree are different ones.
    """
    forms = {form for _, form in actor.names} | {actor.name}
    name = _strip_titles(asked)
    if any(match_words(name, _strip_titles(form)) for form in forms):
        return True
    if any(_has_words(description, asked) for description in actor.descriptions):
        return True
    if actor.type != "person":
        return any(_has_words(form, name) or _has_words(name, form) for form in forms)
    named = {stripped for form in forms if not _is_role(stripped := _strip_titles(form))}
    if not fold_name(name) or not named:
        return None
    return _match_person(name, named) or (None if _is_role(name) else False)


def _match_person(name: str, forms: set[str]) -> bool:
    folded, asked = fold_name(name).split(), split_name(name)
    if len(folded) == 1 and any(folded[0] in fold_name(form).split() for form in forms):
        return True
    verdicts = [
        match_given(asked, one) for one in map(split_name, forms) if match_family(asked, one)
    ]
    return True in verdicts or (None in verdicts and False not in verdicts)


def _has_words(whole: str, part: str) -> bool:
    words = set(fold_name(" ".join(_drop_articles(_WORD.findall(part)))).split())
    return bool(words) and words <= set(fold_name(whole).split())


def _strip_titles(name: str) -> str:
    """The name without an article at its start and what stands before it up to a title or role.

    The last word always stays: it may be a family name like Bishop.
    """
    words = _drop_articles(_WORD.findall(name.partition(",")[0]))
    titles = [place for place, word in enumerate(words[:-1]) if _is_title(word)]
    return " ".join(words[titles[-1] + 1 :] if titles else words)


def _drop_articles(words: list[str]) -> list[str]:
    is_article = len(words) > 1 and words[0].casefold() in _list_articles()
    return words[1:] if is_article else words


def _is_role(name: str) -> bool:
    return " " not in name and _is_title(name)


def _is_title(word: str) -> bool:
    return word.casefold().rstrip(".") in _list_titles()


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
        classes = lexicon.table("roles", "classes").values()
        for entry in (
            *lexicon.words("roles", "modifiers"),
            *(one for some in classes for one in some),
        ):
            phrase = entry.partition(":")[0].replace("*", "").casefold().split()
            # Short words of longer titles ("de", "of") stand in names too.
            titles.update(word for word in phrase if len(phrase) == 1 or len(word) > 3)
    return frozenset(titles)
