from __future__ import annotations

from dataclasses import replace

import numpy as np

from onrecord.tagging.decode import (
    FRAGMENTS_APART,
    REACH,
    Scored,
    StartCosts,
    decode_attributions,
    decode_names,
    find_spans,
)
from onrecord.tagging.heads import BIO, BUCKETS, DISTANCES, LAYERS, POINTER_SIZE, POINTERS, Heads
from onrecord.tagging.layout import Layout
from onrecord.tagging.windows import Pieces

NAMES = LAYERS["name"]


def table(rows, labels):
    scores = np.full((len(rows), len(labels)), -6.0, dtype=np.float32)
    for row, label in zip(scores, rows, strict=True):
        row[labels.index(label)] = 6.0
    return scores


def test_nothing_has_no_spans():
    assert find_spans(np.zeros((0, 3), dtype=np.float32), BIO, 0.0) == []


def test_spans_are_half_open_and_kinds_told():
    rows = ["O", "B-PER", "I-PER", "B-PER", "B-ORG", "I-ORG", "O", "B-LOC"]
    found = find_spans(table(rows, NAMES), NAMES, 0.0)
    assert [(span.units, kind) for span, kind in found] == [
        ((1, 3), "PER"),
        ((3, 4), "PER"),
        ((4, 6), "ORG"),
        ((7, 8), "LOC"),
    ]
    assert all(0.99 < span.score <= 1 for span, _ in found)


# A report of two-letter units with a space between; vectors are one-hot by unit, so that the
# heads below can name who points at whom.
def make_scored(count, sentences=None, layout=None, **layers):
    spans = tuple((3 * i, 3 * i + 2) for i in range(count))
    numbers = np.arange(count)
    pieces = Pieces(numbers, spans, numbers, spans)
    tags = {
        name: table([layers.get(name, {}).get(i, "O") for i in range(count)], labels)
        for name, labels in LAYERS.items()
    }
    vectors = np.eye(count, dtype=np.float32)
    numbers = np.array(sentences or [0] * count)
    return Scored(pieces, vectors, tags, Layout(numbers, numbers, **(layout or {})))


def label(*spans):
    return {i: "B" if i == start else "I" for start, end in spans for i in range(start, end)}


def make_heads(count, links, *, none=-5.0):
    """Heads in which the span beginning at a unit points at the span beginning at another."""
    arrays_ = {}
    for name in POINTERS:
        asks = np.zeros((POINTER_SIZE, 2 * count), dtype=np.float32)
        keys = np.zeros((POINTER_SIZE, 2 * count), dtype=np.float32)
        for row, (one, other) in enumerate(links.get(name, ())):
            asks[row + 1, one], keys[row + 1, other] = 20.0, 20.0
        bias = np.zeros(POINTER_SIZE, dtype=np.float32)
        bias[0] = 1.0
        arrays_ |= {
            f"asks.{name}.weight": asks,
            f"asks.{name}.bias": bias,
            f"keys.{name}.weight": keys,
            f"keys.{name}.bias": np.zeros(POINTER_SIZE, dtype=np.float32),
            f"none.{name}": bias * none,
            f"places.{name}": np.zeros(BUCKETS, dtype=np.float32),
        }
    return Heads(arrays_)


def roles(attribution):
    return attribution.content, attribution.cue, attribution.source


def chars(start, end):
    return 3 * start, 3 * end - 1


def test_contents_find_their_cue_and_source():
    scored = make_scored(
        12, content=label((0, 3), (8, 10)), cue=label((4, 5), (6, 7)), source=label((5, 6), (7, 8))
    )
    links = {
        "content_cue": [(0, 4), (8, 6)],
        "content_source": [(0, 5), (8, 7)],
        "cue_source": [(4, 5), (6, 7)],
    }
    one, other = decode_attributions(scored, make_heads(12, links), StartCosts())
    assert (one.content, one.cue, one.source) == ((chars(0, 3),), (chars(4, 5),), (chars(5, 6),))
    assert (other.content, other.cue, other.source) == (
        (chars(8, 10),),
        (chars(6, 7),),
        (chars(7, 8),),
    )
    assert 0.99 < one.score <= 1


