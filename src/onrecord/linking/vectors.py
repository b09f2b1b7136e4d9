"""Embeddings made comparable across languages."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from onrecord.domain import Vector

ALL = "all"
"""The key of the mean over all languages, used for a language without one of its own."""


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
