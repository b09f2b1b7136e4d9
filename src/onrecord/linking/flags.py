"""What a rendering says otherwise: negation, numbers, modality, strength. Silent when in doubt.

Within a language the flags rest on the alignment: what is compared are words that stand in the
same place. Across languages they rest on the whole of both wordings, and are raised only where
one side has the mark and nothing on the other side could stand for it.
"""

from __future__ import annotations

from onrecord.linking.figures import Figure
from onrecord.linking.marks import (
    FLAGS,
    MODALITY,
    NEGATION,
    NUMBER,
    STRONGER,
    WEAKER,
    Match,
    Side,
    core_ranges,
    linked,
)
from onrecord.linking.strength import vote_conditions, vote_degrees, vote_modals, vote_scales

# Across languages: lengths in words that a translation of the whole stays within: 98 % of 2,682
# pairs of translated quotations in the WMT 2021-24 news test sets do.
SHORTEST, LONGEST = 0.55, 1.8
TRIM_REACH = 2  # "not", "not a" right before the words that were kept
SCOPE = 2  # words after a negation of which one must be kept, if the negation is to be missed
# A negated clause is compared with the clause that shares at least half of its other words.
CLAUSE_SHARE = 0.5


def flag_differences(match: Match) -> tuple[str, ...]:
    """The flags that the words of an aligned pair carry, in the order of `FLAGS`."""
    votes = [
        *vote_modals(match),
        *vote_scales(match),
        *vote_degrees(match),
        *vote_conditions(match),
    ]
    directions = {vote for vote in votes if vote in (STRONGER, WEAKER)}
    found = {vote for vote in votes if vote == MODALITY}
    if len(directions) == 1:
        found |= directions
    if negation_differs(match):
        found.add(NEGATION)
    if number_differs(match):
        found.add(NUMBER)
    return tuple(flag for flag in FLAGS if flag in found)


def negation_differs(match: Match) -> bool:
    """Whether a clause is negated on one side alone, or lost its negation to a cut at its edge."""
    if _cut_from_negation(match):
        return True
    best, here = match.best, match.here
    core = core_ranges(match)
    counts = [
        sum(low <= place < high for place in side.negations)
        for side, (low, high) in zip((best, here), core, strict=True)
    ]
    if counts[0] == counts[1]:
        return False
    return _loses_negation(match if counts[0] > counts[1] else match.turned())


def _loses_negation(match: Match) -> bool:
    """Whether a negated clause of `best` has its counterpart in `here` without any negation."""
    best, here = match.best, match.here
    for place in best.negations:
        clause = best.clauses[place]
        words = [i for i, number in enumerate(best.clauses) if number == clause]
        others = [i for i in words if i not in best.negations]
        if not _scope_kept(match, place, words[-1]):
            continue
        partners = [match.places[i] for i in others if i in match.places]
        enough = len(partners) >= min(2, len(others)) and partners
        if enough and len(partners) >= CLAUSE_SHARE * len(others):
            clauses = {here.clauses[j] for j in partners}
            around = {number + step for number in clauses for step in (-1, 0, 1)}
            if not match.still_negated(around if match.reported else clauses):
                return True
    return False


def _scope_kept(match: Match, place: int, end: int) -> bool:
    """Whether the words that a negation stands by are in `here`: the next two, or at the end of
    a clause the one before. Else the negation went together with what it negates.
    """
    after = range(place + 1, min(place + 1 + SCOPE, end + 1))
    return any(i in match.places for i in after or (place - 1,))


def _cut_from_negation(match: Match) -> bool:
    """Whether a "not" was cut off right before or after the words that were kept, or an "it is
    wrong to say that" right before them.
    """
    if match.reported or len(match.here.tokens) < 2 or not match.ops:
        return False
    first, last = match.ops[0], match.ops[-1]
    end = len(match.here.tokens) - 1
    if first.kind == "missing" and _denied_before(match.best, first.best[1]):
        return not match.here.negations
    if first.kind == "missing" and _negated_before(match.best, first.best[1]):
        return not match.still_negated(match.here.clause_of(0))
    if last.kind == "missing" and _negated_after(match.best, last.best[0]):
        return not match.still_negated(match.here.clause_of(end))
    return False


def _denied_before(side: Side, kept: int) -> bool:
    keys = [token.key for token in side.tokens[:kept]]
    return any(hit.last == kept for hit in side.lists.denials.find(keys))


def _negated_before(side: Side, kept: int) -> bool:
    near = side.negations.intersection(range(kept - TRIM_REACH, kept))
    return any(side.clauses[place] == side.clauses[kept] for place in near)


def _negated_after(side: Side, cut: int) -> bool:
    return cut in side.negations and side.clauses[cut] == side.clauses[cut - 1]


def number_differs(match: Match) -> bool:
    """Whether a number stands where another number stood."""
    for one in match.best.figures:
        others = [two for two in match.here.figures if linked(match, one, two)]
        if others and all(one.values.isdisjoint(two.values) for two in others):
            return not match.reported or _has_company(match, one)
    return False


def _has_company(match: Match, one: Figure) -> bool:
    """Whether a word next to the number is in both wordings, so that both count the same thing."""
    near = (one.first - 2, one.first - 1, one.last, one.last + 1)
    return any(i in match.places and len(match.best.tokens[i].key) > 3 for i in near)


def flag_across_languages(best: Side, here: Side) -> tuple[str, ...]:
    """The flags of two wordings in different languages, from the marks of each as a whole.

    Silent where one language has no lists, where the lengths show that one renders only a part
    of the other, and where the side without a mark has a word that could stand for it.
    """
    words = max(1, len(best.tokens))
    if not SHORTEST <= len(here.tokens) / words <= LONGEST:
        return ()
    found = set()
    if _negated_alone(best, here) or _negated_alone(here, best):
        found.add(NEGATION)
    if _numbers_apart(best, here):
        found.add(NUMBER)
    if modals_apart(best, here):
        found.add(MODALITY)
    return tuple(flag for flag in FLAGS if flag in found)


def _negated_alone(one: Side, two: Side) -> bool:
    if not one.lists.negations or not two.lists.negations:
        return False
    return bool(one.negations) and not one.near and not two.negations and not two.near


def _numbers_apart(best: Side, here: Side) -> bool:
    """Whether each side has as many numbers that the other side doesn't have, and has any."""
    if not best.lists.numbers or not here.lists.numbers:
        return False
    ours = [one for one in best.figures if not _has_value(here, one)]
    theirs = [one for one in here.figures if not _has_value(best, one)]
    return len(ours) == len(theirs) > 0


def _has_value(side: Side, figure: Figure) -> bool:
    return any(not figure.values.isdisjoint(other.values) for other in side.figures)


def modals_apart(best: Side, here: Side) -> bool:
    """Whether one side speaks of what is possible alone, the other of what must be alone."""
    classes = [{hit.label for hit in side.modals} for side in (best, here)]
    return classes in ([{"possible"}, {"obliged"}], [{"obliged"}, {"possible"}])
