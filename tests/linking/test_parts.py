from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Words
from onrecord.linking.likeness import Content
from onrecord.linking.parts import find_parts

BRIDGE = "The bridge stays closed until the new bearings have come."
FERRY = "A ferry will carry the people of both banks for nothing."
WEATHER = "The wind has been from the west for most of this week."
NOTHING = np.zeros(2, dtype=np.float32)


def content(text: str, language: str = "en") -> Content:
    return Content(text, language, NOTHING)


WORDINGS = [content(f"{BRIDGE} Nobody is to blame for it."), content(f"Now. {FERRY}")]


def find(text: str, *pieces: str) -> tuple[list[tuple[int, list[str]]], bool]:
    spans = [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces or (text,)]
    parts, whole = find_parts(Words.of(text, *spans), text, WORDINGS, language="en")
    return [(part.of, [text[slice(*span)] for span in part.spans]) for part in parts], whole


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        (f"{BRIDGE} {FERRY}", [(0, [BRIDGE]), (1, [FERRY])], True),
        (f"{FERRY} {BRIDGE}", [(0, [BRIDGE]), (1, [FERRY])], True),
        (f"{BRIDGE} {WEATHER}", [(0, [BRIDGE])], False),
        (f"{BRIDGE} {FERRY} {WEATHER}", [(0, [BRIDGE]), (1, [FERRY])], False),
        (f"{BRIDGE} I mean it. {FERRY}", [(0, [BRIDGE, "I mean it."]), (1, [FERRY])], True),
        (f"{WEATHER} {WEATHER}", [], False),
        (BRIDGE, [], False),
        (f"{BRIDGE} Yes.", [], False),
        ("", [], False),
    ],
)
def test_sentences_go_to_the_wording_that_has_them(
    text: str, parts: list[tuple[int, list[str]]], whole: bool
) -> None:
    assert find(text) == (parts, whole)


def test_two_fragments_are_two_sentences() -> None:
    text = f"“{BRIDGE}” she said. “{FERRY}”"
    assert find(text, BRIDGE, FERRY) == ([(0, [BRIDGE]), (1, [FERRY])], True)


def test_a_wording_in_another_language_has_none_of_the_words() -> None:
    text = f"{BRIDGE} {FERRY}"
    words = Words.of(text, (0, len(text)))
    assert find_parts(words, text, WORDINGS, language="de") == ((), False)


@given(st.lists(st.sampled_from([BRIDGE, FERRY, WEATHER, "Yes.", "I mean it."]), max_size=6))
def test_parts_lie_apart_and_within_the_statement(sentences: list[str]) -> None:
    text = " ".join(sentences)
    parts, whole = find_parts(Words.of(text, (0, len(text))), text, WORDINGS, language="en")
    spans = sorted(span for part in parts for span in part.spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    joined = " ".join(text[slice(*span)] for span in spans)
    assert not whole or joined == text
