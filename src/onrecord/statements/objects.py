"""Sources that are spoken to: what the tagger took for a subject, and grammar shows to be none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from onrecord.domain import Attribution, Name, Report, Span
from onrecord.statements.addressing import (
    Address,
    AddresseeBook,
    first_word,
    last_word,
    list_bare,
    load_addressee_book,
    read_address,
)
from onrecord.statements.clauses import find_clauses
from onrecord.statements.parties import NounPhrase, list_phrases, load_party_book
from onrecord.text import overlap, trim_span

_BESIDE = 3
_NEAR = 40


Pair = tuple[tuple[Span, ...], tuple[Span, ...]]
"""Cue and source, or source and addressee."""


def move_objects(
    report: Report, attributions: Sequence[Attribution], names: Sequence[Name]
) -> tuple[Attribution, ...]:
    """The attributions without the sources that grammar shows to be spoken to, not speaking.

    "Den Aufsichtsrat" is no subject of "forderte ... auf", and who "was accused" didn't accuse.
    Such a source becomes the addressee. The clause's other phrase that may be the subject becomes
    the source, if there is just one; otherwise there is none.
    """
    split = [_split_source(report, found, names) for found in attributions]
    moved = [
        _move_object(report, found, [*split[:number], *split[number + 1 :]], names)
        for number, found in enumerate(split)
    ]
    told = {
        (one.cue, one.source): (other.source, other.addressee)
        for one, other in zip(split, moved, strict=True)
        if one.source != other.source
    }
    return tuple(_follow_outer(found, told) for found in moved)


def _follow_outer(
    found: Attribution,
    told: Mapping[Pair, Pair],
) -> Attribution:
    """An inner attribution with what was told of the outer one that it has cue and source from."""
    if not found.inner or (found.cue, found.source) not in told:
        return found
    source, addressee = told[found.cue, found.source]
    return replace(found, source=source, addressee=addressee)


def _split_source(report: Report, found: Attribution, names: Sequence[Name]) -> Attribution:
    """An attribution without what its source runs on to: a phrase that has no place in a subject.

    So in "sagte Ann Lee dem Sender HTV", where the tagger took all after the verb for the source.
    """
    book = load_addressee_book(report.language)
    if not book.datives or not found.cue or len(found.source) != 1:
        return found
    ((start, end),) = found.source
    text = report.text[start:end]
    local = [(n.span[0] - start, n.span[1] - start) for n in names if start <= n.span[0] < end]
    for phrase in list_phrases(text, report.language, local, (0, len(text))):
        low = phrase.span[0]
        if phrase.before or "," in text[:low] or phrase.first.casefold() not in book.datives:
            continue
        if low > 0:
            return replace(
                found,
                source=(trim_span(report.text, (start, start + low)),),
                addressee=((start + low, start + min(phrase.span[1], len(text))),),
            )
    return found


def _move_object(
    report: Report, found: Attribution, others: Sequence[Attribution], names: Sequence[Name]
) -> Attribution:
    if not found.cue or len(found.source) != 1 or found.inner:
        return found
    clauses = find_clauses(report, found, others)
    if clauses is None:
        return found
    book = load_addressee_book(report.language)
    low = clauses.offset
    source = (found.source[0][0] - low, found.source[0][1] - low)
    address = read_address(clauses, replace(found, source=()), report.language, names)
    if source[0] < 0 or not overlap(source, address.clause):
        return found
    if _is_passive_subject(address, book, source):
        return replace(found, source=(), addressee=found.source)
    verb = book.objects.find_first(address.text, address.verbs) or book.appeals.find_first(
        address.text, address.verbs
    )
    if (
        verb is None
        or last_word(address.text[: source[0]]) in load_party_book(report.language).before
    ):
        return found
    if source[0] >= verb[0] and _follows_conjunction(report, verb[0] + low):
        return replace(found, source=(), addressee=found.source)
    subject = _find_subject(address, book, verb, source)
    if first_word(address.text[source[0] :]) in book.oblique:
        return _exchange(found, address, subject, source)
    tagged = any(overlap(one, other) for one in found.addressee for other in found.source)
    if subject is not None and (tagged or subject.first.casefold() in book.subjects):
        return _exchange(found, address, subject, source)
    return found


def _exchange(
    found: Attribution, address: Address, subject: NounPhrase | None, source: Span
) -> Attribution:
    """The attribution with its source as addressee, and the subject or the source's rest instead.

    The rest is what stands behind a pronoun ("denen Ann Lee vorwirft"), if a name is in it.
    """
    low = address.clauses.offset
    phrase = address.read(source[0])
    rest = (source[1] if phrase is None else phrase[1], source[1])
    if subject is not None:
        speaking = (subject.span[0] + low, subject.span[1] + low)
        return replace(found, source=(speaking,), addressee=found.source)
    name = next((span for span in address.names if rest[0] <= span[0] < rest[1]), None)
    if name is None:
        return replace(found, source=(), addressee=found.source)
    return replace(
        found,
        source=((name[0] + low, source[1] + low),),
        addressee=((source[0] + low, rest[0] + low),),
    )


def _find_subject(
    address: Address, book: AddresseeBook, verb: Span, source: Span
) -> NounPhrase | None:
    """The one phrase of the clause before the verb, beside a source, that may be its subject."""
    found = [
        phrase
        for phrase in list_bare(address)
        if phrase.first.casefold() not in book.oblique
        and not overlap(phrase.span, source)
        and phrase.span[1] <= verb[0]
    ]
    return found[0] if len(found) == 1 else None


def _is_passive_subject(address: Address, book: AddresseeBook, source: Span) -> bool:
    """Whether a source is what a passive verb is said of, and not led by "by"."""
    low, high = address.clause
    verb = book.participles.find_first(address.text, address.verbs)
    if verb is None:
        return False
    beside = address.text[max(low, verb[0] - _NEAR) : min(high, verb[1] + _NEAR)]
    before = address.text[: verb[0]].split()[-_BESIDE:]
    free = load_party_book(address.language).capitals
    if not book.passives.search(beside if free else " ".join(before)):
        return False
    led = last_word(address.text[: source[0]])
    agent = any(
        book.agents.fullmatch(word) for word in (led, first_word(address.text[source[0] :]))
    )
    return (
        not agent
        and led not in load_party_book(address.language).before
        and (free or source[1] <= verb[0])
    )


def _follows_conjunction(report: Report, place: int) -> bool:
    """Whether a conjunction stands before a verb, so that its subject was named before.

    So what follows the verb is its object ("spoke of a breach and urged the government").
    """
    conjunctions = load_party_book(report.language).words.conjunctions
    return conjunctions.fullmatch(last_word(report.text[max(0, place - _NEAR) : place])) is not None
