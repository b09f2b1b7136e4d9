"""What a reader takes out of a file: one item, before it is looked at as a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, ParamSpec

from onrecord.domain import Failure, Zone
from onrecord.errors import ReportError

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Item:
    """The text of one published item and what its file says of it.

    `data` is the item's bytes as they were found, for its hash. `dates` are (where it stood, the
    words) pairs in the order in which they are believed. `hints` are zones that the mark-up
    shows; they need not cover the text.
    """

    path: str
    data: bytes
    text: str
    title: str | None = None
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    key: str | None = None
    kind: Literal["report", "primary"] = "report"
    dates: tuple[tuple[str, str], ...] = ()
    hints: tuple[Zone, ...] = ()


def try_item(read: Callable[P, Item], *args: P.args, **kwargs: P.kwargs) -> Item | Failure:
    """What `read` gives, or the Failure that its ReportError stands for.

    The one place where a bad item is kept from stopping the others of its container.
    """
    try:
        return read(*args, **kwargs)
    except ReportError as error:
        return fail_item(error.path, error.reason)


def fail_item(path: str, reason: str) -> Failure:
    """The Failure of an item (or file) at `path`."""
    return Failure(path, "intake", reason)


def clean_field(value: object) -> str | None:
    """A title, outlet or the like with its white space collapsed; None for anything but words."""
    if not isinstance(value, str):
        return None
    words = " ".join(value.encode("utf-8", "ignore").decode("utf-8").split())
    return words or None
