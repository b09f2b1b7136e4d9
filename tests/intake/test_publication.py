"""Publication dates, origin and kind: from bylines and datelines, never from running text."""

import pytest

from onrecord.intake.item import Item
from onrecord.intake.publication import read_date
from onrecord.intake.report import make_report

TITLE = "Ferry stays in port until spring"
FIRST = (
    "The harbour office said on Monday that the ferry would stay in port until its engine had been "
    "looked at, and that it had told everybody so on 2 January 2020."
)
LAST = "A spokesman added that nobody had seen the engine so far and that he was very sorry for it."
BODY = {
    "de": "Das Hafenamt teilte am Montag mit, dass die Fähre bleibt, bis der Motor geprüft ist.",
    "fr": "Le port a annoncé lundi que le bac resterait à quai tant que le moteur est en panne.",
    "es": "El puerto anunció el lunes que el barco se quedará aquí hasta que revisen el motor.",
    "it": "Il porto ha annunciato lunedì che il traghetto resterà fino alla revisione del motore.",
    "pl": "Port ogłosił w poniedziałek, że prom pozostanie tu do czasu przeglądu silnika.",
    "uk": "Порт повідомив у понеділок, що пором залишиться, доки не перевірять його двигун.",
    "ru": "Порт сообщил в понедельник, что паром останется у причала, пока не проверят двигатель.",
}


def read(*lines, **known):
    text = "\n\n".join(lines)
    return make_report(Item("a.txt", text.encode(), text, **known))


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("18.9.2024 - 15:02", "2024-09-18"),
        ("March 3, 2026", "2026-03-03"),
        ("Tuesday, Mar. 3, 2026 4:12 PM ET", "2026-03-03"),
        ("3 mars 2026", "2026-03-03"),
        ("Publié le 1er mars 2026 à 07h05", "2026-03-01"),
        ("3 березня 2026", "2026-03-03"),
        ("18 вересня 2024 року, 15:02", "2024-09-18"),
        ("3 марта 2026 г., 15:02 МСК", "2026-03-03"),
        ("3. März 2026, 15.02 Uhr", "2026-03-03"),
        ("3 de marzo de 2026", "2026-03-03"),
        ("3 marzo 2026 alle 15:02", "2026-03-03"),
        ("3 marca 2026 r.", "2026-03-03"),
        ("2026-03-03", "2026-03-03"),
        ("2026年3月3日", "2026-03-03"),
        ("By Jane Doe | March 3, 2026", "2026-03-03"),
        ("Kyiv, 3 March 2026", "2026-03-03"),
        ("Published: 3 March 2026. Updated: 5 March 2026", "2026-03-03"),
        ("Zuletzt aktualisiert: 5.3.2026", "2026-03-05"),
        ("March 2026", "2026-03"),
        ("25/12/2026", "2026-12-25"),
    ],
)
def test_date_of_a_byline(line, edtf):
    report = read(TITLE, line, FIRST, LAST)
    assert report.published == edtf
    assert report.published_basis.words.text in line
    start, end = report.published_basis.words.spans[0]
    assert report.text[start:end] == report.published_basis.words.text


@pytest.mark.parametrize("language", sorted(BODY))
def test_slashes_follow_the_language(language):
    report = read(TITLE, "3/4/2026", BODY[language], BODY[language].replace(".", "!"))
    assert (report.language, report.published) == (language, "2026-04-03")


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (["3 March 2026", "5 March 2026"], "two dates: 2026-03-03, 2026-03-05"),
        (["3/4/2026"], "day and month can't be told apart"),
    ],
)
def test_no_date_is_chosen_silently(lines, rule):
    report = read(TITLE, *lines, FIRST, LAST)
    assert report.published is None
    assert report.published_basis.rule == rule
    assert len(report.published_basis.words.spans) == len(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [TITLE, FIRST, LAST],
        [TITLE, FIRST, "On 3 March 2026 the ferry will sail, said the harbour master.", LAST],
        [TITLE, FIRST, LAST, "© 2024 The Example"],
        [TITLE, "31.2.2026", FIRST, LAST],
        [f"{FIRST} {LAST}"],
    ],
)
def test_no_date_of_running_text_or_imprint(lines):
    report = read(*lines)
    assert report.published is None
    assert report.published_basis is None


