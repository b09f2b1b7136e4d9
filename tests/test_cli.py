from __future__ import annotations

import argparse
import io
import json
from pathlib import Path

import pytest
from docs.write_cli_reference import write_reference

from onrecord.cli import build_parser, main, show_progress
from onrecord.views.columns import EXPORTS
from tests.conftest import EXAMPLES, ROOT


def list_commands() -> dict[str, argparse.ArgumentParser]:
    for action in build_parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("no commands")


@pytest.mark.parametrize("name", list_commands())
def test_every_command_and_argument_has_help(name, capsys):
    command = list_commands()[name]
    assert command.description
    with pytest.raises(SystemExit) as stopped:
        main([name, "--help"])
    assert stopped.value.code == 0
    assert command.description[:30] in capsys.readouterr().out.replace("\n", " ")


def test_the_reference_is_up_to_date():
    assert (ROOT / "docs/cli.md").read_text(encoding="utf-8") == write_reference()


def run(record: Path, *arguments: str) -> int:
    return main(["--record", str(record), *arguments])


def test_adding_prints_a_summary_and_fails_at_the_end(tmp_path, capsys):
    bad = tmp_path / "empty.txt"
    bad.write_text("")
    good = EXAMPLES / "reports" / "weathercock.txt"
    assert run(tmp_path / "record.db", "add", str(bad), str(good)) == 1
    printed = capsys.readouterr()
    assert "Added 1 new report and 1 that could not be read." in printed.out
    assert printed.err.count("\n") == 1
    assert str(bad) in printed.err
    assert all(len(line) <= 80 for line in printed.out.splitlines() if str(tmp_path) not in line)


@pytest.mark.parametrize("what", EXPORTS)
def test_exports_are_json_lines(examples_record, capsys, what):
    assert run(examples_record, "export", what) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert rows or what == "decisions"


@pytest.mark.parametrize("what", ["stories", "statements", "actors", "utterances"])
def test_lists_fit_eighty_columns(examples_record, capsys, what):
    assert run(examples_record, what) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) > 3
    assert all(len(line) <= 80 for line in lines)


def test_statements_can_be_filtered(examples_record, capsys):
    run(examples_record, "statements", "--format", "jsonl", "--language", "uk")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["report"]["language"] for row in rows} == {"uk"}


def test_comparing_shows_all_renderings(examples_record, capsys):
    run(examples_record, "export", "utterances")
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    widest = max(rows, key=lambda row: len(row["statements"]))
    assert run(examples_record, "compare", widest["id"][:8]) == 0
    printed = capsys.readouterr().out
    assert printed.count("[") >= len(widest["statements"])


def test_comparing_what_there_is_not(examples_record, capsys):
    assert run(examples_record, "compare", "nothing") == 2
    assert "no utterance" in capsys.readouterr().err


def test_checking_the_very_words(examples_record, capsys):
    words = "I would have walked my own children across it, and I did"
    arguments = ("check", words, "--by", "Liv Aramand", "--format", "json")
    assert run(examples_record, *arguments) == 0
    verdict = json.loads(capsys.readouterr().out)
    assert verdict["speaker"]["name"] == "Liv Aramand"
    assert verdict["verdict"] in ("verbatim", "trimmed")
    assert verdict["reports"]


def test_checking_what_nobody_said(examples_record, capsys):
    assert run(examples_record, "check", "The moon will be closed for repairs until Friday") == 1
    assert capsys.readouterr().out.startswith("not in the record")


def test_a_dossier_is_written(examples_record, tmp_path, capsys):
    page = tmp_path / "new" / "dossier.html"
    assert run(examples_record, "dossier", "-o", str(page)) == 0
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_the_doctor_finds_all_sound(examples_record, capsys):
    assert run(examples_record, "doctor") == 0
    assert "damaged" not in capsys.readouterr().out


def test_a_record_that_is_not_there(tmp_path, capsys):
    assert run(tmp_path / "none.db", "summary") == 2
    assert "none.db" in capsys.readouterr().err


def test_a_misspelt_setting(monkeypatch, capsys):
    monkeypatch.setenv("ONRECORD_RECROD", "x.db")
    assert main(["summary"]) == 2
    assert "ONRECORD_RECROD" in capsys.readouterr().err


def test_progress_is_silent_in_a_pipe():
    pipe = io.StringIO()
    show_progress(pipe)(3, "a.txt")
    assert pipe.getvalue() == ""
