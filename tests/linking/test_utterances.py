from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from onrecord.domain import Statement, Words, make_id
from onrecord.linking.likeness import Content, LikenessWeights
from onrecord.linking.utterances import Voiced, link_utterances

WEIGHTS = {
    "same": LikenessWeights(constant=-8.0, meaning=6.0, words=8.0, length=0.5),
    "across": LikenessWeights(constant=-12.0, meaning=18.0, length=0.8),
}
FULL = "We will not leave the harbour until every ship and every sailor is safe."
PART = "We will not leave the harbour until every ship"
OTHER = "The budget for schools was passed last year without a single vote against it."
SOFT = "Nobody will leave before every ship in the harbour is safe"


MEANING_ALONE = dict.fromkeys(("same", "across"), LikenessWeights(constant=-12.0, meaning=18.0))


def turn(degrees):
    angle = np.radians(degrees)
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


def voice(
    report, text=FULL, *, actor="holt", story="s", said_on="2026-03-03", kind="direct", **more
):
    """A statement in a report of its own, in quotation marks unless it is indirect.

    `degrees` is the direction of its meaning, `language`, `published`, `primary` what they say.
    """
    language, degrees = more.get("language", "en"), more.get("degrees", 0)
    printed = f"“{text}” she said."
    statement = Statement(
        id=make_id("statement", report, text, kind),
        report=report,
        kind=kind,
        content=Words.of(printed, (1, 1 + len(text))),
        said_on=said_on,
    )
    order = (more.get("published", "2026-03-04"), report, more.get("place", 1))
    content = Content(text, language, turn(degrees))
    primary = more.get("primary", False)
    return Voiced(statement, content, printed, actor, story, story, primary, order)


def link(*voiced, weights=WEIGHTS):
    utterances = link_utterances(voiced, weights=weights)
    carried = [statement for u in utterances for statement in u.statements]
    assert sorted(carried) == sorted(one.statement.id for one in voiced)
    rendered = [r.statement for u in utterances for r in u.renderings]
    assert sorted(rendered) == sorted(carried)
    ids = {u.id for u in utterances}
    for utterance in utterances:
        assert utterance.best in utterance.statements
        assert all(r.utterance == utterance.id for r in utterance.renderings)
        assert utterance.repeats is None or utterance.repeats in ids - {utterance.id}
        assert all(other in ids - {utterance.id} for other, _ in utterance.possible)
    assert [u.id for u in utterances] == sorted(ids)
    return utterances


def id_of(one):
    return make_id("utterance", one.statement.id)


def test_nothing():
    assert link() == ()


def test_the_same_words_are_one_utterance():
    one, other = voice("a"), voice("b", PART)
    (utterance,) = link(one, other)
    assert utterance.id == id_of(one)
    assert (utterance.speaker, utterance.said_on, utterance.story) == ("holt", "2026-03-03", "s")
    assert utterance.statements == (one.statement.id, other.statement.id)
    assert [r.kind for r in utterance.renderings] == ["verbatim", "trimmed"]


def test_other_words_are_another():
    assert len(link(voice("a"), voice("b", OTHER, degrees=90))) == 2


def test_a_translation_joins():
    german = voice("b", "Wir gehen nicht, ehe alle Schiffe sicher sind.", language="de", degrees=5)
    (utterance,) = link(voice("a"), german)
    assert [r.kind for r in utterance.renderings] == ["verbatim", "translated"]


@pytest.mark.parametrize(
    ("best", "others"),
    [
        (voice("b"), [voice("a", PART)]),
        (voice("b", PART, primary=True), [voice("a")]),
        (voice("b", PART), [voice("a", kind="indirect")]),
        (voice("a"), [voice("b"), voice("c")]),
    ],
    ids=["fullest", "primary", "quoted", "earliest"],
)
def test_the_leader_is_primary_then_quoted_then_fullest(best, others):
    (utterance,) = link(best, *others)
    assert utterance.best == best.statement.id


def test_an_id_is_that_of_the_earliest_statement_and_stays():
    early = voice("a", PART, published="2026-03-03")
    (before,) = link(early)
    (after,) = link(early, voice("b"), voice("c", PART))
    assert before.id == after.id == id_of(early)
    assert after.best != early.statement.id


def test_what_is_likely_is_possible_and_not_merged():
    one, other = voice("a"), voice("b", SOFT, kind="indirect", degrees=45)
    first, second = sorted(link(one, other), key=lambda u: u.statements != (one.statement.id,))
    assert first.possible == ()
    ((maybe, score),) = second.possible
    assert maybe == first.id
    assert 0.5 <= score < 0.9


def test_other_dates_are_other_occasions():
    one = voice("a", SOFT, kind="indirect")
    other = voice(
        "b", SOFT.replace("leave before", "go until"), kind="indirect", said_on="2026-03-09"
    )
    earlier, later = sorted(link(one, other), key=lambda u: u.said_on)
    assert (earlier.repeats, earlier.possible) == (None, ())
    assert (later.repeats, later.possible) == (earlier.id, ())


