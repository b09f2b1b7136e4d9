from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from onrecord.domain import Report, Zone
from onrecord.linking.background import Background
from onrecord.linking.profiles import StoryInput, build_profile, list_terms
from onrecord.linking.vectors import ALL

MEANS = {ALL: np.array([0, 0, 1], dtype=np.float32)}
NOTHING_COMMON = Background.of({})


def profile(
    text, *, names=(), language="en", published=None, vector=(1, 0, 0), zones=(), table=None
):
    report = Report("r", "r", "0", text, language, zones, published=published)
    one = StoryInput(report, np.array(vector, dtype=np.float32), names)
    return build_profile(one, means=MEANS, background=table or NOTHING_COMMON)


def test_names_are_those_with_capitals_and_those_of_the_tagger():
    found = profile("the ship met Mira Holt of the harbour", names=("the harbour",)).names
    assert set(found) == set(profile("Mira Holt", names=("harbour",)).names)
    assert len(found) == 3


@pytest.mark.parametrize(("one", "other"), [("Песков", "Peskow"), ("Лавров", "Lawrow")])
def test_spellings_of_a_name_are_one(one, other):
    assert set(profile(one).names) == set(profile(other).names)


def test_a_name_that_is_common_weighs_less_and_one_in_every_text_nothing():
    table = Background.of(dict.fromkeys(list_terms("The"), 1.0) | dict.fromkeys({"monday"}, 0.3))
    found = profile("The Monday Kalmhaven", table=table).names
    assert len(found) == 2
    assert min(found.values()) < max(found.values())


def test_a_name_said_often_weighs_more():
    (once,), (often,) = (profile(text).names.values() for text in ("Holt", "Holt Holt Holt"))
    assert once < often


def test_furniture_is_left_out():
    text = "Mira Holt spoke. Read also: Pedro Sable, 900 crates"
    zones = (Zone("body", (0, 16)), Zone("furniture", (17, len(text))))
    found = profile(text, zones=zones)
    assert set(found.names) == set(profile("Mira Holt").names)
    assert not found.numbers


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1,200 crates", "1200 Kisten", True),
        ("1.200 Kisten", "1200 crates", True),
        ("2,5 Meter", "2.5 metres", True),
        ("25 locks", "250 locks", False),
    ],
)
def test_numbers_meet_across_ways_to_write_them(one, other, same):
    assert (set(profile(one).numbers) == set(profile(other).numbers)) is same


def test_a_single_figure_says_nothing():
    assert not profile("7 ships").numbers


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "on Monday in March"),
        ("de", "am Montag im März"),
        ("fr", "lundi en mars"),
        ("es", "el lunes de marzo"),
        ("uk", "понеділок березень"),
        ("ru", "понедельник март"),
    ],
)
def test_days_and_months_are_alike_in_all_languages(language, text):
    english = profile("on Monday in March").dates
    assert len(english) == 2
    assert profile(text, language=language).dates == english


@pytest.mark.parametrize(("text", "found"), [("she may go", 0), ("in May", 1), ("in 2026", 1)])
def test_words_that_are_more_than_dates_need_a_capital(text, found):
    assert len(profile(text).dates) == found


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2026-03-03", date(2026, 3, 3), date(2026, 3, 3)),
        ("2026-03", date(2026, 3, 1), date(2026, 3, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_date_is_the_days_that_it_may_be(published, first, last):
    assert profile("", published=published).days == (first.toordinal(), last.toordinal())


def test_a_report_without_a_date_has_no_days():
    assert profile("").days is None


@pytest.mark.parametrize("vector", [(1, 2, 3), (1, 2, 3, -4, 0, 1)])
def test_meaning_has_length_one_and_nothing_of_the_mean(vector):
    meaning = profile("", vector=vector).meaning
    assert np.linalg.norm(meaning) == pytest.approx(1)
    assert meaning.reshape(-1, 3)[:, 2].tolist() == pytest.approx([0, 0], abs=1e-6)


@pytest.mark.parametrize("vector", [(0, 0, 0), (0, 0, 5)])
def test_where_there_is_no_meaning_it_is_zeros(vector):
    assert not profile("", vector=vector).meaning.any()
