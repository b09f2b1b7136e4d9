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

from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import ActorType, Attribution, Mention, Report, Span, Words
from onrecord.statements.described import (
    introduce,
    make_search,
    print_words,
    resolve_description,
    resolve_office,
    resolve_role,
)
from onrecord.statements.discourse import Referent, Scene, build_scene
from onrecord.statements.mentions import Profile
from onrecord.statements.pointing import find_doubtful
from onrecord.statements.rules import (
    A_TEXT,
    GOES_ON,
    GROUP,
    IN_FULL,
    NOBODY_FITS,
    ONESELF,
    PRONOUN,
    RELATIVE,
    SEVERAL,
    SURNAME,
    THE_WRITER,
    Found,
    Speaker,
    choose_likeliest,
)
from onrecord.statements.silent import find_silent_speaker
from onrecord.statements.sources import Source, read_source, split_source
from onrecord.statements.vocabulary import load_vocabulary

_REACH = 60
"""How far, in characters, a relative pronoun may be from its name."""


def find_speakers(
    report: Report,
    attributions: Sequence[Attribution],
    profiles: Sequence[Profile],
    *,
    scene: Scene | None = None,
) -> tuple[Speaker, ...]:
    """One speaker for each attribution, in their order.

    Offsets are into `report.text`; a language without word lists gives names and nothing else.
    `scene` is theirs where it was built before; it stays as it is.
    """
    if scene is None:
        scene = build_scene(report, profiles, attributions, load_vocabulary(report.language))
    else:
        scene = scene.copy()
    doubtful = find_doubtful(report.text, attributions) if report.kind == "report" else {}
    found = Found(scene, attributions, doubtful=doubtful)
    for number in sorted(range(len(attributions)), key=lambda n: _order(found, n)):
        speaker, referent = _find_speaker(found, number)
        found.speakers[number] = speaker
        if referent is not None:
            found.referents[number] = referent
            span, inner = _order(found, number)
            told = bool(attributions[number].source) and number not in doubtful
            scene.add_speaker(span, referent, quoted=inner or (told and scene.is_voiced(span)))
    return tuple(found.speakers[number] for number in range(len(attributions)))


def identify_party(scene: Scene, span: Span) -> Mention | None:
    """Who is named by other words of the report, an addressee's say; None unless by name."""
    source = read_source(scene.report.text, span, scene)
    if source.referent is None:
        return None
    return scene.referents[source.referent].mention(IN_FULL)


def _order(found: Found, number: int) -> tuple[Span, bool]:
    """Where somebody is told to speak: at the source, if the content isn't in another sentence."""
    attribution = found.attributions[number]
    spans = attribution.source or attribution.cue or attribution.content
    if number in found.doubtful:
        spans = attribution.content
    return spans[0], attribution.inner


def _find_speaker(found: Found, number: int) -> tuple[Speaker, int | None]:
    """Whoever the source is; of a doubtful one, whoever goes on speaking, or else with doubt."""
    if number not in found.doubtful:
        return _follow_source(found, number)
    if found.doubtful[number] == "before":
        silent = find_silent_speaker(found, number)
        if silent[0].mention is not None and silent[0].mention.rule == GOES_ON:
            return silent
    speaker, referent = _follow_source(found, number)
    if speaker.mention is None:
        return speaker, referent
    return Speaker(replace(speaker.mention, certain=False)), referent


def _follow_source(found: Found, number: int) -> tuple[Speaker, int | None]:
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
        return resolve_role(found, number, source)
    if source.kind == "office":
        return resolve_office(found, number, source)
    if source.kind == "group":
        name, words = print_words(scene, source.core)
        return introduce(scene, Referent(name, "group", words, named=False), GROUP)
    if source.kind == "document":
        return Speaker(unresolved=A_TEXT), None
    return resolve_description(found, number, source)


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
    ranked = scene.rank(make_search(found, number, source, types))
    if not ranked and types == ("person",) and not _is_natural(scene):
        ranked = scene.rank(make_search(found, number, source, ("organisation", "group"), reach=2))
    if not ranked:
        return Speaker(unresolved=NOBODY_FITS), None
    return choose_likeliest(scene, ranked, PRONOUN, source.gender)


def _is_natural(scene: Scene) -> bool:
    """Whether "he" and "she" are people only: the language has a pronoun for the rest."""
    return not any(code in ("m", "f") for code in scene.words.articles.values())


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
