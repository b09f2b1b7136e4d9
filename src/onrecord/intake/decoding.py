"""Bytes to text, unchanged or not at all: nothing is guessed and nothing replaced."""

from __future__ import annotations

import codecs
import re

from onrecord.errors import ReportError

MAX_TEXT = 5_000_000
"""The largest text of one report, in bytes: some 800 pages of print, more than any report has."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What pages call an encoding and what browsers take it for (encoding.spec.whatwg.org): Latin-1
# and ASCII are read as windows-1252, GB2312 as its superset GB18030.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_SINGLE_BYTE = re.compile(r"cp125\d|cp866|cp874|iso8859-\d+|koi8-[ru]|mac-roman")
_MULTI_BYTE = ("utf-8", "gb18030", "big5", "euc_jp", "shift_jis", "euc_kr", "iso2022_jp")
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROL_SHARE = 0.05
_KNOWN_FILES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (or an office document)"),
    (b"\xd0\xcf\x11\xe0", "an office document of the old kind"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
)


def decode_text(data: bytes, path: str, *, declared: str | None = None) -> str:
    """The text that `data` holds, as it stands; only a byte-order mark at its start is left out.

    A byte-order mark decides; else UTF-8, or the encoding that the page declares. A single-byte
    encoding is not believed where the bytes are valid UTF-8, which text in such an encoding
    practically never is. ReportError says what is wrong: empty, binary, too large, or in an
    encoding that is neither UTF-8 nor declared.
    """
    _check_bytes(data, path)
    text = _decode(data, path, declared).removeprefix("\ufeff")
    return check_text(text, path)


def check_text(text: str, path: str) -> str:
    """`text` itself, where it can be a report; ReportError where it holds none."""
    if not text.strip():
        raise ReportError(path, "it holds only white space")
    if "\x00" in text or len(_CONTROLS.findall(text)) > _CONTROL_SHARE * len(text):
        raise ReportError(path, "it is a binary file, not text")
    if _SURROGATES.search(text):
        raise ReportError(path, "its text holds half of a character (a lone surrogate)")
    if not any(character.isalnum() for character in text):
        raise ReportError(path, "it holds no words")
    if len(text.encode()) > MAX_TEXT:
        raise ReportError(path, describe_excess(MAX_TEXT))
    return text


def describe_excess(limit: int) -> str:
    """The reason for which more than `limit` bytes are refused."""
    return f"it is larger than {limit // 1_000_000} MB, which no single report is"


def sniff_encoding(data: bytes) -> str | None:
    """The encoding that a byte-order mark names, if there is one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def _check_bytes(data: bytes, path: str) -> None:
    if not data:
        raise ReportError(path, "it is empty")
    for magic, name in _KNOWN_FILES:
        if data.startswith(magic):
            raise ReportError(path, f"it is {name}, which is not read; save it as text or HTML")


def _decode(data: bytes, path: str, declared: str | None) -> str:
    marked = sniff_encoding(data)
    if marked is not None:
        return _decode_as(data, path, marked)
    encoding = _resolve_encoding(declared, path) if declared is not None else "utf-8"
    if encoding == "utf-8" or (_SINGLE_BYTE.fullmatch(encoding) and _is_utf8(data)):
        return _decode_as(data, path, "utf-8")
    return _decode_as(data, path, encoding)


def _resolve_encoding(declared: str, path: str) -> str:
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        raise ReportError(path, f"it declares an unknown encoding, {declared!r}") from None
    name = _READ_AS.get(name, name)
    # A page whose bytes could be searched for its declaration is not in UTF-16, whatever it says.
    if name.startswith(("utf-16", "utf-32")):
        return "utf-8"
    if name not in _MULTI_BYTE and not _SINGLE_BYTE.fullmatch(name):
        raise ReportError(path, f"it declares an encoding that is not read, {declared!r}")
    return name


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, path: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start + 1} does not fit"
    if b"\x00" in data and not encoding.startswith(("utf-16", "utf-32")):
        raise ReportError(path, "it is a binary file, not text")
    if len(_CONTROLS.findall(data.decode("latin-1"))) > _CONTROL_SHARE * len(data):
        raise ReportError(path, "it is a binary file, not text")
    if encoding == "utf-8":
        raise ReportError(path, f"it is not in UTF-8 ({where}) and declares no other encoding")
    raise ReportError(path, f"it is not in {encoding.upper()} as it says ({where})")
