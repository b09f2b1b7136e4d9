"""Tagging -> statements: what was said, how it is quoted, who said it, when, through whom.

1. Mend sources that were cut to an article, and contents: to the ends of quotations, empty ones
   and doubles left out.
2. Gather the report's people and offices, and find each attribution's speaker.
3. Find what came through agencies; attributions that are nothing but that make no statement.
4. Find occasion, addressee, channel, place and act, and put it all together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
from onrecord.statements.acts import classify_act
from onrecord.statements.discourse import Scene, build_scene
from onrecord.statements.genders import infer_genders
from onrecord.statements.kinds import Quoting, extend_content, quoted_spans, read_quoting
from onrecord.statements.mentions import find_profiles
from onrecord.statements.nouns import extend_articles
from onrecord.statements.occasions import Occasion, find_occasions
from onrecord.statements.primary import date_turn, quote_turn
from onrecord.statements.rules import RULE_CERTAINTY, Speaker
from onrecord.statements.setting import Setting, find_setting
from onrecord.statements.speakers import find_speakers, identify_party
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


def build_statements(report: Report, tagging: Tagging) -> tuple[Statement, ...]:
    """The statements of a report, in the order of their contents.

    Spans point into `report.text`. What isn't known is None, with the reason in `unresolved`. A
    report in a language without word lists keeps its statements, with the names in the sources.
    """
    quoted = quoted_spans(report.text)
    words = load_vocabulary(report.language)
    drawn = extend_articles(report.text, tagging.attributions, words)
    tagging = replace(tagging, attributions=drawn)
    attributions = mend_attributions(report, tagging.attributions, quoted)
    profiles = infer_genders(report, find_profiles(report, tagging), quoted)
    speakers = find_speakers(report, attributions, profiles)
    channels = find_via(report, attributions, profiles)
    occasions = find_occasions(report, attributions)
    names = [name.span for name in tagging.names]
    scene = build_scene(report, profiles, attributions, words)
    statements = []
    for number, attribution in enumerate(attributions):
        if number in channels.outer:
            continue
        others = [*attributions[:number], *attributions[number + 1 :]]
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
            find_setting(report, attribution, names=tagging.names, others=others),
            channels.parties[number],
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
        act=_find_act(report, attribution),
        confidence=measure_confidence(attribution, speaker),
        unresolved=tuple(
            (name, reason)
            for name, reason in (("speaker", speaker.unresolved), ("said_on", occasion.unresolved))
            if reason is not None
        ),
        vector=attribution.vector,
    )


def measure_confidence(attribution: Attribution, speaker: Speaker) -> float:
    """The tagger's score times the certainty of the speaker's rule, 0 to 1; not calibrated yet."""
    if speaker.mention is None:
        certainty = _NOBODY
    else:
        certainty = RULE_CERTAINTY.get(speaker.mention.rule, 1.0)
        certainty *= 1.0 if speaker.mention.certain else _DOUBT
    return round(min(1.0, max(0.0, attribution.score)) * certainty, 3)


def _words(report: Report, spans: Sequence[Span]) -> Words | None:
    return Words.of(report.text, *spans) if spans else None


def _make_addressee(scene: Scene, setting: Setting) -> Party | None:
    if setting.addressee is None:
        return None
    return Party(setting.addressee, identify_party(scene, setting.addressee.spans[0]))


def _find_act(report: Report, attribution: Attribution) -> Act | None:
    """The act of the cue, with the clause after it, what was said left out."""
    if not attribution.cue:
        return None
    text, start = report.text, attribution.cue[0][0]
    end = text.find("\n", start)
    clause = text[start : len(text) if end < 0 else end]
    for low, high in reversed(attribution.content):
        if low >= start:
            clause = clause[: low - start] + clause[high - start :]
    cue = " ".join(text[low:high] for low, high in attribution.cue)
    return classify_act(cue, report.language, clause=clause)
