"""Files to reports: found, opened, told apart; one bad item never stops the others."""

import gzip
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from onrecord.domain import Failure, Report, make_id
from onrecord.intake import find_files, read_reports

TITLE = "Ferry stays in port until spring"
FIRST = "The harbour office said on Monday that the ferry would stay in port until it was repaired."
LAST = "A spokesman added that nobody had seen the engine so far and that he was sorry for that."
TEXT = f"{TITLE}\r\n\r\n{FIRST}\n\n{LAST}\n"
PAGE = f"""<!doctype html><html lang="en"><head><title>{TITLE} - The Example</title>
<meta property="og:site_name" content="The Example">
<meta property="article:published_time" content="2026-03-03T08:00:00Z">
<link rel="canonical" href="https://example.org/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{LAST}</p></article>
<form><button>Subscribe</button></form></body></html>"""


def read(tmp_path: Path, name: str, data: bytes) -> list[Report | Failure]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_reports(path))


def test_plain_text_is_the_decoded_file(tmp_path):
    [report] = read(tmp_path, "a.txt", TEXT.encode())
    assert report.text == TEXT
    assert report.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert report.id == make_id("report", report.sha256)
    assert report.path == (tmp_path / "a.txt").as_posix()
    assert (report.title, report.language, report.key) == (TITLE, "en", None)


def test_relative_paths_stay_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("sub").mkdir()
    Path("sub/a.txt").write_text(TEXT)
    [report] = read_reports(Path("sub/a.txt"))
    assert report.path == "sub/a.txt"


@pytest.mark.parametrize("name", ["a.txt", "a.bin", "a.html", "a"])
def test_gzip_and_names_make_no_difference(tmp_path, name):
    [plain] = read(tmp_path, name, TEXT.encode())
    [packed] = read(tmp_path, name + ".gz", gzip.compress(TEXT.encode()))
    assert (plain.id, plain.text) == (packed.id, packed.text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_plain_text_is_never_rewritten(tmp_path, text):
    for report in read(tmp_path, "a.txt", b"Words. " + text.encode()):
        if isinstance(report, Report):
            assert report.text == "Words. " + text
            assert all(
                0 <= start < end <= len(report.text)
                for start, end in (z.span for z in report.zones)
            )


@given(
    st.one_of(
        st.binary(max_size=200),
        st.binary(max_size=100).map(lambda data: b"<html>" + data),
        st.binary(max_size=100).map(lambda data: b"<rss><item>" + data),
        st.binary(max_size=100).map(lambda data: b"WARC/1.0\r\n" + data),
        st.binary(max_size=100).map(lambda data: b'{"text": "' + data),
        st.binary(max_size=100).map(lambda data: b"\x1f\x8b\x08" + data),
        st.text(max_size=100).map(lambda text: f"<html><body>{text}".encode("utf-8", "replace")),
    ),
    st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.json", "a.xml", "a.warc.gz"]),
)
@example(b"<html>&#xD800;&#0;</html>", "a.html")
@example(b'{"text": "half \\ud800 of it"}', "a.jsonl")
@example(b'{"text": "words", "title": "\\ud800"}', "a.jsonl")
@example(b"[" * 100_000, "a.json")
@example(b"<div>" * 5_000 + b"words", "a.html")
@example(b"<rss>" * 5_000, "a.xml")
@example(b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\nx", "a.warc")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_reading_never_raises(tmp_path, data, name):
    for outcome in read(tmp_path, name, data):
        if isinstance(outcome, Failure):
            assert outcome.stage == "intake"
            assert outcome.reason.strip()
            assert "\n" not in outcome.reason
        else:
            json.dumps([outcome.text, outcome.title, outcome.path], ensure_ascii=False).encode()
            assert sum(end - start for start, end in (zone.span for zone in outcome.zones)) == len(
                outcome.text
            )


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"\n \n", "only white space"),
        ("a.txt", b"Fa\xe4hre", "not in UTF-8"),
        ("a.txt", b"\x00\x01\x02\xff", "binary"),
        ("a.txt.gz", gzip.compress(TEXT.encode())[:-9], "gzip"),
        ("a.txt", b"a" * 5_000_001, "larger than 5 MB"),
        ("a.html", b"<html><body><script>1</script></body></html>", "white space"),
        ("a.xml", b"<?xml version='1.0'?><office><a>b</a></office>", "no feed entries"),
        ("a.json", b"{'text': 1}", "not JSON"),
        ("a.json", b"[]", "empty JSON list"),
        (
            "a.warc",
            b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
            "without any HTML",
        ),
    ],
)
def test_failures_say_why_in_one_line(tmp_path, name, data, reason):
    [failure] = read(tmp_path, name, data)
    assert failure.path == (tmp_path / name).as_posix()
    assert reason in failure.reason


