from __future__ import annotations

import pytest
from tests.linked import keep_as_they_are, write_links

from onrecord.decisions import Ruling
from onrecord.domain import Actor, Links, Story
from onrecord.record import affairs
from onrecord.record.actors import write_actors
from onrecord.record.connection import transaction
from onrecord.record.decisions import list_decisions
from onrecord.record.links import write_affair
from onrecord.record.queries import list_actors, list_answers, list_stories, list_utterances
from onrecord.record.rulings import write_decision


@pytest.fixture
def three(record, make):
    for number in (1, 2, 3):
        report = make.report(f"r{number}")
        make.store(record, report, make.statement(f"s{number}", f"r{number}"))
    return record


def test_new_reports_are_due_until_they_are_linked(three, make):
    assert affairs.list_due(three) == ["r1", "r2", "r3"]
    affairs.clear_due(three)
    assert affairs.list_due(three) == []
    make.store(three, make.report("r2"), make.statement("s2", "r2"))
    assert affairs.list_due(three) == []


def read_shared(record, report, keys):
    sharing = affairs.list_sharing(record, report, keys)
    return {other: sorted(shared.keys) for other, shared in sharing.items()}


def test_reports_meet_by_their_keys(three):
    assert affairs.list_sharing(three, "r1", {"a", "b"}) == {}
    assert read_shared(three, "r2", {"b", "c"}) == {"r1": ["b"]}
    assert read_shared(three, "r3", {"a", "b", "d"}) == {"r1": ["a", "b"], "r2": ["b"]}


def test_an_affair_is_all_that_relations_join(three):
    affairs.relate_reports(three, "r1", {"r2": "affair", "r3": "storyline"})
    assert affairs.find_affair(three, "r2", {}) == ["r1", "r2"]
    assert affairs.find_affair(three, "r3", {}) == ["r3"]
    assert affairs.find_affair(three, "r3", {"r3": ["r2"]}) == ["r1", "r2", "r3"]
    assert affairs.forget_report(three, "r2") == {"r1"}
    assert affairs.find_affair(three, "r1", {}) == ["r1"]
    assert affairs.forget_report(three, "r1") == {"r3"}


def test_storylines_join_the_stories_of_affairs(three):
    stories = [
        Story(f"y{n}", "", (f"r{n}",), ("en",), f"2031-0{n}-01", None, f"y{n}") for n in (1, 2, 3)
    ]
    write_links(three, Links(stories=tuple(stories)))
    affairs.relate_reports(three, "r3", {"r2": "storyline"})
    assert affairs.join_storylines(three, ["r3"])
    assert [one.storyline for one in list_stories(three)] == ["y1", "y2", "y2"]
    assert not affairs.join_storylines(three, ["r2"])
    affairs.forget_report(three, "r3")
    assert affairs.join_storylines(three, ["r2", "r3"])
    assert [one.storyline for one in list_stories(three)] == ["y1", "y2", "y3"]


def test_a_decision_is_about_the_reports_of_its_members(three):
    merge = write_decision(
        three, Ruling("merge", "utterances", ("s1", "s3")), who="mira", why="the same"
    )
    undo = write_decision(three, Ruling("undo", undoes=merge.id), who="mira", why="no")
    found = affairs.find_decided(three, list_decisions(three))
    assert found == {merge.id: {"r1", "r3"}, undo.id: {"r1", "r3"}}
    assert affairs.list_undecided(three, found) == {"r1", "r3"}


def test_a_speaker_is_found_in_a_report_that_is_not_superseded(three, make):
    make.store(three, make.report("r0", key="k", published="2031-01-01"))
    make.store(three, make.report("r4", key="k", published="2031-01-02"))
    speaker = (("r0", "Holt"), ("r3", "Holt"))
    ruling = Ruling("assign", "speakers", ("s1",), speaker=speaker)
    assign = write_decision(three, ruling, who="mira", why="by voice")
    assert affairs.find_decided(three, [assign]) == {assign.id: {"r1", "r3"}}


def test_only_the_affair_is_replaced(linked, make):
    before = list_utterances(linked)
    assert write_affair(linked, make.links(), ["r1", "r2"]) is None
    assert list_utterances(linked) == before


def test_utterances_and_answers_follow_their_actor(linked):
    def join(local):
        first, second = keep_as_they_are(local)
        return [type(first)(first.actor, (*first.locals, *second.locals))]

    assert write_actors(linked, ["a1", "a2"], join)
    (actor,) = list_actors(linked)
    assert len(actor.mentions) == 3
    assert {one.speaker for one in list_utterances(linked)} <= {actor.id, None}
    assert {one.to_actor for one in list_answers(linked)} == {actor.id}
    assert not write_actors(linked, [actor.id], join)


def test_actors_that_come_into_one_affair_are_joined_anew(three):
    def join(local):
        first, second = keep_as_they_are(local)
        return [type(first)(first.actor, (*first.locals, *second.locals))]

    one, other = (
        Actor(f"a{n}", "Mira Holt", "person", (("en", "Mira Holt"),), (), ((f"r{n}", "Mira Holt"),))
        for n in (1, 2)
    )
    with transaction(three):
        write_affair(three, Links((one,)), ["r1"])
        write_affair(three, Links((other,)), ["r2"])
        write_actors(three, [], join)
    assert [actor.id for actor in list_actors(three)] == ["a1"]
    with transaction(three):
        stale = write_affair(three, Links((one, other)), ["r1", "r2"])
        assert stale == {"a1"}
        assert write_actors(three, stale, keep_as_they_are)
    assert [actor.id for actor in list_actors(three)] == ["a1", "a2"]
