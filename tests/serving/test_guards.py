from __future__ import annotations

import socket

import pytest

from onrecord.serving.guards import Bound, is_own_host, is_own_origin, is_token

LOCAL = Bound("127.0.0.1", 8000)
ALL = Bound("0.0.0.0", 8000)
NAMED = Bound("desk.example", 80)


@pytest.mark.parametrize(
    ("header", "bound", "own"),
    [
        ("127.0.0.1:8000", LOCAL, True),
        ("localhost:8000", LOCAL, True),
        ("LOCALHOST:8000", LOCAL, True),
        ("[::1]:8000", LOCAL, True),
        ("127.0.0.1", LOCAL, False),
        ("127.0.0.1:8001", LOCAL, False),
        ("evil.example:8000", LOCAL, False),
        ("127.0.0.1.evil.example:8000", LOCAL, False),
        ("10.0.0.7:8000", LOCAL, False),
        ("", LOCAL, False),
        (":8000", LOCAL, False),
        ("localhost:8000:8000", LOCAL, False),
        ("localhost:٨٠٠٠", LOCAL, False),
        ("localhost:99999999999", LOCAL, False),
        ("localhost:80", Bound("localhost", 80), True),
        ("localhost", Bound("localhost", 80), True),
        ("[::1]", Bound("::1", 80), True),
        ("10.0.0.7:8000", ALL, True),
        ("[fe80::1]:8000", ALL, True),
        (f"{socket.gethostname()}:8000", ALL, True),
        ("evil.example:8000", ALL, False),
        ("desk.example", NAMED, True),
        ("evil.example", NAMED, False),
    ],
)
def test_only_our_own_address_is_taken(header: str, bound: Bound, own: bool) -> None:
    assert is_own_host(header, bound) is own


@pytest.mark.parametrize(
    ("origin", "site", "own"),
    [
        (None, "none", True),
        ("http://127.0.0.1:8000", "same-origin", True),
        ("http://127.0.0.1:8000", "cross-site", False),
        ("https://127.0.0.1:8000", "none", False),
        ("http://localhost:8000", "none", False),
        ("null", "none", False),
        ("", "none", False),
        (None, "cross-site", False),
        (None, "same-site", False),
    ],
)
def test_only_our_own_pages_may_write(origin: str | None, site: str, own: bool) -> None:
    assert is_own_origin(origin, site, "127.0.0.1:8000") is own


def test_a_token_is_all_of_it() -> None:
    assert is_token("abc", "abc")
    assert not any(is_token(typed, "abc") for typed in ("", "ab", "abcd", "ABC", "äbc"))


@pytest.mark.parametrize(
    ("bound", "url", "local"),
    [
        (LOCAL, "http://127.0.0.1:8000/", True),
        (ALL, "http://localhost:8000/", False),
        (Bound("::1", 80), "http://[::1]:80/", True),
        (NAMED, "http://desk.example:80/", False),
    ],
)
def test_where_it_can_be_found(bound: Bound, url: str, local: bool) -> None:
    assert (bound.url, bound.is_local) == (url, local)
