from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from onrecord.domain import Report, Zone, make_id
from onrecord.linking.stories import (
    FAR_APART,
    StoryInput,
    StoryWeights,
    compare_reports,
    link_stories,
    report_order,
)
from onrecord.linking.vectors import ALL

_SAME = StoryWeights(opening=4.0, names=6.0, numbers=2.0, words=0.0, days=-0.15, constant=-4.0)
WEIGHTS = {"same": _SAME, "across": _SAME}
MEANS = {ALL: np.zeros(4, dtype=np.float32)}

BRIDGE = ((1, 0, 0, 0), ("Mira Holt", "Kalmhaven"), "143 crew, 11 ships.")
ORANGES = ((0, 1, 0, 0), ("Pedro Sable", "Azahar"), "900 crates.")
LOCKS = ((0.8, 0, 0.6, 0), ("Mira Holt", "Rumpel"), "25 locks.")


def make_input(key, topic, published, *, language="en", title=None):
    direction, names, text = topic
    report = Report(key, key, "0", text, language, (), title=title, published=published)
    return StoryInput(report, np.array(direction, dtype=np.float32), names)


def link(*inputs):
    return link_stories(inputs, means=MEANS, weights=WEIGHTS)


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
    near = dict.fromkeys(WEIGHTS, replace(_SAME, days=-0.1))
    inputs = [
        make_input("a", BRIDGE, "2026-01-01"),
        make_input("b", BRIDGE, "2026-02-01"),
        make_input("c", ORANGES, "2026-02-01"),
        make_input("d", BRIDGE, "2026-03-15"),
    ]
    stories = link_stories(inputs, means=MEANS, weights=near)
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


def test_words_in_common_bring_reports_of_one_language_nearer():
    weights = {"same": replace(_SAME, words=3.0), "across": _SAME}
    zones = (Zone("body", (0, 40)), Zone("furniture", (40, 99)))

    def compare(text, language):
        inputs = [
            StoryInput(Report(key, key, "0", words, code, zones), np.ones(4, dtype=np.float32), ())
            for key, words, code in (
                ("a", "The bridge is jammed again this morning.", "en"),
                ("b", text, language),
            )
        ]
        return compare_reports(inputs, means=MEANS, weights=weights)[0, 1]

    near = compare("The bridge was jammed for ten hours now.", "en")
    assert near > compare("Nobody ever saw an orange without a peel", "en")
    furniture = "Nobody ever saw an orange without a peel, bridge jammed again morning"
    assert near > compare(furniture, "en")
    assert near > compare("The bridge was jammed for ten hours now.", "de")


def test_spellings_of_a_name_are_one():
    cyrillic = (BRIDGE[0], ("Міра Пєсков",), "")
    latin = (BRIDGE[0], ("Mira Peskow",), "")
    other = (BRIDGE[0], ("Pia Tolland",), "")
    first = make_input("a", latin, None)
    near, far = (
        compare_reports([first, make_input("b", topic, None)], means=MEANS, weights=WEIGHTS)[0, 1]
        for topic in (cyrillic, other)
    )
    assert near > far


def test_reports_without_a_date_come_last():
    keys = [
        report_order(make_input(key, BRIDGE, date).report)
        for key, date in [("a", None), ("b", "2026-03-04"), ("c", "2026-03")]
    ]
    assert [key for _, key in sorted(keys)] == ["c", "b", "a"]
