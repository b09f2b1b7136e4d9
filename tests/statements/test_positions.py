from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.statements.positions import Clauses, find_form, find_opener, find_position
from onrecord.statements.vocabulary import load_vocabulary

POSITIONS = [
    ("en", "Berg left the quay.", "Berg", "subject"),
    ("en", "On Monday Stern met Berg.", "Berg", "object"),
    ("en", "Stern waited for the mayor Berg.", "Berg", "oblique"),
    ("en", "Stern took Berg's hat.", "Berg", "owner"),
    ("en", "Stern took Berg’s hat.", "Berg", "owner"),
    ("en", "A friend of Stern and Berg left.", "Berg", "oblique"),
    ("en", "Stern, Berg, Holm.", "Berg", "apart"),
    ("en", "When Berg, the mayor, was late, it rained.", "Berg", "subject"),
    ("de", "Am Montag hatte Berg den Minister getroffen.", "Berg", "subject"),
    ("de", "Stern traf den Minister Berg am Kai.", "Berg", "object"),
    ("de", "Nach Ansicht von Berg regnet es.", "Berg", "oblique"),
    ("de", "Heute schwieg Hafendirektorin Berg lange.", "Berg", "subject"),
    ("fr", "Berger a reçu Stern.", "Berger", "subject"),
    ("fr", "Berger a parlé de Stern.", "Stern", "oblique"),
    ("es", "Berga ha recibido a Soler.", "Soler", "oblique"),
    ("it", "Berti ha parlato con Sarti.", "Sarti", "oblique"),
    ("pl", "Berg spotkała się z Nowakiem.", "Nowakiem", "oblique"),
    ("uk", "Берг зустріла Зоріна в Одесі.", "Берг", "subject"),
    ("ru", "Берг говорила о Зорине.", "Зорине", "oblique"),
    ("xx", "Berg vos tamma.", "Berg", "subject"),
]


@pytest.mark.parametrize(("language", "text", "name", "position"), POSITIONS)
def test_position(language: str, text: str, name: str, position: str) -> None:
    clauses = Clauses(text, load_vocabulary(language))
    start = text.index(name)
    assert find_position(clauses, (start, start + len(name))) == position


FORMS = [
    ("en", "he left", "he", "subject"),
    ("en", "they saw him", "him", "object"),
    ("en", "his hat", "his", "possessive"),
    ("en", "her hat", "her", "possessive"),
    ("en", "they saw her.", "her", "object"),
    ("en", "they saw her in town", "her", "object"),
    ("en", "they gave her the hat", "her", "object"),
    ("de", "ihm zufolge", "ihm", "object"),
    ("fr", "selon lui", "lui", "object"),
    ("uk", "його слова", "його", "possessive"),
    ("xx", "eno vos", "eno", "subject"),
]


@pytest.mark.parametrize(("language", "text", "pronoun", "form"), FORMS)
def test_form(language: str, text: str, pronoun: str, form: str) -> None:
    clauses = Clauses(text, load_vocabulary(language))
    start = text.index(pronoun)
    assert find_form(clauses, (start, start + len(pronoun))) == form


OPENERS = [
    ("en", "It rained when the mayor Berg left.", "time"),
    ("en", "It rained and Berg left.", "coordinating"),
    ("en", "He knew that Berg left.", "content"),
    ("en", "It rained; Berg left.", ""),
    ("de", "Es regnete, weil Berg ging.", "cause"),
]


@pytest.mark.parametrize(("language", "text", "opener"), OPENERS)
def test_opener(language: str, text: str, opener: str) -> None:
    clauses = Clauses(text, load_vocabulary(language))
    start = text.index("Berg")
    assert find_opener(clauses, (start, start + 4)) == opener


def test_openings_are_counted_between_two_places() -> None:
    text = "Berg left, and when it rained, Stern came."
    clauses = Clauses(text, load_vocabulary("en"))
    assert clauses.count_openings(4, text.index("Stern")) == 4
    assert clauses.count_openings(4, text.index("Stern"), marks=False) == 2
    assert clauses.count_openings(4, 4) == 0


WORDS = [
    "Berg",
    "his ",
    "he ",
    "the ",
    "of ",
    "and ",
    "when ",
    ", ",
    "’s ",
    "(",
    ") ",
    ". ",
    "met ",
]


@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=12),
    st.sampled_from(["en", "de", "fr", "es", "it", "pl", "uk", "ru", "xx", ""]),
    st.data(),
)
def test_any_stretch_has_a_position_and_a_form(
    pieces: list[str], language: str, data: st.DataObject
) -> None:
    text = "".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    clauses = Clauses(text, load_vocabulary(language))
    found = find_position(clauses, (start, end))
    assert found in ("subject", "object", "oblique", "owner", "apart")
    assert find_form(clauses, (start, end)) in ("subject", "object", "possessive")