def test_the_very_words_are_one_occasion_of_a_story_and_the_clash_is_flagged():
    (utterance,) = link(voice("a"), voice("b"), voice("c", said_on="2026-03-09"))
    assert utterance.said_on == "2026-03-03"
    flags = {r.statement: r.flags for r in utterance.renderings}
    assert [("another occasion" in found) for found in flags.values()].count(True) == 1


def test_another_story_is_another_occasion():
    one = voice("a", said_on=None)
    other = voice("b", story="t", said_on=None, published="2026-05-01")
    earlier, later = sorted(link(one, other), key=lambda u: u.story)
    assert later.repeats == earlier.id
    assert later.possible == ()


@pytest.mark.parametrize(
    ("mine", "yours", "count"),
    [
        ("2026-03-03", "2026-03-03", 1),
        ("2026-03-03", "2026-03-04", 2),
        ("2026-03", "2026-03-03", 2),
        (None, "2026-03-03", 2),
    ],
)
def test_between_stories_days_must_agree(mine, yours, count):
    assert len(link(voice("a", said_on=mine), voice("b", story="t", said_on=yours))) == count


def test_between_stories_the_very_words_are_needed():
    one = voice("a", SOFT, kind="indirect")
    other = voice("b", SOFT.replace("Nobody will leave before", "No one goes until"), story="t")
    assert len(link(one, other)) == 2


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The harbour will open on Friday for all", "Not one ship may enter before Sunday"),
        ("en", "Three hundred people lost their jobs", "Five hundred of them are out of work"),
        ("de", "Der Hafen bleibt für alle offen", "Kein Schiff darf heute hinein"),
        ("fr", "Le port restera ouvert à tous", "Aucun bateau ne peut entrer"),
        ("es", "El puerto seguirá abierto", "Ningún barco puede entrar hoy"),
        ("uk", "Порт лишається відкритим для всіх", "Жоден корабель не зайде"),
    ],
)
def test_what_contradicts_is_possible_however_like_it_is(language, one, other):
    first = voice("a", one, language=language)
    for second in (
        voice("b", other, language=language),
        voice("b", f"{other} indeed and for ever", language=language),
    ):
        utterances = link(first, second, weights=MEANING_ALONE)
        earlier, later = sorted(utterances, key=lambda u: u.best != first.statement.id)
        assert [who for who, _ in later.possible] == [earlier.id]


def test_the_very_words_are_merged_and_a_negation_is_flagged():
    denied = FULL.replace("will not leave", "will leave")
    (utterance,) = link(voice("a"), voice("b", denied))
    assert [r.flags for r in utterance.renderings] == [(), ("negation differs",)]


BRIDGE = "The bridge stays closed until the new bearings have come."
FERRY = "A ferry will carry the people of both banks for nothing."
WEATHER = "The wind has been from the west for most of this week."


def test_a_statement_renders_two_utterances_at_once():
    bridge = voice("a", f"{BRIDGE} Nobody is to blame for it.", primary=True)
    ferry = voice("a", FERRY, primary=True, degrees=90, place=9)
    both = voice("b", f"{BRIDGE} {FERRY}", degrees=45)
    utterances = link_utterances([bridge, ferry, both], weights=WEIGHTS)
    first, second = sorted(utterances, key=lambda u: u.best != bridge.statement.id)
    assert first.statements == (bridge.statement.id, both.statement.id)
    assert second.statements == (ferry.statement.id, both.statement.id)
    found = [r for u in (first, second) for r in u.renderings if r.statement == both.statement.id]
    texts = [[both.report_text[slice(*span)] for span in r.spans] for r in found]
    assert texts == [[BRIDGE], [FERRY]]
    assert [r.kind for r in found] == ["trimmed", "verbatim"]


def test_a_statement_with_words_of_its_own_keeps_its_utterance():
    bridge = voice("a", f"{BRIDGE} Nobody is to blame for it.", primary=True)
    more = voice("b", f"{WEATHER} {BRIDGE} {WEATHER.replace('west', 'sea')}", degrees=90)
    utterances = link_utterances([bridge, more], weights=WEIGHTS)
    first, second = sorted(utterances, key=lambda u: u.best != bridge.statement.id)
    assert first.statements == (bridge.statement.id, more.statement.id)
    assert (second.statements, second.best) == ((more.statement.id,), more.statement.id)
    part = first.renderings[1].spans
    assert [more.report_text[slice(*span)] for span in part] == [BRIDGE]
    assert second.renderings[0].spans == more.statement.content.spans


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "indirect"},
        {"story": "t"},
        {"said_on": "2026-03-09"},
        {"actor": "sand"},
        {"language": "de"},
    ],
)
def test_sentences_are_shared_out_within_actor_story_and_occasion(more):
    bridge = voice("a", f"{BRIDGE} Nobody is to blame for it.", primary=True)
    other = voice("b", f"{WEATHER} {BRIDGE} {WEATHER.replace('west', 'sea')}", degrees=90, **more)
    carried = [len(u.statements) for u in link(bridge, other)]
    assert carried == [1, 1]