def test_contents_that_share_a_cue_are_fragments_of_one():
    scored = make_scored(
        12, content=label((0, 3), (7, 10)), cue=label((4, 5)), source=label((5, 6))
    )
    links = {"content_cue": [(0, 4), (7, 4)], "cue_source": [(4, 5)]}
    (one,) = decode_attributions(scored, make_heads(12, links), StartCosts())
    assert one.content == (chars(0, 3), chars(7, 10))
    assert one.cue == (chars(4, 5),)
    assert one.source == (chars(5, 6),)


def test_contents_without_a_cue_stay_apart():
    scored = make_scored(
        12, content=label((0, 3), (7, 10)), cue=label((4, 5)), source=label((5, 6))
    )
    found = decode_attributions(scored, make_heads(12, {}, none=5.0), StartCosts())
    assert [(one.content, one.cue, one.source) for one in found] == [
        ((chars(0, 3),), (), ()),
        ((chars(7, 10),), (), ()),
    ]


def test_an_inner_content_inherits_cue_and_source():
    scored = make_scored(
        12, content=label((0, 6)), inner=label((2, 4)), cue=label((7, 8)), source=label((8, 9))
    )
    links = {"content_cue": [(0, 7)], "cue_source": [(7, 8)]}
    outer, inner = decode_attributions(scored, make_heads(12, links), StartCosts())
    assert (outer.inner, inner.inner) == (False, True)
    assert inner.content == (chars(2, 4),)
    assert (
        (inner.cue, inner.source) == (outer.cue, outer.source) == ((chars(7, 8),), (chars(8, 9),))
    )


def test_an_inner_content_with_nothing_around_stands_alone():
    scored = make_scored(6, inner=label((2, 4)), source=label((0, 1)))
    (one,) = decode_attributions(scored, make_heads(6, {"content_source": [(2, 0)]}), StartCosts())
    assert not one.inner
    assert one.source == (chars(0, 1),)


def test_the_addressee_is_the_nearest_in_the_sentence_of_the_cue():
    sentences = [0] * 6 + [1] * 6
    scored = make_scored(
        12,
        sentences,
        content=label((0, 2)),
        cue=label((3, 4)),
        addressee=label((5, 6), (6, 7), (2, 3)),
    )
    (one,) = decode_attributions(scored, make_heads(12, {"content_cue": [(0, 3)]}), StartCosts())
    assert one.addressee == (chars(2, 3),)


def test_what_is_out_of_reach_is_not_pointed_at():
    count = REACH + 10
    scored = make_scored(count, content=label((0, 1)), cue=label((REACH + 5, REACH + 6)))
    heads = make_heads(count, {"content_cue": [(0, REACH + 5)]})
    (one,) = decode_attributions(scored, heads, StartCosts())
    assert one.cue == ()


def test_a_source_out_of_the_cues_reach_is_not_preferred():
    count = 2 * REACH
    near, far, cue, content = 20, 0, REACH + 5, REACH - 2
    scored = make_scored(
        count,
        content=label((content, content + 1)),
        cue=label((cue, cue + 1)),
        source=label((far, far + 1), (near, near + 1)),
    )
    heads = make_heads(count, {"content_cue": [(content, cue)]})
    (one,) = decode_attributions(scored, heads, StartCosts())
    assert one.source == (chars(near, near + 1),)


def test_start_costs_silence_a_layer():
    scored = make_scored(6, content=label((0, 2)), cue=label((3, 4)))
    assert decode_attributions(scored, make_heads(6, {}), StartCosts(content=1e9)) == []


