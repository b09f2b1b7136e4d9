"""When something was said, from earlier sentences: an occasion holds until something ends it.

1. The speaker goes on in the next sentence: the occasion of the statement before.
2. The sentence after it tells when ("She said this on Monday"): that day.
3. A sentence just before says that the speaker spoke or appeared on a day: that day.
4. The speaker goes on after others: the occasion of the speaker's earlier statement.

Other words that say when, a heading, another setting and a clause in the tense of what lies further
back end it. Each kind has its own rule, with its certainty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from onrecord.domain import Attribution, Basis, Mention, Report, Span, Words
from onrecord.edtf import parse_edtf
from onrecord.lexicon import load_lexicon
from onrecord.statements.clauses import (
    BLANKED,
    find_clauses,
    holds,
    load_bounds,
    stands_apart,
)
from onrecord.statements.dates import Frame, Occasion, read_phrase
from onrecord.statements.phrases import Phrase, find_phrases
from onrecord.statements.setting import Setting
from onrecord.statements.telling import NO_WORDS, Telling, extent
from onrecord.text import QUOTES, find_sentence

CARRIED_OVER = "carried over from the statement before"
SET_AFTER = "set by the sentence after"
SET_EARLIER = "set by an earlier sentence"
GOES_ON = "carried on from an earlier statement of the same speaker"

CARRIED_CERTAINTY = {CARRIED_OVER: 0.95, SET_AFTER: 0.9, SET_EARLIER: 0.85, GOES_ON: 0.8}
"""How much a carried date is trusted, set by hand; 1 for dates in the statement's own sentence."""

SET_BACK = 2
"""Sentences before the statement's own in which its occasion may be set."""
GOES_ON_BACK = 6
"""Sentences from a speaker's statement to the next in which the occasion may last."""
_LONGEST_WORD = 30
_DAYS = 2
"""Longest occasion, in days, that sentences further on may be of."""

Found = Mapping[int, Occasion]


def carry_occasion(telling: Telling, number: int, before: int | None, found: Found) -> Occasion:
    """The occasion that earlier sentences give an attribution without words of its own for when.

    `before` is the attribution before, `found` the occasions of all that come earlier.
    """
    attribution = telling.attributions[number]
    nothing = Occasion(unresolved=NO_WORDS)
    if attribution.inner:
        return nothing
    if before is not None and _goes_straight_on(telling, number, before, found[before]):
        return _hand_on(found[before], CARRIED_OVER)
    set_after = _find_set_after(telling, number)
    if set_after is not None:
        return set_after
    if telling.mention(number) is None or _lies_further_back(telling.report, attribution):
        return nothing
    set_earlier = _find_set(telling, number)
    if set_earlier is not None:
        return set_earlier
    return _find_own_earlier(telling, number, found) or nothing


def _hand_on(occasion: Occasion, rule: str) -> Occasion:
    words = None if occasion.basis is None else occasion.basis.words
    return replace(occasion, basis=Basis(rule, words))


def _goes_straight_on(telling: Telling, number: int, before: int, occasion: Occasion) -> bool:
    """Whether the statement before has an occasion and its speaker goes on in the next sentence.

    Other words in the sentence that say when ("a year later, he repeated it") end it.
    """
    report, attribution = telling.report, telling.attributions[number]
    words = occasion.basis.words if occasion.basis is not None else None
    return (
        occasion.said_on is not None
        and words is not None
        and _follows(report.text, telling.attributions[before], attribution)
        and _has_same_speaker(telling, number, before)
        and not _speaks_of_other_time(report, attribution, words)
    )


def _find_set(telling: Telling, number: int) -> Occasion | None:
    """The day on which a sentence just before says that the speaker spoke or appeared."""
    first = telling.find_number(extent(telling.attributions[number])[0])
    if first < 0 or telling.phrases_in(telling.sentences[first]):
        return None
    for sentence in reversed(telling.sentences[max(0, first - SET_BACK) : first]):
        way = (sentence[0], telling.sentences[first][0])
        if telling.count_lines(way) > 1 or telling.holds_heading(way):
            return None
        if phrases := telling.phrases_in(sentence):
            return _read_set(telling, number, sentence, phrases)
    return None


