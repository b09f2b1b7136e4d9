"""The names of the rules that lead to a speaker, how far each is trusted, and what they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.domain import Attribution, Mention
from onrecord.statements.discourse import MARGIN, Scene
from onrecord.statements.pointing import Distance

NO_SOURCE = "no source is given"
A_TEXT = "the source is a text, not a speaker"
THE_WRITER = "the source is whoever is writing"
NOBODY_FITS = "nobody in the report fits the pronoun"
NOT_NAMED = "the source names nobody, and nobody in the report fits it"

IN_FULL = "named in the source itself"
SURNAME = "surname of a person named elsewhere in the report"
ROLE = "role of a person described in the report"
PRONOUN = "pronoun for the person spoken of"
RELATIVE = "relative pronoun for the name before it"
DESCRIPTION = "description of the person spoken of"
GOES_ON = "goes on from the statement before"
LED_UP_TO = "named in the sentence that leads up to it"
UNNAMED = "unnamed"
SPEAKS_FOR = "an unnamed person who speaks for it"
OFFICE = "an office as the report calls it"
SHORT = "short for an organisation named in the report"
GROUP = "a group as the report calls it"
SEVERAL = "several"
ONESELF = "speaks of themselves"

RULE_CERTAINTY = {
    SURNAME: 0.98,
    SEVERAL: 0.95,
    ROLE: 0.9,
    PRONOUN: 0.85,
    RELATIVE: 0.9,
    DESCRIPTION: 0.75,
    GOES_ON: 0.75,
    LED_UP_TO: 0.7,
    UNNAMED: 0.9,
    SPEAKS_FOR: 0.95,
    SHORT: 0.85,
    ONESELF: 0.85,
}
"""How much a rule is trusted, set by hand; 1 for the rules that aren't here."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, or in `unresolved` the reason why nobody was found."""

    mention: Mention | None = None
    unresolved: str | None = None


@dataclass(slots=True)
class Found:
    """The speakers of a report so far, and their referents, by the number of their attribution.

    `doubtful` are those whose source stands in the sentence before or after that of the content.
    """

    scene: Scene
    attributions: Sequence[Attribution]
    speakers: dict[int, Speaker] = field(default_factory=dict)
    referents: dict[int, int] = field(default_factory=dict)
    doubtful: Mapping[int, Distance] = field(default_factory=dict)


def choose_likeliest(
    scene: Scene, ranked: Sequence[tuple[float, int]], rule: str, gender: str
) -> tuple[Speaker, int]:
    """The first of ranked referents, certain if it leads the second by a margin.

    A certain pronoun of known gender tells the gender of whom it stands for.
    """
    weight, number = ranked[0]
    referent = scene.referents[number]
    certain = len(ranked) == 1 or weight - ranked[1][0] >= MARGIN
    if certain and gender and referent.gender is None:
        referent.gender = gender
    return Speaker(referent.mention(rule, certain=certain)), number
