"""Plain text: the file's text is the report's text."""

from __future__ import annotations

from onrecord.intake.decoding import decode_text
from onrecord.intake.item import Item


def read_plain(data: bytes, path: str) -> Item:
    r"""The item that a plain-text file is: its decoded text, unchanged but for a byte-order mark.

    Line ends stay as they are, "\r\n" too. ReportError where the bytes are no text.
    """
    return Item(path=path, data=data, text=decode_text(data, path))
