"""Who is spoken of where in a report, and so whom "he" or "the Norwegian" may mean.

Candidates are ranked by the weights of salience.py. What lies within a quotation doesn't count as
distance, and whoever is spoken of only there is meant less often. A paragraph in which somebody
says "I" or "we" outside quotation marks is read as such a quotation, unmarked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from onrecord.domain import ActorType, Attribution, Mention, Report, Span, Words
from onrecord.quotations import quoted_spans
from onrecord.statements.mentions import Profile
from onrecord.statements.positions import Clauses, Form, Position, find_position
from onrecord.statements.salience import (
    KNOWN,
    Appearance,
    Spot,
    load_weights,
    measure_candidate,
)
from onrecord.statements.vocabulary import Vocabulary
from onrecord.statements.voices import find_own_voice
from onrecord.text import merge_spans, sentence_spans

REACH = 5
MARGIN = 1.0
"""How far the best candidate has to lead to be certain, in log-odds."""

_FADING = {0: 1.0, 1: 1.0, 2: 0.5}
"""What having spoken counts so many sentences later."""
_SPEECH = 20
"""A quotation of fewer characters is a phrase or a title, not a speech."""


@dataclass(slots=True)
class Referent:
    """Somebody or something that may be meant: a name's profile or an unnamed speaker.

    An unnamed spokesman is a person to pronouns, but what he says is said by whom he `speaks_for`.
    `gender` is known; `leaning` is only what pronouns in the report make likely.
    """

    name: str
    type: ActorType
    words: Words | None
    descriptions: tuple[str, ...] = ()
    gender: str | None = None
    leaning: str | None = None
    named: bool = True
    speaks_for: Referent | None = None

    def mention(self, rule: str, *, certain: bool = True) -> Mention:
        """The referent, or whom it speaks for, as the speaker that `rule` led to."""
        if self.speaks_for is not None:
            body = self.speaks_for
            known = (*body.descriptions, *self.descriptions)
            return Mention(body.name, body.type, rule, self.words, known, certain)
        return Mention(self.name, self.type, rule, self.words, self.descriptions, certain)


@dataclass(frozen=True, slots=True)
class Search:
    """Whom to look for: before `span`, outside `without`, of `gender` and one of `types`.

    `ahead` takes those into account who are named only later.
    """

    span: Span
    gender: str = ""
    types: Sequence[ActorType] = ("person",)
    without: Sequence[Span] = ()
    reach: int = REACH
    form: Form = "subject"
    ahead: bool = False


@dataclass(slots=True)
class Scene:
    """The referents of one report and their appearances; speakers are added as they are found.

    `voiced` are the stretches that are somebody's own words, `pronouns` the places of those for a
    person by gender; these and `appearances` are in the order of the text.
    """

    report: Report
    words: Vocabulary
    clauses: Clauses
    starts: list[int]
    voiced: tuple[Span, ...]
    quotations: tuple[Span, ...]
    spoken: tuple[Span, ...]
    pronouns: Mapping[str, Sequence[int]]
    referents: list[Referent] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    by_span: dict[Span, int] = field(default_factory=dict)

    def copy(self) -> Scene:
        """The same scene, to which speakers can be added by themselves."""
        own = [replace(referent) for referent in self.referents]
        return replace(self, referents=own, appearances=[*self.appearances])

    def is_voiced(self, span: Span) -> bool:
        """Whether a place lies in somebody's own words."""
        return _is_within(span[0], self.voiced)

    def add_speaker(self, span: Span, referent: int, *, quoted: bool = False) -> None:
        """Note that a referent spoke at a place, by what somebody else says where it is quoted."""
        sentence = self.sentence(span[0])
        seen = Appearance(span, referent, sentence, "subject", True, quoted)
        insort(self.appearances, seen, key=_by_place)

    def add_referent(self, referent: Referent) -> int:
        """The number of a referent that is no name's."""
        self.referents.append(referent)
        return len(self.referents) - 1

    def sentence(self, place: int) -> int:
        """The number of a place's sentence, those begun within a quotation left out."""
        return bisect_right(self.starts, place)

    def rank(
        self, search: Search, allow: Callable[[Referent], bool] = lambda _: True
    ) -> list[tuple[float, int]]:
        """The referents that fit, the likeliest first, with their weights in log-odds."""
        weights = load_weights()
        ranked = []
        for number, features in self.measure(search, allow).items():
            known = bool(search.gender) and self.referents[number].gender is not None
            ranked.append((weights.weigh(*features) + KNOWN * known, number))
        return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))

    def measure(
        self, search: Search, allow: Callable[[Referent], bool] = lambda _: True
    ) -> dict[int, list[dict[str, float]]]:
        """The features of each referent that fits, by its number.

        Twice for most: with all that is printed, and as if what others say weren't there.
        """
        found: dict[int, list[dict[str, float]]] = defaultdict(list)
        for aloud in (True, False):
            for number, features in self._measure(search, allow, aloud).items():
                found[number].append(features)
        return found

    def _measure(
        self, search: Search, allow: Callable[[Referent], bool], aloud: bool
    ) -> dict[int, dict[str, float]]:
        spot = self._find_spot(search)
        around = [span for span in self.voiced if span[0] <= search.span[0] < span[1]]
        seen = self._list_seen(search, spot, aloud, around)
        found = {}
        for number, mine in seen.items():
            referent = self.referents[number]
            if search.gender and referent.gender not in (None, search.gender):
                continue
            if not allow(referent):
                continue
            others = [one for rival, theirs in seen.items() if rival != number for one in theirs]
            features = measure_candidate(self.clauses, spot, mine, others)
            before = [one for one in mine if one.span[0] < search.span[0]][-1:]
            features["spoke"] = sum(
                _FADING.get(spot.sentence - one.sentence, 0.0) for one in before if one.spoke
            )
            told = any(one.quoted and not _is_within(one.span[0], around) for one in before)
            aloud_too = any(_is_within(one.span[0], self.spoken) for one in before)
            features["quoted"] = float(told and aloud_too)
            breaks = [self.report.text.count("\n", o.span[1], search.span[0]) for o in before]
            features["elsewhere"] = float(any(breaks))
            features["told"] = float(told and not aloud_too)
            if search.gender and referent.leaning is not None:
                features["gender for" if referent.leaning == search.gender else "against"] = 1.0
            found[number] = features
        return found

    def _list_seen(
        self, search: Search, spot: Spot, aloud: bool, around: Sequence[Span]
    ) -> dict[int, list[Appearance]]:
        """The appearances within reach of everybody of the right type, in the text's order."""
        seen: dict[int, list[Appearance]] = defaultdict(list)
        low, high = search.span
        first = bisect_left(self.appearances, spot.sentence - search.reach, key=_by_sentence)
        for one in self.appearances[first:]:
            if one.span[0] >= low and not search.ahead:
                break
            if self.referents[one.referent].type not in search.types:
                continue
            if one.quoted and not aloud and not _is_within(one.span[0], around):
                continue
            if any(start <= one.span[0] < end for start, end in search.without):
                continue
            if one.span[0] < low or one.span[0] >= high:
                seen[one.referent].append(one)
        return seen

    def _find_spot(self, search: Search) -> Spot:
        sentence = self.sentence(search.span[0])
        opening = self.starts[sentence - 1] if sentence else 0
        known = {one.span[0] for one in self.appearances if one.spoke}
        alike = [place for place in self.pronouns.get(search.gender, ()) if place not in known]
        around = [span for span in self.quotations if span[0] <= search.span[0] < span[1]]
        return Spot(
            span=search.span,
            sentence=sentence,
            opening=opening,
            form=search.form,
            lead=_read_lead(self.clauses, search, opening),
            quote=around[0] if around else None,
            pronouns=alike[: bisect_left(alike, search.span[0])],
        )


