"""The things the record is made of, as frozen values. Imports nothing of the project.

Offsets are half-open ranges of Unicode code points into `Report.text`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
Vector = NDArray[np.float32]

ZoneKind = Literal["title", "lead", "body", "caption", "byline", "furniture"]
StatementKind = Literal["direct", "mixed", "indirect"]
ActorType = Literal["person", "organisation", "place", "group"]
RenderingKind = Literal[
    "verbatim", "trimmed", "marked cut", "spliced", "reworded", "translated", "paraphrased"
]

FRAGMENT_JOINT = " … "


def make_id(kind: str, *parts: object) -> str:
    """A 16-digit content hash of the JSON list `[kind, *parts]`; equal parts give equal ids."""
    payload = json.dumps([kind, *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a report as printed: `text` is the texts of `spans` joined by " … "."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str, *spans: Span) -> Words:
        """The words that `text` prints at `spans`."""
        return cls(FRAGMENT_JOINT.join(text[start:end] for start, end in spans), spans)

    @property
    def start(self) -> int:
        """Where the first fragment begins."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.spans[-1][1]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a date rests on: the words (none where it came with the file) and the rule's name."""

    rule: str
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of a report's text and what it is."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Report:
    """One published item as it was read.

    `published` is an EDTF date (level 0, or level 1 for a month or year) or None.
    `credits` are the agencies that the report names as its own source.
    `key` is what later versions of one report share: its URL or its publisher's id.
    """

    id: str
    path: str
    sha256: str
    text: str
    language: str
    zones: tuple[Zone, ...]
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_basis: Basis | None = None
    url: str | None = None
    key: str | None = None
    kind: Literal["report", "primary"] = "report"
    credits: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content as tagged; `inner` lies within another attribution's content.

    `score` is the probability that the content is right, `source_score` that the source is (or
    that there is none) where the content is, as the tagger sees it, 0 to 1.
    `deed` are the words that tell what is done by saying it; `deed_vector` is their embedding.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    inner: bool = False
    score: float = 1.0
    source_score: float = 1.0
    deed: tuple[Span, ...] = field(default=(), compare=False)
    vector: Vector | None = field(default=None, compare=False, repr=False)
    deed_vector: Vector | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a report: of a person, an organisation or a place."""

    span: Span
    type: Literal["person", "organisation", "place"]
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Tagging:
    """All that one pass of the encoder says of one report.

    `vector`, for finding the report's story, is the embeddings of its opening (title and lead) and
    of the whole of it, end to end.
    """

    report: str
    attributions: tuple[Attribution, ...]
    names: tuple[Name, ...]
    vector: Vector | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody as one report has them: the name or description, and why it was taken for that.

    `words` are the words that say who it is (the full name two sentences before, say);
    `rule` names the rule that led from the printed source to them.
    `descriptions` are the roles the report gives ("Kremlin spokesman").
    """

    name: str
    type: ActorType
    rule: str
    words: Words | None = None
    descriptions: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """A third party of a statement (an addressee, an agency it came through): words, and who."""

    words: Words
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Act:
    """What a speaker does with words (a code of docs/acts.md), and to whom, by name."""

    code: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """An attribution made useful. `unresolved` says, field by field, why one is empty.

    `certainty` says of what was found how likely it is to be right, 0 to 1: the content, the source
    (where the content is right), and the speaker (where both are); `confidence` is their product.
    `said_on` stands apart from them: it has the certainty of the rule that led to the date.
    """

    id: str
    report: str
    kind: StatementKind
    content: Words
    cue: Words | None = None
    source: Words | None = None
    speaker: Mention | None = None
    via: tuple[Party, ...] = ()
    addressee: Party | None = None
    channel: Words | None = None
    place: Words | None = None
    said_on: str | None = None
    said_on_basis: Basis | None = None
    act: Act | None = None
    confidence: float = 1.0
    unresolved: tuple[tuple[str, str], ...] = ()
    certainty: tuple[tuple[str, float], ...] = ()
    vector: Vector | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, organisation, government or group, whatever the spelling, script or title.

    `mentions` are the (report id, name in that report) pairs that are this actor. `reasons` are
    (report id, name, why) of those that are not simply spellings of its name, and of an unnamed
    actor why nobody was found for it.
    """

    id: str
    name: str
    type: ActorType
    names: tuple[tuple[str, str], ...]
    descriptions: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]
    wikidata: str | None = None
    reasons: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LocalActor:
    """An actor as one affair shows it, to be compared with those of others.

    `affair` is the same for all of an affair; `order` (a date or "~", and a report id) tells where
    it is first met; `counts` say by how many reports it is called by each of its names.
    """

    id: str
    affair: str
    order: tuple[str, str]
    name: str
    type: ActorType
    names: tuple[tuple[str, str], ...]
    counts: tuple[tuple[str, int], ...]
    descriptions: tuple[str, ...]
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class JoinedActor:
    """An actor of the whole record, without its mentions, and the local actors that it is."""

    actor: Actor
    locals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownActor:
    """Somebody from a list of people that was imported.

    `aliases` are other names, `weak_aliases` those that others have too ("the Boss"). `countries`
    are ISO 3166 codes in lower case, `wikidata` is an id such as "Q42".
    """

    id: str
    name: str
    type: ActorType
    aliases: tuple[str, ...] = ()
    weak_aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    positions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Reports of one event. `storyline` is the id of the first story of its storyline."""

    id: str
    title: str
    reports: tuple[str, ...]
    languages: tuple[str, ...]
    first: str | None
    last: str | None
    storyline: str


