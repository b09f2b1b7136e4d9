"""The utterances of a selection as a dossier prints them: numbered entries, story by story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import Statement, Story, Utterance, Words
from onrecord.views.decisions import Decided
from onrecord.views.evidence import Passage, Speaker, find_reason, find_speaker, list_passages
from onrecord.views.reasons import Evidence, cite_words
from onrecord.views.references import Reference, list_references
from onrecord.views.selection import Selection
from onrecord.views.words import write_carriers, write_date


@dataclass(frozen=True, slots=True)
class Entry:
    """One utterance: who, when, how, in which words, and what it has to do with others.

    `said_on` is a date in words; where there is none, `undated` says why. `reports` is the number
    of reports that carry it, `carriers` the same in words, with that of its sources; `decided` is
    what people decided about it.
    """

    id: str
    number: int
    speaker: Speaker
    said_on: str | None
    undated: str
    facts: tuple[Evidence, ...]
    best: Passage
    renderings: tuple[Passage, ...]
    references: tuple[Reference, ...]
    reports: int
    carriers: str
    languages: tuple[str, ...]
    decided: tuple[Decided, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, the fullest wording first."""
        return (self.best, *self.renderings)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A story (None: reports in no story) with its entries.

    `carried` are those that several reports carry, the most widely carried first; `single` are
    those of one report, in the order of the record.
    """

    story: Story | None
    carried: tuple[Entry, ...]
    single: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All entries of a dossier: its chapters, and those of one report whose speaker isn't known."""

    chapters: tuple[Chapter, ...]
    unknown: tuple[Entry, ...]

    @property
    def entries(self) -> list[Entry]:
        """All entries in the order of their numbers."""
        return [
            *(one for chapter in self.chapters for one in (*chapter.carried, *chapter.single)),
            *self.unknown,
        ]


def build_contents(selection: Selection) -> Contents:
    """The entries of a selection, in the order of its stories, numbered as they are printed."""
    grouped: dict[str | None, list[Utterance]] = defaultdict(list)
    unknown: list[Utterance] = []
    for one in sorted(selection.utterances.values(), key=lambda u: -_count_reports(selection, u)):
        single = _count_reports(selection, one) == 1
        nobody = find_speaker(selection, one).reason is not None
        (unknown if single and nobody else grouped[one.story]).append(one)
    parts: list[tuple[Story | None, list[Utterance]]] = [
        (one, grouped[one.id]) for one in selection.stories
    ]
    if grouped[None]:
        parts.append((None, grouped[None]))
    printed = [one for _, part in parts for one in part] + unknown
    numbers = {one.id: number for number, one in enumerate(printed, start=1)}
    entries = {one.id: build_entry(selection, one, numbers) for one in printed}
    return Contents(
        chapters=tuple(
            _build_chapter(story, [entries[u.id] for u in part]) for story, part in parts
        ),
        unknown=tuple(entries[one.id] for one in unknown),
    )


def _build_chapter(story: Story | None, entries: Sequence[Entry]) -> Chapter:
    carried = tuple(one for one in entries if one.reports > 1)
    return Chapter(story, carried, tuple(one for one in entries if one.reports == 1))


def _count_reports(selection: Selection, utterance: Utterance) -> int:
    return len({selection.statements[one].report for one in utterance.statements})


def build_entry(selection: Selection, utterance: Utterance, numbers: Mapping[str, int]) -> Entry:
    """One utterance of a selection; `numbers` are those of all that are on the page."""
    passages = list(list_passages(selection, utterance))
    best = next(one for one in passages if one.statement.id == utterance.best)
    others = tuple(one for one in passages if one is not best)
    # What the fullest wording's report says of the occasion comes before what the others say.
    statements = [one.statement for one in (best, *others)]
    return Entry(
        id=utterance.id,
        number=numbers[utterance.id],
        speaker=find_speaker(selection, utterance),
        said_on=None if utterance.said_on is None else write_date(utterance.said_on),
        undated=find_reason(statements, "said_on"),
        facts=tuple(_list_facts(selection, utterance, statements)),
        best=best,
        renderings=others,
        references=tuple(list_references(selection, utterance, numbers)),
        reports=len({one.report.id for one in passages}),
        carriers=write_carriers((one.report.id for one in passages), selection.copies),
        languages=tuple(dict.fromkeys(one.report.language for one in passages)),
        decided=selection.decided.get(utterance.id, ()),
    )


def _list_facts(
    selection: Selection, utterance: Utterance, statements: Sequence[Statement]
) -> Iterator[Evidence]:
    """The words that the occasion rests on, each from the first statement that gives them."""
    for label in ("dated by", "to", "through", "where"):
        for one in statements:
            words = _find_fact(one, label, utterance.said_on)
            if words is not None:
                basis = one.said_on_basis if label == "dated by" else None
                note = basis.rule if basis is not None else ""
                report = selection.reports[one.report]
                yield cite_words(report, words, label=label, note=note)
                break


def _find_fact(statement: Statement, label: str, said_on: str | None) -> Words | None:
    match label:
        case "dated by":
            basis = statement.said_on_basis
            return basis.words if basis is not None and statement.said_on == said_on else None
        case "to":
            return statement.addressee.words if statement.addressee is not None else None
        case "through":
            return statement.channel
        case _:
            return statement.place
