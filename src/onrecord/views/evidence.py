"""Words of reports as a page shows them: where they stand, whose they are, how they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain import Mention, Rendering, RenderingKind, Report, Statement, Utterance
from onrecord.edtf import overlaps
from onrecord.views.certainty import list_doubts
from onrecord.views.decisions import Decided
from onrecord.views.marking import Piece, Printed, mark_differences
from onrecord.views.reasons import Place, Reason, find_unresolved, list_reasons
from onrecord.views.selection import Selection
from onrecord.views.words import write_date

UNKNOWN_SPEAKER = "Speaker not known"
NO_REASON = "the record gives no reason"
_GIVEN_TO_ANOTHER = "attributed to another speaker"


@dataclass(frozen=True, slots=True)
class Passage:
    """The words of one statement as printed, with what marks them out from the fullest wording.

    `doubts` say what of it isn't certain, `reasons` what it rests on, `decided` what people decided
    about it.
    """

    statement: Statement
    report: Report
    pieces: tuple[Piece, ...]
    places: tuple[Place, ...]
    kind: RenderingKind | None
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    decided: tuple[Decided, ...] = ()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is given as the speaker; `actor` is an actor's id, `reason` why nobody is given."""

    name: str
    language: str | None = None
    actor: str | None = None
    role: str | None = None
    role_language: str | None = None
    reason: str | None = None


def find_speaker(selection: Selection, utterance: Utterance) -> Speaker:
    """Who said it: an actor, or the name in the best statement, or nobody with the reason why."""
    statement = selection.statements[utterance.best]
    language = selection.reports[statement.report].language
    mention = statement.speaker
    role = mention.descriptions[0] if mention is not None and mention.descriptions else None
    if utterance.speaker is None:
        if mention is None:
            return Speaker(UNKNOWN_SPEAKER, reason=find_reason([statement], "speaker"))
        return Speaker(mention.name, language, None, role, language)
    found = name_actor(selection, utterance.speaker)
    if role is None:
        return found
    return Speaker(found.name, found.language, found.actor, role, language)


def name_actor(selection: Selection, actor: str) -> Speaker:
    """The actor of that id with the first description that the record has."""
    found = selection.actors[actor]
    language = next((language for language, name in found.names if name == found.name), None)
    role = found.descriptions[0] if found.descriptions else None
    return Speaker(found.name, language, found.id, role)


def find_reason(statements: Sequence[Statement], name: str) -> str:
    """Why a field of the statements is empty: the first reason that one of them gives."""
    reasons = (find_unresolved(one, name) for one in statements)
    return next((one for one in reasons if one is not None), NO_REASON)


def list_passages(selection: Selection, utterance: Utterance) -> Iterator[Passage]:
    """The statements of an utterance in the order of their reports, each compared with the best."""
    renderings = {one.statement: one for one in utterance.renderings}
    best = selection.statements[utterance.best]
    original = Printed(selection.reports[best.report].text, best.content.spans)
    for one in utterance.statements:
        statement = selection.statements[one]
        rendering = renderings.get(one) or Rendering(one, utterance.id, "verbatim", ())
        report = selection.reports[statement.report]
        here = Printed(report.text, rendering.spans or statement.content.spans)
        yield Passage(
            statement=statement,
            report=report,
            pieces=tuple(mark_differences(here, rendering.differences, best=original)),
            places=tuple(Place(report, start, end) for start, end in here.spans),
            kind=rendering.kind if one in renderings else None,
            flags=rendering.flags,
            notes=tuple(_list_notes(utterance, statement, rendering)),
            doubts=tuple(list_doubts(statement)),
            reasons=tuple(list_reasons(report, statement)),
            decided=selection.decided.get(one, ()),
        )


def _list_notes(utterance: Utterance, statement: Statement, rendering: Rendering) -> Iterator[str]:
    """What this report says otherwise than the others: another speaker, another date, an agency."""
    yield from _note_speaker(utterance, statement, statement.speaker, rendering.flags)
    here, settled = statement.said_on, utterance.said_on
    if here is not None and settled is not None and not overlaps(here, settled):
        yield f"dated {write_date(here)} here"
    for party in statement.via:
        yield f"through {party.words.text}"


def _note_speaker(
    utterance: Utterance, statement: Statement, mention: Mention | None, flags: Sequence[str]
) -> Iterator[str]:
    if mention is None:
        if utterance.speaker is not None:
            yield f"speaker not known here: {find_reason([statement], 'speaker')}"
        return
    if _GIVEN_TO_ANOTHER in flags:
        yield f"given to {mention.name} here"
