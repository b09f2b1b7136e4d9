"""What linking needs of a weights file: means of languages, and fitted weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.domain import Vector
from onrecord.linking.likeness import LikenessWeights
from onrecord.linking.stories import StoryModel
from onrecord.linking.vectors import ALL


@dataclass(frozen=True, slots=True)
class LinkingModel:
    """`means` by language code and "all"; the others by "same" (language) and "across"."""

    means: Mapping[str, Vector]
    likeness: Mapping[str, LikenessWeights]
    stories: StoryModel

    @property
    def size(self) -> int:
        """The length of a vector."""
        return len(self.means[ALL])

    @classmethod
    def of(cls, means: Mapping[str, Vector], fitted: Mapping[str, Any]) -> LinkingModel:
        """From what a weights file carries beside the encoder."""
        likeness = {kind: LikenessWeights(**values) for kind, values in fitted["likeness"].items()}
        return cls(means, likeness, StoryModel.of(means, fitted["stories"]))
