from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linked import write_links

from onrecord.decisions import (
    Decision,
    Effect,
    Outcome,
    Ruling,
    list_live,
    read_decision,
    to_payload,
)
from onrecord.domain import Mention
from onrecord.errors import DecisionError, InputError
from onrecord.record.affairs import load_statements
from onrecord.record.connection import open_record
from onrecord.record.decisions import list_decisions, list_effects, list_shaped
from onrecord.record.queries import (
    get_statement,
    list_statements,
    speakers_by_statement,
)
from onrecord.record.rows import StatementFilter
from onrecord.record.rulings import replay_decisions, write_decision, write_outcome
from onrecord.record.state import is_linked
from onrecord.views.decisions import decision_rows
from onrecord.views.exports import write_jsonl

MERGE = Ruling("merge", "utterances", ("s1", "s2"))
ASSIGN = Ruling("assign", "speakers", ("s1",), speaker=(("r2", "Holt"),))

REPORTS = ("r1", "r2")


def decide(record, ruling, **more):
    return write_decision(record, ruling, **{"who": "me", "why": "", **more})


def test_decisions_are_only_added(linked):
    merge = decide(linked, MERGE, why="same words")
    undo = decide(linked, Ruling("undo", undoes=merge.id), why="they aren't")
    again = decide(linked, MERGE, why="same words")
    assert list_decisions(linked) == [merge, undo, again]
    assert len({merge.id, undo.id, again.id}) == 3
    for sql in ("DELETE FROM decisions", "UPDATE decisions SET who = 'you'"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            linked.execute(sql)


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling("undo", undoes="nothing"),
        Ruling("undo"),
        Ruling("merge", "utterances", ("s1", "s9")),
        Ruling("merge", "stories", ("r1", "r9")),
        Ruling("split", "utterances", ("s1",), ("s9",)),
        Ruling("merge", "actors", (("r1", "Holt"), ("r9", "Holt"))),
        Ruling("assign", "speakers", ("s1",), speaker=(("r9", "Holt"),)),
    ],
)
def test_what_a_decision_names_must_be_there(linked, ruling):
    with pytest.raises(DecisionError):
        decide(linked, ruling)
    assert list_decisions(linked) == []
    assert is_linked(linked)


def test_a_decision_makes_linking_due(linked):
    decide(linked, MERGE)
    assert not is_linked(linked)


LINES = st.text(st.characters(codec="utf-8"), max_size=8)
PAIRS = st.tuples(LINES, LINES)
RULINGS = st.one_of(
    st.builds(lambda one: Ruling("undo", undoes=one), LINES),
    st.builds(
        lambda statements, speaker: Ruling(
            "assign", "speakers", tuple(statements), speaker=tuple(speaker)
        ),
        st.lists(LINES, min_size=1, unique=True),
        st.lists(PAIRS),
    ),
    *(
        st.builds(
            lambda kind, of, members, cut: Ruling(
                kind, of, tuple(members[:cut]), tuple(members[cut:])
            ),
            st.sampled_from(["merge", "split", "assign"]),
            st.sampled_from(sorts),
            st.lists(members, min_size=1, unique=True),
            st.integers(1, 5),
        )
        for sorts, members in (
            (["actors"], PAIRS),
            (["stories", "utterances"], LINES),
        )
    ),
)


@given(ruling=RULINGS, one=LINES, who=LINES, why=LINES)
def test_an_exported_line_is_read_as_the_decision(ruling, one, who, why):
    decision = Decision(one, ruling, who, "2031-03-02T10:00:00+00:00", why)
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "r.db")) as record:
        row = (one, ruling.kind, json.dumps(to_payload(ruling)), who, decision.at, why)
        record.execute(
            "INSERT INTO decisions (id, kind, payload, who, at, why) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        assert list_decisions(record) == [decision]
        stream = io.StringIO()
        write_jsonl(decision_rows(record), stream)
        (line,) = stream.getvalue().splitlines()
        assert read_decision(line) == decision


GOOD = {
    "id": "d1", "kind": "merge", "of": "stories", "together": ["r1", "r2"], "apart": [],
    "speaker": [], "who": "me", "at": "now", "why": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": 3}, "'id'"),
        ({"kind": "join"}, "'join'"),
        ({"of": "speakers"}, "merge of 'speakers'"),
        ({"of": None}, "'of'"),
        ({"together": "r1"}, "'together'"),
        ({"together": []}, "belongs together"),
        ({"apart": ["r1"]}, "belongs together"),
        ({"together": [["r1", "Holt"]]}, "id of a report"),
        ({"of": "actors"}, "with a name"),
        ({"of": "actors", "together": [["r1", "Holt", "x"]]}, "with a name"),
        ({"kind": "undo"}, "'undoes'"),
    ],
)
def test_lines_that_are_no_decisions_are_refused(change, reason):
    assert read_decision(json.dumps(GOOD)).ruling == Ruling("merge", "stories", ("r1", "r2"))
    with pytest.raises(InputError, match=reason):
        read_decision(json.dumps({**GOOD, **change}))


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '"merge"', "{}"])
def test_lines_that_are_no_objects_are_refused(line):
    with pytest.raises(InputError):
        read_decision(line)


