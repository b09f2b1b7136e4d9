"""An item made a Report: its zones, language, date, outlet and origin."""

from __future__ import annotations

import hashlib

from onrecord.domain import Report, Zone, make_id
from onrecord.intake.item import Item
from onrecord.intake.language import detect_language
from onrecord.intake.origin import find_credits, find_outlet, is_primary
from onrecord.intake.publication import date_report
from onrecord.intake.zones import mark_zones

_SPOKEN = ("title", "lead", "body")


def make_report(item: Item) -> Report:
    """The report that an item is. Its text is the item's text; its id the hash of its bytes."""
    zones = mark_zones(item.text, title=item.title, hints=item.hints)
    language = detect_language(_read_prose(item.text, zones), declared=item.language)
    published, basis = date_report(item.text, zones, language=language, given=item.dates)
    title = item.title or _read_title(item.text, zones)
    sha256 = hashlib.sha256(item.data).hexdigest()
    primary = item.kind == "primary" or is_primary(item.text, zones, title=title)
    return Report(
        id=make_id("report", sha256),
        path=item.path,
        sha256=sha256,
        text=item.text,
        language=language,
        zones=zones,
        title=title,
        outlet=item.outlet or find_outlet(item.text, zones),
        published=published,
        published_basis=basis,
        url=item.url,
        key=item.key,
        kind="primary" if primary else "report",
        credits=find_credits(item.text, zones),
    )


def _read_prose(text: str, zones: tuple[Zone, ...]) -> str:
    """The words that are the report's own: a page's furniture may be in another language."""
    spoken = [text[zone.span[0] : zone.span[1]] for zone in zones if zone.kind in _SPOKEN]
    return "\n".join(spoken) or text


def _read_title(text: str, zones: tuple[Zone, ...]) -> str | None:
    titles = (text[zone.span[0] : zone.span[1]] for zone in zones if zone.kind == "title")
    return next((" ".join(title.split()) for title in titles), None)
