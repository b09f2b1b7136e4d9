"""RSS, Atom and JSON feeds: one report per entry."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from onrecord.domain import Failure, Zone
from onrecord.errors import ReportError
from onrecord.intake.blocks import read_words
from onrecord.intake.decoding import check_text, decode_text
from onrecord.intake.html import find_charset, read_fragment
from onrecord.intake.item import Item, clean_field, try_item

_BODIES = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "issued", "updated")
_MARKUP = re.compile(r"<[a-zA-Z!/]|&[a-zA-Z#]\w{1,8};")


def read_feed(data: bytes, path: str) -> Iterator[Item | Failure]:
    """The entries of an RSS or Atom feed, each with its place ("path#3").

    The text of an entry is its title, an empty line, and its content without mark-up.
    ReportError where the file is no feed, or one without entries.
    """
    source = decode_text(data, path, declared=find_charset(data))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False
    )
    root = etree.fromstring(re.sub(r"^\s+", "", source).encode(), parser)
    if root is None:
        raise ReportError(path, "it is not XML that can be read")
    entries = list(root.iter("{*}item", "{*}entry"))
    if not entries:
        raise ReportError(path, f"it has no feed entries (its root element is {_name(root)!r})")
    channel = next(root.iter("{*}channel"), root)
    return (
        try_item(_read_entry, entry, channel, f"{path}#{number}")
        for number, entry in enumerate(entries, 1)
    )


def read_json_feed(feed: Mapping[str, Any], path: str) -> Iterator[Item | Failure]:
    """The items of a JSON feed (jsonfeed.org), as `read_feed` gives those of an RSS feed."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        raise ReportError(path, "it is a JSON feed without items")
    return (
        try_item(_read_json_item, item, feed, f"{path}#{number}")
        for number, item in enumerate(items, 1)
    )


def join_title(
    title: str | None, body: str, hints: tuple[Zone, ...]
) -> tuple[str, tuple[Zone, ...]]:
    """A text with its title before it, and the zones moved along; as it is where it has it."""
    if title is None or body.strip().split("\n")[0] == title:
        return body, hints
    shift = len(title) + 2
    moved = (Zone(hint.kind, (hint.span[0] + shift, hint.span[1] + shift)) for hint in hints)
    return f"{title}\n\n{body}", (Zone("title", (0, len(title))), *moved)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _child(entry: etree._Element, *names: str) -> etree._Element | None:
    """The first child of the earliest of `names`, whatever its namespace, that holds anything."""
    for name in names:
        for child in entry.iterchildren(f"{{*}}{name}"):
            if len(child) or read_words(child):
                return child
    return None


def _words(entry: etree._Element, *names: str) -> str | None:
    child = _child(entry, *names)
    return clean_field(read_words(child)) if child is not None else None


def _read_entry(entry: etree._Element, channel: etree._Element, path: str) -> Item:
    title = _words(entry, "title")
    if title is not None and _MARKUP.search(title):
        title = clean_field(read_fragment(title, path)[0])
    body, hints = _read_body(_child(entry, *_BODIES), path)
    text, zones = join_title(title, body, hints)
    url = _find_link(entry)
    date = _child(entry, *_DATES)
    return Item(
        path=path,
        data=etree.tostring(entry, encoding="utf-8", with_tail=False),
        text=check_text(text, path),
        title=title,
        outlet=_words(entry, "source") or _words(channel, "title"),
        language=_words(entry, "language") or _words(channel, "language") or _find_lang(entry),
        url=url,
        key=_words(entry, "guid", "id") or url,
        dates=((f"feed {_name(date)}", read_words(date)),) if date is not None else (),
        hints=zones,
    )


def _read_body(body: etree._Element | None, path: str) -> tuple[str, tuple[Zone, ...]]:
    if body is None:
        return "", ()
    if len(body):  # Atom content of type xhtml
        return read_fragment(etree.tostring(body, encoding="unicode", with_tail=False), path)
    words = body.text or ""
    return read_fragment(words, path) if _MARKUP.search(words) else (words.strip(), ())


def _find_link(entry: etree._Element) -> str | None:
    links = list(entry.iterchildren("{*}link"))
    for link in links:
        if link.get("href") and link.get("rel", "alternate") == "alternate":
            return clean_field(link.get("href"))
    said = [clean_field(link.text) for link in links]
    return next((one for one in said if one), None)


def _find_lang(entry: etree._Element) -> str | None:
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    return next((one.get(name) for one in (entry, *entry.iterancestors()) if one.get(name)), None)


def _read_json_item(item: object, feed: Mapping[str, Any], path: str) -> Item:
    if not isinstance(item, dict):
        raise ReportError(path, "it is not a JSON object")
    title = clean_field(item.get("title"))
    html, plain = item.get("content_html"), item.get("content_text")
    if isinstance(html, str) and html.strip():
        body, hints = read_fragment(check_text(html, path), path)
    else:
        body, hints = plain if isinstance(plain, str) else str(item.get("summary") or ""), ()
    text, zones = join_title(title, body, hints)
    date = clean_field(item.get("date_published"))
    url = clean_field(item.get("url"))
    return Item(
        path=path,
        data=json.dumps(item, ensure_ascii=True, sort_keys=True).encode(),
        text=check_text(text, path),
        title=title,
        outlet=clean_field(feed.get("title")),
        language=clean_field(item.get("language")) or clean_field(feed.get("language")),
        url=url,
        key=clean_field(item.get("id")) or url,
        dates=(("feed date_published", date),) if date is not None else (),
        hints=zones,
    )
