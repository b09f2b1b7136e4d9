from __future__ import annotations

import pytest

from onrecord.domain import Words
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.linking.topics import find_other_topics
from onrecord.linking.wording import Wording, split_tokens

THING, OPPOSITE, DATE = "other thing", "opposite", "other date"
STATE, ROLES = "other state", "roles exchanged"


def split(text: str, language: str):
    return split_tokens(Wording(Words.of(text, (0, len(text))), text, language, "direct"))


def find(languages: str, one: str, other: str) -> set[str]:
    first, second = languages.split()
    return set(find_other_topics((split(one, first), split(other, second)), (first, second)))


PAIRS = [
    # things that each has for itself
    ("en de", "The nurses are on leave", "Die Lehrer sind im Urlaub", {THING}),
    ("en de", "The nurses are on leave", "Das Pflegepersonal ist im Urlaub", set()),
    ("fr en", "Le barrage tiendra", "The bridge will hold", {THING}),
    ("fr en", "Le barrage tiendra", "The dam will hold", set()),
    ("uk fr", "Потяг запізнився", "Le bus avait du retard", {THING}),
    ("uk fr", "Потяг запізнився", "Le train avait du retard", set()),
    ("es it", "La cosecha es buena", "La siccità è finita", {THING}),
    ("pl ru", "Statek stoi w porcie", "Корабль стоит в порту", set()),
    ("en en", "The physicians went home", "The doctors went home", set()),
    # what is cut says nothing of what is left
    ("en de", "The road and the bridge are shut", "Die Brücke ist gesperrt", set()),
    # directions and opposites
    ("de uk", "Die Mieten sinken", "Оренда зростає", {OPPOSITE}),
    ("de uk", "Die Mieten steigen", "Оренда зростає", set()),
    ("fr es", "La frontière reste fermée", "La frontera sigue abierta", {OPPOSITE}),
    ("en fr", "They hold the north bank", "Ils tiennent la rive sud", {OPPOSITE}),
    ("en en", "We bought the land", "We sold the land", {OPPOSITE}),
    # the same two the other way round
    (
        "en de",
        "The hall is saved, the tower is destroyed",
        "Die Halle ist zerstört, der Turm gerettet",
        {OPPOSITE},
    ),
    (
        "en de",
        "The hall is saved, the tower is destroyed",
        "Die Halle ist gerettet, der Turm zerstört",
        set(),
    ),
    # days and states
    ("en fr", "He leaves on Tuesday", "Il part vendredi", {DATE}),
    ("en fr", "He leaves on Tuesday", "Il part mardi", set()),
    ("uk en", "Вони поїдуть у вересні", "They will go in April", {DATE}),
    ("en en", "We may leave", "We leave in June", set()),
    ("de en", "Mit Frankreich sind wir einig", "We agree with Spain", {STATE}),
    # roles, where the order of words tells them
    ("en en", "The driver robbed the tourist", "The tourist robbed the driver", {ROLES}),
    ("en en", "The driver robbed the tourist", "The tourist was robbed by the driver", set()),
    ("fr fr", "Le juge accuse le maire", "Le maire accuse le juge", {ROLES}),
    ("uk uk", "Водій обманув інспектора", "Інспектор обманув водія", {ROLES}),
    ("uk uk", "Міністра звільнив президент", "Президент звільнив міністра", set()),
    ("de de", "Heute fahren die Züge", "Die Züge fahren heute", set()),
    ("fi en", "Silta on auki", "The tunnel is closed", set()),  # no lists
]


@pytest.mark.parametrize(("languages", "one", "other", "expected"), PAIRS)
def test_other_topics_are_found_from_either_side(languages, one, other, expected):
    assert find(languages, one, other) == expected
    assert find(" ".join(reversed(languages.split())), other, one) == expected


@pytest.mark.parametrize("language", list_languages())
def test_every_language_names_the_same_things_and_opposites(language):
    tables = [load_lexicon(code) for code in ("en", language)]
    things, others = (set(lexicon.table("wording", "things")) for lexicon in tables)
    assert things == others
    sides, theirs = (
        {line: len(row) for line, row in lexicon.table("wording", "opposites").items()}
        for lexicon in tables
    )
    assert sides == theirs
    assert all(all(side) for side in load_lexicon(language).table("wording", "opposites").values())
