"""From the printed source of each attribution to who speaks.

Rules, in order:
1. no source: the speaker before, where the words directly go on;
2. several parties, each by itself;
3. a name: printed in full, or a surname of somebody named elsewhere;
4. a pronoun: the likeliest person spoken of before;
5. a role: somebody described so in the report, or an unnamed holder;
6. an office, a government, a group: as printed;
7. another description of a person ("the Norwegian"): the likeliest person spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import ActorType, Attribution, Mention, Report, Span, Words
from onrecord.statements.discourse import Referent, Scene, Search, build_scene
from onrecord.statements.mentions import Profile
from onrecord.statements.roles import fit_office, fit_person, fit_role, is_certain
from onrecord.statements.rules import (
    A_TEXT,
    DESCRIPTION,
    GROUP,
    IN_FULL,
    NOBODY_FITS,
    NOT_NAMED,
    OFFICE,
    ONESELF,
    PRONOUN,
    RELATIVE,
    ROLE,
    SEVERAL,
    SHORT,
    SPEAKS_FOR,
    SURNAME,
    THE_WRITER,
    UNNAMED,
    Found,
    Speaker,
    choose_likeliest,
)
from onrecord.statements.silent import find_silent_speaker
from onrecord.statements.sources import Source, read_source, split_source
from onrecord.statements.vocabulary import load_vocabulary

_ABBREVIATION = re.compile(r"(?:[^\W\d_a-z]\.)+[^\W\d_a-z]\.?|[A-Z]{2,6}")
"""What is written in initials names an organisation or a state, and describes nobody."""

SPOKESPERSON = "spokesperson"
"""The class of roles (languages/*.toml) whose holders speak for somebody else."""

_REACH = 60
"""How far, in characters, a relative pronoun may be from its name."""


def find_speakers(
    report: Report, attributions: Sequence[Attribution], profiles: Sequence[Profile]
) -> tuple[Speaker, ...]:
    """One speaker for each attribution, in their order.

    Offsets are into `report.text`; a language without word lists gives names and nothing else.
    """
    scene = build_scene(report, profiles, attributions, load_vocabulary(report.language))
    found = Found(scene, attributions)
    for number in sorted(range(len(attributions)), key=lambda n: _place(attributions[n])):
        speaker, referent = _find_speaker(found, number)
        found.speakers[number] = speaker
        if referent is not None:
            found.referents[number] = referent
            scene.add_speaker(_place(attributions[number])[0], referent)
    return tuple(found.speakers[number] for number in range(len(attributions)))


def identify_party(scene: Scene, span: Span) -> Mention | None:
    """Who is named by other words of the report, an addressee's say; None unless by name."""
    source = read_source(scene.report.text, span, scene)
    if source.referent is None:
        return None
    return scene.referents[source.referent].mention(IN_FULL)


def _place(attribution: Attribution) -> tuple[int, bool]:
    spans = attribution.source or attribution.cue or attribution.content
    return spans[0][0], attribution.inner


def _find_speaker(found: Found, number: int) -> tuple[Speaker, int | None]:
    attribution = found.attributions[number]
    text = found.scene.report.text
    answer: tuple[Speaker, int | None] | None = None
    for span in attribution.source:
        parts = split_source(text, span, found.scene)
        if len(parts) > 1:
            return _resolve_several(found, number, parts)
        source = read_source(text, span, found.scene)
        if source.kind == "empty":
            continue
        speaker, referent = _resolve_source(found, number, source)
        if speaker.mention is not None:
            return speaker, referent
        answer = answer or (speaker, referent)
    return answer or find_silent_speaker(found, number)


def _resolve_several(
    found: Found, number: int, parts: Sequence[Span]
) -> tuple[Speaker, int | None]:
    text = found.scene.report.text
    mentions = []
    for part in parts:
        source = read_source(text, part, found.scene)
        speaker, _ = _resolve_source(found, number, source)
        if speaker.mention is None:
            return speaker, None
        mentions.append(speaker.mention)
    spans = tuple(
        span for mention in mentions if mention.words is not None for span in mention.words.spans
    )
    name = " and ".join(mention.name for mention in mentions)
    certain = all(mention.certain for mention in mentions)
    words = Words.of(text, *spans) if spans else None
    mention = Mention(name, "group", SEVERAL, words, (), certain)
    return Speaker(mention), found.scene.add_referent(Referent(name, "group", words))


def _resolve_source(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    scene = found.scene
    if source.kind == "name" and source.referent is not None:
        return _resolve_name(scene, source, source.referent)
    if source.kind == "pronoun":
        return _resolve_pronoun(found, number, source)
    if source.kind == "role":
        return _resolve_role(found, number, source)
    if source.kind == "office":
        return _resolve_office(found, number, source)
    if source.kind == "group":
        name, words = _print(scene, source.core)
        return _introduce(scene, Referent(name, "group", words, named=False), GROUP)
    if source.kind == "document":
        return Speaker(unresolved=A_TEXT), None
    return _resolve_description(found, number, source)


def _print(scene: Scene, span: Span) -> tuple[str, Words]:
    words = Words.of(scene.report.text, span)
    return " ".join(words.text.split()), words


def _introduce(scene: Scene, referent: Referent, rule: str) -> tuple[Speaker, int | None]:
    """Somebody new, who may be meant by what follows."""
    number = scene.add_referent(referent)
    return Speaker(referent.mention(rule)), number


def _resolve_name(scene: Scene, source: Source, number: int) -> tuple[Speaker, int]:
    referent = scene.referents[number]
    printed = scene.report.text[source.core[0] : source.core[1]]
    full = referent.name.split()
    whole = len(full) == 1 or all(word.casefold() in printed.casefold() for word in full[:-1])
    same = [
        other
        for other in scene.referents
        if other.type == "person" and other.name.split()[-1:] == full[-1:]
    ]
    certain = whole or len(same) == 1 or len({other.gender for other in same}) == len(same)
    return Speaker(referent.mention(IN_FULL if whole else SURNAME, certain=certain)), number


def _resolve_pronoun(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    scene = found.scene
    if source.code[0] == "d":
        return Speaker(unresolved=A_TEXT), None
    if source.code[0] == "1":
        return _resolve_oneself(found, number, source)
    if source.code[0] == "r":
        return _resolve_relative(scene, source)
    types: tuple[ActorType, ...] = ("person",)
    if source.code[1] == "p":
        types = ("group", "organisation")
    elif source.code[0] == "n":
        types = ("organisation", "place")
    ranked = scene.rank(_search(found, number, source, types))
    if not ranked and types == ("person",) and not _is_natural(scene):
        ranked = scene.rank(_search(found, number, source, ("organisation", "group"), reach=2))
    if not ranked:
        return Speaker(unresolved=NOBODY_FITS), None
    return choose_likeliest(scene, ranked, PRONOUN, source.gender)


def _is_natural(scene: Scene) -> bool:
    """Whether "he" and "she" are people only: the language has a pronoun for the rest."""
    return not any(code in ("m", "f") for code in scene.words.articles.values())


def _search(
    found: Found, number: int, source: Source, types: Sequence[ActorType], *, reach: int = 5
) -> Search:
    return Search(
        source.span[0],
        source.gender,
        types,
        found.attributions[number].content,
        reach,
    )


def _resolve_oneself(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    place = source.span[0]
    for other, attribution in enumerate(found.attributions):
        if any(start <= place < end for start, end in attribution.content):
            referent = found.referents.get(other)
            if other != number and referent is not None:
                return Speaker(found.scene.referents[referent].mention(ONESELF)), referent
    return Speaker(unresolved=THE_WRITER), None


def _resolve_relative(scene: Scene, source: Source) -> tuple[Speaker, int | None]:
    """The name before a relative pronoun; uncertain if other words stand between them."""
    text, place = scene.report.text, source.span[0]
    kinds: tuple[ActorType, ...] = ("person", "organisation", "place", "group")
    if source.code[1:] in ("p", "n"):
        kinds = kinds[:1] if source.code[1:] == "p" else kinds[1:]
    before = [
        (span, number)
        for span, number in scene.by_span.items()
        if place - _REACH <= span[1] <= place and scene.referents[number].type in kinds
    ]
    if not before:
        return Speaker(unresolved=NOBODY_FITS), None
    span, number = max(before)
    between = text[span[1] : place]
    direct = not any(character.isalnum() for character in between)
    if "\n" in between or not (direct or (between[:1] in (",", " ") and "," in between)):
        return Speaker(unresolved=NOBODY_FITS), None
    return Speaker(scene.referents[number].mention(RELATIVE, certain=direct)), number


def _resolve_role(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    scene = found.scene
    name, words = _print(scene, source.core)
    if source.article != "indefinite":
        ranked = _rank_roles(found, number, source)
        if ranked:
            speaker, chosen = choose_likeliest(scene, ranked, ROLE, "")
            fit = fit_role(source, scene.referents[chosen], scene)
            if speaker.mention is not None and not is_certain(fit or 0.0):
                speaker = Speaker(replace(speaker.mention, certain=False))
            return speaker, chosen
        spoken = scene.rank(
            _search(found, number, source, ("person",), reach=3),
            lambda referent: fit_person(source, referent, scene.words),
        )
        if spoken and source.article == "definite":
            chosen = spoken[0][1]
            return Speaker(scene.referents[chosen].mention(DESCRIPTION, certain=False)), chosen
    unnamed = Referent(name, "person", words, (name,), source.gender or None, named=False)
    unnamed.speaks_for = _find_body(scene, source)
    return _introduce(scene, unnamed, UNNAMED if unnamed.speaks_for is None else SPEAKS_FOR)


def _find_body(scene: Scene, source: Source) -> Referent | None:
    """The organisation that an unnamed spokesman is said to speak for, if exactly one."""
    if not any(role.kind == SPOKESPERSON for role in source.roles):
        return None
    start, end = source.core
    bodies = {
        number
        for span, number in scene.by_span.items()
        if start <= span[0] and span[1] <= end and scene.referents[number].type == "organisation"
    }
    return scene.referents[bodies.pop()] if len(bodies) == 1 else None


def _rank_roles(found: Found, number: int, source: Source) -> list[tuple[float, int]]:
    """The people whose description fits the role, the best first; of equal ones the nearest."""
    scene = found.scene
    search = _search(found, number, source, ("person",), reach=40)
    near = {other: weight for weight, other in scene.rank(search)}
    ranked = []
    for other, referent in enumerate(scene.referents):
        fit = fit_role(source, referent, scene)
        if fit is not None and (referent.named or other in near):
            ranked.append((fit + 0.3 * max(near.get(other, -6.0), -6.0), other))
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))


def _resolve_office(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    scene = found.scene
    if source.referent is not None:
        return Speaker(scene.referents[source.referent].mention(IN_FULL)), source.referent
    fitting = fit_office(source, scene)
    if fitting is not None:
        return Speaker(scene.referents[fitting].mention(SHORT)), fitting
    name, words = _print(scene, source.core)
    if source.article == "definite" and scene.words.short.fullmatch(name):
        spoken = scene.rank(_search(found, number, source, ("organisation",), reach=4))
        if spoken:
            return choose_likeliest(scene, spoken, SHORT, "")
    has_body = scene.words.bodies.search(name) or scene.words.outlets.search(name)
    kind: ActorType = "organisation" if has_body or source.unions else "place"
    referent = Referent(name, kind, words)
    return _introduce(scene, referent, OFFICE)


def _resolve_description(found: Found, number: int, source: Source) -> tuple[Speaker, int | None]:
    scene = found.scene
    name, words = _print(scene, source.core)
    if _ABBREVIATION.fullmatch(name):
        return _introduce(scene, Referent(name, "organisation", words), IN_FULL)
    definite = source.article == "definite" or (scene.words.bare and source.kind == "person")
    if source.kind == "person" and source.article == "indefinite":
        return _introduce(
            scene,
            Referent(name, "person", words, (name,), source.gender or None, named=False),
            UNNAMED,
        )
    if not definite:
        return Speaker(unresolved=NOT_NAMED), None
    reach = 3 if source.kind == "person" else 2
    ranked = scene.rank(
        _search(found, number, source, ("person",), reach=reach),
        lambda referent: fit_person(source, referent, scene.words),
    )
    if source.kind != "person":
        if source.plural:
            return Speaker(unresolved=NOT_NAMED), None
        others = scene.rank(_search(found, number, source, ("organisation", "group"), reach=reach))
        ranked = ranked if len(ranked) == 1 and not others else []
    if not ranked:
        return Speaker(unresolved=NOT_NAMED), None
    if source.kind == "person":
        return choose_likeliest(scene, ranked, DESCRIPTION, source.gender)
    return Speaker(scene.referents[ranked[0][1]].mention(DESCRIPTION, certain=False)), ranked[0][1]
