from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from onrecord.domain import Actor, Rendering, Report, Statement, Utterance, Words
from onrecord.linking.candidates import Candidate, Query
from onrecord.linking.checking import check_quotation
from onrecord.linking.likeness import Content, LikenessWeights
from onrecord.linking.verdicts import write_date

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "check.json"
WEIGHTS = {
    "same": LikenessWeights(constant=-6.0, meaning=7.0, words=5.0),
    "across": LikenessWeights(constant=-4.0, meaning=8.0),
}
AXES = ("harbour", "wages", "bridge", "cranes", "pact", "other")

HOLT = Actor("a1", "Mira Holt", "person", (("en", "Mira Holt"), ("uk", "Міра Гольт")), (), ())
SAND = Actor("a2", "Aurel Sand", "person", (("fr", "Aurel Sand"),), ("shipowner",), ())

HARBOUR = (
    "We will not close the harbour, whatever the ministry decides, if the ferries keep running."
)
HARBOUR_DE = (
    "Wir werden den Hafen nicht schließen, was auch immer das Ministerium beschließt, "
    "wenn die Fähren weiter fahren."
)
HARBOUR_FR = "Nous ne fermerons pas le port, quoi que décide le ministère, si les bacs circulent."
HARBOUR_UK = "Ми не закриємо порт, хай що вирішить міністерство, якщо пороми й далі ходитимуть."
WAGES = "We paid 300 workers in March, and nobody on the quay was left out of it."
BRIDGE = "The bridge is another matter, because nobody has paid for the new bolts."
CRANES = "the cranes would be sold by the end of the year"
PACT = "Unser Vertrag mit der Werft gilt bis zum letzten Tag, und wir halten uns daran."


def topic(name, share=1.0):
    """A vector that points to a topic, or only partly to it."""
    vector = np.zeros(len(AXES) + 1, np.float32)
    vector[AXES.index(name)] = share
    vector[-1] = np.sqrt(1 - share**2)
    return vector


def carry(one, words, **more):
    """What a report prints: `words` within quotation marks or reported, with a lead before them."""
    kind = more.get("kind", "direct")
    text = more.get("text") or (f"Thus: {words}" if kind == "indirect" else f"Thus: “{words}”")
    start = text.index(words)
    report = Report(
        f"r{one}", f"{one}.txt", one, text, more.get("language", "en"), (),
        published=more.get("published", "2026-03-04"),
    )  # fmt: skip
    content = Words.of(text, (start, start + len(words)))
    statement = Statement(f"s{one}", report.id, kind, content)
    rendering = Rendering(
        statement.id, "", more.get("rendering", "verbatim"), content.spans, more.get("flags", ())
    )
    return statement, report, rendering, more.get("named")


def utter(one, speaker, said_on, about, *carried):
    renderings = tuple(replace(rendering, utterance=one) for _, _, rendering, _ in carried)
    statements = tuple(statement.id for statement, *_ in carried)
    actor = None if speaker is None else speaker.id
    utterance = Utterance(one, actor, said_on, statements, statements[0], "y1", renderings)
    return [
        Candidate(
            statement,
            Content(statement.content.text, report.language, topic(about)),
            report,
            utterance,
            speaker,
            named or speaker,
        )
        for statement, report, _, named in carried
    ]


HARBOUR_CARRIED = (
    carry("01", HARBOUR),
    carry("02", "We will not close the harbour", rendering="trimmed", published="2026-03-05"),
    carry("03", HARBOUR_DE, language="de", rendering="translated"),
    carry("04", HARBOUR_FR, language="fr", rendering="translated"),
    carry("05", HARBOUR_UK, language="uk", rendering="translated"),
)
RECORD = [
    *utter("u1", HOLT, "2026-03-03", "harbour", *HARBOUR_CARRIED),
    *utter("u2", SAND, "2026-03", "wages", carry("06", WAGES)),
    *utter("u3", HOLT, "2026-04-08", "bridge", carry("07", BRIDGE, published="2026-04-09")),
    *utter("u4", HOLT, None, "cranes", carry("08", CRANES, kind="indirect")),
    *utter("u5", None, "2026-03-09", "pact", carry("09", PACT, language="de")),
]


