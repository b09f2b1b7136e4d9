from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.domain import Name, Report, Tagging
from onrecord.statements.genders import infer_genders
from onrecord.statements.mentions import Profile, find_profiles
from onrecord.statements.spelling import is_same_word, match_names

ReadMarked = Callable[..., tuple[Report, Tagging]]
Found = list[tuple[str, tuple[str, ...], str | None]]

DESCRIBED = [
    (
        "en",
        "NATO Secretary General [p Jens Holm] came. [p Holm]’s car waited.",
        [("Jens Holm", ("NATO Secretary General",), "m")],
    ),
    (
        "en",
        "The former U.S. President [p Joe Quill] met the Russian leader [p Pyotr Lavin].",
        [
            ("Joe Quill", ("former U.S. President",), "m"),
            ("Pyotr Lavin", ("Russian leader",), None),
        ],
    ),
    (
        "en",
        "[p Anna Berg], a senior Russian security official, left.",
        [("Anna Berg", ("senior Russian security official",), "f")],
    ),
    (
        "en",
        "The harbour’s director, [p Anna Berg], left.",
        [("Anna Berg", ("harbour’s director",), "f")],
    ),
    ("en", "After lunch [p Anna Berg], who met the president, left.", [("Anna Berg", (), "f")]),
    ("en", "After lunch [p Ruv Aram] left.", [("Ruv Aram", (), None)]),
    ("en", "The [p Kelly] affair hurt [p Morgan].", [("Kelly", (), None), ("Morgan", (), None)]),
    ("en", "Then port director [p Anna Berg] left.", [("Anna Berg", ("port director",), "f")]),
    ("en", "Then [p port director Anna Berg] left.", [("Anna Berg", ("port director",), "f")]),
    ("en", "[p US President Joe Quill] left.", [("Joe Quill", ("US President",), "m")]),
    (
        "de",
        "Vor dem Haus wartete Sekretärin [p Pia Toll].",
        [("Pia Toll", ("Sekretärin",), "f")],
    ),
    ("ru", "[p Александра Зорина] ждут.", [("Александра Зорина", (), None)]),
    ("en", "Mr. [p Holm] left. Mrs [p Berg] came.", [("Holm", (), "m"), ("Berg", (), "f")]),
    (
        "de",
        "[p Dmitri Pesko], Sprecher des Kremls, kam.",
        [("Dmitri Pesko", ("Sprecher des Kremls",), "m")],
    ),
    (
        "de",
        "Der russische Präsident [p Pjotr Lawin] und Hafendirektorin [p Liv Aram] kamen.",
        [("Pjotr Lawin", ("russische Präsident",), "m"), ("Liv Aram", ("Hafendirektorin",), "f")],
    ),
    (
        "de",
        "[p Jens Holm] (65), der Generalsekretär der Nato, sagte nichts.",
        [("Jens Holm", ("Generalsekretär der Nato",), "m")],
    ),
    (
        "fr",
        "La ministre des Transports, [p Anne Berger], est venue.",
        [("Anne Berger", ("ministre des Transports",), "f")],
    ),
    (
        "es",
        "El presidente de Rusia, [p Piotr Lavin], habló.",
        [("Piotr Lavin", ("presidente de Rusia",), "m")],
    ),
    (
        "uk",
        "Прессекретар президента Росії [p Іван Зорін] пішов. Про [p Зоріна] мовчать.",
        [("Іван Зорін", ("Прессекретар президента Росії",), "m")],
    ),
    ("ru", "[p Ивана Зорина] нет. [p Иван Зорин] ушёл.", [("Иван Зорин", (), "m")]),
]


def read_people(read_marked: ReadMarked, marked: str, language: str) -> tuple[Profile, ...]:
    report, tagging = read_marked(marked, language)
    return infer_genders(report, find_profiles(report, tagging))


@pytest.mark.parametrize(("language", "marked", "expected"), DESCRIBED)
def test_descriptions(read_marked: ReadMarked, language: str, marked: str, expected: Found) -> None:
    found = read_people(read_marked, marked, language)
    assert [(p.name, p.descriptions, p.gender) for p in found] == expected


GATHERED = [
    ("en", "[p Anna Berg] and [p Berg] and [p Berg’s]", ["Anna Berg"]),
    (
        "en",
        "[p Pia Tolland] and [p Henrik Tolland] and [p Tolland]",
        ["Pia Tolland", "Henrik Tolland"],
    ),
    ("de", "[p Anna Berg] und [p Bergs] Hut", ["Anna Berg"]),
    ("en", "[p V. Lavin] and [p Vladimir Lavin]", ["Vladimir Lavin"]),
    ("en", "[p Dmitry Pesko] and [p Dmitri Pesko]", ["Dmitry Pesko"]),
    ("en", "[p Orban Viktor] and [p Viktor Orban]", ["Orban Viktor"]),
    ("en", "[p Anna Berg] and [p Hanna Berg]", ["Anna Berg", "Hanna Berg"]),
    ("en", "[o NATO] and [o Nato]", ["NATO"]),
    ("en", "[o European Union] and [o EU]", ["European Union"]),
    ("en", "[p ANNA BERG] and [p Anna Berg]", ["Anna Berg"]),
    ("en", "[o Drell Works] and [o Drell]", ["Drell Works"]),
    ("de", "[o Drell Altensiel] und [l Altensiel]", ["Drell Altensiel", "Altensiel"]),
    ("uk", "[p Ганна Зеленська], [p Ганни Зеленської], [p Зеленській]", ["Ганна Зеленська"]),
    ("pl", "[p Jan Nowak], [p Jana Nowaka], [p Nowakowi]", ["Jan Nowak"]),
]


