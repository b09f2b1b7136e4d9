from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.linked import write_links

from onrecord.decisions import Decision, Effect, Outcome, Ruling
from onrecord.domain import (
    Act,
    Actor,
    Answer,
    Basis,
    Links,
    Mention,
    Party,
    Rendering,
    Report,
    Statement,
    Story,
    Tagging,
    Utterance,
    Words,
    Zone,
)
from onrecord.record.connection import open_record
from onrecord.record.rulings import replay_decisions, write_outcome
from onrecord.record.writes import write_report
from onrecord.views.columns import COLUMNS, EXPORTS, pick_value
from onrecord.views.exports import export_rows, write_csv, write_jsonl

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

TEXT = (
    "Harbour stays open\n"
    "Mayor Mira Holt told the Harbour Union by radio on Tuesday: “We will not close it.”"
)
TEXT_DE = "Holt sagte, man werde ihn nicht schließen."


def at(text: str, *words: str) -> Words:
    spans = [(text.index(word), text.index(word) + len(word)) for word in words]
    return Words.of(text, *spans)


HOLT = Mention("Mira Holt", "person", "name")
UNION = Mention("Harbour Union", "organisation", "name")
REPORTS = (
    Report(
        id="r1",
        path="=courier.txt",
        sha256="0a",
        text=TEXT,
        language="en",
        zones=(Zone("title", (0, 18)), Zone("body", (19, len(TEXT)))),
        title="Harbour stays open",
        outlet="Courier",
        published="2031-03-04",
        published_basis=Basis("meta"),
        url="courier/1",
    ),
    Report(id="r2", path="b.txt", sha256="0b", text=TEXT_DE, language="de", zones=()),
)
STATEMENTS = (
    Statement(
        id="s1",
        report="r1",
        kind="direct",
        content=at(TEXT, "We will", "not close it."),
        cue=at(TEXT, "told"),
        source=at(TEXT, "Mayor Mira Holt"),
        speaker=HOLT,
        via=(Party(at(TEXT, "Harbour Union"), UNION), Party(at(TEXT, "radio"))),
        addressee=Party(at(TEXT, "the Harbour Union"), UNION),
        channel=at(TEXT, "by radio"),
        place=at(TEXT, "Harbour"),
        said_on="2031-03-03",
        said_on_basis=Basis("weekday", at(TEXT, "on Tuesday")),
        act=Act("reject", "Harbour Union"),
        confidence=0.123456789,
    ),
    Statement(
        id="s2",
        report="r2",
        kind="indirect",
        content=at(TEXT_DE, "man werde ihn nicht schließen"),
        speaker=Mention("Holt", "person", "name"),
        act=Act("promise", "jemand"),
    ),
    Statement(id="s3", report="r2", kind="indirect", content=at(TEXT_DE, "man")),
)
LINKS = Links(
    actors=(
        Actor(
            "a1",
            "Mira Holt",
            "person",
            (("en", "Mira Holt"), ("de", "Holt"), ("en", "Holt")),
            ("mayor",),
            (("r1", "Mira Holt"), ("r2", "Holt")),
        ),
        Actor("a2", "Harbour Union", "organisation", (), (), (("r1", "Harbour Union"),)),
    ),
    stories=(Story("y1", "Harbour", ("r1",), ("en",), "2031-03-04", None, "y1"),),
    utterances=(
        Utterance(
            "u1",
            "a1",
            "2031-03-03",
            ("s1", "s2"),
            "s1",
            "y1",
            (
                Rendering("s1", "u1", "verbatim", ((10, 20),)),
                Rendering("s2", "u1", "translated", ((12, 41),), ("weaker",)),
            ),
            possible=(("u2", 0.75),),
        ),
        Utterance(
            "u2", None, None, ("s2",), "s2", None,
            (Rendering("s2", "u2", "paraphrased", ((12, 15),)),), repeats="u1",
        ),
    ),
    answers=(Answer("u2", "u1", "a1", "s2", at(TEXT_DE, "sagte")),),
)  # fmt: skip


HOLTS = (("r1", "Mira Holt"), ("r2", "Holt"))
DECISIONS = (
    Decision("d1", Ruling("merge", "actors", HOLTS), "me", "2031-03-05", "one and the same"),
    Decision("d2", Ruling("split", "utterances", ("s1",), ("s2", "s3")), "me", "2031-03-06"),
    Decision("d3", Ruling("assign", "speakers", ("s2",), speaker=HOLTS[:1]), "you", "2031-03-07"),
    Decision("d4", Ruling("undo", undoes="d2"), "you", "2031-03-08"),
)
EFFECTS = (
    Effect("d1", "applied", ("a1",), ((HOLTS[0],), (HOLTS[1],))),
    Effect("d2", "undone", (), (("s1",), ("s2", "s3")), 0.83456),
    Effect("d3", "agrees", ("s2",), ((HOLTS[1],),)),
    Effect("d4", "applied"),
)


