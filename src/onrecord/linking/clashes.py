"""What speaks against one utterance: words that contradict one another, occasions that differ.

Embeddings of "we will close it" and "we will not close it" are all but equal, and so are those of
three hundred and five hundred jobs. What contradicts, or is about something else (topics.py), isn't
merged on likeness alone, but kept as possible. The flags of flags.py are stricter: they tell a
reader of a difference in what is one utterance beyond doubt, and are silent where a merge must
already be held back.
"""

from __future__ import annotations

from onrecord.domain import Statement, Words
from onrecord.linking.flags import modals_apart
from onrecord.linking.marks import MODALITY, NEGATION, NUMBER, Side, read_side
from onrecord.linking.names import match_words
from onrecord.linking.quotations import Pair
from onrecord.linking.topics import find_other_topics
from onrecord.linking.wording import Wording, split_tokens
from onrecord.linking.wordlists import PhraseTable, load_word_lists, split_words

HELD = frozenset({NEGATION, NUMBER, MODALITY})
"""Flags that keep two wordings apart unless one stands all but word for word in the other."""
SCOPE = 2
"""Words beside a negation that it is taken to negate."""
STEM = 5
"""Letters by which two forms of a word are known; shorter words are not looked at."""


def find_contradictions(one: Wording, other: Wording) -> frozenset[str]:
    """In what two wordings contradict one another, or may: of `HELD`, or of `TOPICS`.

    A negation on one side alone, numbers of which each side has one that the other lacks, "may"
    against "must", or what the alignment of their words shows within a language. Empty for
    languages without word lists, but for numbers in digits.
    """
    sides = [read_side(split_tokens(w), load_word_lists(w.language)) for w in (one, other)]
    tokens = sides[0].tokens, sides[1].tokens
    topics = find_other_topics(tokens, (one.language, other.language))
    found = set(_compare_sides(*sides))
    if _code(one) == _code(other):
        if _negates_apart(*sides) or _negates_apart(*sides[::-1]):
            found.add(NEGATION)
        reported = "indirect" in (one.kind, other.kind)
        found.update(Pair.of(one, other).flags(reported=reported))
    return HELD.intersection(found) | topics


def _negates_apart(one: Side, other: Side) -> bool:
    """Whether what `one` negates stands in `other` with no negation near or in its clause."""
    denied = {place for at in other.negations for place in range(at - SCOPE, at + SCOPE + 1)}
    clauses = {other.clauses[at] for at in other.negations}
    free = {
        token.key[:STEM]
        for place, token in enumerate(other.tokens)
        if place not in denied and other.clauses[place] not in clauses
    }
    negated = {
        token.key[:STEM]
        for at in one.negations
        for token in one.tokens[at + 1 : at + 1 + SCOPE]
        if len(token.key) >= STEM
    }
    kept = {token.key[:STEM] for token in other.tokens} - free
    return bool(negated & free - kept)


def _code(wording: Wording) -> str:
    return wording.language.partition("-")[0].lower()


def _compare_sides(one: Side, other: Side) -> list[str]:
    found = []
    known = one.lists.negations and other.lists.negations
    if known and bool(one.negations) != bool(other.negations):
        found.append(NEGATION)
    if _lacks_number(one, other) and _lacks_number(other, one):
        found.append(NUMBER)
    if modals_apart(one, other):
        found.append(MODALITY)
    return found


def _lacks_number(one: Side, other: Side) -> bool:
    """Whether `one` has a number that `other` doesn't have."""
    values = frozenset().union(*(figure.values for figure in other.figures))
    return any(figure.values.isdisjoint(values) for figure in one.figures)


def places_clash(one: Statement, other: Statement, *, languages: tuple[str, str]) -> bool:
    """Whether two places are given that can't be one. `languages` are those of the two reports.

    Silent where only one of them is, or lies in, a state that is known, and across languages where
    neither is: "at the Spree" may well be "in Berlin".
    """
    if one.place is None or other.place is None:
        return False
    first = _find_labels(one.place, languages[0], "states")
    second = _find_labels(other.place, languages[1], "states")
    if first or second:
        return bool(first and second) and first.isdisjoint(second)
    if languages[0] != languages[1]:
        return False
    names = [
        [word for word in words.text.split() if word[:1].isupper()]
        for words in (one.place, other.place)
    ]
    return all(names) and not any(match_words(a, b) for a in names[0] for b in names[1])


def channels_clash(one: Statement, other: Statement, *, languages: tuple[str, str]) -> bool:
    """Whether two channels of different classes are given: an interview and a press conference."""
    if one.channel is None or other.channel is None:
        return False
    first = _find_labels(one.channel, languages[0], "channels")
    second = _find_labels(other.channel, languages[1], "channels")
    return bool(first and second) and first.isdisjoint(second)


def _find_labels(words: Words, language: str, name: str) -> frozenset[str]:
    table: PhraseTable = getattr(load_word_lists(language), name)
    return frozenset(hit.label for hit in table.find(split_words(words.text)))