def test_dateline():
    report = read(TITLE, f"BERLIN, 3 March 2026 (dpa) - {FIRST}", LAST)
    assert report.published == "2026-03-03"
    assert report.published_basis.rule == "dateline"
    assert [credit.text for credit in report.credits] == ["dpa"]


def test_what_came_with_the_report_comes_first():
    report = read(
        TITLE, "5 March 2026", FIRST, LAST, dates=(("meta date", "2026-03-03T23:30:00Z"),)
    )
    assert (report.published, report.published_basis.rule) == ("2026-03-03", "meta date")
    report = read(TITLE, FIRST, dates=(("field date", "soon"),))
    assert report.published is None
    assert "not understood" in report.published_basis.rule
    report = read(TITLE, FIRST, dates=(("meta a", "2026-03-03"), ("meta b", "2026-03-04")))
    assert report.published is None
    assert report.published_basis.rule.startswith("two dates")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2026-03-03T23:59:00+02:00", "2026-03-03"),
        ("20260303T120000Z", "2026-03-03"),
        ("Tue, 03 Mar 2026 10:00:00 GMT", "2026-03-03"),
        ("2026", "2026"),
        ("2026-13", None),
        ("1772496000", "2026-03-03"),
        ("1772496000000", "2026-03-03"),
        ("3. März 2026", "2026-03-03"),
        ("", None),
        ("99999999-99", None),
    ],
)
def test_dates_given_beside_a_report(words, edtf):
    assert read_date(words, language="en") == edtf


@pytest.mark.parametrize(
    ("lines", "agencies"),
    [
        ([TITLE, "SDA", "18.9.2024 - 15:02", FIRST, LAST, "SDA"], ["SDA"]),
        ([TITLE, f"KYIV (Reuters) - {FIRST}", LAST], ["Reuters"]),
        ([TITLE, f"KYIV (kd) – {FIRST}", LAST], ["kd"]),
        ([TITLE, FIRST, f"{LAST} (dpa/AFP)"], ["dpa", "AFP"]),
        ([TITLE, FIRST, LAST, "Quelle: APA"], ["APA"]),
        ([TITLE, FIRST, LAST, "Джерело: Укрінформ"], ["Укрінформ"]),
        ([TITLE, "By Example Wire", FIRST, LAST], ["Example Wire"]),
        ([TITLE, FIRST, LAST, "(mit Material von Musterdienst)"], ["Musterdienst"]),
        ([TITLE, "The port. Photo: Doe/AP", FIRST, "Reuters reported that AFP had seen it."], []),
    ],
)
def test_credits(lines, agencies):
    report = read(*lines)
    assert [credit.text for credit in report.credits] == agencies
    for credit in report.credits:
        assert all(report.text[start:end] == credit.text for start, end in credit.spans)


@pytest.mark.parametrize(
    ("lines", "outlet"),
    [
        (["The Example Times", "Menu", TITLE, FIRST, LAST], "The Example Times"),
        (["Quay Post", TITLE, FIRST, LAST, "© Quay Post 2026"], "Quay Post"),
        ([TITLE, FIRST, LAST, "© 2026 Quay Post. All rights reserved."], "Quay Post"),
        (["NATO", TITLE, FIRST, LAST], None),
        ([TITLE, FIRST, LAST], None),
    ],
)
def test_outlet(lines, outlet):
    assert read(*lines).outlet == outlet


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Transcript: talks in the port office", FIRST, LAST], "primary"),
        (["Pressemitteilung", TITLE, FIRST, LAST], "primary"),
        (["Стенограма", TITLE, FIRST, LAST], "primary"),
        (
            [TITLE, FIRST, "Transcript of the talks was published on Monday by the office.", LAST],
            "report",
        ),
    ],
)
def test_kind(lines, kind):
    assert read(*lines).kind == kind
