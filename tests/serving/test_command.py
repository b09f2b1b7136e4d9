from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli import main
from onrecord.serving import command

ARGUMENTS = ("serve", "--port", "0")


def serve(path: Path, *arguments: str) -> int:
    return main(["--record", str(path), "serve", *arguments])


def test_a_record_that_is_not_there_is_not_made(tmp_path, capsys):
    assert serve(tmp_path / "none.db") == 2
    assert "There is no record at" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize("port", ["-1", "65536"])
def test_a_port_must_be_one(examples_record, capsys, port):
    assert serve(examples_record, "--port", port) == 2
    assert f"{port} is not a port; there are 1 to 65,535" in capsys.readouterr().err


def test_a_port_that_is_taken(examples_record, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert serve(examples_record, "--port", str(port)) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_missing_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "_NEEDED", ("werkzeug", "nothing_of_the_kind"))
    assert serve(tmp_path / "none.db") == 2
    assert "the pages need nothing_of_the_kind: pip install nothing_of_the_kind" in (
        capsys.readouterr().err
    )


def test_a_host_that_is_none_of_ours(examples_record, capsys):
    assert serve(examples_record, "--host", "192.0.2.1") == 2
    assert "can't listen at 192.0.2.1, port 8000" in capsys.readouterr().err


def test_it_serves_until_it_is_stopped(examples_record):
    """As a process of its own: says where it is, and ends quietly on Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "-m", "onrecord", "--record", str(examples_record), *ARGUMENTS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert re.search(r" is at http://127\.0\.0\.1:\d+/ \(Ctrl-C stops it\)\n", line)
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    assert errors == ""
