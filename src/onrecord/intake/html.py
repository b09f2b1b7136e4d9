"""HTML pages: their text by block, and what their mark-up says of the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from onrecord.domain import Zone
from onrecord.errors import ReportError
from onrecord.intake.blocks import read_blocks, read_words
from onrecord.intake.decoding import check_text, decode_text
from onrecord.intake.item import Item, clean_field

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,30})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w:.-]{2,30})[\"']")
_HEAD = 4_096  # bytes in which a page declares its encoding
_ARTICLE = re.compile(r"(?:\w*Article|BlogPosting|Report|LiveBlogPosting)", re.IGNORECASE)
_DATE_METAS = (
    "article:published_time",
    "datePublished",
    "og:article:published_time",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "date",
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says of the report, as it says it."""

    metas: Mapping[str, str]
    article: Mapping[str, Any]


def read_html(
    data: bytes, path: str, *, charset: str | None = None, url: str | None = None
) -> Item:
    """The item that an HTML page is: its text by block, its title, outlet, date, URL and language.

    The encoding is a byte-order mark's, that of the transfer (`charset`), or the page's own;
    UTF-8 where none is declared. ReportError where the page can't be decoded or shows no words.
    """
    source = decode_text(data, path, declared=charset or find_charset(data))
    root = parse_html(source, path)
    head = Head(_read_metas(root), _read_article(root))
    heading = _find_heading(root, clean_field(head.metas.get("og:title")))
    text, hints = read_blocks(root, title=heading)
    check_text(text, path)
    address = _find_url(root, head, url)
    return Item(
        path=path,
        data=data,
        text=text,
        title=_find_title(root, head, text, hints),
        outlet=_find_outlet(head),
        language=clean_field(root.get("lang")) or clean_field(head.article.get("inLanguage")),
        url=address,
        key=address,
        dates=tuple(_find_dates(root, head)),
        hints=tuple(hints),
    )


def read_fragment(source: str, path: str) -> tuple[str, tuple[Zone, ...]]:
    """The text of a piece of HTML, as feeds carry it, and the zones its mark-up shows."""
    text, hints = read_blocks(parse_html(source, path), title=None)
    return text, tuple(hints)


def find_charset(data: bytes) -> str | None:
    """The encoding that a page declares in its first bytes."""
    found = _CHARSET.search(data[:_HEAD]) or _XML_ENCODING.search(data[:_HEAD])
    return found.group(1).decode("ascii", "replace") if found is not None else None


def parse_html(source: str, path: str) -> etree._Element:
    """The tree of an HTML page; ReportError where there is no element in it."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, recover=True)
    root = etree.fromstring(f"<!-- -->{source}".encode(), parser)
    if root is None:
        raise ReportError(path, "it is not HTML that can be read")
    return root


def _read_metas(root: etree._Element) -> dict[str, str]:
    """The first content of each meta element, by its property, name or itemprop."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = clean_field(meta.get("content"))
        if name and content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _read_article(root: etree._Element) -> Mapping[str, Any]:
    """The first JSON-LD object of the page that describes an article; an empty one without any."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            for one in _list_objects(parse_json(script.text or "")):
                kinds = one.get("@type")
                names = kinds if isinstance(kinds, list) else [kinds]
                if any(isinstance(name, str) and _ARTICLE.fullmatch(name) for name in names):
                    return one
    return {}


def parse_json(source: str | bytes) -> object:
    """What a JSON text says; None where it is none (or is nested beyond reading)."""
    try:
        value: object = json.loads(source)
    except (ValueError, RecursionError):
        return None
    return value


def _list_objects(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, list):
        for one in value:
            yield from _list_objects(one)
    elif isinstance(value, dict):
        yield value
        yield from _list_objects(value.get("@graph"))


def _find_heading(root: etree._Element, title: str | None) -> etree._Element | None:
    """The h1 that is the report's title: the one worded like og:title, or in the article."""
    headings = [one for one in root.iter("h1") if read_words(one)]
    for one in headings:
        if title is not None and read_words(one).casefold() == title.casefold():
            return one
    inside = [
        one for one in headings if next(one.iterancestors("article", "main"), None) is not None
    ]
    if inside:
        return inside[0]
    return headings[0] if len(headings) == 1 else None


def _find_title(root: etree._Element, head: Head, text: str, hints: list[Zone]) -> str | None:
    """The heading; else what the head says, a site's name after the last bar or dash cut off."""
    heading = next((hint.span for hint in hints if hint.kind == "title"), None)
    if heading is not None:
        return " ".join(text[heading[0] : heading[1]].split())
    said = clean_field(head.metas.get("og:title")) or clean_field(head.article.get("headline"))
    if said is not None:
        return said
    title = next(root.iter("title"), None)
    words = read_words(title) if title is not None else ""
    return re.sub(r"\s+[|–—»-]\s+[^|–—»]{2,40}$", "", words) or None


def _find_outlet(head: Head) -> str | None:
    publisher = head.article.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    return clean_field(head.metas.get("og:site_name")) or clean_field(name)


def _find_url(root: etree._Element, head: Head, url: str | None) -> str | None:
    links = [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"]
    said = next((clean_field(link) for link in links if link), None)
    said = said or clean_field(head.metas.get("og:url")) or clean_field(head.article.get("url"))
    if said is None:
        return url
    if "://" not in said and url is not None and "[" not in said:
        return urljoin(url, said)
    return said if "://" in said else url


def _find_dates(root: etree._Element, head: Head) -> Iterator[tuple[str, str]]:
    """Where the page says when it was published, and its words for it.

    Time elements count only where nothing else does, and only outside of menus and link lists.
    """
    for name in _DATE_METAS:
        if name.lower() in head.metas:
            yield f"meta {name}", head.metas[name.lower()]
            break
    said = clean_field(head.article.get("datePublished"))
    if said is not None:
        yield "JSON-LD datePublished", said
    elif not any(name.lower() in head.metas for name in _DATE_METAS):
        yield from _find_times(root)


def _find_times(root: etree._Element) -> Iterator[tuple[str, str]]:
    times = [one for one in root.iter("time") if clean_field(one.get("datetime"))]
    times = [
        one
        for one in times
        if next(one.iterancestors("nav", "aside", "footer", "li"), None) is None
    ]
    described = [
        (one, f"{one.get('class', '')} {one.get('itemprop', '')}".lower()) for one in times
    ]
    first = [one for one, names in described if "publi" in names]
    others = [one for one, names in described if not re.search("updat|modif", names)]
    for one in first or others:
        yield "time datetime", str(one.get("datetime"))
