"""The speaker of words that are given without a source: whoever was speaking before."""

from __future__ import annotations

from dataclasses import replace

from onrecord.domain import ActorType, Words
from onrecord.statements.discourse import Referent, Scene, Search
from onrecord.statements.rules import (
    GOES_ON,
    LED_UP_TO,
    NO_SOURCE,
    OFFICE,
    Found,
    Speaker,
    choose_likeliest,
)
from onrecord.text import OPENING, STRAIGHT

_ADVERBS = 2
"""So many words may stand between an office and the verb."""


def find_silent_speaker(found: Found, number: int) -> tuple[Speaker, int | None]:
    """The speaker of an attribution without a source: the one before, if the words go on."""
    attribution = found.attributions[number]
    text = found.scene.report.text
    start = attribution.content[0][0]
    before = [
        (max(end for _, end in (*other.content, *other.cue, *other.source)), n)
        for n, other in enumerate(found.attributions)
        if n in found.referents and not other.inner and other.content[0][0] < start
    ]
    if before and not attribution.inner:
        end, last = max(before)
        if _directly_follows(text, end, start):
            referent = found.referents[last]
            certain = found.speakers[last].mention
            mention = found.scene.referents[referent].mention(
                GOES_ON, certain=certain is not None and certain.certain
            )
            return Speaker(mention), referent
    if attribution.inner:
        return Speaker(unresolved=NO_SOURCE), None
    return _led_up_to(found, number)


def _directly_follows(text: str, end: int, start: int) -> bool:
    """Whether nothing is said between: the next sentence, or a paragraph with an opening mark."""
    between = text[end:start] if end <= start else ""
    if any(character.isalnum() for character in between):
        return False
    if "\n" not in between:
        return True
    mark = between.rstrip()[-1:] if between.rstrip()[-1:] in OPENING + STRAIGHT else text[start]
    return mark in OPENING + STRAIGHT or between.lstrip().startswith(":")


def _led_up_to(found: Found, number: int) -> tuple[Speaker, int | None]:
    """Somebody in the clause that ends with a colon before it, or the subject of a bare verb."""
    scene = found.scene
    attribution = found.attributions[number]
    text = scene.report.text
    start = attribution.content[0][0]
    lead = text[:start].rstrip(OPENING + STRAIGHT + " \n\u00a0")
    bare = scene.words.subjectless and bool(attribution.cue)
    if not lead.endswith(":") and not bare:
        return Speaker(unresolved=NO_SOURCE), None
    if bare and not lead.endswith(":"):
        office = _find_office(scene, attribution.cue[0][0])
        if office is not None:
            return Speaker(office.mention(OFFICE)), scene.add_referent(office)
    place = attribution.cue[0][0] if bare else len(lead)
    reach = 1 if bare else 0
    types: tuple[ActorType, ...] = ("person", "organisation", "group")
    ranked = scene.rank(Search((place, place), "", types, attribution.content, reach))
    people = [pair for pair in ranked if scene.referents[pair[1]].type == "person"]
    if not ranked:
        return Speaker(unresolved=NO_SOURCE), None
    speaker, chosen = choose_likeliest(scene, people or ranked, LED_UP_TO, "")
    if speaker.mention is not None and not lead.endswith(":"):
        speaker = Speaker(replace(speaker.mention, certain=False))
    return speaker, chosen


def _find_office(scene: Scene, cue: int) -> Referent | None:
    """The office in which a verb without a subject was said ("У міністерстві повідомили")."""
    text, words = scene.report.text, scene.words
    start = scene.starts[scene.sentence(cue) - 1] if scene.sentence(cue) else 0
    for pattern in (words.bodies, words.seats):
        for match in pattern.finditer(text, start, cue):
            before = words.find_tokens(text, start, match.start())
            if before and words.is_article(text[slice(*before[-1])]):
                before.pop()
            inside = before and scene.clauses.grammar.is_preposition(text[slice(*before[-1])])
            if inside and len(words.find_tokens(text, match.end(), cue)) <= _ADVERBS:
                kind: ActorType = "organisation" if pattern is words.bodies else "place"
                return Referent(match.group(), kind, Words.of(text, match.span()))
    return None
