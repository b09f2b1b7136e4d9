from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.text import (
    cut_out,
    find_sentence,
    merge_spans,
    overlap,
    paragraph_spans,
    sentence_spans,
    trim_span,
)

# One row a text; the sentences are set apart by "|" with the white space that follows them.
SENTENCES = {
    "en": [
        "One. |Two! |Three? |Four… |Five",
        "Mr. Holt met Dr. Sand at St. Anne. |They spoke.",
        "J. D. Vance spoke. |M. Holt left.",
        "It rose by 3.5 per cent. |Then it fell to 1,200.75 points.",
        "“We stay.” |“We go,” said Holt.",
        "“Will you stay?” asked Holt. |“No!” she said.",
        "(It was late.) |They left.",
        "He said: 'We stay.' |They left.",
        "She paused ... and went on. |Then left.",
        "The U.S. Army left. |It rained.",
        "He came at 5 p.m. |She left.",
        "Sen. Holt and Gen. Sand v. Lane met.",
    ],
    "de": [
        "Am 18. September kam Holt. |Sie blieb.",
        "Das gilt z. B. für Holt. |Sie blieb.",
        "Das gilt z.B. für Holt, d. h. u. a. heute. |Sie blieb.",
        "Sie blieb. |»Wir gehen.« |Sie ging.",
        "„Wir bleiben.“ |„Wir gehen“, sagte Holt.",
        "„Bleiben Sie?“, fragte er. |Sie ging.",
        "Es kostet ca. 3,5 Mio. Euro bzw. Kronen. |Sie zahlt.",
        "Im 2. Quartal sank es. |Nr. 5 blieb.",
    ],
    "fr": [
        "M. Holt est resté. |Mme. Sable est partie.",
        "« Nous restons. » |Elle est partie.",
        "« Nous restons ! » a dit Mme Holt. |Elle est partie.",
        "Pourquoi ? |Parce que.",
    ],
    "es": ["¿Se queda? |¡Sí! |La Sra. Holt se fue."],
    "uk": [
        "Було тепло і т. д. і холодно. |Гольт пішла.",
        "У 2024 р. Гольт пішла. |Вона на вул. Садовій.",
        "«Ми лишаємося». |Вона пішла.",
        "Це коштує 3,5 млн. гривень. |Вона платить.",
    ],
    "ru": ["Он жил в г. Энске на ул. Садовой. |«Уходим!» |Он ушёл."],
    "zh": ["我们不走。|他问：“为什么？”|没有回答！"],
    "ar": ["لماذا؟ |لن نغادر. |انتهى"],
    "lines": ["One two\n|three four.\n\n|Five"],
}


@pytest.mark.parametrize(
    ("language", "row"), [(language, row) for language, rows in SENTENCES.items() for row in rows]
)
def test_sentences(language, row):
    text = row.replace("|", "")
    found = [text[start:end] for start, end in sentence_spans(text)]
    assert found == [part.strip() for part in row.split("|")]


@pytest.mark.xfail(reason="what stands before the stop may be an abbreviation or an ordinal")
@pytest.mark.parametrize(
    "row",
    [
        "They went with plan B. |It failed.",
        "She was 18. |He was older.",
        "No. |We stay.",
        "It was in the U.S. |Then it rained.",
        "Було тепло і т. д. |Гольт пішла.",
        "Sie kam am 18. |Sie blieb.",
        "She paused ... |Then she left. |Holt etc. |It rained.",
        "iPhones sold. |eBay fell.",
        "She said (and meant) it.[1] |He left.",
    ],
)
def test_sentences_that_are_missed(row):
    test_sentences("", row)


TEXTS = st.text(max_size=80) | st.text("aB .!?…\n\t“”\"'«»(。」1\u2028\u00a0é中\ud800", max_size=60)


@given(text=TEXTS)
def test_sentences_cover_all_that_is_printed(text):
    check_cover(text, sentence_spans(text), (0, len(text)))


@given(text=TEXTS, data=st.data())
def test_sentences_within_a_stretch_stay_within_it(text, data):
    ends = st.integers(0, len(text))
    within = tuple(sorted(data.draw(st.tuples(ends, ends))))
    check_cover(text, sentence_spans(text, within), within)


@given(text=TEXTS)
def test_paragraphs_cover_all_that_is_printed(text):
    spans = paragraph_spans(text)
    check_cover(text, spans, (0, len(text)))
    assert all("\n" not in text[start:end] for start, end in spans)


def check_cover(text, spans, within):
    before, gaps = within[0], ""
    for start, end in spans:
        assert before <= start < end <= within[1]
        assert text[start:end].strip() == text[start:end]
        gaps += text[before:start]
        before = end
    gaps += text[before : within[1]]
    assert not gaps.strip()


@pytest.mark.parametrize("text", [" " * 50_000, "Yes. " * 20_000, ". " * 20_000, "“" * 50_000])
def test_long_lines_take_no_long_time(text):
    start = time.process_time()
    sentence_spans(text)
    assert time.process_time() - start < 2


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda s: (min(s), max(s)))


def positions(some):
    return {place for start, end in some for place in range(start, end)}


@given(some=st.lists(spans), holes=st.lists(spans))
def test_cutting_out_leaves_the_rest(some, holes):
    left = cut_out(some, holes)
    assert positions(left) == positions(some) - positions(holes)
    assert cut_out(left, holes) == tuple(span for span in left if span[0] < span[1])


def test_cutting_out_keeps_the_order():
    assert cut_out([(0, 10), (20, 30)], [(3, 5), (9, 22)]) == ((0, 3), (5, 9), (22, 30))


@given(some=st.lists(spans), gap=st.integers(0, 3))
def test_merged_spans_lie_apart(some, gap):
    merged = merge_spans(some, gap=gap)
    assert positions(merged) >= positions(some)
    assert all(one[1] + gap < other[0] for one, other in itertools.pairwise(merged))
    if gap == 0:
        assert positions(merged) == positions(some)


@given(one=spans, other=spans)
def test_overlap_counts_shared_characters(one, other):
    assert overlap(one, other) == len(positions([one]) & positions([other]))


@given(text=st.text(" a\n", max_size=10))
def test_trimming(text):
    start, end = trim_span(text, (0, len(text)))
    assert text[start:end] == text.strip()


@given(st.text(alphabet="aB. !\n“”", max_size=60))
def test_a_place_lies_in_its_sentence_or_in_none(text):
    spans = sentence_spans(text)
    for place in range(len(text) + 1):
        around = [span for span in spans if span[0] <= place < span[1]]
        assert find_sentence(text, place) == (around[0] if around else (place, place))
