"""Embeddings made comparable across languages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from onrecord.domain import Vector

ALL = "all"
"""The key of the mean over all languages, used for a language without one of its own."""
_NEGLIGIBLE = 1e-6


def center_vector(vector: Vector, language: str, means: Mapping[str, Vector]) -> Vector:
    """The vector less its language's mean, at length one.

    What all sentences of a language have in common otherwise outweighs what they say
    (Libovický et al. 2020). A vector of zeros, which says nothing, stays one: less the mean, all
    of them would be alike.
    """
    if not vector.any():
        return vector
    apart = vector - means.get(language, means[ALL])
    unit: Vector = (apart / max(float(np.linalg.norm(apart)), 1e-9)).astype(np.float32)
    return unit


def clear_vector(
    vector: Vector, language: str, means: Mapping[str, Vector], *, common: Vector
) -> Vector:
    """The vector without its part along the means and the common directions, at length one.

    A long text's vector has more of its language's mean in it than a sentence's, so that taking the
    mean off once is not enough. `common` [D, size] are directions in which all reports vary
    (Mu & Viswanath 2018). A vector with nothing beside becomes zeros.
    """
    rest = vector.astype(np.float64)
    for direction in _list_directions(means[ALL], means.get(language), common):
        rest = rest - (rest @ direction) * direction
    length = float(np.linalg.norm(rest))
    if length <= _NEGLIGIBLE * max(float(np.linalg.norm(vector)), 1.0):
        return np.zeros_like(vector, dtype=np.float32)
    unit: Vector = (rest / length).astype(np.float32)
    return unit


def _list_directions(
    mean: Vector, own: Vector | None, common: Vector
) -> list[np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """The directions at right angles to each other, in that order (Gram & Schmidt)."""
    found: list[np.ndarray[tuple[int], np.dtype[np.float64]]] = []
    for vector in (mean, *(() if own is None else (own,)), *common):
        rest = vector.astype(np.float64)
        for direction in found:
            rest = rest - (rest @ direction) * direction
        length = float(np.linalg.norm(rest))
        if length > _NEGLIGIBLE:
            found.append(rest / length)
    return found
