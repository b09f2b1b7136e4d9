"""Web archives (WARC, ISO 28500): the HTML pages among their response and resource records."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from typing import BinaryIO

from onrecord.domain import Failure
from onrecord.errors import ReportError
from onrecord.intake.html import read_html
from onrecord.intake.item import Item, fail_item, try_item

MAX_PAGE = 50_000_000
"""The largest page that is read, in bytes: pages with their pictures inside reach some 20 MB."""

_VERSION = re.compile(rb"WARC/\d")
_HEADER = 1_000_000  # bytes that the header of a record may have
_BREAK = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class _Record:
    number: int
    headers: Message
    block: bytes | None


def read_warc(stream: BinaryIO, path: str) -> Iterator[Item | Failure]:
    """The pages of a WARC file, read record by record; each with its record's number ("path#3").

    Only HTML that was delivered with status 200 is a report; pictures, redirects and the like
    are passed over. A damaged record gives a Failure, and reading goes on at the next.
    """
    found = False
    for record in _read_records(stream, path):
        if isinstance(record, Failure):
            found = True
            yield record
        elif record.headers.get("WARC-Type") in ("response", "resource"):
            page = _find_page(record)
            if page is not None:
                found = True
                yield try_item(_read_page, page, f"{path}#{record.number}")
    if not found:
        yield fail_item(path, "it is a web archive without any HTML page")


@dataclass(frozen=True, slots=True)
class _Page:
    url: str | None
    http: Message
    body: bytes | None


def _read_records(stream: BinaryIO, path: str) -> Iterator[_Record | Failure]:
    number = 0
    while (line := stream.readline(_HEADER)) != b"":
        if not line.strip():
            continue
        number += 1
        if not _VERSION.match(line):
            yield fail_item(f"{path}#{number}", "it is not a WARC record; skipped to the next one")
            while line != b"" and not _VERSION.match(line):
                line = stream.readline(_HEADER)
            if line == b"":
                return
            number += 1
        headers = _read_headers(stream)
        length = str(headers.get("Content-Length") or "").strip()
        if not (length.isascii() and length.isdigit()):
            yield fail_item(f"{path}#{number}", "its WARC record doesn't say how long it is")
            continue
        yield _Record(number, headers, _read_block(stream, int(length)))


def _read_headers(stream: BinaryIO) -> Message:
    lines: list[bytes] = []
    while (line := stream.readline(_HEADER)).strip():
        lines.append(line)
    return BytesHeaderParser().parsebytes(b"".join(lines))


def _read_block(stream: BinaryIO, length: int) -> bytes | None:
    """The block of a record; None, and passed over, where it is larger than any page."""
    if length <= MAX_PAGE:
        return stream.read(length)
    while length > 0 and (piece := stream.read(min(length, 1_000_000))):
        length -= len(piece)
    return None


def _find_page(record: _Record) -> _Page | None:
    """The HTML page that a record holds, or None."""
    url = record.headers.get("WARC-Target-URI")
    url = str(url).strip(" <>") if url is not None else None
    if record.headers.get("WARC-Type") == "resource":
        return _Page(url, record.headers, record.block) if _is_html(record.headers) else None
    if record.block is None:
        return _Page(url, Message(), None)
    head, _, rest = record.block.partition(b"\n")
    status = re.match(rb"HTTP/\d(?:\.\d)?\s+(\d{3})", head)
    parts = _BREAK.split(rest, maxsplit=1)
    http = BytesHeaderParser().parsebytes(parts[0])
    if status is None or status.group(1) != b"200" or not _is_html(http):
        return None
    return _Page(url, http, parts[1] if len(parts) > 1 else b"")


def _is_html(headers: Message) -> bool:
    kind = str(headers.get("Content-Type") or "").split(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml")


def _read_page(page: _Page, path: str) -> Item:
    if page.body is None:
        raise ReportError(path, f"it is larger than {MAX_PAGE // 1_000_000} MB")
    body = page.body
    if "chunked" in str(page.http.get("Transfer-Encoding") or "").lower():
        body = _join_chunks(body)
    body = _decompress(body, str(page.http.get("Content-Encoding") or "").strip().lower(), path)
    kind = str(page.http.get("Content-Type") or "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w:.-]+)", kind, re.IGNORECASE)
    return read_html(body, path, charset=charset.group(1) if charset else None, url=page.url)


def _join_chunks(body: bytes) -> bytes:
    """A chunked body in one piece; as it is where it isn't chunked (crawlers often undo it)."""
    pieces: list[bytes] = []
    at = 0
    while (
        size := re.compile(rb"\s*([0-9A-Fa-f]{1,8})[^\r\n]{0,200}\r?\n").match(body, at)
    ) is not None:
        length = int(size.group(1), 16)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        if length == 0:
            return b"".join(pieces)
    return b"".join(pieces) if pieces and at >= len(body) else body


def _decompress(body: bytes, coding: str, path: str) -> bytes:
    """A body without its content coding; as it is where a crawler has undone that already."""
    if coding in ("", "identity") or (coding in ("gzip", "x-gzip") and body[:2] != b"\x1f\x8b"):
        return body
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise ReportError(path, f"it is compressed with {coding!r}, which is not read")
    raw = coding == "deflate" and body[:1] not in (b"\x78", b"\x58", b"\x38", b"\x18")
    inflater = zlib.decompressobj(-15 if raw else 47)
    try:
        plain = inflater.decompress(body, MAX_PAGE)
    except zlib.error:
        raise ReportError(path, "its compressed content is damaged") from None
    return plain
