from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.background import RAREST, STEP, Background

SHARES = st.dictionaries(st.text(min_size=1, max_size=8), st.floats(0.001, 1.0), max_size=30)


def test_a_word_that_was_never_seen_weighs_most():
    assert Background.of({}).weigh("Kalmhaven") == RAREST


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2, 0.05, 0.01])
def test_a_word_weighs_the_logarithm_of_how_rare_it_is(share):
    weight = Background.of({"bridge": share}).weigh("bridge")
    assert weight == pytest.approx(-math.log(share), abs=STEP / 2)


@given(SHARES, st.text(max_size=8))
def test_packing_loses_nothing(shares, other):
    table = Background.of(shares)
    packed = table.pack()
    assert packed.isascii()
    assert packed.isprintable()
    again = Background.unpack(packed)
    assert all(again.weigh(word) == table.weigh(word) for word in (*shares, other))


@given(SHARES, SHARES)
def test_more_words_never_make_one_rarer(shares, more):
    few, many = Background.of(shares), Background.of(more | shares)
    for word in shares:
        assert 0 <= many.weigh(word) <= few.weigh(word) <= RAREST
