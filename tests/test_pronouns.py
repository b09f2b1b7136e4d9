"""The benchmark on pronouns, on rows made up in the form of its corpus."""

from __future__ import annotations

import pytest
from benchmarks.pronouns import Case, answer_case, make_case, rank_case, score_cases, weigh_case

from onrecord.domain import Name, Tagging
from onrecord.statements.salience import Weights, load_weights

TEXT = "Ruv Berg met Ulo Holm in town. Later Sig Lund said that he had been late."


def make_row(right: str | None) -> dict[str, object]:
    spans = {
        name: [TEXT.index(name), TEXT.index(name) + len(name)] for name in ("Ruv Berg", "Sig Lund")
    }
    start = TEXT.index(" he ") + 1
    return {
        "doc": "r",
        "lang": "en",
        "text": TEXT,
        "pronoun": [start, start + 2],
        "candidates": [
            {"span": span, "is_antecedent": name == right} for name, span in spans.items()
        ],
    }


def make_tagging() -> Tagging:
    start = TEXT.index("Ulo Holm")
    return Tagging("r", (), (Name((start, start + 8), "person"),))


@pytest.mark.parametrize(
    ("right", "answer"), [("Ruv Berg", "A"), ("Sig Lund", "B"), (None, "neither")]
)
def test_a_row_becomes_a_case(right: str | None, answer: str) -> None:
    case = make_case(make_row(right), make_tagging())
    assert (case.answer, case.gender, len(case.measured)) == (answer, "m", 3)
    assert None not in case.candidates


def test_the_subject_of_the_sentence_is_meant() -> None:
    case = make_case(make_row("Sig Lund"), make_tagging())
    assert answer_case(case, load_weights()) == "B"
    assert rank_case(case, load_weights())[1]


WEIGHTS = Weights({"good": 2.0}, {"always": 1.0}, 0.5)


def make_simple(answer: str, best: int, gender: str = "m") -> Case:
    measured = {number: [{"good": float(number == best)}] for number in range(3)}
    return Case(gender, answer, (0, 1), measured, {"always": 1.0})


def test_shares_add_up_to_one() -> None:
    likely = weigh_case(make_simple("A", 0), WEIGHTS)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert max(likely, key=likely.__getitem__) == 0


@pytest.mark.parametrize(("best", "answer"), [(0, "A"), (1, "B"), (2, "neither")])
def test_answer(best: int, answer: str) -> None:
    assert answer_case(make_simple("A", best), WEIGHTS) == answer


def test_scores() -> None:
    cases = [
        make_simple("A", 0),
        make_simple("B", 0, "f"),
        make_simple("neither", 2),
        make_simple("A", 0, "f"),
    ]
    scores = score_cases(cases, WEIGHTS)
    assert scores["accuracy"] == 0.75
    assert scores["f1"] == pytest.approx(2 / 3)
    assert (scores["f1_men"], scores["f1_women"]) == (1.0, 0.5)
    assert scores["unaided"] == pytest.approx(2 / 3)
    assert scores["certain"] == 1.0
