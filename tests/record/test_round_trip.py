"""Whatever is written is read back equal: any text but lone surrogates, any nesting."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, get_args, get_origin, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tests.linked import write_links

from onrecord.domain import (
    Actor,
    Answer,
    Failure,
    Links,
    Report,
    Statement,
    Story,
    Tagging,
    Utterance,
    Words,
    make_id,
)
from onrecord.record.columns import from_columns, from_plain, to_columns, to_plain
from onrecord.record.connection import open_record
from onrecord.record.queries import (
    get_report,
    get_statement,
    get_tagging,
    list_actors,
    list_answers,
    list_stories,
    list_utterances,
    statements_with_vectors,
)
from onrecord.record.search import search_reports, search_statements
from onrecord.record.state import list_failures
from onrecord.record.writes import replace_report, write_failure, write_report

FULL_TEXT = ("report_search", "statement_search", "statement_trigrams", "actor_search")

STORING = settings(deadline=None, max_examples=30)

TEXT = st.text(max_size=12)
SCORE = st.floats(allow_nan=False, allow_infinity=False)
PLACE = st.integers(0, 10**6)
SPANS = st.lists(st.tuples(PLACE, PLACE), min_size=1, max_size=3).map(tuple)
VECTOR = st.none() | arrays(np.float32, 4, elements=st.floats(width=32, allow_nan=False))
SIMPLE = {str: TEXT, float: SCORE, int: PLACE, bool: st.booleans(), type(None): st.none()}


@cache
def things(kind):
    """Any values of a type of the domain, small and nested as its fields say."""
    origin, parts = get_origin(kind), get_args(kind)
    if kind in SIMPLE:
        return SIMPLE[kind]
    if kind is Words:
        return st.builds(Words, TEXT, SPANS)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        names = [field.name for field in fields(kind)]
        return st.builds(
            kind,
            **{name: VECTOR if name.endswith("vector") else things(hints[name]) for name in names},
        )
    if origin is tuple and parts[-1] is Ellipsis:
        return st.lists(things(parts[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(things, parts))
    return st.from_type(kind) if origin is Literal else st.one_of(*map(things, parts))


def same_vector(one, other):
    return (one is None) == (other is None) and (one is None or np.array_equal(one, other))


def check_indexes(record):
    for table in FULL_TEXT:
        record.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


@pytest.mark.parametrize("kind", [Report, Statement, Actor, Story, Utterance, Answer, Failure])
@STORING
@given(data=st.data())
def test_columns_and_json_give_back_what_they_were_given(kind, data):
    thing = data.draw(things(kind))
    assert from_columns(kind, to_columns(thing)) == thing
    assert from_plain(kind, to_plain(thing)) == thing


@STORING
@given(
    report=things(Report),
    tagging=things(Tagging),
    statements=st.lists(things(Statement), max_size=3, unique_by=lambda s: s.id),
    other=st.lists(things(Statement), max_size=3, unique_by=lambda s: s.id),
)
def test_a_report_is_read_back(report, tagging, statements, other):
    tagging = replace(tagging, report=report.id)
    statements = [replace(s, report=report.id, id=make_id(s.id)) for s in statements]
    other = [replace(statement, report=report.id) for statement in other]
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "r.db")) as record:
        write_report(record, report, tagging, other, model="m")
        replace_report(record, report, tagging, statements, model="m")
        assert get_report(record, report.id) == report
        stored = get_tagging(record, report.id).tagging
        assert stored == tagging
        assert same_vector(stored.vector, tagging.vector)
        for one, two in zip(stored.attributions, tagging.attributions, strict=True):
            assert same_vector(one.vector, two.vector)
        for statement in statements:
            assert get_statement(record, statement.id) == statement
            assert same_vector(get_statement(record, statement.id).vector, statement.vector)
        found = statements_with_vectors(record, [statement.id for statement in statements])
        assert len(found) == len(statements)
        check_indexes(record)
        search_reports(record, report.text)
        search_statements(record, report.text)


@STORING
@given(data=st.data(), links=things(Links), later=things(Links))
def test_links_are_read_back(data, links, later):
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "r.db")) as record:
        for one in ("r1", "r2"):
            report = Report(one, one, one, "Text.", "en", ())
            statement = data.draw(things(Statement))
            statement = replace(statement, id=f"s{one}", report=one)
            write_report(record, report, Tagging(one, (), ()), [statement], model="m")
        for drawn in (links, later):
            fitted = fit_links(drawn, data.draw)
            write_links(record, fitted)
            assert not write_links(record, fitted)
            assert {a.id: a for a in list_actors(record)} == {a.id: a for a in fitted.actors}
            assert {s.id: s for s in list_stories(record)} == {s.id: s for s in fitted.stories}
            found = {u.id: u for u in list_utterances(record)}
            assert found == {u.id: u for u in fitted.utterances}
            assert set(list_answers(record)) == set(fitted.answers)
            check_indexes(record)


def fit_links(links, draw):
    """The links with the ids that they name made to be there."""
    reports, statements = st.sampled_from(["r1", "r2"]), st.sampled_from(["sr1", "sr2"])
    mentions = {(draw(reports), name): a for a in links.actors for _, name in a.mentions}
    actors = {a.id: a for a in links.actors} or {"a": Actor("a", "A", "group", (), (), ())}
    owned = {one: [m for m, owner in mentions.items() if owner.id == one] for one in actors}
    # Ids are hashes: no character of them means anything to SQLite's JSON.
    actors = {
        make_id(one): replace(a, id=make_id(one), mentions=tuple(owned[one]))
        for one, a in actors.items()
    }
    owners = {m: one for one, a in actors.items() for m in a.mentions}
    actors = {
        one: replace(a, mentions=tuple(m for m in a.mentions if owners[m] == one))
        for one, a in actors.items()
    }
    actors = {
        one: a if a.mentions else replace(a, mentions=((draw(reports), f"only {one}"),))
        for one, a in actors.items()
    }
    actor = st.sampled_from(sorted(actors))
    stories = {s.id: s for s in links.stories}
    stories = {
        one: replace(s, storyline=draw(st.sampled_from(sorted(stories))), reports=(draw(reports),))
        for one, s in stories.items()
    }
    story = st.none() | st.sampled_from([None, *sorted(stories)])
    drawn = {u.id: u for u in links.utterances}
    other = st.sampled_from([None, *sorted(drawn)])
    utterances = {
        one: replace(
            u,
            speaker=draw(st.none() | actor),
            statements=tuple(draw(st.lists(statements, min_size=1))),
            best=draw(statements),
            story=draw(story),
            repeats=draw(other),
            renderings=tuple(
                replace(r, utterance=one, statement=draw(statements)) for r in u.renderings
            ),
            possible=tuple((one, score) for _, score in u.possible),
        )
        for one, u in drawn.items()
    }
    answers = tuple(
        replace(
            a,
            utterance=draw(st.sampled_from(sorted(utterances))),
            to=draw(other),
            to_actor=draw(actor),
            statement=draw(statements),
        )
        for a in links.answers
        if utterances
    )
    parts = (actors.values(), stories.values(), utterances.values())
    return Links(*map(tuple, parts), answers)


@STORING
@given(failure=things(Failure))
def test_failures_are_read_back(failure):
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "r.db")) as record:
        write_failure(record, failure)
        write_failure(record, failure)
        assert [stored.failure for stored in list_failures(record)] == [failure]
