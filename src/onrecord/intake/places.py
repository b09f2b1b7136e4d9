"""Where in a report's text to look: the lines of its zones."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.domain import Span, Zone, ZoneKind
from onrecord.text import paragraph_spans


def list_lines(text: str, zones: Sequence[Zone], *kinds: ZoneKind) -> list[Span]:
    """The lines that lie in zones of these kinds, in order."""
    return [
        (zone.span[0] + start, zone.span[0] + end)
        for zone in zones
        if zone.kind in kinds
        for start, end in paragraph_spans(text[zone.span[0] : zone.span[1]])
    ]


def find_prose(text: str, zones: Sequence[Zone]) -> list[Span]:
    """The lines of the report itself: its lead and body."""
    return list_lines(text, zones, "lead", "body")


def find_title_start(zones: Sequence[Zone]) -> int | None:
    """Where the title begins, if the report prints one."""
    return next((zone.span[0] for zone in zones if zone.kind == "title"), None)
