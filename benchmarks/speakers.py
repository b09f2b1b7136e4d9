"""Who speaks, on the table of made-up sentences: `python -m benchmarks.speakers`.

Prints how many rows of tests/statements/speakers.jsonl come out right, by language and by
construction, then those that don't, and fails where the share of a language is below its floor
(benchmarks/floors.toml). The taggings are given, so that this shows the rules alone.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.marked import parse_marked
from onrecord.domain import Statement
from onrecord.statements.attributions import build_statements

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "statements" / "speakers.jsonl"
FLOORS = ROOT / "benchmarks" / "floors.toml"
Row = Mapping[str, Any]


def read_table(path: Path = TABLE) -> list[Row]:
    """The rows: language, construction, marked text, speakers, and where given the `via`."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_statements(row: Row) -> list[Statement]:
    """The statements of a row's text, in the order of their contents."""
    report, tagging = parse_marked(row["text"], row["language"])
    return sorted(build_statements(report, tagging), key=lambda found: found.content.start)


def is_right(row: Row) -> bool:
    """Whether every statement of a row has the speaker, and came through whom, the row says."""
    statements = read_statements(row)
    speakers = [s.speaker.name if s.speaker is not None else None for s in statements]
    via = [[party.words.text for party in s.via] for s in statements]
    return speakers == row["speakers"] and ("via" not in row or via == row["via"])


def count_right(
    rows: Sequence[tuple[Row, bool]], key: Callable[[Row], str]
) -> dict[str, tuple[int, int]]:
    """How many rows of each kind are right, and how many there are."""
    every = Counter(key(row) for row, _ in rows)
    right = Counter(key(row) for row, found in rows if found)
    return {kind: (right[kind], every[kind]) for kind in sorted(every)}


def main() -> int:
    """Print the tables and the failures."""
    rows = [(row, is_right(row)) for row in read_table()]
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8"))["speakers"]
    low = False
    for language, (right, every) in count_right(rows, lambda row: row["language"]).items():
        floor = floors[language]
        low = low or right / every < floor
        sign = "" if right / every >= floor else "  BELOW ITS FLOOR"
        print(
            f"{language:16} {right:4} of {every:4}  {right / every:6.3f}   floor {floor:.2f}{sign}"
        )
    for kind, (right, every) in count_right(rows, lambda row: row["construction"]).items():
        print(f"{kind:16} {right:4} of {every:4}  {right / every:6.3f}")
    for row, found in rows:
        if not found:
            print(
                f"wrong: {row['language']} {row['text']!r}: {row.get('fails', 'no reason given')}"
            )
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
