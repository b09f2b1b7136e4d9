"""Who is who across reports: pairs and small sets, half of them near misses.

    python -m benchmarks.actors

Prints how many sets of tests/linking/actors.jsonl come out right, with the pairs that were merged
wrongly and those that were missed; with -v the sets that don't. A row has what it is about, who is
`seen` (each in a report of its own of one story, unless it says otherwise) and a letter each for
the actor that it is.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from onrecord.domain import Mention
from onrecord.linking.actors import UNNAMED, Sighting, link_actors

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests/linking/actors.jsonl"
MUST_NOT_GROW = ("wrong_merges", "missed")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one row: pairs that were merged wrongly, and pairs that were missed."""

    row: Mapping[str, Any]
    wrong: int
    missed: int


def read_rows(path: Path = TABLE) -> list[dict[str, Any]]:
    """The rows of the table."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def make_sighting(seen: Mapping[str, Any], number: int) -> Sighting:
    """One entry of a row; the names of its keys are those of `rows`' entries."""
    unnamed = seen.get("unnamed", False)
    descriptions = (seen["name"],) if unnamed else tuple(seen.get("says", ()))
    report = seen.get("report", f"r{number}")
    return Sighting(
        report=report,
        language=seen["language"],
        story=seen.get("story", "s"),
        order=(seen.get("on", "2026-03-03"), report),
        mention=Mention(
            seen["name"],
            seen.get("type", "person"),
            UNNAMED if unnamed else "name",
            descriptions=descriptions,
        ),
        storyline=seen.get("line", ""),
        indefinite=seen.get("indefinite", False),
        explained=tuple((short, full) for short, full in seen.get("explained", ())),
    )


def judge_row(row: Mapping[str, Any]) -> Result:
    """Links what a row has and compares each pair with the row's letters."""
    sightings = [make_sighting(seen, number) for number, seen in enumerate(row["seen"])]
    actors = {key: actor.id for actor in link_actors(sightings) for key in actor.mentions}
    found = [actors[sighting.key] for sighting in sightings]
    pairs = list(combinations(range(len(found)), 2))
    same = [(row["actors"][i] == row["actors"][j], found[i] == found[j]) for i, j in pairs]
    return Result(row, same.count((False, True)), same.count((True, False)))


def score_rows(results: Sequence[Result]) -> dict[str, float]:
    """Shares of rows that are right, of all and of the near misses; counts of wrong pairs."""
    near = [result for result in results if result.row["near_miss"]]
    return {
        "right": _share(results),
        "near_misses": _share(near),
        "wrong_merges": sum(result.wrong for result in results),
        "missed": sum(result.missed for result in results),
    }


def _share(results: Sequence[Result]) -> float:
    return sum(not (result.wrong or result.missed) for result in results) / len(results)


def main() -> int:
    """Print the table."""
    results = [judge_row(row) for row in read_rows()]
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))["actors"]
    good = True
    for name, value in score_rows(results).items():
        holds = value <= floors[name] if name in MUST_NOT_GROW else value >= floors[name]
        good = good and holds
        sign = "" if holds else "  BELOW ITS FLOOR"
        print(f"{name:12} {value:7.3f}   floor {floors[name]:7.3f}{sign}")
    if "-v" in sys.argv:
        for result in results:
            if result.wrong or result.missed:
                print(f"{result.wrong} wrong, {result.missed} missed: {result.row['what']}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
