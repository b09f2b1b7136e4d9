"""Who answered whom.

A statement answers another actor's words where its own sentence, outside what is said, has a word
for answering (languages/*.toml, `[answers]`) and names that actor. Which of the actor's utterances
is meant is told only where the report leaves one choice; else the answer is to the actor's words
in general.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import Actor, Answer, Span, Statement, Utterance, Words
from onrecord.lexicon import load_lexicon
from onrecord.linking.likeness import measure_meaning
from onrecord.linking.names import fold_name
from onrecord.linking.utterances import Voiced
from onrecord.text import overlap, sentence_spans

CLEARLY_NEARER = 0.1
"""How much likelier in meaning one of several utterances must be to be taken as the one meant."""

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class _Report:
    """What answers in one report are found from."""

    text: str
    language: str
    sentences: list[Span]
    voiced: list[Voiced]


def link_answers(
    voiced: Iterable[Voiced], utterances: Sequence[Utterance], actors: Sequence[Actor]
) -> tuple[Answer, ...]:
    """The answers of all reports, one for each pair of utterances or of utterance and actor."""
    of_statement = {s: u for u in utterances for s in u.statements}
    by_report: dict[str, list[Voiced]] = defaultdict(list)
    for one in sorted(voiced, key=lambda v: v.order):
        by_report[one.statement.report].append(one)
    words = _find_name_words(actors)
    found: dict[tuple[str, str | None, str], Answer] = {}
    for members in by_report.values():
        report = _Report(
            members[0].report_text,
            members[0].content.language,
            sentence_spans(members[0].report_text),
            members,
        )
        for answer in _find_answers(report, words, of_statement):
            found.setdefault((answer.utterance, answer.to, answer.to_actor), answer)
    return tuple(found[key] for key in sorted(found, key=lambda k: (k[0], k[1] or "", k[2])))


def _find_name_words(actors: Sequence[Actor]) -> dict[str, dict[str, str]]:
    """For each report, the folded last words of its actors' names, with the actors' ids."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for actor in actors:
        for report, name in actor.mentions:
            last = fold_name(name).split()[-1:]
            if last and actor.type != "group":
                found[report][last[0]] = actor.id
    return found


def _find_answers(
    report: _Report,
    name_words: Mapping[str, Mapping[str, str]],
    of_statement: Mapping[str, Utterance],
) -> Iterable[Answer]:
    cues = load_lexicon(report.language).words("answers", "cues")
    pattern = re.compile("|".join(rf"\b(?:{cue})" for cue in cues), re.IGNORECASE) if cues else None
    for one in report.voiced:
        if one.actor is None or pattern is None:
            continue
        frame = _find_frame(one.statement, report.sentences)
        cue = _search(report.text, frame, pattern)
        if cue is None:
            continue
        known = name_words.get(one.statement.report, {})
        for actor in _find_named(report.text, frame, known):
            if actor != one.actor:
                to = _choose_utterance(one, actor, report.voiced, of_statement)
                yield Answer(
                    utterance=of_statement[one.statement.id].id,
                    to=to,
                    to_actor=actor,
                    statement=one.statement.id,
                    words=Words.of(report.text, cue),
                )
                break


def _find_frame(statement: Statement, sentences: Sequence[Span]) -> list[Span]:
    """The sentence of the statement's cue or source, what is said cut out where it is quoted."""
    anchors = [part.spans[0] for part in (statement.cue, statement.source) if part is not None]
    anchor = anchors[0] if anchors else statement.content.spans[0]
    frame = [span for span in sentences if overlap(span, anchor)]
    if statement.kind == "indirect":
        return frame
    for start, end in statement.content.spans:
        frame = [
            part
            for low, high in frame
            for part in ((low, min(high, start)), (max(low, end), high))
            if part[0] < part[1]
        ]
    return frame


def _search(text: str, frame: Sequence[Span], pattern: re.Pattern[str]) -> Span | None:
    for start, end in frame:
        match = pattern.search(text, start, end)
        if match is not None:
            return match.span()
    return None


def _find_named(text: str, frame: Sequence[Span], known: Mapping[str, str]) -> list[str]:
    """Actors whose names stand in the frame, in order; inflected and possessive forms count."""
    named = []
    for start, end in frame:
        for match in _WORD.finditer(text, start, end):
            if match.group()[0].isupper():
                folded = fold_name(re.split("['’]", match.group())[0])
                named += [
                    actor
                    for name, actor in known.items()
                    if folded == name or folded[:-1] == name or folded[:-2] == name
                ]
    return list(dict.fromkeys(named))


def _choose_utterance(
    one: Voiced, actor: str, voiced: Sequence[Voiced], of_statement: Mapping[str, Utterance]
) -> str | None:
    """The actor's utterance in the same report that is meant, if one clearly is."""
    theirs = {
        of_statement[v.statement.id].id: measure_meaning(one.content, v.content)
        for v in voiced
        if v.actor == actor
    }
    ranked = sorted(theirs, key=lambda u: (-theirs[u], u))
    if len(ranked) == 1:
        return ranked[0]
    if len(ranked) > 1 and theirs[ranked[0]] - theirs[ranked[1]] >= CLEARLY_NEARER:
        return ranked[0]
    return None
