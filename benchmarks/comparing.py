"""The time of one comparison of two wordings, by their length: `python -m benchmarks.comparing`."""

from __future__ import annotations

import random
import time

from onrecord.domain import Words
from onrecord.linking.renderings import compare_wordings
from onrecord.linking.wording import Wording

REPEATS = 200
SEED = 1


def make_pair(length: int) -> tuple[Wording, Wording]:
    """A wording of that many words, and the same with one word changed and some cut."""
    rng = random.Random(SEED)
    words = ["".join(rng.choices("abcdefgh", k=rng.randint(2, 9))) for _ in range(length)]
    cut = length // 3
    other = [*words[:cut], "anders", *words[cut + 2 : -1]]
    return _make_wording(" ".join(words)), _make_wording(" ".join(other))


def _make_wording(text: str) -> Wording:
    return Wording(Words.of(text, (0, len(text))), text, "de", "direct")


def main() -> None:
    """Print milliseconds a comparison."""
    for length in (10, 30, 100, 300):
        best, here = make_pair(length)
        begin = time.perf_counter()
        for _ in range(REPEATS):
            compare_wordings(best, here, similarity=None)
        print(f"{length:4} words {(time.perf_counter() - begin) / REPEATS * 1000:8.2f} ms")


if __name__ == "__main__":
    main()
