from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from onrecord.domain import Mention, Report, Statement, Words, Zone
from onrecord.linking.likeness import Content
from onrecord.linking.profiles import Profile
from onrecord.linking.relating import are_near, describe_report, find_related, list_relation_keys
from onrecord.linking.resemblance import StoryWeights

# Only names count: reports with all names in common are of one story, others are not.
WEIGHTS = StoryWeights(0, 10, 0, 0, 0, 0, 0, 0, -8)
WORDS = "the bridge was opened far too early that morning"


def describe(one, *, names=(), text="", said=(), on=None):
    zones = (Zone("body", (0, len(text))),)
    report = Report(one, one, one, text, "en", zones, published=on)
    days = None if on is None else (date.fromisoformat(on).toordinal(),) * 2
    meaning = np.zeros(4, np.float32)
    profile = Profile(report, meaning, dict.fromkeys(names, 1.0), {}, {}, days)
    sayings = [
        (
            Statement(
                f"{one}-{i}", one, "direct", Words(words, ()), speaker=Mention(by, "person", "name")
            ),
            Content(words, "en", np.zeros(4, np.float32)),
        )
        for i, (by, words) in enumerate(said)
    ]
    return describe_report(profile, sayings)


def relate(one, other):
    """Whether keys bring the two together, and how they are related."""
    shared = list_relation_keys(one) & list_relation_keys(other)
    near = are_near(shared, (one.report.published, other.report.published))
    return near, find_related(one, [(other, shared)], WEIGHTS).get(other.report.id)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"names": ("holt", "orrin")}, {"names": ("holt", "orrin")}, (True, "affair")),
        ({"names": ("holt", "orrin")}, {"names": ("holt", "vance")}, (True, None)),
        ({"names": ("holt", "orrin")}, {"names": ("berg", "vance")}, (False, None)),
        ({"said": [("Mira Holt", WORDS)]}, {"said": [("Holt", WORDS)]}, (True, "affair")),
        ({"said": [("Mira Holt", WORDS)]}, {"said": [("Pia Orrin", WORDS)]}, (False, None)),
        (
            {"said": [("Mira Holt", WORDS)]},
            {"said": [("Mira Holt", "nobody had told the union of the plan to sell")]},
            (False, None),
        ),
        ({"said": [("Mira Holt", "far too early")]}, {"said": [("Holt", WORDS)]}, (False, None)),
    ],
)
def test_what_relates_reports(one, other, expected):
    first, second = describe("a", **one), describe("b", **other)
    assert relate(first, second) == relate(second, first) == expected


def test_copies_are_related():
    text = " ".join(f"word{number}" for number in range(60))
    copy = text.replace("word30 ", "")
    assert relate(describe("a", text=text), describe("b", text=copy)) == (True, "affair")
    assert relate(describe("a", text=text), describe("b", text=text[::-1])) == (False, None)


FEW, MANY = ("holt", "orrin"), ("holt", "orrin", "vance", "berg", "quist")


@pytest.mark.parametrize(
    ("names", "later", "expected"),
    [
        (FEW, "2031-03-20", (True, "affair")),
        (FEW, "2031-09-20", (False, "storyline")),
        (MANY, "2031-09-20", (True, "storyline")),
    ],
)
def test_reports_far_apart_in_time_are_of_one_storyline_at_most(names, later, expected):
    first, second = (
        describe("a", names=names, on="2031-03-02"),
        describe("b", names=names, on=later),
    )
    assert relate(first, second) == relate(second, first) == expected


def test_nothing_is_related_to_nothing():
    assert find_related(describe("a"), [], WEIGHTS) == {}
