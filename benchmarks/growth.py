"""What adding a report costs as the record grows: `python -m benchmarks.growth --data DATA`.

A record of 1,000, 10,000 and 100,000 statements is made from the dev parts of PolNeAR, Wikinews-de
and ECB+, as often as needed: each time with other words and names of the same length, vectors
turned together and other dates, so that each copy has affairs of its own. One name in ten stays,
as some people are in the news for ever. Then reports are added one by one. Printed for each size:
reports, affairs, the CPU time of storing and linking one report (reading it costs the same however
large the record is, and is left out), the largest affair, and the memory of the process; at the
end the exponent of the cost.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord import growth, pipeline
from onrecord.domain import Mention, Party, Report, Statement, Tagging, Vector, Words, Zone, make_id
from onrecord.edtf import find_day
from onrecord.record import state, writes
from onrecord.record.connection import open_record
from onrecord.settings import Settings
from onrecord.statements.attributions import build_statements
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.tagger import tag_reports

PARTS = ("polnear.dev", "wikinews-de.dev", "stories-ecb.dev")
SIZES = (1_000, 10_000, 100_000)
ADDED = 30
AT_ONCE = 100
FAMOUS = 10
YEARS = 10

_WORD = re.compile(r"[^\W\d_]{4,}")
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxz"

Read = tuple[Report, Tagging, tuple[Statement, ...]]


def read_base(data: Path, encoder: Encoder, cache: Path | None) -> list[Read]:
    """The reports of the corpora as the first three stages leave them; kept in a file."""
    path = cache and cache / f"growth-{encoder.checksum}.pickle"
    if path and path.exists():
        kept: list[Read] = pickle.loads(path.read_bytes())
        return kept
    reports = [report for part in PARTS for report in _read_part(data, part)]
    found: list[Read] = []
    for start in range(0, len(reports), pipeline.AT_ONCE):
        batch = reports[start : start + pipeline.AT_ONCE]
        for report, tagging in zip(batch, tag_reports(batch, encoder), strict=True):
            found.append((report, tagging, build_statements(report, tagging)))
        print(f"\r{len(found)} of {len(reports)} reports read", end="", file=sys.stderr)
    if path:
        path.write_bytes(pickle.dumps(found))
    return found


def _read_part(data: Path, part: str) -> Iterator[Report]:
    with gzip.open(data / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, row in enumerate(map(json.loads, lines)):
            text, one = row["text"], f"{part}-{number}"
            day = row.get("date") or row.get("published")
            yield Report(
                id=one,
                path=one,
                sha256=one,
                text=text,
                language=row.get("lang", "de" if "-de" in part else "en"),
                zones=(Zone("body", (0, len(text))),),
                published=day if isinstance(day, str) and find_day(day) else _make_day(row, one),
            )


def _make_day(row: dict[str, Any], one: str) -> str:
    """A date for a report that has none in its corpus, the same for all reports of a story."""
    day = int(make_id("day", row.get("story") or one)[:8], 16) % 365
    return (date(2015, 1, 1) + timedelta(days=day)).isoformat()


@dataclass(frozen=True, slots=True)
class Disguise:
    """How one copy of the base differs from it: letters, vectors and days."""

    number: int
    letters: dict[int, str]
    turn: NDArray[np.float32]
    days: int
    means: dict[str, Vector]

    @classmethod
    def draw(cls, number: int, means: dict[str, Vector]) -> Disguise:
        """That of the copy of that number; number 0 changes nothing but ids."""
        rng = random.Random(number)
        letters: dict[int, str] = {}
        for kind in (_VOWELS, _CONSONANTS):
            mixed = rng.sample(kind, len(kind)) if number else list(kind)
            letters |= str.maketrans(kind + kind.upper(), "".join(mixed) + "".join(mixed).upper())
        size = len(means["all"])
        drawn = np.random.default_rng(number).standard_normal((size, size))
        turn = np.linalg.qr(drawn)[0] if number else np.eye(size)
        return cls(number, letters, turn.astype(np.float32), rng.randrange(365 * YEARS), means)

    def change_text(self, text: str) -> str:
        """The text with the letters of all longer words changed, but for famous ones."""
        return _WORD.sub(lambda found: self._change_word(found.group()), text)

    def _change_word(self, word: str) -> str:
        if word[0].isupper() and int(make_id("famous", word)[:8], 16) % FAMOUS == 0:
            return word
        return word.translate(self.letters)

    def turn_vector(self, vector: Vector | None, language: str) -> Vector | None:
        """Vectors of one language turned about its mean: as far from one another as before."""
        if vector is None:
            return None
        mean = self.means.get(language, self.means["all"])
        parts = [(part - mean) @ self.turn + mean for part in vector.reshape(-1, len(mean))]
        return np.concatenate(parts).astype(np.float32)

    def change_day(self, day: str | None) -> str | None:
        """Another day, as far from those of the same copy as before."""
        found = find_day(day) if day is not None else None
        if found is None:
            return None
        start = date(2005, 1, 1) + timedelta(days=self.days)
        return (start + timedelta(days=found.toordinal() % 365)).isoformat()


def disguise_report(read: Read, disguise: Disguise) -> Read:
    """A report with its tagging and statements as another one of the same shape."""
    report, tagging, statements = read
    one = make_id("copy", report.id, disguise.number)
    text = disguise.change_text(report.text)
    changed = replace(
        report,
        id=one,
        path=one,
        sha256=one,
        text=text,
        published=disguise.change_day(report.published),
    )

    def change_words(words: Words | None) -> Words | None:
        return None if words is None else Words.of(text, *words.spans)

    def change_mention(mention: Mention | None) -> Mention | None:
        if mention is None:
            return None
        return replace(
            mention,
            name=disguise.change_text(mention.name),
            words=change_words(mention.words),
            descriptions=tuple(map(disguise.change_text, mention.descriptions)),
        )

    def change_party(party: Party) -> Party:
        words = Words.of(text, *party.words.spans)
        return Party(words, change_mention(party.mention))

    others = tuple(
        replace(
            statement,
            id=make_id("copy", statement.id, disguise.number),
            report=one,
            content=Words.of(text, *statement.content.spans),
            cue=change_words(statement.cue),
            source=change_words(statement.source),
            speaker=change_mention(statement.speaker),
            via=tuple(map(change_party, statement.via)),
            addressee=change_party(statement.addressee) if statement.addressee else None,
            vector=disguise.turn_vector(statement.vector, report.language),
        )
        for statement in statements
    )
    vector = disguise.turn_vector(tagging.vector, report.language)
    return changed, replace(tagging, report=one, vector=vector), others


def list_reads(base: Sequence[Read], encoder: Encoder) -> Iterator[Read]:
    """The base over and over, each time as something else, mixed within each copy."""
    number = 0
    while True:
        disguise = Disguise.draw(number, encoder.means)
        for read in random.Random(number).sample(base, len(base)):
            yield disguise_report(read, disguise)
        number += 1


def store(connection: Any, reads: Sequence[Read], encoder: Encoder) -> float:
    """Adds reports to a record and links it; returns the CPU seconds that took."""
    began = time.process_time()
    for report, tagging, statements in reads:
        writes.write_report(connection, report, tagging, statements, model=encoder.checksum)
    growth.link_record(connection, encoder)
    return time.process_time() - began


def measure_size(connection: Any, reads: Iterator[Read], size: int, encoder: Encoder) -> float:
    """Fills the record up to `size` statements, adds reports one by one, prints and returns."""
    while (count := state.count_all(connection).statements) < size:
        store(connection, [next(reads) for _ in range(AT_ONCE)], encoder)
        print(f"\r{count} of {size} statements", end="", file=sys.stderr)
    costs = [store(connection, [next(reads)], encoder) for _ in range(ADDED)]
    counts = state.count_all(connection)
    (largest,) = connection.execute(
        "SELECT max(n) FROM (SELECT count(*) AS n FROM related GROUP BY one)"
    ).fetchone()
    mean = sum(costs) / len(costs)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\r{size:7} statements  {counts.reports:6} reports  {counts.stories:6} stories  "
        f"{mean * 1000:7.1f} ms a report (median {sorted(costs)[ADDED // 2] * 1000:.1f}, "
        f"most {max(costs) * 1000:.1f})  most relations {largest}  {memory:.0f} MB"
    )
    return mean


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the cost at each size and its exponent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="a folder that keeps what the encoder read")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    options = parser.parse_args(arguments)
    encoder = pipeline.load_encoder(Settings())
    base = read_base(options.data, encoder, options.cache)
    reads = list_reads(base, encoder)
    with TemporaryDirectory() as folder, closing(open_record(Path(folder) / "r.db")) as connection:
        costs = [measure_size(connection, reads, size, encoder) for size in options.sizes]
    if len(costs) > 1:
        slope = np.polyfit(np.log(options.sizes), np.log(costs), 1)[0]
        print(f"cost grows with the {slope:.2f}th power of the record's size")
    return 0


if __name__ == "__main__":
    sys.exit(main())