def fill(path, reports=REPORTS, links=LINKS):
    connection = open_record(path)
    for report in reports:
        own = [one for one in STATEMENTS if one.report == report.id]
        write_report(connection, report, Tagging(report.id, (), ()), own, model="m")
    if links is not None:
        replay_decisions(connection, DECISIONS)
        write_links(connection, links)
        write_outcome(connection, Outcome(EFFECTS), ())
    return connection


@pytest.fixture
def record(tmp_path):
    connection = fill(tmp_path / "record.db")
    yield connection
    connection.close()


def read_schema(what):
    return json.loads((SCHEMAS / f"{what}.json").read_text(encoding="utf-8"))


def list_faults(row, schema):
    return [error.message for error in Draft202012Validator(schema).iter_errors(row)]


def dump(connection, what):
    stream = io.StringIO()
    write_jsonl(export_rows(connection, what), stream)
    return stream.getvalue()


def key_orders(row, schema):
    """The keys of a row and of what it holds, beside those of the schema."""
    if isinstance(row, dict) and "properties" in schema:
        yield list(row), list(schema["properties"])
        for key, value in row.items():
            yield from key_orders(value, schema["properties"][key])
    elif isinstance(row, list):
        for value in row:
            yield from key_orders(value, schema.get("items", {}))


@pytest.mark.parametrize("what", EXPORTS)
def test_rows_are_what_the_schema_says(record, what):
    schema = read_schema(what)
    rows = list(export_rows(record, what))
    assert rows
    for row in rows:
        assert list_faults(row, schema) == []
        assert all(keys == wanted for keys, wanted in key_orders(row, schema))


@pytest.mark.parametrize("what", EXPORTS)
def test_the_schemas_refuse_what_is_not_a_row(record, what):
    schema = read_schema(what)
    Draft202012Validator.check_schema(schema)
    row = next(export_rows(record, what))
    for key in row:
        assert list_faults({other: row[other] for other in row if other != key}, schema)
        assert list_faults({**row, key: {"odd": 1}}, schema)
    assert list_faults({**row, "odd": 1}, schema)


def test_a_full_statement(record):
    row = next(iter(export_rows(record, "statements")))
    assert row["report"] == {
        "id": "r1",
        "path": "=courier.txt",
        "title": "Harbour stays open",
        "outlet": "Courier",
        "language": "en",
        "published": "2031-03-04",
    }
    assert row["content"]["text"] == "We will … not close it."
    assert [TEXT[start:end] for start, end in row["content"]["spans"]] == [
        "We will",
        "not close it.",
    ]
    assert row["speaker"] == {"id": "a1", "name": "Mira Holt", "type": "person"}
    assert [(party["text"], party["actor"]) for party in row["via"]] == [
        ("Harbour Union", "a2"),
        ("radio", None),
    ]
    assert row["addressee"]["actor"] == "a2"
    assert row["said_on_basis"]["rule"] == "weekday"
    assert row["said_on_basis"]["text"] == "on Tuesday"
    assert row["act"] == {"code": "reject", "target": {"id": "a2", "name": "Harbour Union"}}
    assert row["confidence"] == 0.1235
    assert (row["story"], row["utterance"]) == ("y1", "u1")


def test_what_is_not_known_is_null(record):
    _, second, third = export_rows(record, "statements")
    assert second["act"]["target"] == {"id": None, "name": "jemand"}
    assert second["speaker"] == {"id": "a1", "name": "Mira Holt", "type": "person"}
    empty = ("cue", "source", "speaker", "addressee", "said_on", "said_on_basis", "act", "story")
    assert [third[key] for key in (*empty, "utterance")] == [None] * 9
    assert (third["via"], third["renders"]) == ([], [])


def test_a_statement_renders_first_what_it_mainly_renders(record):
    row = list(export_rows(record, "statements"))[1]
    assert row["utterance"] == "u1"
    assert [(one["utterance"], one["rendering"], one["flags"]) for one in row["renders"]] == [
        ("u1", "translated", ["weaker"]),
        ("u2", "paraphrased", []),
    ]


