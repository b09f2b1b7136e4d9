"""When something was said, from the words around its attribution, never from what was said.

Words in the sentence of the cue go first; without any, what earlier sentences give (carried.py).
Of several the nearest to the cue is taken, unless another one contradicts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.domain import Attribution, Basis, Mention, Report, Span, Statement, Words
from onrecord.edtf import find_day, format_edtf, overlaps, parse_edtf
from onrecord.lexicon import load_lexicon
from onrecord.statements.carried import CARRIED_CERTAINTY, carry_occasion
from onrecord.statements.clauses import Clauses, find_clauses, holds, leads_to, load_words
from onrecord.statements.dates import CONTRADICTION, Frame, Occasion, Reading, read_phrase
from onrecord.statements.phrases import Phrase, find_phrases
from onrecord.statements.setting import Setting, find_setting
from onrecord.statements.telling import NO_WORDS, Telling, extent
from onrecord.text import overlap

__all__ = [
    "Occasion",
    "Setting",
    "find_occasion",
    "find_occasions",
    "find_setting",
    "rate_occasion",
    "redate_statements",
]

NO_LISTS = "no word lists for this language"
_ABSOLUTE = frozenset({"date", "slashes"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Words that may tell when it was said, what they mean, and how near they are to the cue.

    `aside` are words that name no day, and `after` those that an event comes before.
    """

    phrase: Phrase
    reading: Reading
    aside: bool
    after: bool
    reach: int
    apart: int

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """What sorts the likeliest first."""
        return self.aside, self.after, self.reach, self.apart


def find_occasion(report: Report, attribution: Attribution) -> Occasion:
    """When the attribution's content was said, by the words of the sentence around its cue."""
    return _find_in_clauses(report, attribution, (), None)


def find_occasions(
    report: Report,
    attributions: Sequence[Attribution],
    *,
    speakers: Sequence[Mention | None] = (),
    settings: Sequence[Setting] = (),
) -> tuple[Occasion, ...]:
    """One occasion for each attribution, in their order.

    A statement without words of its own for when has that which earlier sentences give, for which
    `speakers` and `settings` tell who speaks and where; without them little is carried over.
    """
    telling = Telling(report, attributions, speakers, settings)
    found: dict[int, Occasion] = {}
    before: int | None = None
    for number in sorted(range(len(attributions)), key=lambda number: extent(attributions[number])):
        attribution = attributions[number]
        others = [*attributions[:number], *attributions[number + 1 :]]
        said_on = None if before is None else found[before].said_on
        occasion = _find_in_clauses(report, attribution, others, said_on)
        if telling.is_parted(number):
            occasion = Occasion(unresolved=NO_WORDS)
        elif occasion.unresolved == NO_WORDS:
            occasion = carry_occasion(telling, number, before, found)
        found[number] = occasion
        if not attribution.inner:
            before = number
    return tuple(found[number] for number in range(len(attributions)))


def rate_occasion(occasion: Occasion) -> tuple[tuple[str, float], ...]:
    """The certainty of a date, 0 to 1, under the name of its field; nothing where there is none.

    It is that of the rule alone, set by hand: 1 for words in the statement's own sentence.
    """
    if occasion.said_on is None or occasion.basis is None:
        return ()
    return (("said_on", CARRIED_CERTAINTY.get(occasion.basis.rule, 1.0)),)


def redate_statements(
    report: Report, statements: Sequence[Statement], published: str
) -> Mapping[str, Occasion]:
    """The occasions of a report's statements, by id, had it been published on that date."""
    ordered = sorted(statements, key=lambda statement: (statement.content.spans, statement.id))
    contents = [statement.content.spans for statement in ordered]
    attributions = [
        Attribution(
            content=statement.content.spans,
            cue=_spans(statement.cue),
            source=_spans(statement.source),
            inner=any(_lies_within(statement, other) for other in contents),
        )
        for statement in ordered
    ]
    occasions = find_occasions(
        replace(report, published=published),
        attributions,
        speakers=[statement.speaker for statement in ordered],
        settings=[_read_setting(statement) for statement in ordered],
    )
    return {one.id: occasion for one, occasion in zip(ordered, occasions, strict=True)}


