"""HTML: which words are the report's, and what the head says."""

import pytest

from onrecord.errors import ReportError
from onrecord.intake.html import read_fragment, read_html

WORDS = "The harbour office said on Monday that the ferry would stay in port until it was repaired."


def page(body: str, head: str = "", attributes: str = "") -> bytes:
    return f"<html {attributes}><head>{head}</head><body>{body}</body></html>".encode()


def test_blocks_lines_and_silent_elements():
    text, _ = read_fragment(
        "<div>One <b>bold</b>\n  word<br>next<!-- no --> line<script>no</script> end</div>tail"
        "<ul><li>a<li>b</ul><style>no</style><p>&amp; &auml;&nbsp;x",
        "a",
    )
    assert text == "One bold word\nnext line end\n\ntail\n\na\n\nb\n\n& ä x"


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<nav>Words</nav>", "furniture"),
        ("<header>Words</header>", "furniture"),
        ("<footer>Words</footer>", "furniture"),
        ("<aside><p>Words</p></aside>", "furniture"),
        ("<form><label>Words</label></form>", "furniture"),
        ('<div class="post-comments">Words</div>', "furniture"),
        ('<div role="search">Words</div>', "furniture"),
        ('<p><a href="/a">Words</a></p>', "furniture"),
        ("<figure><figcaption>Words</figcaption></figure>", "caption"),
        ('<p class="byline">Words</p>', "byline"),
        ('<div class="main-content">Words</div>', None),
    ],
)
def test_zones_of_elements(markup, kind):
    item = read_html(page(f"<article><p>{WORDS}</p></article>{markup}"), "a")
    kinds = {item.text[slice(*hint.span)]: hint.kind for hint in item.hints}
    assert kinds.get("Words") == kind
    assert WORDS not in kinds


@pytest.mark.parametrize(
    "wrapper", ["<form>{}</form>", '<div class="content-sidebar-wrap">{}</div>']
)
def test_wrappers_around_the_report_are_not_furniture(wrapper):
    item = read_html(page(wrapper.format(f"<h1>Ferry stays</h1><p>{WORDS}</p>")), "a")
    assert [hint.kind for hint in item.hints] == ["title"]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Ferry stays | The Example</title>", f"<p>{WORDS}</p>", "Ferry stays"),
        ('<meta property="og:title" content="Ferry  stays">', f"<p>{WORDS}</p>", "Ferry stays"),
        (
            "<title>x</title>",
            f"<h1>Logo</h1><main><h1>Ferry <i>stays</i></h1><p>{WORDS}</p></main>",
            "Ferry stays",
        ),
        ("", f"<p>{WORDS}</p>", None),
    ],
)
def test_title(head, body, title):
    assert read_html(page(body, head), "a").title == title


def test_json_ld():
    article = (
        '{"@graph": [{"@type": "WebSite"}, {"@type": ["NewsArticle"], "headline": "Ferry stays", '
        '"datePublished": "2026-03-03", "publisher": {"name": "The Example"}, "inLanguage": "en"}]}'
    )
    script = '<script type="application/ld+json">{}</script>'
    head = script.format("[{") + script.format(article)
    item = read_html(page(f"<p>{WORDS}</p>", head), "a")
    assert (item.title, item.outlet, item.language) == ("Ferry stays", "The Example", "en")
    assert item.dates == (("JSON-LD datePublished", "2026-03-03"),)


def test_times_outside_of_lists_are_dates():
    body = (
        '<article><time datetime="2026-03-03">today</time>'
        '<time class="updated" datetime="2026-03-05">'
        f'</time><p>{WORDS}</p></article><ul><li><time datetime="2020-01-01">old</time></ul>'
    )
    assert read_html(page(body), "a").dates == (("time datetime", "2026-03-03"),)


def test_declared_charset_is_honoured():
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'
    text = "Пором лишається в порту."
    data = f"<html><head>{head}</head><body><p>{text}</p></body></html>".encode("cp1251")
    assert read_html(data, "a").text == text
    with pytest.raises(ReportError):
        read_html(data.replace(b"windows-1251", b"utf-8"), "a")
    assert read_html(data.replace(b"windows-1251", b"utf-8"), "a", charset="cp1251").text == text


def test_relative_canonical_address():
    data = page(f"<p>{WORDS}</p>", '<link rel="canonical" href="/ferry">')
    assert read_html(data, "a", url="https://example.org/x").url == "https://example.org/ferry"
    assert read_html(data, "a").url is None
