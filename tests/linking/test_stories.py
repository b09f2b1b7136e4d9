from __future__ import annotations

from dataclasses import asdict
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report, make_id
from onrecord.errors import WeightsError
from onrecord.linking.background import Background
from onrecord.linking.grouping import find_components
from onrecord.linking.keys import story_keys
from onrecord.linking.profiles import StoryInput
from onrecord.linking.resemblance import FAR_APART, StoryWeights
from onrecord.linking.stories import (
    StoryModel,
    compare_reports,
    link_profiles,
    link_stories,
    profile_reports,
    relate_profiles,
    report_order,
)
from onrecord.linking.vectors import ALL

WEIGHTS = StoryWeights(
    meaning=4.0,
    names=6.0,
    numbers=2.0,
    dates=0.0,
    days=-0.5,
    foreign=0.0,
    smaller=-0.5,
    larger=0.0,
    constant=-6.0,
)
MEANS = {ALL: np.zeros(4, dtype=np.float32)}
MODEL = StoryModel(MEANS, Background.of({}), WEIGHTS)

BRIDGE = ((1, 0, 0, 0), ("Mira Holt", "Kalmhaven"), "143 crew, 11 ships.")
ORANGES = ((0, 1, 0, 0), ("Pedro Sable", "Azahar"), "900 crates.")
LOCKS = ((0.8, 0, 0.6, 0), ("Mira Holt", "Rumpel"), "25 locks.")


def make_input(key, topic, published, *, language="en", title=None):
    direction, names, text = topic
    report = Report(key, key, "0", text, language, (), title=title, published=published)
    return StoryInput(report, np.array(direction, dtype=np.float32), names)


def link(*inputs):
    return link_stories(inputs, model=MODEL)


def groups(stories):
    return sorted(sorted(story.reports) for story in stories)


def test_nothing_has_no_stories():
    assert link() == ()


def test_reports_of_one_event_are_a_story():
    stories = link(
        make_input("a", BRIDGE, "2026-03-03", title="The bridge"),
        make_input("b", BRIDGE, "2026-03-04", language="de", title="Die Brücke"),
        make_input("c", ORANGES, "2026-03-03"),
    )
    assert groups(stories) == [["a", "b"], ["c"]]
    bridge = next(story for story in stories if "a" in story.reports)
    assert bridge.title == "The bridge"
    assert bridge.languages == ("de", "en")
    assert (bridge.first, bridge.last) == ("2026-03-03", "2026-03-04")
    assert bridge.id == make_id("story", "a")
    assert bridge.storyline == bridge.id


def test_any_order_gives_the_same_stories():
    inputs = [
        make_input("a", BRIDGE, "2026-03-03"),
        make_input("b", BRIDGE, None),
        make_input("c", ORANGES, "2026-03-03"),
        make_input("d", LOCKS, "2026-03-20"),
        make_input("e", BRIDGE, "2026-03"),
    ]
    expected = link(*inputs)
    for order in permutations(inputs):
        assert link(*order) == expected


@pytest.mark.parametrize("other", [None, "2026-03-03", "2026-03-20", "2026-03", "2026"])
def test_identical_reports_are_together(other):
    stories = link(make_input("a", BRIDGE, "2026-03-03"), make_input("b", BRIDGE, other))
    assert groups(stories) == [["a", "b"]]


def test_reports_far_apart_are_never_together():
    days = ["2026-03-01", "2026-03-15", "2026-03-29", "2026-04-12", "2026-04-26"]
    stories = link(*(make_input(day, BRIDGE, day) for day in days))
    for story in stories:
        first, last = (np.datetime64(day) for day in (story.first, story.last))
        assert (last - first).astype(int) <= FAR_APART
    assert len(stories) > 1


def test_alike_stories_far_apart_are_one_storyline():
    inputs = [
        make_input("a", BRIDGE, "2026-01-01"),
        make_input("b", BRIDGE, "2026-02-01"),
        make_input("c", ORANGES, "2026-02-01"),
        make_input("d", BRIDGE, "2026-03-15"),
    ]
    stories = link(*inputs)
    lines = {story.reports[0]: story.storyline for story in stories}
    assert len(stories) == 4
    assert lines["a"] == lines["b"] == lines["d"] == make_id("story", "a")
    assert lines["c"] == make_id("story", "c")


