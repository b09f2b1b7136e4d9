from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.domain import Actor, Statement, Utterance, Words
from onrecord.linking.answers import link_answers
from onrecord.linking.likeness import Content
from onrecord.linking.utterances import Voiced

HOLT = Actor("holt", "Mira Holt", "person", (), (), (("r", "Mira Holt"), ("r", "Holt")))
SAND = Actor("sand", "Tom Sand", "person", (), (), (("r", "Tom Sand"),))
BEACH = Actor("beach", "Pia Sand", "person", (), (), (("r", "Pia Sand"),))


def voice(text, said, *, cue=None, actor="holt", kind="direct", language="en", degrees=0):
    start = text.index(said)
    angle = np.radians(degrees)
    statement = Statement(
        id=f"{actor}:{start}",
        report="r",
        kind=kind,
        content=Words.of(text, (start, start + len(said))),
        cue=Words.of(text, (text.rindex(cue), text.rindex(cue) + len(cue))) if cue else None,
    )
    vector = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
    content = Content(said, language, vector)
    return Voiced(statement, content, text, actor, "s", "s", False, ("2026-03-03", "r", start))


def link(*voiced, actors=(HOLT, SAND), together=()):
    utterances = [
        Utterance(f"u{n}", one.actor, None, (one.statement.id,), one.statement.id, "s")
        for n, one in enumerate(voiced)
        if one.statement.id not in together
    ]
    if together:
        utterances.append(Utterance("both", "holt", None, tuple(together), together[0], "s"))
    return link_answers(voiced, utterances, actors)


FIRST = "“We pay nothing at all,” said Tom Sand. "


@pytest.mark.parametrize(
    ("language", "text", "said", "cue", "word"),
    [
        ("en", "“You must,” replied Holt to Sand.", "You must", "replied", "replied"),
        ("en", "Rejecting Sand’s words, Holt said: “You must.”", "You must", "said", "Rejecting"),
        ("de", "„Sie müssen“, antwortete Holt auf Sand.", "Sie müssen", "antwortete", "antwort"),
        ("uk", "«Мусите», — відповіла Гольт Sand.", "Мусите", "відповіла", "відпов"),
    ],
)
def test_a_word_for_answering_and_a_name_make_an_answer(language, text, said, cue, word):
    whole = FIRST + text
    earlier = voice(whole, "We pay nothing at all", actor="sand", language=language)
    (answer,) = link(earlier, voice(whole, said, cue=cue, language=language))
    assert (answer.utterance, answer.to, answer.to_actor) == ("u1", "u0", "sand")
    assert answer.words.text == word
    assert whole[slice(*answer.words.spans[0])] == word


def test_a_reply_that_names_nobody_answers_the_words_before_it():
    whole = FIRST + "“You must,” replied Holt."
    earlier = voice(whole, "We pay nothing at all", actor="sand")
    (answer,) = link(earlier, voice(whole, "You must", cue="replied"))
    assert (answer.to, answer.to_actor, answer.words.text) == ("u0", "sand", "replied")
    assert (
        link(voice(whole, "We pay nothing at all"), voice(whole, "You must", cue="replied")) == ()
    )


def test_a_turn_after_a_question_answers_it():
    whole = "TOM SAND: Will you pay?\n\nMIRA HOLT: No."
    asked = voice(whole, "Will you pay?", actor="sand")
    said = voice(whole, "No.")
    assert link(asked, said) == ()
    (answer,) = link(replace(asked, primary=True), replace(said, primary=True))
    assert (answer.utterance, answer.to, answer.words.text) == ("u1", "u0", "Will you pay?")


@pytest.mark.parametrize(
    "text",
    [
        "“I reject what Sand says,” said Holt.",
        "“You must,” said Holt. Sand replied.",
        "“You must,” said Holt about Sand.",
        "“You must,” replied Holt.",
        "“You must,” replied Holt to herself.",
        "“You must,” replied Holt on the sand.",
        "“You must,” replied Holt to Sandberg.",
    ],
)
def test_no_answer(text):
    said = text[1 : text.index(",”")]
    cue = "said" if "said" in text else "replied"
    assert link(voice(text, said, cue=cue)) == ()


def test_an_indirect_answer_names_whom_in_the_reporters_words():
    text = "Holt rejected the claims by Tom Sand."
    (answer,) = link(voice(text, "the claims by Tom Sand", cue="rejected", kind="indirect"))
    assert (answer.to, answer.to_actor) == (None, "sand")
    text = "Holt said that the council had rejected the claims by Tom Sand."
    content = "that the council had rejected the claims by Tom Sand"
    assert link(voice(text, content, cue="said", kind="indirect")) == ()