def check(text, about="other", *, record=RECORD, language="en", share=1.0, **asked):
    query = Query(text, language, topic(about, share), **asked)
    return check_quotation(query, record, weights=WEIGHTS)


def sides(verdict):
    return [
        (one.op, one.query and one.query.text, one.record and one.record.text)
        for one in verdict.differences
    ]


@pytest.mark.parametrize(
    ("text", "about", "language", "found"),
    [
        (HARBOUR, "harbour", "en", ("verbatim", "u1", "s01")),
        (f"“{HARBOUR}”", "harbour", "en", ("verbatim", "u1", "s01")),
        (HARBOUR.upper(), "other", "en", ("verbatim", "u1", "s01")),
        (HARBOUR, "harbour", "nl", ("verbatim", "u1", "s01")),
        (HARBOUR_DE, "harbour", "de", ("verbatim", "u1", "s03")),
        (HARBOUR_FR, "harbour", "fr", ("verbatim", "u1", "s04")),
        (HARBOUR_UK, "harbour", "uk", ("verbatim", "u1", "s05")),
        ("We will not close the harbour", "harbour", "en", ("verbatim", "u1", "s02")),
        ("whatever the ministry decides", "other", "en", ("trimmed", "u1", "s01")),
        ("was auch immer das Ministerium beschließt", "other", "de", ("trimmed", "u1", "s03")),
        ("хай що вирішить міністерство", "other", "uk", ("trimmed", "u1", "s05")),
        ("si les bacs circulent", "other", "fr", ("trimmed", "u1", "s04")),
        ("left out", "other", "en", ("trimmed", "u2", "s06")),
        ("bolts", "other", "en", ("trimmed", "u3", "s07")),
        (
            "We will not close the harbour … if the ferries keep running.",
            "harbour", "en", ("marked cut", "u1", "s01"),
        ),
        (
            "We will not close the harbour if the ferries keep running.",
            "harbour", "en", ("spliced", "u1", "s01"),
        ),
        (
            "Wir werden den Hafen nicht schließen, wenn die Fähren weiter fahren.",
            "harbour", "de", ("spliced", "u1", "s03"),
        ),
        (
            "We will keep the harbour open, whatever the ministry decides.",
            "harbour", "en", ("reworded", "u1", "s01"),
        ),
        ("Die Brücke ist etwas anderes, die Bolzen hat noch niemand bezahlt.",
            "bridge", "de", ("translated", "u3", "s07")),
        ("Nobody shuts this port while boats go to and fro",
            "harbour", "en", ("not in the record", None, None)),
        ("So long as the ferries are running, nobody will close the harbour",
            "harbour", "en", ("paraphrased", "u1", "s02")),
        (CRANES, "cranes", "en", ("paraphrased", "u4", "s08")),
    ],
)  # fmt: skip
def test_how_a_quotation_renders_what_was_said(text, about, language, found):
    verdict = check(text, about, language=language)
    assert (verdict.verdict, verdict.utterance, verdict.statement) == found


