"""The clause of a cue as it is read for whom was spoken to, and a language's words for that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Attribution, Name, Span
from onrecord.lexicon import load_lexicon
from onrecord.statements.clauses import Clauses
from onrecord.statements.cues import CueList, compile_cues, widen_auxiliaries
from onrecord.statements.parties import HOLE, NounPhrase, list_phrases, read_phrase
from onrecord.statements.vocabulary import compile_list
from onrecord.text import overlap

_EDGE = re.compile(r"[,:;–—\n\0]|[.!?](?=\s)|\s-\s")
_AFTER_SOURCE = re.compile(rf"{HOLE}[ \u00a0]*,")


@dataclass(frozen=True, slots=True)
class AddresseeBook:
    """One language's words for finding addressees."""

    leads: re.Pattern[str]
    appeals: CueList
    objects: CueList
    tells: CueList
    to: re.Pattern[str]
    has_to: bool
    bare: bool
    audiences: re.Pattern[str]
    oblique: frozenset[str]
    datives: frozenset[str]
    genitives: frozenset[str]
    subjects: frozenset[str]
    passives: re.Pattern[str]
    participles: CueList
    agents: re.Pattern[str]
    auxiliaries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Address:
    """The clause of a cue: its text, sources made holes, with places of names and cue in it.

    `verbs` are the spans of the cue with the rest of a verb whose auxiliary it is.
    """

    clauses: Clauses
    language: str
    text: str
    clause: Span
    cues: tuple[Span, ...]
    verbs: tuple[Span, ...]
    names: tuple[Span, ...]
    people: tuple[Span, ...]
    bodies: tuple[Span, ...]
    has_source: bool

    def read(self, start: int) -> Span | None:
        """The phrase that begins behind a place of the text."""
        return read_phrase(self.text, start, self.language, self.names)


@cache
def load_addressee_book(language: str) -> AddresseeBook:
    """The book of a language; nothing is found with that of one without word lists."""
    lexicon = load_lexicon(language)

    def words(name: str) -> tuple[str, ...]:
        return lexicon.words("setting", name)

    outlets = lexicon.words("institutions", "outlets")
    return AddresseeBook(
        leads=_compile_leads(words("leads")),
        appeals=compile_cues(words("appeals")),
        objects=compile_cues(words("objects")),
        tells=compile_cues(words("tells")),
        to=_compile_leads(words("to")),
        has_to=bool(words("to")),
        bare=bool(lexicon.tables.get("setting", {}).get("bare_objects", False)),
        audiences=compile_list(
            (*words("audiences"), *(outlets if words("to") else ())),
            compounds=bool(lexicon.tables.get("roles", {}).get("compounds", False)),
        ),
        oblique=frozenset(words("oblique")),
        datives=frozenset(words("datives")),
        genitives=frozenset(words("genitives")),
        subjects=frozenset(words("subjects")),
        passives=compile_list(words("passives")),
        participles=compile_cues(words("participles")),
        agents=compile_list(words("agents")),
        auxiliaries=frozenset(words("auxiliaries")),
    )


def _compile_leads(words: Sequence[str]) -> re.Pattern[str]:
    """Words that stand before a phrase, the longest first; one elided may be joined to it."""
    listed = "|".join(
        re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’ʼ]")
        + ("" if word.endswith("'") else r"(?!\w)")
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(rf"(?<!\w)(?:{listed or '(?!)'})", re.IGNORECASE)


def read_address(
    clauses: Clauses, attribution: Attribution, language: str, names: Sequence[Name]
) -> Address:
    """The clause of an attribution's cue, its sources made holes."""
    low = clauses.offset
    text = clauses.text
    for start, end in attribution.source:
        first, after = max(0, start - low), max(0, end - low)
        text = text[:first] + HOLE * (min(after, len(text)) - first) + text[after:]
    begin = attribution.cue[0][0] - low if attribution.cue else len(text)
    behind = _AFTER_SOURCE.sub(lambda found: HOLE * len(found[0]), text[begin:])
    text = text[:begin] + behind
    local = {
        name: (name.span[0] - low, name.span[1] - low)
        for name in names
        if low <= name.span[0] and name.span[1] <= low + len(text)
    }
    cues = tuple((start - low, end - low) for start, end in attribution.cue)
    return Address(
        clauses=clauses,
        language=language,
        text=text,
        clause=_cut_clause(text, (cues[0][0], cues[-1][1]) if cues else (0, 0)),
        cues=cues,
        verbs=widen_auxiliaries(text, cues, load_addressee_book(language).auxiliaries),
        names=tuple(span for span in local.values() if text[slice(*span)].isprintable()),
        people=tuple(span for name, span in local.items() if name.type != "place"),
        bodies=tuple(span for name, span in local.items() if name.type == "organisation"),
        has_source=bool(attribution.source),
    )


def _cut_clause(text: str, anchor: Span) -> Span:
    """From the mark before the cue to that behind it; marks in brackets don't count."""
    low = max((found.end() for found in _EDGE.finditer(text, 0, max(0, anchor[0]))), default=0)
    behind = _EDGE.search(text, min(anchor[1], len(text)))
    return low, len(text) if behind is None else behind.start()


def touches(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span has characters in common with one of others."""
    return any(overlap(span, other) for other in others)


def list_bare(address: Address, to: re.Pattern[str] | None = None) -> Iterator[NounPhrase]:
    """The phrases of the cue's clause without a preposition, or with one of `to`."""
    for phrase in list_phrases(address.text, address.language, address.names, address.clause):
        led = to is not None and to.fullmatch(phrase.before) is not None
        if (led or not phrase.before) and not touches(phrase.span, address.cues):
            yield phrase


def is_passive(address: Address, book: AddresseeBook) -> bool:
    """Whether the cue is a passive verb that is said of whom it is said to ("was asked")."""
    return (
        book.participles.find_first(address.text, address.verbs) is not None
        and book.passives.search(address.text, *address.clause) is not None
    )


def first_word(text: str) -> str:
    """The first word of a text, in small letters; empty where there is none."""
    return (text.split(None, 1) or [""])[0].casefold()


def last_word(text: str) -> str:
    """The last word of a text, in small letters; empty where there is none."""
    return (text.rsplit(None, 1) or [""])[-1].casefold()
