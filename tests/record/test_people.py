from __future__ import annotations

from tests.linked import write_links

from onrecord.domain import KnownActor, Links
from onrecord.record import state
from onrecord.record.people import list_people, write_people

HOLT = KnownActor("k1", "Mira Holt", "person", ("Holt",), ("Boss",), "Q1", ("mayor",), ("no",))
UNION = KnownActor("k2", "Harbour Union", "organisation")


def test_a_list_comes_back_as_it_was(record):
    assert write_people(record, [UNION, HOLT]) == (2, 0)
    assert list_people(record) == [HOLT, UNION]


def test_the_same_list_again_changes_nothing(record, make):
    write_people(record, [HOLT])
    make.store(record, make.report("r1"))
    write_links(record, Links())
    assert write_people(record, [HOLT]) == (0, 0)
    assert state.is_linked(record)


def test_a_newer_entry_takes_the_place_of_the_old_one(record):
    write_people(record, [HOLT])
    newer = KnownActor("k1", "Mira Holt-Sand", "person", wikidata="Q1")
    assert write_people(record, [newer, UNION]) == (1, 1)
    assert list_people(record) == [newer, UNION]


def test_links_are_due_after_an_import(record, make):
    make.store(record, make.report("r1"))
    write_links(record, Links())
    write_people(record, [HOLT])
    assert not state.is_linked(record)
