from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.record.connection import open_record
from onrecord.record.queries import list_statements
from onrecord.record.rows import StatementFilter
from onrecord.record.search import (
    build_match,
    find_near_copies,
    search_actors,
    search_reports,
    search_statements,
)

STATEMENTS = {
    "s1": "We will not close the harbour, whatever the ministry decides.",
    "s2": "Wir werden den Hafen nicht schließen, sagt Frau Müller.",
    "s3": "Ми не закриємо порт, хай що вирішить міністерство.",
    "s4": "The bridge is another matter: it isn't safe.",
    "s5": "Het café is gesloten.",
}


@pytest.fixture
def shelf(record, make):
    for one, text in STATEMENTS.items():
        report = make.report(f"r{one}", f"{text} And more of it.", title=f"On {one}")
        make.store(record, report, make.statement(one, report.id, text))
    return record


def ids(hits):
    return [hit.id for hit in hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("harbour", "s1"),
        ("HARBOUR close", "s1"),
        ('"close the harbour"', "s1"),
        ("„close the harbour“", "s1"),
        ('"harbour the close"', ""),
        ("muller", "s2"),
        ("Müller", "s2"),
        ("Mu\u0308ller", "s2"),
        ("cafe", "s5"),
        ("порт", "s3"),
        ("isn't", "s4"),
        ("isn’t", "s4"),
        ("harbour AND bridge", ""),
        ("harbour OR bridge", ""),
        ("the NOT harbour", "s1"),
        ("harbour*", "s1"),
        ("harbour)", "s1"),
        ("words:harbour", ""),
        ("^harbour", "s1"),
        ('harbour "', "s1"),
        ("NEAR(harbour close)", ""),
        ("harbour —", "s1"),
        ("—", ""),
        ("", ""),
        ('""', ""),
    ],
)
def test_typed_text_is_words_and_phrases(shelf, typed, found):
    assert ids(search_statements(shelf, typed)) == found.split()


@pytest.fixture(scope="module")
def one_statement(tmp_path_factory, make):
    connection = open_record(tmp_path_factory.mktemp("search") / "record.db")
    make.store(connection, make.report("r1"), make.statement("s1", "r1"))
    yield connection
    connection.close()


ODD = st.text(alphabet=st.characters() | st.sampled_from("\"'*^:()-+{}\0\ud800„“ aORNDT"))


@settings(deadline=None)
@given(typed=ODD)
@example("x " * 5000)
@example(" ".join(map(str, range(5000))))
@example('"' * 999)
@example("(" * 999)
@example("\U0001e922 fox")
def test_no_typed_text_is_an_error(one_statement, typed):
    for search in (search_statements, search_reports, search_actors, find_near_copies):
        search(one_statement, typed)
    list_statements(one_statement, StatementFilter(text=typed))


@given(typed=ODD)
def test_queries_hold_only_quoted_terms(typed):
    terms = build_match(typed)[1:-1].split('" "')
    assert all('"' not in term for term in terms)


def test_a_title_counts_more_than_the_text(record, make):
    filler = "Nothing of note happened in the town that day, nor on the day after. " * 3
    make.store(record, make.report("a", f"{filler} ferry", title="Weather"))
    make.store(record, make.report("b", f"{filler}", title="The ferry"))
    hits = search_reports(record, "ferry")
    assert ids(hits) == ["b", "a"]
    assert hits[0].score > hits[1].score
    assert "ferry" in hits[1].excerpt


def test_equal_hits_come_by_id(record, make):
    for one in ("c", "a", "b"):
        make.store(record, make.report(one), make.statement(f"s{one}", one))
    assert ids(search_reports(record, "holt")) == ["a", "b", "c"]
    assert ids(search_statements(record, "over")) == ["sa", "sb", "sc"]
    assert ids(search_statements(record, "over", limit=1)) == ["sa"]


def test_actors_are_found_by_any_name_once(linked):
    assert ids(search_actors(linked, "mira")) == ["a1"]
    assert [(hit.id, hit.excerpt) for hit in search_actors(linked, "гольт")] == [
        ("a1", "Міра Гольт")
    ]
    assert search_actors(linked, "nobody") == []


@pytest.mark.parametrize(
    ("quoted", "found"),
    [
        ("We will not close the harbour, whatever the ministry decides.", "s1"),
        ("we will never close the harbour whatever the MINISTRY decides", "s1"),
        ("will not close the harbour", "s1"),
        ("Wir werden den Hafen keinesfalls schließen, sagt Frau Müller", "s2"),
        ("хай що вирішить те міністерство", "s3"),
        ("порт", "s3"),
        ('The "bridge is another matter", he said', "s4"),
        ('"it isn\'t safe" "', "s4"),
        ("A quite different remark about the weather in spring", ""),
        ("", ""),
    ],
)
def test_near_copies_are_found_in_spite_of_changes(shelf, quoted, found):
    assert ids(find_near_copies(shelf, quoted))[:1] == found.split()


def test_a_long_quotation_is_found_by_any_stretch_of_it(record, make):
    words = " ".join(f"word{i} says{i * 7}" for i in range(400))
    middle = words[3000:3400]
    make.store(record, make.report("r1"), make.statement("s1", "r1", middle))
    assert ids(find_near_copies(record, words)) == ["s1"]
