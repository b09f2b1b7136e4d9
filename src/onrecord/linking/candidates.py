"""A quotation to check, and how near each statement of the record comes to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import LCSseq

from onrecord.domain import Actor, Report, Statement, Utterance, Vector, Words
from onrecord.edtf import overlaps, parse_edtf
from onrecord.linking.likeness import Content, LikenessWeights, measure_likeness, measure_meaning
from onrecord.linking.quotations import Pair
from onrecord.linking.speakers import match_speaker
from onrecord.linking.utterances import MERGE, POSSIBLE
from onrecord.linking.wording import Token, Wording, find_quoted, split_tokens, take_words

FEWEST_WORDS = 3
"""Fewer words than these must be in the record as they are."""
# A near copy shares at least so many words with a statement, in runs of two on average (scattered
# words of a long speech are no copy of it), and so much of its words: with the higher share alone,
# with the lower where the likeness makes it possible too. Set on pairs of made-up sentences
# (tests/linking/test_checking.py); to be set again on the examples once weights are fitted.
NEAR_WORDS = 5
RUN = 2.0
SURE_SHARE, NEAR_SHARE = 0.8, 0.6
# Words of a quotation that one statement lacks are looked for in others from this many on.
PART_WORDS = 4
# So many words in runs of this length, and this share of a quotation, are a part worth naming.
PARTIAL_WORDS, PARTIAL_RUN, PARTIAL_SHARE = 6, 3.0, 0.2


@dataclass(frozen=True, slots=True)
class Query:
    """A quotation to check: its words, their language, and their embedding less that one's mean.

    `by` is who is said to have said it, as typed, `on` an EDTF date.
    """

    text: str
    language: str
    vector: Vector
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may carry the quotation, with what the record knows of it.

    `utterance` is the one that it mainly renders, `speaker` the actor that this has; `named` is
    the actor to whom this statement's own report gives the words. Among the utterance's renderings
    is that of the statement.
    """

    statement: Statement
    content: Content
    report: Report
    utterance: Utterance
    speaker: Actor | None
    named: Actor | None = None

    @property
    def order(self) -> tuple[bool, str, str, int]:
        """What sorts the earliest report first, one without a date last."""
        published = self.report.published
        start = self.statement.content.start
        return published is None, published or "", self.report.id, start


@dataclass(frozen=True)
class Trace:
    """What a candidate and the quotation have in common. `pair` is None across languages.

    `by` tells whether it was said by the one asked for, `late` whether on another occasion.
    """

    candidate: Candidate
    pair: Pair | None
    here: Sequence[Token]
    likeness: float
    meaning: float
    by: bool | None
    late: bool

    @cached_property
    def common(self) -> int:
        """How many words of the quotation the statement has in their place."""
        return 0 if self.pair is None else self.pair.common()

    @cached_property
    def run(self) -> float:
        """How long the runs of common words are on average."""
        runs = 0 if self.pair is None else sum(op.kind == "equal" for op in self.pair.ops)
        return self.common / max(1, runs)

    @property
    def share(self) -> float:
        """The common words as a share of the quotation."""
        return self.common / len(self.here)

    @property
    def is_included(self) -> bool:
        """Whether the quotation stands in the statement word for word."""
        return self.common == len(self.here) == self.run

    @cached_property
    def is_near(self) -> bool:
        """Whether the two are copies of each other in spite of some words."""
        if self.pair is None or self.common < NEAR_WORDS or self.run < RUN:
            return False
        whole = self.common / len(self.pair.best_tokens) >= SURE_SHARE
        possible = self.likeness >= POSSIBLE and (self.share >= NEAR_SHARE or whole)
        return self.share >= SURE_SHARE or possible

    @property
    def is_quoted(self) -> bool:
        """Whether the words themselves are there, or their translation."""
        return self.is_included or self.is_near or self.pair is None

    @property
    def is_found(self) -> bool:
        """Whether the statement is near enough for a verdict."""
        if len(self.here) < FEWEST_WORDS:
            return self.is_included
        return self.is_included or self.is_near or self.likeness >= MERGE

    @property
    def is_partial(self) -> bool:
        """Whether a part of the quotation is in the statement that is long enough to name."""
        long = self.common >= PARTIAL_WORDS and self.run >= PARTIAL_RUN
        return long and self.share >= PARTIAL_SHARE

    @property
    def is_best(self) -> bool:
        """Whether the statement has the fullest wording of its utterance."""
        return self.candidate.utterance.best == self.candidate.statement.id

    @property
    def clashes(self) -> bool:
        """Whether it was said by another than was asked for, or on another occasion."""
        return self.by is False or self.late

    @cached_property
    def is_unquoted(self) -> bool:
        """Whether common words stand outside the quotation marks of their report."""
        if self.pair is None:
            return False
        common = [op for op in self.pair.ops if op.kind == "equal"]
        tokens = self.pair.best_tokens
        return not all(token.quoted for op in common for token in tokens[slice(*op.best)])

    @property
    def rank(self) -> tuple[object, ...]:
        """Sorts the closest first; of those that come equally near, whom and when was asked for."""
        tier = 0 if self.is_included else 1 if self.is_near else 2
        asked = {True: 0, None: 1, False: 2}[self.by]
        whole = self.pair is not None and len(self.pair.best_tokens) == len(self.here)
        words = (tier == 0 and not whole, -round(self.share, 2) if tier == 1 else 0.0)
        nearness = (*words, -round(self.likeness, 6))
        return tier, asked, self.late, self.is_unquoted, *nearness, self.candidate.order


def trace_candidate(
    query: Query, candidate: Candidate, weights: Mapping[str, LikenessWeights]
) -> Trace:
    """What the quotation and one statement have in common."""
    language = _settle_language(query, candidate)
    content = Content(query.text, language, query.vector)
    here, best = word_query(query, language), word_candidate(candidate)
    same = language == candidate.content.language
    pair = Pair.of(best, here) if same else None
    said_on, speaker = candidate.utterance.said_on, candidate.speaker
    dated = said_on is not None and query.on is not None and parse_edtf(query.on) is not None
    return Trace(
        candidate=candidate,
        pair=pair,
        here=split_tokens(here) if pair is None else pair.here_tokens,
        likeness=measure_likeness(candidate.content, content, weights),
        meaning=measure_meaning(candidate.content, content),
        by=match_speaker(query.by, speaker) if query.by is not None and speaker else None,
        late=dated and not overlaps(str(said_on), str(query.on)),
    )


def _settle_language(query: Query, candidate: Candidate) -> str:
    """The candidate's language where it has the very words: that of a few words is a guess."""
    words = Content(query.text, query.language, query.vector).words
    common = LCSseq.similarity(words, candidate.content.words)
    same = len(words) >= FEWEST_WORDS and common >= SURE_SHARE * len(words)
    return candidate.content.language if same else query.language


def word_query(query: Query, language: str, tokens: Sequence[Token] = ()) -> Wording:
    """The quotation, or some of its words, as words in quotation marks."""
    words = take_words(query.text, tokens) or Words.of(query.text, (0, len(query.text)))
    return Wording(words, query.text, language, "direct")


def word_candidate(candidate: Candidate) -> Wording:
    """The statement's words, with those in quotation marks marked."""
    statement, text = candidate.statement, candidate.report.text
    quoted = find_quoted(text, statement.content.spans) if statement.kind == "mixed" else ()
    return Wording(
        statement.content, text, candidate.content.language, statement.kind, quoted=quoted
    )
