"""Who answered whom.

A statement answers another actor's words where its own sentence, outside what is said, has a word
for answering (languages/*.toml, `[answers]`) and names that actor; where it has a word for replying
and names nobody, or comes after a question in a transcript, it answers the words before it. Which
of a named actor's utterances is meant is told only where the report leaves one choice; else the
answer is to the actor's words in general.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import Actor, Answer, Span, Statement, Utterance, Words
from onrecord.lexicon import load_lexicon
from onrecord.linking.likeness import measure_meaning
from onrecord.linking.names import fold_name
from onrecord.linking.utterances import Voiced
from onrecord.text import cut_out, overlap, sentence_spans

CLEARLY_NEARER = 0.1
"""How much likelier in meaning one of several utterances must be to be taken as the one meant."""

LEAST_STEM = 4
"""Letters of a name from which on an ending may follow it."""

_QUESTION_MARKS = ("?", "？", "؟")
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
    """For each report, the folded last words of its actors' names, with the actors' ids.

    A word that two actors share names neither.
    """
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for actor in actors:
        for report, name in actor.mentions:
            last = fold_name(name).split()[-1:]
            if last and actor.type != "group":
                found[report][last[0]].add(actor.id)
    return {
        report: {word: min(ids) for word, ids in words.items() if len(ids) == 1}
        for report, words in found.items()
    }


def _find_answers(
    report: _Report,
    name_words: Mapping[str, Mapping[str, str]],
    of_statement: Mapping[str, Utterance],
) -> Iterator[Answer]:
    lexicon = load_lexicon(report.language)
    cues = _compile(lexicon.words("answers", "cues"))
    replies = _compile(lexicon.words("answers", "replies"))
    for number, one in enumerate(report.voiced):
        if one.actor is None:
            continue
        before = report.voiced[number - 1] if number else None
        sentence = _find_sentence(one.statement, report.sentences)
        frame = cut_out(sentence, one.statement.content.spans)
        # What is told in the reporter's words may name who is answered ("rejected Holt's claim").
        told = sentence if one.statement.kind == "indirect" else frame
        known = name_words.get(one.statement.report, {})
        named = [actor for actor in _find_named(report.text, told, known) if actor != one.actor]
        utterance = of_statement[one.statement.id].id
        if (cue := _search(report.text, frame, cues)) is not None and named:
            to = _choose_utterance(one, named[0], report.voiced, of_statement)
            words = Words.of(report.text, cue)
            yield Answer(utterance, to, named[0], one.statement.id, words)
        elif before is not None and before.actor not in (None, one.actor):
            cue = _search(report.text, frame, replies) or _find_question(before, one)
            if cue is not None:
                to, words = of_statement[before.statement.id].id, Words.of(report.text, cue)
                yield Answer(utterance, to, str(before.actor), one.statement.id, words)


def _compile(cues: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{cue})" for cue in cues) or "(?!)", re.IGNORECASE)


def _find_question(before: Voiced, one: Voiced) -> Span | None:
    """The question that the turn before ends with, in a transcript."""
    content = before.statement.content
    if one.primary and before.primary and content.text.rstrip()[-1:] in _QUESTION_MARKS:
        return content.spans[-1]
    return None


def _find_sentence(statement: Statement, sentences: Sequence[Span]) -> list[Span]:
    """The sentence of the statement's cue or source, or else of its content."""
    anchors = [part.spans[0] for part in (statement.cue, statement.source) if part is not None]
    anchor = anchors[0] if anchors else statement.content.spans[0]
    return [span for span in sentences if overlap(span, anchor)]


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
                named += [actor for name, actor in known.items() if _is_form(folded, name)]
    return list(dict.fromkeys(named))


def _is_form(word: str, name: str) -> bool:
    """Whether the word is the name, or a longer name with one or two letters at its end."""
    return word == name or (len(name) >= LEAST_STEM and name in (word[:-1], word[:-2]))


def _choose_utterance(
    one: Voiced, actor: str, voiced: Sequence[Voiced], of_statement: Mapping[str, Utterance]
) -> str | None:
    """The actor's utterance in the same report that is meant, if one clearly is."""
    mine = of_statement[one.statement.id].id
    theirs: dict[str, float] = {}
    for other in voiced:
        utterance = of_statement[other.statement.id].id
        if other.actor == actor and utterance != mine:
            nearness = measure_meaning(one.content, other.content)
            theirs[utterance] = max(nearness, theirs.get(utterance, nearness))
    ranked = sorted(theirs, key=lambda u: (-theirs[u], u))
    if len(ranked) == 1:
        return ranked[0]
    if len(ranked) > 1 and theirs[ranked[0]] - theirs[ranked[1]] >= CLEARLY_NEARER:
        return ranked[0]
    return None