@dataclass(frozen=True, slots=True)
class InferredDate:
    """When something was said, from other reports of its story; its own report doesn't tell.

    `said_on` is an EDTF date with its basis, or None where they contradict each other, with the
    reason in `unresolved`.
    """

    statement: str
    said_on: str | None = None
    basis: Basis | None = None
    unresolved: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between a rendering and the wording it is measured against.

    `best` and `here` are the words on either side, with their spans in their own reports.
    """

    op: Literal["missing", "added", "changed"]
    best: Words | None
    here: Words | None


@dataclass(frozen=True, slots=True)
class Rendering:
    """How `statement` words `utterance`; `spans` is the part of the statement that does."""

    statement: str
    utterance: str
    kind: RenderingKind
    spans: tuple[Span, ...]
    flags: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one actor said on one occasion, carried by one or more statements.

    `best` is the statement with the fullest wording. `repeats` is an earlier utterance of the
    same thought. `possible` are (utterance id, score) pairs that may be the same and were not
    merged. A statement that runs two utterances together is a statement of both; the spans of its
    two renderings say which part is whose.
    """

    id: str
    speaker: str | None
    said_on: str | None
    statements: tuple[str, ...]
    best: str
    story: str | None
    renderings: tuple[Rendering, ...] = ()
    repeats: str | None = None
    possible: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """An utterance that responds to another, or to an actor's words in general."""

    utterance: str
    to: str | None
    to_actor: str
    statement: str
    words: Words


@dataclass(frozen=True, slots=True)
class Copy:
    """A report whose text other reports have too: one of a `family` of copies.

    `original` is the report that the others copy, `agency` whom it is by, each None where that
    can't be told or isn't in the record; `reason` says what it was told from. `share` is how much
    of its text, or of the original's where that is shorter, the two have in common, 0 to 1.
    """

    report: str
    family: str
    original: str | None
    agency: str | None
    share: float
    reason: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be read, or a stage that failed on it."""

    path: str
    stage: str
    reason: str
    report: str | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """All that linking found across reports; stored as a whole in place of what was there.

    A (report id, name) pair is a mention of one actor at most, and each actor has one. Every id
    that one of these things names is that of another of them, or of a report or statement in the
    record. `keys` are pairs of an actor's id and what it may have in common with those of other
    affairs.
    """

    actors: tuple[Actor, ...] = ()
    stories: tuple[Story, ...] = ()
    utterances: tuple[Utterance, ...] = ()
    answers: tuple[Answer, ...] = ()
    copies: tuple[Copy, ...] = ()
    dates: tuple[InferredDate, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
