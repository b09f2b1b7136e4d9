"""Who speaks, in made-up sentences of eight languages and one that has no word lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report, Statement, Tagging
from onrecord.statements.attributions import build_statements

ReadMarked = Callable[..., tuple[Report, Tagging]]
ReadStatements = Callable[..., list[Statement]]

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "speakers.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="session")
def read_statements(read_marked: ReadMarked) -> Callable[..., list[Statement]]:
    def read(marked: str, language: str = "en") -> list[Statement]:
        report, tagging = read_marked(marked, language)
        return sorted(build_statements(report, tagging), key=lambda found: found.content.start)

    return read


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['text'][:60]}")
def test_speaker(
    case: dict[str, object], read_statements: ReadStatements, request: pytest.FixtureRequest
) -> None:
    if "fails" in case:
        request.applymarker(pytest.mark.xfail(reason=str(case["fails"]), strict=True))
    statements = read_statements(str(case["text"]), str(case["language"]))
    found = [s.speaker.name if s.speaker is not None else None for s in statements]
    assert found == case["speakers"]
    if "via" in case:
        assert [[party.words.text for party in s.via] for s in statements] == case["via"]


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "it", "pl", "ru", "uk"])
def test_the_table_covers_each_language(language: str) -> None:
    rows = [case for case in CASES if case["language"] == language]
    assert len(rows) >= 20
    assert sum("fails" in case for case in rows) <= 0.1 * len(rows)


RULES = [
    ("[s1 [p Anna Berg]] [q1 said] [c1 no].", "named in the source itself", "Anna Berg", True),
    (
        "[p Anna Berg] came. [s1 [p Berg]] [q1 said] [c1 no].",
        "surname of a person named elsewhere in the report",
        "Anna Berg",
        True,
    ),
    (
        "Mayor [p Anna Berg] came. [s1 The mayor] [q1 said] [c1 no].",
        "role of a person described in the report",
        "Anna Berg",
        True,
    ),
    (
        "[p Anna Berg] came. [s1 She] [q1 said] [c1 no].",
        "pronoun for the person spoken of",
        "Anna Berg",
        True,
    ),
    (
        "[s1 [p Ivo Stern]] [q1 said] [c1 no]. [p Anna Berg] waited. [q2 said] [s2 the Norwegian] "
        "[c2 never].",
        "description of the person spoken of",
        "Ivo Stern",
        False,
    ),
    ("[s1 A witness] [q1 said] [c1 no].", "unnamed", "witness", True),
]


@pytest.mark.parametrize(("marked", "rule", "words", "certain"), RULES)
def test_a_speaker_says_why(
    marked: str, rule: str, words: str, certain: bool, read_statements: ReadStatements
) -> None:
    speaker = read_statements(marked)[-1].speaker
    assert speaker is not None
    assert speaker.words is not None
    assert (speaker.rule, speaker.words.text, speaker.certain) == (rule, words, certain)


UNRESOLVED = [
    ("The bridge is shut. [c1 “No.”]", "no source is given"),
    ("[s1 The report] [q1 said] [c1 no].", "the source is a text, not a speaker"),
    ("[s1 He] [q1 said] [c1 no].", "nobody in the report fits the pronoun"),
    ("[s1 We] [q1 asked] [c1 why].", "the source is whoever is writing"),
]


@pytest.mark.parametrize(("marked", "reason"), UNRESOLVED)
def test_a_missing_speaker_has_a_reason(
    marked: str, reason: str, read_statements: ReadStatements
) -> None:
    statement = read_statements(marked)[0]
    assert statement.speaker is None
    assert dict(statement.unresolved)["speaker"] == reason


def test_a_speaker_has_the_descriptions_of_the_report(read_statements: ReadStatements) -> None:
    marked = "Kremlin spokesman [p Ivo Stern] came. [s1 [p Stern]] [q1 said] [c1 no]."
    speaker = read_statements(marked)[0].speaker
    assert speaker is not None
    assert speaker.descriptions == ("Kremlin spokesman",)


def test_the_answer_is_the_same_in_any_order_of_attributions(read_marked: ReadMarked) -> None:
    marked = "[s1 [p Anna Berg]] [q1 said] [c1 no]. [s2 She] [q2 added] [c2 never]."
    report, tagging = read_marked(marked)
    turned = type(tagging)(tagging.report, tagging.attributions[::-1], tagging.names[::-1])
    assert build_statements(report, turned) == build_statements(report, tagging)


MARKS = ["[s1 ", "[p ", "[q1 ", "[c1 ", "[s2 ", "[c2 ", "[o ", "]", "]", "]", "]"]
WORDS = ["He ", "said ", "Anna Berg ", "Berg’s ", "the minister ", "a ", "the ", "Mr ", "M. ", "d’"]
OTHERS = [
    "“",
    "”",
    ". ",
    ", ",
    "\n",
    ": ",
    "and ",
    "Kremlin ",
    "der Sprecher ",
    "за словами ",
    "who ",
]
PIECES = st.lists(st.sampled_from([*MARKS, *WORDS, *OTHERS]), max_size=30)


@given(PIECES, st.sampled_from(["en", "de", "fr", "es", "it", "pl", "uk", "ru", "xx", ""]))
def test_any_tagging_gives_valid_statements(
    read_marked: ReadMarked, pieces: list[str], language: str
) -> None:
    depth, marked = 0, ""
    for piece in pieces:
        depth += piece.startswith("[") - (piece == "]")
        if depth < 0:
            depth = 0
            continue
        marked += piece
    report, tagging = read_marked(marked + "]" * depth, language)
    usable = [a for a in tagging.attributions if a.content]
    for statement in build_statements(report, type(tagging)("r", tuple(usable), tagging.names)):
        parts = [statement.content, statement.cue, statement.source]
        if statement.speaker is not None:
            parts.append(statement.speaker.words)
        else:
            assert "speaker" in dict(statement.unresolved)
        for words in parts:
            if words is not None:
                assert words == type(words).of(report.text, *words.spans)
        assert 0 <= statement.confidence <= 1
