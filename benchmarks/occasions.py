"""When something was said: a table of sentences in eight languages and more.

    python -m benchmarks.occasions

Reads tests/statements/occasions.jsonl, in which `[...]` marks the content, `{...}` the cue and
`<...>` the source, and prints for each language the share of rows whose date, words and reason are
all right, beside its floor (benchmarks/floors.toml). Fails where one is below its floor.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from onrecord.domain import Attribution, Report, Span
from onrecord.statements.occasions import Occasion, find_occasion

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "tests" / "statements" / "occasions.jsonl"
_MARKS = {"[": "content", "{": "cue", "<": "source"}

Row = Mapping[str, str | None]


def read_table() -> list[Row]:
    """The rows of the table. A row with `known` is one that is not got right yet, and why."""
    return [json.loads(line) for line in TABLE.read_text(encoding="utf-8").splitlines()]


def read_marks(marked: str) -> tuple[str, list[Attribution]]:
    """The plain text and its attributions, which "|" parts."""
    text, attributions = "", []
    for piece in marked.split("|"):
        spans: dict[str, list[Span]] = defaultdict(list)
        for token in re.split(r"([\[{<][^\]}>]*[\]}>])", piece):
            inside = token[1:-1] if token[:1] in _MARKS and len(token) > 1 else token
            if inside != token:
                spans[_MARKS[token[0]]].append((len(text), len(text) + len(inside)))
            text += inside
        content, cue, source = (tuple(spans[name]) for name in ("content", "cue", "source"))
        attributions.append(Attribution(content=content, cue=cue, source=source))
    return text, attributions


def make_report(text: str, language: str, published: str | None) -> Report:
    """A report of those words alone."""
    return Report("r", "r.txt", "0", text, language, (), published=published)


def read_row(row: Row) -> Occasion:
    """The occasion that is found for a row."""
    text, (attribution,) = read_marks(row["text"] or "")
    return find_occasion(make_report(text, row["language"] or "", row["published"]), attribution)


def describe(occasion: Occasion) -> tuple[str | None, str | None, str | None]:
    """What a row says of an occasion: its date, the words, and the reason why there is none."""
    words = occasion.basis.words if occasion.basis is not None else None
    return occasion.said_on, words.text if words is not None else None, occasion.unresolved


def is_right(row: Row) -> bool:
    """Whether all of a row is found as it says."""
    return describe(read_row(row)) == (row["said_on"], row["words"], row.get("unresolved"))


def score_table(rows: list[Row]) -> dict[str, tuple[int, int]]:
    """For each language how many rows are right, of how many."""
    found: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        found[row["language"] or ""].append(is_right(row))
    return {language: (sum(right), len(right)) for language, right in sorted(found.items())}


def main() -> int:
    """Print the table."""
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))
    below = False
    for language, (right, rows) in score_table(read_table()).items():
        floor = float(floors["occasions"].get(language, 0.0))
        below |= right / rows < floor
        sign = "  BELOW ITS FLOOR" if right / rows < floor else ""
        print(f"{language:3} {right:4} of {rows:3}  {right / rows:.3f}   floor {floor:.3f}{sign}")
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
