from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import SettingsError
from onrecord.settings import Settings, read_settings


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, Settings()),
        ({"HOME": "/x", "onrecord_threads": "x"}, Settings()),
        ({"ONRECORD_RECORD": "a/b.db"}, Settings(record=Path("a/b.db"))),
        ({"ONRECORD_WEIGHTS": "open"}, Settings(weights="open")),
        ({"ONRECORD_THREADS": "7"}, Settings(threads=7)),
        ({"ONRECORD_RECORD": "", "ONRECORD_WEIGHTS": "", "ONRECORD_THREADS": ""}, Settings()),
    ],
)
def test_settings_come_from_the_environment(environment, expected):
    assert read_settings(environment) == expected


def test_the_command_line_wins():
    found = read_settings({"ONRECORD_RECORD": "a.db"}, record=Path("b.db"))
    assert found.record == Path("b.db")


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"ONRECORD_THREAD": "2"}, "ONRECORD_THREAD: no such setting.*ONRECORD_THREADS"),
        ({"ONRECORD_": ""}, "no such setting"),
        ({"ONRECORD_THREADS": "0"}, "ONRECORD_THREADS: '0'"),
        ({"ONRECORD_THREADS": "-1"}, "ONRECORD_THREADS"),
        ({"ONRECORD_THREADS": "two"}, "'two' is not a number"),
        ({"ONRECORD_THREADS": "1.5"}, "ONRECORD_THREADS"),
        ({"ONRECORD_THREADS": "²"}, "ONRECORD_THREADS"),
    ],
)
def test_what_cannot_be_is_named(environment, words):
    with pytest.raises(SettingsError, match=words):
        read_settings(environment)
