"""What can be exported, and the columns that each export has as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

Export = Literal["statements", "reports", "stories", "utterances", "actors", "answers", "decisions"]
EXPORTS: tuple[Export, ...] = get_args(Export)
Row = dict[str, Any]

COLUMNS: Mapping[Export, tuple[str, ...]] = {
    "statements": (
        "id", "report.id", "report.path", "report.title", "report.outlet", "report.language",
        "report.published", "story", "kind", "content.text", "content.spans", "cue.text",
        "cue.spans", "source.text", "source.spans", "speaker.id", "speaker.name", "speaker.type",
        "via", "addressee.text", "addressee.spans", "addressee.actor", "channel.text",
        "channel.spans", "place.text", "place.spans", "said_on", "said_on_basis.text",
        "said_on_basis.spans", "said_on_basis.rule", "act.code", "act.target.id",
        "act.target.name", "utterance", "renders", "confidence", "decided",
    ),
    "reports": (
        "id", "path", "sha256", "title", "outlet", "language", "published",
        "published_basis.text", "published_basis.spans", "published_basis.rule", "kind", "story",
        "zones", "url", "superseded_by", "credits", "copy.family", "copy.original",
        "copy.agency", "copy.share", "copy.reason",
    ),
    "stories": (
        "id", "title", "reports", "languages", "first", "last", "storyline", "decided",
    ),
    "utterances": (
        "id", "speaker", "said_on", "statements", "best", "story", "repeats", "possible",
        "decided",
    ),
    "actors": ("id", "name", "type", "names", "descriptions", "wikidata", "decided"),
    "answers": ("from", "to", "to_actor", "basis.statement", "basis.text", "basis.spans"),
    "decisions": (
        "id", "kind", "of", "together", "apart", "speaker", "undoes", "who", "at", "why", "what",
        "state", "things", "machine.text", "machine.groups", "machine.likeness",
    ),
}  # fmt: skip
"""The columns of a CSV file: dotted paths into a row."""


def pick_value(row: Row, column: str) -> Any:
    """The value at a dotted path of keys, None where the way there ends in null."""
    value: Any = row
    for key in column.split("."):
        if value is None:
            return None
        value = value[key]
    return value
