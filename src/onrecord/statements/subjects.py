"""Who a reporting clause says is speaking, where the tagger saw no source or a part of one.

In languages that it wasn't trained on, the tagger often sees what is said and not by whom. Where
it is plain which words are the reporting clause, its subject is looked for in it:
1. after a quotation or in a dialogue: "…», — сказала мэр Анна Берг";
2. after other words and a comma: "…, señaló la alcaldesa";
3. before the content, right before the verb of saying: "Le ministère a indiqué que …".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.dialogues import Exchange, find_exchanges, read_clause_after
from onrecord.domain import Attribution, Name, Span
from onrecord.reporting import find_verbs
from onrecord.statements.vocabulary import Vocabulary
from onrecord.text import overlap, sentence_spans, trim_span

_STOP = re.compile(r"[,;:()\[\]“”„«»\"]|[–—](?=\s)|[.!?…](?=\s|$)")
_QUOTED = re.compile(r"«[^«»\n]{1,40}»|„[^„“”\n]{1,40}[“”]|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"")
PLAIN = 0.9
"""How sure the subject of a plain clause is, in place of the tagger's doubt: an estimate."""
_FAR = 5
"""Words between a verb and what is said: "told the members of the council that"."""
_MOST_ROLES = 3
_LONGEST = 8
"""Words of a subject without a name: "a spokeswoman for the port of Kalmhaven"."""


def complete_sources(
    text: str, attributions: Sequence[Attribution], names: Sequence[Name], words: Vocabulary
) -> tuple[Attribution, ...]:
    """The attributions with sources that reach to the end of the names they begin.

    One without a source has the subject of its reporting clause, if that is plain: one pronoun, or
    one name or role that no preposition ties to something else. A quotation within another that
    the setting alone tells is left out where its subject isn't plain.
    """
    exchanges = find_exchanges(text, words.language)
    told = {one.speech for one in exchanges if one.inner}
    exchanges = [one for one in exchanges if one.clause is not None]
    completed = (_complete(text, found, exchanges, names, words) for found in attributions)
    return tuple(one for one in completed if one.source or not one.inner or one.content not in told)


def _complete(
    text: str,
    found: Attribution,
    exchanges: Sequence[Exchange],
    names: Sequence[Name],
    words: Vocabulary,
) -> Attribution:
    source = tuple(_draw_out(text, span, names, words) for span in found.source)
    found = replace(found, source=source)
    if found.inner:
        leading = None if source else _find_leading(text, found, names, words)
        return found if leading is None else _give(found, leading)
    meant = [
        one
        for one in exchanges
        if any(overlap(span, other) for span in found.content for other in one.speech)
    ]
    if source and not (meant and _lies_beyond(text, source, meant[0])):
        return found
    after = meant[0] if meant else read_clause_after(text, found.content[-1][1], words.language)
    if after is not None:
        subject = find_subject(text, after, names, words)
    else:
        subject = _find_leading(text, found, names, words)
    return found if subject is None else _give(found, subject)


def _give(found: Attribution, subject: Span) -> Attribution:
    return replace(found, source=(subject,), source_score=PLAIN)


def _find_leading(
    text: str, found: Attribution, names: Sequence[Name], words: Vocabulary
) -> Span | None:
    """The subject right before the verb that a content follows in its sentence."""
    start = found.content[0][0]
    begin = _begin_sentence(text, start)
    tagged = [span for span in found.cue if begin <= span[0] and span[1] <= start]
    verbs = tagged or find_verbs(text, (begin, start), words.language)
    if not verbs or len(words.find_tokens(text, verbs[-1][1], start)) > _FAR:
        return None
    end = _strip_auxiliaries(text, (begin, verbs[-1][0]), words)
    phrases = list(_list_phrases(text, (begin, end), names, words, tied=words.bare))
    if not phrases or text[phrases[-1][1] : end].strip(", \u00a0"):
        return None
    return phrases[-1]


def _begin_sentence(text: str, place: int) -> int:
    line = text.rfind("\n", 0, place) + 1
    return max((low for low, _ in sentence_spans(text, (line, place))), default=place)


def _strip_auxiliaries(text: str, before: Span, words: Vocabulary) -> int:
    """Where what stands before a verb ends without "has", "a", "ha": not "was", a passive's."""
    end = before[1]
    for low, high in reversed(words.find_tokens(text, *before)):
        if not words.is_in("auxiliaries", text[low:high]):
            break
        end = low
    return end


def _draw_out(text: str, span: Span, names: Sequence[Name], words: Vocabulary) -> Span:
    """A source that ends within a name or right before a person's, to the name's end."""
    start, end = span
    has_name = words.pronouns.get(text[start:end].lower()) is not None
    for name in names:
        low, high = name.span
        if start <= low < end < high:
            return start, high
        has_name = has_name or (name.type == "person" and start <= low < end)
        if not has_name and name.type == "person" and text[end:low] in (" ", "\u00a0"):
            return start, high
    return span


