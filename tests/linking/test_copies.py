from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report, Words, Zone
from onrecord.linking.copies import copy_keys, find_copies, list_runs

WORDS = [f"wort{i}" for i in range(400)]


def make_text(seed, length=200):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def make_report(name, text, *, credit=None, **known):
    if credit is not None:
        text = f"{text} ({credit})"
    at = len(text) - len(credit or "") - 1
    credited = (Words.of(text, (at, at + len(credit))),) if credit is not None else ()
    zones = (Zone("body", (0, len(text))),)
    return Report(name, f"{name}.txt", name, text, "de", zones, credits=credited, **known)


def edit(text, seed, share):
    rng = random.Random(seed)
    return " ".join("neu" if rng.random() < share else word for word in text.split())


def test_an_edited_copy_is_found_and_another_text_is_not():
    wire = make_text(1)
    reports = [
        make_report("a", wire, published="2031-03-01"),
        make_report("b", edit(wire, 2, 0.05), published="2031-03-02"),
        make_report("c", make_text(3)),
    ]
    first, second = find_copies(reports)
    assert (first.report, second.report) == ("a", "b")
    assert first.family == second.family
    assert first.original == second.original == "a"
    assert first.reason == "it was published first (2031-03-01)"


def test_a_shortened_copy_is_found():
    wire = make_text(1)
    copies = find_copies([make_report("a", wire), make_report("b", " ".join(wire.split()[:60]))])
    assert [copy.share for copy in copies] == [1.0, 1.0]


def test_a_shared_quotation_makes_no_copy():
    speech = " ".join(make_text(9).split()[:60])
    reports = [make_report(n, f"{make_text(s)} {speech}") for n, s in (("a", 1), ("b", 2))]
    assert find_copies(reports) == ()


def test_copies_of_copies_are_one_family():
    wire = make_text(1, 300)
    reports = [make_report(str(i), edit(wire, i, 0.06)) for i in range(4)]
    assert len({copy.family for copy in find_copies(reports)}) == 1


@pytest.mark.parametrize(
    ("known", "original", "agency", "reason"),
    [
        ([{"outlet": "dpa"}, {"credit": "dpa"}, {}], "r0", "dpa", "by the agency that another"),
        ([{"credit": "SDA"}, {"credit": "SDA"}, {}], None, "SDA", "2 of 3 copies credit SDA"),
        ([{"published": "2031-03-02"}, {"published": "2031-03-01"}], "r1", None, "published first"),
        ([{"published": "2031-03-01"}, {"published": "2031-03-01"}], None, None, "neither"),
        ([{"published": "2031-03-01"}, {}], None, None, "neither"),
        ([{"credit": "SDA"}, {}, {}], None, None, "neither"),
    ],
)
def test_the_origin_is_named_with_its_reason_or_not_at_all(known, original, agency, reason):
    reports = [make_report(f"r{i}", make_text(1), **one) for i, one in enumerate(known)]
    found = find_copies(reports)[0]
    assert (found.original, found.agency) == (original, agency)
    assert reason in found.reason


def test_transcripts_and_short_texts_are_nobodys_copies():
    wire = make_text(1)
    assert find_copies([make_report("a", wire), make_report("b", wire, kind="primary")]) == ()
    assert (
        find_copies([make_report("a", make_text(1, 15)), make_report("b", make_text(1, 15))]) == ()
    )


@given(st.permutations([0, 1, 2, 3]), st.floats(0, 0.08))
def test_the_order_of_reports_does_not_matter(order, share):
    reports = [make_report(str(i), edit(make_text(i // 2), i, share)) for i in range(4)]
    assert find_copies(reports) == find_copies([reports[i] for i in order])


@given(st.integers(0, 200), st.floats(0, 0.06))
def test_copies_share_a_key(seed, share):
    wire = make_text(seed, 250)
    one, other = make_report("a", wire), make_report("b", edit(wire, seed + 1, share))
    if find_copies([one, other]):
        assert copy_keys(one) & copy_keys(other)


def test_furniture_is_left_out():
    text = make_text(1)
    report = make_report("a", text)
    menu = Report("b", "b.txt", "b", text, "de", (Zone("furniture", (0, len(text))),))
    assert list_runs(report)
    assert list_runs(menu) == frozenset()
