"""To whom something was said, by the grammar of the cue's clause.

1. Behind words that lead to somebody in any clause near the cue ("gegenüber", "interview with").
2. Behind the preposition of an appeal ("appealed to", "appellierte an").
3. The object of a cue that has one ("urged", "warf ... vor"), before or behind it where nouns have
   capitals, right behind it elsewhere.
4. The indirect object of a cue of telling, which has to be people by its words or names.

Whom one urges, accuses or asks is an addressee, as in the Wikinews corpus (Petersen-Frey and
Biemann 2024); of whom one only speaks is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.domain import Attribution, Name, Span
from onrecord.statements.addressing import (
    Address,
    AddresseeBook,
    first_word,
    is_passive,
    list_bare,
    load_addressee_book,
    read_address,
    touches,
)
from onrecord.statements.clauses import Clauses
from onrecord.statements.cues import Cue
from onrecord.statements.parties import HOLE, NounPhrase, load_party_book
from onrecord.text import CLOSING, OPENING, overlap

_LED = 2
"""How many clauses from the cue words such as "gegenüber" may stand."""

_SOURCE = re.compile(rf"[ \u00a0]*[{OPENING}]?{HOLE}+[{CLOSING}]?")


@dataclass(frozen=True, slots=True)
class Addressee:
    """The words for somebody spoken to; `by_cue` where the cue is done to them ("accused")."""

    span: Span
    by_cue: bool


def find_addressee(
    clauses: Clauses,
    attribution: Attribution,
    language: str,
    *,
    names: Sequence[Name] = (),
) -> Addressee | None:
    """Whom the clause of a cue says that it was said to; None where it doesn't."""
    if not attribution.cue:
        return None
    address = read_address(clauses, attribution, language, names)
    book = load_addressee_book(language)
    for find in (_find_led, _find_appealed, _find_object, _find_told):
        found = find(address, book)
        if found is not None and not touches(found, address.cues):
            by_cue = find in (_find_appealed, _find_object)
            return Addressee((found[0] + clauses.offset, found[1] + clauses.offset), by_cue)
    return None


def complete_tagged(
    clauses: Clauses,
    attribution: Attribution,
    language: str,
    *,
    names: Sequence[Name] = (),
    others: Sequence[Attribution] = (),
) -> Addressee | None:
    """The addressee that was tagged, drawn out to the end of its phrase.

    None where it is out of reach of the cue, in what is said or in the source, or nearer to the cue
    of another attribution that it was tagged for too.
    """
    if not attribution.addressee or not attribution.cue:
        return None
    span = attribution.addressee[0]
    inside = clauses.offset <= span[0] < clauses.offset + len(clauses.text)
    elsewhere = (*attribution.source, *attribution.cue, *attribution.content)
    if not inside or clauses.distance(span, furthest=_LED) is None or touches(span, elsewhere):
        return None
    apart = clauses.count_apart(span)
    rivals = [other for other in others if other.addressee == attribution.addressee]
    if any(_count_apart(other.cue, span) < apart for other in rivals if other.cue):
        return None
    address = read_address(clauses, attribution, language, names)
    phrase = address.read(span[0] - clauses.offset)
    if phrase is None:
        pronouns = load_party_book(language).words.pronouns
        printed = clauses.cut(*span).casefold()
        return Addressee(span, by_cue=True) if printed in pronouns else None
    return Addressee((span[0], max(span[1], phrase[1] + clauses.offset)), by_cue=True)


def _count_apart(spans: Sequence[Span], span: Span) -> int:
    return max(spans[0][0] - span[1], span[0] - spans[-1][1], 0)


def _find_led(address: Address, book: AddresseeBook) -> Span | None:
    """The phrase behind "gegenüber", "interview with" and the like, nearest to the cue."""
    found = []
    offset = address.clauses.offset
    for lead in book.leads.finditer(address.text):
        place = (lead.start() + offset, lead.end() + offset)
        away = address.clauses.distance(place, furthest=_LED)
        phrase = None if away is None else address.read(lead.end())
        if phrase is not None and not _belongs_to_noun(address, lead.start()):
            found.append((away, address.clauses.count_apart(place), phrase))
    return next(
        (phrase for _, _, phrase in sorted(found) if _is_party(address, phrase, book)), None
    )


def _belongs_to_noun(address: Address, place: int) -> bool:
    """Whether a noun stands right before a place ("Toleranz gegenüber"), where capitals tell."""
    before = address.text[:place].split()[-1:]
    return (
        load_party_book(address.language).capitals
        and bool(before)
        and before[0][0].isupper()
        and not touches((place - len(before[0]) - 1, place), (*address.people, *address.cues))
    )


