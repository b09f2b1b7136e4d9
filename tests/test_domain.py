from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Attribution, Words, make_id

parts = st.lists(st.text(max_size=5) | st.integers() | st.none(), max_size=4)


def test_ids_are_hashes_of_content_and_stay():
    payload = b'["story","a",1]'
    assert make_id("story", "a", 1) == hashlib.sha256(payload).hexdigest()[:16]
    assert make_id("story", (1, 2)) == make_id("story", [1, 2])


def test_ids_are_the_same_in_another_process():
    code = "from onrecord.domain import make_id; print(make_id('story', 'ö', 1, None))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert found.stdout.strip() == make_id("story", "ö", 1, None)


@given(one=parts, other=parts)
def test_other_parts_give_other_ids(one, other):
    assert (make_id("x", *one) == make_id("x", *other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab",)),
        (("a,b",), ("a", "b")),
        (('a","b',), ("a", "b")),
        (("1",), (1,)),
        (("é",), ("e\u0301",)),
    ],
)
def test_parts_are_never_joined(one, other):
    assert make_id("x", *one) != make_id("x", *other)


def test_lone_surrogates_have_ids():
    assert make_id("x", "\ud800") != make_id("x", "\ud801")


def test_words_join_their_fragments():
    text = "We will, she said, stay."
    words = Words.of(text, (0, 7), (19, 23))
    assert words.text == "We will … stay"
    assert (words.start, words.end) == (0, 23)


def test_values_are_frozen_and_vectors_are_not_compared():
    one = Attribution(((0, 1),), vector=np.zeros(2, dtype=np.float32))
    assert one == Attribution(((0, 1),), vector=np.ones(2, dtype=np.float32))
    assert hash(one) == hash(Attribution(((0, 1),)))
    with pytest.raises(FrozenInstanceError):
        one.score = 0.5
