"""How likely a pronoun or a description stands for one of those spoken of, by fitted weights.

Features after Lappin and Leass (1994), An Algorithm for Pronominal Anaphora Resolution: how many
sentences ago, in which place of the clause, who came first, what parts the two. They are the same
for every language with word lists; the weights were fitted to English (training/fit_pronouns.py).
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.domain import Span
from onrecord.statements.grammar import fold_case
from onrecord.statements.positions import Clauses, Form, Position, find_opener

Features = Mapping[str, float]

SPOKE = 1.0
"""For whoever spoke last. Set by hand, like `QUOTED`: the corpus has no news reports."""
QUOTED = -1.5
"""For somebody only spoken of in a quotation, or in somebody's own words."""
ELSEWHERE = -1.5
"""For somebody last spoken of in an earlier paragraph; the texts of the corpus have only one."""
KNOWN = math.log(2)
"""For somebody whose gender is known to fit: half of those of whom it isn't are of the other.

Not in GAP, whose candidates were chosen so that they fit.
"""

BY_HAND = {"spoke": SPOKE, "quoted": QUOTED, "elsewhere": ELSEWHERE}

_CLOSE = 3
_FRONT = 6
_NOUN = 5
_STOPS = re.compile(r"[.;:()]")


@dataclass(frozen=True, slots=True)
class Appearance:
    """One place where a referent is spoken of or speaks; `sentence` is its number."""

    span: Span
    referent: int
    sentence: int
    position: Position
    spoke: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the pronoun or description stands, and its form.

    `lead` is what comes before it ("start", "mark", a kind of clause opener, "preposition" or
    "word"); `quote` the quotation around it; `pronouns` the places of other pronouns of its gender.
    """

    span: Span
    sentence: int
    opening: int
    form: Form
    lead: str
    quote: Span | None = None
    pronouns: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted numbers: of the features of a candidate, and of there being no right one."""

    candidate: Mapping[str, float]
    nobody: Mapping[str, float]
    given: float

    def weigh(self, *alternatives: Features) -> float:
        """The log-odds, up to a constant, that a candidate is meant, by its best features."""
        return max(
            weigh_by_hand(features)
            + sum(self.candidate.get(name, 0.0) * value for name, value in features.items())
            for features in alternatives
        )


def weigh_by_hand(features: Features) -> float:
    """What isn't fitted, in log-odds."""
    return sum(BY_HAND.get(name, 0.0) * value for name, value in features.items())