def _read_setting(statement: Statement) -> Setting:
    addressee = None if statement.addressee is None else statement.addressee.words
    return Setting(addressee, statement.channel, statement.place)


def _spans(words: Words | None) -> tuple[Span, ...]:
    return () if words is None else words.spans


def _lies_within(statement: Statement, content: Sequence[Span]) -> bool:
    """Whether a statement's cue, and not only its content, is part of another one's content."""
    cue = _spans(statement.cue or statement.source)
    return bool(cue) and all(
        any(start <= low and high <= end for start, end in content) for low, high in cue
    )


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
    candidates = [
        _weigh(phrase, reading, clauses, report.language)
        for phrase in find_phrases(clauses.text, report.language, offset=clauses.offset)
        if _is_reachable(phrase, clauses, attribution, report.language)
        and (reading := read_phrase(phrase, frame)) is not None
    ]
    if not candidates:
        return Occasion(unresolved=nothing)
    candidates.sort(key=lambda candidate: candidate.rank)
    best, *rest = candidates
    rival = next((one for one in rest if _clashes(best, one)), None)
    if rival is not None:
        return _settle(report, best, rival)
    basis = Basis(best.reading.rule, Words.of(report.text, best.phrase.span))
    return Occasion(best.reading.edtf, basis, best.reading.reason)


def _weigh(phrase: Phrase, reading: Reading, clauses: Clauses, language: str) -> _Candidate:
    return _Candidate(
        phrase,
        reading,
        aside=phrase.rule == "vague",
        after=holds(language, "follows", clauses.cut_way(phrase.span)),
        reach=clauses.distance(phrase.span) or 0,
        apart=clauses.count_apart(phrase.span),
    )


def _clashes(best: _Candidate, other: _Candidate) -> bool:
    """Whether the two give different days, both of the cue's clause or both in full."""
    one, two = best.reading.edtf, other.reading.edtf
    if one is None or two is None or find_day(one) is None or find_day(two) is None:
        return False
    near = best.reach == other.reach == 0 and best.after == other.after
    full = {best.phrase.rule, other.phrase.rule} <= _ABSOLUTE
    return (near or full) and not overlaps(one, two)


def _settle(report: Report, best: _Candidate, rival: _Candidate) -> Occasion:
    """From one day to the other where the words join them ("and again"), or else neither."""
    first, second = sorted((best, rival), key=lambda one: one.phrase.span)
    between = report.text[first.phrase.span[1] : second.phrase.span[0]]
    joined = load_words(report.language, "joined")
    days = sorted(str(one.reading.edtf) for one in (best, rival))
    if joined is not None and joined.fullmatch(between.strip(" ,\u00a0")):
        words = Words.of(report.text, (first.phrase.span[0], second.phrase.span[1]))
        stretches = [stretch for day in days if (stretch := parse_edtf(day)) is not None]
        said_on = format_edtf((stretches[0][0], stretches[-1][1]))
        return Occasion(said_on, Basis(best.reading.rule, words))
    words = Words.of(report.text, first.phrase.span, second.phrase.span)
    reason = f"the words give different days: {days[0]} and {days[1]}"
    return Occasion(None, Basis(CONTRADICTION, words), reason)


def _is_reachable(
    phrase: Phrase, clauses: Clauses, attribution: Attribution, language: str
) -> bool:
    """Whether the words can tell when it was said, not when something else was.

    Words within the source count where the source is a document ("a statement on Monday"), and
    where they open it, with the words that lead to them: then they were tagged along.
    """
    if clauses.distance(phrase.span) is None:
        return False
    for span in attribution.source:
        if overlap(phrase.span, span):
            opens = phrase.span[0] == span[0] and phrase.span[1] < span[1]
            led = any(character.isspace() for character in clauses.cut(*phrase.span))
            return (opens and led) or holds(language, "documents", clauses.cut(*span))
    return leads_to(language, clauses.cut_way(phrase.span))


def _speaks_of_future(report: Report, clauses: Clauses) -> bool:
    """Whether the words of a future stand in the clause of the cue, up to the cue's end."""
    start, _ = clauses.parts[clauses.find_part(clauses.anchor)]
    return holds(
        report.language, "future", clauses.text[start : clauses.anchor[1] - clauses.offset]
    )
