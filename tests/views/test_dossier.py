from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from tests.linked import write_links

from onrecord import __version__
from onrecord.decisions import Effect, Outcome, Ruling
from onrecord.domain import (
    Actor,
    Answer,
    Basis,
    Difference,
    Failure,
    Links,
    Mention,
    Party,
    Rendering,
    Report,
    Statement,
    Story,
    Tagging,
    Utterance,
    Words,
    Zone,
)
from onrecord.errors import InputError
from onrecord.record.connection import open_record
from onrecord.record.rulings import write_decision, write_outcome
from onrecord.record.writes import write_failure, write_report
from onrecord.views.dossier import render_dossier

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

HOSTILE = "</style><script>alert('1 & \"2\"')</script> {{ 7 * 7 }} {% raw %}"

TEXTS = {
    "r1": "Transcript\nHALM: We will pay for the pier, if it is ours. We will not pay for boats.\n"
    "ORLE: Is it yours?\n",
    "r2": "Menu  Search\nThe pier\n“We will pay for the pier. We will not pay for boats,” Mayor "
    f"Halm told the council on Tuesday. {HOSTILE} Somebody said that Orle had said “it is ours”.\n",
    "r3": "Пірс\n«Ми заплатимо за три пірси», — сказала Гальм.\n",
    "r4": f"The fair{'r' * 300}\nHalm said again that the town would pay for the pier.\n",
}
LANGUAGES = {"r3": "uk"}
OUTLETS = {"r1": "Town Hall", "r2": "The <Gull>", "r3": "Хвиля"}


def find(report: str, *parts: str) -> Words:
    text = TEXTS[report]
    return Words.of(text, *((text.index(part), text.index(part) + len(part)) for part in parts))


def make_report(one: str, **more: Any) -> Report:
    zones = (
        (Zone("furniture", (0, 12)), Zone("title", (13, 21)), Zone("body", (22, len(TEXTS[one]))))
        if one == "r2"
        else (Zone("body", (0, len(TEXTS[one]))),)
    )
    values = {
        "language": LANGUAGES.get(one, "en"),
        "title": TEXTS[one].splitlines()[0],
        "outlet": OUTLETS.get(one),
        "published": "2026-03-04",
        **more,
    }
    return Report(one, f"{one}.txt", "0" * 64, TEXTS[one], zones=zones, **values)


def make_statement(one: str, words: Words, speaker: str | None = "Halm", **more: Any) -> Statement:
    report = f"r{one[1]}"
    mention = None if speaker is None else Mention(speaker, "person", "name", None, ("mayor",))
    values = {"kind": "direct", "speaker": mention, **more}
    return Statement(one, report, content=words, **values)


