"""Bytes to text: unchanged, or refused with a reason."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReportError
from onrecord.intake.decoding import MAX_TEXT, decode_text

TEXT = "Fähre bleibt im Hafen.\r\nПором теж.\n"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (TEXT.encode(), None),
        (codecs.BOM_UTF8 + TEXT.encode(), None),
        (TEXT.encode("utf-16"), None),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None),
        (TEXT.encode(), "windows-1252"),
        (TEXT.encode(), "utf-16"),
    ],
)
def test_text_is_kept_as_it_is(data, declared):
    assert decode_text(data, "a", declared=declared) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Fähre – „bleibt“", "cp1252", "windows-1252"),
        ("Fähre – „bleibt“", "cp1252", "ISO-8859-1"),
        ("Пором лишається", "cp1251", "windows-1251"),
        ("Паром остаётся", "koi8-r", "KOI8-R"),
        ("フェリーは港に", "shift_jis", "Shift_JIS"),
    ],
)
def test_declared_encodings(text, encoding, declared):
    assert decode_text(text.encode(encoding), "a", declared=declared) == text
    with pytest.raises(ReportError, match="not in UTF-8"):
        decode_text(text.encode(encoding), "a")


@pytest.mark.parametrize(
    ("data", "declared", "reason"),
    [
        (b"", None, "it is empty"),
        (b" \n\t\r\n", None, "only white space"),
        (b"\xef\xbb\xbf\n", None, "only white space"),
        (b"a\x00b\x00c", None, "binary"),
        (b"\x01\x02\x03\x04abc", None, "binary"),
        (b"\xff\x00\x13\x88" * 50, None, "binary"),
        (b"%PDF-1.7 ...", None, "a PDF"),
        (b"PK\x03\x04....", None, "ZIP"),
        (b"-- ... --", None, "no words"),
        ("Fähre".encode("cp1252"), None, "byte 2"),
        (b"abc", "klingon", "unknown encoding"),
        (b"abc", "rot13", "encoding that is not read"),
        (b"\x81abc", "windows-1252", "not in CP1252"),
        (b"\xff\xfe\x00\xd8a\x00", None, "UTF-16"),
        (b"a" * (MAX_TEXT + 1), None, "larger than 5 MB"),
    ],
)
def test_refusals_say_why(data, declared, reason):
    with pytest.raises(ReportError, match=reason) as refusal:
        decode_text(data, "a.txt", declared=declared)
    assert refusal.value.path == "a.txt"
    assert "\n" not in refusal.value.reason


@given(st.binary(), st.none() | st.text(max_size=8) | st.sampled_from(["hex", "utf-7", "cp1251"]))
def test_never_anything_but_text_or_reason(data, declared):
    try:
        text = decode_text(data, "a", declared=declared)
    except ReportError:
        return
    text.encode()
    assert any(character.isalnum() for character in text)
