"""What two wordings are about: things, directions, days and states that each has for itself.

Embeddings of "the doctors have not been paid" and "the teachers have not been paid" are near one
another, and so are "prices will rise" and "prices will fall". Lists that name the same things in
every language (`[wording.things]` and `[wording.opposites]` of languages/*.toml, the calendar,
the states) tell such statements apart where embeddings don't. One that lacks what the other has
may be cut; where each has what the other lacks, they may well be two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.linking.wording import Token
from onrecord.linking.wordlists import SECTION, PhraseTable, load_word_lists

THING, OPPOSITE, DATE, STATE, ROLES = (
    "other thing", "opposite", "other date", "other state", "roles exchanged",
)  # fmt: skip
TOPICS = frozenset({THING, OPPOSITE, DATE, STATE, ROLES})
SHORTEST_DAY = 4
"""Letters of a weekday's or month's name; shorter ones are mostly something else ("di", "so")."""
CONTENT_WORD, STEM, FORM_RATIO = 4, 3, 75  # as in likeness.py
WHOLE = 0.8
"""Share of the content words that two wordings must have in common for their order to tell."""

Topics = Mapping[tuple[str, str], Sequence[str]]


def find_other_topics(
    tokens: tuple[Sequence[Token], Sequence[Token]], languages: tuple[str, str]
) -> frozenset[str]:
    """Of `TOPICS`, those in which each of two wordings has something that the other lacks.

    Empty for languages without lists.
    """
    keys = ([token.key for token in side] for side in tokens)
    first, second = map(list_topics, languages, keys)
    found = {
        axis[0]
        for axis in first.keys() & second.keys()
        if _differ(first[axis], second[axis], ordered=axis[0] == OPPOSITE)
    }
    if len(set(map(_code, languages))) == 1 and _roles_turned(languages[0], tokens):
        found.add(ROLES)
    return frozenset(found)


def _differ(one: Sequence[str], other: Sequence[str], *, ordered: bool) -> bool:
    """Whether each has what the other lacks, or, with `ordered`, the same the other way round: "the
    hall is saved, the tower lost" and "the hall is lost, the tower saved".
    """
    if set(one) == set(other):
        return ordered and one != other
    return not set(one) <= set(other) and not set(other) <= set(one)


def list_topics(language: str, keys: Sequence[str]) -> Topics:
    """What the words name, each once and in order, by kind and line: `("opposite", "change")` may
    lead to side "0".
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, line, table in _load_tables(_code(language)):
        for hit in table.find(keys):
            if hit.label not in found[kind, line]:
                found[kind, line].append(hit.label)
    return found


def _code(language: str) -> str:
    return language.partition("-")[0].lower()


@cache
def _load_tables(language: str) -> tuple[tuple[str, str, PhraseTable], ...]:
    lexicon = load_lexicon(language)
    things = _spread(lexicon.table(SECTION, "things"))
    opposites = [
        (
            OPPOSITE,
            line,
            PhraseTable((entry, str(n)) for n, side in enumerate(sides) for entry in side),
        )
        for line, sides in lexicon.table(SECTION, "opposites").items()
    ]
    states = _spread(lexicon.table("institutions", "states"))
    calendar = [(DATE, name, _read_calendar(lexicon, name)) for name in ("weekdays", "months")]
    tables = [(THING, "", things), *opposites, *calendar, (STATE, "", states)]
    return tuple(row for row in tables if row[2])


def _spread(lists: Mapping[str, Sequence[str]]) -> PhraseTable:
    return PhraseTable((entry, name) for name, entries in lists.items() for entry in entries)


def _read_calendar(lexicon: Lexicon, name: str) -> PhraseTable:
    modals = load_word_lists(lexicon.language).modals
    return PhraseTable(
        (word, str(number))
        for word, number in lexicon.table("calendar", name).items()
        if len(word) >= SHORTEST_DAY and not modals.label(word)
    )


def _roles_turned(language: str, tokens: tuple[Sequence[Token], Sequence[Token]]) -> bool:
    """Whether the same words stand the other way round: who does it, the deed, to whom.

    A passive may turn them and mean the same. Where word order is free the endings tell roles, so
    that both words must have changed theirs; where the verb keeps the second place, nothing tells.
    """
    lexicon = load_lexicon(_code(language))
    grammar, setting = (lexicon.tables.get(name, {}) for name in ("grammar", "setting"))
    free = bool(grammar.get("cases"))
    if not grammar or (grammar.get("inverted") and not free):
        return False
    first, second = (_list_content(side) for side in tokens)
    places = _match_forms(first, second)
    if len(places) < WHOLE * max(len(first), len(second)):
        return False
    agents = [any(token.key in setting.get("agents", ()) for token in side) for side in tokens]
    if agents[0] != agents[1]:
        return False
    rows = zip(places, places[1:], places[2:], strict=False)
    turned = [row for row in rows if row[0][1] > row[1][1] > row[2][1]]
    if free:
        return any(first[i] != second[j] and first[k] != second[m] for (i, j), _, (k, m) in turned)
    return bool(turned)


def _list_content(tokens: Sequence[Token]) -> list[str]:
    keys = (token.key for token in tokens if not token.values)
    return list(dict.fromkeys(key for key in keys if len(key) >= CONTENT_WORD))


def _match_forms(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    found = []
    for i, word in enumerate(first):
        near = [
            (fuzz.ratio(word, form), -j)
            for j, form in enumerate(second)
            if form[:STEM] == word[:STEM]
        ]
        best = max(near, default=(0.0, 0))
        if best[0] >= FORM_RATIO:
            found.append((i, -best[1]))
    return found
