from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.tagging.heads import (
    BUCKETS,
    LAYERS,
    POINTER_SIZE,
    POINTERS,
    Heads,
    place_candidates,
)

HIDDEN = 5
LABELS = sum(map(len, LAYERS.values()))


def make_heads(seed=0):
    rng = np.random.default_rng(seed)

    def draw(*shape):
        return rng.normal(size=shape).astype(np.float32)

    arrays = {"tags.weight": draw(LABELS, HIDDEN), "tags.bias": draw(LABELS)}
    for name in POINTERS:
        for side in ("asks", "keys"):
            arrays[f"{side}.{name}.weight"] = draw(POINTER_SIZE, 2 * HIDDEN)
            arrays[f"{side}.{name}.bias"] = draw(POINTER_SIZE)
        arrays[f"none.{name}"] = draw(POINTER_SIZE)
        arrays[f"places.{name}"] = draw(BUCKETS)
    return Heads(arrays)


# Words: 0-8 before by the bit length of the gap, 9-17 after, 18 inside. Sentences: 19-22 before,
# 23-26 after. Rank: 27-30 before, 31-34 after.
@pytest.mark.parametrize(
    ("asking", "candidate", "sentences", "expected"),
    [
        ((5, 8), (8, 9), "0000000000", [9, 23, 31]),
        ((5, 8), (3, 5), "0000000000", [0, 19, 27]),
        ((5, 8), (9, 10), "0000000000", [10, 23, 31]),
        ((5, 8), (2, 4), "0000011111", [1, 20, 27]),
        ((0, 1), (4, 5), "0000200000", [11, 25, 31]),
        ((0, 1), (9, 10), "0123456789", [13, 26, 31]),
        ((9, 10), (0, 1), "0123456789", [4, 22, 27]),
        ((2, 8), (4, 5), "0000000000", [18, 19, 27]),
        ((4, 6), (2, 9), "0000000000", [18, 19, 27]),
        ((4, 6), (5, 7), "0000000000", [18, 19, 27]),
    ],
)
def test_places_of_one_candidate(asking, candidate, sentences, expected):
    numbers = np.array([int(digit) for digit in sentences])
    assert place_candidates(asking, [candidate], numbers).tolist() == [expected]


def test_far_candidates_share_the_last_distance():
    sentences = np.zeros(2000, dtype=np.int64)
    near, far = place_candidates((0, 1), [(129, 130), (1500, 1501)], sentences)
    assert near[0] == far[0] == 17


def test_ranks_count_candidates_between():
    candidates = [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (20, 21), (22, 23)]
    places = place_candidates((10, 12), candidates, np.zeros(30, dtype=np.int64))
    assert places[:, 2].tolist() == [30, 30, 29, 28, 27, 31, 32]


def test_no_candidates_have_no_places():
    assert place_candidates((0, 1), [], np.zeros(3, dtype=np.int64)).shape == (0, 3)


spans = st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1]))


@given(asking=spans, candidates=st.lists(spans, max_size=8))
def test_places_have_a_row_of_weights_each(asking, candidates):
    sentences = np.arange(60) // 7
    places = place_candidates(asking, candidates, sentences)
    assert ((places >= 0) & (places < BUCKETS)).all()


def test_tags_are_cut_into_layers():
    heads = make_heads()
    vectors = np.random.default_rng(1).normal(size=(4, HIDDEN)).astype(np.float32)
    scores = heads.score_tags(vectors)
    assert {name: values.shape for name, values in scores.items()} == {
        name: (4, len(labels)) for name, labels in LAYERS.items()
    }
    whole = vectors @ heads.arrays["tags.weight"].T + heads.arrays["tags.bias"]
    assert np.allclose(np.concatenate(list(scores.values()), axis=1), whole)


@pytest.mark.parametrize("name", POINTERS)
@pytest.mark.parametrize("count", [0, 1, 7])
def test_pointing_gives_log_probabilities(name, count):
    rng = np.random.default_rng(count)
    places = rng.integers(0, BUCKETS, (count, 3))
    asking = rng.normal(size=2 * HIDDEN).astype(np.float32)
    candidates = rng.normal(size=(count, 2 * HIDDEN)).astype(np.float32)
    logs = make_heads().point(name, asking, candidates, places)
    assert logs.shape == (1 + count,)
    assert np.exp(logs).sum() == pytest.approx(1, abs=1e-5)


def test_large_scores_do_not_overflow():
    heads = make_heads()
    asking = np.full(2 * HIDDEN, 1e4, dtype=np.float32)
    candidates = np.full((2, 2 * HIDDEN), 1e4, dtype=np.float32)
    logs = heads.point("content_cue", asking, candidates, np.zeros((2, 3), dtype=np.int64))
    assert np.isfinite(logs).all()


def test_a_place_that_weighs_more_is_likelier():
    heads = make_heads()
    arrays = {**heads.arrays, "places.content_cue": np.arange(BUCKETS, dtype=np.float32)}
    same = np.ones((2, 2 * HIDDEN), dtype=np.float32)
    places = np.array([[1, 19, 27], [9, 23, 31]])
    _, one, other = Heads(arrays).point("content_cue", same[0], same, places)
    assert other - one == pytest.approx(8 + 4 + 4, abs=1e-3)
