"""Statements put together from taggings: contents, agencies, doubles, confidence, ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Attribution, Name, Report, Tagging, Words
from onrecord.statements.attributions import (
    build_statements,
    measure_certainty,
    measure_confidence,
)
from onrecord.statements.rules import Speaker
from onrecord.statements.via import CREDITED

ReadMarked = Callable[..., tuple[Report, Tagging]]


def test_a_whole_statement(read_marked: ReadMarked) -> None:
    marked = "Kremlin spokesman [p Ivo Stern] came. “[c1 It is] wrong,” [q1 warned] [s1 [p Stern]]."
    report, tagging = read_marked(marked)
    (statement,) = build_statements(report, tagging)
    assert statement.kind == "direct"
    assert statement.content.text == "It is wrong"
    assert statement.cue is not None
    assert statement.cue.text == "warned"
    assert statement.source is not None
    assert statement.source.text == "Stern"
    assert statement.act is not None
    assert statement.act.code == "WARN"
    assert statement.speaker is not None
    assert statement.speaker.name == "Ivo Stern"


VIA = [
    ("[c1 [s2 [p Anna Berg]] [q2 said] [c2 no]], [q1 writes] [s1 [o UNN]].", ["no"], ["UNN"]),
    ("[s2 [p Anna Berg]] [q2 said] [c2 no], Reuters reports.", ["no"], ["Reuters"]),
    ("[s2 [p Anna Berg]] [q2 said] [c2 no], citing Reuters and AFP.", ["no"], ["Reuters", "AFP"]),
    (
        "[s2 [p Anna Berg]] [q2 said] [c2 no]. Her comments, reported by AFP and EFE, hurt.",
        ["no"],
        ["AFP", "EFE"],
    ),
    (
        "[s2 [p Anna Berg]] [q2 told] the newspaper [o Morning Star] [c2 no].",
        ["no"],
        ["Morning Star"],
    ),
    ("[s2 [p Anna Berg]] [q2 said] [c2 no]. Reuters was closed on Monday.", ["no"], []),
    (
        "[s1 [o Reuters]] [q1 reported] [c1 that the bridge was shut].",
        ["that the bridge was shut"],
        [],
    ),
    (
        "[s1 [o Reuters]] [q1 reported] [c1 that the bridge was shut, that the ships were waiting, "
        "and that [s2 [p Anna Berg]] [q2 said] [c2 no]].",
        [
            "that the bridge was shut, that the ships were waiting, and that Anna Berg said no",
            "no",
        ],
        ["Reuters"],
    ),
]


@pytest.mark.parametrize(("marked", "contents", "via"), VIA)
def test_via(read_marked: ReadMarked, marked: str, contents: list[str], via: list[str]) -> None:
    report, tagging = read_marked(marked)
    statements = build_statements(report, tagging)
    assert [statement.content.text for statement in statements] == contents
    assert [party.words.text for party in statements[-1].via] == via
    assert [party.mention is not None for party in statements[-1].via] == [True] * len(via)


def test_doubles_and_empty_contents_are_left_out(read_marked: ReadMarked) -> None:
    report, tagging = read_marked("[s1 [p Anna Berg]] [q1 said] [c1 “No”]. [c2 ...]")
    first = tagging.attributions[0]
    double = Attribution(first.content, score=1.0)
    doubled = replace(tagging, attributions=(*tagging.attributions, double))
    assert build_statements(report, doubled) == build_statements(report, tagging)
    assert len(build_statements(report, tagging)) == 1


def test_an_id_rests_on_report_content_and_source(read_marked: ReadMarked) -> None:
    report, tagging = read_marked("[s1 [p Anna Berg]] [q1 said] [c1 no].")
    (statement,) = build_statements(report, tagging)
    (again,) = build_statements(report, replace(tagging, names=()))
    (other,) = build_statements(replace(report, id="other"), tagging)
    assert statement.id == again.id
    assert statement.id != other.id


def test_confidence() -> None:
    attribution = Attribution(((0, 1),), score=0.8, source_score=0.5)
    certainty = measure_certainty(attribution, Speaker())
    assert certainty == (("content", 0.8), ("source", 0.5), ("speaker", 0.5))
    assert measure_confidence(certainty) == 0.2
    assert measure_confidence((("content", 7.0), ("speaker", -1.0))) == 0.0


def test_an_addressee_that_is_named_is_identified(read_marked: ReadMarked) -> None:
    marked = "[p Ivo Stern] waited. [s1 [p Anna Berg]] [q1 told] [p Stern] [c1 no]."
    report, tagging = read_marked(marked)
    place = report.text.rindex("Stern")
    attribution = replace(tagging.attributions[0], addressee=((place, place + 5),))
    (statement,) = build_statements(report, replace(tagging, attributions=(attribution,)))
    assert statement.addressee is not None
    assert statement.addressee.mention is not None
    assert statement.addressee.mention.name == "Ivo Stern"


SPANS = st.tuples(st.integers(0, 80), st.integers(0, 80)).map(lambda pair: tuple(sorted(pair)))


@given(
    text=st.text(max_size=80),
    language=st.sampled_from(["en", "de", "uk", "xx"]),
    spans=st.lists(SPANS, max_size=8),
    names=st.lists(SPANS, max_size=4),
)
def test_any_text_and_spans(
    text: str, language: str, spans: list[tuple[int, int]], names: list[tuple[int, int]]
) -> None:
    fitting = [span for span in spans if span[0] < span[1] <= len(text)]
    attributions = tuple(
        Attribution((span,), tuple(fitting[n + 1 : n + 2]), tuple(fitting[n + 2 : n + 3]))
        for n, span in enumerate(fitting)
    )
    tagged = tuple(Name(span, "person") for span in names if span[0] < span[1] <= len(text))
    report = Report("r", "r", "0", text, language, ())
    for statement in build_statements(report, Tagging("r", attributions, tagged)):
        assert (
            statement.content.text
            == type(statement.content).of(text, *statement.content.spans).text
        )
        assert any(character.isalpha() for character in statement.content.text)


def test_a_credited_agency_is_what_statements_came_through(read_marked: ReadMarked) -> None:
    marked = "(dpa) [c1 “The dam will hold,”] [q1 said] [s1 [p Anna Berg]]."
    report, tagging = read_marked(marked)
    credit = Words.of(report.text, (1, 4))
    (statement,) = build_statements(replace(report, credits=(credit,)), tagging)
    (party,) = statement.via
    assert party.words == credit
    assert party.mention is not None
    assert party.mention.rule == CREDITED
