from __future__ import annotations

import pytest

from onrecord.domain import Statement, StatementKind, Words
from onrecord.linking.clashes import channels_clash, find_contradictions, places_clash
from onrecord.linking.wording import Wording


def make_wording(text: str, language: str, kind: StatementKind = "direct") -> Wording:
    return Wording(Words.of(text, (0, len(text))), text, language, kind)


NEGATION, NUMBER, MODALITY = "negation differs", "number differs", "modality differs"
PAIRS = [
    # negation
    ("en de", "We will not close the harbour", "Wir schließen den Hafen", {NEGATION}),
    ("en de", "We will not close the harbour", "Wir schließen den Hafen nicht", set()),
    ("de fr", "Wir verkaufen keine Schiffe", "Nous vendons des bateaux", {NEGATION}),
    ("de fr", "Wir verkaufen keine Schiffe", "Nous ne vendons pas de bateaux", set()),
    ("es uk", "Nadie ha visto el barco", "Усі бачили корабель", {NEGATION}),
    ("es uk", "Nadie ha visto el barco", "Ніхто не бачив корабля", set()),
    ("uk en", "Ми не відкриємо міст", "We are opening the bridge", {NEGATION}),
    ("fr es", "Le port ne fermera jamais", "El puerto cerrará", {NEGATION}),
    ("ru en", "Мы не только откроем мост", "We will open the bridge", set()),
    # numbers
    ("en de", "It will cost 40 million", "Das wird 65 Millionen kosten", {NUMBER}),
    ("en de", "It will cost 40 million", "Das wird 40 Millionen kosten", set()),
    ("fr de", "Trois cents emplois", "Fünfhundert Stellen", {NUMBER}),
    ("fr de", "Trois cents emplois", "Dreihundert Stellen", set()),
    ("es uk", "Son 120 barcos", "Там 340 кораблів", {NUMBER}),
    ("uk en", "Два мільйони доз", "Two million doses", set()),
    ("uk en", "П’ять мільйонів доз", "Two million doses", {NUMBER}),
    ("en es", "40 ships in two days", "40 barcos", set()),  # one side has all of the other's
    ("cs en", "Máme 12 lodí", "We have 15 ships", {NUMBER}),  # digits need no list
    # modality
    ("en de", "This may close the port", "Das muss den Hafen schließen", {MODALITY}),
    ("en fr", "We must open the port", "Nous pouvons ouvrir le port", {MODALITY}),
    ("es de", "Podemos abrir el puerto", "Wir können den Hafen öffnen", set()),
    # within a language, from the alignment
    (
        "en en",
        "We have not left and we will not leave",
        "We have left and we will not leave",
        {NEGATION},
    ),
    ("de de", "Das könnte den Hafen schließen", "Das wird den Hafen schließen", {MODALITY}),
    ("uk uk", "Загинуло 25 людей там", "Загинуло 35 людей там", {NUMBER}),
    (
        "en en",
        "We will not raise taxes, even if we cut",
        "We raise taxes, so as not to cut",
        {NEGATION},
    ),
    ("en en", "We will not raise taxes", "Taxes will not be raised by us", set()),
    ("de de", "Wir schließen den Hafen nicht", "Den Hafen schließen wir nicht", set()),
    (
        "uk uk",
        "Рада не підвищуватиме податки",
        "Рада підвищить податки, щоб не скорочувати",
        {NEGATION},
    ),
    ("fi en", "Emme sulje satamaa", "We will not close the port", set()),  # no lists
]


@pytest.mark.parametrize(("languages", "one", "other", "expected"), PAIRS)
def test_contradictions_are_found_from_either_side(
    languages: str, one: str, other: str, expected: set[str]
) -> None:
    first, second = languages.split()
    wordings = make_wording(one, first), make_wording(other, second)
    assert find_contradictions(*wordings) == expected
    assert find_contradictions(*wordings[::-1]) == expected


def test_reported_speech_may_shift_its_tense() -> None:
    told = make_wording("he would open the port", "en", "indirect")
    assert find_contradictions(make_wording("I will open the port", "en"), told) == set()


def make_statement(*, place: str | None = None, channel: str | None = None) -> Statement:
    words = {
        name: None if text is None else Words.of(text, (0, len(text)))
        for name, text in (("place", place), ("channel", channel))
    }
    return Statement(id="s", report="r", kind="direct", content=Words("", ((0, 0),)), **words)


@pytest.mark.parametrize(
    ("languages", "one", "other", "clash"),
    [
        ("en de", "Kyiv", "Moskau", True),
        ("en de", "Kyiv", "Kiew", False),
        ("en uk", "London", "Києві", True),
        ("en de", "Kyiv", "der Ukraine", False),
        ("en en", "Northport", "Kalmhaven", True),
        ("en en", "the town of Kalmhaven", "Kalmhaven", False),
        ("en de", "Northport", "Kalmhaven", False),  # no gazetteer: one may lie in the other
        ("en en", "Kyiv", "Northport", False),
        ("en en", "Kyiv", None, False),
    ],
)
def test_places(languages: str, one: str, other: str | None, clash: bool) -> None:
    first, second = languages.split()
    statements = make_statement(place=one), make_statement(place=other)
    assert places_clash(*statements, languages=(first, second)) is clash
    assert places_clash(*statements[::-1], languages=(second, first)) is clash


@pytest.mark.parametrize(
    ("languages", "one", "other", "clash"),
    [
        ("en en", "in an interview with the Courier", "at a press conference", True),
        ("en de", "in an interview", "auf einer Pressekonferenz", True),
        ("fr es", "lors d’une conférence de presse", "en una rueda de prensa", False),
        ("de uk", "im Interview", "в інтерв’ю", False),
        ("ru en", "на пресс-конференции", "in a letter", True),
        ("uk de", "у Телеграмі", "in einem Schreiben", True),
        ("pl it", "na konferencji prasowej", "in un'intervista", True),
        ("en en", "on state television", "in an interview", False),  # it may be one on television
        ("en en", "in an interview", None, False),
    ],
)
def test_channels(languages: str, one: str, other: str | None, clash: bool) -> None:
    first, second = languages.split()
    statements = make_statement(channel=one), make_statement(channel=other)
    assert channels_clash(*statements, languages=(first, second)) is clash
