"""Whether a name that somebody typed is that of an actor in the record."""

from __future__ import annotations

import re

from onrecord.domain import Actor
from onrecord.linking.names import fold_name, match_family, match_given, match_words, split_name
from onrecord.linking.titles import drop_article, is_title

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
    words = set(fold_name(" ".join(drop_article(_WORD.findall(part)))).split())
    return bool(words) and words <= set(fold_name(whole).split())


def _strip_titles(name: str) -> str:
    """The name without an article at its start and what stands before it up to a title or role.

    The last word always stays: it may be a family name like Bishop.
    """
    words = drop_article(_WORD.findall(name.partition(",")[0]))
    titles = [place for place, word in enumerate(words[:-1]) if is_title(word)]
    return " ".join(words[titles[-1] + 1 :] if titles else words)


def _is_role(name: str) -> bool:
    return " " not in name and is_title(name)