def test_missing_file_is_a_failure(tmp_path):
    [failure] = read_reports(tmp_path / "none.txt")
    assert "no such file" in failure.reason


def test_html_page(tmp_path):
    [report] = read(tmp_path, "page", PAGE.encode())
    assert report.text == f"Home\n\n{TITLE}\n\n{FIRST}\n\n{LAST}\n\nSubscribe"
    assert [zone.kind for zone in report.zones] == [
        "furniture",
        "title",
        "lead",
        "body",
        "furniture",
    ]
    assert (report.title, report.outlet, report.published) == (TITLE, "The Example", "2026-03-03")
    assert report.url == report.key == "https://example.org/ferry"


def test_json_lines_keep_good_lines(tmp_path):
    lines = [
        json.dumps(
            {"text": TEXT, "headline": "Ferry", "id": 7, "publisher": {"name": "The Example"}}
        ),
        "{broken",
        "",
        json.dumps({"title": "no text"}),
        json.dumps(
            {
                "body_html": f"<p>{FIRST}</p><p>{LAST}</p>",
                "headline": TITLE,
                "versioncreated": "2026-03-03T10:00:00Z",
                "uri": "urn:x:1",
                "genre": "transcript",
            }
        ),
    ]
    first, broken, empty, html = read(tmp_path, "a.jsonl", "\n".join(lines).encode())
    assert (first.text, first.title, first.key, first.outlet) == (TEXT, "Ferry", "7", "The Example")
    assert [one.path.rpartition("#")[2] for one in (first, broken, empty, html)] == [
        "1",
        "2",
        "4",
        "5",
    ]
    assert "JSON" in broken.reason
    assert "no text" in empty.reason
    assert html.text == f"{TITLE}\n\n{FIRST}\n\n{LAST}"
    assert (html.published, html.key, html.kind) == ("2026-03-03", "urn:x:1", "primary")


def test_one_ninjs_object(tmp_path):
    item = {
        "uri": "http://example.org/1",
        "language": "en",
        "headlines": [{"role": "main", "value": TITLE}],
        "bodies": [{"role": "main", "contenttype": "text/plain", "value": TEXT}],
        "contentcreated": "2026-03-03T10:00:00Z",
    }
    [report] = read(tmp_path, "a.json", json.dumps(item, indent=1).encode())
    assert (report.text, report.title, report.published) == (TEXT, TITLE, "2026-03-03")
    assert report.url == "http://example.org/1"


def test_rss_feed(tmp_path):
    feed = f"""<?xml version="1.0" encoding="windows-1251"?>
    <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <title>Приклад</title><language>uk</language>
    <item><title>Пором лишається в порту</title><guid>x-1</guid><link>https://example.org/1</link>
    <pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><description>short</description>
    <content:encoded><![CDATA[<p>Пором лишається в порту, повідомили в управлінні.</p>]]>
    </content:encoded></item>
    <item><title> </title></item>
    <item><title>{TITLE}</title><description>{FIRST} &lt;b&gt;So.&lt;/b&gt;</description></item>
    </channel></rss>"""
    first, empty, last = read(tmp_path, "feed.xml", feed.encode("cp1251"))
    assert (
        first.text == "Пором лишається в порту\n\nПором лишається в порту, повідомили в управлінні."
    )
    assert (first.key, first.url, first.outlet) == ("x-1", "https://example.org/1", "Приклад")
    assert (first.language, first.published, first.path[-2:]) == ("uk", "2026-03-03", "#1")
    assert isinstance(empty, Failure)
    assert last.text == f"{TITLE}\n\n{FIRST} So."


