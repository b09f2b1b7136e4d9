from __future__ import annotations

import pytest

from onrecord.domain import Mention, Statement, Words
from onrecord.views.certainty import LOW, list_doubts, write_shares

WORDS = Words("we will pay", ((0, 11),))
SURE = Mention("Halm", "person", "name")
BOTH = "speaker not certain (0.50): name"
DOUBTED = Mention("Halm", "person", "pronoun", certain=False)


def make(mention=SURE, **shares):
    return Statement(
        "s1", "r1", "direct", WORDS, speaker=mention, said_on="2026-03-03",
        confidence=0.25, certainty=tuple(shares.items()),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "doubts"),
    [
        (make(content=0.9, source=0.99, speaker=LOW), []),
        (make(content=0.69), ["words not certain (0.69)"]),
        (make(source=0.4), ["source not certain (0.40)"]),
        (make(speaker=0.5), [BOTH]),
        (make(speaker=0.5, content=0.1), ["words not certain (0.10)", BOTH]),
        (make(said_on=0.6), ["date not certain (0.60)"]),
        (make(DOUBTED), ["speaker not certain: pronoun"]),
        (make(DOUBTED, speaker=0.9), ["speaker not certain: pronoun"]),
    ],
)  # fmt: skip
def test_what_is_below_the_threshold_is_said(statement, doubts):
    assert list_doubts(statement) == doubts


def test_what_was_not_read_is_not_doubted():
    nobody = Statement("s1", "r1", "direct", WORDS, certainty=(("speaker", 0.1), ("said_on", 0.1)))
    assert list_doubts(nobody) == []


def test_a_speaker_that_somebody_named_is_not_doubted():
    named = Mention("Halm", "person", "decided")
    shares = (("speaker", 0.1),)
    assert (
        list_doubts(Statement("s1", "r1", "direct", WORDS, speaker=named, certainty=shares)) == []
    )


def test_the_confidence_is_shown_as_a_product_without_the_date():
    statement = make(content=0.5, speaker=0.5)
    assert write_shares(statement) == "0.25 = content 0.50 × speaker 0.50"
    assert write_shares(make()) == "0.25"
