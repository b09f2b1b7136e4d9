"""Tagging -> statements: what was said, how it is quoted, who said it, when, through whom.

1. Mend sources that were cut to an article, and contents: to the ends of quotations, empty ones
   and doubles left out; drop sources that are too far from their contents.
2. Gather the report's people and offices, and find each attribution's speaker.
3. Find what came through agencies; attributions that are nothing but that make no statement.
4. Find occasion, addressee, channel, place and act, and put it all together.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.dialogues import spoken_spans
from onrecord.domain import (
    Act,
    Attribution,
    Party,
    Report,
    Span,
    Statement,
    Tagging,
    Words,
    make_id,
)
from onrecord.statements.acts import ActModel
from onrecord.statements.discourse import Scene, build_scene
from onrecord.statements.doing import find_act
from onrecord.statements.genders import infer_genders
from onrecord.statements.kinds import Quoting, extend_content, read_quoting
from onrecord.statements.mentions import find_profiles
from onrecord.statements.nouns import extend_articles
from onrecord.statements.objects import move_objects
from onrecord.statements.occasions import Occasion, find_occasions, rate_occasion
from onrecord.statements.pointing import drop_far_sources
from onrecord.statements.primary import date_turn, quote_turn
from onrecord.statements.rules import RULE_CERTAINTY, Speaker
from onrecord.statements.setting import Setting, find_setting
from onrecord.statements.speakers import find_speakers, identify_party
from onrecord.statements.subjects import complete_sources
from onrecord.statements.via import find_via
from onrecord.statements.vocabulary import load_vocabulary

_DOUBT = 0.7
_NOBODY = 0.5


@dataclass(frozen=True, slots=True)
class _Parts:
    """All that was found of one attribution."""

    attribution: Attribution
    quoting: Quoting
    speaker: Speaker
    occasion: Occasion
    setting: Setting
    via: tuple[Party, ...]
    act: Act | None


def build_statements(
    report: Report, tagging: Tagging, *, acts: ActModel | None = None
) -> tuple[Statement, ...]:
    """The statements of a report, in the order of their contents.

    Without the model `acts` an act is known by the words of its cue alone.
    Spans point into `report.text`. What isn't known is None, with the reason in `unresolved`. A
    report in a language without word lists keeps its statements, with the names in the sources.
    """
    quoted = spoken_spans(report.text, report.language)
    words = load_vocabulary(report.language)
    drawn = extend_articles(report.text, tagging.attributions, words)
    drawn = complete_sources(report.text, drawn, tagging.names, words)
    tagging = replace(tagging, attributions=drawn)
    attributions = mend_attributions(report, tagging.attributions, quoted)
    attributions = move_objects(report, attributions, tagging.names)
    if report.kind == "report":
        attributions = drop_far_sources(report.text, attributions)
    profiles = infer_genders(report, find_profiles(report, tagging), quoted)
    scene = build_scene(report, profiles, attributions, words)
    speakers = find_speakers(report, attributions, profiles, scene=scene)
    channels = find_via(report, attributions, profiles)
    settings = [
        find_setting(
            report,
            attribution,
            names=tagging.names,
            others=[*attributions[:number], *attributions[number + 1 :]],
        )
        for number, attribution in enumerate(attributions)
    ]
    occasions = find_occasions(
        report,
        attributions,
        speakers=[speaker.mention for speaker in speakers],
        settings=settings,
    )
    names = [name.span for name in tagging.names]
    statements = []
    for number, attribution in enumerate(attributions):
        if number in channels.outer:
            continue
        quoting = read_quoting(
            report.text, attribution.content, quoted, language=report.language, names=names
        )
        occasion = occasions[number]
        if report.kind == "primary":
            quoting, occasion = quote_turn(attribution), date_turn(report, occasion)
        parts = _Parts(
            attribution,
            quoting,
            speakers[number],
            occasion,
            settings[number],
            channels.parties[number],
            find_act(
                scene,
                attribution,
                settings[number],
                speaker=_name(speakers[number]),
                model=acts,
            ),
        )
        statements.append(_build_statement(report, scene, parts))
    return tuple(statements)


def mend_attributions(
    report: Report, attributions: Sequence[Attribution], quoted: Sequence[Span]
) -> tuple[Attribution, ...]:
    """The attributions with contents drawn out to the ends of quotations, without empty ones.

    Of two with the same content the one with a source, or else the better score, is kept.
    """
    text = report.text
    outer = [found for found in attributions if not found.inner]
    best: dict[tuple[Span, ...], Attribution] = {}
    for found in attributions:
        if not any(c.isalpha() for start, end in found.content for c in text[start:end]):
            continue
        mended = found
        if not found.inner:
            taken = [span for other in outer if other is not found for span in other.content]
            taken += [*found.cue, *found.source]
            mended = replace(found, content=extend_content(text, found.content, quoted, taken))
        rival = best.get(mended.content)
        if rival is None or _rank(mended) > _rank(rival):
            best[mended.content] = mended
    return tuple(sorted(best.values(), key=lambda found: (found.content, found.inner)))


def _rank(attribution: Attribution) -> tuple[bool, bool, float]:
    return bool(attribution.source), not attribution.inner, attribution.score


def _build_statement(report: Report, scene: Scene, parts: _Parts) -> Statement:
    attribution, quoting = parts.attribution, parts.quoting
    speaker, occasion, setting = parts.speaker, parts.occasion, parts.setting
    content = Words.of(report.text, *quoting.content)
    certainty = measure_certainty(attribution, speaker)
    return Statement(
        id=make_id("statement", report.id, content.spans, attribution.source),
        report=report.id,
        kind=quoting.kind,
        content=content,
        cue=_words(report, attribution.cue),
        source=_words(report, attribution.source),
        speaker=speaker.mention,
        via=parts.via,
        addressee=_make_addressee(scene, setting),
        channel=setting.channel,
        place=setting.place,
        said_on=occasion.said_on,
        said_on_basis=occasion.basis,
        act=parts.act,
        confidence=measure_confidence(certainty),
        unresolved=tuple(
            (name, reason)
            for name, reason in (("speaker", speaker.unresolved), ("said_on", occasion.unresolved))
            if reason is not None
        ),
        certainty=(*certainty, *rate_occasion(occasion)),
        vector=attribution.vector,
    )


def measure_certainty(attribution: Attribution, speaker: Speaker) -> tuple[tuple[str, float], ...]:
    """How likely content, source and speaker are to be right, each where the ones before it are.

    The first two are the tagger's, calibrated on reports that it wasn't trained on; the speaker's
    is that of the rule that led to it.
    """
    if speaker.mention is None:
        found = _NOBODY
    else:
        found = RULE_CERTAINTY.get(speaker.mention.rule, 1.0)
        found *= 1.0 if speaker.mention.certain else _DOUBT
    return (
        ("content", round(attribution.score, 3)),
        ("source", round(attribution.source_score, 3)),
        ("speaker", round(found, 3)),
    )


def measure_confidence(certainty: Sequence[tuple[str, float]]) -> float:
    """The probability that all of it is right, 0 to 1."""
    return round(math.prod(min(1.0, max(0.0, share)) for _, share in certainty), 3)


def _name(speaker: Speaker) -> str | None:
    return None if speaker.mention is None else speaker.mention.name


def _words(report: Report, spans: Sequence[Span]) -> Words | None:
    return Words.of(report.text, *spans) if spans else None


def _make_addressee(scene: Scene, setting: Setting) -> Party | None:
    if setting.addressee is None:
        return None
    return Party(setting.addressee, identify_party(scene, setting.addressee.spans[0]))