def test_of_two_utterances_the_one_clearly_nearer_is_meant():
    text = "“We pay nothing,” said Sand. “It is late,” said Sand. “You must,” replied Holt to Sand."

    def answer(*degrees):
        one, other = (
            voice(text, said, actor="sand", degrees=angle)
            for said, angle in zip(("We pay nothing", "It is late"), degrees, strict=True)
        )
        (found,) = link(one, other, voice(text, "You must", cue="replied"))
        assert found.to_actor == "sand"
        return found.to

    assert answer(20, 80) == "u0"
    assert answer(80, 20) == "u1"
    assert answer(20, 22) is None


def test_a_name_that_two_people_share_names_neither():
    text = "“You must,” replied Holt to Sand."
    one = voice(text, "You must", cue="replied")
    assert link(one, actors=(HOLT, SAND, BEACH)) == ()
    assert len(link(one, actors=(HOLT, SAND))) == 1


def test_an_utterance_does_not_answer_itself():
    text = "“We pay nothing at all,” said Sand. “We pay nothing,” replied Holt to Sand."
    one = voice(text, "We pay nothing at all", actor="sand")
    start = text.rindex("We pay")
    two = voice(
        text[:start] + "We  pay nothing,” replied Holt to Sand.", "We  pay nothing", cue="replied"
    )
    ids = (one.statement.id, two.statement.id)
    (answer,) = link(one, two, together=ids)
    assert answer.to is None


@pytest.mark.parametrize("language", ["xx", "zh", ""])
def test_languages_without_lists_have_no_answers(language):
    text = "“You must,” replied Holt to Sand."
    assert link(voice(text, "You must", cue="replied", language=language)) == ()


def test_statements_without_a_speaker_answer_nobody():
    text = "“You must,” was replied to Sand."
    assert link(voice(text, "You must", cue="replied", actor=None)) == ()


def test_nothing():
    assert link_answers([], [], []) == ()


def test_the_sentence_that_leads_up_to_a_statement_tells_that_it_answers():
    whole = FIRST + "The reply came on Friday. “You must,” said Holt."
    whole = whole.replace("The reply came", "The mayor replied")
    earlier = voice(whole, "We pay nothing at all", actor="sand")
    (answer,) = link(earlier, voice(whole, "You must", cue="said"))
    assert (answer.to, answer.to_actor, answer.words.text) == ("u0", "sand", "replied")


def test_a_sentence_in_which_somebody_else_speaks_leads_up_to_nothing():
    whole = FIRST + "“No,” replied Tom Sand. “You must,” said Holt."
    earlier = voice(whole, "We pay nothing at all", actor="sand")
    other = voice(whole, "No", cue="replied", actor="sand")
    assert link(earlier, other, voice(whole, "You must", cue="said")) == ()


def test_a_word_that_introduces_another_statement_is_not_ones_own():
    whole = "“We pay nothing,” said Sand. “You must,” said Holt, but Sand replied that she must."
    earlier = voice(whole, "We pay nothing", actor="sand")
    said = voice(whole, "You must", cue="said")
    replied = voice(whole, "that she must", cue="replied", actor="sand", kind="indirect")
    assert [answer.utterance for answer in link(earlier, said, replied)] == ["u2"]


def in_report(one, report, published):
    return replace(
        one,
        statement=replace(one.statement, report=report, id=f"{report}:{one.statement.id}"),
        order=(published, report, one.order[2]),
    )


@pytest.mark.parametrize(
    ("degrees", "published", "to"),
    [
        ((10,), "2026-03-02", "u0"),
        ((10,), "2026-03-04", None),
        ((10,), "~", None),
        ((85,), "2026-03-02", None),
        ((10, 60), "2026-03-02", "u0"),
        ((10, 12), "2026-03-02", None),
    ],
)
def test_what_is_answered_may_stand_in_an_earlier_report_of_the_story(degrees, published, to):
    text = "Holt rejected the claims by Tom Sand."
    answering = voice(text, "the claims by Tom Sand", cue="rejected", kind="indirect")
    said = [f"We pay nothing {n}" for n in range(len(degrees))]
    earlier = [
        in_report(voice(words, words, actor="sand", degrees=angle), "r0", published)
        for words, angle in zip(said, degrees, strict=True)
    ]
    earlier = [
        replace(one, statement=replace(one.statement, id=f"{one.statement.id}:{n}"))
        for n, one in enumerate(earlier)
    ]
    (answer,) = link(*earlier, answering)
    assert (answer.to, answer.to_actor) == (to, "sand")
