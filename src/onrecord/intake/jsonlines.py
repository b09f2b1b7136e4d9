"""JSON Lines and JSON: one object a report, in the fields that crawlers and agencies use.

IPTC ninjs 1 to 3 (iptc.org/std/ninjs) is read by the same fields: `headline`/`headlines`,
`body_text`, `body_html`, `bodies`, `versioncreated` and so on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.domain import Failure, Zone
from onrecord.errors import ReportError
from onrecord.intake.decoding import MAX_TEXT, check_text, describe_excess
from onrecord.intake.feed import join_title
from onrecord.intake.html import parse_json, read_fragment
from onrecord.intake.item import Item, clean_field, try_item

_TEXT = (
    "text", "body", "body_text", "content", "article", "articleBody", "maintext", "content_text",
    "plain_text", "story",
)  # fmt: skip
_HTML = ("body_html", "body_xhtml", "html", "content_html")
_TITLE = ("title", "headline", "head", "name")
_URL = ("url", "link", "canonical_url", "source_url", "permalink", "weblink", "uri")
_PUBLISHED = (
    "published", "published_at", "publishedAt", "datePublished", "date_published", "publish_date",
    "pubDate", "pubdate", "date", "firstcreated", "contentcreated", "versioncreated",
)  # fmt: skip
_OUTLET = (
    "outlet", "publisher", "source", "site", "site_name", "sourcename", "provider", "domain",
    "infosources",
)  # fmt: skip
_LANGUAGE = ("language", "lang", "inLanguage")
_KEY = ("id", "uri", "guid", "identifier")
_PRIMARY = frozenset({"primary", "transcript", "press release", "press-release", "pressrelease"})


def read_json_lines(lines: Iterable[bytes], path: str) -> Iterator[Item | Failure]:
    """One item (or Failure) per line of JSON, each with its line number ("path#3")."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield try_item(_read_line, line, f"{path}#{number}")


def read_object(value: object, data: bytes, path: str) -> Item:
    """The item that a JSON object describes; `data` are its bytes.

    A plain text in it is the report's text, unchanged. HTML is read as in a feed: title, empty
    line, text. ReportError where it has neither, or is no object.
    """
    if not isinstance(value, dict):
        raise ReportError(path, "it is not a JSON object")
    title = clean_field(_find_title(value))
    text, hints = _read_text(value, title, path)
    url = next((one for one in _list_fields(value, _URL) if "://" in one), None)
    dates = [(name, _as_words(value.get(name))) for name in _PUBLISHED]
    kind = clean_field(value.get("kind")) or clean_field(value.get("genre")) or ""
    return Item(
        path=path,
        data=data,
        text=check_text(text, path),
        title=title,
        outlet=next(_list_fields(value, _OUTLET), None),
        language=next(_list_fields(value, _LANGUAGE), None),
        url=url,
        key=next(_list_fields(value, _KEY), None) or url,
        kind="primary" if kind.casefold() in _PRIMARY else "report",
        dates=tuple((f"field {name}", words) for name, words in dates if words)[:1],
        hints=hints,
    )


def _read_text(
    value: Mapping[str, Any], title: str | None, path: str
) -> tuple[str, tuple[Zone, ...]]:
    plain, html = _find_body(value)
    if plain is not None:
        return check_text(plain, path).removeprefix("\ufeff"), ()
    if html is None:
        raise ReportError(path, f"it has no text (looked for {', '.join(_TEXT[:4])} and others)")
    body, hints = read_fragment(check_text(html, path), path)
    return join_title(title, body, hints)


def _read_line(line: bytes, path: str) -> Item:
    if len(line) > 2 * MAX_TEXT:
        raise ReportError(path, describe_excess(2 * MAX_TEXT))
    return read_object(parse_json(line), line.strip(), path)


def _as_words(value: object) -> str | None:
    """A field's words: a string, a number, an object's name, or the first of a list."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    elif isinstance(value, list):
        return next((words for one in value if (words := _as_words(one))), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return clean_field(value)


def _list_fields(value: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        words = _as_words(value.get(name))
        if words is not None:
            yield words


def _find_title(value: Mapping[str, Any]) -> str | None:
    titles = value.get("headlines")
    if isinstance(titles, list):
        for one in titles:
            if isinstance(one, dict) and isinstance(one.get("value"), str):
                return str(one["value"])
    return next(_list_fields(value, _TITLE), None)


def _find_body(value: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The plain text of an object, or else its HTML."""
    for name in _TEXT:
        if isinstance(value.get(name), str) and value[name].strip():
            return value[name], None
    bodies = value.get("bodies")
    listed = [one for one in bodies if isinstance(one, dict)] if isinstance(bodies, list) else []
    for one in listed:
        if isinstance(one.get("value"), str):
            is_html = "html" in str(one.get("contenttype") or one.get("contentType") or "")
            return (None, one["value"]) if is_html else (one["value"], None)
    return None, next(
        (value[name] for name in _HTML if isinstance(value.get(name), str) and value[name].strip()),
        None,
    )
