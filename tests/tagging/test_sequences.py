from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.tagging.heads import BIO, LAYERS
from onrecord.tagging.sequences import decode_tags

NAMES = LAYERS["name"]


def follows(one, two):
    return not two.startswith("I") or (one[0] in "BI" and one[1:] == two[1:])


def log_softmax(scores):
    high = scores - scores.max(1, keepdims=True)
    return high - np.log(np.exp(high).sum(1, keepdims=True))


def weigh(path, scores, labels, cost):
    logs = log_softmax(scores.astype(np.float64))
    return sum(logs[i, tag] - cost * labels[tag].startswith("B") for i, tag in enumerate(path))


def is_legal(path, labels):
    kinds = ["O", *(labels[tag] for tag in path)]
    return all(follows(one, two) for one, two in pairwise(kinds))


def score_tables(labels, longest):
    values = st.floats(-8, 8, width=32)
    return st.integers(1, longest).flatmap(
        lambda n: arrays(np.float32, (n, len(labels)), elements=values)
    )


@given(scores=score_tables(BIO, 6), cost=st.floats(-3, 3))
def test_the_best_legal_sequence_is_found(scores, cost):
    check_best(scores, BIO, cost)


@given(scores=score_tables(NAMES, 3), cost=st.floats(-3, 3))
def test_the_best_legal_sequence_of_names_is_found(scores, cost):
    check_best(scores, NAMES, cost)


def check_best(scores, labels, cost):
    found = decode_tags(scores, labels, cost)
    assert is_legal(found, labels)
    legal = [p for p in product(range(len(labels)), repeat=len(scores)) if is_legal(p, labels)]
    best = max(weigh(path, scores, labels, cost) for path in legal)
    assert weigh(found, scores, labels, cost) == pytest.approx(best, abs=1e-3)


def test_nothing_has_no_tags():
    assert decode_tags(np.zeros((0, 3), dtype=np.float32), BIO, 0.0) == []


def test_start_costs_close_and_open_spans():
    scores = np.log(np.array([[0.4, 0.6, 0.0001]], dtype=np.float32))
    assert decode_tags(scores, BIO, 0.0) == [1]
    assert decode_tags(scores, BIO, 1.0) == [0]
    assert decode_tags(scores[:, [1, 0, 2]], BIO, 0.0) == [0]
    assert decode_tags(scores[:, [1, 0, 2]], BIO, -1.0) == [1]


def search_all(scores, labels, cost, breaks):
    """Viterbi over all units, the plain way."""
    logs = log_softmax(scores.astype(np.float64))
    logs -= [cost * label.startswith("B") for label in labels]
    inside = [number for number, label in enumerate(labels) if label.startswith("I")]
    for unit in (0, *breaks):
        logs[unit, inside] = -np.inf
    best = [(value, (number,)) for number, value in enumerate(logs[0])]
    for row in logs[1:]:
        best = [
            max(
                (total + row[number], (*path, number))
                for total, path in best
                if follows(labels[path[-1]], label)
            )
            for number, label in enumerate(labels)
        ]
    return list(max(best)[1])


@given(seed=st.integers(0, 10_000), labels=st.sampled_from([BIO, NAMES]), cost=st.floats(-2, 2))
def test_leaving_out_what_is_not_worthwhile_changes_nothing(seed, labels, cost):
    rng = np.random.default_rng(seed)
    scores = rng.normal(0, 3, (60, len(labels))).astype(np.float32)
    scores[:, 0] += rng.choice([0, 6], 60)  # stretches of O as in a report
    breaks = sorted({int(unit) for unit in rng.integers(1, 60, 4)})
    assert decode_tags(scores, labels, cost, breaks) == search_all(scores, labels, cost, breaks)