@pytest.mark.parametrize(
    ("text", "about", "language", "kind", "said"),
    [
        (
            "We will close the harbour, whatever the ministry decides",
            "harbour", "en", "spliced",
            ["The word “not” is missing.", "One of the two is negated", "on 3 March 2026"],
        ),
        (
            "Wir werden den Hafen schließen, was auch immer das Ministerium beschließt",
            "harbour", "de", "spliced", ["“nicht”", "One of the two is negated"],
        ),
        (
            "Ми закриємо порт, хай що вирішить міністерство, якщо пороми й далі ходитимуть.",
            "harbour", "uk", "spliced", ["“не”", "One of the two is negated"],
        ),
        (
            "Nous fermerons le port, quoi que décide le ministère, si les bacs circulent.",
            "harbour", "fr", "spliced", ["One of the two is negated"],
        ),
        (
            "We paid 200 workers in March, and nobody on the quay was left out of it.",
            "wages", "en", "reworded",
            ["It has “200” where the record has “300”.", "A number differs.", "in March 2026"],
        ),
        (
            "We paid 300 workers in March, and nobody on the whole quay was left out of it.",
            "wages", "en", "reworded", ["The word “whole” is not in the record."],
        ),
        (
            "Wir haben im März 200 Arbeiter bezahlt, und niemand am Kai ging leer aus.",
            "wages", "de", "translated", ["In translation: Aurel Sand said", "A number differs."],
        ),
    ],
)  # fmt: skip
def test_what_differs_is_said(text, about, language, kind, said):
    verdict = check(text, about, language=language)
    assert verdict.verdict == kind
    for part in said:
        assert part in verdict.sentence


@pytest.mark.parametrize(
    ("text", "about", "by", "verdict", "said"),
    [
        (HARBOUR, "harbour", "Mira Holt", "verbatim", "Word for word: Mira Holt"),
        (HARBOUR, "harbour", "Mayor Holt", "verbatim", "Word for word: Mira Holt"),
        (HARBOUR, "harbour", "Гольт", "verbatim", "Word for word: Mira Holt"),
        (HARBOUR, "harbour", "Aurel Sand", "said by someone else", "Not Aurel Sand: Mira Holt"),
        (HARBOUR, "harbour", "Henrik Holt", "said by someone else", "Not Henrik Holt: Mira Holt"),
        (WAGES, "wages", "the shipowner", "verbatim", "Aurel Sand"),
        (WAGES, "wages", "the bishop", "verbatim", "Whether that was the bishop, the record"),
        (PACT, "pact", "Mira Holt", "verbatim", "Whether that was Mira Holt, the record"),
        (
            "We paid 200 workers in March, and nobody on the quay was left out of it.",
            "wages", "Mira Holt", "said by someone else", "“200” where the record has “300”",
        ),
        ("We are looking after each man and woman at work there",
         "wages", "Mira Holt", "not in the record", "Mira Holt"),
    ],
)  # fmt: skip
def test_who_said_it(text, about, by, verdict, said):
    language = "de" if text == PACT else "en"
    found = check(text, about, by=by, language=language)
    assert found.verdict == verdict
    assert said in found.sentence


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        ("2026-03-03", "verbatim"),
        ("2026-03", "verbatim"),
        ("2026", "verbatim"),
        ("2026-03-04", "said on another occasion"),
        ("2025", "said on another occasion"),
        (None, "verbatim"),
    ],
)
def test_when_it_was_said(on, verdict):
    found = check(HARBOUR, "harbour", on=on)
    assert found.verdict == verdict
    assert "on 3 March 2026" in found.sentence


def test_of_equal_words_those_of_the_one_asked_for_and_of_the_day_count():
    record = [
        *utter("v1", HOLT, "2026-03-01", "wages", carry("1", "Enough is enough, we say.")),
        *utter("v2", SAND, "2026-03-02", "wages", carry("2", "Enough is enough, we say.")),
        *utter("v3", SAND, "2026-03-07", "wages", carry("3", "Enough is enough, we say.")),
    ]
    ask = "Enough is enough"
    assert check(ask, record=record).utterance == "v1"
    assert check(ask, record=record, by="Sand").utterance == "v2"
    assert check(ask, record=record, by="Sand", on="2026-03-07").utterance == "v3"
    late = check(ask, record=record, on="2026-05-07")
    assert (late.verdict, late.utterance) == ("said on another occasion", "v1")
    assert late.sentence.startswith("Not on 7 May 2026: Mira Holt said this on 1 March 2026")