def _read_set(
    telling: Telling, number: int, sentence: Span, phrases: list[Phrase]
) -> Occasion | None:
    report, text = telling.report, telling.narrated[slice(*sentence)]
    language, (phrase, *others) = report.language, phrases
    if (
        others
        or not any(holds(language, name, text) for name in ("scenes", "events", "documents"))
        or any(holds(language, name, text) for name in ("future", "background"))
        or stands_apart(language, text, phrase.span[0] - sentence[0])
        or not _tells_of(telling, number, sentence)
    ):
        return None
    return _read_day(report, phrase, SET_EARLIER)


def _find_set_after(telling: Telling, number: int) -> Occasion | None:
    """The day of the sentence after, where that says of what was just said when it was."""
    report, (_, end) = telling.report, extent(telling.attributions[number])
    after = telling.find_number(end - 1) + 1
    if not 0 < after < len(telling.sentences):
        return None
    sentence = telling.sentences[after]
    text = telling.narrated[slice(*sentence)]
    backward = load_bounds(report.language, "backward")
    opening = None if backward is None else backward.match(text)
    phrases = telling.phrases_in(sentence)
    if opening is None or len(phrases) != 1:
        return None
    rest = BLANKED * opening.end() + text[opening.end() :]  # "about this" doesn't lead astray
    if stands_apart(report.language, rest, phrases[0].span[0] - sentence[0]):
        return None
    return _read_day(report, phrases[0], SET_AFTER)


def _read_day(report: Report, phrase: Phrase, rule: str) -> Occasion | None:
    order = load_lexicon(report.language).tables.get("calendar", {}).get("order")
    reading = read_phrase(phrase, Frame(report.published, order=order))
    if reading is None or not _is_day(reading.edtf):
        return None
    return Occasion(reading.edtf, Basis(rule, Words.of(report.text, phrase.span)))


def _find_own_earlier(telling: Telling, number: int, found: Found) -> Occasion | None:
    """The occasion of the speaker's statement before, unless anything ends it on the way."""
    mine = telling.setting(number)
    for other in sorted(found, key=lambda one: extent(telling.attributions[one]), reverse=True):
        if not _holds_between(telling, other, number, found[other]):
            return None
        if telling.attributions[other].inner:
            continue
        said_on, there = found[other].said_on, telling.setting(other)
        if said_on is None or not _is_same(telling.mention(other), telling.mention(number)):
            if _is_elsewhere(there, Setting()):
                return None
        else:
            lasts = _is_day(said_on) and not _is_elsewhere(mine, there)
            return _hand_on(found[other], GOES_ON) if lasts else None
    return None


def _holds_between(telling: Telling, other: int, number: int, occasion: Occasion) -> bool:
    """Whether nothing between two statements says when, and they are near enough."""
    (low, _), (_, high) = telling.reach(other), telling.reach(number)
    sentences = telling.find_number(high - 1) - telling.find_number(low)
    words = occasion.basis.words if occasion.basis is not None else None
    known = () if words is None else words.spans
    since = extent(telling.attributions[other])[0]
    return (
        sentences <= GOES_ON_BACK
        and not telling.holds_heading((low, high))
        and all(phrase.span in known for phrase in telling.phrases_in((since, high)))
    )


def _is_day(edtf: str | None) -> bool:
    days = parse_edtf(edtf) if edtf is not None else None
    return days is not None and (days[1] - days[0]).days <= _DAYS


