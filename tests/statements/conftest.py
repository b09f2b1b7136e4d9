"""The reader of marked text as a fixture, since test modules can't import one another."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from benchmarks.marked import parse_marked

from onrecord.domain import Report, Tagging


@pytest.fixture(scope="session")
def read_marked() -> Callable[..., tuple[Report, Tagging]]:
    """The function `parse_marked`."""
    return parse_marked
