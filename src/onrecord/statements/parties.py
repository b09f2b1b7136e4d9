"""The words of a clause that name somebody: an article or not, describing words, and a noun.

Where nouns have capitals (`nouns_in_capitals`) these tell where a phrase ends, and it is known at
any place of a clause. Elsewhere a phrase is read from a given place on, to the first word that
leads on to something else (the list `stops`), to a date, or to a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import load_lexicon
from onrecord.statements.phrases import find_phrases
from onrecord.statements.vocabulary import Vocabulary, compile_list, load_vocabulary
from onrecord.text import CLOSING, OPENING

_TOKEN = re.compile(r"[^\W_][\w.'’&/\-]*\w|[^\W_]|[^\s\w]|[\0\1\n]")
_BRACKET = re.compile(r"[ \u00a0]\([^()\n\0\1]{1,30}\)")
_QUOTED = re.compile(
    r"(?:„[^„“”\n\0\1]{1,40}[“”]|“[^“”\n\0\1]{1,40}”|«[^«»\n\0\1]{1,40}»|\"[^\"\n\0\1]{1,40}\"|''[^'\n\0\1]{1,40}'')"
)
_LONGEST = 9
_DESCRIBING = 4
HOLE = "\1"
"""Stands for words that belong to something else: a source, say."""


@dataclass(frozen=True, slots=True)
class PartyBook:
    """One language's words for reading such phrases."""

    words: Vocabulary
    capitals: bool
    determiners: frozenset[str]
    stops: re.Pattern[str]
    links: frozenset[str]
    before: frozenset[str]
    pronouns: frozenset[str]
    times: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """One such phrase: its place in the clause, its first word, and the preposition before it."""

    span: Span
    first: str
    before: str


@cache
def load_party_book(language: str) -> PartyBook:
    """The book of a language; with one that has no word lists no phrase is found."""
    lexicon = load_lexicon(language)
    words = load_vocabulary(language)
    pronouns = {word for word, code in words.pronouns.items() if code[0] not in "1dr"}
    return PartyBook(
        words=words,
        capitals=bool(lexicon.tables.get("setting", {}).get("nouns_in_capitals", False)),
        determiners=frozenset(lexicon.words("setting", "determiners")),
        stops=compile_list(lexicon.words("setting", "stops")),
        links=frozenset(lexicon.words("setting", "particles")),
        before=frozenset(lexicon.words("setting", "prepositions")),
        pronouns=frozenset(pronouns) | frozenset(lexicon.words("setting", "pronouns")),
        times=frozenset(
            word.casefold()
            for section, name in (
                ("calendar", "months"),
                ("calendar", "weekdays"),
                ("occasion", "units"),
            )
            for word in lexicon.tables.get(section, {}).get(name, ())
        ),
    )


def read_phrase(clause: str, start: int, language: str, names: Sequence[Span]) -> Span | None:
    """The phrase that begins at the first word from `start` on; None where that begins none.

    `names` are places of names in the clause: a phrase ends with none cut in two.
    """
    book = load_party_book(language)
    if book.capitals:
        found = _read_by_capitals(clause, start, book, names)
    else:
        dates = [phrase.span for phrase in find_phrases(clause, language)]
        found = _read_to_stop(clause, start, book, names, dates)
    if found is None or any(low < found[1] < high and low >= found[0] for low, high in names):
        return found if found is None else (found[0], _end_name(found, names))
    return found


def _end_name(span: Span, names: Sequence[Span]) -> int:
    return max(high for low, high in names if span[0] <= low < span[1] < high)


def list_phrases(
    clause: str, language: str, names: Sequence[Span], within: Span
) -> list[NounPhrase]:
    """Every phrase in a stretch of a clause, in a language where capitals tell; no dates."""
    book = load_party_book(language)
    if not book.capitals:
        return []
    dates = [phrase.span for phrase in find_phrases(clause, language)]
    found: list[NounPhrase] = []
    before, at = "", 0
    for token in _TOKEN.finditer(clause, *within):
        word = token[0]
        if token.start() < at:
            continue
        if word.casefold() in book.before:
            before = word.casefold()
            continue
        span = None
        if not any(low <= token.start() < high for low, high in dates):
            span = _read_by_capitals(clause, token.start(), book, names)
        if span is not None and span[0] == token.start():
            found.append(NounPhrase(span, word, before))
            at = span[1]
        if span is not None or not word[0].islower():
            before = ""
    return found