def _is_elsewhere(one: Setting, other: Setting) -> bool:
    """Whether one has a channel, a place or somebody named spoken to that the other one has not."""
    pairs = [(one.channel, other.channel), (one.place, other.place)]
    if one.addressee is not None and one.addressee.text != one.addressee.text.lower():
        pairs.append((one.addressee, other.addressee))
    return any(
        mine is not None and (theirs is None or mine.text.casefold() != theirs.text.casefold())
        for mine, theirs in pairs
    )


def _is_same(one: Mention | None, other: Mention | None) -> bool:
    return one is not None and other is not None and one.name == other.name


def _tells_of(telling: Telling, number: int, sentence: Span) -> bool:
    """Whether a sentence has the speaker's last name, or the words that say who speaks.

    Endings of up to two letters are left out, since names have cases.
    """
    mention = telling.mention(number)
    if mention is None:
        return False
    words = () if mention.words is None else mention.words.spans
    if any(sentence[0] <= start and end <= sentence[1] for start, end in words):
        return True
    text, family = telling.narrated[slice(*sentence)].casefold(), _last_word(mention.name)
    stem = family[: max(4, len(family) - 2)] if mention.type == "person" else family
    return bool(family) and re.search(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", text) is not None


def _lies_further_back(report: Report, attribution: Attribution) -> bool:
    """Whether the clause of the cue has the tense of what lies further back, or of the future."""
    clauses = find_clauses(report, attribution)
    if clauses is None:
        return False
    start, end = clauses.parts[clauses.find_part(clauses.anchor)]
    clause = clauses.text[start : max(end, clauses.anchor[1] - clauses.offset)]
    return any(holds(report.language, name, clause) for name in ("background", "future", "now"))


def _speaks_of_other_time(report: Report, attribution: Attribution, words: Words) -> bool:
    clauses = find_clauses(report, attribution)
    if clauses is None:
        return False
    if any(
        holds(report.language, "now", text) for text in (clauses.text, _open(report, attribution))
    ):
        return True
    phrases = find_phrases(clauses.text, report.language, offset=clauses.offset)
    return any(phrase.span not in words.spans for phrase in phrases)


def _open(report: Report, attribution: Attribution) -> str:
    """The first word of what was said, where the report puts it in its own words."""
    start = attribution.content[0][0]
    if report.text[max(0, start - 1)] in QUOTES or report.text[start] in QUOTES:
        return ""
    return next(iter(report.text[start : start + _LONGEST_WORD].split()), "")


def _follows(text: str, before: Attribution, attribution: Attribution) -> bool:
    """Whether no other sentence stands between the two.

    Without a source it has to be the same sentence, or words of the same paragraph without a cue.
    """
    end, begin = extent(before)[1], extent(attribution)[0]
    between = text[end:begin]
    if not attribution.source:
        if attribution.cue:
            return find_sentence(text, end - 1)[1] > begin
        if "\n" in between:
            return False
    _, after = find_sentence(text, end - 1)
    start, _ = find_sentence(text, begin)
    return not any(character.isalnum() for character in text[max(end, after) : start])


def _has_same_speaker(telling: Telling, number: int, before: int) -> bool:
    """Whether both speak under one name, as far as that is known, or else the words agree.

    That is: the source is left out, a pronoun, or ends with the same word as the one before.
    """
    mine, previous = telling.attributions[number], telling.attributions[before]
    one, other = telling.mention(number), telling.mention(before)
    if one is not None and other is not None:
        return one.name == other.name
    if not mine.source:
        return True
    last, last_before = (_last_source_word(telling.report.text, a) for a in (mine, previous))
    if last == last_before:
        return True
    pronouns = load_lexicon(telling.report.language).words("occasion", "pronouns")
    return last in pronouns and last_before not in pronouns


def _last_source_word(text: str, attribution: Attribution) -> str:
    return _last_word(" ".join(text[start:end] for start, end in attribution.source))


def _last_word(text: str) -> str:
    words = re.findall(r"\w+", text)
    return words[-1].casefold() if words else ""
