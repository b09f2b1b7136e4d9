"""Who is spoken of where in a report, and so whom "he" or "the Norwegian" may mean.

Candidates are ranked by hand-set weights: whoever stands first in a sentence and whoever spoke last
is meant sooner than somebody mentioned within a quotation or as the owner of something (after the
salience factors of Lappin and Leass 1994). Sentences that lie within a quotation don't count as
distance.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from onrecord.domain import ActorType, Attribution, Mention, Report, Span, Words
from onrecord.statements.mentions import Profile
from onrecord.statements.vocabulary import Vocabulary
from onrecord.text import sentence_spans

FIRST = 1.0
SPOKE = 1.0
QUOTED = -1.5
OWNER = -1.5
COMPLEMENT = -0.5
GENDER = 0.5
STEP = -1.2
REACH = 5
MARGIN = 0.9
"""How far the best candidate has to lead to be certain."""


@dataclass(slots=True)
class Referent:
    """Somebody or something that may be meant: a name's profile or an unnamed speaker.

    An unnamed spokesman is a person to pronouns, but what he says is said by whom he `speaks_for`.
    """

    name: str
    type: ActorType
    words: Words | None
    descriptions: tuple[str, ...] = ()
    gender: str | None = None
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
class Appearance:
    """One place where a referent is spoken of or speaks."""

    place: int
    referent: int
    weight: float


@dataclass(frozen=True, slots=True)
class Search:
    """Whom to look for: before `place`, outside `without`, of `gender` and one of `types`."""

    place: int
    gender: str = ""
    types: Sequence[ActorType] = ("person",)
    without: Sequence[Span] = ()
    reach: int = REACH


@dataclass(slots=True)
class Scene:
    """The referents of one report and their appearances; speakers are added as they are found."""

    report: Report
    words: Vocabulary
    starts: list[int]
    referents: list[Referent] = field(default_factory=list)
    appearances: list[Appearance] = field(default_factory=list)
    by_span: dict[Span, int] = field(default_factory=dict)

    def add_speaker(self, place: int, referent: int) -> None:
        """Note that a referent spoke at a place."""
        self.appearances.append(Appearance(place, referent, FIRST + SPOKE))

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
        """The referents that fit, the likeliest first, with their weights."""
        here = self.sentence(search.place)
        best: dict[int, float] = {}
        for seen in self.appearances:
            away = here - self.sentence(seen.place)
            if seen.place >= search.place or away > search.reach:
                continue
            if any(start <= seen.place < end for start, end in search.without):
                continue
            referent = self.referents[seen.referent]
            if referent.type not in search.types or not allow(referent):
                continue
            if search.gender and referent.gender not in (None, search.gender):
                continue
            known = GENDER if search.gender and referent.gender == search.gender else 0.0
            weight = seen.weight + known + STEP * away
            best[seen.referent] = max(best.get(seen.referent, weight), weight)
        return sorted(((w, n) for n, w in best.items()), key=lambda pair: (-pair[0], pair[1]))


def build_scene(
    report: Report,
    profiles: Sequence[Profile],
    attributions: Sequence[Attribution],
    words: Vocabulary,
) -> Scene:
    """The scene of a report before anybody's speaker is known."""
    contents = sorted(span for found in attributions if not found.inner for span in found.content)
    sentences = sentence_spans(report.text)
    opens = [start for start, _ in contents]
    starts = [start for start, _ in sentences if not _is_within(start, contents, opens)]
    scene = Scene(report, words, starts)
    firsts: dict[int, int] = {}
    order = sorted(
        (span, number) for number, profile in enumerate(profiles) for span in profile.spans
    )
    scene.referents = [_make_referent(report.text, profile) for profile in profiles]
    for span, number in order:
        scene.by_span[span] = number
        sentence = scene.sentence(span[0])
        weight = _weigh(report.text, span, words)
        if _is_within(span[0], contents, opens) or any(s == span[0] for s in opens):
            weight += QUOTED
        elif profiles[number].type == "person" and weight >= 0:
            firsts.setdefault(sentence, span[0])
            weight += FIRST if firsts[sentence] == span[0] else 0.0
        scene.appearances.append(Appearance(span[0], number, weight))
    return scene


def _make_referent(text: str, profile: Profile) -> Referent:
    return Referent(
        profile.name,
        profile.type,
        Words.of(text, profile.full),
        profile.descriptions,
        profile.gender,
    )


def _is_within(place: int, contents: Sequence[Span], opens: Sequence[int]) -> bool:
    """Whether a place lies inside a content, not at its very start."""
    near = bisect_right(opens, place) - 1
    return near >= 0 and contents[near][0] < place < contents[near][1]


def _weigh(text: str, span: Span, words: Vocabulary) -> float:
    follow = text[span[1] : span[1] + 2]
    if follow[:1] in ("'", "’") and (follow[1:] or " ") in ("s", "S", " "):
        return OWNER
    before = words.find_tokens(text, max(0, span[0] - 20), span[0])
    if before and words.is_in("complements", text[before[-1][0] : before[-1][1]]):
        return COMPLEMENT
    return 0.0
