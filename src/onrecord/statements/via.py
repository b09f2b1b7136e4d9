"""Through whom a report has a statement: the agencies and outlets between speaker and report."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Attribution, Mention, Party, Report, Span, Words
from onrecord.lexicon import load_lexicon
from onrecord.statements.mentions import Profile
from onrecord.statements.vocabulary import (
    Pattern,
    Vocabulary,
    compile_list,
    load_agencies,
    load_vocabulary,
)
from onrecord.text import merge_spans, overlap, sentence_spans

RULE = "agency or outlet between the speaker and the report"
CREDITED = "agency that the whole report is credited to"
_COVERED = 0.8
_REST = 0.35
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Channels:
    """For each attribution what it came through, and those that are nothing but that."""

    parties: tuple[tuple[Party, ...], ...]
    outer: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Outlet:
    span: Span
    mention: Mention


def find_via(
    report: Report, attributions: Sequence[Attribution], profiles: Sequence[Profile]
) -> Channels:
    """Which agencies and outlets stand between the speaker of each attribution and the report.

    1. An attribution whose source is an outlet and whose content holds another attribution: the
       other one came through it, and if nothing else is in that content it is only that.
    2. "Reuters reports", "citing AFP" and the like in the sentence of an attribution, or in the
       next one where that takes up what was said ("His comments, reported by AFP").
    3. The agencies that the whole report is credited to, for the attributions that have no other.
    """
    outlets = _find_outlets(report, profiles)
    parties: dict[int, list[Party]] = {}
    outer = set()
    for number, attribution in enumerate(attributions):
        outlet = _find_own_outlet(attribution, outlets)
        if outlet is None:
            continue
        held = _find_held(attributions, number)
        for other in held:
            parties.setdefault(other, []).append(_make_party(report, outlet))
        if held and _is_nothing_else(report.text, attributions, number, held):
            outer.add(number)
    for outlet in outlets:
        for number in _find_reported(report, attributions, outlet):
            parties.setdefault(number, []).append(_make_party(report, outlet))
    credited = [_make_credit(credit) for credit in report.credits]
    found = tuple(_merge(parties.get(number, credited)) for number in range(len(attributions)))
    return Channels(found, frozenset(outer))


def _find_outlets(report: Report, profiles: Sequence[Profile]) -> list[_Outlet]:
    """Every place where an agency or an outlet is named."""
    text, words = report.text, load_vocabulary(report.language)
    found: dict[Span, Mention] = {}
    for profile in profiles:
        if profile.type == "organisation" and _is_outlet(text, profile, report.language, words):
            for span in profile.spans:
                found[span] = Mention(
                    profile.name, "organisation", RULE, Words.of(text, profile.full)
                )
    for match in _load_agency_pattern().finditer(text):
        span = match.span()
        if not any(overlap(span, other) for other in found):
            found[span] = Mention(match.group(), "organisation", RULE, Words.of(text, span))
    return [_Outlet(span, mention) for span, mention in sorted(found.items(), key=lambda i: i[0])]


def _is_outlet(text: str, profile: Profile, language: str, words: Vocabulary) -> bool:
    """An agency, a paper by its name, or a name right after "newspaper", "agency" and the like."""
    if profile.name in load_agencies() or _load_mastheads(language).search(profile.name):
        return True
    for start, _ in profile.spans:
        ahead = text[max(0, start - 40) : start].rstrip(" \u00a0\"“„«'‘‚")
        last = words.find_tokens(ahead)
        if last and words.outlets.fullmatch(ahead, last[-1][0]):
            return True
    return False


@cache
def _load_agency_pattern() -> Pattern:
    names = sorted(load_agencies(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?!\w)")


@cache
def _load_mastheads(language: str) -> Pattern:
    return compile_list(load_lexicon(language).words("masthead", "words"))


@cache
def _load_phrases(language: str, name: str) -> Pattern:
    return compile_list(load_lexicon(language).words("via", name))


def _find_own_outlet(attribution: Attribution, outlets: Sequence[_Outlet]) -> _Outlet | None:
    """The outlet that is an attribution's source, most of its words at least."""
    for span in attribution.source:
        for outlet in outlets:
            if 2 * overlap(span, outlet.span) >= span[1] - span[0]:
                return outlet
    return None


