"""What the README shows is what the program prints."""

from __future__ import annotations

import re
import shlex

import pytest

from onrecord.cli import main
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)
COMMANDS = [
    (lines[0].removeprefix("$ "), "\n".join(lines[1:]).strip())
    for block in BLOCKS
    for lines in (part.splitlines() for part in re.split(r"\n(?=\$ )", block))
]
OURS = [pair for pair in COMMANDS if pair[0].startswith("onrecord ")]


def test_there_is_something_to_run():
    assert OURS
    assert all(command.split()[0] in ("onrecord", "make") for command, _ in COMMANDS)


@pytest.mark.parametrize(("command", "shown"), OURS, ids=[command for command, _ in OURS])
def test_a_command_prints_what_is_shown(command, shown, examples_record, monkeypatch, capsys):
    monkeypatch.setenv("ONRECORD_RECORD", str(examples_record))
    monkeypatch.chdir(ROOT)
    main(shlex.split(command)[1:])
    printed = capsys.readouterr().out.strip()
    assert printed == shown or (shown.endswith("…") and printed.startswith(shown[:-1].rstrip()))


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_a_link_leads_somewhere(target):
    assert (ROOT / target).exists()
