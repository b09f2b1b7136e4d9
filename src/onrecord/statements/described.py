"""Whom a role, an office or a description in a source stands for, if no name is in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import ActorType, Span, Words
from onrecord.statements.discourse import Referent, Scene, Search
from onrecord.statements.positions import find_form
from onrecord.statements.roles import fit_office, fit_person, fit_role, is_certain
from onrecord.statements.rules import (
    DESCRIPTION,
    GROUP,
    IN_FULL,
    NOT_NAMED,
    OFFICE,
    ROLE,
    SHORT,
    SPEAKS_FOR,
    UNNAMED,
    Found,
    Speaker,
    choose_likeliest,
)
from onrecord.statements.sources import Source

_ABBREVIATION = re.compile(r"(?:[^\W\d_a-z]\.)+[^\W\d_a-z]\.?|[A-Z]{2,6}")
"""What is written in initials names an organisation or a state, and describes nobody."""

SPOKESPERSON = "spokesperson"
"""The class of roles (languages/*.toml) whose holders speak for somebody else."""

_FAR = -6.0
"""What being out of reach counts, in log-odds."""
_NEAR = 0.3


def make_search(
    found: Found, number: int, source: Source, types: Sequence[ActorType], *, reach: int = 5
) -> Search:
    """The search for whom the source of an attribution stands for, what it says left out."""
    form = find_form(found.scene.clauses, source.span) if source.kind == "pronoun" else "subject"
    without = found.attributions[number].content
    return Search(source.span, source.gender, types, without, reach, form)


def introduce(scene: Scene, referent: Referent, rule: str) -> tuple[Speaker, int | None]:
    """Somebody new, who may be meant by what follows."""
    number = scene.add_referent(referent)
    return Speaker(referent.mention(rule)), number


def print_words(scene: Scene, span: Span) -> tuple[str, Words]:
    """The words at a place on one line, and as they are printed."""
    words = Words.of(scene.report.text, span)
    return " ".join(words.text.split()), words


def resolve_role(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    """Somebody who is described so in the report, or else an unnamed holder."""
    scene = found.scene
    name, words = print_words(scene, source.core)
    if source.article != "indefinite":
        ranked = _rank_roles(found, number, source)
        if ranked:
            speaker, chosen = choose_likeliest(scene, ranked, ROLE, "")
            fit = fit_role(source, scene.referents[chosen], scene)
            if speaker.mention is not None and not is_certain(fit or 0.0):
                speaker = Speaker(replace(speaker.mention, certain=False))
            return speaker, chosen
        spoken = scene.rank(
            make_search(found, number, source, ("person",), reach=3),
            lambda referent: fit_person(source, referent, scene.words),
        )
        if len(spoken) == 1 and source.article == "definite":
            chosen = spoken[0][1]
            return Speaker(scene.referents[chosen].mention(DESCRIPTION, certain=False)), chosen
    unnamed = Referent(name, "person", words, (name,), source.gender or None, named=False)
    unnamed.speaks_for = _find_body(found, number, source)
    return introduce(scene, unnamed, UNNAMED if unnamed.speaks_for is None else SPEAKS_FOR)


def _find_body(found: Found, number: int, source: Source) -> Referent | None:
    """The organisation that an unnamed spokesman is said to speak for, if exactly one is named.

    It may be named by a short form ("a spokesman for the company"), or be a name that the tagger
    doesn't know, written with capitals right after what ties it to the role.
    """
    scene = found.scene
    if not any(role.kind == SPOKESPERSON for role in source.roles):
        return None
    start, end = source.core
    bodies = {
        other
        for span, other in scene.by_span.items()
        if start <= span[0] and span[1] <= end and scene.referents[other].type == "organisation"
    }
    if bodies:
        return scene.referents[bodies.pop()] if len(bodies) == 1 else None
    return _read_body(found, number, source)


def _read_body(found: Found, number: int, source: Source) -> Referent | None:
    scene, words = found.scene, found.scene.words
    text, end = scene.report.text, source.core[1]
    tokens = words.find_tokens(text, source.roles[0].span[1], end)
    if not tokens or not words.is_in("complements", text[slice(*tokens[0])]):
        return None
    bare = len(tokens) < 2 or not words.is_article(text[slice(*tokens[1])])
    rest = tokens[1:] if bare else tokens[2:]
    if not rest:
        return None
    phrase = (rest[0][0], rest[-1][1])
    printed = text[slice(*phrase)]
    if words.short.fullmatch(printed) or words.short.fullmatch(_strip_ending(printed, scene)):
        near = make_search(found, number, source, ("organisation",), reach=4)
        ranked = scene.rank(
            replace(near, gender=""), lambda one: not words.outlets.search(one.name)
        )
        return scene.referents[ranked[0][1]] if len(ranked) == 1 else None
    capitals = all(text[low].isupper() for low, _ in rest)
    known = any(p.search(printed) for p in (words.bodies, words.roles, words.groups, words.seats))
    people = any(phrase[0] <= span[0] < phrase[1] for span in scene.by_span)
    if bare and capitals and not known and not people and not words.find_states(printed):
        return Referent(" ".join(printed.split()), "organisation", Words.of(text, phrase))
    return None


def _strip_ending(word: str, scene: Scene) -> str:
    """A noun without the ending of the genitive."""
    for ending in scene.words.genitives:
        if word.endswith(ending):
            return word.removesuffix(ending)
    return word


def _rank_roles(found: Found, number: int, source: Source) -> list[tuple[float, int]]:
    """The people whose description fits the role, the best first; of equal ones the nearest."""
    scene = found.scene
    search = make_search(found, number, source, ("person",), reach=40)
    near = {other: weight for weight, other in scene.rank(search)}
    ranked = []
    for other, referent in enumerate(scene.referents):
        fit = fit_role(source, referent, scene)
        if fit is not None and (referent.named or other in near):
            ranked.append((fit + _NEAR * max(near.get(other, _FAR), _FAR), other))
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))


def resolve_office(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    """An organisation or a government: one that is named, or as the report calls it."""
    scene = found.scene
    if source.referent is not None:
        return Speaker(scene.referents[source.referent].mention(IN_FULL)), source.referent
    fitting = fit_office(source, scene)
    if fitting is not None:
        return Speaker(scene.referents[fitting].mention(SHORT)), fitting
    name, words = print_words(scene, source.core)
    if source.article == "definite" and scene.words.short.fullmatch(name):
        spoken = scene.rank(make_search(found, number, source, ("organisation",), reach=4))
        if spoken:
            return choose_likeliest(scene, spoken, SHORT, "")
    has_body = scene.words.bodies.search(name) or scene.words.outlets.search(name)
    kind: ActorType = "organisation" if has_body or source.unions else "place"
    return introduce(scene, Referent(name, kind, words), OFFICE)


def resolve_description(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    """Whoever is spoken of near by, if one person may be described so; or somebody unnamed."""
    scene = found.scene
    name, words = print_words(scene, source.core)
    if _ABBREVIATION.fullmatch(name):
        return introduce(scene, Referent(name, "organisation", words), IN_FULL)
    definite = source.article == "definite" or (scene.words.bare and source.kind == "person")
    definite = definite or (source.plural and scene.words.compounds)
    if source.kind == "person" and source.article == "indefinite":
        unnamed = Referent(name, "person", words, (name,), source.gender or None, named=False)
        return introduce(scene, unnamed, UNNAMED)
    if not definite:
        return Speaker(unresolved=NOT_NAMED), None
    reach = 3 if source.kind == "person" else 2
    ranked = scene.rank(
        make_search(found, number, source, ("person",), reach=reach),
        lambda referent: fit_person(source, referent, scene.words),
    )
    if source.kind != "person":
        if source.plural and (source.article or scene.words.compounds):
            group = Referent(name, "group", words, named=False)
            return Speaker(group.mention(GROUP, certain=False)), scene.add_referent(group)
        types: tuple[ActorType, ...] = ("organisation", "group")
        others = scene.rank(make_search(found, number, source, types, reach=reach))
        ranked = ranked if len(ranked) == 1 and not others else []
    if not ranked:
        return Speaker(unresolved=NOT_NAMED), None
    if source.kind == "person":
        return choose_likeliest(scene, ranked, DESCRIPTION, source.gender)
    return Speaker(scene.referents[ranked[0][1]].mention(DESCRIPTION, certain=False)), ranked[0][1]