def test_the_other_exports(record):
    reports = {row["id"]: row for row in export_rows(record, "reports")}
    assert reports["r1"]["published_basis"] == {"text": None, "spans": [], "rule": "meta"}
    assert reports["r1"]["zones"][0] == {"kind": "title", "span": [0, 18]}
    assert reports["r2"]["published_basis"] is None
    actors = {row["id"]: row for row in export_rows(record, "actors")}
    assert actors["a1"]["names"] == {"de": ["Holt"], "en": ["Mira Holt", "Holt"]}
    utterances = {row["id"]: row for row in export_rows(record, "utterances")}
    assert utterances["u1"]["possible"] == [{"utterance": "u2", "score": 0.75}]
    assert utterances["u2"]["repeats"] == "u1"
    (answer,) = export_rows(record, "answers")
    assert answer["from"] == "u2"
    assert answer["basis"] == {"statement": "s2", "text": "sagte", "spans": [[5, 10]]}


def test_decisions_are_told_in_words(record):
    rows = list(export_rows(record, "decisions"))
    assert [row["what"] for row in rows] == [
        "Mira Holt and Holt: one actor",
        "“We will … not close it.”: one utterance, another than “man werde ihn nicht schließen” "
        "and “man”",
        "“man werde ihn nicht schließen”: said by Mira Holt",
        "undoes d2",
    ]
    assert [row["machine"]["text"] for row in rows] == [
        "keeps them apart",
        "keeps them apart (likeness 0.83)",
        "read Holt",
        "",
    ]
    assert rows[0]["together"] == [["r1", "Mira Holt"], ["r2", "Holt"]]
    assert (rows[3]["of"], rows[3]["undoes"]) == (None, "d2")
    assert rows[1]["machine"]["likeness"] == 0.8346


def test_rows_name_the_decisions_that_shaped_them(record):
    marks = {
        row["id"]: row["decided"]
        for what in ("statements", "stories", "utterances", "actors")
        for row in export_rows(record, what)
    }
    assert {one: marks[one] for one in marks if marks[one]} == {"a1": ["d1"], "s2": ["d3"]}


def test_before_linking_speakers_have_their_printed_names(tmp_path):
    connection = fill(tmp_path / "unlinked.db", links=None)
    row = next(export_rows(connection, "statements"))
    assert row["speaker"] == {"id": None, "name": "Mira Holt", "type": "person"}
    assert list_faults(row, read_schema("statements")) == []
    connection.close()


def test_an_empty_record_exports_nothing(tmp_path):
    connection = open_record(tmp_path / "empty.db")
    assert [list(export_rows(connection, what)) for what in EXPORTS] == [[]] * 7
    connection.close()


@pytest.mark.parametrize("what", EXPORTS)
def test_exports_do_not_depend_on_the_order_of_adding(record, tmp_path, what):
    other = fill(tmp_path / "other.db", reports=REPORTS[::-1])
    assert dump(record, what) == dump(record, what) == dump(other, what)
    other.close()


@given(text=st.text() | st.text(alphabet='\x0b\x0c\x1c\x85\u2028\u2029\r\n"\\a'))
def test_each_object_is_one_line_to_any_reader(text):
    stream = io.StringIO()
    write_jsonl([{"text": text}] * 2, stream)
    lines = stream.getvalue().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [text, text]


def read_csv(connection, what):
    stream = io.StringIO(newline="")
    write_csv(export_rows(connection, what), stream, what=what)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def leaf_columns(schema, path=()):
    """The dotted paths that the schema has room for: objects opened, all else one column."""
    for key, part in schema["properties"].items():
        if "properties" in part:
            yield from leaf_columns(part, (*path, key))
        else:
            yield ".".join((*path, key))


@pytest.mark.parametrize("what", EXPORTS)
def test_the_columns_hold_all_of_a_row(record, what):
    assert list(COLUMNS[what]) == list(leaf_columns(read_schema(what)))
    rows = list(export_rows(record, what))
    for row, cells in zip(rows, read_csv(record, what), strict=True):
        for column, cell in cells.items():
            value = pick_value(row, column)
            if value is None:
                assert cell == ""
            elif isinstance(value, list | dict):
                assert json.loads(cell) == value
            else:
                assert cell.removeprefix("'") == str(value)


def test_the_heading_is_there_without_rows(tmp_path):
    stream = io.StringIO()
    write_csv([], stream, what="answers")
    assert stream.getvalue() == "from,to,to_actor,basis.statement,basis.text,basis.spans\n"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-2 degrees", "'-2 degrees"),
        ("@all", "'@all"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("1 = 1", "1 = 1"),
        ("– no", "– no"),
        ("a\nb;\"c\",d", "a\nb;\"c\",d"),
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(text, cell):
    stream = io.StringIO(newline="")
    story = {"id": "y", "title": text, "reports": [], "languages": [], "first": None, "last": None}
    write_csv([{**story, "storyline": "y", "decided": []}], stream, what="stories")
    _, row = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert row[1] == cell
