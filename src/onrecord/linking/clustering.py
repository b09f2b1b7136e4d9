"""Average-linkage clustering over a matrix of likenesses (Sokal & Michener 1958)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cluster(likeness: Floats, *, least: float) -> list[list[int]]:
    """Groups merged while the two likest groups are, on average, at least `least` alike.

    `likeness` is symmetric. Groups are sorted lists, in order of their first members; of equal
    likenesses the first pair is merged first.
    """
    sums = likeness.astype(np.float64).copy()
    np.fill_diagonal(sums, -np.inf)
    groups: dict[int, list[int]] = {i: [i] for i in range(len(sums))}
    sizes = np.ones(len(sums))
    while len(groups) > 1:
        means = sums / np.outer(sizes, sizes)
        one, other = sorted(divmod(int(means.argmax()), len(sums)))
        if means[one, other] < least:
            break
        groups[one] = sorted(groups[one] + groups.pop(other))
        sizes[one] += sizes[other]
        sums[one] += sums[other]
        sums[:, one] += sums[:, other]
        sums[one, one] = -np.inf
        sums[other], sums[:, other] = -np.inf, -np.inf
    return [groups[i] for i in sorted(groups)]
