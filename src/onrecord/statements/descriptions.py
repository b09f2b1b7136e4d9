"""What a report says somebody is, beside the name ("Kremlin spokesman", "Sprecher des Kremls")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.domain import Span
from onrecord.statements.vocabulary import Role, Vocabulary
from onrecord.text import trim_span

_CLAUSE = re.compile(r"[,;:()\[\]\"“”„«»–—\n!?]|(?<![A-ZА-Я])\.(?=\s|$)")
_AFTER = re.compile(r"[^\S\n]*(?:\(\d{1,3}\)|,[^\S\n]*\d{1,3}(?=[^\S\n]*,))?[^\S\n]*,[^\S\n]+")
_STOPS = frozenset(",.;:)–—")
_BETWEEN = 7
_LEFT = 5
_APART = 5
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Description:
    """A role phrase without its article, and the gender that its word tells ("m", "f" or "").

    `base` tells that the role stands before the name and has no ending.
    """

    span: Span
    gender: str
    base: bool = False


def find_descriptions(
    text: str, name: Span, within: Span, words: Vocabulary, barriers: Sequence[Span] = ()
) -> list[Description]:
    """The role phrases before and after a name in its sentence, `within`.

    None reaches across one of `barriers`, the cues of the report and other people's names.
    """
    low = max([within[0]] + [end for _, end in barriers if end <= name[0]])
    high = min([within[1]] + [start for start, _ in barriers if start >= name[1]])
    found = [_look_before(text, name, low, words), _look_after(text, name, high, words)]
    return [description for description in found if description is not None]


def _look_before(text: str, name: Span, low: int, words: Vocabulary) -> Description | None:
    stop = name[0]
    ahead = text[low:stop].rstrip()
    if ahead.endswith(",") and _stands_apart(text, name):
        stop = low + len(ahead) - 1
    marks = [match.end() for match in _CLAUSE.finditer(text, low, stop)]
    low = max([low, *marks])
    if stop - low > _LONGEST * 3:
        low = stop - _LONGEST * 3
    roles = [role for role in _roles_in(text, low, stop, words) if _leads(text, role, stop, words)]
    if not roles:
        return None
    head = roles[-1] if words.before and not text[roles[-1].span[1] : stop].strip() else roles[0]
    start = _find_start(text, head, low, words)
    article = [text[a:b].lower() for a, b in words.find_tokens(text, low, start)[-1:]]
    gender = head.gender or "".join(words.articles.get(word, "") for word in article)
    return Description(trim_span(text, (start, stop)), gender, head.base)


def _look_after(text: str, name: Span, high: int, words: Vocabulary) -> Description | None:
    opening = _AFTER.match(text, name[1], high)
    if opening is None:
        return None
    closing = _CLAUSE.search(text, opening.end(), min(high, opening.end() + _LONGEST))
    end = closing.start() if closing else min(high, opening.end() + _LONGEST)
    roles = _roles_in(text, opening.end(), end, words)
    if not roles:
        return None
    tokens = words.find_tokens(text, opening.end(), roles[0].span[0])
    ahead = [text[start:stop] for start, stop in tokens]
    if len(ahead) > _APART or any(words.is_article(word) for word in ahead[1:]):
        return None
    if any(words.is_in("functions", word) and not words.is_article(word) for word in ahead):
        return None
    start, gender = opening.end(), roles[0].gender
    if ahead and words.is_article(ahead[0]):
        start = tokens[0][1]
        gender = gender or words.articles.get(ahead[0].lower(), "")
    return Description(trim_span(text, (start, end)), gender)


def _stands_apart(text: str, name: Span) -> bool:
    """Whether a name of several words stands between commas or closes its clause."""
    if " " not in text[name[0] : name[1]]:
        return False
    follow = text[name[1] : name[1] + 1]
    return not follow or follow in _STOPS or follow == "\n"


def _roles_in(text: str, low: int, high: int, words: Vocabulary) -> list[Role]:
    return [
        Role((low + role.span[0], low + role.span[1]), role.kind, role.gender, role.base)
        for role in words.find_roles(text[low:high])
    ]


def _leads(text: str, role: Role, stop: int, words: Vocabulary) -> bool:
    """Whether nothing but what belongs to the role stands between it and the name."""
    between = [text[start:end] for start, end in words.find_tokens(text, role.span[1], stop)]
    if not between:
        return True
    if (
        words.before
        and not words.is_in("complements", between[0])
        and not words.roles.match(between[0])
    ):
        return False
    if (
        words.before
        and words.language
        and not words.articles.get(between[0].lower(), "")
        and (_is_small(between[0]) and not _binds(between, words))
    ):
        return False
    if len(between) > _BETWEEN:
        return False
    run = 0
    for word in between:
        small = _is_small(word) and not _is_link(word, words)
        run = run + 1 if small else 0
        if run > 2 or (words.find_code(word) and not _is_link(word, words)):
            return False
    return True


def _binds(between: Sequence[str], words: Vocabulary) -> bool:
    """Whether what follows a role ("of the Kremlin") ends in something other than a link."""
    return len(between) > 1 and words.is_in("complements", between[0])


def _is_link(word: str, words: Vocabulary) -> bool:
    return words.is_article(word) or words.is_in("complements", word)


def _is_small(word: str) -> bool:
    return word[:1].islower()


def _find_start(text: str, head: Role, low: int, words: Vocabulary) -> int:
    """Where the phrase of a role begins: with the words before it that belong to it."""
    start = head.span[0]
    pending: list[int] = []
    tokens = words.find_tokens(text, low, start)
    for left, right in reversed(tokens[-_LEFT:]):
        word = text[left:right]
        if _is_link(word, words) or _is_stop(word, words):
            if pending and words.is_article(word):
                start = pending[-1]
            break
        if pending and words.compounds and not _is_small(word):
            break
        if not _is_small(word) or words.is_in("modifiers", word) or words.roles.fullmatch(word):
            start = left
            pending.clear()
        else:
            pending.append(left)
    return start


def _is_stop(word: str, words: Vocabulary) -> bool:
    return bool(words.find_code(word)) or words.is_in("functions", word)
