from __future__ import annotations

from datetime import timedelta

import pytest

from onrecord.linking.holders import (
    BETWEEN,
    NOBODY,
    SEVERAL,
    VAGUE,
    Described,
    are_of_two_worlds,
    disagree,
    find_holder,
    is_near,
    share_office,
)
from onrecord.linking.offices import read_role


def tell(text, person=-1, *, on="2024-09-18", story="s", language="en"):
    return Described(person, read_role(text, language), text, language, story, on)


def ask(text, *known, **more):
    return find_holder(tell(text, **more), known)


OLD = tell("NATO Secretary General", 0, on="2024-09-18", story="s")
NEW = tell("Nato-Generalsekretär", 1, on="2024-10-04", story="t", language="de")


@pytest.mark.parametrize(
    ("on", "person", "why"),
    [
        ("2024-09-01", None, BETWEEN),
        ("2024-09-10", 0, "described"),
        ("2024-09-18", 0, "described"),
        ("2024-09-19", None, BETWEEN),
        ("2024-10-03", None, BETWEEN),
        ("2024-10-04", 1, "described"),
        ("2024-10-12", 1, "described"),
        ("2024-11-12", None, BETWEEN),
        (None, None, SEVERAL),
    ],
)
def test_a_role_that_two_people_held_goes_by_date(on, person, why):
    found, reason = ask("NATO Secretary General", OLD, NEW, on=on, story="u")
    assert found == person
    assert reason.startswith(why)


def test_two_holders_whose_times_overlap_can_not_be_told_apart():
    again = tell("NATO Secretary General", 0, on="2024-10-09", story="t")
    assert ask("NATO Secretary General", OLD, NEW, again, on="2024-10-05", story="t")[1] == SEVERAL


def test_a_former_holder_is_none():
    left = tell("former NATO Secretary General", 0, on="2024-10-02")
    assert ask("NATO Secretary General", OLD, left, on="2024-10-03") == (None, NOBODY)
    assert ask("NATO Secretary General", OLD, left, on="2024-09-28")[0] == 0
    assert ask("NATO Secretary General", left, on="2024-10-03") == (None, NOBODY)


def test_one_to_come_is_none_yet():
    coming = tell("designierter Nato-Generalsekretär", 1, language="de")
    assert ask("NATO Secretary General", coming) == (None, NOBODY)
    assert ask("NATO Secretary General", OLD, coming)[0] == 0


@pytest.mark.parametrize(
    ("asked", "language", "known", "of", "person"),
    [
        ("Hafenchefin", "de", "port director", "en", 0),
        ("directora del puerto", "es", "Директорка порту", "uk", 0),
        ("port director", "en", "Director of the Port of Kalmhaven", "en", 0),
        ("director of the Port of Kalmhaven", "en", "port director", "en", None),
        ("shipyard director", "en", "harbour director", "en", None),
        ("Werftdirektorin", "de", "shipyard director", "en", None),
        ("Verkehrsministerin", "de", "Transport Minister", "en", 0),
        ("Finanzministerin", "de", "Transport Minister", "en", None),
        ("Russian foreign minister", "en", "глава МИД России", "ru", 0),
        ("Ukrainian foreign minister", "en", "глава МИД России", "ru", None),
        ("foreign minister", "en", "глава МИД России", "ru", None),
        ("mayor", "en", "Bürgermeister", "de", 0),
        ("Bürgermeisterin", "de", "Bürgermeister", "de", None),
        ("deputy mayor", "en", "mayor", "en", None),
        ("mayor", "en", "deputy mayor", "en", None),
        ("mayor", "en", "adviser to the mayor", "en", None),
        ("president", "en", "Russian President", "en", None),
        ("Kremlin spokesman", "en", "Kremlin spokesman", "en", None),
        ("witness", "en", "witness", "en", None),
    ],
)
def test_who_fits_a_role(asked, language, known, of, person):
    found, why = ask(asked, tell(known, 0, language=of), language=language)
    assert found == person
    assert why


def test_a_role_that_says_nothing_of_what_is_of_its_story_only():
    assert ask("mayor", tell("mayor", 0, story="t"), story="s") == (None, NOBODY)
    assert ask("president", tell("president", 0)) == (None, VAGUE)


def test_roles_of_two_people_disagree():
    def read(*texts):
        return [read_role(text, "en") for text in texts]

    assert disagree(read("mayor"), read("union secretary"))
    assert disagree(read("Norwegian minister"), read("Swedish minister"))
    assert not disagree(read("mayor"), read("candidate"))
    assert not disagree(read("mayor"), [])
    assert not disagree(read("Russian president"), read("Russian general"))
    assert are_of_two_worlds(read("British minister"), read("Australian coach"))
    assert not are_of_two_worlds(read("British minister"), read("coach"))
    assert share_office(read("Norwegian minister"), read("Norwegian minister"))
    assert not share_office(read("minister"), read("minister"))
    assert not share_office(read("former Norwegian minister"), read("Norwegian minister"))


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("2024-09-18", "2024-09-20", True),
        ("2024-09-18", "2024-10-20", False),
        ("2024-09-18", None, False),
        ("2024-09", "2024-09-12", True),
        ("no date", "2024-09-12", False),
    ],
)
def test_what_is_near_in_time(one, other, near):
    assert is_near(one, other) is near
    assert is_near(other, one) is near
    assert is_near(one, one, within=timedelta(0)) is (one != "no date")
