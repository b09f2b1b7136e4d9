"""Which language a text is in.

Identified by py3langid, whose model (a naive Bayes classifier over byte n-grams; Lui and Baldwin
2012, "langid.py") comes inside its wheel, needs nothing but numpy and gives probabilities that
are calibrated for length.
"""

from __future__ import annotations

from functools import cache

from py3langid.langid import (  # type: ignore[import-untyped]
    MODEL_FILE,
    LanguageIdentifier,
)

UNKNOWN = "und"
_ENOUGH = 5_000  # characters; more does not change the answer
_LETTERS = 10  # with fewer, names and loan words decide
_SURE = 0.5  # of sentences of 50-200 characters in ru, fr, es, uk and de, 0.4 % are wrong above it


def detect_language(text: str, *, declared: str | None = None) -> str:
    """The ISO 639-1 code of the language of `text`, or "und" where that is unsure.

    What the publisher `declared` is believed where it is among the three likeliest, so that
    Serbian isn't taken for Croatian, and where the text itself doesn't tell. It isn't where the
    text clearly says otherwise: many templates declare English whatever is in them.
    """
    said = _normalise_code(declared)
    sample = text[:_ENOUGH]
    if sum(character.isalpha() for character in sample) < _LETTERS:
        return said or UNKNOWN
    likeliest = _load_identifier().rank(sample)[:3]
    if said is not None and any(code == said for code, _ in likeliest):
        return said
    code, probability = likeliest[0]
    return str(code) if probability >= _SURE else said or UNKNOWN


def _normalise_code(declared: str | None) -> str | None:
    """The two letters of a language tag such as "en-GB"; None where it has no such code."""
    if declared is None:
        return None
    code = declared.strip().lower().replace("_", "-").split("-")[0]
    code = {"nb": "no", "iw": "he", "in": "id", "ji": "yi"}.get(code, code)
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None


@cache
def _load_identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if len(label) == 2])
    return identifier
