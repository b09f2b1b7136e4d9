from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace

import pytest
from tests.linked import write_links

from onrecord.domain import Links
from onrecord.record.connection import open_record
from onrecord.record.queries import (
    list_actors,
    list_answers,
    list_stories,
    list_utterances,
)
from onrecord.record.search import search_actors
from onrecord.record.state import is_linked

CHILDREN = ("actor_names", "actor_mentions", "story_reports", "renderings", "possible")


def read_links(record):
    return Links(
        tuple(list_actors(record)),
        tuple(list_stories(record)),
        tuple(list_utterances(record)),
        tuple(list_answers(record)),
    )


def by_id(links):
    return (
        {actor.id: actor for actor in links.actors},
        {story.id: story for story in links.stories},
        {utterance.id: utterance for utterance in links.utterances},
        set(links.answers),
    )


def changes_made_by(record, links):
    before = record.total_changes
    assert write_links(record, links) == (record.total_changes - before > 1)
    return record.total_changes - before


def test_links_are_read_back(linked, make):
    assert by_id(read_links(linked)) == by_id(make.links())


def test_the_same_links_again_write_no_row_but_the_note(linked, make):
    before = list(linked.iterdump())
    assert changes_made_by(linked, make.links()) <= 1
    assert list(linked.iterdump()) == before


def test_only_what_differs_is_written(linked, make):
    links = make.links()
    actor, other = links.actors
    renamed = replace(links, actors=(actor, replace(other, name="Harbour Workers")))
    # Of the actor its row, its mention, and the note of which actor of the record it is.
    assert changes_made_by(linked, renamed) <= 8
    assert by_id(read_links(linked)) == by_id(renamed)


def test_nothing_is_left_of_links_that_are_gone(linked):
    assert write_links(linked, Links())
    assert read_links(linked) == Links()
    for table in CHILDREN:
        assert linked.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    assert search_actors(linked, "Holt") == []


def test_a_mention_moves_from_one_actor_to_another(linked, make):
    links = make.links()
    holt, union = links.actors
    moved = replace(
        links,
        actors=(
            replace(holt, mentions=(("r1", "Holt"),)),
            replace(union, mentions=(("r2", "Holt"),)),
        ),
    )
    write_links(linked, moved)
    assert by_id(read_links(linked)) == by_id(moved)


def test_an_actor_who_is_replaced_keeps_the_rest(linked, make):
    links = make.links()
    first, second = links.utterances
    renamed = Links(
        (replace(links.actors[0], id="a9"), links.actors[1]),
        links.stories,
        (replace(first, speaker="a9"), second),
        tuple(replace(a, to_actor="a9") if a.to_actor == "a1" else a for a in links.answers),
    )
    write_links(linked, renamed)
    assert by_id(read_links(linked)) == by_id(renamed)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda links: replace(links, actors=links.actors[1:]),
        lambda links: replace(links, utterances=links.utterances[1:]),
        lambda links: replace(links, stories=(replace(links.stories[0], reports=("r9",)),)),
        lambda links: replace(
            links, utterances=(replace(links.utterances[0], best="s9"), links.utterances[1])
        ),
    ],
)
def test_links_to_nothing_are_refused_and_the_old_ones_stay(linked, make, spoil):
    before = read_links(linked)
    with pytest.raises(sqlite3.IntegrityError):
        write_links(linked, spoil(make.links(said_on="2031-03-03")))
    assert read_links(linked) == before


def test_the_order_in_which_links_come_does_not_matter(linked, make):
    links = make.links()
    before = read_links(linked)
    turned = Links(links.actors[::-1], links.stories, links.utterances[::-1], links.answers[::-1])
    assert not write_links(linked, turned)
    write_links(linked, Links())
    write_links(linked, turned)
    assert read_links(linked) == before


def test_an_empty_record_is_linked_once_that_was_tried(record):
    assert not is_linked(record)
    assert not write_links(record, Links())
    assert is_linked(record)


LINKER = """
import sys
from dataclasses import replace
from onrecord.domain import Actor, Links, Utterance
from onrecord.record.connection import open_record
from tests.linked import write_links
record = open_record(sys.argv[1])
def links(day, count):
    ids = range(count)
    return Links(
        tuple(Actor(f"a{i}", day, "person", (("en", day),), (), (("r1", f"{i}"),))
            for i in ids), (),
        tuple(Utterance(f"u{i}", f"a{i}", day, ("s1",), "s1", None) for i in ids), ())
write_links(record, links("2031-01-01", 300))
print("linking", flush=True)
while True:
    write_links(record, links("2031-01-02", 200))
    write_links(record, links("2031-01-01", 300))
"""


def test_linking_killed_at_any_point_leaves_the_old_links_or_the_new(path, make):
    with closing(open_record(path)) as record:
        make.store(record, make.report("r1"), make.statement("s1", "r1"))
    moments = random.Random(9)
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", LINKER, str(path)], stdout=subprocess.PIPE
        ) as linker:
            assert linker.stdout.readline() == b"linking\n"
            time.sleep(moments.uniform(0, 0.06))
            linker.kill()
        with closing(open_record(path)) as record:
            assert record.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            days = [utterance.said_on for utterance in list_utterances(record)]
            names = [actor.name for actor in list_actors(record)]
            whole = (["2031-01-01"] * 300, ["2031-01-02"] * 200)
            assert days in whole
            assert names == days
