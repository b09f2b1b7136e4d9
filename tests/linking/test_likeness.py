from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.likeness import (
    WIDEST_STRETCH,
    Content,
    LikenessWeights,
    is_verbatim_part,
    measure_likeness,
    measure_meaning,
    measure_shared,
    measure_stretch,
    measure_words,
    share_too_little,
)

WEIGHTS = {
    "same": LikenessWeights(constant=-8.0, meaning=6.0, words=8.0, length=0.5),
    "across": LikenessWeights(constant=-12.0, meaning=18.0, length=0.8),
}


def content(text, language="en", angle=0.0):
    vector = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    return Content(text, language, vector)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("… – !", ()),
        ("We WON’T go_on, 3.5!", ("we", "won", "t", "go", "on", "3", "5")),
        ("Straße", ("strasse",)),
        ("Cafe\u0301", ("café",)),
        ("我们不走。", ("我", "们", "不", "走")),
        ("Ми йдемо", ("ми", "йдемо")),
    ],
)
def test_words(text, words):
    assert content(text).words == words


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("", "we stay", 0),
        ("we stay", "we stay", 1),
        ("we stay", "today we all stay here", 1),
        ("stay we", "we stay", 0.5),
        ("we go home", "we stay home", 2 / 3),
    ],
)
def test_shares_of_words(one, other, share):
    assert measure_words(content(one), content(other)) == pytest.approx(share)
    assert measure_words(content(other), content(one)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        ("", "we stay", 0),
        ("the ships leave", "leaving ship", 0.5),  # "ships", "leave" of three; "ship" of two
        ("the harbour is closed", "harbour closed", 1),
        ("die Schiffe fahren ab", "das Schiff fährt ab", 0),  # "fährt" begins otherwise
        ("Ми закриємо порт", "порт закриють", 1),
        ("a b c", "a b c", 0),
    ],
)
def test_shares_of_full_words(one, other, share):
    assert measure_shared(content(one), content(other)) == pytest.approx(share, abs=0.51)
    assert measure_shared(content(other), content(one)) == measure_shared(
        content(one), content(other)
    )


@pytest.mark.parametrize(
    ("one", "other", "stretch"),
    [
        ("12345", "12345", 0),
        ("12345", "123456789012345", math.log(2)),
        ("123!", "1 2 3", 0),
        ("", "1" * 500, WIDEST_STRETCH),
    ],
)
def test_lengths_that_differ(one, other, stretch):
    assert measure_stretch(content(one), content(other)) == pytest.approx(stretch)
    assert measure_stretch(content(other), content(one)) == pytest.approx(stretch)


def test_meaning_is_the_cosine():
    assert measure_meaning(content("a"), content("b", angle=np.pi / 3)) == pytest.approx(0.5)


def test_the_same_words_are_likely_one():
    text = "we will not leave the harbour until every ship is safe"
    assert measure_likeness(content(text), content(text), WEIGHTS) > 0.99
    unlike = content("the budget was passed last year", angle=1.5)
    assert measure_likeness(content(text), unlike, WEIGHTS) < 0.01


def test_across_languages_words_do_not_count():
    one, other = content("we stay"), content("we stay", "de", angle=0.3)
    score = measure_likeness(one, other, WEIGHTS)
    other_words = content("wir bleiben", "de", angle=0.3)
    assert score == pytest.approx(measure_likeness(one, other_words, WEIGHTS))
    assert 0 < score < 1


def test_likeness_is_a_probability_even_for_odd_weights():
    steep = {"same": LikenessWeights(0.0, 600.0), "across": LikenessWeights(0.0, -600.0)}
    assert measure_likeness(content("a"), content("b"), steep) == 1
    assert measure_likeness(content("a"), content("b", "de"), steep) < 1e-200


@given(one=st.text(max_size=40), other=st.text(max_size=40), angle=st.floats(0, 3))
def test_likeness_is_symmetric(one, other, angle):
    a, b = content(one), content(other, angle=angle)
    assert measure_likeness(a, b, WEIGHTS) == pytest.approx(measure_likeness(b, a, WEIGHTS))


SPEECH = (
    "we met the crews today and the owners of the ships and I will say to all of them that "
    "nobody was hurt and that we will stay in the harbour as long as it takes but the bridge is "
    "old and it will not open soon so the city must be patient and leave the repair to the people "
    "who know how to do it"
)


@pytest.mark.parametrize(
    ("part", "verbatim"),
    [
        ("we will stay in the harbour as long as it takes", True),
        ("we will stay in the port as long as it takes", True),
        ("the bridge is old and it will not open soon", True),
        ("we met the crews today … the city must be patient", True),  # cut inside
        ("we will not leave the city", False),  # scattered words of the speech
        ("we will say that the city will not leave the people", False),
        ("we will stay", False),  # too short to tell
        ("nobody knows what happened to the old harbour", False),
    ],
)
def test_verbatim_parts(part, verbatim):
    assert is_verbatim_part(content(SPEECH), content(part), least_words=6) is verbatim
    assert is_verbatim_part(content(part), content(SPEECH), least_words=6) is verbatim


def test_verbatim_parts_are_of_one_language():
    assert not is_verbatim_part(content(SPEECH), content(SPEECH, "de"), least_words=6)


@pytest.mark.parametrize(
    ("one", "other", "verbatim"),
    [
        ("The tunnel was closed at noon today", "The bridge was closed at noon today", False),
        ("The clinic was closed at noon today", "The hospital was closed at noon today", True),
        ("The tunnel was closed at noon today", "The tunnels were closed at noon today", False),
        (
            "The tunnel was closed at noon on Monday",
            "The tunnel was closed at noon on Friday",
            False,
        ),
        (
            "The tunnel will be closed at noon today",
            "The tunnel must be closed at noon today",
            True,
        ),
        ("We need two hundred new ships soon", "We need nine hundred new ships soon", True),
        (
            "The ferry has not been inspected since the owners of the port sold it last spring",
            "The steamer has not been inspected since the owners of the port sold it last spring",
            True,
        ),
    ],
)
def test_no_word_for_what_is_talked_about_may_be_another(one, other, verbatim):
    assert is_verbatim_part(content(one), content(other), least_words=5) is verbatim


@pytest.mark.parametrize(
    ("one", "other", "language", "little"),
    [
        ("We ask people to stay at home", "We ask drivers to avoid mountain roads", "en", True),
        ("We ask people to stay at home", "We asked all the people to stay", "en", False),
        ("We ask people to stay at home", "Wir bitten alle, zu Hause zu bleiben", "de", False),
    ],
)
def test_wordings_of_one_language_need_words_in_common(one, other, language, little):
    assert share_too_little(content(one), content(other, language)) is little
