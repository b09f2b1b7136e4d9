"""How rare a word is, from a fixed table: the same for a report in any company.

An inverse document frequency (Spärck Jones 1972) over the record would change what two reports
have in common with each report that comes. The table is counted once, from the corpora that the
weights are made from, and travels with them. It holds no words: each has two cells (a count-min
sketch, Cormode & Muthukrishnan 2005), and the rarer of them counts.
"""

from __future__ import annotations

import base64
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CELLS = 65_536
RAREST = 7.0
"""The weight of a word that the table doesn't have; about one text in a thousand."""
STEP = 0.5
"""How much less a word weighs for each level in the table."""
LEVELS = 14


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """`levels` [2, CELLS], from 0 (rare, or never seen) to LEVELS (in every text)."""

    levels: NDArray[np.uint8]

    @classmethod
    def of(cls, shares: Mapping[str, float]) -> Background:
        """From the share of texts, 0 to 1, that each word is in."""
        levels = np.zeros((2, CELLS), dtype=np.uint8)
        for word, share in shares.items():
            level = min(round((RAREST + math.log(share)) / STEP), LEVELS)
            for row, cell in enumerate(_find_cells(word)):
                levels[row, cell] = max(levels[row, cell], level)
        return cls(levels)

    @classmethod
    def unpack(cls, packed: str) -> Background:
        """From what `pack` gave out."""
        data = zlib.decompress(base64.b85decode(packed))
        halves = np.frombuffer(data, dtype=np.uint8)
        return cls(np.stack([halves >> 4, halves & 15], axis=1).reshape(2, CELLS))

    def pack(self) -> str:
        """The table in printable characters, some 50,000."""
        pairs = self.levels.reshape(-1, 2)
        halves = (pairs[:, 0] << 4 | pairs[:, 1]).astype(np.uint8)
        return base64.b85encode(zlib.compress(halves.tobytes(), 9)).decode("ascii")

    def weigh(self, word: str) -> float:
        """How much it says that two texts share the word: 0 for the commonest, to RAREST."""
        one, other = _find_cells(word)
        return RAREST - STEP * int(min(self.levels[0, one], self.levels[1, other]))


def _find_cells(word: str) -> tuple[int, int]:
    code = zlib.crc32(word.encode("utf-8", "surrogatepass"))
    return code & 0xFFFF, code >> 16
