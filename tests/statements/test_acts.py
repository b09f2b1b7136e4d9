from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from onrecord.domain import Act, Report, Tagging
from onrecord.lexicon import list_languages
from onrecord.statements.acts import ALL, ActModel, Deed, classify_act, load_acts, mark_words
from onrecord.statements.attributions import build_statements

Reader = Callable[..., tuple[Report, Tagging]]

CUES = [
    ("en", "said", "STATE"),
    ("en", "has sharply criticized", "ACCUSE"),
    ("en", "told", "STATE"),
    ("en", "called on", "REQUEST"),
    ("en", "called", "STATE"),
    ("en", "denied", "DENY"),
    ("en", "threatened", "THREATEN"),
    ("en", "ruled out", "REJECT"),
    ("en", "apologised", "APOLOGISE"),
    ("en", "hummed", None),
    ("de", "sagte", "STATE"),
    ("de", "kritisierte", "ACCUSE"),
    ("de", "forderte", "REQUEST"),
    ("de", "versprach", "PROMISE"),
    ("de", "bestritt", "DENY"),
    ("fr", "a dit", "STATE"),
    ("fr", "a averti", "WARN"),
    ("es", "rechazó", "REJECT"),
    ("es", "dijo", "STATE"),
    ("it", "ha smentito", "DENY"),
    ("pl", "zagroził", "THREATEN"),
    ("uk", "попередив", "WARN"),
    ("uk", "заявила", "STATE"),
    ("ru", "пообещал", "PROMISE"),
    ("xx", "said", None),
    ("en", "", None),
]


def make_deed(clause: str, cue: str | None = None) -> Deed:
    """A deed whose cue is those words of a clause, all of it where none are given."""
    start = 0 if cue is None else clause.index(cue)
    end = len(clause) if cue is None else start + len(cue)
    return Deed(clause, ((start, end),) if end > start else ())


@pytest.mark.parametrize(("language", "cue", "code"), CUES)
def test_cue(language: str, cue: str, code: str | None) -> None:
    assert classify_act(make_deed(cue), language) == code


@pytest.mark.parametrize(
    ("clause", "cue", "code"),
    [
        ("Er warf der Firma am Montag Betrug vor.", "warf", "ACCUSE"),
        ("Er warf der Firma am Montag Betrug vor.", "vor", "ACCUSE"),
        ("Er rief die Bürger dazu auf.", "auf", "REQUEST"),
        ("Er warf den Ball. Er stand vor dem Tor.", "warf", None),
        ("Er warf der Firma Betrug vor, sagte sie.", "sagte", "STATE"),
        ("Er hatte der Firma Betrug vorgeworfen.", "vorgeworfen", "ACCUSE"),
    ],
)
def test_a_verb_in_two_parts_is_known_by_either(clause: str, cue: str, code: str | None) -> None:
    assert classify_act(make_deed(clause, cue), "de") == code


def test_every_language_knows_the_same_codes() -> None:
    codes = {language: {code for code, _ in load_acts(language)} for language in list_languages()}
    assert all(found == codes["en"] for found in codes.values())


REJECTS = np.array([1, 0], np.float32)
FREES = np.array([0, 1], np.float32)


@pytest.fixture
def model() -> ActModel:
    """Two codes told by the two numbers of a vector."""
    weights = np.array([[9, 0, 2], [0, 9, 0]], np.float32)
    means = {ALL: np.zeros(2, np.float32), "de": np.array([0.5, 0], np.float32)}
    return ActModel(("REJECT", "YIELD"), ("REJECT",), weights, np.zeros(2, np.float32), 0.6, means)


@pytest.mark.parametrize(
    ("cue", "vector", "own", "code"),
    [
        ("denied", FREES, True, "DENY"),  # the cue says it
        ("hummed", REJECTS, False, "REJECT"),  # in no list
        ("hummed", FREES, False, None),  # done with more than words, and not by the speaker
        ("said", REJECTS, True, "REJECT"),
        ("said", FREES, True, "YIELD"),
        ("said", REJECTS, False, "STATE"),  # others did it
        ("said", REJECTS + FREES, True, "STATE"),  # unsure
        ("hummed", REJECTS + FREES, False, None),
        ("", REJECTS, True, None),  # no cue
    ],
)
def test_model(
    model: ActModel, cue: str, vector: np.ndarray, *, own: bool, code: str | None
) -> None:
    deed = replace(make_deed(cue), words="", own=own, vector=vector)
    assert classify_act(deed, "en", model=model) == code


