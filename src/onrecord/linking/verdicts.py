"""The answer to "is this quotation in the record?", and how it is put in plain English."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from onrecord.domain import RenderingKind, Span, Words
from onrecord.edtf import find_day, parse_edtf

VerdictKind = (
    RenderingKind | Literal["said by someone else", "said on another occasion", "not in the record"]
)

SHOWN_WORDS = 24  # of a wording; more than one reads in a sentence
SHOWN_CONTRASTS = 3
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
EXACT: tuple[RenderingKind, ...] = ("verbatim", "trimmed")
CALLED_OUT = {
    "negation differs": "One of the two is negated and the other isn’t.",
    "number differs": "A number differs.",
    "modality differs": "How sure or binding it is differs.",
    "stronger": "The quotation is stronger than the record.",
    "weaker": "The quotation is weaker than the record.",
}


@dataclass(frozen=True, slots=True)
class Named:
    """An actor by id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Carrier:
    """A report that carries the utterance, and how; `spans` point into the report's text."""

    id: str
    path: str
    rendering: RenderingKind
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """A difference: words of the quotation, and words of the statement that it is held against."""

    op: Literal["missing", "added", "changed"]
    query: Words | None
    record: Words | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the record says of a quotation; `dataclasses.asdict` gives docs/schemas/check.json."""

    verdict: VerdictKind
    sentence: str
    utterance: str | None = None
    statement: str | None = None
    speaker: Named | None = None
    said_on: str | None = None
    reports: tuple[Carrier, ...] = ()
    differences: tuple[Contrast, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Where words come from: who said them when, and the wording that the record has."""

    who: str | None
    said_on: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a sentence is made of.

    `rendering` says how the quotation renders the words, whatever the verdict. `exact` of the
    reports have the very words. `unquoted` holds where these are a report's and not in quotation
    marks; `telling` are the differences that aren't cuts at the ends; `fuller` is the fullest
    wording where it has more, or says otherwise (`departs`); `others` are those to whom some
    reports give the words; `rest` is where the other part of a quotation comes from that runs two
    together; `similar` is the nearest that the one who was asked for did say.
    """

    verdict: VerdictKind
    rendering: RenderingKind
    source: Source
    reports: int
    exact: int
    asked: str | None = None
    asked_matches: bool | None = None
    asked_on: str | None = None
    unquoted: bool = False
    flags: tuple[str, ...] = ()
    telling: tuple[Contrast, ...] = ()
    others: tuple[str, ...] = ()
    rest: Source | None = None
    fuller: str | None = None
    departs: bool = False
    similar: str | None = None


def write_sentence(finding: Finding) -> str:
    """The verdict in one sentence, and one for each thing that a reader must know beside it."""
    return " ".join([_write_head(finding), *_list_remarks(finding)])


def write_denial(
    *, nearest: Source | None, asked: str | None = None, part: str | None = None
) -> str:
    """That a quotation is not in the record, with what comes nearest to it."""
    by = "" if asked is None else f" by {asked}"
    if nearest is None:
        return f"The record has nothing{by} that is near enough to this quotation."
    if part is not None:
        return (
            "The record has only a part of this quotation: "
            f"{_tell(nearest, f'said {quote(part)}')}. The rest isn’t in it."
        )
    return (
        f"The record has nothing{by} that is near enough to this quotation. "
        f"The nearest is what {_tell(nearest, f'said: {quote(nearest.words)}')}; "
        "it may or may not be the same."
    )


def quote(words: str) -> str:
    """Words of a report in quotation marks, on one line, shortened where they are many.

    A full stop at the end is left to the sentence that they stand in.
    """
    shown = words.removesuffix(".").split()
    if len(shown) > SHOWN_WORDS:
        shown = [*shown[:SHOWN_WORDS], "…"]
    inner = " ".join(shown).translate({ord("“"): "‘", ord("”"): "’", ord('"'): "’"})
    return f"“{inner}”"


def write_date(edtf: str | None) -> str:
    """An EDTF date after its preposition ("on 3 March 2026"); empty for none."""
    if edtf is None or (days := parse_edtf(edtf)) is None:
        return ""
    if edtf.startswith("XXXX-"):
        return f"on {int(edtf[8:10])} {MONTHS[int(edtf[5:7]) - 1]} of some year"
    day = find_day(edtf)
    if day is not None:
        return f"on {_write_day(day)}"
    if "/" not in edtf:
        month = f"{MONTHS[days[0].month - 1]} " if len(edtf.rstrip("?~%")) > len("2026") else ""
        return f"in {month}{days[0].year}"
    first, last = (write_date(end).partition(" ")[2] for end in edtf.split("/", 1))
    if first and last:
        return f"between {first} and {last}"
    return f"not after {last}" if last else f"not before {first}" if first else ""


def _write_day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _tell(source: Source, said: str) -> str:
    who = "somebody whom the record doesn’t name" if source.who is None else source.who
    return " ".join(part for part in (who, said, write_date(source.said_on)) if part)


def _write_head(finding: Finding) -> str:
    source, count = finding.source, _count_reports(finding)
    this = f"{_tell(source, 'said this')}, in {count}"
    wording = f"{_tell(source, f'said {quote(source.words)}')}, in {count}"
    if finding.verdict in ("said by someone else", "said on another occasion"):
        asked = finding.asked
        if finding.verdict == "said on another occasion":
            asked = write_date(finding.asked_on) or finding.asked_on
        return f"Not {asked}: {this if finding.rendering in EXACT else wording}."
    if finding.unquoted:
        return f"In substance: {wording}, but in a report’s words, not in quotation marks."
    if finding.rendering == "verbatim":
        return f"Word for word: {this}."
    heads: dict[RenderingKind, str] = {
        "trimmed": "Word for word, but only a part",
        "marked cut": "Word for word, with a cut that is marked",
        "translated": "In translation",
        "paraphrased": "In other words",
    }
    return f"{heads.get(finding.rendering, 'Nearly')}: {wording}."


def _count_reports(finding: Finding) -> str:
    if finding.reports == 1:
        return "1 report"
    counted = f"{finding.reports} reports"
    if finding.rendering in EXACT and finding.exact < finding.reports:
        return f"{counted}, {finding.exact} of them in these words"
    return counted


def _list_remarks(finding: Finding) -> Iterator[str]:
    if finding.rest is not None:
        rest = _tell(finding.rest, f"said {quote(finding.rest.words)}")
        yield f"It is run together with something else: {rest}."
    if finding.rendering != "marked cut":
        yield from map(_write_contrast, finding.telling[:SHOWN_CONTRASTS])
    yield from (CALLED_OUT[flag] for flag in finding.flags if flag in CALLED_OUT)
    if finding.fuller is not None:
        more = "The fullest wording in the record says otherwise" if finding.departs else "In full"
        yield f"{more}: {quote(finding.fuller)}."
    if finding.others:
        yield f"Some reports have it from {_join(finding.others)}."
    if finding.asked is not None and finding.asked_matches is None:
        yield f"Whether that was {finding.asked}, the record doesn’t say."
    if finding.similar is not None:
        yield f"What {finding.asked} did say: {quote(finding.similar)}."


def _write_contrast(contrast: Contrast) -> str:
    query = None if contrast.query is None else quote(contrast.query.text)
    record = None if contrast.record is None else quote(contrast.record.text)
    if query is None:
        return f"The {_word(contrast.record)} {record} {_be(contrast.record)} missing."
    if record is None:
        return f"The {_word(contrast.query)} {query} {_be(contrast.query)} not in the record."
    return f"It has {query} where the record has {record}."


def _word(words: Words | None) -> str:
    return "words" if _is_many(words) else "word"


def _be(words: Words | None) -> str:
    return "are" if _is_many(words) else "is"


def _is_many(words: Words | None) -> bool:
    return words is not None and len(words.text.split()) > 1


def _join(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