REPORTS = (
    make_report("r1", kind="primary"),
    make_report(
        "r2", url="javascript:alert(1)", published_basis=Basis("byline", find("r2", "Tuesday"))
    ),
    make_report("r3", url="https://wave.example/pier", published="2026-03"),
    make_report("r4", published=None),
)
FULL = "We will pay for the pier, if it is ours. We will not pay for boats."
STATEMENTS = (
    make_statement("s1a", find("r1", FULL), said_on="2026-03-03"),
    make_statement("s1b", find("r1", "Is it yours?"), "Orle", addressee=Party(find("r1", "HALM"))),
    make_statement(
        "s2a",
        find("r2", "We will pay for the pier. We will not pay for boats"),
        said_on="2026-03-03",
        said_on_basis=Basis("weekday", find("r2", "on Tuesday")),
        channel=find("r2", "council"),
    ),
    make_statement(
        "s2b",
        find("r2", "that Orle had said “it is ours”"),
        None,
        kind="mixed",
        unresolved=(("speaker", "“somebody” is nobody in particular"),),
    ),
    make_statement("s2c", find("r2", "it is ours"), "Orle"),
    make_statement("s3a", find("r3", "Ми заплатимо за три пірси"), "Гальм", said_on="2026-03-01"),
    make_statement(
        "s4a",
        find("r4", "the town would pay for the pier"),
        kind="indirect",
        unresolved=(("said_on", "the report does not say when"),),
    ),
)
GONE = Difference("missing", find("r1", "if it is ours"), None)
LINKS = Links(
    actors=(
        Actor(
            "a1",
            "Halm",
            "person",
            (("en", "Halm"), ("uk", "Гальм")),
            ("mayor",),
            (("r1", "Halm"), ("r2", "Halm"), ("r3", "Гальм"), ("r4", "Halm")),
        ),
        Actor("a2", "Orle", "person", (("en", "Orle"),), (), (("r1", "Orle"), ("r2", "Orle"))),
    ),
    stories=(
        Story(
            "y1", "The pier & the boats", ("r1", "r2", "r3"), ("en", "uk"), "2026-03", None, "y1"
        ),
        Story("y2", "The fair", ("r4",), ("en",), None, None, "y2"),
    ),
    utterances=(
        Utterance(
            "u1",
            "a1",
            "2026-03-03",
            ("s1a", "s2a", "s3a"),
            "s1a",
            "y1",
            (
                Rendering("s1a", "u1", "verbatim", find("r1", FULL).spans),
                Rendering(
                    "s2a", "u1", "spliced", STATEMENTS[2].content.spans, ("stronger",), (GONE,)
                ),
                Rendering(
                    "s3a", "u1", "translated", STATEMENTS[5].content.spans, ("number differs",)
                ),
            ),
        ),
        Utterance("u2", "a2", None, ("s1b",), "s1b", "y1"),
        Utterance("u3", "a2", None, ("s2c",), "s2c", "y1", possible=(("u1", 0.61),)),
        Utterance("u4", "a1", None, ("s4a",), "s4a", "y2", repeats="u1"),
        Utterance("u5", None, None, ("s2b",), "s2b", "y1"),
    ),
    answers=(
        Answer("u1", "u2", "a2", "s1a", find("r1", "HALM")),
        Answer("u3", None, "a1", "s2c", find("r2", "had said")),
    ),
)


