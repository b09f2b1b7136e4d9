"""When something was said, from the words around its attribution, never from what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.domain import Attribution, Basis, Report, Span, Words
from onrecord.lexicon import load_lexicon
from onrecord.statements.clauses import Clauses, find_clauses, find_sentence, holds, leads_to
from onrecord.statements.dates import Frame, read_phrase
from onrecord.statements.phrases import Phrase, find_phrases
from onrecord.statements.setting import Setting, find_setting
from onrecord.text import overlap

__all__ = ["Occasion", "Setting", "find_occasion", "find_occasions", "find_setting"]

NO_WORDS = "the report does not say when"
NO_LISTS = "no word lists for this language"
CARRIED_OVER = "carried over from the statement before"


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something was said: an EDTF date and what it rests on, or why there is none.

    Words that were found but give no date stand in `basis` beside the reason in `unresolved`.
    """

    said_on: str | None = None
    basis: Basis | None = None
    unresolved: str | None = None


def find_occasion(report: Report, attribution: Attribution) -> Occasion:
    """When the attribution's content was said, by the words of the sentence around its cue."""
    return _find_in_clauses(report, attribution, (), None)


def find_occasions(report: Report, attributions: Sequence[Attribution]) -> tuple[Occasion, ...]:
    """One occasion for each attribution, in their order.

    A statement without words of its own for when has the occasion of the statement before where
    the same speaker goes on in the next sentence.
    """
    found: dict[int, Occasion] = {}
    before: int | None = None
    for number in sorted(range(len(attributions)), key=lambda number: _begin(attributions[number])):
        attribution = attributions[number]
        others = [*attributions[:number], *attributions[number + 1 :]]
        last = None if before is None else (attributions[before], found[before])
        said_on = None if last is None else last[1].said_on
        occasion = _find_in_clauses(report, attribution, others, said_on)
        if last is not None and occasion.unresolved == NO_WORDS:
            occasion = inherit_occasion(report, attribution, *last)
        found[number] = occasion
        if not attribution.inner:
            before = number
    return tuple(found[number] for number in range(len(attributions)))


def inherit_occasion(
    report: Report, attribution: Attribution, before: Attribution, occasion: Occasion
) -> Occasion:
    """The occasion of the statement before where its speaker goes on, or else none.

    Other words in the sentence that say when ("a year later, he repeated it") end it.
    """
    words = occasion.basis.words if occasion.basis is not None else None
    if (
        occasion.said_on is None
        or words is None
        or attribution.inner
        or not _follows(report.text, before, attribution)
        or not _has_same_speaker(report, before, attribution)
        or _speaks_of_other_time(report, attribution, words)
    ):
        return Occasion(unresolved=NO_WORDS)
    return replace(occasion, basis=Basis(CARRIED_OVER, words))


def _speaks_of_other_time(report: Report, attribution: Attribution, words: Words) -> bool:
    clauses = find_clauses(report, attribution)
    if clauses is None:
        return False
    phrases = find_phrases(clauses.text, report.language, offset=clauses.offset)
    return any(phrase.span not in words.spans for phrase in phrases)


def _find_in_clauses(
    report: Report,
    attribution: Attribution,
    others: Sequence[Attribution],
    before: str | None,
) -> Occasion:
    lexicon = load_lexicon(report.language)
    nothing = NO_WORDS if lexicon.tables.get("occasion") else NO_LISTS
    clauses = find_clauses(report, attribution, others)
    if clauses is None:
        return Occasion(unresolved=nothing)
    order = lexicon.tables.get("calendar", {}).get("order")
    frame = Frame(report.published, _speaks_of_future(report, clauses), order, before)
    readings = [
        (_rank(phrase, clauses), phrase, reading)
        for phrase in find_phrases(clauses.text, report.language, offset=clauses.offset)
        if _is_reachable(phrase, clauses, attribution, report.language)
        and (reading := read_phrase(phrase, frame)) is not None
    ]
    if not readings:
        return Occasion(unresolved=nothing)
    _, phrase, reading = min(readings, key=lambda found: found[0])
    basis = Basis(reading.rule, Words.of(report.text, phrase.span))
    return Occasion(reading.edtf, basis, reading.reason)


def _rank(phrase: Phrase, clauses: Clauses) -> tuple[bool, int, int]:
    """Words that name a day first, then by clauses from the cue, then by characters."""
    reach = clauses.distance(phrase.span) or 0
    return phrase.rule == "vague", reach, clauses.count_apart(phrase.span)


def _is_reachable(
    phrase: Phrase, clauses: Clauses, attribution: Attribution, language: str
) -> bool:
    """Whether the words can tell when it was said, not when something else was.

    Words within the source count where the source is a document ("a statement on Monday").
    """
    if clauses.distance(phrase.span) is None:
        return False
    for span in attribution.source:
        if overlap(phrase.span, span):
            return holds(language, "documents", clauses.cut(*span))
    return leads_to(language, clauses.cut_way(phrase.span))


def _speaks_of_future(report: Report, clauses: Clauses) -> bool:
    """Whether the words of a future stand in the clause of the cue, up to the cue's end."""
    start, _ = clauses.parts[clauses.find_part(clauses.anchor)]
    return holds(
        report.language, "future", clauses.text[start : clauses.anchor[1] - clauses.offset]
    )


def _begin(attribution: Attribution) -> int:
    return min(start for start, _ in _all_spans(attribution))


def _all_spans(attribution: Attribution) -> tuple[Span, ...]:
    return (*attribution.content, *attribution.cue, *attribution.source)


def _follows(text: str, before: Attribution, attribution: Attribution) -> bool:
    """Whether no other sentence stands between the two.

    Without a source it has to be the same sentence, or words of the same paragraph without a cue.
    """
    end = max(end for _, end in _all_spans(before))
    begin = _begin(attribution)
    between = text[end:begin]
    if not attribution.source:
        if attribution.cue:
            return find_sentence(text, end - 1)[1] > begin
        if "\n" in between:
            return False
    _, after = find_sentence(text, end - 1)
    start, _ = find_sentence(text, begin)
    return not any(character.isalnum() for character in text[max(end, after) : start])


def _has_same_speaker(report: Report, before: Attribution, attribution: Attribution) -> bool:
    """Whether the source is left out, a pronoun, or ends with the same word as the one before."""
    if not attribution.source:
        return True
    mine, previous = _last_word(report.text, attribution), _last_word(report.text, before)
    if mine == previous:
        return True
    pronouns = load_lexicon(report.language).words("occasion", "pronouns")
    return mine in pronouns and previous not in pronouns


def _last_word(text: str, attribution: Attribution) -> str:
    words = re.findall(r"\w+", " ".join(text[start:end] for start, end in attribution.source))
    return words[-1].lower() if words else ""