def test_atom_and_json_feed(tmp_path):
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>The Example</title>
    <entry><id>urn:1</id><title>{TITLE}</title><link rel="self" href="https://example.org/s"/>
    <link href="https://example.org/1"/><published>2026-03-03T10:00:00Z</published>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{FIRST}</p></div></content></entry></feed>"""
    [report] = read(tmp_path, "a.atom", atom.encode())
    assert report.text == f"{TITLE}\n\n{FIRST}"
    assert (report.key, report.url, report.published) == (
        "urn:1",
        "https://example.org/1",
        "2026-03-03",
    )
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Example",
        "items": [
            {"id": "1", "title": TITLE, "content_text": FIRST, "date_published": "2026-03-03"},
            5,
        ],
    }
    report, failure = read(tmp_path, "feed.json", json.dumps(feed).encode())
    assert (report.text, report.outlet, report.key) == (f"{TITLE}\n\n{FIRST}", "The Example", "1")
    assert isinstance(failure, Failure)


def warc_record(body: bytes, *headers: str, kind: str = "response") -> bytes:
    block = "\r\n".join(["HTTP/1.1 200 OK", *headers, "", ""]).encode() + body
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/w\r\n"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def test_warc(tmp_path):
    page = PAGE.replace('<link rel="canonical" href="https://example.org/ferry">', "").encode()
    chunked = (
        b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (page[:100], page[100:])) + b"0\r\n\r\n"
    )
    records = [
        warc_record(page, "Content-Type: text/html; charset=utf-8"),
        warc_record(b"\xff\xd8\xff", "Content-Type: image/jpeg"),
        warc_record(chunked, "Content-Type: text/html", "Transfer-Encoding: chunked"),
        warc_record(gzip.compress(page), "Content-Type: text/html", "Content-Encoding: gzip"),
        warc_record(page, "Content-Type: text/html", kind="request"),
        b"garbage\r\nmore garbage\r\n",
        warc_record(page, "Content-Type: text/html", "Content-Encoding: br"),
        warc_record(page, "Content-Type: text/html"),
    ]
    for name, data in (
        ("a.warc", b"".join(records)),
        ("a.warc.gz", b"".join(gzip.compress(record) for record in records)),
    ):
        outcomes = read(tmp_path, name, data)
        reports = [one for one in outcomes if isinstance(one, Report)]
        assert len({one.id for one in reports}) == 1
        assert len(reports) == 4
        assert reports[0].url == "https://example.org/w"
        assert reports[0].sha256 == hashlib.sha256(page).hexdigest()
        assert [one.path.rpartition("#")[2] for one in reports] == ["1", "3", "4", "8"]
        assert [one.reason for one in outcomes if isinstance(one, Failure)] == [
            "it is not a WARC record; skipped to the next one",
            "it is compressed with 'br', which is not read",
        ]


def test_find_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "b/2.txt",
        "b/1.txt",
        "b/.hidden/3.txt",
        "b/.4.txt",
        "a.txt",
        "empty/.x",
        "[odd].txt",
    ):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(TEXT)
    found = find_files(["b", "a.txt", "*.txt", "none.txt", "none*", "empty", "[odd].txt"])
    assert [
        one.as_posix() if isinstance(one, Path) else (one.path, one.reason) for one in found
    ] == [
        "b/1.txt",
        "b/2.txt",
        "a.txt",
        "[odd].txt",
        ("none.txt", "there is no such file or folder"),
        ("none*", "no file fits this pattern"),
        ("empty", "the folder holds no files"),
    ]
