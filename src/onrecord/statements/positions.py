"""What place a name or a pronoun has in its clause, told from the words around it.

There is no parser: prepositions, words that open clauses, and the commonest verbs are enough to
tell most subjects from objects, and the fitted weights (salience.toml) know how far to trust them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from onrecord.domain import Span
from onrecord.statements.grammar import Grammar, fold_case, load_grammar
from onrecord.statements.vocabulary import Vocabulary

Position = Literal["subject", "object", "oblique", "owner", "apart"]
Form = Literal["subject", "object", "possessive"]

_OWNER = re.compile(r"['’](?:[sS](?!\w)|(?!\w))| 's(?!\w)")
_ASIDE = re.compile(r"\s*(?:\([^)]*\)|,[^,.;]{1,60},)?\s*")
_MARKS = re.compile(r"[,;:()—–]|--")
_NEAR = 4
"""How many words of a noun phrase may come before a name ("the former mayor of")."""


@dataclass(frozen=True, slots=True)
class Clauses:
    """The words of one text with what is needed to read clauses from them."""

    text: str
    words: Vocabulary
    grammar: Grammar = field(init=False)
    tokens: Sequence[Span] = field(init=False)
    starts: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        """Finds the words once."""
        tokens = self.words.find_tokens(self.text)
        object.__setattr__(self, "grammar", load_grammar(self.words.language))
        object.__setattr__(self, "tokens", tokens)
        object.__setattr__(self, "starts", [start for start, _ in tokens])

    def word(self, number: int) -> str:
        """The word of that number, "" outside the text."""
        if not 0 <= number < len(self.tokens):
            return ""
        start, end = self.tokens[number]
        return self.text[start:end]

    def number(self, place: int) -> int:
        """The number of the word that begins at a place, or of the last before it."""
        return max(0, bisect_right(self.starts, place) - 1)

    def following(self, place: int) -> int:
        """The number of the first word that begins at a place or after it."""
        return bisect_left(self.starts, place)

    def touches(self, number: int) -> bool:
        """Whether nothing but white space parts a word from the one after it."""
        if not 0 <= number < len(self.tokens) - 1:
            return False
        return not self.text[self.tokens[number][1] : self.tokens[number + 1][0]].strip()

    def count_openings(self, low: int, high: int, *, marks: bool = True) -> int:
        """How many words or marks between two places open or close a clause."""
        found = len(_MARKS.findall(self.text, low, high)) if marks else 0
        between = range(self.following(low), self.following(high))
        return found + sum(bool(self.grammar.opens(self.word(number))) for number in between)


def find_position(clauses: Clauses, span: Span) -> Position:
    """The place of a name: the owner of something, after a preposition, a subject or an object.

    "apart" where nothing tells, such as in a list or between commas.
    """
    if _OWNER.match(clauses.text, span[1]):
        return "owner"
    first = _find_phrase(clauses, clauses.number(span[0]))
    opens = not clauses.touches(first - 1) or bool(clauses.grammar.opens(clauses.word(first - 1)))
    joined = _find_joined(clauses, first)
    if joined is not None:
        return find_position(clauses, clauses.tokens[joined])
    if _has_preposition(clauses, first):
        return "oblique"
    if fold_case(clauses.word(first)) in clauses.grammar.object_articles:
        return "object"
    verb, sure = _find_verb(clauses, span[1])
    verb = verb and (sure or not clauses.grammar.inverted)
    if sure or (opens and verb):
        return "subject"
    if opens:
        return "apart"
    before = clauses.word(first - 1)
    if before[:1].islower() and not clauses.words.roles.fullmatch(before):
        inverted = clauses.grammar.inverted and clauses.grammar.is_verb(before)
        return "subject" if inverted else "object"
    return "subject" if verb else "apart"


def find_opener(clauses: Clauses, span: Span) -> str:
    """The kind of clause that is opened right before a name's phrase, or ""."""
    first = _find_phrase(clauses, clauses.number(span[0]))
    return clauses.grammar.opens(clauses.word(first - 1)) if clauses.touches(first - 1) else ""


def find_form(clauses: Clauses, span: Span) -> Form:
    """Whether a pronoun is a subject, an object or a possessive; one in two lists by what follows.

    A possessive is followed by a noun: by no mark, no preposition, and nothing that opens a clause.
    """
    word = fold_case(clauses.text[span[0] : span[1]])
    grammar = clauses.grammar
    if word not in grammar.possessives:
        return "object" if word in grammar.objects else "subject"
    if word not in grammar.objects:
        return "possessive"
    number = clauses.number(span[0])
    after = clauses.word(number + 1)
    alone = not clauses.touches(number) or grammar.is_preposition(after) or grammar.opens(after)
    return "object" if alone or clauses.words.is_article(after) else "possessive"


def _find_phrase(clauses: Clauses, first: int) -> int:
    """The first word of what stands before a name and belongs to it: roles and articles."""
    words = clauses.words
    while clauses.touches(first - 1):
        word = clauses.word(first - 1)
        if clauses.grammar.opens(word):
            break
        role = words.roles.fullmatch(word) or words.is_in("modifiers", word)
        if not (role or words.is_article(word) or words.find_states(word)):
            break
        first -= 1
    return first


def _find_joined(clauses: Clauses, first: int) -> int | None:
    """The last word of a name that "and" joins to this one ("Berg and Stern")."""
    if clauses.grammar.opens(clauses.word(first - 1)) != "coordinating":
        return None
    if not (clauses.touches(first - 1) and clauses.touches(first - 2)):
        return None
    other = clauses.word(first - 2)
    return first - 2 if other[:1].isupper() and clauses.number(0) < first - 2 else None


def _has_preposition(clauses: Clauses, first: int) -> bool:
    """Whether a preposition stands before a name's phrase: "of the former mayor Anna Berg"."""
    number = first - 1
    if clauses.touches(number) and clauses.grammar.is_preposition(clauses.word(number)):
        return True
    for _ in range(_NEAR):
        word = clauses.word(number)
        if not clauses.touches(number) or clauses.grammar.opens(word):
            return False
        if clauses.grammar.is_preposition(word):
            return True
        if clauses.words.is_article(word):
            return clauses.touches(number - 1) and clauses.grammar.is_preposition(
                clauses.word(number - 1)
            )
        if not word[:1].islower() and not clauses.words.compounds:
            return False
        if fold_case(word) in clauses.grammar.verbs or _ends_like_verb(clauses, word):
            return False
        number -= 1
    return False


def _ends_like_verb(clauses: Clauses, word: str) -> bool:
    """Whether a small word before a name is a verb by its ending, where verbs stand there."""
    grammar = clauses.grammar
    return grammar.inverted and word[:1].islower() and grammar.is_verb(word)


def _find_verb(clauses: Clauses, end: int) -> tuple[bool, bool]:
    """Whether what follows a name looks like a verb, and whether it is known to be one."""
    aside = _ASIDE.match(clauses.text, end)
    place = aside.end() if aside is not None else end
    number = clauses.following(place)
    word = clauses.word(number)
    if not word or clauses.tokens[number][0] > place or not word[:1].islower():
        return False, False
    if clauses.grammar.is_preposition(word) or clauses.grammar.opens(word) == "coordinating":
        return False, False
    if clauses.grammar.opens(word):
        return clauses.grammar.opens(word) == "time", False
    if clauses.words.is_article(word):
        return False, False
    return True, clauses.grammar.is_verb(word)
