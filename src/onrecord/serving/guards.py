"""What keeps others out: which addresses a request may name, and what a browser may do with a page.

A page of another site can send a browser here. It can't read what comes back, and it can't know the
token in our forms; with a name that it makes lead to this machine (DNS rebinding) it could do both,
were any name in the Host header taken.
"""

from __future__ import annotations

import hmac
import ipaddress
import socket
from collections.abc import Mapping
from dataclasses import dataclass

_HTTP = 80
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with it, browsers send forms with the origin "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""The headers of every answer."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The address that the server listens on."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        address = _read_address(self.host)
        return self.host == "localhost" or (address is not None and address.is_loopback)

    @property
    def url(self) -> str:
        """Where to point a browser on this machine."""
        address = _read_address(self.host)
        host = "localhost" if address is not None and address.is_unspecified else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}/"


def is_own_host(header: str, bound: Bound) -> bool:
    """Whether the Host header names the address that the server listens on.

    Beyond this machine, any numeric address and the machine's own name will do: no site can make
    a browser take a number for its own name.
    """
    host, port = _split_host(header)
    if port != bound.port:
        return False
    address = _read_address(host)
    if bound.is_local:
        return host in ("localhost", bound.host) or (address is not None and address.is_loopback)
    return address is not None or host in (bound.host.lower(), socket.gethostname().lower())


def is_own_origin(origin: str | None, site: str, host: str) -> bool:
    """Whether a request that writes comes from one of our pages, or from no page at all.

    `origin` and `site` are the headers Origin and Sec-Fetch-Site, the latter "none" without one.
    """
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return False
    return site in ("same-origin", "none")


def is_token(typed: str, token: str) -> bool:
    """Whether the form has the token of this process, compared in constant time."""
    return hmac.compare_digest(typed.encode(), token.encode())


def _split_host(header: str) -> tuple[str, int | None]:
    host, colon, port = header.rpartition(":")
    if not colon or port.endswith("]"):
        host, port = header, str(_HTTP)
    if not port.isascii() or not port.isdigit() or len(port) > 5:
        return "", None
    return host.removeprefix("[").removesuffix("]").lower(), int(port)


def _read_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
