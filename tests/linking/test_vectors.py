from __future__ import annotations

import numpy as np
import pytest

from onrecord.linking.vectors import ALL, center_vector, clear_vector


def vector(*values):
    return np.array(values, dtype=np.float32)


MEANS = {ALL: vector(1, 0), "de": vector(0, 1)}


def test_a_languages_mean_is_taken_off():
    assert center_vector(vector(3, 5), "de", MEANS).tolist() == pytest.approx([0.6, 0.8])


def test_a_language_without_a_mean_has_that_of_all():
    assert center_vector(vector(1, 2), "xx", MEANS).tolist() == [0, 1]


def test_vectors_have_length_one():
    rng = np.random.default_rng(0)
    for _ in range(20):
        centred = center_vector(rng.normal(size=2).astype(np.float32), "de", MEANS)
        assert np.linalg.norm(centred) == pytest.approx(1, abs=1e-6)
        assert centred.dtype == np.float32


def test_what_is_common_to_a_language_no_longer_counts():
    common, rng = vector(*[5] * 8), np.random.default_rng(1)
    one, other = (common + rng.normal(size=8).astype(np.float32) for _ in range(2))
    means = {ALL: common}
    before = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    after = center_vector(one, "en", means) @ center_vector(other, "en", means)
    assert before > 0.9
    assert after < 0.8


def test_a_vector_of_zeros_is_like_nothing():
    zeros = center_vector(vector(0, 0), "de", MEANS)
    assert not zeros.any()
    assert zeros @ center_vector(vector(0, 0), "de", MEANS) == 0


def test_the_mean_itself_has_no_direction():
    assert np.isfinite(center_vector(vector(0, 1), "de", MEANS)).all()


@pytest.mark.parametrize("language", ["de", "xx"])
def test_a_cleared_vector_has_nothing_of_the_means(language):
    means = {ALL: vector(1, 0, 0), "de": vector(1, 2, 0)}
    cleared = clear_vector(vector(30, 40, 5), language, means)
    assert np.linalg.norm(cleared) == pytest.approx(1, abs=1e-6)
    assert cleared @ means[ALL] == pytest.approx(0, abs=1e-6)
    assert bool(abs(cleared @ means["de"]) < 1e-6) is (language == "de")


@pytest.mark.parametrize("values", [(0, 0), (3, 0), (-2, 5)])
def test_a_vector_of_means_alone_is_cleared_to_zeros(values):
    assert not clear_vector(vector(*values), "de", MEANS).any()


def test_a_mean_of_nothing_takes_nothing_off():
    cleared = clear_vector(vector(3, 4), "de", {ALL: vector(0, 0)})
    assert cleared.tolist() == pytest.approx([0.6, 0.8])