def _read_by_capitals(
    clause: str, start: int, book: PartyBook, names: Sequence[Span]
) -> Span | None:
    tokens = list(_TOKEN.finditer(clause, start))[: 2 * _LONGEST]
    if not tokens or tokens[0][0] in (",", *CLOSING, "\0", HOLE):
        return None
    first = tokens[0]
    article = _is_article(first[0], book)
    at = 0
    while at < len(tokens) - 1 and at <= _DESCRIBING and _describes(tokens, at, article, book):
        at += 1
    end = _end_of_noun(clause, tokens[at], names)
    if end is None or (at == 0 and _opens_sentence(clause, first, names)):
        single = first[0].casefold() in book.pronouns
        return first.span() if single else None
    if tokens[at][0].casefold().strip(".") in book.times:
        return None
    return first.start(), _extend_noun(clause, end, book, names)


def _describes(tokens: Sequence[re.Match[str]], at: int, article: bool, book: PartyBook) -> bool:
    """Whether a word stands before the noun: an article, or with one a word in small letters."""
    word = tokens[at][0]
    if _is_article(word, book):
        return at < 2
    small = word[0].islower() or word[0].isdigit()
    return article and small and at > 0 and word.casefold() not in book.before


def _is_article(word: str, book: PartyBook) -> bool:
    return book.words.is_article(word) or word.casefold() in book.determiners


def _opens_sentence(clause: str, token: re.Match[str], names: Sequence[Span]) -> bool:
    """Whether a capital may be that of a sentence's first word, which is no name."""
    if any(low <= token.start() < high for low, high in names) or _has_inner_capital(token[0]):
        return False
    ahead = clause[: token.start()].strip()
    return not ahead or ahead[-1] in ".!?:\n\0" + OPENING


def _has_inner_capital(word: str) -> bool:
    return "-" in word and word.rpartition("-")[2][:1].isupper()


def _end_of_noun(clause: str, token: re.Match[str], names: Sequence[Span]) -> int | None:
    quoted = _QUOTED.match(clause, token.start())
    if quoted is not None:
        return quoted.end()
    name = next((high for low, high in names if low <= token.start() < high), None)
    if name is not None:
        return name
    word = token[0]
    return token.end() if word[0].isupper() or _has_inner_capital(word) else None


def _extend_noun(clause: str, end: int, book: PartyBook, names: Sequence[Span]) -> int:
    """The end with what belongs to the noun: more names, quotations, brackets, genitives."""
    for _ in range(_LONGEST):
        bracket = _BRACKET.match(clause, end)
        if bracket is not None:
            end = bracket.end()
            continue
        tokens = list(_TOKEN.finditer(clause, end))[:4]
        if not tokens:
            return end
        at = 0
        if tokens[0][0].casefold() in book.links:
            at = 1
            while (
                at < len(tokens) - 1
                and tokens[at][0][0].islower()
                and (tokens[at][0].casefold() not in book.before)
            ):
                at += 1
        if at >= len(tokens) or tokens[at][0].casefold() in book.times:
            return end
        further = _end_of_noun(clause, tokens[at], names)
        if further is None:
            return end
        end = further
    return end


def _read_to_stop(
    clause: str, start: int, book: PartyBook, names: Sequence[Span], dates: Sequence[Span]
) -> Span | None:
    first: int | None = None
    end: int | None = None
    at, count, named = start, 0, False
    for token in _TOKEN.finditer(clause, start):
        word = token[0]
        if token.start() < at:
            continue
        quoted = _QUOTED.match(clause, token.start())
        inside = any(low < token.start() < high for low, high in names)
        is_date = any(low <= token.start() < high for low, high in dates)
        if quoted is None and not inside and (is_date or _stops(clause, token, book, count)):
            break
        links = word.casefold() in book.links and not (count == 0 and _is_article(word, book))
        if links and (count == 0 or _leads_on(clause, token, book, named)):
            break
        named = word[0].isupper()
        first = token.start() if first is None else first
        at = token.end() if quoted is None else quoted.end()
        count += 1
        if count > _LONGEST:
            return None
        if word.casefold() not in book.links:
            end = at
        if count == 1 and word.casefold() in book.pronouns and not _is_article(word, book):
            break
    return None if first is None or end is None else (first, end)


def _leads_on(clause: str, link: re.Match[str], book: PartyBook, named: bool) -> bool:
    """Whether "of", "and" and the like begin something new: before small letters, behind a name.

    So in "accused Israel of breaking"; "and" does so behind any noun ("told reporters and left").
    """
    after = _TOKEN.search(clause, link.end())
    small = after is None or not (after[0][0].isupper() or _is_article(after[0], book))
    joins = book.words.conjunctions.fullmatch(link[0]) is not None
    return small and (named or joins)


def _stops(clause: str, token: re.Match[str], book: PartyBook, count: int) -> bool:
    word = token[0]
    pronoun = word.casefold() in book.pronouns and not _is_article(word, book)
    if not word[0].isalnum() or (count and pronoun):
        return True
    return book.stops.match(clause, token.start()) is not None
