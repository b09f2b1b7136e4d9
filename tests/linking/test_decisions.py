from __future__ import annotations

import pytest

from onrecord.decisions import Decision, Effect, Ruling
from onrecord.domain import Actor, Mention, Statement, Words
from onrecord.linking.decisions import (
    assign_speakers,
    decide_groups,
    judge_groups,
    list_apart,
    list_effects,
)


def decide(*rulings):
    """Decisions named d1, d2, … in the order in which they were made."""
    return [Decision(f"d{i}", one, "me", "now") for i, one in enumerate(rulings, start=1)]


def merge(*members, of="utterances"):
    return Ruling("merge", of, members)


def split(out, rest, of="utterances"):
    return Ruling("split", of, tuple(out), tuple(rest))


def undo(one):
    return Ruling("undo", undoes=one)


def judge(groups, *rulings, **more):
    """The groups as decided, and each decision's effect, for groups written as words."""
    decisions = decide(*rulings)
    machine = [list(group) for group in groups.split()]
    found = decide_groups(machine, decisions, "utterances", place=lambda member, parts: None)
    home = {member: f"u{group[0]}" for group in found for member in group}
    effects = judge_groups(machine, home, decisions, "utterances", **more)
    return " ".join("".join(group) for group in found), {e.decision: e for e in effects}


@pytest.mark.parametrize(
    ("groups", "rulings", "expected", "states"),
    [
        ("a b", [merge("a", "b")], "ab", ["applied"]),
        ("ab", [merge("a", "b")], "ab", ["agrees"]),
        ("ab", [split("b", "a")], "a b", ["applied"]),
        ("a b", [split("b", "a")], "a b", ["agrees"]),
        ("a b", [merge("a", "x")], "a b", ["lapsed"]),
        ("a b", [split("x", "a")], "a b", ["lapsed"]),
        ("a b", [split("a", "x")], "a b", ["lapsed"]),
        ("a b", [merge("a", "b"), split("b", "a")], "a b", ["overruled", "agrees"]),
        ("ab", [split("b", "a"), merge("a", "b")], "ab", ["overruled", "agrees"]),
        ("a b", [merge("a", "b"), undo("d1")], "a b", ["undone"]),
        ("a b", [merge("a", "b"), undo("d1"), undo("d2")], "ab", ["applied"]),
        ("a b", [merge("a", "b", of="stories")], "a b", []),
    ],
)
def test_what_came_of_decisions(groups, rulings, expected, states):
    found, effects = judge(groups, *rulings)
    assert found == expected
    assert [one.state for one in effects.values()] == states


def test_an_effect_says_what_the_machine_had():
    _, effects = judge(
        "ab c d",
        merge("b", "c"),
        split("a", "d"),
        likeness=lambda one, other: {(0, 1): 0.83}.get((one, other)),
    )
    assert effects["d1"].machine == (("b",), ("c",))
    assert effects["d1"].likeness == 0.83
    assert effects["d1"].things == ("ua",)
    assert effects["d2"].machine == (("a",), ("d",))
    assert effects["d2"].likeness is None
    assert effects["d2"].things == ("ua", "ud")


def test_what_does_not_hold_shaped_nothing():
    _, effects = judge("a b", merge("a", "b"), undo("d1"))
    assert effects["d1"].things == ()


def test_undoing_has_effects_of_its_own():
    decisions = decide(merge("a", "b"), undo("d1"), undo("d2"))
    effects = list_effects([Effect("d1", "applied")], decisions)
    states = [(one.decision, one.state) for one in effects]
    assert states == [("d1", "applied"), ("d2", "undone"), ("d3", "applied")]


def test_pairs_that_are_apart():
    decisions = decide(split("a", "bc"), split("d", "a"), undo("d2"), split("a", "d", of="stories"))
    home = {"a": "u2", "b": "u1", "c": "u3"}
    assert list_apart(decisions, "utterances", home) == {"u1 u2", "u2 u3"}


def say(one, report, name=None, **more):
    mention = None if name is None else Mention(name, "person", "name")
    return Statement(one, report, "direct", Words("No.", ((0, 3),)), speaker=mention, **more)


def make_actor(one, name, *mentions):
    return Actor(one, name, "person", (("en", name),), (), mentions)


