from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from onrecord.domain import Reference, Report, Tagging
from onrecord.statements.discourse import Scene, Search, build_scene
from onrecord.statements.mentions import find_profiles
from onrecord.statements.salience import (
    POINTED,
    Shares,
    Weights,
    load_weights,
    measure_nobody,
)
from onrecord.statements.vocabulary import load_vocabulary

ReadMarked = Callable[..., tuple[Report, Tagging]]


def read_scene(
    read_marked: ReadMarked,
    marked: str,
    language: str = "en",
    references: Sequence[Reference] = (),
) -> Scene:
    report, tagging = read_marked(marked, language)
    words = load_vocabulary(language)
    profiles = find_profiles(report, tagging)
    return build_scene(report, profiles, tagging.attributions, words, references)


def refer(marked: str, pronoun: str, odds: Mapping[str, float]) -> Reference:
    """What the encoder might say of a pronoun, in log-odds of each name."""
    text = marked.replace("[p ", "").replace("]", "")
    start = text.rindex(pronoun)
    names = [((text.index(name), text.index(name) + len(name)), one) for name, one in odds.items()]
    return Reference((start, start + len(pronoun)), tuple(sorted(names)))


def list_ranked(scene: Scene, pronoun: str, gender: str = "") -> list[str]:
    start = scene.report.text.rindex(pronoun)
    ranked = scene.rank(Search((start, start + len(pronoun)), gender))
    return [scene.referents[number].name for _, number in ranked]


FIRST = [
    ("[p Ruv Berg] met [p Ulo Holm]. He left.", "He", "Ruv Berg"),
    ("[p Ruv Berg] waited. [p Ulo Holm] came. He left.", "He", "Ulo Holm"),
    ("[p Ruv Berg]’s brother [p Ulo Holm] came. He left.", "He", "Ulo Holm"),
    ("[p Ruv Berg] lost his hat. A man spoke of [p Ulo Holm]. He left.", "He", "Ruv Berg"),
    ("[p Ruv Berg] and his dog met [p Ulo Holm] in town.", "his", "Ruv Berg"),
]


@pytest.mark.parametrize(("marked", "pronoun", "name"), FIRST)
def test_the_likeliest_comes_first(
    read_marked: ReadMarked, marked: str, pronoun: str, name: str
) -> None:
    assert list_ranked(read_scene(read_marked, marked), pronoun)[0] == name


def test_a_known_gender_leaves_others_out(read_marked: ReadMarked) -> None:
    scene = read_scene(read_marked, "[p Anna Berg] met [p Tom Holm]. He left.")
    assert list_ranked(scene, "He", "m") == ["Tom Holm"]


def test_people_out_of_reach_are_left_out(read_marked: ReadMarked) -> None:
    scene = read_scene(read_marked, "[p Ruv Berg] came. " + "It rained. " * 6 + "He left.")
    assert list_ranked(scene, "He") == []


def test_whoever_is_named_later_counts_on_demand(read_marked: ReadMarked) -> None:
    scene = read_scene(read_marked, "When he came, [p Ruv Berg] sang.")
    start = scene.report.text.index("he")
    assert scene.rank(Search((start, start + 2), "m")) == []
    assert len(scene.rank(Search((start, start + 2), "m", ahead=True))) == 1


def test_own_words_without_marks_are_no_distance(read_marked: ReadMarked) -> None:
    marked = "[p Ruv Berg] wrote.\nWe saw it. We told [p Ulo Holm]. We waited.\nHe left."
    scene = read_scene(read_marked, marked)
    assert scene.is_voiced((scene.report.text.index("Ulo"), 0))
    assert not scene.is_voiced((0, 8))
    assert list_ranked(scene, "He")[0] == "Ruv Berg"


def test_a_state_in_capitals_is_nobodys_own_words(read_marked: ReadMarked) -> None:
    marked = "[p Ruv Berg] left the US for good. The US kept [p Ulo Holm]."
    assert read_scene(read_marked, marked).voiced == ()


def test_weights_are_numbers_and_nobody_has_features() -> None:
    weights = load_weights()
    assert weights.candidate
    assert all(math.isfinite(value) for value in weights.candidate.values())
    assert set(weights.nobody) == set(measure_nobody([]))


TWO = "[p Ruv Berg] met [p Ulo Holm]. He left."


@pytest.mark.parametrize(
    ("odds", "first"),
    [
        ({"Ruv Berg": 6.0, "Ulo Holm": -7.0}, "Ruv Berg"),
        ({"Ruv Berg": -7.0, "Ulo Holm": 6.0}, "Ulo Holm"),
        # A name of which the encoder says nothing is as likely as that it is nobody's.
        ({"Ruv Berg": -7.0}, "Ulo Holm"),
        ({"Berg": 6.0, "Holm": -7.0}, "Ruv Berg"),
    ],
)
def test_the_encoder_has_its_say(
    read_marked: ReadMarked,
    monkeypatch: pytest.MonkeyPatch,
    odds: Mapping[str, float],
    first: str,
) -> None:
    weights = replace(load_weights(), shares=Shares(pointed=0.3, rest=0.7))
    monkeypatch.setattr("onrecord.statements.discourse.load_weights", lambda: weights)
    scene = read_scene(read_marked, TWO, references=[refer(TWO, "He", odds)])
    assert list_ranked(scene, "He", "m")[0] == first


def test_the_likeliest_of_several_names_counts(read_marked: ReadMarked) -> None:
    marked = "[p Ruv Berg] met [p Ulo Holm]. [p Berg] sang. He left."
    odds = {"Ruv Berg": -3.0, "Ulo Holm": 0.5, "Berg sang": 2.0}
    scene = read_scene(read_marked, marked, references=[refer(marked, "He", odds)])
    start = scene.report.text.rindex("He")
    measured = scene.measure(Search((start, start + 2), "m"))
    assert [features[0][POINTED] for features in measured.values()] == [2.0, 0.5]


def test_a_pronoun_that_the_encoder_passed_over_is_weighed_as_before(
    read_marked: ReadMarked,
) -> None:
    other = refer(TWO, "met", {"Ruv Berg": 6.0, "Ulo Holm": -7.0})
    plain, scene = (read_scene(read_marked, TWO, references=found) for found in ((), [other]))
    start = scene.report.text.rindex("He")
    search = Search((start, start + 2), "m")
    assert scene.rank(search) == plain.rank(search)
    assert all(POINTED not in one for found in scene.measure(search).values() for one in found)


def test_shares_weigh_what_the_encoder_says_against_the_rest() -> None:
    weights = Weights({"good": 2.0}, {"always": 1.0}, 0.5, Shares(0.5, 0.25, 1.5, -1.0))
    assert weights.weigh({"good": 1.0}) == 2.0
    assert weights.weigh({"good": 1.0, POINTED: 3.0}) == 2.0 * 0.25 + 3.0 * 0.5
    assert weights.weigh_nobody({"always": 1.0}) == 1.0
    assert weights.weigh_nobody({"always": 1.0, POINTED: 0.0}) == 0.25 - 1.0
    assert (weights.weigh_given({}), weights.weigh_given({POINTED: 0.0})) == (0.5, 1.5)
