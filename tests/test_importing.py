"""`onrecord actors import`, from the command to the export."""

from __future__ import annotations

import json

import pytest

from onrecord.cli import OK, SOME_FAILED, USAGE, main


@pytest.fixture
def run(tmp_path, capsys):
    def go(*arguments):
        code = main(["--record", str(tmp_path / "record.db"), *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def find_anchored(run):
    _, out, _ = run("export", "actors")
    rows = map(json.loads, out.splitlines())
    return {row["wikidata"]: row["name"] for row in rows if row["wikidata"] is not None}


def test_an_imported_list_anchors_and_survives(run, few_reports, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,aliases,wikidata\nLiv Aramand,Лів Араманд,Q101\nMarit Ostrell,,Q102\n")
    assert run("add", few_reports)[0] == OK
    code, out, err = run("actors", "import", people)
    assert (code, err) == (OK, "")
    assert "2 new" in out
    anchored = find_anchored(run)
    assert anchored == {"Q101": "Liv Aramand", "Q102": "Marit Ostrell"}
    assert run("rebuild")[0] == OK
    assert find_anchored(run) == anchored
    assert "0 new, 0 changed" in run("actors", "import", people)[1]


def test_what_can_not_be_read_is_said_in_one_line_each(run, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("name,wikidata\nMira Holt,Q1\nAnna Sand,X\nMira Holt,Q3\n")
    code, out, err = run("actors", "import", people)
    assert code == SOME_FAILED
    assert err.splitlines() == [f"onrecord: {people}#3: “X” is not a Wikidata id such as Q42"]
    assert "“Mira Holt” is a name of several entries" in out


@pytest.mark.parametrize("arguments", [("import",), ("import", "nowhere.csv")])
def test_nothing_to_import(run, arguments):
    code, out, err = run("actors", *arguments)
    assert code == USAGE
    assert out == ""
    assert len(err.splitlines()) == 1
