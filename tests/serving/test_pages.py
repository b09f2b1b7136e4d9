"""All pages of a made-up record: they lead to one another, and nothing of a report is markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urldefrag

import pytest
from lxml import html
from tests.serving.conftest import Desk, list_words
from tests.views.test_dossier import HOSTILE
from werkzeug.test import TestResponse

from onrecord.serving.guards import HEADERS

Pages = dict[str, TestResponse]


@pytest.fixture(scope="module")
def crawled(library: Desk) -> Pages:
    """Every page that can be reached from the front page."""
    found: Pages = {}
    pending = ["/", "/search?q=pier", "/utterances/u1?decided=x"]
    while pending:
        path = pending.pop()
        if path not in found:
            found[path] = library.get(path)
            if found[path].mimetype == "text/html":
                pending += [urldefrag(link).url for link in list_links(found[path])]
    return found


def list_links(response: TestResponse) -> Iterator[str]:
    links = html.document_fromstring(response.text).xpath("//a/@href | //link/@href")
    return (link for link in links if link.startswith("/"))


def list_trees(crawled: Pages) -> Iterator[tuple[str, html.HtmlElement]]:
    for path, response in crawled.items():
        if response.mimetype == "text/html":
            yield path, html.document_fromstring(response.text)


def test_every_link_leads_to_a_page_with_the_place_that_it_names(crawled: Pages) -> None:
    assert {path: r.status_code for path, r in crawled.items() if r.status_code != 200} == {}
    folders = {path.split("/")[1] for path in crawled}
    assert folders >= {"stories", "utterances", "actors", "statements", "reports", "decisions"}
    for path, tree in list_trees(crawled):
        for link in tree.xpath("//a/@href"):
            page, place = urldefrag(link)
            target = (
                tree
                if not page
                else html.document_fromstring(crawled[page].text or "<p>")
                if page.startswith("/") and place
                else None
            )
            if target is not None and place:
                assert target.xpath("//*[@id=$place]", place=place), (path, link)


def test_a_link_from_elsewhere_is_only_an_address_of_the_web(crawled: Pages) -> None:
    links = {link for _, tree in list_trees(crawled) for link in tree.xpath("//a/@href")}
    outside = {link for link in links if not link.startswith(("/", "#"))}
    assert outside == {"https://wave.example/pier"}


def test_nothing_of_a_report_becomes_markup(crawled: Pages) -> None:
    for path, tree in list_trees(crawled):
        assert not tree.xpath("//script | //style | //iframe | //img | //*[@style]"), path
        assert not [
            name for name in tree.xpath("//@*/..") for name in name.attrib if name[:2] == "on"
        ]
    assert HOSTILE in html.document_fromstring(crawled["/reports/r2"].text).text_content()
    assert "javascript:alert(1)" in list_words(crawled["/reports/r2"])
    assert "by <b>Ana</b>, " in list_words(crawled["/utterances/u1"])


def test_every_answer_has_the_headers_that_keep_others_out(crawled: Pages) -> None:
    for response in crawled.values():
        assert {name: response.headers[name] for name in HEADERS} == HEADERS
        assert "'unsafe" not in response.headers["Content-Security-Policy"]


def test_ids_are_there_once_and_headings_go_down_one_at_a_time(crawled: Pages) -> None:
    for path, tree in list_trees(crawled):
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        levels = [int(one.tag[1]) for one in tree.xpath("//h1|//h2|//h3|//h4")]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_all_fields_have_labels_and_all_forms_a_token_and_a_signature(
    library: Desk, crawled: Pages
) -> None:
    forms = 0
    for path, tree in list_trees(crawled):
        for field in tree.xpath("//input[@type!='hidden' or not(@type)] | //select | //textarea"):
            assert tree.xpath("//label[@for=$one]", one=field.get("id")), (path, field.attrib)
        for form in tree.xpath("//form[@method='post']"):
            forms += 1
            assert form.xpath(".//input[@name='token']/@value") == [library.token]
            assert len(form.xpath(".//*[@required][@name='who' or @name='why']")) == 2
            assert len(" ".join(form.xpath("./p[1]/text()")).split()) > 10, "its consequence"
    assert forms > 20


def test_pages_say_which_language_words_are_in(crawled: Pages) -> None:
    for path, tree in list_trees(crawled):
        assert tree.get("lang") == "en"
        for one in tree.xpath("//*[contains(text(), 'Ми заплатимо')][not(self::option)]"):
            nearest = one.xpath("ancestor-or-self::*[@lang][1]/@lang")
            assert nearest == ["uk"] or one.tag in ("title", "dd"), (path, one.tag)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "4 reports in English and Ukrainian 7 statements"),
        ("/", "1 report could not be read"),
        ("/stories/y1", "answers Halm (in general) by the words had said"),
        ("/stories/y1", "Speaker not known: “somebody” is nobody in particular"),
        ("/stories/y2", "repeats Halm : We will pay for the pier"),
        ("/utterances/u1", "if it is ours"),
        ("/utterances/u1", "may be the same as Orle : it is ours (score 0.61)"),
        ("/utterances/u1", "repeated by Halm : the town would pay for the pier"),
        ("/utterances/u1", "Decided by <b>Ana</b>"),
        ("/utterances/u1", "The machine keeps them apart (likeness 0.61)."),
        ("/actors/a1", "Ukrainian Гальм"),
        ("/actors", "Halm person 2 utterances mayor"),
        ("/statements/s2a", "spliced Warning: stronger"),
        ("/statements/s2a", "rule: weekday"),
        ("/statements/s2b", "not known: “somebody” is nobody in particular"),
        ("/reports/r3", "Пірс"),
        ("/search?q=pier", "Found: “pier”"),
        ("/search?q=pier", "it is ours"),
        ("/decisions", "Why: one & the same"),
    ],
)
def test_a_page_has_what_it_is_for(library: Desk, path: str, words: str) -> None:
    found = " ".join(" ".join(library.tree(path).itertext()).split())
    assert words in found


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nothing", 404, "There is no page at this address."),
        ("/stories/zz", 404, "No story has an id that begins with 'zz'."),
        ("/utterances/", 404, "There is no page at this address."),
        ("/statements/s", 404, "7 statements have an id that begins with 's'."),
        ("/?page=0", 404, "The list has no such part."),
        ("/actors?page=x", 404, "The list has no such part."),
        ("/stories/y1/merge", 405, "This address can’t be asked in this way."),
    ],
)
def test_what_is_not_there_is_said_in_a_line(
    library: Desk, path: str, status: int, words: str
) -> None:
    response = library.get(path)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    assert words in list_words(response)


def test_the_beginning_of_an_id_leads_to_the_page(library: Desk) -> None:
    response = library.get("/statements/s2a?page=1")
    assert response.status_code == 200
    response = library.get("/decisions/" + library.rows("decisions")[0]["id"][:6])
    assert response.status_code == 302
    assert response.location == "/decisions/" + library.rows("decisions")[0]["id"]


def test_reading_changes_nothing(library: Desk, crawled: Pages) -> None:
    before = library.path.read_bytes()
    for path in crawled:
        library.get(path)
    assert library.path.read_bytes() == before


def test_a_search_for_nothing_and_for_anything(library: Desk) -> None:
    assert "Type words" in list_words(library.get("/search?q="))
    assert "has nothing" in list_words(library.get("/search?q=zeppelin"))
    for typed in ('"', "a OR", "NEAR(", "%00", "é" * 500):
        assert library.get("/search", query_string={"q": typed}).status_code == 200


def test_styles_take_their_colours_from_those_that_are_tested(library: Desk) -> None:
    style = library.get("/static/pages.css")
    assert style.mimetype == "text/css"
    own = style.text[style.text.index("/* Served pages") :]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb|hsl", own)
    assert "url(" not in style.text
    assert "@import" not in style.text
