from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.linking.clustering import cluster


def matrix(count, pairs, other=0.1):
    likeness = np.full((count, count), other)
    np.fill_diagonal(likeness, 1.0)
    for (one, two), value in pairs.items():
        likeness[one, two] = likeness[two, one] = value
    return likeness


@pytest.mark.parametrize(
    ("count", "pairs", "groups"),
    [
        (0, {}, []),
        (1, {}, [[0]]),
        (2, {(0, 1): 0.5}, [[0, 1]]),
        (2, {(0, 1): 0.49}, [[0], [1]]),
        (3, {(0, 2): 0.9}, [[0, 2], [1]]),
        (4, {(0, 3): 0.9, (1, 2): 0.8}, [[0, 3], [1, 2]]),
        # One chance likeness merges nothing: 0 and 2 are alike only through 1.
        (3, {(0, 1): 0.9, (1, 2): 0.8}, [[0, 1], [2]]),
        (3, {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.3}, [[0, 1, 2]]),
        # The first of equal pairs is merged first.
        (3, {(0, 1): 0.6, (1, 2): 0.6}, [[0, 1], [2]]),
        # What must stay apart stays so, whatever else joins it.
        (3, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): -np.inf}, [[0, 1], [2]]),
    ],
)
def test_groups(count, pairs, groups):
    assert cluster(matrix(count, pairs), least=0.5) == groups


def test_the_matrix_stays_as_it_was():
    likeness = matrix(3, {(0, 1): 0.9})
    before = likeness.copy()
    cluster(likeness, least=0.5)
    assert np.array_equal(likeness, before)


def merge_all(likeness, least):
    """The definition, with means taken over all pairs each time."""
    groups = [[i] for i in range(len(likeness))]
    while len(groups) > 1:
        pairs = [(a, b) for a in range(len(groups)) for b in range(a + 1, len(groups))]
        means = [likeness[np.ix_(groups[a], groups[b])].mean() for a, b in pairs]
        best = int(np.argmax(means))
        if means[best] < least:
            break
        a, b = pairs[best]
        groups[a] = sorted(groups[a] + groups.pop(b))
        groups.sort()
    return groups


likenesses = st.integers(1, 9).flatmap(
    lambda n: st.tuples(
        st.lists(st.floats(0, 1), min_size=n * n, max_size=n * n), st.permutations(range(n))
    )
)


@given(drawn=likenesses)
def test_groups_are_those_of_the_definition_in_any_order(drawn):
    values, order = drawn
    # Tiny unlike amounts, so that no two means are equal and the order of merging is plain.
    raw = np.array(values).reshape(len(order), len(order))
    raw += np.random.default_rng(len(order)).uniform(0, 1e-3, raw.shape)
    likeness = (raw + raw.T) / 2
    groups = cluster(likeness, least=0.5)
    assert groups == merge_all(likeness, 0.5)
    assert sorted(i for group in groups for i in group) == list(range(len(order)))
    shuffled = cluster(likeness[np.ix_(order, order)], least=0.5)
    assert sorted(sorted(order[i] for i in group) for group in shuffled) == groups