def _lies_beyond(text: str, source: Sequence[Span], exchange: Exchange) -> bool:
    """Whether a source stands in a later sentence than the clause of its content."""
    end = exchange.clause[1] if exchange.clause is not None else len(text)
    return all(start >= end for start, _ in source)


def find_subject(
    text: str, exchange: Exchange, names: Sequence[Name], words: Vocabulary
) -> Span | None:
    """The subject of an exchange's clause: a pronoun, or a phrase with a role or a name.

    None where there is neither, or a pronoun besides another candidate: either may be who is
    spoken to.
    """
    if exchange.clause is None or exchange.verb is None:
        return None
    low, high = exchange.clause
    start, end = exchange.verb
    pronoun = _find_pronoun(text, (low, high), end, words)
    for stretch in ((low, start), (end, high)):
        found = next(_list_phrases(text, stretch, names, words), None)
        if found is not None:
            return None if pronoun is not None else found
    return pronoun


def _find_pronoun(text: str, clause: Span, verb_end: int, words: Vocabulary) -> Span | None:
    """The third person right after the verb or before it: "sagte er", "she said", "dit-il"."""
    found = []
    for start, end in words.find_tokens(text, *clause):
        if words.pronouns.get(text[start:end].lower(), "")[:1] in ("m", "f", "-"):
            found.append((start, end))
        if start >= verb_end:
            break
    return found[0] if len(found) == 1 else None


def _list_phrases(
    text: str,
    stretch: Span,
    names: Sequence[Name],
    words: Vocabulary,
    *,
    tied: bool = False,
) -> Iterator[Span]:
    """The phrases of a stretch that begin with a role or a name and aren't tied to another word.

    With `tied`, a body that a preposition opens the stretch with is one: "У міністерстві заявили".
    """
    low, high = stretch
    roles = [(low + role.span[0], low + role.span[1]) for role in words.find_roles(text[low:high])]
    bodies = [match.span() for match in words.bodies.finditer(text, low, high)]
    named = [one.span for one in names if one.type != "place" and _holds(stretch, one.span)]
    free_from = low
    for span in sorted({*roles, *bodies, *named}):
        if span[0] < free_from:
            continue
        start = _take_articles(text, (low, span[0]), words)
        phrase = _close(text, (start, high), span, names, words)
        before = words.find_tokens(text, low, start)
        opens = tied and span in bodies and len(before) == 1
        if opens or not (before and words.is_in("complements", text[slice(*before[-1])])):
            yield phrase
        free_from = phrase[1]


def _take_articles(text: str, before: Span, words: Vocabulary) -> int:
    """Where a phrase begins whose role or name comes after `before`: at its article.

    An article that may also tie ("der Firma") does so unless the clause begins with it.
    """
    tokens = [one for one in words.find_tokens(text, before[0]) if one[1] <= before[1]]
    for start, end in reversed(tokens[-3:]):
        word = text[start:end]
        ties = words.is_in("complements", word) and (start, end) != tokens[0]
        if ties or _STOP.search(text, end, before[1]):
            break
        if words.is_article(word) or words.is_in("indefinite", word):
            return start
    return before[1]


def _close(text: str, stretch: Span, head: Span, names: Sequence[Name], words: Vocabulary) -> Span:
    """The phrase from its beginning to the end of its name, else to a mark or so many words.

    Of several names in a row after a role the last one of two words or more is the person's, the
    others say where from.
    """
    start, high = stretch
    end = _find_stop(text, head[1], high)
    people = [
        one.span for one in names if one.type == "person" and _holds((head[0], end), one.span)
    ]
    full = [span for span in people if " " in text[span[0] : span[1]]]
    if len(people) > 1 and full:
        return full[-1]
    if people:
        return start, people[-1][1]
    set_off = _read_set_off(text, (end, high), names, words)
    if set_off is not None:
        return start, set_off
    tokens = words.find_tokens(text, start, end)
    if len(tokens) > _LONGEST:
        return start, tokens[_LONGEST - 1][1]
    return trim_span(text, (start, end))


def _find_stop(text: str, start: int, high: int) -> int:
    """Where a mark ends a phrase; a name in quotation marks doesn't."""
    for match in _STOP.finditer(text, start, high):
        if match.start() < start:
            continue
        quoted = _QUOTED.match(text, match.start(), high)
        if quoted is None:
            return match.start()
        start = quoted.end()
    return high


def _read_set_off(text: str, rest: Span, names: Sequence[Name], words: Vocabulary) -> int | None:
    """The end of a name that a comma sets off, with another role before it or not.

    "the mayor of Sorwell, Ann Lee"; "the head of the inquiry, engineer Ann Lee".
    """
    for one in names:
        if one.type == "place" or not _holds(rest, one.span):
            continue
        comma, role = text[rest[0]], text[rest[0] + 1 : one.span[0]].strip()
        found = words.find_roles(role)
        described = bool(found) and found[0].span[0] == 0 and len(role.split()) <= _MOST_ROLES
        return one.span[1] if comma == "," and (not role or described) else None
    return None


def _holds(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
