"""What the printed source of an attribution is: a name, a role, a pronoun, an office, several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from onrecord.domain import Span
from onrecord.statements.discourse import Scene
from onrecord.statements.mentions import split_words
from onrecord.statements.spelling import is_same_word, strip_endings
from onrecord.statements.vocabulary import Pattern, Role, Vocabulary
from onrecord.text import QUOTES, overlap

SourceKind = Literal[
    "empty",
    "pronoun",
    "name",
    "role",
    "group",
    "office",
    "document",
    "person",
    "unknown",
]

_EDGES = QUOTES + ".,;:()[]–—- \t\n\u00a0"
_LONGEST = 10


@dataclass(frozen=True, slots=True)
class Source:
    """One party of a printed source, read.

    `span` is the phrase without what leads up to it, and `core` that without its article.
    `referent` numbers the scene's referent that a name is of, `code` is a pronoun's.
    """

    kind: SourceKind
    span: Span
    core: Span
    article: Literal["definite", "indefinite", ""] = ""
    referent: int | None = None
    code: str = ""
    gender: str = ""
    roles: tuple[Role, ...] = ()
    states: frozenset[str] = frozenset()
    unions: frozenset[str] = frozenset()
    plural: bool = False


def split_source(text: str, span: Span, scene: Scene) -> list[Span]:
    """The parties of a source ("Macron and Scholz"); the whole where it doesn't fall into names."""
    words = scene.words
    names = [found for found in scene.by_span if overlap(found, span)]
    cuts = [
        match.span()
        for match in words.conjunctions.finditer(text, *span)
        if not any(overlap(match.span(), name) for name in names)
    ]
    if not cuts:
        return [span]
    start = span[0]
    listed = re.finditer(r",\s", text[start : cuts[0][0]])
    cuts += [(start + match.start(), start + match.end()) for match in listed]
    cuts.sort()
    parts = []
    for low, high in [*cuts, (span[1], span[1])]:
        parts.append((start, low))
        start = high
    parts = [part for part in (_trim_edges(text, part) for part in parts) if part[0] < part[1]]
    heads = [any(_holds(part, name) for name in names) for part in parts]
    return parts if len(parts) > 1 and all(heads) else [span]


def read_source(text: str, span: Span, scene: Scene) -> Source:
    """What one party's phrase is."""
    words = scene.words
    span = _skip_leads(text, _trim_edges(text, _take_article(text, span, words)), words)
    tokens = words.find_tokens(text, *span)
    if not tokens:
        return Source("empty", span, span)
    code = _read_pronoun(text, tokens, words)
    if code is not None:
        return Source("pronoun", span, span, code=code, gender=_gender_of(code))
    article, gender, core = _read_article(text, span, tokens, words)
    phrase = text[core[0] : core[1]]
    source = Source(
        "unknown",
        span,
        core,
        article=article,
        gender=gender,
        roles=_find_roles(text, core, words),
        states=words.find_states(phrase),
        unions=words.find_unions(phrase),
    )
    person = _find_head(text, core, scene, person=True)
    if person is not None:
        return replace(source, kind="name", referent=person)
    return _classify(text, source, scene)


def _classify(text: str, source: Source, scene: Scene) -> Source:
    """A phrase in which no person is named, by its head word."""
    words = scene.words
    whole = source.core
    core = _cut_phrase(text, whole, words)
    phrase = text[core[0] : core[1]]
    source = replace(source, core=core)
    head = _find_head_word(phrase, words)
    office = _find_head(text, whole, scene, person=False)
    if head is not None and head[0] == "role":
        role = next((r for r in source.roles if r.span[1] == core[0] + head[1]), None)
        gender = (role.gender if role is not None else "") or source.gender
        return replace(source, kind="role", gender=gender, roles=(role,) if role else source.roles)
    if office is not None:
        return replace(source, kind="office", referent=office)
    if head is not None:
        return replace(source, kind=head[0])
    plural = phrase.lower().endswith(tuple(_plurals(words)))
    return replace(source, kind=_classify_rest(phrase, source, words), plural=plural)


def _find_head_word(phrase: str, words: Vocabulary) -> tuple[SourceKind, int] | None:
    """The kind of the head noun and where it ends.

    It is the last known word before a complement in a language that puts what belongs to a noun
    before it, and the first one in others.
    """
    patterns: list[tuple[SourceKind, Pattern]] = [
        ("role", words.roles),
        ("group", words.groups),
        ("person", words.ages),
        ("document", words.documents),
        ("office", words.bodies),
        ("office", words.outlets),
    ]
    tokens = words.find_tokens(phrase)
    links = [a for a, b in tokens[1:] if words.is_in("complements", phrase[a:b])]
    stop = min(links, default=len(phrase))
    found = [
        (match.end() if words.before else -match.start(), -number, kind, match.end())
        for number, (kind, pattern) in enumerate(patterns)
        for match in pattern.finditer(phrase, 0, stop)
    ]
    if not found:
        return None
    _, _, kind, end = max(found)
    return kind, end


def _classify_rest(phrase: str, source: Source, words: Vocabulary) -> SourceKind:
    """A phrase without a known noun: a state as such ("the Kremlin") or one of its people."""
    if source.unions or words.seats.fullmatch(phrase):
        return "office"
    if not source.states:
        return "unknown"
    if len(words.find_tokens(phrase)) > 1:
        return "office"
    plural = phrase.lower().endswith(tuple(_plurals(words)))
    return "group" if plural else "person"


def _plurals(words: Vocabulary) -> frozenset[str]:
    return words.words.get("plural_endings") or frozenset({"\0"})


