from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.domain import KnownActor, LocalActor, Mention
from onrecord.linking.actors import UNNAMED, link_actors
from onrecord.linking.joining import join_actors, list_actor_keys
from onrecord.linking.sightings import Sighting


def meet(one, *names, affair=None, on="2031-03-02", type="person", language="en", **more):  # noqa: A002
    return LocalActor(
        one,
        affair or f"affair of {one}",
        (on, f"report of {one}"),
        names[0],
        type,
        tuple((language, name) for name in names),
        tuple((name, 1) for name in names),
        more.pop("descriptions", ()),
        **more,
    )


def groups(*local, known=()):
    return sorted(sorted(one.locals) for one in join_actors(local, known=known))


def test_nobody():
    assert join_actors([]) == []


@pytest.mark.parametrize(
    ("first", "second", "type"),
    [
        (("en", "Dmitry Peskov"), ("uk", "Дмитро Пєсков"), "person"),
        (("de", "Dmitri Peskow"), ("fr", "Dmitri Peskov"), "person"),
        (("en", "Russian Defence Ministry"), ("uk", "Міноборони РФ"), "organisation"),
    ],
)
def test_one_name_in_two_affairs(first, second, type):  # noqa: A002
    one = meet("a", first[1], language=first[0], type=type)
    other = meet("b", second[1], language=second[0], type=type, on="2031-09-02")
    (joined,) = join_actors([other, one])
    assert joined.locals == ("a", "b")
    assert joined.actor.id == "a"
    assert joined.actor.names == tuple(sorted({*one.names, *other.names}))


def test_others_stay_apart():
    assert groups(meet("a", "Mira Holt"), meet("b", "Henrik Holt")) == [["a"], ["b"]]


def test_a_family_name_alone_tells_nothing_elsewhere():
    assert groups(meet("a", "Mira Holt"), meet("b", "Holt")) == [["a"], ["b"]]


def test_any_form_of_the_name_will_do():
    one = meet("a", "Harry", "Henry Windsor")
    assert groups(one, meet("b", "Henry Windsor")) == [["a", "b"]]


def test_what_an_affair_keeps_apart_stays_apart():
    father = meet("a", "Mira Holt", affair="x")
    son = meet("b", "Mira Holt", affair="x", on="2031-03-03")
    assert groups(father, son, meet("c", "Mira Holt", on="2031-09-02")) == [["a", "c"], ["b"]]


def test_the_imported_list_joins_unlike_names():
    known = KnownActor("Q1", "Mira Holt", "person", ("Mira Berg",))
    local = meet("a", "Mira Holt"), meet("b", "Mira Berg")
    assert groups(*local) == [["a"], ["b"]]
    assert groups(*local, known=[known]) == [["a", "b"]]


def test_the_order_changes_nothing():
    local = [
        meet("a", "Mira Holt", descriptions=("mayor",)),
        meet("b", "Mira Holt", on="2031-09-02", descriptions=("senator",)),
        meet("c", "M. Holt", on="2031-10-02"),
        meet("d", "Міра Гольт", language="uk"),
    ]
    found = join_actors(local)
    assert all(join_actors(order) == found for order in permutations(local))


def test_the_unnamed_have_no_keys():
    def see(name, rule):
        mention = Mention(name, "person", rule, descriptions=("a guard",))
        return Sighting("r", "en", "s", ("2031-03-02", "r"), mention)

    sightings = [see("a guard", UNNAMED), see("Mira Holt", "name")]
    actors = link_actors(sightings)
    named = {actor.id for actor in actors if actor.name == "Mira Holt"}
    assert {one for one, _ in list_actor_keys(actors, sightings)} == named
