"""Embeddings made comparable across languages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

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


def clear_vector(vector: Vector, language: str, means: Mapping[str, Vector]) -> Vector:
    """The vector without its part along the means of all languages and of its own, at length one.

    A long text's vector has more of the means in it than a sentence's, so that taking one off once
    is not enough. A vector with nothing beside them becomes zeros.
    """
    rest = vector.astype(np.float64)
    for direction in _list_directions(means[ALL], means.get(language)):
        rest -= (rest @ direction) * direction
    length = float(np.linalg.norm(rest))
    if length <= _NEGLIGIBLE * max(float(np.linalg.norm(vector)), 1.0):
        return np.zeros_like(vector, dtype=np.float32)
    unit: Vector = (rest / length).astype(np.float32)
    return unit


def _list_directions(mean: Vector, own: Vector | None) -> list[NDArray[np.float64]]:
    """The directions of the two at right angles to each other; none for a mean of nothing."""
    found: list[NDArray[np.float64]] = []
    for vector in (mean, own):
        if vector is None:
            continue
        rest = vector.astype(np.float64)
        for direction in found:
            rest -= (rest @ direction) * direction
        length = float(np.linalg.norm(rest))
        if length > _NEGLIGIBLE:
            found.append(rest / length)
    return found
