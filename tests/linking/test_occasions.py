"""Dates that a story gives to reports without one, and to statements without words for when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Basis, InferredDate, Report, Statement, Story, Utterance, Words
from onrecord.edtf import contains, parse_edtf
from onrecord.linking.likeness import Content
from onrecord.linking.occasions import apply_dates, find_days, infer_dates, share_dates
from onrecord.linking.utterances import Voiced

TEXT = "She said on Tuesday that it was over."
ON_TUESDAY = Words.of(TEXT, (9, 19))
NO_DAY = Basis("weekday nearest to the report's date", ON_TUESDAY)


def make_report(one, published=None, *, path=None, kind="report"):
    path = path or f"news/{one}.txt"
    return Report(one, path, one, TEXT, "en", (), published=published, kind=kind)


def make_statement(one, report, *, said_on=None, basis=None):
    unresolved = () if said_on else (("said_on", "the report has no date"),)
    content = Words.of(TEXT, (25, 36))
    return Statement(
        one,
        report,
        "indirect",
        content,
        said_on=said_on,
        said_on_basis=basis,
        unresolved=unresolved,
    )


def make_story(*reports):
    return Story("y", "Harbour", tuple(r.id for r in reports), ("en",), None, None, "y")


def read_tuesday(
    report: Report, statements: Sequence[Statement], published: str
) -> Mapping[str, tuple[str, Basis]]:
    """The Tuesday on or before the day, for every statement."""
    day = date.fromisoformat(published)
    tuesday = day - timedelta(days=(day.isoweekday() - 2) % 7)
    return {one.id: (tuesday.isoformat(), NO_DAY) for one in statements}


def infer(*reports, statements, read=read_tuesday):
    by_id = {one.id: one for one in reports}
    return infer_dates([make_story(*reports)], by_id, statements, read_occasions=read)


# 2024-09-18 is a Wednesday.
@pytest.mark.parametrize(
    ("dates", "said_on", "named"),
    [
        (["2024-09-18"], "2024-09-17", "of the time of r0.txt [r0], 2024-09-18"),
        (
            ["2024-09-18", "2024-09-20"],
            "2024-09-17",
            "of the time from r0.txt [r0], 2024-09-18 to r1.txt [r1], 2024-09-20",
        ),
        (
            ["2024-09-18", "2024-09-23"],
            "2024-09-17/2024-09-24",
            "of the time from r0.txt [r0], 2024-09-18 to r1.txt [r1], 2024-09-23",
        ),
    ],
)
def test_words_are_read_within_the_days_of_the_story(dates, said_on, named):
    dated = [make_report(f"r{i}", day) for i, day in enumerate(dates)]
    undated = make_report("u")
    (found,) = infer(*dated, undated, statements=[make_statement("s", "u", basis=NO_DAY)])
    assert (found.statement, found.said_on, found.unresolved) == ("s", said_on, None)
    assert found.basis is not None
    assert found.basis.words == ON_TUESDAY
    assert found.basis.rule.startswith("inferred from the story (weekday nearest to")
    assert found.basis.rule.endswith(named)


@pytest.mark.parametrize("dates", [[], ["2024-09"], ["2024-07-01", "2024-09-18"]])
def test_a_story_that_tells_too_little_dates_nothing(dates):
    dated = [make_report(f"r{i}", day) for i, day in enumerate(dates)]
    statements = [make_statement("s", "u", basis=NO_DAY)]
    assert infer(*dated, make_report("u"), statements=statements) == ()


def test_a_date_of_the_report_itself_is_never_replaced():
    reports = make_report("r", "2024-09-18"), make_report("late", "2024-09-25"), make_report("u")
    statements = [
        make_statement("by-report", "late", basis=NO_DAY),
        make_statement("by-words", "u", said_on="2024-09-10"),
    ]
    assert infer(*reports, statements=statements) == ()


def test_a_day_of_some_year_gets_its_year():
    def read(report, statements, published):
        return {one.id: ("2024-09-12", NO_DAY) for one in statements}

    statements = [make_statement("s", "u", said_on="XXXX-09-12")]
    (found,) = infer(
        make_report("r", "2024-09-18"), make_report("u"), statements=statements, read=read
    )
    assert found.said_on == "2024-09-12"


def test_a_transcript_without_a_date_stays_without():
    reports = make_report("r", "2024-09-18"), make_report("u", kind="primary")
    assert infer(*reports, statements=[make_statement("s", "u", basis=NO_DAY)]) == ()


def test_words_that_are_missing_on_one_of_the_days_date_nothing():
    def read(report, statements, published):
        known = published == "2024-09-18"
        return {one.id: ("2024-09-17", NO_DAY) for one in statements if known}

    reports = make_report("r", "2024-09-18"), make_report("u")
    assert infer(*reports, statements=[make_statement("s", "u")], read=read) == ()


DAYS = st.dates(date(2024, 9, 1), date(2024, 9, 20))


@given(st.lists(DAYS, min_size=1, max_size=4), st.randoms())
def test_the_order_of_reports_changes_nothing(days, random):
    reports = [make_report(f"r{i}", day.isoformat()) for i, day in enumerate(days)]
    reports.append(make_report("u"))
    statements = [make_statement(one, "u", basis=NO_DAY) for one in ("s1", "s2")]
    before = infer(*reports, statements=statements)
    random.shuffle(reports)
    assert infer(*reports, statements=statements[::-1]) == before


@given(st.lists(DAYS, min_size=1, max_size=4))
def test_the_date_holds_that_of_every_day_of_the_story(days):
    reports = [make_report(f"r{i}", day.isoformat()) for i, day in enumerate(days)]
    statement = make_statement("s", "u", basis=NO_DAY)
    (first, last), by = find_days(reports)
    assert {date.fromisoformat(report.published) for report in by} == {min(days), max(days)}
    found = infer(*reports, make_report("u"), statements=[statement])
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal).isoformat()
        (tuesday, _) = read_tuesday(reports[0], [statement], day)["s"]
        assert all(contains(str(one.said_on), tuesday) for one in found)


def test_applied_dates_leave_all_else_as_it_was():
    statements = [make_statement("s", "u", basis=NO_DAY), make_statement("t", "u")]
    dated, same = apply_dates(statements, [InferredDate("s", "2024-09-17", NO_DAY)])
    assert (dated.said_on, dated.said_on_basis, dated.content) == (
        "2024-09-17",
        NO_DAY,
        statements[0].content,
    )
    assert same == statements[1]


def voice(one, report, *, said_on=None, actor="holt", story="y", basis=None):
    statement = make_statement(one, report, said_on=said_on, basis=basis)
    content = Content("it was over", "en", np.zeros(2, np.float32))
    return Voiced(statement, content, TEXT, actor, story, story, False, ("", report, 25))


REPORTS = {
    one: make_report(one, published)
    for one, published in (("a", "2024-09-18"), ("b", "2024-09-19"), ("c", "2024-09-16"))
} | {"u": make_report("u")}


def share(*voiced):
    members = tuple(one.statement.id for one in voiced)
    utterance = Utterance("w", "holt", None, members, members[0], "y")
    return share_dates([utterance], voiced, REPORTS)


def test_the_same_words_share_their_date():
    (found,) = share(voice("s", "a", said_on="2024-09-17"), voice("t", "b"))
    assert (found.statement, found.said_on) == ("t", "2024-09-17")
    assert found.basis == Basis(
        "inferred from the story (the same words are dated there): a.txt [a], 2024-09-18"
    )


def test_the_most_exact_date_is_shared():
    (found,) = share(
        voice("s", "a", said_on="2024-09-16/2024-09-18"),
        voice("t", "b", said_on="2024-09-17"),
        voice("v", "u"),
    )
    assert found.said_on == "2024-09-17"
    assert found.basis is not None
    assert found.basis.rule.endswith("b.txt [b], 2024-09-19")


def test_dates_that_contradict_each_other_are_named_and_none_is_taken():
    (found,) = share(
        voice("s", "a", said_on="2024-09-17"),
        voice("t", "b", said_on="2024-09-18"),
        voice("v", "u"),
    )
    assert (found.said_on, found.basis) == (None, None)
    assert found.unresolved == (
        "other reports of the story give different days: "
        "2024-09-17 in a.txt [a], 2024-09-18; 2024-09-18 in b.txt [b], 2024-09-19"
    )


@pytest.mark.parametrize(
    "other",
    [
        voice("t", "c"),
        voice("t", "b", actor="brandt"),
        voice("t", "b", actor=None),
        voice("t", "b", story="z"),
        voice("t", "b", said_on="2024-09-01"),
        voice("t", "b", basis=Basis("words that name no day", ON_TUESDAY)),
    ],
    ids=["printed before", "another actor", "nobody", "another story", "dated", "earlier"],
)
def test_nothing_is_shared_with_what_stands_apart(other):
    assert share(voice("s", "a", said_on="2024-09-17"), other) == ()


def test_sharing_does_not_depend_on_order():
    voiced = (
        voice("s", "a", said_on="2024-09-17"),
        voice("t", "b", said_on="2024-09-16/2024-09-18"),
        voice("v", "u"),
        voice("x", "b"),
    )
    results = {share(*order) for order in permutations(voiced)}
    assert len(results) == 1
    assert all(parse_edtf(one.said_on) for one in results.pop())


def test_a_statement_of_two_utterances_has_one_date_or_none():
    voiced = [
        voice("s", "a", said_on="2024-09-17"),
        voice("t", "b", said_on="2024-09-18"),
        voice("v", "u"),
    ]
    utterances = [
        Utterance(one, "holt", None, (one, "v"), one, "y")
        for one in (voiced[0].statement.id, voiced[1].statement.id)
    ]
    (found,) = share_dates(utterances, voiced, REPORTS)
    assert (found.statement, found.said_on) == ("v", None)
    assert found.unresolved is not None
    (found,) = share_dates([utterances[0]] * 2, voiced, REPORTS)
    assert found.said_on == "2024-09-17"