def _find_appealed(address: Address, book: AddresseeBook) -> Span | None:
    """The phrase behind the preposition that goes with the cue."""
    for appeal in (*book.appeals.whole, *book.appeals.split):
        for end in _find_prepositions(address, book, appeal):
            phrase = address.read(end)
            if phrase is not None and _is_party(address, phrase, book):
                return phrase
    return None


def _find_prepositions(address: Address, book: AddresseeBook, appeal: Cue) -> Iterator[int]:
    """Where the prepositions end that go with a cue, if it is this one."""
    if len(appeal.parts) == 1:
        found = appeal.find(address.text, [(start, address.clause[1]) for start, _ in address.cues])
        if found is not None and any(overlap(found, cue) for cue in address.cues):
            start = _skip_source(address, found[1])
            end = _skip_to(address, start, book)
            if end > start or " " in appeal.words:
                yield end
    elif any(appeal.parts[0].search(address.text, *span) for span in address.cues):
        for preposition in appeal.parts[1].finditer(address.text, *address.clause):
            yield preposition.end()


def _find_object(address: Address, book: AddresseeBook) -> Span | None:
    """The object of a cue that has one."""
    verb = book.objects.find_first(address.text, address.verbs)
    if verb is None:
        return None
    if not load_party_book(address.language).capitals:
        phrase = address.read(_skip_source(address, verb[1]))
        return phrase if phrase is not None and _is_party(address, phrase, book) else None
    free = [phrase for phrase in list_bare(address) if not _is_owner(address, phrase)]
    oblique = [phrase for phrase in free if phrase.first.casefold() in book.oblique]
    if not oblique and not address.has_source and not is_passive(address, book):
        return None
    chosen = oblique or free
    return min(chosen, key=lambda phrase: _apart(phrase.span, verb)).span if chosen else None


def _find_told(address: Address, book: AddresseeBook) -> Span | None:
    """The indirect object of a cue of telling, if it is people, an outlet or a pronoun."""
    verb = book.tells.find_first(address.text, address.verbs)
    if verb is None or not address.has_source:
        return None
    if not load_party_book(address.language).capitals:
        start = _skip_source(address, verb[1])
        end = _skip_to(address, start, book)
        phrase = address.read(end) if end > start or not book.has_to else None
        return phrase if phrase is not None and _are_people(address, phrase, book) else None
    for bare in list_bare(address, book.to):
        certain = bare.first.casefold() in book.oblique and not bare.before
        people = _are_people(address, bare.span, book)
        if certain or (people and not _is_owner(address, bare)):
            return bare.span
    return None


def _is_owner(address: Address, phrase: NounPhrase) -> bool:
    """Whether a phrase may go with the source right before it ("der Sprecher der Polizei").

    Another article than a genitive's, or a name as the source's last word, tells otherwise.
    """
    book = load_addressee_book(address.language)
    ahead = address.text[: phrase.span[0]].rstrip()
    if not ahead.endswith(HOLE) or phrase.first.casefold() not in book.genitives:
        return False
    end = len(ahead) + address.clauses.offset
    return not any(span[1] + address.clauses.offset == end for span in address.people)


def _are_people(address: Address, span: Span, book: AddresseeBook) -> bool:
    """Whether a phrase names people or a body; without `to` a person may be the subject."""
    words = load_party_book(address.language)
    printed = address.text[slice(*span)]
    named = address.people if book.has_to else address.bodies
    return (
        touches(span, named)
        or book.audiences.search(printed) is not None
        or (book.has_to and bool(words.words.find_roles(printed)))
        or printed.casefold() in words.pronouns
    )


def _is_party(address: Address, span: Span, book: AddresseeBook) -> bool:
    """Whether a phrase may name somebody at all: by a capital, an article, or its words."""
    printed = address.text[slice(*span)]
    words = load_party_book(address.language)
    return (
        book.bare
        or words.capitals
        or printed.lstrip(OPENING + "\"'")[:1].isupper()
        or words.words.is_article(first_word(printed))
        or touches(span, address.names)
        or bool(words.words.find_roles(printed))
        or _are_people(address, span, book)
    )


def _skip_source(address: Address, start: int) -> int:
    """Where the source ends that stands right behind a cue, or the place itself."""
    found = _SOURCE.match(address.text, start)
    return start if found is None else found.end()


def _skip_to(address: Address, start: int, book: AddresseeBook) -> int:
    """Where the preposition of an indirect object ends, or the place itself."""
    gap = len(address.text[start:]) - len(address.text[start:].lstrip(" \u00a0"))
    found = book.to.match(address.text, start + gap)
    return start if found is None else found.end()


def _apart(one: Span, other: Span) -> int:
    return max(other[0] - one[1], one[0] - other[1], 0)