def test_what_has_nothing_in_common_changes_nothing():
    voiced = [
        voice("a"),
        voice("b", PART),
        voice("c", SOFT, kind="indirect", degrees=45),
        voice("d", f"{BRIDGE} {FERRY}", degrees=90),
        voice("e", FERRY, degrees=90),
    ]
    strange = [
        voice("f", BRIDGE, actor="sand", story="t"),
        voice("g", WEATHER, actor="lee", story="u", degrees=120),
    ]
    together = {u.id: u for u in link(*voiced, *strange)}
    assert {u.id: u for u in (*link(*voiced), *link(*strange))} == together


def test_words_in_quotation_marks_that_no_other_has_are_flagged():
    invented = voice("b", "Not a ship is to leave before each sailor comes home", degrees=3)
    utterances = link(voice("a", primary=True), invented, weights=MEANING_ALONE)
    flags = [r.flags for u in utterances for r in u.renderings]
    assert flags == [(), ("quoted words found nowhere else",)]


@pytest.mark.parametrize(
    ("field", "one", "other", "clash"),
    [
        ("channel", "in an interview", "at a press conference", True),
        ("channel", "in an interview", "on the radio", False),
        ("place", "Kyiv", "London", True),
        ("place", "Kyiv", "Ukraine", False),
    ],
)
def test_a_clash_of_channel_or_place_is_flagged(field, one, other, clash):
    def printed(voiced, words):
        place = Words(words, ((0, len(words)),))
        return replace(voiced, statement=replace(voiced.statement, **{field: place}))

    (utterance,) = link(printed(voice("a"), one), printed(voice("b"), other))
    assert [r.flags for r in utterance.renderings] == [(), ("another occasion",) * clash]


def test_a_translation_near_to_one_member_alone_stays_apart():
    near, far = voice("b", "Wir gehen nicht.", language="de", degrees=30), voice("a")
    chance = voice("c", "On ne part pas.", language="fr", degrees=60)
    assert len(link(far, near)) == 1
    assert len(link(near, chance)) == 1
    assert len(link(far, near, chance)) == 2


def test_words_given_to_someone_else_stay_one_utterance():
    right, wrong = voice("a"), voice("b", PART, actor="sand")
    (utterance,) = link(right, wrong)
    assert utterance.speaker == "holt"
    assert any("speaker" in flag for r in utterance.renderings for flag in r.flags)


@pytest.mark.parametrize(
    "other",
    [
        voice("b", PART, actor="sand", story="t"),
        voice("b", PART, actor="sand", kind="indirect"),
        voice("b", "every ship is safe", actor="sand"),
        voice("b", OTHER, actor="sand"),
    ],
    ids=["another story", "indirect", "too short", "other words"],
)
def test_other_actors_have_their_own_utterances(other):
    assert len(link(voice("a"), other)) == 2


def test_a_quotation_without_a_speaker_joins_its_words():
    known, unknown = voice("b", PART), voice("a", actor=None)
    (utterance,) = link(known, unknown)
    assert utterance.speaker == "holt"
    assert utterance.best == unknown.statement.id
    paraphrase = voice("c", PART, kind="indirect")
    (utterance,) = link(known, unknown, paraphrase)
    assert len(utterance.statements) == 3


def test_statements_without_a_speaker_stay_apart():
    first = voice("a", SOFT, actor=None, kind="indirect")
    second = voice("b", SOFT, actor=None, kind="indirect")
    one, other = link(first, second)
    assert one.speaker is other.speaker is None
    assert one.possible == other.possible == ()


def test_the_date_is_the_one_that_most_allow_and_the_most_exact():
    dates = ["2026-03", "2026-03-03", "2026-03-03", None, "2026-03-05"]
    voiced = [voice(str(n), said_on=date) for n, date in enumerate(dates)]
    (utterance,) = link(*voiced)
    assert utterance.said_on == "2026-03-03"
    assert link(voice("a", said_on=None))[0].said_on is None


def test_any_order_gives_the_same_utterances():
    same = voice("a", PART)
    twin = replace(same, statement=replace(same.statement, id="twin"))
    voiced = [
        same,
        twin,
        voice("b", actor=None),
        voice("c", actor="sand"),
        voice("d", SOFT, kind="indirect", degrees=45),
        voice("e", story="t", said_on="2026-05-01"),
    ]
    expected = link(*voiced)
    for order in permutations(voiced):
        assert link_utterances(order, weights=WEIGHTS) == expected
