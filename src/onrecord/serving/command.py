"""The command that serves the pages."""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable
from importlib.util import find_spec

from onrecord.deciding import find_login
from onrecord.errors import InputError
from onrecord.record.connection import open_record
from onrecord.serving.engine import make_engine
from onrecord.serving.guards import Bound
from onrecord.settings import Settings

Command = Callable[[argparse.Namespace, Settings], int]
AddCommand = Callable[[str, Command, str], argparse.ArgumentParser]

OK = 0
THREADS = 4
_NEEDED = ("werkzeug", "waitress")


def add_serve_command(add: AddCommand) -> None:
    """Adds the command to a parser, by the function that adds one."""
    serving = add("serve", serve_command, "show the record in a browser, and let people decide")
    serving.add_argument(
        "--host", default="127.0.0.1", help="the address to listen on (default: this machine only)"
    )
    serving.add_argument("--port", type=int, default=8000, help="the port (default: 8000; 0: any)")


def serve_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve the pages until stopped."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise InputError(f"the pages need {' and '.join(missing)}: pip install {' '.join(missing)}")
    # A record that isn't there is not to be made by looking at it.
    open_record(settings.record, read_only=True).close()
    with _listen(arguments.host, arguments.port) as listening:
        _serve(settings, Bound(arguments.host, listening.getsockname()[1]), listening)
    return OK


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises InputError where that can't be."""
    if not 0 <= port < 2**16:
        raise InputError(f"{port} is not a port; there are 1 to {2**16 - 1:,}, and 0 for any")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"can't listen at {host}, port {port}: {reason}") from error


def _serve(settings: Settings, bound: Bound, listening: socket.socket) -> None:
    # What the extra brings is imported only here: everything else runs without it.
    import waitress  # noqa: PLC0415

    from onrecord.serving.application import LARGEST_BODY, Application  # noqa: PLC0415

    application = Application(settings, make_engine(settings), bound, who=_find_who())
    server = waitress.create_server(
        application,
        sockets=[listening],
        threads=THREADS,
        max_request_body_size=2 * LARGEST_BODY,  # what is a little larger gets our own answer
        ident=None,
    )
    if not bound.is_local:
        print(
            "onrecord: anybody who can reach this machine can read this record and decide on it",
            file=sys.stderr,
        )
    try:
        print(f"{settings.record} is at {bound.url} (Ctrl-C stops it)", flush=True)
        server.run()
    except KeyboardInterrupt:
        server.close()


def _find_who() -> str:
    try:
        return find_login()
    except InputError:
        return ""
