from __future__ import annotations

import bisect
import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import WeightsError
from onrecord.tagging import encoder as module
from onrecord.tagging.encoder import (
    WEIGHTS,
    Encoder,
    WeightsChoice,
    choose_weights,
    list_weights,
    pool_vectors,
    weigh_words,
)
from onrecord.tagging.windows import split_pieces


@pytest.fixture(scope="module")
def encoder():
    if not (WEIGHTS / "index.toml").is_file():
        pytest.skip("the weights file isn't here")
    return Encoder(choose_weights("standard"), threads=2)


def test_a_missing_file_is_named(tmp_path):
    path = tmp_path / "none.weights"
    with pytest.raises(WeightsError, match=r"none\.weights: no such"):
        Encoder(WeightsChoice(path, "0" * 64))


def test_another_file_than_the_checksum_says_is_named(tmp_path):
    path = tmp_path / "other.weights"
    path.write_bytes(b"not weights")
    with pytest.raises(WeightsError, match=r"other\.weights: .*SHA-256"):
        Encoder(WeightsChoice(path, hashlib.sha256(b"weights").hexdigest()))


def test_a_changed_byte_is_noticed(encoder, tmp_path):
    choice = choose_weights("standard")
    data = bytearray(choice.path.read_bytes())
    data[len(data) // 2] ^= 1
    path = tmp_path / "changed.weights"
    path.write_bytes(data)
    with pytest.raises(WeightsError, match=r"changed\.weights"):
        Encoder(WeightsChoice(path, choice.sha256))


@pytest.mark.parametrize("name", ["", "none", "../standard"])
def test_an_unknown_set_is_named_with_those_there_are(encoder, name):
    with pytest.raises(WeightsError, match=r"no weights named .*standard"):
        choose_weights(name)


def test_a_missing_list_of_weights_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(module, "WEIGHTS", tmp_path)
    with pytest.raises(WeightsError, match=r"index\.toml"):
        list_weights()


def test_every_set_has_a_licence(encoder):
    assert all(list_weights().values())


TEXTS = ["Holt said: “We will stay.”", "Ми не підемо.", "我们不走。", "x", "one two " * 150]


def windows_of(encoder):
    return [split_pieces(text, encoder.tokenizer).ids[:250] for text in TEXTS]


def test_vectors_are_the_same_in_any_company(encoder):
    windows = windows_of(encoder)
    together = encoder.encode_windows(windows)
    backwards = encoder.encode_windows(windows[::-1])[::-1]
    for window, one, other in zip(windows, together, backwards, strict=True):
        alone = encoder.encode_window(window)
        assert alone.shape == (len(window), 384)
        assert np.array_equal(alone, one)
        assert np.array_equal(alone, other)


def test_vectors_are_the_same_on_one_thread(encoder):
    single = Encoder(choose_weights("standard"), threads=1)
    windows = windows_of(encoder)
    for one, other in zip(
        encoder.encode_windows(windows), single.encode_windows(windows), strict=True
    ):
        assert np.array_equal(one, other)


def test_no_windows_have_no_vectors(encoder):
    assert encoder.encode_windows([]) == []


@pytest.mark.parametrize("text", [*TEXTS, "\ud800 lone", "word " * 2000])
def test_an_embedding_has_length_one(encoder, text):
    vector = encoder.embed_text(text)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", "  \n", "\u00a0"])
def test_no_words_are_zeros(encoder, text):
    assert not encoder.embed_text(text).any()


@settings(deadline=None, max_examples=25)
@given(text=st.text(st.characters(), max_size=80))
def test_any_text_has_an_embedding(encoder, text):
    vector = encoder.embed_text(text)
    assert np.isfinite(vector).all()
    assert vector.any() == bool(len(split_pieces(text, encoder.tokenizer).ids))


def test_pooling():
    vectors = np.array([[3, 0], [0, 4], [0, 0]], dtype=np.float32)
    assert pool_vectors(vectors).tolist() == pytest.approx([0.6, 0.8])
    assert pool_vectors(vectors[:0]).tolist() == [0, 0]
    assert pool_vectors(vectors[2:]).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The ferry is late.", [("The", 3), ("ferry", 5), ("is", 2), ("late", 4), (".", 0)]),
        ("Паромщики отказались", [("Паромщики", 8), ("отказались", 8)]),
        ("…!", [("…!", 2)]),  # nothing but marks
    ],
)
def test_words_weigh_as_much_as_their_letters(encoder, text, words):
    pieces = split_pieces(text, encoder.tokenizer)
    weights = weigh_words(text, pieces)
    starts = [text.index(word) for word, _ in words]
    sums = [0.0] * len(words)
    for (start, _), weight in zip(pieces.spans, weights, strict=True):
        sums[bisect.bisect_right(starts, start) - 1] += float(weight)
    assert sums == pytest.approx([size for _, size in words])


def test_short_words_change_an_embedding_less_than_long_ones(encoder):
    plain, other_article, other_noun = map(
        encoder.embed_text, ("the ferry sank", "a ferry sank", "the bridge sank")
    )
    assert plain @ other_article > plain @ other_noun
