"""A verdict on a quotation for a terminal: the answer first, then the evidence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.views.tables import clean_cell

WIDTH = 80
UNSUPPORTED = ("said by someone else", "said on another occasion", "not in the record")
"""Verdicts under which nobody who was asked for said these words then."""

_SIGNS = {"missing": "-", "added": "+", "changed": "~"}


def write_verdict(row: Mapping[str, Any]) -> str:
    """The JSON of `onrecord check` in plain text.

    A line that begins with "-" shows words of the record that the quotation lacks, "+" words that
    only the quotation has, "~" what stands in the quotation for words of the record.
    """
    return "\n".join(_write(row)) + "\n"


def _write(row: Mapping[str, Any]) -> Iterator[str]:
    yield str(row["verdict"])
    yield from textwrap.wrap(clean_cell(row["sentence"]), WIDTH)
    for difference in row["differences"]:
        sides = [difference["record"], difference["query"]]
        words = [f"“{clean_cell(side['text'])}”" for side in sides if side is not None]
        yield from _wrap(f"{_SIGNS[difference['op']]} {' → '.join(words)}", "  ")
    for report in row["reports"]:
        start, end = report["spans"][0][0], report["spans"][-1][1]
        yield ""
        yield f"  {report['rendering']}: {report['path']} [{start}:{end}]"
        yield from _wrap(clean_cell(report["text"]), "    ")


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
