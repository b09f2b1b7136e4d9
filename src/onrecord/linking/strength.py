"""Whether a rendering is surer or stronger than the wording: modal verbs, graded words, degrees,
and conditions left out.

Each function gives votes, flags that one place speaks for. Silent in negated clauses, where
"not very" turns every grading round.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from onrecord.linking.marks import (
    MODALITY,
    STRONGER,
    WEAKER,
    Match,
    Side,
    changed_regions,
    core_ranges,
    linked,
)
from onrecord.linking.wordlists import Hit

# How sure a speaker is, or how bound: "may" < "would", "should" < "will", "must".
STRENGTHS = {"possible": 1, "advised": 2, "conditional": 2, "future": 3, "obliged": 3}
SENTENCE = 2  # what `Token.pause` is where a sentence begins
FEWEST_CONDITION = 3  # words: "if it rains"; in fewer, "se" and "si" are mostly something else
DROPPED_MODALS = ("possible", "advised")  # "could lead" and "leads": the others can be tense alone


def vote_modals(match: Match) -> Iterator[str]:
    """Votes of modal verbs that were exchanged, dropped before their verb, or put before it."""
    for hit in match.best.modals:
        places = [other for other in match.here.modals if linked(match, hit, other)]
        if places:
            yield from _compare_modals(match, hit, places[0])
        elif hit.label in DROPPED_MODALS and _is_dropped(match, hit):
            yield from (MODALITY, STRONGER)
    turned = match.turned()
    for hit in () if match.reported else turned.best.modals:
        places = [other for other in match.best.modals if linked(match, other, hit)]
        if not places and hit.label in DROPPED_MODALS and _is_dropped(turned, hit):
            yield from (MODALITY, WEAKER)


def _compare_modals(match: Match, one: Hit, two: Hit) -> Iterator[str]:
    key = match.here.tokens[two.first].key
    classes = match.here.lists.reported.get(key, (two.label,)) if match.reported else (two.label,)
    if one.label in classes:
        return
    yield MODALITY
    change = STRENGTHS[two.label] - STRENGTHS[one.label]
    negated = match.best.negated(match.best.clause_of(one.first))
    if change and not negated and not match.here.negated(match.here.clause_of(two.first)):
        yield STRONGER if change > 0 else WEAKER


def _is_dropped(match: Match, hit: Hit) -> bool:
    """Whether the verb after a modal stands in `here` with no modal or hedge in its clause."""
    best, here = match.best, match.here
    after = match.places.get(hit.last)
    if after is None or any(i in match.places for i in range(hit.first, hit.last)):
        return False
    clauses = here.clause_of(after)
    keys = [token.key for token in here.tokens]
    hedges = [one for one in here.lists.degrees.find(keys) if one.label == "hedge"]
    marks = [one.first for one in (*here.modals, *hedges)]
    marked = any(here.clauses[place] in clauses for place in marks)
    negated = here.negated(clauses) or best.negated(best.clause_of(hit.first))
    return not marked and not negated and hit.first - 1 in match.places


def vote_scales(match: Match) -> Iterator[str]:
    """Votes of words on one scale (concern, danger, threat) that stand for one another."""
    best, here = match.best, match.here
    pairs = list(match.places.items())
    for op in changed_regions(match):
        pairs += product(range(*op.best), range(*op.here))
    for i, j in pairs:
        one = best.lists.scales.label(best.tokens[i].key)
        two = here.lists.scales.label(here.tokens[j].key)
        name, _, low = one.partition(":")
        other, _, high = two.partition(":")
        if not one or name != other or low == high:
            continue
        if not best.negated(best.clause_of(i)) and not here.negated(here.clause_of(j)):
            yield STRONGER if int(high) > int(low) else WEAKER


def vote_degrees(match: Match) -> Iterator[str]:
    """Votes of "very", "somewhat", "perhaps" put in or left out between words that were kept."""
    turned = match.turned()
    for hit in _changed_degrees(turned):
        yield STRONGER if hit.label == "more" else WEAKER
    for hit in () if match.reported else _changed_degrees(match):
        yield WEAKER if hit.label == "more" else STRONGER


def _changed_degrees(match: Match) -> Iterator[Hit]:
    """Degree words of `best` that `here` leaves out, with both words around them kept."""
    side = match.best
    first, last = core_ranges(match)[0]
    for hit in side.lists.degrees.find([token.key for token in side.tokens]):
        gone = not any(i in match.places for i in range(hit.first, hit.last))
        if not gone or not first < hit.first <= hit.last < last:
            continue
        left, right = match.places.get(hit.first - 1), match.places.get(hit.last)
        if left is None or right is None or right - left != 1:
            continue
        if not side.negated(side.clause_of(hit.first)):
            yield hit


def vote_conditions(match: Match) -> Iterator[str]:
    """Votes of conditions ("if …") that were left out, or put in, beside words that were kept.

    A reporter's own condition is no change of words, so that nothing is weaker in reported speech.
    """
    if _drops_condition(match):
        yield STRONGER
    if not match.reported and _drops_condition(match.turned()):
        yield WEAKER


def _drops_condition(match: Match) -> bool:
    """Whether `here` lacks a condition of a sentence of `best` that it has other words of, and has
    none itself, which might be the same in other words.
    """
    table = match.best.lists.conditions
    if table.find([token.key for token in match.here.tokens]):
        return False
    gaps = (op.best for op in match.ops if op.here[0] == op.here[1])
    return any(_is_condition(match.best, *gap) for gap in gaps)


def _is_condition(side: Side, low: int, high: int) -> bool:
    """Whether a stretch is a condition of the words after it or of those before it."""
    tokens = side.tokens
    starts = [low] if low and tokens[low].pause < SENTENCE else []
    if high < len(tokens) and tokens[high].pause < SENTENCE:
        inner = (i for i in range(high - 1, low, -1) if tokens[i].pause == SENTENCE)
        starts.append(next(inner, low))
    for start in starts:
        hits = side.lists.conditions.find([token.key for token in tokens[start:high]])
        if hits and hits[0].first == 0 and high - start >= FEWEST_CONDITION:
            return True
    return False
