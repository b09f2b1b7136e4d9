from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.decisions import Decision, Ruling
from onrecord.domain import Mention, Rendering, Report, Statement, Words
from onrecord.linking.actors import Sighting, link_actors
from onrecord.linking.background import Background
from onrecord.linking.likeness import Content, LikenessWeights
from onrecord.linking.profiles import StoryInput
from onrecord.linking.remaking import decide_actors, decide_stories, decide_utterances
from onrecord.linking.resemblance import StoryWeights
from onrecord.linking.stories import StoryModel, link_stories
from onrecord.linking.utterances import Voiced, link_utterances
from onrecord.linking.vectors import ALL

WEIGHTS = {
    "same": LikenessWeights(constant=-8.0, meaning=6.0, words=8.0, length=0.5),
    "across": LikenessWeights(constant=-12.0, meaning=18.0, length=0.8),
}
STORIES = StoryModel(
    means={ALL: np.zeros(2, np.float32)},
    background=Background.of({}),
    weights=StoryWeights(
        meaning=20.0,
        names=0.0,
        numbers=0.0,
        dates=0.0,
        days=0.0,
        foreign=0.0,
        smaller=0.0,
        larger=0.0,
        constant=-17.0,
    ),
)
FULL = "We will not leave the harbour until every ship and every sailor is safe."
PART = "We will not leave the harbour until every ship"
NEAR = "We will not leave the harbour until every ship has oranges"
OTHER = "The budget for schools was passed last year without a single vote against it."


def decide(*rulings):
    return [Decision(f"d{i}", one, "me", "now") for i, one in enumerate(rulings, start=1)]


def turn(degrees):
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def voice(one, text=FULL, *, degrees=0, day=1):
    printed = f"“{text}” she said."
    statement = Statement(one, f"r{one}", "direct", Words.of(printed, (1, 1 + len(text))))
    order = (f"2031-03-0{day}", f"r{one}", 1)
    content = Content(text, "en", turn(degrees))
    return Voiced(statement, content, printed, "holt", "story", "story", False, order)


def utter(voiced, *rulings):
    decisions = decide(*rulings)
    machine = link_utterances(voiced, weights=WEIGHTS)
    final, effects = decide_utterances(machine, voiced, decisions, weights=WEIGHTS)
    return machine, {s: one for one in final for s in one.statements}, effects


def test_a_merged_utterance_is_measured_against_the_fullest_wording():
    voiced = [voice("a", PART, day=1), voice("b", FULL, day=2), voice("c", OTHER, degrees=90)]
    machine, found, _ = utter(voiced, Ruling("merge", "utterances", ("a", "b", "c")))
    assert len(machine) == 2
    assert found["a"] is found["b"] is found["c"]
    assert found["a"].best == "c"
    kinds = {one.statement: one.kind for one in found["a"].renderings}
    assert kinds["c"] == "verbatim"
    assert "verbatim" not in (kinds["a"], kinds["b"])
    first = min(voiced, key=lambda one: one.order)
    assert found["a"].id == utter([first])[1][first.statement.id].id


def test_without_decisions_nothing_changes():
    voiced = [voice("a", PART), voice("b", FULL)]
    machine = link_utterances(voiced, weights=WEIGHTS)
    gone = decide(Ruling("merge", "utterances", ("a", "b")), Ruling("undo", undoes="d1"))
    final, _ = decide_utterances(machine, voiced, gone, weights=WEIGHTS)
    assert final == machine


def test_a_newcomer_goes_to_the_part_that_it_is_likest_to():
    split = Ruling("split", "utterances", ("b",), ("a",))
    for text, home in ((PART, "b"), (FULL, "a")):
        voiced = [voice("a", FULL, day=1), voice("b", PART, day=2), voice("n", text, day=3)]
        machine, found, effects = utter(voiced, split)
        assert len(machine) == 1
        assert found["n"] is found[home]
        assert found["a"] is not found["b"]
        assert effects[0].state == "applied"


def test_what_may_be_the_same_goes_over_to_the_merged():
    voiced = [voice("a", FULL), voice("b", NEAR, degrees=75), voice("c", OTHER, degrees=90)]
    machine, found, _ = utter(voiced)
    (score,) = (score for one in machine for _, score in one.possible)
    _, found, effects = utter(voiced, Ruling("merge", "utterances", ("b", "c")))
    linked = {found["a"].id, found["b"].id}
    pairs = [{one.id, other} for one in found.values() for other, _ in one.possible]
    assert pairs
    assert all(pair == linked for pair in pairs)
    assert effects[0].likeness is None
    _, found, effects = utter(voiced, Ruling("merge", "utterances", ("a", "b")))
    assert effects[0].likeness == score
    assert all(one.possible == () for one in found.values())


def test_what_was_decided_to_differ_is_no_longer_possible():
    voiced = [voice("a", FULL), voice("b", NEAR, degrees=75)]
    assert any(one.possible for one in utter(voiced)[0])
    _, found, effects = utter(voiced, Ruling("split", "utterances", ("a",), ("b",)))
    assert all(one.possible == () and one.repeats is None for one in found.values())
    assert effects[0].state == "agrees"


