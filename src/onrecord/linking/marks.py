"""Two wordings with the marks of meaning found in them, and which words stand in the same place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from onrecord.linking.alignment import Op
from onrecord.linking.figures import Figure, Part, join_figures
from onrecord.linking.wording import Token
from onrecord.linking.wordlists import Hit, WordLists

NEGATION = "negation differs"
NUMBER = "number differs"
MODALITY = "modality differs"
STRONGER = "stronger"
WEAKER = "weaker"
OTHER_SPEAKER = "attributed to another speaker"
NOWHERE_ELSE = "quoted words found nowhere else"
OTHER_OCCASION = "another occasion"
FLAGS = (
    NEGATION, NUMBER, MODALITY, STRONGER, WEAKER, OTHER_SPEAKER, NOWHERE_ELSE, OTHER_OCCASION,
)  # fmt: skip

WIDEST_REGION = 8  # words; in a longer changed stretch nothing says which word stands for which
PAIRED_REACH = 6  # words from "ne" to its "plus"


@dataclass(frozen=True, slots=True)
class Side:
    """One wording with the marks found in it. `clauses` numbers the clause of each token."""

    tokens: Sequence[Token]
    lists: WordLists
    clauses: tuple[int, ...]
    negations: frozenset[int]
    near: frozenset[int]
    modals: tuple[Hit, ...]
    figures: tuple[Figure, ...]

    def negated(self, clauses: set[int]) -> bool:
        """Whether one of the clauses has a negation or a word that comes near to one."""
        return any(self.clauses[place] in clauses for place in self.negations | self.near)

    def clause_of(self, place: int) -> set[int]:
        """The clause of a token, as a set; empty for a place outside."""
        return {self.clauses[place]} if 0 <= place < len(self.clauses) else set()


def read_side(tokens: Sequence[Token], lists: WordLists) -> Side:
    """The tokens of one wording with their negations, modal verbs and numbers."""
    keys = [token.key for token in tokens]
    hits = lists.negations.find(keys)
    negations = {hit.first for hit in hits if hit.label == "no"} | _find_paired(keys, lists)
    return Side(
        tokens=tokens,
        lists=lists,
        clauses=_number_clauses(tokens, lists),
        negations=frozenset(negations),
        near=frozenset(hit.first for hit in hits if hit.label == "near"),
        modals=tuple(lists.modals.find(keys)),
        figures=tuple(read_figures(tokens, lists)),
    )


def read_figures(tokens: Sequence[Token], lists: WordLists) -> list[Figure]:
    """The numbers of a wording, in digits and in words; those with a unit that reports convert
    (miles, dollars, "p.m.") are left out.
    """
    keys = [token.key for token in tokens]
    words = [
        Part(hit.first, hit.last, (Decimal(hit.label),), digits=False)
        for hit in lists.numbers.find(keys)
        if not tokens[hit.first].values
    ]
    digits = [
        Part(place, place + 1, token.values, digits=True)
        for place, token in enumerate(tokens)
        if token.values
    ]
    joiners = {place for place, key in enumerate(keys) if key in lists.joiners}
    units = {hit.first for hit in lists.convertible.find(keys)}
    figures = join_figures(sorted(words + digits), joiners)
    return [one for one in figures if one.last not in units and one.first - 1 not in units]


def _find_paired(keys: Sequence[str], lists: WordLists) -> set[int]:
    return {
        place
        for first, second in lists.paired
        for place, key in enumerate(keys)
        if key == second and first in keys[max(0, place - PAIRED_REACH) : place]
    }


def _number_clauses(tokens: Sequence[Token], lists: WordLists) -> tuple[int, ...]:
    numbers: list[int] = []
    number = 0
    for token in tokens:
        number += bool(token.pause) or token.key in lists.conjunctions
        numbers.append(number)
    return tuple(numbers)


@dataclass(frozen=True, slots=True)
class Match:
    """Two sides, how they align, and whether `here` is reported speech.

    `places` leads from a token of `best` to its counterpart in `here`.
    """

    best: Side
    here: Side
    ops: Sequence[Op]
    places: dict[int, int]
    reported: bool

    def still_negated(self, clauses: set[int]) -> bool:
        """Whether clauses of `here` have a negation, or a word near to one that `best` lacks."""
        kept = set(self.places.values())
        marks = self.here.negations | (self.here.near - kept)
        return any(self.here.clauses[place] in clauses for place in marks)

    def turned(self) -> Match:
        """The same with the sides exchanged."""
        ops = [Op(op.kind, op.here, op.best, op.paired) for op in self.ops]
        back = {j: i for i, j in self.places.items()}
        return Match(self.here, self.best, ops, back, self.reported)


def match_sides(best: Side, here: Side, ops: Sequence[Op], *, reported: bool) -> Match:
    """The two sides joined by the operations of their alignment."""
    places = {
        i: j
        for op in ops
        if op.kind == "equal" or op.paired
        for i, j in zip(range(*op.best), range(*op.here), strict=False)
    }
    return Match(best, here, ops, places, reported)


def core_ranges(match: Match) -> tuple[tuple[int, int], tuple[int, int]]:
    """The stretches that are compared: all but the words left out at the ends."""
    kept = list(match.ops)
    while kept and kept[0].kind in ("missing", "added"):
        del kept[0]
    while kept and kept[-1].kind in ("missing", "added"):
        del kept[-1]
    if not kept:
        return (0, 0), (0, 0)
    return (kept[0].best[0], kept[-1].best[1]), (kept[0].here[0], kept[-1].here[1])


def linked(match: Match, one: Hit | Figure, two: Hit | Figure) -> bool:
    """Whether words of `best` and words of `here` stand in the same place."""
    if any(match.places.get(i) in range(two.first, two.last) for i in range(one.first, one.last)):
        return True
    return any(
        meet(op.best, (one.first, one.last)) and meet(op.here, (two.first, two.last))
        for op in changed_regions(match)
    )


def changed_regions(match: Match) -> Iterator[Op]:
    """The short changed stretches, in which any word may stand for any other."""
    for op in match.ops:
        size = op.best[1] - op.best[0] + op.here[1] - op.here[0]
        if op.kind == "changed" and not op.paired and size <= WIDEST_REGION:
            yield op


def meet(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether two ranges share a place."""
    return one[0] < two[1] and two[0] < one[1]