def test_all_reports_that_carry_it_are_listed_with_their_words():
    verdict = check("whatever the ministry decides")
    assert [(one.path, one.rendering) for one in verdict.reports] == [
        ("01.txt", "verbatim"),
        ("03.txt", "translated"),
        ("04.txt", "translated"),
        ("05.txt", "translated"),
        ("02.txt", "trimmed"),
    ]
    assert verdict.reports[-1].text == "We will not close the harbour"
    assert "in 5 reports" in verdict.sentence
    assert verdict.speaker is not None
    assert (verdict.speaker.id, verdict.said_on) == ("a1", "2026-03-03")


def test_a_report_that_names_another_speaker_is_told():
    carried = (carry("1", HARBOUR), carry("2", HARBOUR, named=SAND, published="2026-03-09"))
    record = utter("v1", HOLT, "2026-03-03", "harbour", *carried)
    verdict = check(HARBOUR, "harbour", record=record, by="Sand")
    assert verdict.verdict == "said by someone else"
    assert "Some reports have it from Aurel Sand." in verdict.sentence


def test_a_wording_that_departs_from_the_fullest_is_told():
    sloppy = "We will close the harbour, whatever the ministry decides"
    flags = ("negation differs",)
    record = utter(
        "v1", HOLT, "2026-03-03", "harbour", carry("1", HARBOUR),
        carry("2", sloppy, rendering="reworded", flags=flags),
    )  # fmt: skip
    verdict = check(sloppy, "harbour", record=record)
    assert (verdict.verdict, verdict.statement) == ("verbatim", "s2")
    assert "The fullest wording in the record says otherwise: “We will not" in verdict.sentence


def test_the_very_words_of_a_splice_are_spliced():
    spliced = "We will close the harbour, whatever the ministry decides"
    record = utter(
        "v1", HOLT, "2026-03-03", "harbour", carry("1", HARBOUR),
        carry("2", spliced, rendering="spliced"),
    )  # fmt: skip
    verdict = check(spliced, "harbour", record=record)
    assert (verdict.verdict, verdict.statement) == ("spliced", "s1")
    assert "not" in [one.record.text for one in verdict.differences if one.record]


def test_two_utterances_run_together():
    text = f"{BRIDGE} We paid 300 workers in March, and nobody on the quay was left out."
    verdict = check(text, "bridge", share=0.7)
    assert verdict.verdict == "spliced"
    assert "Mira Holt" in verdict.sentence
    assert "Aurel Sand" in verdict.sentence
    assert "run together" in verdict.sentence


def test_halves_of_two_utterances_run_together():
    text = "nobody has paid for the new bolts, whatever the ministry decides, if the ferries run"
    verdict = check(text)
    assert verdict.verdict in ("spliced", "reworded")
    assert "It is run together with something else" in verdict.sentence


def test_a_sentence_that_is_nowhere_is_no_part_of_it():
    text = f"{BRIDGE} Let them come and count the gulls themselves."
    verdict = check(text, "bridge", share=0.9)
    assert verdict.verdict == "reworded"
    assert ("added", "Let them come and count the gulls themselves", None) in sides(verdict)
    assert "“Let them come and count the gulls themselves” are not in" in verdict.sentence


def test_a_part_that_is_there_does_not_make_the_rest_so():
    text = (
        "nobody has paid for the new bolts, and I hear that a certain gentleman in the capital "
        "keeps them all in a drawer beside his bed"
    )
    verdict = check(text)
    assert verdict.verdict == "not in the record"
    assert "only a part of this quotation: Mira Holt said “nobody has paid for" in verdict.sentence
    assert (verdict.utterance, verdict.reports, verdict.differences) == (None, (), ())


def test_reported_speech_is_no_quotation():
    verdict = check("The cranes would be sold by the end of the year", "cranes")
    assert verdict.verdict == "paraphrased"
    assert "not in quotation marks" in verdict.sentence


def test_in_a_mixed_statement_only_the_quoted_words_are_quotable():
    text = "Holt called the plan “a folly of the first water” and the minister a friend of gulls."
    words = text.removeprefix("Holt called ").removesuffix(".")
    record = utter("v1", HOLT, None, "other", carry("1", words, kind="mixed", text=text))
    assert check("a folly of the first water", record=record).verdict == "trimmed"
    assert check("the minister a friend of gulls", record=record).verdict == "paraphrased"


