from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report
from onrecord.linking import grouping
from onrecord.linking.grouping import (
    are_alike,
    find_components,
    find_links,
    group_reports,
    list_links,
)
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import FAR_APART, StoryWeights, measure_pairs

WEIGHTS = StoryWeights(10.0, 0.0, 0.0, 0.0, -0.5, 0.0, -1.0, 0.0, -7.0)


def make(angle, day=None):
    report = Report("r", "r", "0", "", "en", ())
    meaning = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    return Profile(report, meaning, {}, {}, {}, None if day is None else (day, day))


PROFILES = st.lists(
    st.builds(make, st.floats(0, 3), st.none() | st.integers(0, 60)), min_size=1, max_size=9
)


def relate(profiles, weights=WEIGHTS):
    return list_links(find_links(measure_pairs(profiles, profiles), weights))


def group(profiles, weights=WEIGHTS):
    def measure(part):
        chosen = [profiles[i] for i in part]
        return measure_pairs(chosen, chosen)

    return group_reports(relate(profiles, weights), measure, weights)


def test_alike_reports_are_a_group_and_others_are_not():
    assert group([make(0.0), make(1.5), make(0.1), make(1.4), make(3.0)]) == [[0, 2], [1, 3], [4]]


def test_a_report_is_not_linked_with_itself():
    assert relate([make(0.0), make(0.0)]) == {0: {1: 3.0}, 1: {0: 3.0}}


@given(PROFILES)
def test_every_report_is_in_one_group_and_no_group_spans_too_long(profiles):
    groups = group(profiles)
    assert sorted(i for members in groups for i in members) == list(range(len(profiles)))
    for members in groups:
        days = [profiles[i].days[0] for i in members if profiles[i].days]
        assert not days or max(days) - min(days) <= FAR_APART


@given(PROFILES)
def test_what_links_join_is_grouped_as_if_it_were_alone(profiles):
    links = relate(profiles)
    apart = []
    for part in find_components(list(links), links):
        alone = group([profiles[i] for i in part])
        apart += [[part[i] for i in members] for members in alone]
    assert sorted(apart) == group(profiles)


@given(PROFILES, st.floats(0, 3))
def test_a_report_without_links_changes_nothing(profiles, angle):
    new = make(angle)
    links = relate([*profiles, new])
    if not links[len(profiles)]:
        assert group([*profiles, new]) == [*group(profiles), [len(profiles)]]


def test_two_bursts_far_apart_stay_two_though_a_report_lies_between():
    days = [0, 1, 2, 15, 28, 29, 30]
    groups = group([make(0.0, day) for day in days])
    homes = {i: number for number, members in enumerate(groups) for i in members}
    assert homes[0] == homes[1] == homes[2] != homes[4]
    assert homes[4] == homes[5] == homes[6]


def test_groups_must_be_more_alike_than_single_reports():
    two, four = ([make(angle) for angle in angles] for angles in ([0, 0.7], [0, 0, 0.7, 0.7]))
    assert group(two) == [[0, 1]]
    assert group(four) == [[0, 1], [2, 3]]


def test_what_links_join_at_length_is_looked_at_in_surer_parts(monkeypatch):
    monkeypatch.setattr(grouping, "MOST_TOGETHER", 3)
    chain = [make(angle) for angle in (0.0, 0.05, 0.1, 0.75, 0.8, 0.85)]
    assert len(find_components(range(6), relate(chain))) == 1
    assert group(chain) == [[0, 1, 2], [3, 4, 5]]


@pytest.mark.parametrize(("angle", "alike"), [(0.1, True), (1.5, False)])
def test_groups_are_alike_whatever_their_dates(angle, alike):
    one, other = ([make(turn, day)] for turn, day in ((0.0, 0), (angle, 50)))
    assert are_alike(one, other, WEIGHTS) is alike
