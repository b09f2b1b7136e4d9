from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report
from onrecord.linking.keys import story_keys
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import FAR_APART

DAY = date(2026, 3, 3).toordinal()
NAMES = [f"name{i}" for i in range(30)]


def make(names=(), *, days=(DAY, DAY), meaning=(0.0, 0.0)):
    report = Report("r", "r", "0", "", "en", ())
    weights = {name: 7.0 - NAMES.index(name) / 10 for name in names}
    return Profile(report, np.array(meaning, dtype=np.float32), weights, {}, {}, days)


def meet(one, other):
    return not story_keys(one).isdisjoint(story_keys(other))


MEANINGS = st.tuples(st.floats(-1, 1), st.floats(-1, 1))
NAMED = st.sets(st.sampled_from(NAMES))


@given(NAMED, NAMED, MEANINGS, st.integers(0, 5000), st.integers(0, FAR_APART))
def test_reports_near_in_time_meet_by_one_name(one, other, meaning, start, gap):
    shared = make({"name0", *one}, days=(start, start), meaning=meaning)
    assert meet(shared, make({"name0", *other}, days=(start + gap, start + gap)))


@given(st.integers(0, 500), st.integers(0, 35), st.integers(0, FAR_APART), st.integers(0, 35))
def test_dates_that_may_be_near_meet(start, width, gap, other):
    one = make(["name0"], days=(start, start + width))
    later = start + width + gap
    assert meet(one, make(["name0"], days=(later, later + other)))


@given(MEANINGS.filter(any), st.none() | st.just((DAY, DAY)))
def test_reports_of_one_meaning_meet_whenever_they_are(meaning, days):
    meaning = tuple(float(np.float32(value)) + 1e-3 for value in meaning)
    assert meet(make(meaning=meaning), make(meaning=meaning, days=days))
    assert meet(make(meaning=meaning), make(meaning=meaning, days=(DAY + 900, DAY + 900)))


@pytest.mark.parametrize("days", [(DAY + 200, DAY + 200), None, (DAY - 60, DAY + 300)])
def test_reports_far_apart_or_of_no_day_meet_by_two_names_only(days):
    assert not meet(make(["name0", "name1"]), make(["name0", "name2"], days=days))
    assert meet(make(["name0", "name1", "name3"]), make(["name0", "name1", "name2"], days=days))
    assert meet(make(["name0"]), make(["name0"], days=days))


def test_reports_without_a_date_meet_by_one_name():
    assert meet(make(["name0", "name1"], days=None), make(["name0", "name2"], days=None))


def test_names_that_weigh_little_are_no_keys():
    assert not meet(make(NAMES), make(NAMES[-1:]))


@given(NAMED, MEANINGS, st.none() | st.integers(0, 5000))
def test_keys_are_few_and_come_from_the_report_alone(names, meaning, day):
    days = None if day is None else (day, day)
    one, again = (make(sorted(names), days=days, meaning=meaning) for _ in range(2))
    assert story_keys(one) == story_keys(again)
    assert len(story_keys(one)) <= 101


def test_a_report_without_names_or_meaning_has_no_keys():
    assert story_keys(make()) == frozenset()