@pytest.mark.parametrize(
    ("text", "about", "share", "said"),
    [
        ("Weather in the hills was fine", "other", 1.0, "nothing that is near enough"),
        ("Boats may come and go as they please", "harbour", 0.95, "may or may not be the same"),
        ("no", "harbour", 1.0, "nothing that is near enough"),
        ("close harbour", "harbour", 1.0, "nothing that is near enough"),
        ("", "other", 1.0, "no words"),
        ("“…” —", "other", 1.0, "no words"),
    ],
)
def test_what_is_not_near_enough_is_not_in_the_record(text, about, share, said):
    verdict = check(text, about, share=share)
    assert verdict.verdict == "not in the record"
    assert said in verdict.sentence
    assert verdict == type(verdict)("not in the record", verdict.sentence)


def test_an_empty_record_has_nothing():
    assert check(HARBOUR, "harbour", record=[]).verdict == "not in the record"


def test_scattered_words_of_a_long_speech_are_no_quotation():
    speech = " ".join(f"we said on day {n} that the work is to go on as it was." for n in range(40))
    record = utter("v1", HOLT, None, "other", carry("1", speech))
    assert check("we said that work is on day as was", record=record, about="wages").verdict == (
        "not in the record"
    )


def test_a_trimmed_report_is_told_from_the_whole():
    verdict = check("We will not close the harbour", "harbour")
    assert (verdict.verdict, verdict.statement) == ("verbatim", "s02")
    assert "in 5 reports, 2 of them in these words" in verdict.sentence
    assert "In full: “We will not close the harbour, whatever" in verdict.sentence


@pytest.mark.parametrize(
    ("edtf", "written"),
    [
        ("2026-03-03", "on 3 March 2026"),
        ("2026-03", "in March 2026"),
        ("2026", "in 2026"),
        ("2026~", "in 2026"),
        ("2026-03-03/2026-03-05", "between 3 March 2026 and 5 March 2026"),
        ("2026-03/..", "not before March 2026"),
        ("../2026", "not after 2026"),
        ("XXXX-09-12", "on 12 September of some year"),
        ("soon", ""),
        (None, ""),
    ],
)
def test_dates_are_written_out(edtf, written):
    assert write_date(edtf) == written


SEVERAL = st.lists(
    st.text(max_size=12)
    | st.sampled_from([*HARBOUR.split(), *HARBOUR_DE.split(), *WAGES.split(), HARBOUR, BRIDGE]),
    max_size=20,
).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(
    text=st.text() | SEVERAL,
    language=st.sampled_from(["en", "de", "uk", "xx", ""]),
    by=st.none() | st.text(max_size=20),
    on=st.none() | st.sampled_from(["2026", "", "x"]),
)
def test_any_text_gets_a_verdict_with_its_evidence(text, language, by, on):
    verdict = check(text, "harbour", language=language, by=by, on=on, share=0.8)
    row = json.loads(json.dumps(asdict(verdict)))
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(row)] == []
    assert list(row) == list(schema["properties"])
    texts = {one.statement.id: one.report.text for one in RECORD}
    for one in verdict.differences:
        for words, printed in ((one.query, text), (one.record, texts.get(verdict.statement, ""))):
            assert words is None or words == Words.of(printed, *words.spans)
    reports = {one.report.id: one.report.text for one in RECORD}
    for carrier in verdict.reports:
        assert Words.of(reports[carrier.id], *carrier.spans).text == carrier.text
    assert verdict.sentence.endswith(".")


@given(order=st.permutations(RECORD))
@settings(deadline=None, max_examples=10)
def test_the_order_of_candidates_does_not_matter(order):
    for text in (HARBOUR, BRIDGE, "whatever the ministry decides", "Boats may come and go"):
        assert check(text, "harbour", record=order) == check(text, "harbour")
