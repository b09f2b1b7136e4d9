from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from benchmarks.actors import judge_row, read_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain import KnownActor, Mention, Words, make_id
from onrecord.linking.actors import UNNAMED, Sighting, build_actor, find_keys, link_actors
from onrecord.linking.people import People


def see(
    report,
    name,
    *,
    story="s",
    line="",
    on="2026-03-03",
    type="person",  # noqa: A002
    rule="name",
    language="en",
    indefinite=False,
    explained=(),
    **more,
):
    mention = Mention(name, type, rule, **more)
    order = (on, report)
    return Sighting(report, language, story, order, mention, line, indefinite, explained)


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


def test_a_surname_of_another_affair_stays_apart():
    assert len(groups(see("a", "Pia Tolland", story="s"), see("b", "Tolland", story="t"))) == 2


def test_a_surname_of_another_story_of_its_storyline_is_the_only_one_it_can_be():
    found = groups(
        see("a", "Pia Tolland", story="s", line="l"), see("b", "Tolland", story="t", line="l")
    )
    assert len(found) == 1


def test_a_surname_goes_by_its_role_elsewhere():
    pia = see("a", "Pia Tolland", descriptions=("Norwegian finance minister",))
    roles = {"language": "de", "descriptions": ("norwegische Finanzministerin",)}
    (actor,) = link_actors([pia, see("b", "Tolland", story="t", **roles)])
    assert actor.reasons[0][:2] == ("b", "Tolland")
    assert "role" in actor.reasons[0][2]
    assert len(groups(pia, see("b", "Tolland", story="t", on="2028-03-03", **roles))) == 2


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


@pytest.mark.parametrize("row", read_rows(), ids=lambda row: row["what"])
def test_nobody_of_the_table_is_merged_wrongly(row):
    assert judge_row(row).wrong == 0


def test_the_table_has_enough_near_misses():
    rows = read_rows()
    assert len(rows) >= 80
    assert sum(row["near_miss"] for row in rows) >= len(rows) / 2
    assert len({seen["language"] for row in rows for seen in row["seen"]}) >= 6


def test_why_somebody_unnamed_is_somebody():
    (actor,) = link_actors(
        [
            see("a", "Mira Holt", descriptions=("port director",)),
            see("b", "Hafenchefin", language="de", rule=UNNAMED, descriptions=("Hafenchefin",)),
        ]
    )
    assert actor.name == "Mira Holt"
    assert actor.names == (("en", "Mira Holt"),)
    assert actor.descriptions == ("port director", "Hafenchefin")
    assert actor.id == make_id("actor", "a", "Mira Holt")
    ((report, name, why),) = actor.reasons
    assert (report, name) == ("b", "Hafenchefin")
    assert "port director" in why


def test_an_id_is_that_of_the_first_name_even_if_the_role_came_before():
    (actor,) = link_actors(
        [
            see("a", "port director", rule=UNNAMED, on="2026-03-02"),
            see("b", "Mira Holt", descriptions=("port director",)),
        ]
    )
    assert actor.id == make_id("actor", "b", "Mira Holt")
    assert actor.mentions[0] == ("a", "port director")


def test_why_somebody_stays_unnamed():
    found = link_actors(
        [
            see("a", "Mira Holt", descriptions=("mayor",)),
            see("b", "Anna Sand", descriptions=("mayor",)),
            see("c", "mayor", rule=UNNAMED, descriptions=("mayor",)),
        ]
    )
    (unnamed,) = (actor for actor in found if actor.name == "mayor")
    assert "several" in unnamed.reasons[0][2]


def test_a_pronoun_for_somebody_unnamed_names_nobody():
    spokesman = {"descriptions": ("police spokesman",)}
    found = groups(
        see("a", "police spokesman", rule="pronoun", **spokesman),
        see("b", "police spokesman", story="t", rule="pronoun", **spokesman),
    )
    assert len(found) == 2


def test_an_unnamed_spokesman_is_whom_he_speaks_for():
    sprecher = {"rule": UNNAMED, "language": "de"}
    found = groups(
        see("a", "Port Workers Union", type="organisation"),
        see("b", "Sprecher der Port Workers Union", **sprecher),
        see("c", "Sprecherin von Drehwerk", **sprecher),
        see("d", "Sprecher der Port Workers Union", story="t", **sprecher),
        see("e", "Chef der Port Workers Union", **sprecher),
        see("f", "Union", type="organisation"),
    )
    assert [len(group) for group in found] == [2, 1, 1, 1, 1]


def test_a_decided_actor_has_all_names_and_descriptions():
    actor = build_actor(
        [
            see("b", "Tolland", language="de", descriptions=("Bürgermeister",)),
            see("a", "Henrik Tolland", descriptions=("mayor",)),
        ]
    )
    assert actor.id == make_id("actor", "a", "Henrik Tolland")
    assert actor.descriptions == ("mayor", "Bürgermeister")
    assert actor.names == (("de", "Tolland"), ("en", "Henrik Tolland"))


