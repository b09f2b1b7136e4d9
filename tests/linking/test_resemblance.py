from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import (
    APART,
    DATED,
    FAR_APART,
    FOREIGN,
    KINDS,
    UNIT,
    StoryWeights,
    compare_groups,
    count_apart,
    find_far,
    measure_pairs,
    score_pairs,
    weigh_features,
)

WEIGHTS = StoryWeights(4.0, 3.0, 2.0, 1.0, -0.5, 1.5, -1.0, -0.5, -3.0)
DAY = date(2026, 3, 3).toordinal()


def make(*, angle=0.0, names=(), numbers=(), day=DAY, language="en", last=None):
    report = Report("r", "r", "0", "", language, ())
    meaning = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    days = None if day is None else (day, day if last is None else last)
    return Profile(
        report, meaning, dict.fromkeys(names, 2.0), dict.fromkeys(numbers, 3.0), {}, days
    )


PROFILES = st.builds(
    make,
    angle=st.floats(0, 3),
    names=st.sets(st.sampled_from("abcde")),
    numbers=st.sets(st.sampled_from("123")),
    day=st.none() | st.integers(DAY, DAY + 40),
    language=st.sampled_from(["en", "de"]),
)


def test_what_two_reports_share_is_a_cosine():
    one, other = make(names="abcd", numbers="1"), make(angle=np.pi / 2, names="ab", numbers="2")
    found = measure_pairs([one], [other])[: len(KINDS), 0, 0] / UNIT
    assert found.tolist() == pytest.approx([0, 0.5**0.5, 0, 0], abs=1e-6)


def test_a_report_is_wholly_like_itself():
    one = make()
    assert (measure_pairs([one], [one])[: len(KINDS)] == UNIT).all()


@given(PROFILES, PROFILES)
def test_what_they_have_in_common_goes_both_ways(one, other):
    there, back = measure_pairs([one], [other]), measure_pairs([other], [one])
    assert (there == back).all()
    assert (abs(there[: len(KINDS)]) <= UNIT).all()


def test_nothing_has_nothing_in_common():
    assert measure_pairs([make()], []).shape == measure_pairs([], [make()]).transpose(0, 2, 1).shape


@given(st.lists(PROFILES, min_size=1, max_size=4), PROFILES)
def test_company_changes_nothing(others, one):
    together = measure_pairs([one], others)
    alone = [measure_pairs([one], [other])[:, 0, 0] for other in others]
    assert (together[:, 0] == np.array(alone).T).all()


@pytest.mark.parametrize(
    ("days", "far"), [(0, False), (FAR_APART, False), (FAR_APART + 1, True), (400, True)]
)
def test_reports_are_far_apart_after_three_weeks(days, far):
    measured = measure_pairs([make()], [make(day=DAY + days)])
    assert find_far(measured)[0, 0] == far
    assert measured[APART, 0, 0] == count_apart(min(days, 60))


def test_a_month_is_all_of_its_days():
    month = make(day=DAY - 2, last=DAY + 28)
    near, far = (make(day=DAY + 28 + days) for days in (FAR_APART, FAR_APART + 1))
    assert find_far(measure_pairs([month], [near, far])).tolist() == [[False, True]]
    assert measure_pairs([month], [make(day=DAY + 10)])[APART, 0, 0] == 0


def test_reports_without_a_date_are_never_far_apart():
    measured = measure_pairs([make(day=None)], [make()])
    assert not find_far(measured).any()
    assert measured[DATED, 0, 0] == 0


def test_reports_of_two_languages_say_less_of_numbers():
    one = make(numbers="12")
    near, far = (make(numbers="12", language=language) for language in ("en", "de"))
    found = measure_pairs([one], [near, far])
    assert found[FOREIGN, 0].tolist() == [0, UNIT]
    assert 0 < found[KINDS.index("numbers"), 0, 1] < found[KINDS.index("numbers"), 0, 0]


def test_days_apart_make_one_story_less_likely_unless_they_are_left_out():
    measured = measure_pairs([make()], [make(day=DAY + days) for days in (0, 3, 20)])
    odds = score_pairs(measured, WEIGHTS)[0].tolist()
    assert odds == sorted(odds, reverse=True)
    assert len(set(odds)) == 3
    assert len(set(score_pairs(measured, WEIGHTS, dated=False)[0].tolist())) == 1


@given(st.lists(PROFILES, min_size=2, max_size=5), st.integers(1, 4))
def test_two_groups_are_as_alike_as_their_sums(profiles, cut):
    sides = profiles[: min(cut, len(profiles) - 1)], profiles[min(cut, len(profiles) - 1) :]
    between, one, other = (
        measure_pairs(*pair).sum((1, 2))[:, None]
        for pair in (sides, (sides[0], sides[0]), (sides[1], sides[1]))
    )
    sizes = tuple(np.array([len(side)]) for side in sides)
    kinds = len(KINDS)
    found = compare_groups(between, (one[:kinds], other[:kinds]), sizes)
    sums = [np.sum([p.meaning.astype(float) for p in side], axis=0) for side in sides]
    lengths = [max(float(np.linalg.norm(part)), 1.0) for part in sums]
    assert found[0, 0] == pytest.approx(sums[0] @ sums[1] / np.prod(lengths), abs=1e-4)
    assert found[-2, 0] <= found[-1, 0]
    assert np.isfinite(weigh_features(found, WEIGHTS)).all()


def test_the_log_odds_are_the_sum_that_the_weights_say():
    one, other = make(names="ab"), make(names="ab", day=DAY + 6, language="de")
    odds = score_pairs(measure_pairs([one], [other]), WEIGHTS)[0, 0]
    assert odds == pytest.approx(4.0 + 3.0 - 0.5 * np.log(7) + 1.5 - 3.0, abs=1e-5)