HOLT = make_actor("a1", "Mira Holt", ("r1", "Holt"), ("r2", "Mira Holt"))
VANE = make_actor("a2", "Odo Vane", ("r1", "Vane"), ("r3", "Vane"))
READ = (
    say("s1", "r1", "Vane"),
    say("s2", "r3", "Vane"),
    say("s3", "r2", unresolved=(("speaker", "no source"), ("said_on", "no date"))),
)


def give(statements, *speaker):
    return Ruling("assign", "speakers", tuple(statements), speaker=speaker)


def assign(*rulings, actors=(HOLT, VANE)):
    voices = assign_speakers(READ, actors, decide(*rulings))
    return voices, {one.id: one for one in voices.statements}


def test_a_statement_is_given_to_the_name_its_report_has():
    voices, statements = assign(give(["s1"], *HOLT.mentions))
    assert statements["s1"].speaker == Mention("Holt", "person", "decided")
    assert statements["s2"] == READ[1]
    assert voices.actors == (HOLT, VANE)
    assert [one.id for one in voices.changed] == ["s1"]
    (effect,) = voices.effects
    assert (effect.state, effect.things) == ("applied", ("s1",))
    assert effect.machine == ((("r1", "Vane"),),)


def test_where_the_report_does_not_name_him_he_is_named_by_his_name():
    voices, statements = assign(give(["s2"], ("r1", "Holt")))
    assert statements["s2"].speaker.name == "Mira Holt"
    found = {actor.id: actor.mentions for actor in voices.actors}
    assert found["a1"] == (*HOLT.mentions, ("r3", "Mira Holt"))


def test_a_speaker_that_was_missing_is_no_longer_unresolved():
    _, statements = assign(give(["s3"], *VANE.mentions))
    assert statements["s3"].speaker.name == "Odo Vane"
    assert statements["s3"].unresolved == (("said_on", "no date"),)


def test_nobody_known():
    voices, statements = assign(give(["s1"]))
    assert statements["s1"].speaker is None
    assert [field for field, _ in statements["s1"].unresolved] == ["speaker"]
    assert voices.effects[0].state == "applied"


@pytest.mark.parametrize(
    ("rulings", "states", "name"),
    [
        ([give(["s1"], ("r1", "Vane"))], ["agrees"], "Vane"),
        ([give(["s1"], ("r3", "Vane"))], ["agrees"], "Vane"),
        ([give(["s9"], ("r1", "Holt"))], ["lapsed"], "Vane"),
        ([give(["s1"], ("r9", "Nobody"))], ["lapsed"], "Vane"),
        ([give(["s1"], ("r1", "Holt")), give(["s1"], ("r1", "Vane"))],
         ["overruled", "agrees"], "Vane"),
        ([give(["s1"], ("r1", "Holt")), undo("d1")], ["undone"], "Vane"),
        ([give(["s1", "s2"], ("r1", "Holt")), give(["s2"])], ["applied", "applied"], "Holt"),
    ],
)  # fmt: skip
def test_what_came_of_decisions_on_speakers(rulings, states, name):
    voices, statements = assign(*rulings)
    assert [one.state for one in voices.effects] == states
    assert statements["s1"].speaker.name == name


def test_the_actor_who_has_most_of_the_names_is_meant():
    # Since it was decided, "Holt" of the first report has turned out to be somebody else.
    parts = (
        make_actor("a1", "Holt", ("r1", "Holt")),
        make_actor("a3", "Mira Holt", ("r2", "Mira Holt"), ("r4", "Mira Holt")),
        VANE,
    )
    speaker = (("r1", "Holt"), ("r2", "Mira Holt"), ("r4", "Mira Holt"))
    _, statements = assign(give(["s1"], *speaker), actors=parts)
    assert statements["s1"].speaker.name == "Mira Holt"


def test_a_name_that_is_somebody_elses_in_the_report_is_not_taken():
    namesake = make_actor("a3", "Mira Holt", ("r3", "Mira Holt"))
    voices, statements = assign(give(["s2"], ("r1", "Holt")), actors=(HOLT, VANE, namesake))
    assert statements["s2"] == READ[1]
    assert voices.effects[0].state == "lapsed"
