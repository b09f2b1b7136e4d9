"""The record of examples/ against its gold record: `python benchmarks/examples.py`.

Prints every figure beside its floor (benchmarks/floors.toml), and fails where one is below it.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from contextlib import closing
from pathlib import Path

from benchmarks.gold import Gold, score_record
from onrecord import pipeline
from onrecord.record.connection import open_record
from onrecord.settings import Settings

ROOT = Path(__file__).parent.parent
MUST_NOT_GROW = ("extra", "apart", "wrong_dates")


def score_examples(folder: Path, *, examples: Path = ROOT / "examples") -> dict[str, float]:
    """Reads the examples into a new record in `folder` and scores it."""
    encoder = pipeline.load_encoder(Settings())
    with closing(open_record(folder / "record.db")) as connection:
        paths = [str(examples / "reports")]
        pipeline.add_reports(connection, paths, encoder, progress=lambda done, path: None)
        return score_record(connection, Gold.read(examples / "gold.jsonl"))


def read_floors() -> dict[str, float]:
    """The least (or, of what must not grow, the most) that each figure may be."""
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))
    found: dict[str, float] = floors["examples"]
    return found


def holds(name: str, value: float, floor: float) -> bool:
    """Whether a figure keeps to its floor."""
    return value <= floor if name in MUST_NOT_GROW else value >= floor


def main() -> int:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        scores = score_examples(Path(folder))
    floors = read_floors()
    for name, value in scores.items():
        sign = "" if holds(name, value, floors[name]) else "  BELOW ITS FLOOR"
        print(f"{name:12} {value:7.3f}   floor {floors[name]:7.3f}{sign}")
    return 0 if all(holds(name, value, floors[name]) for name, value in scores.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
