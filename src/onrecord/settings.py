"""All settings of a run, in one frozen value."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import SettingsError

RECORD = "ONRECORD_RECORD"
WEIGHTS = "ONRECORD_WEIGHTS"
THREADS = "ONRECORD_THREADS"
_KNOWN = (RECORD, WEIGHTS, THREADS)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the record is, which shipped weights read the reports, and on how many threads."""

    record: Path = Path("record.db")
    weights: str = "standard"
    threads: int = 2


def read_settings(
    environment: Mapping[str, str] = os.environ, *, record: Path | None = None
) -> Settings:
    """Settings from the environment; `record` (from the command line) wins over it.

    A variable that is set to nothing is as good as unset.
    Raises SettingsError for an ONRECORD_ variable that there isn't, or a value it can't have.
    """
    unknown = sorted(k for k in environment if k.startswith("ONRECORD_") and k not in _KNOWN)
    if unknown:
        raise SettingsError(f"{unknown[0]}: no such setting; there are {', '.join(_KNOWN)}")
    defaults = Settings()
    threads = environment.get(THREADS) or str(defaults.threads)
    if not threads.isdecimal() or int(threads) < 1:
        raise SettingsError(f"{THREADS}: {threads!r} is not a number of threads")
    return Settings(
        record=record or Path(environment.get(RECORD) or defaults.record),
        weights=environment.get(WEIGHTS) or defaults.weights,
        threads=int(threads),
    )
