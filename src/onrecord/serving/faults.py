"""What goes wrong with a request, with a status and in plain English."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

_TITLES = {404: "Not found", 405: "Not done this way", 413: "Too large", 503: "Not now"}
_TEXTS = {
    404: "There is no page at this address.",
    405: "This address can’t be asked in this way.",
    413: "More was sent than this server takes.",
    400: "The request can’t be understood.",
}
_BUSY = (
    "The record is being written by another program, such as onrecord add. Nothing was changed "
    "here; try again when it is done."
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What went wrong; `location` is where the thing is instead."""

    status: int
    title: str
    text: str
    location: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def raised(self) -> FaultError:
        """The exception that carries it out of a handler."""
        return FaultError(self)


class FaultError(HTTPException):
    """Raised for a fault that is known where it happens."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.text)
        self.code = fault.status
        self.fault = fault


def name_fault(error: Exception) -> Fault:
    """The fault that an exception of a handler stands for. Raises what is none of them."""
    if isinstance(error, FaultError):
        return error.fault
    if isinstance(error, RequestRedirect):
        return Fault(308, "", "", location=error.new_url)
    if isinstance(error, HTTPException):
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        # Our own descriptions are of one line; those of the library are replaced.
        own = error.description if error.description != type(error).description else None
        text = own or _TEXTS.get(status, HTTPStatus(status).description or "It failed.")
        title = _TITLES.get(status, "That can’t be done")
        allowed = getattr(error, "valid_methods", None)
        headers = {"Allow": ", ".join(sorted(allowed))} if allowed else {}
        return Fault(status, title, text, headers=headers)
    if isinstance(error, sqlite3.OperationalError):
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise error
        return Fault(503, _TITLES[503], _BUSY, headers={"Retry-After": "30"})
    return Fault(503, _TITLES[503], write_sentence(str(error)))


def write_sentence(text: str) -> str:
    """The one line of an error as a sentence."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
