from __future__ import annotations

from itertools import pairwise

import pytest

from onrecord.domain import Report, Zone
from onrecord.tagging.turns import find_turns


def make_report(text, *, kind="primary", zones=None):
    spans = zones if zones is not None else (Zone("body", (0, len(text))),)
    return Report("r", "r.txt", "0", text, "en", spans, kind=kind)


def read_turns(report):
    text = report.text
    return [
        (text[slice(*turn.source[0])], text[slice(*turn.content[0])]) for turn in find_turns(report)
    ]


CAPITALS = """\
Kalmhaven, Custom House, 3 March

MAYOR MIRA HOLT: Good morning. We begin: nobody leaves.

Let me be clear: nobody was hurt.

(Laughter.)

JORUN VESTER (The Courier): Will you go?

MAYOR MIRA HOLT: No.

End of transcript, 10.31
"""


def test_capitals():
    assert read_turns(make_report(CAPITALS)) == [
        ("MAYOR MIRA HOLT", "Good morning. We begin: nobody leaves."),
        ("MAYOR MIRA HOLT", "Let me be clear: nobody was hurt."),
        ("JORUN VESTER", "Will you go?"),
        ("MAYOR MIRA HOLT", "No."),
    ]


@pytest.mark.parametrize(
    ("text", "turns"),
    [
        (
            "Frage: Bleiben Sie?\nHolt: Ja, ich bleibe.\nFrage: Warum?\nHolt: Weil ich muss.",
            [
                ("Frage", "Bleiben Sie?"),
                ("Holt", "Ja, ich bleibe."),
                ("Frage", "Warum?"),
                ("Holt", "Weil ich muss."),
            ],
        ),
        (
            "Q: Will you stay?\nA: I will.\nQ: Why?\nA: I must.",
            [("Q", "Will you stay?"), ("A", "I will."), ("Q", "Why?"), ("A", "I must.")],
        ),
        (
            "МІРА ГОЛЬТ: Ми лишаємося.\nПИТАННЯ: Чому?\nМІРА ГОЛЬТ: Бо так треба.",
            [
                ("МІРА ГОЛЬТ", "Ми лишаємося."),
                ("ПИТАННЯ", "Чому?"),
                ("МІРА ГОЛЬТ", "Бо так треба."),
            ],
        ),
        (
            "Mme Holt : Nous restons.\nM. Sable : Pourquoi ?\nMme Holt : Il le faut.",
            [
                ("Mme Holt", "Nous restons."),
                ("M. Sable", "Pourquoi ?"),
                ("Mme Holt", "Il le faut."),
            ],
        ),
        (
            "Mira Holt (SPD):\nWir bleiben.\nDas ist alles.\n"
            "Präsident:\nDanke.\nMira Holt (SPD):\nGern.",
            [
                ("Mira Holt", "Wir bleiben."),
                ("Mira Holt", "Das ist alles."),
                ("Präsident", "Danke."),
                ("Mira Holt", "Gern."),
            ],
        ),
        (
            "霍尔特：我们不走。\n记者：为什么？\n霍尔特：必须如此。",
            [("霍尔特", "我们不走。"), ("记者", "为什么？"), ("霍尔特", "必须如此。")],
        ),
        (
            "هولت: لن نغادر.\nسؤال: لماذا؟\nهولت: هذا واجب.",
            [("هولت", "لن نغادر."), ("سؤال", "لماذا؟"), ("هولت", "هذا واجب.")],
        ),
    ],
    ids=["questions", "letters", "uk", "fr", "own lines", "zh", "ar"],
)
def test_layouts_and_languages(text, turns):
    assert read_turns(make_report(text)) == turns


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The mayor spoke.\nPhoto: Agency.\nShe left.",
        "Update: The bridge is open.\nThe mayor spoke.\nUpdate: It is shut.",
        "Photo: Harbour.\nPhoto: Bridge.\nThe mayor spoke.",
        "The ministry announces three things.\nFirst: it will pay.\nContact: Press Office.",
        "One thing is clear: we stay.\nAnother thing is clear: they stay.",
        "See https://example.org and 10:30 for more.\nAt 10:30 it ended.",
        "HOLT: We stay.",
    ],
)
def test_releases_without_turns(text):
    assert find_turns(make_report(text)) == []


def test_only_primary_sources_have_turns():
    assert find_turns(make_report(CAPITALS, kind="report")) == []


def test_other_zones_belong_to_no_turn():
    start = CAPITALS.index("JORUN")
    end = CAPITALS.index("\n\nMAYOR MIRA HOLT: No.")
    zones = (
        Zone("body", (0, start)),
        Zone("furniture", (start, end)),
        Zone("body", (end, len(CAPITALS))),
    )
    speakers = [who for who, _ in read_turns(make_report(CAPITALS, zones=zones))]
    assert speakers == ["MAYOR MIRA HOLT"] * 3


def test_turns_lie_in_order_and_apart():
    spans = [turn.content[0] for turn in find_turns(make_report(CAPITALS))]
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(CAPITALS[start:end].strip() == CAPITALS[start:end] for start, end in spans)
