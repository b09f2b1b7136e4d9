"""How likely an attribution is to be right, from the tagger's own scores.

Neural scores are too sure of themselves; a logistic curve over their log-odds (Platt 1999,
"Probabilistic outputs for support vector machines") brings them to the share that is right on
reports that the encoder wasn't trained on. training/fit_confidence.py fits the two curves.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from onrecord.domain import Attribution

_LEAST = 1e-4


@dataclass(frozen=True, slots=True)
class Curve:
    """Score -> probability: the log-odds of the score, stretched and shifted."""

    slope: float = 1.0
    shift: float = 0.0

    def read(self, score: float) -> float:
        """The probability, 0 to 1, that goes with a score from 0 to 1."""
        held = min(1 - _LEAST, max(_LEAST, score))
        return 1 / (1 + math.exp(-self.slope * math.log(held / (1 - held)) - self.shift))


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curves for contents, and for sources of contents that are right."""

    content: Curve = Curve()
    source: Curve = Curve()

    @classmethod
    def of(cls, fitted: Mapping[str, Sequence[float]]) -> Calibration:
        """From what a weights file carries; without it, scores stay as they are."""
        return cls(**{name: Curve(*values) for name, values in fitted.items()})

    def calibrate(self, attribution: Attribution) -> Attribution:
        """The attribution with probabilities in place of the tagger's scores."""
        changes: dict[str, Any] = {
            "score": self.content.read(attribution.score),
            "source_score": self.source.read(attribution.source_score),
        }
        return replace(attribution, **changes)
