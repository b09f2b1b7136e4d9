from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Name
from onrecord.lexicon import load_lexicon
from onrecord.tagging.decode import Scored
from onrecord.tagging.heads import BUCKETS, POINTER_SIZE, Heads
from onrecord.tagging.layout import read_layout
from onrecord.tagging.references import LEAST, POINTER, REACH, find_references
from onrecord.tagging.windows import split_pieces

HIDDEN = 4


class WordTokenizer:
    """One piece a word or mark, with the space before it."""

    def encode(self, text):
        spans, start = [], 0
        for end in range(1, len(text) + 1):
            if end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum()):
                spans.append((start, end))
                start = end
        return list(range(len(spans))), spans


def make_heads(*, keys=0.0, none=0.0):
    """Heads that weigh a name by the first value of its first unit's vector, times `keys`."""
    key = np.zeros((POINTER_SIZE, 2 * HIDDEN), dtype=np.float32)
    key[0, 0] = keys
    ones = np.ones(POINTER_SIZE, dtype=np.float32)
    return Heads({
        f"asks.{POINTER}.weight": np.zeros((POINTER_SIZE, 2 * HIDDEN), dtype=np.float32),
        f"asks.{POINTER}.bias": ones,
        f"keys.{POINTER}.weight": key,
        f"keys.{POINTER}.bias": np.zeros(POINTER_SIZE, dtype=np.float32),
        f"none.{POINTER}": none * ones,
        f"places.{POINTER}": np.zeros(BUCKETS, dtype=np.float32),
    })  # fmt: skip


def read_scored(text, liked=""):
    """The text with vectors that are nothing, but for the units of the name that is liked."""
    pieces = split_pieces(text, WordTokenizer())
    vectors = np.zeros((len(pieces.units), HIDDEN), dtype=np.float32)
    if liked:
        starts = [start for start, _ in pieces.unit_spans]
        vectors[bisect_left(starts, text.index(liked)), 0] = 8.0
    return Scored(pieces, vectors, {}, read_layout(text, pieces))


def find_names(text, *names):
    places = [(text.index(name), name) for name in names]
    return [Name((start, start + len(name)), "person") for start, name in sorted(places)]


def read(text, *names, language="en", liked="", heads=None):
    found = find_references(
        read_scored(text, liked),
        heads or make_heads(keys=1.0),
        text,
        names=find_names(text, *names),
        language=language,
    )
    return [
        (text[slice(*one.span)], {text[slice(*name)]: odds for name, odds in one.names})
        for one in found
    ]


PRONOUNS = [
    ("en", "Ruv Berg met Ulo. He smiled at her.", ["He", "her"]),
    ("en", "Ruv Berg of the HE met Ulo. They and we saw it.", []),
    ("de", "Ruv Berg traf Ulo. Er grüßte sie.", ["Er", "sie"]),
    ("es", "Ruv Berg vio a Ulo. Ella y él hablaron con ellos.", ["Ella", "él"]),
    ("fr", "Ruv Berg a vu Ulo. Elle a dit que nous partons.", ["Elle"]),
    ("pl", "Ruv Berg i Ulo. Ona mówi, a on milczy.", ["Ona", "on"]),
    ("ru", "Рув Берг и Ulo. Она сказала, что он прав.", ["Она", "он"]),
    ("uk", "Рув Берг і Ulo. Вона сказала, що він правий.", ["Вона", "він"]),
    ("xx", "Ruv Berg met Ulo. He smiled.", []),
]


@pytest.mark.parametrize(("language", "text", "pronouns"), PRONOUNS)
def test_pronouns_for_one_person_are_found(language, text, pronouns):
    found = read(text, "Ulo", language=language)
    assert [word for word, _ in found] == pronouns
    assert all(set(names) == {"Ulo"} for _, names in found)


@pytest.mark.parametrize("liked", ["Ruv Berg", "Ulo Holm"])
def test_the_name_that_is_pointed_at_has_the_best_odds(liked):
    ((_, names),) = read("Ruv Berg met Ulo Holm. He left.", "Ruv Berg", "Ulo Holm", liked=liked)
    assert max(names, key=names.__getitem__) == liked
    assert sorted(names.values()) == [0.0, 1.0]


def test_odds_are_against_that_nobody_is_meant():
    ((_, names),) = read("Ruv Berg left. He ran.", "Ruv Berg", heads=make_heads(none=0.25))
    assert names == {"Ruv Berg": -2.0}
    ((_, names),) = read("Ruv Berg left. He ran.", "Ruv Berg", heads=make_heads(none=9.0))
    assert names == {"Ruv Berg": LEAST}


def test_names_far_off_are_left_out():
    text = "Ruv Berg came. " + "It rained. " * (REACH // 3) + "He left. Ulo stayed. Sig sang."
    assert [set(names) for _, names in read(text, "Ruv Berg", "Ulo", "Sig")] == [{"Ulo"}]


def test_without_names_or_the_pointer_there_is_nothing():
    text = "Ruv Berg came. He left."
    assert read(text) == []
    assert read(text, "Ruv Berg", heads=Heads({})) == []


WORDS = st.sampled_from(
    ["Ruv", "Ulo", "he", "Her", "HIS", "she", "it", "saw", ".", "\n", "’s", "х"]
)


@given(words=st.lists(WORDS, max_size=40), seed=st.integers(0, 99))
def test_spans_point_into_the_text(words, seed):
    text = " ".join(words)
    known = {"he", "her", "his", "she"} & load_lexicon("en").table("pronouns", "words").keys()
    at = 0
    names = []
    for word in words:
        if word in ("Ruv", "Ulo"):
            names.append(Name((at, at + 3), "person"))
        at += len(word) + 1
    scored = read_scored(text)
    rng = np.random.default_rng(seed)
    scored.vectors[:] = rng.normal(size=scored.vectors.shape)
    found = find_references(scored, make_heads(keys=3.0), text, names=names, language="en")
    assert [one.span for one in found] == sorted({one.span for one in found})
    for one in found:
        assert text[slice(*one.span)].lower() in known
        spans = [span for span, _ in one.names]
        assert spans == sorted(spans)
        assert {*spans} <= {name.span for name in names}
        assert all(odds >= LEAST for _, odds in one.names)