def test_nearness_decides_where_vectors_say_nothing():
    scored = make_scored(12, content=label((0, 2)), cue=label((3, 4), (9, 10)))
    heads = make_heads(12, {})
    places = -np.arange(BUCKETS, dtype=np.float32)
    places[2 * DISTANCES :] = 0
    near = Heads(
        {
            **heads.arrays,
            "places.content_cue": places,
            "none.content_cue": heads.arrays["none.content_cue"] * 20,
        }
    )
    (one,) = decode_attributions(scored, near, StartCosts())
    assert one.cue == (chars(3, 4),)


def test_names_are_typed():
    rows = {0: "B-PER", 1: "I-PER", 3: "B-ORG", 5: "B-LOC"}
    names = decode_names(make_scored(7, name=rows))
    assert [(name.span, name.type) for name in names] == [
        (chars(0, 2), "person"),
        (chars(3, 4), "organisation"),
        (chars(5, 6), "place"),
    ]


def test_names_of_one_type_side_by_side_are_one():
    rows = {0: "B-PER", 1: "B-PER", 2: "B-ORG", 4: "B-ORG"}
    scored = make_scored(6, name=rows)
    found = [(name.span, name.type) for name in decode_names(scored)]
    apart = [(chars(2, 3), "organisation"), (chars(4, 5), "organisation")]
    assert found == [(chars(0, 2), "person"), *apart]
    lines = replace(scored, layout=replace(scored.layout, lines=np.arange(6)))
    assert [name.span for name in decode_names(lines)][:2] == [chars(0, 1), chars(1, 2)]


def test_an_empty_report_has_no_attributions():
    scored = make_scored(0)
    assert decode_attributions(scored, make_heads(1, {}), StartCosts()) == []
    assert decode_names(scored) == ()


def test_far_contents_that_share_a_cue_stay_apart():
    far = FRAGMENTS_APART + 10
    scored = make_scored(far + 5, content=label((0, 3), (far, far + 2)), cue=label((4, 5)))
    heads = make_heads(far + 5, {"content_cue": [(0, 4), (far, 4)]})
    assert [one.cue for one in decode_attributions(scored, heads, StartCosts())] == [
        (chars(4, 5),),
        (chars(4, 5),),
    ]


def test_no_span_runs_across_a_break():
    scored = make_scored(6, layout={"breaks": (2,)}, content=label((0, 5)), name={})
    spans = [
        one.units for one, _ in find_spans(scored.tags["content"], BIO, 0.0, scored.layout.breaks)
    ]
    assert all(not (start < 2 < end) for start, end in spans)
    assert spans[0] == (0, 2)


def test_long_quotations_that_were_missed_are_contents():
    quotations = ((2, 10), (12, 14), (18, 28))
    scored = make_scored(30, layout={"quotations": quotations}, content=label((20, 22)))
    one, other = decode_attributions(scored, make_heads(30, {}), StartCosts())
    assert (one.content, other.content) == ((chars(2, 10),), (chars(20, 22),))
    assert one.score < 0.1


def test_a_quotation_that_runs_into_the_next_line_ends_with_its_marks():
    layout = {"quotations": ((1, 7),)}
    scored = make_scored(12, layout=layout, content=label((1, 10)))
    numbers = np.array([0] * 7 + [1] * 5)
    scored = replace(scored, layout=replace(scored.layout, lines=numbers))
    (found,) = decode_attributions(scored, make_heads(12, {}), StartCosts())
    assert found.content == (chars(1, 7),)


def test_a_name_set_off_by_a_dash_signs_the_quotation_before_it():
    links = {"content_source": [(2, 0)]}
    for dashes, source in ((frozenset({6}), chars(7, 9)), (frozenset(), chars(0, 1))):
        scored = make_scored(
            10,
            layout={"dashes": dashes},
            content=label((2, 6)),
            source=label((0, 1), (7, 9)),
        )
        (found,) = decode_attributions(scored, make_heads(10, links), StartCosts())
        assert found.source == (source,)
