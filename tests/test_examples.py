"""The examples' record against the gold record, with the floors of benchmarks/floors.toml."""

from __future__ import annotations

from contextlib import closing

import pytest
from benchmarks.examples import holds, read_floors
from benchmarks.gold import Gold, score_record

from onrecord.record.connection import open_record
from tests.conftest import EXAMPLES

FLOORS = read_floors()


@pytest.fixture(scope="module")
def scores(examples_record):
    with closing(open_record(examples_record, read_only=True)) as connection:
        return score_record(connection, Gold.read(EXAMPLES / "gold.jsonl"))


@pytest.mark.parametrize("name", FLOORS)
def test_figure_keeps_to_its_floor(scores, name):
    assert holds(name, scores[name], FLOORS[name]), (name, scores[name], FLOORS[name])


def test_every_figure_has_a_floor(scores):
    assert set(scores) == set(FLOORS)