def test_a_statement_of_two_utterances_belongs_to_the_one_that_it_mainly_renders():
    voiced = [voice("a", FULL), voice("b", PART, day=2), voice("c", OTHER, degrees=90)]
    machine = {one.best: one for one in link_utterances(voiced, weights=WEIGHTS)}
    # The machine finds that "b" ends in words of "c".
    guest = Rendering("b", machine["c"].id, "trimmed", ((1, 5),))
    other = replace(
        machine["c"],
        statements=("b", "c"),
        renderings=(*machine["c"].renderings, guest),
    )
    utterances = (machine["a"], other)
    split = decide(Ruling("split", "utterances", ("b",), ("a",)))
    final, effects = decide_utterances(utterances, voiced, split, weights=WEIGHTS)
    assert sorted(one.statements for one in final) == [("a",), ("b",), ("b", "c")]
    assert other in final
    assert effects[0].machine == (("b", "a"),)
    brief = voice("d", "No schools, no ships.", degrees=90, day=3)
    (last,) = link_utterances([brief], weights=WEIGHTS)
    merge = decide(Ruling("merge", "utterances", ("c", "d")))
    final, _ = decide_utterances((*utterances, last), [*voiced, brief], merge, weights=WEIGHTS)
    assert {one.best: sorted(one.statements) for one in final} == {
        "a": ["a", "b"],
        "c": ["b", "c", "d"],
    }
    for one in final:
        assert sorted(r.statement for r in one.renderings) == sorted(one.statements)
        assert {r.utterance for r in one.renderings} == {one.id}


def see(report, name, *, day=1, role=None):
    roles = () if role is None else (role,)
    mention = Mention(name, "person", "name", descriptions=roles)
    return Sighting(report, "en", "story", (f"2031-03-0{day}", report), mention)


def cast(sightings, *rulings):
    machine = link_actors(sightings)
    final, effects = decide_actors(machine, sightings, decide(*rulings))
    return {key: actor for actor in final for key in actor.mentions}, effects


HOLT = (
    see("r1", "Mira Holt", role="mayor"),
    see("r2", "Mira Holt", day=2, role="poet"),
    see("r3", "Mira Holt", day=3),
)
KEYS = [one.key for one in HOLT]


def test_parts_of_an_actor_have_their_own_descriptions_and_ids():
    whole, _ = cast(HOLT)
    assert whole[KEYS[0]] is whole[KEYS[2]]
    found, effects = cast(HOLT, Ruling("split", "actors", (KEYS[1],), (KEYS[0], KEYS[2])))
    assert found[KEYS[0]] is found[KEYS[2]]
    assert found[KEYS[0]].id == whole[KEYS[0]].id != found[KEYS[1]].id
    assert (found[KEYS[0]].descriptions, found[KEYS[1]].descriptions) == (("mayor",), ("poet",))
    assert effects[0].things == tuple(sorted({found[KEYS[0]].id, found[KEYS[1]].id}))


def test_a_name_that_no_decision_has_goes_with_the_same_name_or_stays_apart():
    split = Ruling("split", "actors", (KEYS[1],), (KEYS[0],))
    found, _ = cast(HOLT, split)
    # Both have the name, so it can't be told whose it is.
    assert len({found[key].id for key in KEYS}) == 3
    short = see("r4", "Holt", day=4)
    other = (*HOLT[:2], short)
    split = Ruling("split", "actors", (short.key,), tuple(KEYS[:2]))
    late = see("r5", "Holt", day=5)
    found, _ = cast((*other, late), split)
    assert found[late.key] is found[short.key] is not found[KEYS[0]]


def test_actors_who_are_merged_have_the_names_of_both():
    vane = see("r4", "Odo Vane", day=4, role="sailor")
    found, _ = cast((*HOLT, vane), Ruling("merge", "actors", (*KEYS, vane.key)))
    actor = found[vane.key]
    assert actor is found[KEYS[0]]
    assert {name for _, name in actor.names} == {"Mira Holt", "Odo Vane"}
    assert set(actor.descriptions) == {"mayor", "poet", "sailor"}


def tell(one, degrees, *, day=1):
    """A report whose opening points in that direction; 30 degrees and less are one story."""
    report = Report(one, f"{one}.txt", one, "", "en", (), title=one, published=f"2031-03-0{day}")
    return StoryInput(report, turn(degrees), ())


def narrate(inputs, *rulings):
    machine = link_stories(inputs, model=STORIES)
    final, effects = decide_stories(machine, inputs, decide(*rulings), model=STORIES)
    return {one: story for story in final for one in story.reports}, effects


APART = [tell("a", 0), tell("b", 10, day=2), tell("c", 90, day=3), tell("d", 100, day=4)]


def test_merged_stories_are_one_storyline_with_the_dates_of_all():
    found, _ = narrate(APART)
    assert found["a"] is found["b"] is not found["c"]
    assert found["a"].storyline != found["c"].storyline
    merged, _ = narrate(APART, Ruling("merge", "stories", ("a", "b", "c")))
    assert {story.id for story in merged.values()} == {found["a"].id}
    assert (merged["d"].first, merged["d"].last) == ("2031-03-01", "2031-03-04")
    assert merged["d"].storyline == found["a"].id


def test_parts_of_a_story_stay_in_its_storyline_and_newcomers_go_to_the_likest():
    inputs = [tell("a", 0), tell("b", 20, day=2), tell("n", 18, day=3)]
    found, effects = narrate(inputs, Ruling("split", "stories", ("b",), ("a",)))
    assert found["n"] is found["b"] is not found["a"]
    assert found["b"].storyline == found["a"].storyline == found["a"].id
    assert effects[0].machine == (("b", "a"),)


@pytest.mark.parametrize("split", ["a", "b"])
def test_an_id_is_that_of_the_earliest_member(split):
    inputs = [tell("a", 0), tell("b", 10, day=2)]
    whole, _ = narrate(inputs)
    rest = "b" if split == "a" else "a"
    found, _ = narrate(inputs, Ruling("split", "stories", (split,), (rest,)))
    assert found["a"].id == whole["a"].id != found["b"].id
