"""Groups are written as words of one-letter members, rulings as "together|apart"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.decisions import Ruling
from onrecord.linking.regrouping import regroup


def rule(text):
    together, _, apart = text.partition("|")
    return Ruling("split" if apart else "merge", "utterances", tuple(together), tuple(apart))


def place_nowhere(member, parts):
    return None


def place_last(member, parts):
    return len(parts) - 1


def change(groups, *rulings, place=place_nowhere):
    found = regroup([list(group) for group in groups.split()], map(rule, rulings), place=place)
    return " ".join(sorted("".join(sorted(group)) for group in found))


@pytest.mark.parametrize(
    ("groups", "rulings", "expected"),
    [
        ("ab c", [], "ab c"),
        ("a b", ["ab"], "ab"),
        ("a b c", ["ca"], "ac b"),
        ("ab cd", ["bc"], "abcd"),
        ("ab", ["b|a"], "a b"),
        ("abcd", ["cd|ab"], "ab cd"),
        ("abcd", ["ac|bd"], "ac bd"),
        ("a b", ["b|a"], "a b"),
        ("ab cd", ["bcd|a"], "a bcd"),
    ],
    ids=str,
)
def test_one_decision(groups, rulings, expected):
    assert change(groups, *rulings) == expected


@pytest.mark.parametrize(
    ("groups", "rulings", "expected"),
    [
        ("a b", ["ab", "b|a"], "a b"),
        ("ab", ["b|a", "ab"], "ab"),
        ("a b c", ["abc", "c|ab"], "ab c"),
        ("a b c", ["abc", "c|a"], "ab c"),
        ("abc", ["a|b", "b|a", "ab"], "abc"),
        ("a b c", ["ab", "bc", "a|b"], "a bc"),
        ("a b c", ["b|a", "ac", "cb"], "abc"),
    ],
    ids=str,
)
def test_of_two_that_contradict_one_another_the_later_wins(groups, rulings, expected):
    assert change(groups, *rulings) == expected


@pytest.mark.parametrize(
    ("groups", "rulings", "expected"),
    [
        # n came since the decision.
        ("an b", ["ab"], "abn"),
        ("a bn", ["ab"], "abn"),
        ("a bn", ["b|a"], "a bn"),
        ("abn", ["ab"], "abn"),
        # What is now in one group through it: a is like n, n like b.
        ("anb", ["b|a"], "a b n"),
        # a and c are one, but not with b, which the machine now has with c.
        ("a bc", ["b|a", "ac"], "ac b"),
        # x isn't there any more.
        ("a b", ["axb"], "ab"),
        ("ab", ["a|x"], "ab"),
        ("ab", ["x|ab"], "ab"),
    ],
    ids=str,
)
def test_decisions_on_what_has_changed_since(groups, rulings, expected):
    assert change(groups, *rulings) == expected


def test_what_no_decision_names_goes_where_it_is_placed():
    assert change("abnm", "b|a", place=place_last) == "a bmn"
    assert change("abnm", "b|a") == "a b mn"
    assert change("abn", "ba", place=place_last) == "abn"


def test_places_are_asked_for_only_what_is_divided():
    asked = []

    def place(member, parts):
        asked.append((member, ["".join(part) for part in parts]))
        return 0

    assert change("acbn de", "b|ac", "de", place=place) == "acn b de"
    assert asked == [("n", ["ac", "b"])]


MEMBERS = "abcdefgh"


@st.composite
def partitions(draw):
    numbers = draw(st.lists(st.integers(0, 4), min_size=len(MEMBERS), max_size=len(MEMBERS)))
    groups = {}
    for member, number in zip(MEMBERS, numbers, strict=True):
        groups.setdefault(number, []).append(member)
    return list(groups.values())


@st.composite
def rulings(draw):
    members = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=5, unique=True))
    cut = draw(st.integers(1, len(members)))
    return rule(f"{''.join(members[:cut])}|{''.join(members[cut:])}")


def holds(ruling, groups):
    of = {member: number for number, group in enumerate(groups) for member in group}
    homes = {of[member] for member in ruling.together}
    return len(homes) == 1 and homes.isdisjoint(of[member] for member in ruling.apart)


@given(groups=partitions(), decided=st.lists(rulings(), min_size=1, max_size=6))
def test_the_last_decision_holds_and_nothing_is_lost(groups, decided):
    for place in (place_nowhere, place_last):
        found = regroup(groups, decided, place=place)
        assert sorted(member for group in found for member in group) == list(MEMBERS)
        assert found == regroup(groups, decided, place=place)
        assert holds(decided[-1], found)


@given(groups=partitions(), decided=rulings())
def test_a_decision_that_holds_already_changes_nothing(groups, decided):
    if holds(decided, groups):
        assert regroup(groups, [decided], place=place_nowhere) == groups
