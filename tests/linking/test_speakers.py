from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Actor
from onrecord.linking.speakers import match_speaker


def make(name, *forms, type="person", descriptions=()):  # noqa: A002
    return Actor("a", name, type, tuple(("en", form) for form in forms), descriptions, ())


HOLT = make("Mira Holt", "Міра Гольт", "Holt", descriptions=("mayor of Kalmhaven",))
BAUER = make("Annalena Bauer", "Bauer")
UNNAMED = make("spokesman", "spokesman")
UNION = make("Harbour Workers’ Union", "Harbour Union", type="organisation")


@pytest.mark.parametrize(
    ("asked", "actor", "same"),
    [
        ("Mira Holt", HOLT, True),
        ("mira holt", HOLT, True),
        ("Міра Гольт", HOLT, True),
        ("Holt", HOLT, True),
        ("M. Holt", HOLT, True),
        ("Ms Holt", HOLT, True),
        ("Bürgermeisterin Mira Holt", HOLT, True),
        ("Mira Holt, mayor", HOLT, True),
        ("the mayor", HOLT, True),
        ("the mayor of Kalmhaven", HOLT, True),
        ("Henrik Holt", HOLT, False),
        ("Mira Sand", HOLT, False),
        ("President Sand", HOLT, False),
        ("Мирон Ткач", HOLT, False),
        ("the president", HOLT, None),
        ("!", HOLT, None),
        ("", HOLT, None),
        ("Bauer", BAUER, True),
        ("Frau Bauer", BAUER, True),
        ("Tom Bauer", BAUER, False),
        ("Mira Holt", UNNAMED, None),
        ("the spokesman", UNNAMED, True),
        ("Harbour Union", UNION, True),
        ("the Harbour Workers' Union", UNION, True),
        ("Shipowners' Union", UNION, False),
        ("Mira Holt", UNION, False),
    ],
)
def test_names_typed_are_held_against_all_forms(asked, actor, same):
    assert match_speaker(asked, actor) is same


@given(asked=st.text())
def test_no_name_is_an_error(asked):
    for actor in (HOLT, UNNAMED, UNION):
        assert match_speaker(asked, actor) in (True, False, None)


@given(name=st.from_regex(r"[A-Z][a-z]{2,8} [A-Z][a-z]{3,8}", fullmatch=True))
def test_everybody_answers_to_their_name(name):
    assert match_speaker(name, make(name, name)) is True
