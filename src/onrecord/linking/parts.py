"""A statement that runs two utterances together: which of its sentences are the words of which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from onrecord.domain import Span, Words
from onrecord.linking.likeness import Content, is_verbatim_part
from onrecord.text import sentence_spans

PART_WORDS = 5
"""So many words that stand all but word for word in another statement are from it."""

_NO_VECTOR = np.zeros(0, dtype=np.float32)


class Part(NamedTuple):
    """Sentences of a statement that stand in one of several wordings; `of` is its number."""

    of: int
    spans: tuple[Span, ...]

    @property
    def size(self) -> int:
        """How many characters the sentences have."""
        return sum(end - start for start, end in self.spans)


def find_parts(
    words: Words, text: str, wordings: Sequence[Content], *, language: str
) -> tuple[tuple[Part, ...], bool]:
    """The parts of a statement that stand in `wordings`, the largest first, and whether that is
    all of it.

    A sentence goes to the first wording that has it all but word for word. Shorter ones than
    `PART_WORDS` go with the sentence before. Without a second sentence there are no parts.
    """
    sentences = [span for piece in words.spans for span in sentence_spans(text, piece)]
    contents = [Content(text[start:end], language, _NO_VECTOR) for start, end in sentences]
    if sum(len(content.words) >= PART_WORDS for content in contents) < 2:
        return (), False
    homes: list[int | None] = []
    for content in contents:
        if len(content.words) < PART_WORDS:
            homes.append(homes[-1] if homes else None)
        else:
            homes.append(_find_home(content, wordings))
    found = [home for home in dict.fromkeys(homes) if home is not None]
    parts = [
        Part(of, tuple(s for s, home in zip(sentences, homes, strict=True) if home == of))
        for of in found
    ]
    return tuple(sorted(parts, key=lambda part: (-part.size, part.of))), None not in homes


def _find_home(sentence: Content, wordings: Sequence[Content]) -> int | None:
    having = (
        number
        for number, wording in enumerate(wordings)
        if len(wording.words) >= len(sentence.words)
        and is_verbatim_part(sentence, wording, least_words=PART_WORDS)
    )
    return next(having, None)
