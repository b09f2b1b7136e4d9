from __future__ import annotations

import numpy as np
import pytest

from onrecord.domain import Report, Zone
from onrecord.tagging.encoder import WEIGHTS, Encoder, choose_weights
from onrecord.tagging.tagger import pool_spans, tag_reports
from onrecord.tagging.windows import split_pieces
from onrecord.text import overlap

QUOTE = "“We will not leave the harbour until every ship is safe,” said Mayor Mira Holt on Monday."
TEXTS = [
    QUOTE,
    "„Wir werden den Hafen nicht verlassen“, sagte Bürgermeisterin Mira Holt am Montag.",
    "«Ми не залишимо гавань», — сказала мерка Міра Гольт у понеділок.",
    " ".join([QUOTE, "The bridge was built in 1911 and has been painted twice since."] * 12),
]


@pytest.fixture(scope="module")
def encoder():
    if not (WEIGHTS / "index.toml").is_file():
        pytest.skip("the weights file isn't here")
    return Encoder(choose_weights("standard"), threads=2)


def make_report(number, text, *zones, kind="report"):
    whole = (Zone("body", (0, len(text))),)
    return Report(f"r{number}", "r.txt", "0", text, "en", zones or whole, kind=kind)


def spans_of(attribution):
    return [
        *attribution.content,
        *attribution.cue,
        *attribution.source,
        *attribution.addressee,
    ]


def are_equal(one, other):
    same = one == other and np.array_equal(one.vector, other.vector)
    return same and all(
        np.array_equal(a.vector, b.vector)
        for a, b in zip(one.attributions, other.attributions, strict=True)
    )


def test_a_quotation_is_found_with_its_speaker(encoder):
    (tagging,) = tag_reports([make_report(0, QUOTE)], encoder)
    (attribution,) = tagging.attributions
    assert "leave the harbour" in QUOTE[slice(*attribution.content[0])]
    assert QUOTE[slice(*attribution.cue[0])] == "said"
    assert QUOTE[slice(*attribution.source[0])] in "Mayor Mira Holt"


def test_results_are_the_same_in_any_company(encoder):
    reports = [make_report(number, text) for number, text in enumerate(TEXTS)]
    together = tag_reports(reports, encoder)
    assert [tagging.report for tagging in together] == ["r0", "r1", "r2", "r3"]
    backwards = tag_reports(reports[::-1], encoder)[::-1]
    single = Encoder(choose_weights("standard"), threads=1)
    for report, one, other in zip(reports, together, backwards, strict=True):
        assert are_equal(one, other)
        assert are_equal(one, tag_reports([report], encoder)[0])
        assert are_equal(one, tag_reports([report], single)[0])


def test_vectors_have_length_one(encoder):
    for tagging in tag_reports([make_report(0, TEXTS[3])], encoder):
        assert len(tagging.attributions) > 5
        opening, whole = tagging.vector.reshape(2, -1)
        for vector in (opening, whole, *(a.vector for a in tagging.attributions)):
            assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("text", ["", " \n ", "\u00a0"])
def test_an_empty_report_has_nothing(encoder, text):
    (tagging,) = tag_reports([make_report(0, text)], encoder)
    assert (tagging.attributions, tagging.names, tagging.vector) == ((), (), None)


def test_no_reports_have_no_taggings(encoder):
    assert tag_reports([], encoder) == []


@pytest.mark.parametrize("kind", ["furniture", "caption", "byline"])
def test_a_report_of_furniture_alone_has_nothing(encoder, kind):
    (tagging,) = tag_reports([make_report(0, QUOTE, Zone(kind, (0, len(QUOTE))))], encoder)
    assert (tagging.attributions, tagging.names) == ((), ())


@pytest.mark.parametrize("kind", ["furniture", "caption", "byline"])
def test_spans_never_reach_into_furniture(encoder, kind):
    first = "“We will not leave the harbour until"
    middle = "Photo: Pia Tolland / Agency, said Henrik Sand"
    last = "every single ship is safe and sound,” said Mayor Mira Holt on Monday."
    text = f"{first}\n{middle}\n{last}"
    low, high = len(first) + 1, len(first) + 1 + len(middle)
    zones = (Zone("body", (0, low)), Zone(kind, (low, high)), Zone("body", (high, len(text))))
    (tagging,) = tag_reports([make_report(0, text, *zones)], encoder)
    assert tagging.attributions
    found = [span for a in tagging.attributions for span in spans_of(a)]
    found += [name.span for name in tagging.names]
    assert all(overlap(span, (low, high)) == 0 for span in found)
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)


def test_a_transcript_is_read_by_its_layout(encoder):
    text = "HOLT: We will not leave the harbour.\n\nVESTER: Why?\n\nHOLT: Because of the ships."
    (tagging,) = tag_reports([make_report(0, text, kind="primary")], encoder)
    assert [text[slice(*a.source[0])] for a in tagging.attributions] == ["HOLT", "VESTER", "HOLT"]
    assert all(a.vector is not None for a in tagging.attributions)


def test_spans_lie_within_any_text(encoder):
    texts = ["e\u0301 \ud800 «слово» 中文：“我们不走。”", "\u200b\u200b", "x" * 3000, QUOTE[::-1]]
    for text, tagging in zip(
        texts, tag_reports([make_report(i, t) for i, t in enumerate(texts)], encoder), strict=True
    ):
        spans = [s for a in tagging.attributions for s in spans_of(a)]
        spans += [name.span for name in tagging.names]
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_pooling_takes_the_pieces_of_all_spans(encoder):
    text = "one two three"
    pieces = split_pieces(text, encoder.tokenizer)
    hidden = np.eye(len(pieces.ids), dtype=np.float32)
    vector = pool_spans(pieces, hidden, [(0, 3), (8, 13)])
    begins = [start for start, _ in pieces.spans]
    assert [bool(value) for value in vector] == [start != 4 for start in begins]
    assert not pool_spans(pieces, hidden, []).any()