def build_scene(
    report: Report,
    profiles: Sequence[Profile],
    attributions: Sequence[Attribution],
    words: Vocabulary,
) -> Scene:
    """The scene of a report before anybody's speaker is known."""
    contents = sorted(span for found in attributions if not found.inner for span in found.content)
    quotations = tuple(s for s in quoted_spans(report.text) if s[1] - s[0] >= _SPEECH)
    clauses = Clauses(report.text, words)
    own = find_own_voice(clauses, contents)
    voiced = merge_spans((*contents, *quotations, *own), gap=-1)
    starts = [s for s, _ in sentence_spans(report.text) if not _is_inside(s, voiced)]
    pronouns = _find_pronouns(clauses)
    spoken = merge_spans((*quotations, *own), gap=-1)
    scene = Scene(report, words, clauses, starts, voiced, quotations, spoken, pronouns)
    scene.referents = [_make_referent(report.text, profile) for profile in profiles]
    order = sorted(
        (span, number) for number, profile in enumerate(profiles) for span in profile.spans
    )
    for span, number in order:
        scene.by_span[span] = number
        position = _check_case(clauses, span, profiles[number], find_position(clauses, span))
        quoted = _is_within(span[0], voiced)
        sentence = scene.sentence(span[0])
        scene.appearances.append(Appearance(span, number, sentence, position, quoted=quoted))
    return scene


