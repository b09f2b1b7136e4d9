"""What utterances have to do with one another: answers, repetitions, and what may be the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from onrecord.domain import Answer, Utterance
from onrecord.views.evidence import UNKNOWN_SPEAKER, Speaker, find_speaker, name_actor
from onrecord.views.reasons import Evidence, cite_words
from onrecord.views.selection import Selection

_OPENING_WORDS = 9
_ELSEWHERE = "not in this dossier"


@dataclass(frozen=True, slots=True)
class Reference:
    """A link from an entry to another utterance, or to an actor's words in general.

    `number` is None for an utterance that is not on the page; `opening` are its first words, empty
    where the selection has none of its statements.
    """

    relation: str
    speaker: Speaker
    utterance: str | None = None
    number: int | None = None
    opening: str = ""
    language: str | None = None
    note: str = ""
    evidence: Evidence | None = None


def list_references(
    selection: Selection, utterance: Utterance, numbers: Mapping[str, int]
) -> Iterator[Reference]:
    """The references of an utterance, each once: answers, then repetitions, then what is alike."""
    found = [
        *_list_answers(selection, utterance, numbers),
        *_list_repeats(selection, utterance, numbers),
        *_list_possible(selection, utterance, numbers),
    ]
    once: dict[tuple[str, str | None, str], Reference] = {}
    for one in found:
        once.setdefault((one.relation, one.utterance, one.speaker.name), one)
    yield from once.values()


def _list_answers(
    selection: Selection, utterance: Utterance, numbers: Mapping[str, int]
) -> Iterator[Reference]:
    for answer in selection.answers:
        if answer.to == utterance.id:
            yield _refer(selection, answer.utterance, numbers, "answered by")
        if answer.utterance == utterance.id:
            evidence = _cite_answer(selection, answer)
            if answer.to is None:
                speaker = name_actor(selection, answer.to_actor)
                yield Reference("answers", speaker, note="in general", evidence=evidence)
            else:
                found = _refer(selection, answer.to, numbers, "answers")
                yield replace(found, evidence=evidence)


def _cite_answer(selection: Selection, answer: Answer) -> Evidence | None:
    """The words that show it, unless they are those of the answer itself."""
    statement = selection.statements.get(answer.statement)
    if statement is None or answer.words == statement.content:
        return None
    return cite_words(selection.reports[statement.report], answer.words, label="answer")


def _list_repeats(
    selection: Selection, utterance: Utterance, numbers: Mapping[str, int]
) -> Iterator[Reference]:
    if utterance.repeats is not None:
        yield _refer(selection, utterance.repeats, numbers, "repeats")
    for one in selection.known.values():
        if one.repeats == utterance.id:
            yield _refer(selection, one.id, numbers, "repeated by")


def _list_possible(
    selection: Selection, utterance: Utterance, numbers: Mapping[str, int]
) -> Iterator[Reference]:
    scores = dict(utterance.possible)
    scores |= {
        one.id: score
        for one in selection.known.values()
        for other, score in one.possible
        if other == utterance.id
    }
    for other, score in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        found = _refer(selection, other, numbers, "may be the same as")
        note = f"score {score:.2f}"
        yield replace(found, note=f"{note}, {found.note}" if found.note else note)


def _refer(
    selection: Selection, other: str, numbers: Mapping[str, int], relation: str
) -> Reference:
    utterance = selection.known[other]
    best = selection.statements.get(utterance.best)
    if best is None:
        actor = utterance.speaker
        speaker = Speaker(UNKNOWN_SPEAKER) if actor is None else name_actor(selection, actor)
        return Reference(relation, speaker, other, note=_ELSEWHERE)
    return Reference(
        relation=relation,
        speaker=find_speaker(selection, utterance),
        utterance=other,
        number=numbers.get(other),
        opening=_take_opening(best.content.text),
        language=selection.reports[best.report].language,
    )


def _take_opening(text: str) -> str:
    words = text.split()
    more = " …" if len(words) > _OPENING_WORDS else ""
    return " ".join(words[:_OPENING_WORDS]) + more