@cache
def load_weights() -> Weights:
    """The weights in salience.toml, beside this module."""
    text = (files("onrecord.statements") / "salience.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return Weights(tables["candidate"], tables["nobody"], tables["given"])


def measure_candidate(
    clauses: Clauses, spot: Spot, mine: Sequence[Appearance], others: Sequence[Appearance]
) -> dict[str, float]:
    """The features of one candidate that has the appearances `mine`, in the order of the text.

    `others` are those of its rivals. Whoever is named only later is measured from there.
    """
    before = [seen for seen in mine if seen.span[0] < spot.span[0]]
    after = [seen for seen in mine if seen.span[0] >= spot.span[1]]
    found = dict(_measure_whole(clauses, spot, mine, others))
    if before:
        found |= dict(_measure_before(clauses, spot, before, others))
        found |= dict(_measure_near(clauses, spot, before[-1], others))
        found |= dict(_measure_again(clauses, spot, after[:1]))
        found["mentions after"] = min(len(after), 2)
    elif after:
        found |= dict(_measure_after(clauses, spot, after[0]))
        found["mentions after"] = min(len(after), 2)
    if spot.form == "possessive":
        found |= {f"own noun {kind}": 1.0 for kind in _find_own_noun(clauses, spot, after)}
    return found


def measure_nobody(measured: Collection[Features]) -> dict[str, float]:
    """The features of there being no right one among the candidates measured."""
    return {
        "always": 1.0,
        "rivals": math.log1p(len(measured)),
        "after a pronoun": float(
            bool(measured) and all(one.get("after a pronoun") for one in measured)
        ),
        "all named later": float(not any("mentions before" in one for one in measured)),
    }


def _measure_whole(
    clauses: Clauses, spot: Spot, mine: Sequence[Appearance], others: Sequence[Appearance]
) -> Iterator[tuple[str, float]]:
    yield "mentions", math.log(len(mine))
    first = min((seen.span[0] for seen in others), default=len(clauses.text))
    yield "first of all", float(mine[0].span[0] < first)
    yield "after a pronoun", float(any(place < mine[0].span[0] for place in spot.pronouns[:1]))
    if spot.quote is not None:
        low, high = spot.quote
        inside = [low <= seen.span[0] < high for seen in mine]
        yield "quoted together", float(any(inside))
        near = [
            seen.position == "subject" and 0 <= spot.sentence - seen.sentence <= 1 and not within
            for seen, within in zip(mine, inside, strict=True)
        ]
        yield "outside the quotation", float(any(near))


def _measure_before(
    clauses: Clauses, spot: Spot, before: Sequence[Appearance], others: Sequence[Appearance]
) -> Iterator[tuple[str, float]]:
    """Where the candidate stands in this sentence and the two before."""
    yield "mentions before", math.log(len(before))
    last = before[-1].span[0]
    between = sum(last <= place < spot.span[0] for place in spot.pronouns)
    yield "pronouns between", min(between, 2)
    here = [place for place in spot.pronouns if place >= spot.opening]
    yield "pronouns between here", min(sum(last <= place for place in here), 2)
    yield (
        f"{spot.form}: pronoun here before it",
        float(last >= spot.opening and any(place < last for place in here)),
    )
    yield "pronouns since", float(any(before[0].span[0] < p < spot.span[0] for p in spot.pronouns))
    for back in (0, 1, 2):
        near = [seen for seen in before if spot.sentence - seen.sentence == back]
        for position in {seen.position for seen in near}:
            yield f"{position} {back}", 1.0
            yield f"{spot.form}: {position} {back}", 1.0
        rivals = [s.span[0] for s in others if spot.sentence - s.sentence == back]
        if near and near[0].span[0] < min(rivals, default=len(clauses.text)):
            yield f"first {back}", 1.0
            yield f"{spot.form}: first {back}", 1.0


def _measure_again(
    clauses: Clauses, spot: Spot, after: Sequence[Appearance]
) -> Iterator[tuple[str, float]]:
    """A candidate that is named again: hardly in the same clause as a pronoun for it."""
    for seen in after:
        away = min(seen.sentence - spot.sentence, 2)
        yield f"{spot.form}: again {away}", 1.0
        if not away:
            openings = min(clauses.count_openings(spot.span[1], seen.span[0]), 2)
            yield f"again after openings {openings}", 1.0


def _measure_near(
    clauses: Clauses, spot: Spot, near: Appearance, others: Sequence[Appearance]
) -> Iterator[tuple[str, float]]:
    """The candidate's last appearance before the spot, and what lies between."""
    form, position = spot.form, near.position
    away = min(spot.sentence - near.sentence, 3)
    between = {s.referent for s in others if near.span[1] <= s.span[0] < spot.span[0]}
    last = "last" if not between else "not last"
    yield f"away {away}", 1.0
    yield "between", min(len(between), 3)
    yield f"near {position}", 1.0
    yield f"{form}: near {position} {min(away, 2)}", 1.0
    yield f"{form}: {last} {min(away, 2)}", 1.0
    under = find_opener(clauses, near.span)
    yield f"{form}: {position} under {under} {min(away, 1)}", float(bool(under))
    yield "parallel", float(bool(under) and under == spot.lead)
    follow = _read_follow(clauses, near)
    if follow:
        yield f"before {follow} {min(away, 1)}", 1.0
    if away:
        return
    gap = clauses.text[near.span[1] : spot.span[0]].strip()
    openings = min(clauses.count_openings(near.span[1], spot.span[0]), 2)
    words = clauses.number(spot.span[0]) - clauses.number(near.span[0])
    yield f"{form}: openings {openings}", 1.0
    if not openings:
        yield f"{form}: {position} in the clause after {spot.lead}", 1.0
    yield f"{form}: {position} openings {openings}", 1.0
    yield f"{form}: after {spot.lead} {position}", 1.0
    yield f"{form}: after {spot.lead} {last}", 1.0
    yield f"{form}: close", float(words <= _CLOSE)
    yield "touching", float(not gap)
    if form == "possessive":
        yield "joined to it", float(clauses.grammar.opens(gap.lstrip(", ")) == "coordinating")


def _measure_after(clauses: Clauses, spot: Spot, first: Appearance) -> Iterator[tuple[str, float]]:
    """A candidate that is named after the pronoun only."""
    form, away = spot.form, first.sentence - spot.sentence
    yield f"named {min(away, 2)} later", 1.0
    yield f"{form}: {first.position} named {min(away, 1)} later", 1.0
    words = clauses.number(first.span[0]) - clauses.number(spot.span[0])
    yield "words before it is named", math.log1p(max(words, 0))
    yield "named after the start", float(spot.lead == "start")
    if away:
        return
    openings = min(clauses.count_openings(spot.span[1], first.span[0]), 2)
    yield f"{form}: named after openings {openings}", 1.0
    lead = clauses.text[spot.opening : spot.span[0]]
    front = clauses.number(first.span[0]) - clauses.number(spot.opening) > 0 and "," not in lead
    between = clauses.text[spot.span[1] : first.span[0]]
    near = clauses.number(spot.span[0]) - clauses.number(spot.opening) <= _FRONT
    fronted = front and near and "," in between
    yield f"fronted before {first.position}", float(fronted)
    yield f"{form}: fronted by {between.count(',')}", float(fronted)


def _read_follow(clauses: Clauses, seen: Appearance) -> str:
    """What comes right after a name: a mark, a bracket, a kind of word."""
    rest = clauses.text[seen.span[1] : seen.span[1] + 8].strip()
    if rest[:1] == "(":
        return "bracket"
    if rest[:1] == ",":
        return "list" if rest[1:].strip()[:1].isupper() else "comma"
    if rest[:1] in (".", ";", ":"):
        return "stop"
    word = clauses.word(clauses.following(seen.span[1]))
    code = clauses.words.find_code(word)
    if code:
        return "relative" if code[0] == "r" else ""
    return clauses.grammar.opens(word) or (
        "preposition" if clauses.grammar.is_preposition(word) else ""
    )


def _find_own_noun(clauses: Clauses, spot: Spot, after: Sequence[Appearance]) -> set[str]:
    """How a name belongs to the phrase of a possessive: "her friend Anna" isn't her.

    "near" where the name follows the noun at once, "far" where more stands between, and "apart"
    where a comma does.
    """
    found = set()
    low = clauses.number(spot.span[0]) + 1
    for seen in after:
        high = clauses.number(seen.span[0])
        between = clauses.text[spot.span[1] : seen.span[0]]
        if not 1 <= high - low < _NOUN or _STOPS.search(between):
            continue
        words = [clauses.word(number) for number in range(low, high)]
        grammar = clauses.grammar
        if any(grammar.opens(word) or grammar.is_preposition(word) for word in words):
            continue
        if any(fold_case(word) in grammar.verbs for word in words):
            continue
        found.add("apart" if "," in between else "near" if high - low == 1 else "far")
    return found