PESKOV = KnownActor(
    "k1", "Dmitry Peskov", "person", ("Дмитро Пєсков", "The Voice"), ("Dima",), "Q1", (), ("ru",)
)


def test_known_people_anchor_actors():
    sightings = [
        see("a", "Dmitri Peskow", language="de"),
        see("b", "The Voice", story="t"),
        see("c", "Peskov"),
        see("d", "Dima"),
        see("e", "Mira Holt"),
    ]
    found = link_actors(sightings, known=[PESKOV])
    assert sorted(
        (actor.wikidata, actor.name, len(actor.mentions)) for actor in found if actor.wikidata
    ) == [("Q1", "Dmitry Peskov", 4)]
    assert link_actors(sightings[::-1], known=[PESKOV]) == found


def test_a_weak_alias_says_nothing_where_its_bearer_is_not_known_of():
    found = link_actors([see("a", "Dima"), see("b", "Peskov")], known=[PESKOV])
    assert [actor.wikidata for actor in found] == [None, None]


def test_a_name_that_two_known_people_have_anchors_neither():
    other = KnownActor("k2", "Dmitri Peskow", "person", wikidata="Q2")
    (actor,) = link_actors([see("a", "Dmitry Peskov")], known=[PESKOV, other])
    assert actor.wikidata is None


def test_a_namesake_of_another_state_is_not_anchored():
    pianist = see("a", "Dmitry Peskov", descriptions=("American pianist", "US citizen"))
    (actor,) = link_actors([pianist], known=[PESKOV])
    assert actor.wikidata is None


def test_a_known_organisation_anchors_no_person():
    company = KnownActor("k3", "Hugo Lindmann", "organisation", wikidata="Q3")
    found = link_actors(
        [see("a", "Hugo Lindmann"), see("b", "Hugo Lindmann", type="organisation")],
        known=[company],
    )
    assert sorted((actor.type, actor.wikidata) for actor in found) == [
        ("organisation", "Q3"),
        ("person", None),
    ]


NAMES = (
    "Pia Tolland", "Henrik Tolland", "Tolland", "P. Tolland", "Пія Толланд", "Tolland Pia",
    "Pia Tolland Sand", "Tollant", "Mira Holt", "Holt", "Міра Гольт", "Robert Holt", "Bob Holt",
    "port director", "Hafenchefin", "mayor", "spokesman for Harbour Union", "spokesman for HU",
)  # fmt: skip
BODIES = ("Kremlin", "Кремль", "Russian government", "Harbour Union", "HU", "ministry", "Moscow")
SAID = ((), ("port director",), ("mayor",), ("former mayor",), ("Russian minister",))


@st.composite
def draw_sightings(draw):
    sightings = []
    for number in range(draw(st.integers(1, 14))):
        person = draw(st.booleans())
        name = draw(st.sampled_from(NAMES if person else BODIES))
        story = draw(st.sampled_from("stuv"))
        unnamed = person and name[:1].islower()
        sightings.append(
            see(
                f"r{draw(st.integers(0, number))}",
                name,
                story=story,
                line="s" if story in "st" else story,
                on=draw(st.sampled_from(["2026-03-03", "2026-03-09", "2026-05-03"])),
                type="person" if person else draw(st.sampled_from(["organisation", "place"])),
                rule=UNNAMED if unnamed else "name",
                language=draw(st.sampled_from(["en", "de"])),
                descriptions=(name,) if unnamed else draw(st.sampled_from(SAID)),
                explained=draw(st.sampled_from([(), (("HU", "Harbour Union"),)])),
            )
        )
    # A report has one language, one story and one date.
    first = {}
    same = []
    for s in sightings:
        one = first.setdefault(s.report, s)
        same.append(replace(one, mention=s.mention, explained=s.explained))
    return same


def close(sightings, seed, people):
    """The sightings that a set of them depends on: by storyline and by shared name keys."""
    found, frontier = [], [seed]
    while frontier:
        one = frontier.pop()
        if one in found:
            continue
        found.append(one)
        keys = find_keys(one, people)
        frontier += [
            other
            for other in sightings
            if other.line == one.line or not keys.isdisjoint(find_keys(other, people))
        ]
    return found


@settings(max_examples=150)
@given(draw_sightings(), st.integers(0, 2))
def test_a_closed_part_has_the_actors_of_the_whole(sightings, listed):
    known = [
        KnownActor("k1", "Pia Tolland", "person", ("Mira Holt",), ("Holt",), "Q1"),
        KnownActor("k2", "Harbour Union", "organisation", ("Kremlin",), wikidata="Q2"),
    ][:listed]
    whole = set(link_actors(sightings, known=known))
    closed = close(sightings, sightings[0], People.of(known))
    part = set(link_actors(closed, known=known))
    assert part <= whole
    keys = {key for actor in part for key in actor.mentions}
    assert sightings[0].key in keys


@settings(max_examples=60)
@given(draw_sightings(), st.randoms())
def test_the_order_of_sightings_says_nothing(sightings, random):
    shuffled = list(sightings)
    random.shuffle(shuffled)
    assert link_actors(shuffled) == link_actors(sightings)
