"""Zones: they tile the text, and mark what is not the report's own in any language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Zone
from onrecord.intake.zones import mark_zones

PARAGRAPH = (
    "The harbour office said on Monday that the ferry would stay in port until its engine had been "
    "looked at by somebody who knows about engines."
)
WORDS = [
    *(
        "Menu",
        "Photo: A. Doe/dpa",
        "Read also",
        "Leave a reply",
        "By Jane Doe",
        "18.9.2024 - 15:02",
    ),
    *("Ferry stays in port until spring", PARAGRAPH, "SDA", "© 2026", "", "  ", "\t", "A | B | C"),
]


def kinds_of(text: str, **known: str) -> dict[str, str]:
    """The kind of each line."""
    kinds = {}
    for zone in mark_zones(text, **known):
        for line in text[zone.span[0] : zone.span[1]].splitlines():
            if line.strip():
                kinds[line.strip()] = zone.kind
    return kinds


@given(
    st.one_of(
        st.text(alphabet=st.characters(exclude_categories=["Cs"])),
        st.lists(st.sampled_from(WORDS), max_size=12).map("\n".join),
        st.lists(st.sampled_from(WORDS), max_size=12).map("\r\n\r\n".join),
    )
)
def test_zones_tile_the_text(text):
    zones = mark_zones(text)
    assert "".join(text[zone.span[0] : zone.span[1]] for zone in zones) == text
    at = 0
    for zone in zones:
        assert zone.span[0] == at < zone.span[1]
        at = zone.span[1]
    assert at == len(text)
    assert sum(zone.kind == "title" for zone in zones) <= 1


@pytest.mark.parametrize(
    ("title", "byline", "caption", "tail", "extra"),
    [
        (
            "Ferry stays in port, and the gulls stay with it",
            "By Jane Doe",
            "The ferry on Monday. Photo: A. Brown/Getty Images",
            "Leave a Reply",
            "Your email address will not be published.",
        ),
        (
            "Fähre bleibt im Hafen, und die Möwen bleiben auch",
            "Von Petra Beispiel",
            "Die Fähre am Montag. Foto: Max Muster/dpa",
            "Lesen Sie auch",
            "Wie man eine Möwe füttert",
        ),
        (
            "Le bac reste au port, et les mouettes aussi",
            "Publié le 3 mars 2026 à 07h05",
            "Le bac, lundi. © Jeanne Martin / AFP",
            "Laisser un commentaire",
            "Votre adresse e-mail ne sera pas publiée.",
        ),
        (
            "El transbordador se queda en el puerto con las gaviotas",
            "Por Juana Pérez",
            "El barco, el lunes. (Foto: EFE)",
            "Noticias relacionadas",
            "Cómo alimentar a una gaviota",
        ),
        (
            "Il traghetto resta in porto e i gabbiani anche",
            "di Mario Bianchi",
            "Il traghetto lunedì. Foto: Anna Verdi/ANSA",
            "Riproduzione riservata",
            "Iscriviti alla newsletter",
        ),
        (
            "Prom zostaje w porcie, a mewy razem z nim",
            "3 marca 2026, 15:02",
            "Prom w poniedziałek. Fot. Jan Kowalski/PAP",
            "Czytaj także:",
            "Jak karmić mewę",
        ),
        (
            "Пором лишається в порту, і чайки теж",
            "3 березня 2026, 15:02",
            "Пором у понеділок Фото: Іван Приклад/ УНІАН",
            "Читайте також:",
            "Як годувати чайку",
        ),
        (
            "Паром остаётся в порту, и чайки тоже",
            "Автор: Иван Примеров",
            "Паром в понедельник Фото: Иван Примеров/ ТАСС",
            "Читайте также",
            "Как кормить чайку",
        ),
    ],
)
def test_furniture_of_each_language(title, byline, caption, tail, extra):
    body = PARAGRAPH.replace("Monday", "Tuesday")
    text = "\n\n".join([title, byline, caption, PARAGRAPH, body, tail, extra])
    kinds = kinds_of(text)
    assert kinds[title] == "title"
    assert kinds[byline] == "byline"
    assert kinds[caption] == "caption"
    assert kinds[PARAGRAPH] == "lead"
    assert kinds[body] == "body"
    assert kinds[tail] == kinds[extra] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Search",
        "Close this search box.",
        "Comments (12)",
        "→ Read more",
        "Getty Images",
        "Photo: Max Muster/AP/dpa",
        "Home | World | Sport",
        "News   Boats   Weather",
        "© 2026 The Example. All rights reserved.",
        "https://example.org/a/b",
        "#harbour #ferry",
        "Wir verwenden Cookies, um diese Seite zu verbessern.",
        "Якщо ви помітили помилку, виділіть її та натисніть Ctrl+Enter",
    ],
)
def test_furniture_between_paragraphs(line):
    kinds = kinds_of("\n\n".join([PARAGRAPH, line, PARAGRAPH.upper()]))
    assert kinds[line] == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "The photo: a gull on a bridge, seen by everybody in town.",
        "“Read more, talk less,” the harbour master advised his deputy.",
        "The ferry carried cookies, biscuits and one cake, its captain told reporters.",
        "The image of the port has suffered, Reuters wrote in its report on Tuesday.",
        "Port threatens the ferry",
        "— Why did you stay?",
        "He declined to comment.",
    ],
)
def test_what_stays_body(line):
    kinds = kinds_of("\n\n".join(["Ferry stays in port", PARAGRAPH, line, PARAGRAPH.upper()]))
    assert kinds[line] == "body"


def test_captions_printed_twice_and_over_a_credit():
    caption = "A gull waits for the harbour master"
    text = f"Ferry stays in port\n\n{caption}\n{caption}\nKeystone\n\n{PARAGRAPH}\n\n{PARAGRAPH}!"
    assert kinds_of(text)[caption] == "caption"
    assert kinds_of(text)["Keystone"] == "furniture"


def test_one_long_paragraph_is_body():
    text = PARAGRAPH * 5
    assert mark_zones(text) == (Zone("body", (0, len(text))),)


def test_agency_in_brackets_after_the_last_sentence_is_no_caption():
    last = "The ferry will sail in spring, the office said. (dpa/AFP)"
    assert kinds_of(f"Ferry stays in port\n\n{PARAGRAPH}\n\n{last}")[last] == "body"


def test_title_is_found_under_masthead_motto_and_menu():
    title = "Ferry engine looked at by somebody who knows"
    head = "THE EXAMPLE TIMES\nnews for those who wait on the quay\n\nHome  Boats  Search\n\nWORLD"
    kinds = kinds_of(f"{head}\n\n{title}\n\n{PARAGRAPH}\n\n{PARAGRAPH}!")
    assert kinds[title] == "title"
    assert kinds["THE EXAMPLE TIMES"] == kinds["WORLD"] == "furniture"
    assert kinds["news for those who wait on the quay"] == "furniture"


def test_a_known_title_is_looked_up():
    text = f"Harbour news of the day\n\nFerry stays\n\n{PARAGRAPH}\n\n{PARAGRAPH}"
    assert kinds_of(text, title="Ferry stays")["Ferry stays"] == "title"


def test_subheading_without_title_is_no_title():
    text = f"{PARAGRAPH}\n\nPort threatens the ferry\n\n{PARAGRAPH}!"
    assert "title" not in kinds_of(text).values()


def test_hard_wrapped_text_is_read_by_paragraphs():
    first = "The harbour office said on Monday\nthat the ferry would stay\nuntil it had been seen."
    second = "A spokesman added that\nnobody had seen it so far\nand that he was sorry."
    zones = mark_zones(f"Ferry stays in port for now\n\n{first}\n\n{second}\n")
    assert [zone.kind for zone in zones] == ["title", "lead", "body"]


def test_speakers_labels_of_a_transcript_stay():
    said = [f"{name}\n{PARAGRAPH}" for name in ("JANE DOE", "JOHN ROE", "JANE DOE")]
    text = "\n\n".join(["Talks in the port office", *said])
    kinds = kinds_of(text)
    assert kinds["JANE DOE"] in ("lead", "body")
    assert kinds["JOHN ROE"] == "body"


@pytest.mark.parametrize(
    "paragraph",
    [
        "港湾事務所は月曜日、フェリーのエンジンが点検されるまで港にとどまると発表した。",
        "Lautan kapteeni kertoi, että lautta pysyy satamassa, kunnes moottori on tarkastettu.",
        "Ο λιμενάρχης είπε ότι το πλοίο θα μείνει στο λιμάνι μέχρι να ελεγχθεί η μηχανή του.",
    ],
)
def test_layout_alone_finds_title_and_lead_where_no_list_helps(paragraph):
    title = {
        "港": "フェリーは港にとどまる",
        "L": "Lautta pysyy satamassa kevääseen",
        "Ο": "Το πλοίο μένει στο λιμάνι",
    }
    line = title[paragraph[0]]
    zones = mark_zones(f"{line}\n\n{paragraph}\n\n{paragraph}\n")
    assert [zone.kind for zone in zones] == ["title", "lead", "body"]
