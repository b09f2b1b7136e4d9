from __future__ import annotations

from itertools import permutations

import pytest

from onrecord.domain import Mention, Words, make_id
from onrecord.linking.actors import UNNAMED, Sighting, link_actors


def see(report, name, *, story="s", type="person", rule="name", language="en", **more):  # noqa: A002
    mention = Mention(name, type, rule, **more)
    return Sighting(report, language, story, ("2026-03-03", report), mention)


def groups(*sightings):
    return sorted(sorted(actor.mentions) for actor in link_actors(sightings))


def test_nobody():
    assert link_actors([]) == ()


def test_one_person_in_any_spelling():
    (actor,) = link_actors(
        [
            see("a", "Dmitry Peskov", descriptions=("spokesman",)),
            see("b", "Dmitri Peskow", language="de", descriptions=("Sprecher",)),
            see("c", "Дмитро Пєсков", language="uk"),
            see("d", "Peskow", language="de", descriptions=("spokesman",)),
        ]
    )
    assert actor.id == make_id("actor", "a", "Dmitry Peskov")
    assert actor.name in ("Dmitry Peskov", "Dmitri Peskow", "Дмитро Пєсков")
    assert actor.descriptions == ("spokesman", "Sprecher")
    assert ("uk", "Дмитро Пєсков") in actor.names
    assert len(actor.mentions) == 4


def test_two_people_of_one_surname():
    assert groups(see("a", "Pia Tolland"), see("b", "Henrik Tolland")) == [
        [("a", "Pia Tolland")],
        [("b", "Henrik Tolland")],
    ]


@pytest.mark.parametrize(
    ("names", "joined"),
    [
        (["Mira Holt", "Holt"], True),
        (["Mira Holt", "M. Holt"], True),
        (["Mira Holt", "H. Holt"], False),
        (["Ursula von der Leyen", "von der Leyen"], True),
        (["Mira Holt", "Holte"], False),
        (["J. Holt", "Holt"], True),
        (["J. Holt", "M. Holt"], False),
    ],
)
def test_surnames_and_initials(names, joined):
    found = groups(*(see(str(number), name) for number, name in enumerate(names)))
    assert (len(found) == 1) is joined


def test_a_surname_that_two_people_have_joins_neither():
    found = groups(see("a", "Pia Tolland"), see("b", "Henrik Tolland"), see("c", "Tolland"))
    assert [("c", "Tolland")] in found
    assert len(found) == 3


def test_a_surname_is_looked_for_in_its_story_first():
    found = groups(
        see("a", "Pia Tolland", story="s"),
        see("b", "Henrik Tolland", story="t"),
        see("c", "Tolland", story="t"),
    )
    assert [("b", "Henrik Tolland"), ("c", "Tolland")] in found


def test_a_surname_of_another_story_joins_the_only_one_there_is():
    assert len(groups(see("a", "Pia Tolland", story="s"), see("b", "Tolland", story="t"))) == 1


def test_surnames_alone_are_one_within_a_story_only():
    found = groups(
        see("a", "Песков", story="s"), see("b", "Peskow", story="s"), see("c", "Peskov", story="t")
    )
    assert found == [[("a", "Песков"), ("b", "Peskow")], [("c", "Peskov")]]


def test_the_unnamed_stay_within_their_story():
    found = groups(
        see("a", "spokesman", rule=UNNAMED, story="s"),
        see("b", "spokesman", rule=UNNAMED, story="s"),
        see("c", "spokesman", rule=UNNAMED, story="t"),
    )
    assert found == [[("a", "spokesman"), ("b", "spokesman")], [("c", "spokesman")]]


def test_groups_stay_within_their_story():
    found = groups(
        see("a", "residents", type="group", story="s"),
        see("b", "residents", type="group", story="t"),
    )
    assert len(found) == 2


def test_organisations_go_by_their_words():
    found = groups(
        see("a", "Harbour Union", type="organisation", story="s"),
        see("b", "Harbour Union", type="organisation", story="t"),
        see("c", "Port Union", type="organisation"),
        see("d", "Channel 4", type="organisation"),
        see("e", "Channel 5", type="organisation"),
        see("f", "Harbour Union", type="place"),
    )
    assert [len(group) for group in found] == [2, 1, 1, 1, 1]


def test_a_name_seen_twice_in_a_report_keeps_all_descriptions():
    text = "mayor Holt, chair Holt"
    one = see("a", "Mira Holt", descriptions=("mayor",), words=Words.of(text, (6, 10)))
    other = see("a", "Mira Holt", descriptions=("chair",), words=Words.of(text, (18, 22)))
    assert link_actors([one, other]) == link_actors([other, one])
    (actor,) = link_actors([one, other])
    assert actor.descriptions == ("mayor", "chair")
    assert actor.mentions == (("a", "Mira Holt"),)


def test_a_mention_is_of_one_actor_at_most():
    found = link_actors(
        [see("a", "Holt"), see("a", "Holt", type="organisation"), see("a", "Holt", rule=UNNAMED)]
    )
    keys = [key for actor in found for key in actor.mentions]
    assert len(keys) == len(set(keys)) == 1


def test_unknown_scripts():
    found = groups(see("a", "𓀀𓀁 𓀂"), see("b", "𓀀𓀁 𓀂"), see("c", "𓀀𓀁 𓀃"), see("d", "?!"))
    assert [len(group) for group in found] == [2, 1, 1]


def test_any_order_gives_the_same_actors():
    sightings = [
        see("a", "Pia Tolland", descriptions=("owner",)),
        see("b", "Tolland", story="t"),
        see("c", "Henrik Tolland", story="t"),
        see("d", "P. Tolland"),
        see("e", "Піа Толланд", language="uk"),
        see("a", "Pia Tolland", rule="role", descriptions=("heir",)),
    ]
    expected = link_actors(sightings)
    for order in permutations(sightings):
        assert link_actors(order) == expected


def test_an_id_stays_when_later_reports_come():
    early = [see("b", "Mira Holt"), see("c", "Henrik Holt")]
    later = [see("d", "Mira Holt"), see("e", "M. Holt")]
    before = {actor.id for actor in link_actors(early)}
    assert before == {actor.id for actor in link_actors([*later, *early])}