def test_an_id_stays_when_later_reports_come():
    early = [make_input("b", BRIDGE, "2026-03-03"), make_input("c", ORANGES, "2026-03-03")]
    before = {story.id for story in link(*early)}
    after = {story.id for story in link(*early, make_input("a", BRIDGE, "2026-03-05"))}
    assert before == after


def test_a_story_without_a_title_opens_with_words():
    (story,) = link(make_input("a", ((1, 0, 0, 0), (), "one " * 20), None))
    assert story.title == " ".join(["one"] * 12) + " …"
    assert (story.first, story.last) == (None, None)


def test_spellings_of_a_name_are_one():
    cyrillic = (BRIDGE[0], ("Міра Пєсков",), "")
    latin = (BRIDGE[0], ("Mira Peskow",), "")
    other = (BRIDGE[0], ("Pia Tolland",), "")
    first = make_input("a", latin, None)
    near, far = (
        compare_reports([first, make_input("b", topic, None)], model=MODEL)[0, 1]
        for topic in (cyrillic, other)
    )
    assert near > far


def test_reports_without_a_date_come_last():
    keys = [
        report_order(make_input(key, BRIDGE, date).report)
        for key, date in [("a", None), ("b", "2026-03-04"), ("c", "2026-03")]
    ]
    assert [key for _, key in sorted(keys)] == ["c", "b", "a"]


TOPICS = st.sampled_from([BRIDGE, ORANGES, LOCKS])
DATES = st.sampled_from([None, "2026-03-03", "2026-03-20", "2026-04-08", "2026-05", "2026-09-01"])
TOLD = st.lists(st.tuples(TOPICS, DATES, st.sampled_from(["en", "de"])), min_size=1, max_size=7)


def tell(told):
    return [
        make_input(f"r{i}", topic, published, language=language)
        for i, (topic, published, language) in enumerate(told)
    ]


@given(TOLD, st.randoms())
def test_the_order_of_reports_changes_nothing(told, random):
    inputs = tell(told)
    before = link(*inputs)
    random.shuffle(inputs)
    assert link(*inputs) == before


@given(TOLD)
def test_what_links_join_has_the_same_stories_when_it_is_looked_at_alone(told):
    inputs = tell(told)
    _, alike = relate_profiles(profile_reports(inputs, MODEL), WEIGHTS)
    parts = find_components(range(len(inputs)), alike)
    alone = [story for part in parts for story in link(*(inputs[i] for i in part))]
    assert sorted(alone, key=lambda story: story.id) == list(link(*inputs))


@given(TOLD)
def test_links_are_those_that_each_report_finds_by_its_keys(told):
    profiles = profile_reports(tell(told), MODEL)
    keys = [story_keys(profile) for profile in profiles]
    expected = relate_profiles(profiles, WEIGHTS)
    for one, profile in enumerate(profiles):
        others = [k for k in range(len(profiles)) if k != one and keys[k] & keys[one]]
        found = link_profiles(profile, [profiles[k] for k in others], WEIGHTS)
        for links, odds in zip(expected, found, strict=True):
            ours = {k: value for k, value in zip(others, odds.tolist(), strict=True) if value >= 0}
            assert links[one] == ours
        assert set(expected[0][one]) <= set(expected[1][one])


def test_a_model_comes_from_what_the_weights_file_has():
    fitted = {"weights": asdict(WEIGHTS), "background": Background.of({"the": 1.0}).pack()}
    model = StoryModel.of(MEANS, fitted)
    assert model.weights == WEIGHTS
    assert model.background.weigh("the") == 0


def test_weights_from_before_are_refused_in_plain_words():
    with pytest.raises(WeightsError, match="fit stories again"):
        StoryModel.of(MEANS, {"same": {}, "across": {}})
