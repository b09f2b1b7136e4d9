from __future__ import annotations

import pytest

from onrecord.lexicon import list_languages
from onrecord.statements.acts import classify_act, load_acts

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


@pytest.mark.parametrize(("language", "cue", "code"), CUES)
def test_cue(language: str, cue: str, code: str | None) -> None:
    act = classify_act(cue, language)
    assert (act.code if act is not None else None) == code


def test_the_rest_of_a_split_verb_stands_in_the_clause() -> None:
    act = classify_act("warf", "de", clause="warf der Firma am Montag Betrug vor.")
    assert act is not None
    assert act.code == "ACCUSE"
    assert classify_act("warf", "de", clause="warf den Ball. Er stand vor dem Tor.") is None


def test_every_language_knows_the_same_codes() -> None:
    codes = {
        language: {entry.code for entry in load_acts(language)} for language in list_languages()
    }
    assert all(found == codes["en"] for found in codes.values())