def test_the_mean_of_the_language_is_taken_off(model: ActModel) -> None:
    vector = np.array([0.6, 0.4], np.float32)
    assert model.rank(vector, "", "en")[0][1] == "REJECT"
    assert model.rank(vector, "", "de")[0][1] == "YIELD"


def test_listed_words_count(model: ActModel) -> None:
    plain, marked = (
        dict(map(reversed, model.rank(REJECTS + FREES, words, "en")))  # type: ignore[arg-type]
        for words in ("", "had rejected the offer")
    )
    assert marked["REJECT"] > plain["REJECT"]
    assert mark_words("they rejected it", "en", ["AGREE", "REJECT"]).tolist()[0] == 0


def test_model_is_read_as_it_was_stored(model: ActModel) -> None:
    read = ActModel.of(model.means, model.store())
    assert read is not None
    assert np.array_equal(read.weights, model.weights)
    assert (read.codes, read.marks, read.least) == (model.codes, model.marks, model.least)
    assert ActModel.of(model.means, None) is None


TARGETS = [
    # language, text, act, target
    ("en", "[s1 [p Ann Lee]] [q1 accused] [l Vestria] of [c1 breaking it].", "ACCUSE", "Vestria"),
    ("en", "[s1 [p Ann Lee]] [q1 urged] [o NATO] [c1 to help [l Vestria]].", "REQUEST", "NATO"),
    ("en", "[s1 [p Ann Lee]] [q1 criticised] [o NATO] for [c1 its plan].", "ACCUSE", "NATO"),
    ("en", "[s1 [p Ann Lee]] [q1 rejected] [c1 the offer of [o NATO]].", "REJECT", "NATO"),
    (
        "en",
        "[s1 [p Ann Lee]] [q1 rejected] [c1 [o NATO]'s and [l Vestria]'s plan].",
        "REJECT",
        None,
    ),
    ("en", "[s1 [p Ann Lee]] [q1 rejected] [c1 the talks in [l Tarn]].", "REJECT", None),
    ("en", "[s1 [p Ann Lee]] [q1 rejected] [c1 what [p Lee] had said].", "REJECT", None),
    ("en", "[s1 [p Ann Lee]] [q1 told] [o HTV] that [c1 [o NATO] was late].", "STATE", None),
    ("en", "[s1 [p Ann Lee]] [q1 warned] reporters of [c1 a flood].", "WARN", None),
    (
        "de",
        "[s1 [p Ann Lee]] [q1 warf] der [o NATO] [q1 vor], [c1 sie täusche [l Vestria]].",
        "ACCUSE",
        "NATO",
    ),
    (
        "de",
        "[s1 [p Ann Lee]] [q1 kritisierte] gegenüber dem [o HTV] [c1 den Plan der [o NATO]].",
        "ACCUSE",
        "NATO",
    ),
    (
        "de",
        "[s1 [p Ann Lee]] [q1 hatte] der [o NATO] vorgeworfen, [c1 zu lügen].",
        "ACCUSE",
        "NATO",
    ),
    ("fr", "[s1 [p Ann Lee]] a [q1 accusé] l'[o OTAN] d'[c1 avoir menti].", "ACCUSE", "OTAN"),
    ("es", "[s1 [p Ann Lee]] [q1 acusó] a la [o OTAN] de [c1 mentir].", "ACCUSE", "OTAN"),
    ("ru", "[s1 [p Анна Ли]] [q1 обвинила] [o НАТО] во [c1 лжи].", "ACCUSE", "НАТО"),
    ("uk", "[s1 [p Анна Лі]] [q1 звинуватила] [o НАТО] у [c1 брехні].", "ACCUSE", "НАТО"),
]


@pytest.mark.parametrize(("language", "marked", "code", "target"), TARGETS)
def test_target(
    read_marked: Reader, language: str, marked: str, code: str, target: str | None
) -> None:
    (statement,) = build_statements(*read_marked(marked, language))
    assert statement.act == Act(code, target)
