"""How certain the record is of what it read: one threshold and one wording for all views."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.domain import Statement

LOW = 0.7
"""Certainty below which a part is called not certain. It is calibrated: of what is given with less,
three in ten or more are wrong, too many to be passed on without a look at the report."""
GIVEN = "decided"
"""The rule of a speaker whom somebody named: what the machine thought of another doesn't count."""
_PARTS = {"content": "words", "source": "source", "speaker": "speaker", "said_on": "date"}


def list_doubts(statement: Statement) -> list[str]:
    """What of the statement isn't certain, a phrase each: "speaker not certain (0.50): RULE"."""
    shares = dict(statement.certainty)
    doubtful = [
        name for name in _PARTS if shares.get(name, 1.0) < LOW and _is_read(statement, name)
    ]
    speaker = statement.speaker
    if speaker is not None and not speaker.certain and "speaker" not in doubtful:
        doubtful.append("speaker")
    return [_write_doubt(statement, name, shares.get(name)) for name in doubtful]


def write_shares(statement: Statement) -> str:
    """The confidence as the product of its parts: "0.41 = content 0.97 × speaker 0.42"."""
    parts = [f"{name} {share:.2f}" for name, share in _list_factors(statement)]
    product = f" = {' × '.join(parts)}" if parts else ""
    return f"{statement.confidence:.2f}{product}"


def _list_factors(statement: Statement) -> Iterator[tuple[str, float]]:
    # The date stands apart: it is no factor of the confidence.
    return ((name, share) for name, share in statement.certainty if name != "said_on")


def _is_read(statement: Statement, name: str) -> bool:
    match name:
        case "speaker":
            return statement.speaker is not None and statement.speaker.rule != GIVEN
        case "source":
            return statement.speaker is None or statement.speaker.rule != GIVEN
        case "said_on":
            return statement.said_on is not None
        case _:
            return True


def _write_doubt(statement: Statement, name: str, share: float | None) -> str:
    text = f"{_PARTS[name]} not certain"
    if share is not None and share < LOW:
        text += f" ({share:.2f})"
    if name == "speaker" and statement.speaker is not None:
        text += f": {statement.speaker.rule}"
    return text