def fill(connection: sqlite3.Connection) -> None:
    for report in REPORTS:
        said = [one for one in STATEMENTS if one.report == report.id]
        write_report(connection, report, Tagging(report.id, (), ()), said, model="m")
    write_links(connection, LINKS)
    write_failure(connection, Failure("scan<1>.pdf", "intake", "it is a PDF"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = open_record(tmp_path / "record.db")
    yield connection
    connection.close()


@pytest.fixture
def filled(record: sqlite3.Connection) -> sqlite3.Connection:
    fill(record)
    return record


@dataclass(frozen=True)
class Page:
    """A page, taken apart."""

    source: str

    @property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.source)

    def one(self, ident: str) -> html.HtmlElement:
        (found,) = self.tree.xpath("//*[@id=$ident]", ident=ident)
        return found

    def words(self, ident: str) -> str:
        return " ".join(self.one(ident).text_content().split())


def printed(element: html.HtmlElement) -> str:
    """The text of an element without what the page adds to it."""
    copy = html.fromstring(html.tostring(element, encoding="unicode"))
    for added in copy.xpath(".//*[contains('sr gone joint ref', @class) and @class != '']"):
        added.drop_tree()
    return str(copy.text_content())


def read(connection: sqlite3.Connection, story: str | None = None) -> Page:
    return Page(render_dossier(connection, story=story))


def test_every_id_is_there_once_and_every_link_leads_somewhere(filled: sqlite3.Connection) -> None:
    tree = read(filled).tree
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//@href")
    inner = [link for link in links if link.startswith("#")]
    assert len(inner) > 20
    assert {link[1:] for link in inner} <= set(ids)
    assert [link for link in links if not link.startswith("#")] == ["https://wave.example/pier"]
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_the_texts_of_the_reports_are_there_unchanged(filled: sqlite3.Connection) -> None:
    page = read(filled)
    for report in REPORTS:
        (text,) = page.one(f"r-{report.id}").xpath(".//*[@class='text']")
        assert printed(text) == report.text


def test_every_place_is_the_one_its_offsets_name(filled: sqlite3.Connection) -> None:
    page = read(filled)
    links = page.tree.xpath("//*[@class='places']/a | //a[@class='at']")
    assert links
    for link in links:
        _, report, start = link.get("href")[1:].split("-")
        first, last = (int(place) for place in link.text_content().split("–"))
        assert first == int(start) < last
        text = TEXTS[report]
        anchored = page.one(f"r-{report}-{start}")
        assert text[first:last].startswith(anchored.text_content())
        before = [one for one in anchored.itersiblings(preceding=True) if one.tag != "a"]
        assert sum(len(one.text_content()) for one in before) == first


def test_the_words_of_each_rendering_are_those_at_its_offsets(filled: sqlite3.Connection) -> None:
    passages = read(filled).tree.xpath("//section[@id='said' or @id='unknown']//blockquote")
    assert len(passages) == len(STATEMENTS)
    for passage in passages:
        places = passage.xpath("(following::*[@class='places'])[1]/a")
        parts = []
        for link in places:
            start, end = (int(place) for place in link.text_content().split("–"))
            parts.append(TEXTS[link.get("href").split("-")[1]][start:end])
        assert printed(passage) == "".join(parts)


def test_missing_words_are_struck_where_they_are_missing(filled: sqlite3.Connection) -> None:
    (gone,) = read(filled).one("u-u1").xpath(".//del")
    assert gone.text_content() == "if it is ours"
    assert gone.getparent().text_content().startswith(" [not here:]")
    before = gone.getparent().getprevious()
    assert before.tail.endswith("pay for the pier")
    assert gone.getparent().tail.startswith(". We will not")


def test_nested_statements_are_marked_as_such(filled: sqlite3.Connection) -> None:
    marks = read(filled).one("r-r2").xpath(".//mark")
    inner = [one.text_content() for one in marks if "inner" in one.get("class")]
    assert inner == ["it is ours"]
    assert "".join(one.text_content() for one in marks).endswith("that Orle had said “it is ours”")


def test_the_most_carried_utterance_comes_first_with_its_evidence(
    filled: sqlite3.Connection,
) -> None:
    page = read(filled)
    (first, *_) = page.tree.xpath("//article")
    assert first.get("id") == "u-u1"
    words = page.words("u-u1")
    assert words.startswith("1 Halm mayor Tuesday 3 March 2026")
    assert "carried by 3 reports in 2 languages" in words
    assert "through council" in words
    assert "dated by on Tuesday in The <Gull>" in words
    assert "dated Sunday 1 March 2026 here" in words
    assert "answers 2 Orle: Is it yours?" in words
    assert "may be the same as 3 Orle: it is ours (score 0.61)" in words
    assert "repeated by 4 Halm" in words
    flags = [one.text_content() for one in page.one("u-u1").xpath(".//*[@class='flag']")]
    assert flags == ["Warning: stronger", "Warning: number differs"]


def test_what_one_report_carries_is_listed_after_it(filled: sqlite3.Connection) -> None:
    page = read(filled)
    assert page.one("u-u2").tag == "li"
    assert "date not given: the report does not say when" in page.words("u-u4")
    assert "answered by 1 Halm" in page.words("u-u2")
    assert "answers Halm (in general) by the words had said" in page.words("u-u3")
    assert "to HALM" in page.words("u-u2")


def decide(connection: sqlite3.Connection, *things: str) -> None:
    """Stores that two statements are one utterance, as if linking had shaped things so."""
    ruling = Ruling("merge", "utterances", ("s1a", "s2a"))
    decision = write_decision(connection, ruling, who="<b>Ana</b>", why="one & the same")
    effect = Effect(decision.id, "applied", things, (("s1a",), ("s2a",)), 0.61)
    write_outcome(connection, Outcome((effect,)), ())


def test_what_people_decided_is_marked_where_it_shows(filled: sqlite3.Connection) -> None:
    decide(filled, "u1", "a1", "y1", "s4a")
    page = read(filled)
    for one in ("u-u1", "u-u4", "a-a1", "y-y1"):
        words = page.words(one)
        assert "Decided by <b>Ana</b>, " in words
        assert "Why: one & the same. The machine keeps them apart (likeness 0.61)." in words
    assert "Decided by" not in page.words("u-u2")
    assert "Decided by" not in page.words("a-a2")


def test_every_statement_says_on_demand_what_it_rests_on(filled: sqlite3.Connection) -> None:
    page = read(filled)
    found = page.one("said").xpath(".//details[@class='why']")
    assert len(found) + len(page.one("unknown").xpath(".//details[@class='why']")) == 7
    texts = [" ".join(one.text_content().split()) for one in found]
    assert any("dateTuesday 3 March 2026, weekday: on Tuesday" in one for one in texts)
    assert "“somebody” is nobody in particular" in page.words("unknown")


def test_what_is_not_certain_is_marked(record: sqlite3.Connection) -> None:
    said = [replace(STATEMENTS[0], certainty=(("content", 0.95), ("speaker", 0.41)))]
    write_report(record, REPORTS[0], Tagging("r1", (), ()), said, model="m")
    (doubt,) = read(record).one("said").xpath(".//*[contains(@class, 'doubt')]")
    assert doubt.text_content() == "speaker not certain (0.41): name"


def test_a_statement_without_a_speaker_says_why(filled: sqlite3.Connection) -> None:
    page = read(filled)
    assert page.one("u-u5").xpath("ancestor::section")[-1].get("id") == "unknown"
    assert "“somebody” is nobody in particular" in page.words("unknown")


def test_what_could_not_be_read_is_said(filled: sqlite3.Connection) -> None:
    page = read(filled)
    assert "1 report could not be read or worked through" in page.source
    assert "scan<1>.pdf: it is a PDF" in " ".join(page.tree.text_content().split())


def test_who_has_all_forms_of_a_name(filled: sqlite3.Connection) -> None:
    page = read(filled)
    assert page.words("a-a1").startswith("Halm person 4 statements mayor English")
    assert page.words("a-a1").endswith("Said 1, 4")
    assert page.one("a-a1").xpath(".//*[@lang='uk']")[0].text_content() == "Гальм"


def test_passages_carry_their_language_and_direction(filled: sqlite3.Connection) -> None:
    tree = read(filled).tree
    foreign = tree.xpath("//*[contains(text(), 'Ми заплатимо')]")
    assert foreign
    for one in foreign:
        (nearest,) = one.xpath("ancestor-or-self::*[@lang][1]")
        assert (nearest.get("lang"), nearest.get("dir")) == ("uk", "auto")
    assert all(one.get("dir") for one in tree.xpath("//blockquote[ancestor::*[@id='said']]"))


def test_nothing_of_a_report_becomes_markup(filled: sqlite3.Connection) -> None:
    page = read(filled)
    assert not page.tree.xpath("//script")
    assert "<script" not in page.source
    assert HOSTILE in printed(page.one("r-r2"))
    assert "javascript:alert(1)" in page.words("r-r2")
    assert not re.findall(r"(?:src|srcset|data|action)=", page.source)
    assert "@import" not in page.source
    assert "url(" not in page.source


def test_the_same_record_gives_the_same_page(filled: sqlite3.Connection, tmp_path: Path) -> None:
    other = open_record(tmp_path / "other.db")
    fill(other)
    assert render_dossier(other) == render_dossier(filled) == render_dossier(filled)
    other.close()


def test_a_story_has_its_own_page(filled: sqlite3.Connection) -> None:
    page = read(filled, "y2")
    assert page.tree.xpath("string(//h1)") == "The fair"
    assert page.tree.xpath("//article | //li[@class='short']/@id") == ["u-u4"]
    assert "repeats Halm (not in this dossier)" in page.words("u-u4")
    assert [one.get("id") for one in page.tree.xpath("//details[@class='report']")] == ["r-r4"]
    ids = set(page.tree.xpath("//@id"))
    assert {link[1:] for link in page.tree.xpath("//@href")} <= ids


def test_an_unknown_story_is_an_error(filled: sqlite3.Connection) -> None:
    with pytest.raises(InputError, match="no story whose id is or begins with 'z'"):
        render_dossier(filled, story="z")
    with pytest.raises(InputError, match="more than one story"):
        render_dossier(filled, story="y")


def test_an_empty_record_gives_a_page(record: sqlite3.Connection) -> None:
    page = read(record)
    words = " ".join(page.tree.text_content().split())
    assert page.tree.xpath("string(//h1)") == "The record"
    assert "The record holds no statements." in words
    assert f"Made offline by Onrecord {__version__}" in words


def test_statements_not_linked_yet_are_shown(record: sqlite3.Connection) -> None:
    said = [one for one in STATEMENTS if one.report == "r1"]
    write_report(record, REPORTS[0], Tagging("r1", (), ()), said, model="m")
    page = read(record)
    assert "not up to date" in page.source
    assert "In no story" in page.source
    assert "Halm" in page.words("u-s1a")


def test_offsets_outside_of_the_text_lead_to_the_report(record: sqlite3.Connection) -> None:
    text = make_report("r1")
    lost = replace(STATEMENTS[0], content=Words("beyond", ((5000, 5006),)))
    write_report(record, text, Tagging("r1", (), ()), [lost], model="m")
    page = read(record)
    assert page.one("said").xpath(".//*[@class='places']/a/@href") == ["#r-r1"]


def test_headings_go_down_one_level_at_a_time(filled: sqlite3.Connection) -> None:
    levels = [int(one.tag[1]) for one in read(filled).tree.xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def read_colours(source: str) -> list[dict[str, str]]:
    """The colours of the light and of the dark page."""
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", source, re.DOTALL)[:2]
    )
    return [light, {**light, **dark}]


def measure_contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAIRS = [
    ("ink", "paper"), ("quiet", "paper"), ("link", "paper"), ("gone", "paper"),
    ("added", "paper"), ("added", "added-wash"), ("ink", "said-wash"), ("ink", "inner-wash"),
    ("quiet", "said-wash"), ("quiet", "inner-wash"), ("ink", "target-wash"),
    ("quiet", "target-wash"), ("on-warn", "warn"), ("warn", "paper"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_text_stands_out_enough_in_light_and_in_dark(
    record: sqlite3.Connection, front: str, back: str
) -> None:
    for colours in read_colours(render_dossier(record)):
        assert measure_contrast(colours[front], colours[back]) >= 4.5


MEASURE = """<script>addEventListener('load', () => setTimeout(() => {
  const page = document.documentElement, opened = document.querySelectorAll('[open]');
  const found = Array.from(opened, one => one.id).join();
  document.querySelectorAll('details').forEach(one => one.open = true);
  document.title = [page.clientWidth, page.scrollWidth, 'open', found].join(' ');
}, 100))</script>"""
FRAME = """<iframe id="page" src="page.html%s" style="width:%dpx;height:900px;border:0"></iframe>
<script>setTimeout(() => {
  document.title = document.getElementById('page').contentDocument.title;
}, 2000)</script>"""
PLAIN = "<style>::-webkit-scrollbar { display: none }</style>"


def measure_page(source: str, folder: Path, *, width: int, anchor: str = "") -> str:
    """How wide the page is in a window of a width, how wide what is on it, and what is open."""
    source = re.sub(r"<meta http-equiv=[^>]*>", PLAIN, source)
    (folder / "page.html").write_text(source.replace("</body>", MEASURE), encoding="utf-8")
    frame = folder / "frame.html"
    frame.write_text(FRAME % (anchor, width), encoding="utf-8")
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--allow-file-access-from-files", f"--user-data-dir={folder}/profile",
        "--virtual-time-budget=4000", "--dump-dom", frame.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return str(html.document_fromstring(done.stdout).xpath("string(//title)"))


needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium to look with")


@needs_chromium
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_page_needs_no_scrolling_sideways(
    filled: sqlite3.Connection, tmp_path: Path, width: int
) -> None:
    measured = measure_page(render_dossier(filled), tmp_path, width=width)
    assert measured == f"{width} {width} open"


@needs_chromium
def test_a_link_opens_the_report_that_it_leads_to(
    filled: sqlite3.Connection, tmp_path: Path
) -> None:
    page = read(filled)
    (first, *_) = page.one("r-r2").xpath(".//mark/@id")
    assert measure_page(page.source, tmp_path, width=390, anchor=f"#{first}").endswith("open r-r2")
