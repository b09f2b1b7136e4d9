from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dialogues import find_exchanges
from onrecord.domain import Attribution
from onrecord.tagging.exchanges import UNTAGGED, fit_exchanges


def attribute(text, content, *, cue="", source="", inner=False, score=0.8):
    """An attribution of the words as they first stand in the text."""

    def find(words):
        return tuple((text.index(w), text.index(w) + len(w)) for w in words.split(" … ") if w)

    return Attribution(find(content), find(cue), find(source), inner=inner, score=score)


def fit(text, language, *attributions):
    exchanges = find_exchanges(text, language)
    return [
        (
            [text[a:b] for a, b in one.content],
            [text[a:b] for a, b in one.cue],
            [text[a:b] for a, b in one.source],
            one.score,
        )
        for one in fit_exchanges(text, attributions, exchanges)
    ]


LINE = "— Ні, — сказала Анна Берг. — Ніколи."


@pytest.mark.parametrize(
    ("content", "source", "score"),
    [
        (LINE, "", 0.8),
        ("Ні, — сказала Анна Берг. — Ніколи.", "Анна Берг", 0.8),
        ("Ніколи.", "Анна Берг", 0.8),
    ],
)
def test_a_line_of_dialogue_is_one_content_whatever_was_tagged(content, source, score):
    tagged = attribute(LINE, content, source=source)
    expected = (["Ні,", "Ніколи."], ["сказала"], [source] if source else [], score)
    assert fit(LINE, "uk", tagged) == [expected]


def test_a_line_that_was_passed_over_is_a_content():
    assert fit(LINE, "uk") == [(["Ні,", "Ніколи."], ["сказала"], [], UNTAGGED)]


def test_two_lines_in_one_content_are_two():
    text = "— Чому? — спитав Іван Кіт.\n— Бо так, — сказала Анна Берг."
    tagged = attribute(text, "Чому? — спитав Іван Кіт.\n— Бо так", source="Іван Кіт")
    assert [(content, source) for content, _, source, _ in fit(text, "uk", tagged)] == [
        (["Чому?"], ["Іван Кіт"]),
        (["Бо так,"], []),
    ]


def test_what_lies_outside_a_dialogue_stays():
    text = f"Мер сказав, що піде.\n{LINE}"
    tagged = attribute(text, f"що піде.\n{LINE}", cue="сказав")
    assert [(content, cue) for content, cue, _, _ in fit(text, "uk", tagged)] == [
        (["що піде."], ["сказав"]),
        (["Ні,", "Ніколи."], ["сказала"]),
    ]


def test_a_quotation_loses_the_clause_that_was_tagged_with_it():
    text = "“We lost it,” said farmer Ann Lee."
    tagged = attribute(text, "“We lost it,” said farmer", source="Ann Lee")
    assert fit(text, "en", tagged) == [(["“We lost it,”"], [], ["Ann Lee"], 0.8)]


def test_a_short_quotation_with_a_clause_is_a_content():
    text = "“No,” said Ann Lee."
    assert fit(text, "en") == [(["“No,”"], ["said"], [], UNTAGGED)]


def test_what_goes_on_after_the_clause_joins_the_quotation():
    text = "“No,” said Ann Lee. “Never.”"
    one = attribute(text, "“No,”", cue="said", source="Ann Lee")
    other = attribute(text, "“Never.”")
    assert fit(text, "en", one, other) == [(["“No,”", "“Never.”"], ["said"], ["Ann Lee"], 0.8)]


def test_what_somebody_else_says_next_does_not():
    text = "“No,” said Ann Lee. “Never.” That was Bob Ray."
    one = attribute(text, "“No,”", cue="said", source="Ann Lee")
    other = attribute(text, "“Never.”", source="Bob Ray")
    assert [content for content, *_ in fit(text, "en", one, other)] == [["“No,”"], ["“Never.”"]]


def test_a_quotation_within_another_is_an_inner_content():
    text = "“The mayor told me, ‘Go home,’ and left,” said Ann Lee."
    outer = attribute(text, "“The mayor told me, ‘Go home,’ and left,”", source="Ann Lee")
    found = fit_exchanges(text, [outer], find_exchanges(text, "en"))
    assert [one.inner for one in found] == [False, True]
    tagged = attribute(text, "‘Go home,’", inner=True)
    assert len(fit_exchanges(text, [outer, tagged], find_exchanges(text, "en"))) == 2


PARTS = [
    "— Ні, ",
    "— сказала Анна. ",
    "— Так. ",
    "\n",
    "«Ні», ",
    "Мер пішов. ",
    "«Ні, — сказав він. — Так»",
]


@given(st.lists(st.sampled_from(PARTS), max_size=8).map("".join), st.data())
def test_every_fit_content_is_of_letters_and_in_order(text, data):
    places = st.integers(0, len(text))
    pairs = data.draw(st.lists(st.tuples(places, places).filter(lambda p: p[0] < p[1]), max_size=3))
    tagged = [Attribution((pair,)) for pair in pairs]
    fitted = fit_exchanges(text, tagged, find_exchanges(text, "uk"))
    assert [one.content[0] for one in fitted] == sorted(one.content[0] for one in fitted)
    for one in fitted:
        assert all(0 <= a < b <= len(text) for a, b in one.content)
