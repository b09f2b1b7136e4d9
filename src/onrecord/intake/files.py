"""Files to reports: finding them, opening them, and choosing the reader by what is in them."""

from __future__ import annotations

import glob
import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from onrecord.domain import Failure, Report
from onrecord.errors import ReportError
from onrecord.intake.decoding import describe_excess, sniff_encoding
from onrecord.intake.feed import read_feed, read_json_feed
from onrecord.intake.html import parse_json, read_html
from onrecord.intake.item import Item, fail_item, try_item
from onrecord.intake.jsonlines import read_json_lines, read_object
from onrecord.intake.plain import read_plain
from onrecord.intake.report import make_report
from onrecord.intake.warc import MAX_PAGE, read_warc

_SNIFF = 65_536  # bytes by which the kind of a file is told
_GZIP = b"\x1f\x8b"
_WARC = re.compile(rb"WARC/\d")
_HTML_START = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_XML_START = re.compile(r"\s*(?:<\?xml\b|<!--.{0,2000}?-->\s*<|<(?:rss|feed|rdf:RDF)\b)", re.S)
_XHTML = re.compile(r"<!doctype\s+html|<html\b", re.IGNORECASE)
_JSON_FEED = "https://jsonfeed.org/version"


def find_files(paths: Sequence[str]) -> list[Path | Failure]:
    """The files that `paths` stand for, in order and each once: files, folders, patterns.

    A folder stands for all files under it, sorted, hidden ones left out. A path that isn't there,
    a pattern that fits nothing and a folder without files each give a Failure in their place.
    """
    found: dict[Path | Failure, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_expand(path)))
    return list(found)


def read_reports(path: Path) -> Iterator[Report | Failure]:
    """The reports in one file, gzipped or not: a text or a page is one, a container holds many.

    The kind of the file is told by what it holds, then by its name: WARC, JSON Lines or JSON,
    RSS, Atom or JSON feed, HTML, else plain text. Whatever can't be read is a Failure that says
    why; one bad item doesn't stop the others. The path of an item in a container is "path#3".
    """
    for item in _read_items(path):
        yield item if isinstance(item, Failure) else make_report(item)


def _expand(path: str) -> list[Path | Failure]:
    place = Path(path)
    if place.is_dir():
        files: list[Path | Failure] = [
            one
            for one in sorted(place.rglob("*"))
            if one.is_file() and not _is_hidden(one.relative_to(place))
        ]
        return files or [fail_item(place.as_posix(), "the folder holds no files")]
    if place.exists():
        return [place]
    if not glob.has_magic(path):
        return [fail_item(place.as_posix(), "there is no such file or folder")]
    # Path.glob takes no absolute patterns.
    fitting = [Path(one) for one in sorted(glob.glob(path, recursive=True))]  # noqa: PTH207
    files = [one for one in fitting if one.is_file()]
    return files or [fail_item(path, "no file fits this pattern")]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _read_items(path: Path) -> Iterator[Item | Failure]:
    """The items of a file; the one place where the file system and gzip can fail."""
    # A file name that is not UTF-8 comes with lone surrogates, which no JSON or table takes.
    name = path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        with path.open("rb") as file:
            packed = file.read(2) == _GZIP
            file.seek(0)
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
            yield from _read_stream(stream, name)
    except ReportError as error:
        yield fail_item(error.path, error.reason)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield fail_item(name, "its gzip compression is damaged or cut short")
    except OSError as error:
        yield fail_item(name, f"it can't be opened ({(error.strerror or 'input error').lower()})")


def _read_stream(stream: BinaryIO, name: str) -> Iterator[Item | Failure]:
    start = stream.read(_SNIFF)
    stream.seek(0)
    if _WARC.match(start):
        return read_warc(stream, name)
    encoding = sniff_encoding(start)
    head = start.decode(encoding or "utf-8", "ignore").removeprefix("\ufeff").lstrip()
    suffix = Path(name.removesuffix(".gz")).suffix.lower()
    if encoding is None and _is_json_lines(head, suffix):
        return read_json_lines(stream, name)
    data = stream.read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        raise ReportError(name, describe_excess(MAX_PAGE))
    if head[:1] in ("{", "[") and (value := parse_json(data)) is not None:
        return _read_json(value, data, name)
    if suffix == ".json":
        raise ReportError(name, "it is not JSON that can be read")
    is_html = _HTML_START.match(head) or (suffix in (".html", ".htm", ".xhtml") and "<" in head)
    if is_html or (_XML_START.match(head) and _XHTML.search(head)):
        return iter([try_item(read_html, data, name)])
    if _XML_START.match(head):
        return read_feed(data, name)
    return iter([try_item(read_plain, data, name)])


def _is_json_lines(head: str, suffix: str) -> bool:
    """Whether the first line is a JSON object of its own and more follow, or the name says so."""
    if suffix in (".jsonl", ".ndjson", ".jsonlines"):
        return True
    first, rest, _ = head.partition("\n")
    return head.startswith("{") and bool(rest) and isinstance(parse_json(first), dict)


def _read_json(value: object, data: bytes, name: str) -> Iterator[Item | Failure]:
    if isinstance(value, dict) and str(value.get("version", "")).startswith(_JSON_FEED):
        return read_json_feed(value, name)
    if not isinstance(value, list):
        return iter([try_item(read_object, value, data, name)])
    if not value:
        raise ReportError(name, "it is an empty JSON list")
    return (
        try_item(read_object, one, json.dumps(one, sort_keys=True).encode(), f"{name}#{number}")
        for number, one in enumerate(value, 1)
    )