def _trim_edges(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        if text[end - 1] == "." and "." in text[max(start, end - 4) : end - 1]:
            break
        end -= 1
    if text[start:end].lower().endswith(("'s", "’s")):
        end -= 2
    return start, end


def _take_article(text: str, span: Span, words: Vocabulary) -> Span:
    """With the article right before it, which taggers leave out now and then."""
    before = words.find_tokens(text, max(0, span[0] - 12), span[0])
    if not before or not words.is_article(text[before[-1][0] : before[-1][1]]):
        return span
    if text[before[-1][1] : span[0]].strip(" \u00a0") or not text[span[0] : span[1]].strip():
        return span
    return before[-1][0], span[1]


def _skip_leads(text: str, span: Span, words: Vocabulary) -> Span:
    match = words.leads.match(text, *span)
    while match is not None and match.end() < span[1]:
        start = match.end()
        while start < span[1] and text[start].isspace():
            start += 1
        span = (start, span[1])
        match = words.leads.match(text, *span)
    return span


def _read_pronoun(text: str, tokens: Sequence[Span], words: Vocabulary) -> str | None:
    found = [text[a:b] for a, b in tokens]
    kept = [word for word in found if not words.is_in("intensifiers", word)]
    if len(kept) != 1:
        return None
    return words.find_code(kept[0]) or None


def _gender_of(code: str) -> str:
    return code[0] if code[:1] in ("m", "f") else ""


def _read_article(
    text: str, span: Span, tokens: Sequence[Span], words: Vocabulary
) -> tuple[Literal["definite", "indefinite", ""], str, Span]:
    first = text[tokens[0][0] : tokens[0][1]].lower().replace("’", "'")
    if len(tokens) < 2:
        return "", "", span
    core = (tokens[1][0], span[1])
    if words.is_in("indefinite", first):
        return "indefinite", "", core
    if first in words.articles:
        return "definite", words.articles[first], core
    return "", "", span


def _find_roles(text: str, core: Span, words: Vocabulary) -> tuple[Role, ...]:
    return tuple(
        replace(role, span=(role.span[0] + core[0], role.span[1] + core[0]))
        for role in words.find_roles(text[core[0] : core[1]])
    )


def _find_head(text: str, core: Span, scene: Scene, *, person: bool) -> int | None:
    """The referent whose name is the head of the phrase, not somebody's whom it is about."""
    named = [
        (span, number)
        for span, number in scene.by_span.items()
        if _holds(core, span) and (scene.referents[number].type == "person") is person
    ]
    if person and not named:
        named = _find_surnames(text, core, scene)
    heads = [(span, n) for span, n in sorted(named) if _is_head(text, core, span, n, scene)]
    return heads[0][1] if heads else None


def _find_surnames(text: str, core: Span, scene: Scene) -> list[tuple[Span, int]]:
    """People named elsewhere in the report whose surname the tagger missed here."""
    words = scene.words
    found = []
    for low, high in words.find_tokens(text, *core):
        word = text[low:high]
        if not word[:1].isupper() or words.roles.fullmatch(word):
            continue
        fitting = [
            number
            for number, referent in enumerate(scene.referents)
            if referent.type == "person"
            and referent.named
            and is_same_word(word, referent.name.split()[-1], words.endings)
        ]
        found += [((low, high), number) for number in fitting[:1]]
    return found


def _is_head(text: str, core: Span, span: Span, number: int, scene: Scene) -> bool:
    """Whether the phrase is about this name: nothing that it would only belong to follows it.

    "A spokesman for Mr Trump", "Trump's campaign" and "Putins Sprecher" are not Trump nor Putin.
    """
    words = scene.words
    follow = words.find_tokens(text, span[1], core[1])
    if follow:
        between = text[span[1] : follow[0][0]]
        word = text[follow[0][0] : follow[0][1]]
        marked = any(mark in between for mark in ",(–—;:/") or between.strip(" \u00a0") == "-"
        known = words.is_in("functions", word) or words.is_in("intensifiers", word)
        if between[:1] in ("'", "’") or not (marked or known or words.is_article(word)):
            return False
    before = words.find_tokens(text, core[0], span[0])
    if not before:
        return True
    gap = text[before[-1][1] : span[0]]
    word = text[before[-1][0] : before[-1][1]]
    if "," in gap:
        return True
    if any(words.is_in("complements", text[a:b]) for a, b in before[-2:]):
        return False
    return not _is_owner(text, span, number, word, scene)


def _is_owner(text: str, span: Span, number: int, word: str, scene: Scene) -> bool:
    """Whether a name after a role is in the genitive: "Sprecher Putins", "речник Путіна"."""
    words = scene.words
    if not any(role.base and role.span[1] == len(word) for role in words.find_roles(word)):
        return False
    printed = split_words(text, span, words)[-1]
    base = scene.referents[number].name.split()[-1]
    if printed.casefold() == base.casefold() or not is_same_word(printed, base, words.endings):
        return False
    return any(
        base.casefold() in strip_endings(printed, [ending])
        or not strip_endings(printed, [ending]).isdisjoint(strip_endings(base, words.endings))
        for ending in words.genitives
        if printed.casefold().endswith(ending)
    )


def _cut_phrase(text: str, core: Span, words: Vocabulary) -> Span:
    """The phrase up to a comma or relative pronoun, at most so many words."""
    tokens = words.find_tokens(text, *core)
    stop = core[1]
    for number, (low, high) in enumerate(tokens):
        relative = words.pronouns.get(text[low:high].lower()) == "r"
        article = words.is_article(text[low:high])
        if number and (("," in text[tokens[number - 1][1] : low]) or (relative and not article)):
            stop = tokens[number - 1][1]
            break
        if number >= _LONGEST:
            stop = tokens[number - 1][1]
            break
    return core[0], stop


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
