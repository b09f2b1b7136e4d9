from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.tagging.encoder import WEIGHTS, Encoder, choose_weights
from onrecord.tagging.windows import Window, cut_windows, split_pieces
from onrecord.text import sentence_spans

SAMPLES = [
    "“We will not leave,” said Holt.",
    "Cafe\u0301 Zu\u0308rich, nai\u0308ve",
    "a\u200bb \u00adsoft\u2060 wo\u200drd",
    "她说：“我们不走。”他没有回答。",
    "قال هولت: «لن نغادر المدينة».",
    "אמר הולט: לא נעזוב",
    "ผู้ว่ากล่าวว่าเราจะไม่ไป",
    "Він сказав: «Ми не підемо». І пішов.",
    "½ kg ﬁne ㎏ ﷺ … … 🇺🇦👨‍👩‍👧",
    "\ud800 lone \udfff surrogates \ud83d",
    "\u202eabc\u202c \ufeffBOM",
    "\x00\x1f\x85 controls\u2028line",
]
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Nd", "Po", "Zs", "Cf", "Cs"])),
    st.lists(st.sampled_from(SAMPLES), max_size=4).map(" ".join),
    st.text("aZ .!\n“”é\u0301\u200b中ع\ud800", max_size=60),
)


class LetterTokenizer:
    """Pieces of up to three characters with the white space before them, as sentencepiece has."""

    def encode(self, text):
        found = [match.span() for match in re.finditer(r"\s*(?:\w{1,3}|\S)", text)]
        return [len(text[start:end]) for start, end in found], found


@pytest.fixture(scope="module", params=["letters", "sentencepiece"])
def tokenizer(request):
    if request.param == "letters":
        return LetterTokenizer()
    if not (WEIGHTS / "index.toml").is_file():
        pytest.skip("the weights file, which holds the tokenizer, isn't here")
    return Encoder(choose_weights("standard")).tokenizer


def check_units(text, pieces):
    before = 0
    for start, end in pieces.unit_spans:
        assert before <= start < end <= len(text)
        assert text[start:end].strip()
        before = end
    assert all(0 <= start < end <= len(text) for start, end in pieces.spans)
    assert list(pieces.spans) == sorted(pieces.spans)
    assert len(pieces.ids) == len(pieces.spans)
    assert len(pieces.units) == len(pieces.unit_spans)
    assert list(pieces.units) == sorted(set(pieces.units.tolist()))
    if len(pieces.ids):
        assert pieces.units[0] == 0


@given(text=TEXTS)
@settings(deadline=None)
def test_units_lie_in_order_within_any_text(tokenizer, text):
    check_units(text, split_pieces(text, tokenizer))


@pytest.mark.parametrize("text", SAMPLES)
def test_units_lie_in_order_within_samples(tokenizer, text):
    pieces = split_pieces(text, tokenizer)
    check_units(text, pieces)
    covered = "".join(text[start:end] for start, end in pieces.unit_spans)
    words = re.findall(r"[^\W_]{2,}", text)
    assert all(word[:2] in covered for word in words if word[0] < "\ud800")


def test_words_and_marks_are_units(tokenizer):
    text = "“We won’t leave,” said Holt-Sand."
    pieces = split_pieces(text, tokenizer)
    found = [text[start:end] for start, end in pieces.unit_spans]
    assert "leave" in found
    assert "said" in found
    assert "We" in found
    assert "“" in found
    assert "".join(found) == text.replace(" ", "")


def test_scripts_without_spaces_have_several_units(tokenizer):
    assert len(split_pieces("我们不会离开这座城市", tokenizer).units) > 2


def test_white_space_alone_has_no_pieces(tokenizer):
    for text in ("", " ", "\n\t\u00a0\u2003"):
        pieces = split_pieces(text, tokenizer)
        assert len(pieces.ids) == 0
        assert pieces.units.shape == (0,)
        assert cut_windows(text, pieces) == []


def test_lone_surrogates_keep_the_offsets_of_what_follows(tokenizer):
    text = "a \ud800 Holt"
    pieces = split_pieces(text, tokenizer)
    assert text[slice(*pieces.unit_spans[-1])] == "Holt"


@given(text=TEXTS, data=st.data())
@settings(deadline=None)
def test_what_is_skipped_has_no_pieces(tokenizer, text, data):
    ends = st.integers(0, len(text))
    skip = [tuple(sorted(pair)) for pair in data.draw(st.lists(st.tuples(ends, ends), max_size=4))]
    pieces = split_pieces(text, tokenizer, skip=skip)
    check_units(text, pieces)
    assert not any(low <= end - 1 < high for _, end in pieces.spans for low, high in skip)
    rest = split_pieces(text, tokenizer).spans
    kept = [s for s in rest if not any(low <= s[1] - 1 < high for low, high in skip)]
    assert list(pieces.spans) == kept


def test_skipping_leaves_other_offsets_as_they_are(tokenizer):
    text = "Holt spoke.\nPhoto: Agency\nShe left."
    start = text.index("Photo")
    pieces = split_pieces(text, tokenizer, skip=[(start, start + len("Photo: Agency"))])
    found = [text[a:b] for a, b in pieces.unit_spans]
    assert "Photo" not in found
    assert text[slice(*pieces.unit_spans[-2])] == "left"


@given(
    text=TEXTS,
    size=st.integers(1, 30),
    context=st.integers(0, 40),
    first=st.none() | st.integers(1, 30),
)
@settings(deadline=None)
def test_cores_tile_the_pieces(text, size, context, first):
    pieces = split_pieces(text, LetterTokenizer())
    windows = cut_windows(text, pieces, size=size, context=context, first=first)
    core = 0
    for number, window in enumerate(windows):
        assert window.core == core
        assert window.start <= window.core < window.end
        assert window.end - window.start <= size
        assert window.core - window.start <= context
        if number == 0:
            assert window.start == 0
            assert first is None or window.end <= first
        core = window.end
    assert core == len(pieces.ids)


def test_windows_end_with_sentences_and_open_with_context():
    text = " ".join(["One two."] * 40)
    pieces = split_pieces(text, LetterTokenizer())
    windows = cut_windows(text, pieces, size=20, context=6)
    ends = {end for _, end in sentence_spans(text)}
    assert len(windows) > 3
    assert all(pieces.spans[window.end - 1][1] in ends for window in windows)
    assert all(window.core - window.start == 6 for window in windows[1:])


def test_a_sentence_longer_than_a_window_is_cut():
    text = " ".join(["one"] * 50)
    pieces = split_pieces(text, LetterTokenizer())
    windows = cut_windows(text, pieces, size=20, context=5)
    assert windows[:2] == [Window(0, 0, 20), Window(15, 20, 35)]
    assert windows[-1].end == 50


def test_first_moves_the_seams():
    text = " ".join(["one"] * 50)
    pieces = split_pieces(text, LetterTokenizer())
    assert cut_windows(text, pieces, size=20, context=5, first=7)[:2] == [
        Window(0, 0, 7),
        Window(2, 7, 22),
    ]
