from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from onrecord.domain import Report, Tagging
from onrecord.statements.discourse import Scene, Search, build_scene
from onrecord.statements.mentions import find_profiles
from onrecord.statements.salience import load_weights, measure_nobody
from onrecord.statements.vocabulary import load_vocabulary

ReadMarked = Callable[..., tuple[Report, Tagging]]


def read_scene(read_marked: ReadMarked, marked: str, language: str = "en") -> Scene:
    report, tagging = read_marked(marked, language)
    words = load_vocabulary(language)
    return build_scene(report, find_profiles(report, tagging), tagging.attributions, words)


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