def make(*undone):
    """Decisions named 0, 1, 2 …, each a merge or the undoing of an earlier one."""
    rulings = [MERGE if one is None else Ruling("undo", undoes=str(one)) for one in undone]
    return [Decision(str(i), ruling, "me", "now") for i, ruling in enumerate(rulings)]


@pytest.mark.parametrize(
    ("undone", "live"),
    [
        ((None, None), "01"),
        ((None, 0), "1"),
        ((None, 0, 1), "02"),
        ((None, 0, 1, 2), "13"),
        ((None, 0, 0), "12"),
        ((None, 0, 0, 1), "23"),
        ((None, None, 0), "12"),
    ],
)
def test_an_undo_that_is_undone_undoes_nothing(undone, live):
    assert "".join(one.id for one in list_live(make(*undone))) == live


def test_a_replay_keeps_ids_and_changes_nothing_twice(linked, make_other):
    first, second = decide(linked, MERGE, why="same"), decide(linked, ASSIGN)
    undo = decide(linked, Ruling("undo", undoes=first.id))
    other = make_other("r1", "r2")
    replayed = replay_decisions(other, list_decisions(linked))
    assert replayed.new == (first.id, second.id, undo.id)
    assert list_decisions(other) == list_decisions(linked)
    again = replay_decisions(other, list_decisions(linked))
    assert (again.new, again.known) == ((), (first.id, second.id, undo.id))


def test_what_a_record_lacks_is_refused_and_the_rest_goes_in(linked, make_other):
    first = decide(linked, MERGE)
    undo = decide(linked, Ruling("undo", undoes=first.id))
    story = decide(linked, Ruling("split", "stories", ("r1",)))
    other = make_other("r1")
    replayed = replay_decisions(other, list_decisions(linked))
    assert replayed.new == (story.id,)
    refused = dict(replayed.refused)
    assert "s2" in refused[first.id]
    assert first.id in refused[undo.id]


def test_another_decision_under_a_known_id_is_refused(linked):
    first = decide(linked, MERGE)
    forged = Decision(first.id, ASSIGN, "you", first.at)
    replayed = replay_decisions(linked, [forged])
    assert [one for one, _ in replayed.refused] == [first.id]
    assert list_decisions(linked) == [first]


@pytest.fixture
def make_other(tmp_path, make):
    connections = []

    def other(*reports):
        record = open_record(tmp_path / "other.db")
        connections.append(record)
        for one in reports:
            make.store(record, make.report(one), make.statement(f"s{one[1:]}", one))
        return record

    yield other
    for connection in connections:
        connection.close()


def test_effects_are_read_back_and_replaced(linked):
    first, second = decide(linked, MERGE), decide(linked, ASSIGN)
    pairs = ((("r1", "Holt"),), (("r2", "Holt"), ("r2", "Mira Holt")))
    effects = (
        Effect(first.id, "applied", ("u1",), (("s1",), ("s2",)), 0.83),
        Effect(second.id, "applied", ("s1", "u1"), pairs),
    )
    write_outcome(linked, Outcome(effects), REPORTS)
    assert list_effects(linked) == {one.decision: one for one in effects}
    assert list_shaped(linked) == {"u1": [first.id, second.id], "s1": [second.id]}
    lapsed = Effect(first.id, "lapsed")
    write_outcome(linked, Outcome((lapsed,)), REPORTS)
    assert list_effects(linked) == {first.id: lapsed, second.id: effects[1]}


def test_a_given_speaker_is_read_and_the_printed_one_kept(linked, make):
    given = make.statement("s1", "r1", speaker=Mention("Harbour Union", "organisation", "decided"))
    write_outcome(linked, Outcome(statements=(given,)), REPORTS)
    assert get_statement(linked, "s1").speaker == given.speaker
    assert [s.speaker.name for s in list_statements(linked)] == ["Harbour Union", "Holt"]
    read = load_statements(linked, REPORTS)
    assert [s.speaker.name for s in read] == ["Holt", "Holt"]
    write_outcome(linked, Outcome(), ["r2"])
    assert get_statement(linked, "s1").speaker == given.speaker
    write_outcome(linked, Outcome(), ["r1"])
    assert get_statement(linked, "s1").speaker.name == "Holt"


@pytest.mark.parametrize(
    ("speaker", "expected"), [("Mira Holt", {"s1": "a3", "s2": "a1"}), (None, {"s2": "a1"})]
)
def test_filters_go_by_the_given_speaker(linked, make, speaker, expected):
    links = make.links()
    mentions = (("r1", "Mira Holt"),)
    more = replace(links.actors[0], id="a3", mentions=mentions, names=())
    write_links(linked, replace(links, actors=(*links.actors, more)))
    mention = None if speaker is None else Mention(speaker, "person", "decided")
    given = make.statement("s1", "r1", speaker=mention)
    write_outcome(linked, Outcome(statements=(given,)), REPORTS)
    assert speakers_by_statement(linked) == expected
    for actor in ("a1", "a3"):
        found = [s.id for s in list_statements(linked, StatementFilter(speaker=actor))]
        assert found == [s for s, one in expected.items() if one == actor]