@pytest.mark.parametrize(("language", "marked", "expected"), GATHERED)
def test_names_are_gathered(
    read_marked: ReadMarked, language: str, marked: str, expected: list[str]
) -> None:
    assert [p.name for p in read_people(read_marked, marked, language)] == expected


def test_a_title_tells_two_people_apart(read_marked: ReadMarked) -> None:
    marked = "Ms [p Pia Tolland] met Mr [p Henrik Tolland]. Ms [p Tolland] left."
    people = read_people(read_marked, marked, "en")
    assert [(p.name, len(p.spans)) for p in people] == [("Pia Tolland", 2), ("Henrik Tolland", 1)]


def test_names_that_the_tagger_missed_come_from_sources(read_marked: ReadMarked) -> None:
    marked = "Mayor Anna Berg came. [s1 Berg] [q1 said] [c1 no]. Berg left."
    people = read_people(read_marked, marked, "en")
    assert [(p.name, len(p.spans)) for p in people] == [("Anna Berg", 3)]


PRONOUNS = [
    ("[p Ruv Aram] said that she was tired.", "f"),
    ("[p Ruv Aram] came. She was tired.", "f"),
    ("[p Ruv Aram] said that she knew him.", None),
    ("[p Ruv Aram] met [p Ivo Stern] when she came.", None),
]


@pytest.mark.parametrize(("marked", "gender"), PRONOUNS)
def test_pronouns_tell_genders(read_marked: ReadMarked, marked: str, gender: str | None) -> None:
    assert read_people(read_marked, marked, "en")[0].gender == gender


MISSED = [
    ("en", "Foreign Minister Anna Berg left.", ["Anna Berg"]),
    ("de", "Verkehrsministerin Marit Holm schwieg.", ["Marit Holm"]),
    ("uk", "Президент України Іван Зорін мовчить.", ["Іван Зорін"]),
    ("en", "Outside, Pia Toll, secretary of the union, waited.", ["Pia Toll"]),
    ("en", "Outside, Pia Toll, the secretary of the union, waited.", ["Pia Toll"]),
    ("de", "Draußen stand Pia Toll, Sekretärin der Gewerkschaft.", ["Pia Toll"]),
    ("fr", "La ministre des transports du Veldmar, Pia Toll, a parlé.", ["Pia Toll"]),
    ("en", "The mayor of Hull, Pia Toll, waited.", ["Pia Toll"]),
    ("en", "The mayor, New York and Boston say.", []),
    ("en", "[s1 [p RUV] KERD] [q1 said] [c1 no].", ["RUV KERD"]),
    ("en", "[s1 [p Ruv] Foundation] [q1 said] [c1 no].", ["Ruv"]),
    ("de", "Präsident Lawin kam. Dann sprach Lawin.", ["Lawin"]),
    ("de", "Präsident Lawin kam.", []),
    ("en", "So said the minister Tuesday. On Tuesday it rained.", []),
    ("de", "Er ist von der Roten Harfe, Chef des Hauses.", []),
    ("en", "On Monday Morning, the mayor left. By Monday morning he was back.", []),
    ("de", "Der Minister Deutschlands schwieg.", []),
    ("en", "The minister Monday left.", []),
    ("en", "[p She] left. [p Mr] Holm came.", []),
]


@pytest.mark.parametrize(("language", "marked", "expected"), MISSED)
def test_names_after_roles_need_no_tag(
    read_marked: ReadMarked, language: str, marked: str, expected: list[str]
) -> None:
    assert [p.name for p in read_people(read_marked, marked, language)] == expected


def test_spans_are_the_names_as_printed() -> None:
    text = "President Anna Berg’s car"
    report = Report("r", "r", "0", text, "en", ())
    tagging = Tagging("r", (), (Name((0, 21), "person"),))
    (person,) = find_profiles(report, tagging)
    assert [text[start:end] for start, end in person.spans] == ["Anna Berg"]


@pytest.mark.parametrize(
    ("one", "other", "endings", "same"),
    [
        ("Stoltenbergs", "Stoltenberg", ("s",), True),
        ("Élise", "Elise", (), True),
        ("Пєскова", "Пєсков", ("а",), True),
        ("Anna", "Hanna", ("s",), False),
        ("Ana", "An", ("a",), False),
    ],
)
def test_is_same_word(one: str, other: str, endings: tuple[str, ...], same: bool) -> None:
    assert is_same_word(one, other, endings) is same


@pytest.mark.parametrize(
    ("short", "full", "match"),
    [
        (["Berg"], ["Anna", "Berg"], 2),
        (["Anna"], ["Anna", "Berg"], 1),
        (["von", "Berg"], ["Anna", "von", "Berg"], 2),
        (["Hanna", "Berg"], ["Anna", "Berg"], 0),
        ([], ["Berg"], 0),
    ],
)
def test_match_names(short: list[str], full: list[str], match: int) -> None:
    assert match_names(short, full, ()) == match