def _find_held(attributions: Sequence[Attribution], number: int) -> list[int]:
    """The attributions that lie within the content of one."""
    content = merge_spans(attributions[number].content)
    held = []
    for other, attribution in enumerate(attributions):
        if other == number or attribution.content == attributions[number].content:
            continue
        size = sum(end - start for start, end in attribution.content)
        shared = sum(overlap(a, b) for a in content for b in attribution.content)
        spoken = [*attribution.cue, *attribution.source]
        within = any(overlap(a, b) for a in content for b in spoken)
        if within and shared >= _COVERED * size:
            held.append(other)
    return held


def _is_nothing_else(
    text: str, attributions: Sequence[Attribution], number: int, held: Sequence[int]
) -> bool:
    content = attributions[number].content
    covered = merge_spans(
        span
        for inner in (attributions[other] for other in held)
        for span in (*inner.content, *inner.cue, *inner.source)
    )
    whole = _count_letters(text, content)
    inside = sum(
        _count_letters(text, [(max(a[0], b[0]), min(a[1], b[1]))])
        for a in content
        for b in covered
        if overlap(a, b)
    )
    return whole - inside <= _REST * whole


def _count_letters(text: str, spans: Sequence[Span]) -> int:
    return sum(character.isalnum() for start, end in spans for character in text[start:end])


def _find_reported(
    report: Report, attributions: Sequence[Attribution], outlet: _Outlet
) -> list[int]:
    """The attributions whose sentence says that this outlet reports them."""
    text = report.text
    low = text.rfind("\n", 0, outlet.span[0]) + 1
    high = text.find("\n", outlet.span[1])
    sentences = sentence_spans(text, (low, len(text) if high < 0 else high))
    here = bisect_right([start for start, _ in sentences], outlet.span[0]) - 1
    if here < 0 or not _is_reporting(text, sentences[here], outlet.span, report.language):
        return []
    reported = sentences[here]
    if here and _takes_up(text, sentences[here], report.language):
        reported = sentences[here - 1]
    return [
        number
        for number, attribution in enumerate(attributions)
        if _is_said_in(attribution, reported)
        and not any(
            overlap(span, outlet.span) for span in (*attribution.source, *attribution.content)
        )
    ]


def _is_reporting(text: str, sentence: Span, outlet: Span, language: str) -> bool:
    """Whether words such as "citing" stand before the outlet or "reports" after it.

    Others may be listed between ("reported by AFP and EFE").
    """
    before, after = _load_phrases(language, "before"), _load_phrases(language, "after")
    ahead = text[max(sentence[0], outlet[0] - _NEAR) : outlet[0]]
    for match in before.finditer(ahead):
        if len(ahead[match.end() :].split()) <= 4:
            return True
    behind = text[outlet[1] : min(sentence[1], outlet[1] + _NEAR)]
    following = after.search(behind)
    return following is not None and len(behind[: following.start()].split()) <= 2


def _takes_up(text: str, sentence: Span, language: str) -> bool:
    """Whether a sentence begins with what was said in the one before ("His comments")."""
    opening = " ".join(text[sentence[0] : sentence[1]].split()[:3])
    return _load_phrases(language, "about").search(opening) is not None


def _is_said_in(attribution: Attribution, sentence: Span) -> bool:
    spans = attribution.cue or attribution.source or attribution.content[-1:]
    return any(overlap(span, sentence) for span in spans)


def _make_party(report: Report, outlet: _Outlet) -> Party:
    return Party(Words.of(report.text, outlet.span), outlet.mention)


def _make_credit(credit: Words) -> Party:
    return Party(credit, Mention(credit.text, "organisation", CREDITED, credit))


def _merge(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Each outlet once, in the order of the text."""
    first: dict[str, Party] = {}
    for party in sorted(parties, key=lambda party: party.words.spans):
        name = party.mention.name if party.mention is not None else party.words.text
        first.setdefault(name, party)
    return tuple(first.values())