def _make_referent(text: str, profile: Profile) -> Referent:
    return Referent(
        profile.name,
        profile.type,
        Words.of(text, profile.full),
        profile.descriptions,
        None if profile.inferred else profile.gender,
        profile.gender if profile.inferred else None,
    )


def _check_case(clauses: Clauses, span: Span, profile: Profile, position: Position) -> Position:
    """The position, where case endings can deny it: a subject has the base form of the name."""
    if not clauses.grammar.cases or position in ("owner", "oblique"):
        return position
    printed = clauses.text[span[0] : span[1]].split()[-1]
    if printed == profile.name.split()[-1]:
        return "subject" if position == "object" else position
    return "object" if len(profile.spans) > 1 else position


def _find_pronouns(clauses: Clauses) -> dict[str, list[int]]:
    """The places of the pronouns for one man and of those for one woman."""
    found: dict[str, list[int]] = {"m": [], "f": []}
    for start, end in clauses.tokens:
        code = clauses.words.find_code(clauses.text[start:end])
        if code[1:2] == "s" and code[0] in found:
            found[code[0]].append(start)
    return found


def _read_lead(clauses: Clauses, search: Search, opening: int) -> str:
    """What comes right before a spot: the start of its sentence or of a clause, or a word."""
    number = clauses.number(search.span[0]) - 1
    if number < 0:
        return "start"
    start, end = clauses.tokens[number]
    if start < opening or any(low <= start < high for low, high in search.without):
        return "start"
    if clauses.text[end : search.span[0]].strip():
        return "mark"
    word = clauses.text[start:end]
    if clauses.grammar.opens(word):
        return clauses.grammar.opens(word)
    if clauses.grammar.is_preposition(word):
        return "preposition"
    return "name" if word[:1].isupper() else "word"


def _is_within(place: int, spans: Sequence[Span]) -> bool:
    """Whether a place lies in one of the spans, which are in order and apart."""
    near = bisect_right(spans, place, key=_by_start) - 1
    return near >= 0 and place < spans[near][1]


def _is_inside(place: int, spans: Sequence[Span]) -> bool:
    """Whether a place lies in one of the spans, not at its very start."""
    near = bisect_left(spans, place, key=_by_start) - 1
    return near >= 0 and place < spans[near][1]


def _by_start(span: Span) -> int:
    return span[0]


def _by_place(seen: Appearance) -> Span:
    return seen.span


def _by_sentence(seen: Appearance) -> int:
    return seen.sentence
