from __future__ import annotations

import pytest

from onrecord.domain import KnownActor
from onrecord.linking.people import (
    People,
    contradicts,
    find_doubtful,
    list_names,
    list_weak_names,
)


def know(one, name, *aliases, type="person", **more):  # noqa: A002
    return KnownActor(one, name, type, aliases, **more)


PESKOV = know("k1", "Dmitry Peskov", "Peskov", "The Voice", weak_aliases=("Dima",))
LULA = know("k2", "Luiz Inácio Lula da Silva", "Lula")
UNION = know("k3", "Harbour Union", "HU", type="organisation")


@pytest.mark.parametrize(
    ("name", "type", "found"),
    [
        ("Дмитро Пєсков", "person", "k1"),
        ("Peskov, Dmitri", "person", "k1"),
        ("Peskov", "person", None),
        ("D. Peskov", "person", None),
        ("The Voice", "person", "k1"),
        ("Lula", "person", "k2"),
        ("Dima", "person", None),
        ("Dmitry Peskov", "organisation", None),
        ("harbour union", "organisation", "k3"),
        ("HU", "place", "k3"),
        ("HU", "person", None),
        ("Mira Holt", "person", None),
        ("?", "person", None),
    ],
)
def test_who_is_on_the_list(name, type, found):  # noqa: A002
    entry = People.of([PESKOV, LULA, UNION]).find(name, type)
    assert (entry.id if entry is not None else None) == found


def test_a_family_name_alone_is_a_weak_alias():
    assert list_names(PESKOV) == ("Dmitry Peskov", "The Voice")
    assert list_weak_names(PESKOV) == ("Peskov", "Dima")
    assert list_names(LULA) == ("Luiz Inácio Lula da Silva", "Lula")


def test_names_that_several_have():
    twin = know("k4", "Dmitri Peskow")
    people = People.of([twin, PESKOV])
    assert people.find("Dmitry Peskov", "person") is None
    assert [entry.id for entry in people.find_all("Dmitry Peskov", "person")] == ["k1", "k4"]
    assert people.doubtful == find_doubtful([PESKOV, twin]) == ("Dmitry Peskov",)
    company = know("k5", "Dmitry Peskov", type="organisation")
    assert find_doubtful([PESKOV, company]) == ()


def test_an_empty_list_knows_nobody():
    assert People.of(()).find_all("Mira Holt", "person") == []


def test_all_names_of_an_entry_share_a_key():
    people = People.of([PESKOV])
    one, other = (people.keys(name, "person") for name in ("Dmitry Peskov", "The Voice"))
    assert not one.isdisjoint(other)
    assert one.isdisjoint(people.keys("Mira Holt", "person"))


@pytest.mark.parametrize(
    ("countries", "positions", "told", "contradicted"),
    [
        (("ru",), (), [("en", "Russian diplomat")], False),
        (("ru",), (), [("en", "American pianist of the US")], True),
        (("ru",), (), [("de", "norwegischer Pianist")], True),
        (("ru",), (), [("en", "pianist")], False),
        ((), ("President of Russia",), [("de", "norwegischer Pianist")], True),
        ((), (), [("de", "norwegischer Pianist")], False),
        (("zz",), (), [("de", "norwegischer Pianist")], False),
    ],
)
def test_other_states_contradict(countries, positions, told, contradicted):
    entry = know("k", "Dmitry Peskov", countries=countries, positions=positions)
    assert contradicts(entry, told) is contradicted
