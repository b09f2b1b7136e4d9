"""Who answered whom.

A statement answers another actor's words where its own sentence, outside what is said, has a word
for answering (languages/*.toml, `[answers]`) and names that actor; where it has a word for replying
and names nobody, or comes after a question in a transcript, it answers the words before it. The
sentence that leads up to a statement counts as well ("The reply came on Friday."). Which of a named
actor's utterances is meant is told only where the report, or else the story up to then, leaves one
choice; else the answer is to the actor's words in general.
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

LEAST_NEAR = 0.3
"""How near in meaning an utterance that only other reports carry must be to be the one meant."""

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

    @property
    def taken(self) -> list[Span]:
        """What is said by anybody, and the words that say so."""
        parts = [
            part
            for one in self.voiced
            for part in (one.statement.content, one.statement.cue)
            if part is not None
        ]
        return [span for part in parts for span in part.spans]


@dataclass(frozen=True, slots=True)
class _Known:
    """What answers in all reports are found from.

    Who is named by which word in each report, the utterance of each statement, and the statements
    of each story.
    """

    names: Mapping[str, Mapping[str, str]]
    of_statement: Mapping[str, Utterance]
    by_story: Mapping[str, Sequence[Voiced]]


def link_answers(
    voiced: Iterable[Voiced], utterances: Sequence[Utterance], actors: Sequence[Actor]
) -> tuple[Answer, ...]:
    """The answers of all reports, one for each pair of utterances or of utterance and actor."""
    of_statement = {s: u for u in utterances for s in u.statements}
    by_report: dict[str, list[Voiced]] = defaultdict(list)
    by_story: dict[str, list[Voiced]] = defaultdict(list)
    for one in sorted(voiced, key=lambda v: v.order):
        by_report[one.statement.report].append(one)
        by_story[one.story].append(one)
    known = _Known(_find_name_words(actors), of_statement, by_story)
    found: dict[tuple[str, str | None, str], Answer] = {}
    for members in by_report.values():
        report = _Report(
            members[0].report_text,
            members[0].content.language,
            sentence_spans(members[0].report_text),
            members,
        )
        for answer in _find_answers(report, known):
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


def _find_answers(report: _Report, known: _Known) -> Iterator[Answer]:
    lexicon = load_lexicon(report.language)
    cues = _compile(lexicon.words("answers", "cues"))
    replies = _compile(lexicon.words("answers", "replies"))
    names = known.names.get(report.voiced[0].statement.report, {})
    for number, one in enumerate(report.voiced):
        if one.actor is None:
            continue
        sentence, lead = _find_sentence(one.statement, report.sentences), _find_lead(one, report)
        frame = cut_out(sentence, _list_others(one, report))
        # What is told in the reporter's words may name who is answered ("rejected Holt's claim").
        told = sentence if one.statement.kind == "indirect" else frame
        named = [a for a in _find_named(report.text, (*told, *lead), names) if a != one.actor]
        cue = _search(report.text, frame, cues) or _search(report.text, lead, replies)
        utterance = known.of_statement[one.statement.id].id
        if cue is not None and named:
            to = _choose_utterance(one, named[0], report.voiced, known)
            yield Answer(utterance, to, named[0], one.statement.id, Words.of(report.text, cue))
            continue
        before = _find_before(report.voiced, number, far=bool(lead))
        if before is not None:
            cue = _search(report.text, (*frame, *lead), replies) or _find_question(before, one)
            if cue is not None:
                to, words = known.of_statement[before.statement.id].id, Words.of(report.text, cue)
                yield Answer(utterance, to, str(before.actor), one.statement.id, words)


def _list_others(one: Voiced, report: _Report) -> list[Span]:
    """What the statement's sentence has besides the words that introduce it."""
    own = one.statement.cue.spans if one.statement.cue is not None else ()
    return [span for span in report.taken if span not in own]


def _find_lead(one: Voiced, report: _Report) -> tuple[Span, ...]:
    """The sentence right before the statement, where nobody says anything in it."""
    statement = one.statement
    parts = [p for p in (statement.source, statement.cue, statement.content) if p is not None]
    start = min(part.start for part in parts)
    before = [span for span in report.sentences if span[1] <= start]
    if not before or any(overlap(before[-1], span) for span in report.taken):
        return ()
    return (before[-1],)


def _find_before(voiced: Sequence[Voiced], number: int, *, far: bool) -> Voiced | None:
    """The statement of another actor right before one; a lead may stand between, and own words."""
    for one in reversed(voiced[max(0, number - (3 if far else 1)) : number]):
        if one.actor is None:
            return None
        if one.actor != voiced[number].actor:
            return one
    return None


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
    one: Voiced, actor: str, voiced: Sequence[Voiced], known: _Known
) -> str | None:
    """The actor's utterance in the same report that is meant, if one clearly is.

    Where the report has none, one that the story's reports up to then carry.
    """
    theirs = _measure_nearness(one, actor, voiced, known)
    if not theirs:
        earlier = [v for v in known.by_story[one.story] if v.order[0] <= one.order[0] != "~"]
        found = _measure_nearness(one, actor, earlier, known)
        theirs = {u: near for u, near in found.items() if near >= LEAST_NEAR}
    ranked = sorted(theirs, key=lambda u: (-theirs[u], u))
    if len(ranked) == 1:
        return ranked[0]
    if len(ranked) > 1 and theirs[ranked[0]] - theirs[ranked[1]] >= CLEARLY_NEARER:
        return ranked[0]
    return None


def _measure_nearness(
    one: Voiced, actor: str, voiced: Sequence[Voiced], known: _Known
) -> dict[str, float]:
    """How near in meaning each of the actor's utterances is, the statement's own left out."""
    mine = known.of_statement[one.statement.id].id
    theirs: dict[str, float] = {}
    for other in voiced:
        utterance = known.of_statement[other.statement.id].id
        if other.actor == actor and utterance != mine:
            nearness = measure_meaning(one.content, other.content)
            theirs[utterance] = max(nearness, theirs.get(utterance, nearness))
    return theirs
