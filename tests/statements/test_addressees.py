"""To whom, through what and where, with the tagger's names: at least ten rows a language.

`[c1 ...]` is the content, `[q1 ...]` the cue, `[s1 ...]` the source; `p`, `o` and `l` are names.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.domain import Report, Tagging, Words
from onrecord.statements.objects import move_objects
from onrecord.statements.setting import find_setting

Reader = Callable[..., tuple[Report, Tagging]]

ENGLISH = [
    ("[s1 She] [q1 told] reporters [c1 it was over].", "reporters", None, None),
    (
        "[s1 She] [q1 told] [o Harbour Radio] on Monday [c1 it was over].",
        "Harbour Radio",
        None,
        None,
    ),
    (
        "[s1 She] [q1 told] members of parliament [c1 it was over].",
        "members of parliament",
        None,
        None,
    ),
    ("[s1 Orlan] [q1 accused] [l Vestria] of [c1 breaking the truce].", "Vestria", None, None),
    ("[s1 Orlan] [q1 urged] the two governments [c1 to talk].", "the two governments", None, None),
    ("[s1 Orlan] [q1 called on] [l Vestria] [c1 to talk].", "Vestria", None, None),
    ("[s1 Orlan] [q1 asked] whether [c1 it was over].", None, None, None),
    ("[s1 Orlan] [q1 warned] of [c1 a flood].", None, None, None),
    ("[c1 “No,”] [s1 she] [q1 said] to journalists in [l Tarn].", "journalists", None, "Tarn"),
    ("[c1 “No,”] [s1 she] [q1 said] to the left of the door.", None, None, None),
    (
        "[c1 “No,”] [s1 she] [q1 said] in an interview with [o HTV].",
        "HTV",
        "in an interview with HTV",
        None,
    ),
    ("[s1 Orlan] [q1 told] the security council [c1 no].", "the security council", None, None),
    ("[c1 “No,”] [s1 she] [q1 told] them.", "them", None, None),
    ("[s1 She] [q1 told] the crowd in [l Tarn] [c1 no].", "the crowd", None, "Tarn"),
    (
        "[c1 “No,”] [s1 she] [q1 said] on state television in [l Tarn].",
        None,
        "on state television",
        "Tarn",
    ),
]
GERMAN = [
    (
        "[s1 Er] [q1 sagte] der [o Deutschen Welle], [c1 es sei aus].",
        "der Deutschen Welle",
        None,
        None,
    ),
    (
        "[s1 Er] [q1 sagte] gegenüber dem [o Hafenblatt], [c1 es sei aus].",
        "dem Hafenblatt",
        None,
        None,
    ),
    ("Dem Sender [o HTV] [q1 sagte] [s1 Orlan]: [c1 „Nein.“]", "Dem Sender HTV", None, None),
    ("[c1 „Nein“], [q1 sagte] [s1 Orlan] vor Journalisten.", "Journalisten", None, None),
    ("[c1 „Nein“], [q1 sagte] [s1 [p Orlan]] der Zeitung.", "der Zeitung", None, None),
    ("[c1 „Nein“], [q1 sagte] [s1 der Sprecher] der Polizei.", None, None, None),
    (
        "[s1 Sie] [q1 warf] der Regierung [q1 vor], [c1 sie täusche alle].",
        "der Regierung",
        None,
        None,
    ),
    ("[s1 Sie] warf der Regierung [q1 vor], [c1 sie täusche alle].", "der Regierung", None, None),
    (
        "Zudem [q1 forderte] [s1 Orlan] die Reeder am Montag [q1 auf], [c1 zu zahlen].",
        "die Reeder",
        None,
        None,
    ),
    (
        "[s1 Sie] [q1 appellierte] in [l Tarn] an alle Bürger, [c1 zu bleiben].",
        "alle Bürger",
        None,
        "Tarn",
    ),
    ("An die Fischer [q1 appellierte] [s1 sie], [c1 zu bleiben].", "die Fischer", None, None),
    ("Ihm [q1 wurde vorgeworfen], [c1 Geld genommen zu haben].", "Ihm", None, None),
    ("Die Anwohner [q1 wurden gebeten], [c1 zu bleiben].", "Die Anwohner", None, None),
    ("[s1 Er] [q1 sagte] im Sicherheitsrat, [c1 es sei aus].", None, "im Sicherheitsrat", None),
    (
        "[s1 Er] [q1 sagte] am Montag im Staatsfernsehen in [l Tarn], [c1 es sei aus].",
        None,
        "im Staatsfernsehen",
        "Tarn",
    ),
    ("[s1 Er] [q1 sagte] zum Thema, [c1 es sei aus].", None, None, None),
    (
        "[s1 Er] [q1 erklärte] im Interview mit seinem Freund [p Orlan], [c1 es sei aus].",
        "seinem Freund Orlan",
        "im Interview",
        None,
    ),
]
FRENCH = [
    ("[s1 Elle] a [q1 déclaré] à la presse [c1 que c'est fini].", "la presse", None, None),
    (
        "[s1 Elle] a [q1 dit] aux journalistes à [l Tarn] [c1 que c'est fini].",
        "journalistes",
        None,
        "Tarn",
    ),
    ("[s1 Elle] a [q1 dit] à [l Tarn] [c1 que c'est fini].", None, None, "Tarn"),
    ("[s1 Elle] a [q1 confié] à [p Jean Orlan] [c1 que c'est fini].", "Jean Orlan", None, None),
    ("[s1 Orlan] a [q1 accusé] la [l Vestrie] de [c1 violer la trêve].", "la Vestrie", None, None),
    ("[s1 Orlan] a [q1 demandé] à la [l Vestrie] [c1 de partir].", "la Vestrie", None, None),
    ("[s1 Orlan] a [q1 demandé] à être [c1 entendu].", None, None, None),
    ("[s1 Orlan] a [q1 exhorté] les deux pays [c1 à parler].", "les deux pays", None, None),
    ("[c1 « Non »], a [q1 dit] [s1 Orlan] auprès de l’[o AFP].", "l’AFP", None, None),
    ("[c1 « Non »], a [q1 écrit] [s1 Orlan] sur X.", None, "sur X", None),
    (
        "[s1 Elle] a [q1 dit] à la télévision d'État [c1 que c'est fini].",
        None,
        "à la télévision d'État",
        None,
    ),
    ("[s1 Elle] a [q1 averti] lundi [c1 que c'est fini].", None, None, None),
]
SPANISH = [
    ("[s1 Ella] [q1 dijo] a la prensa [c1 que no].", "la prensa", None, None),
    (
        "[s1 Ella] [q1 dijo] a los periodistas en [l Tarn] [c1 que no].",
        "los periodistas",
        None,
        "Tarn",
    ),
    ("[s1 Ella] [q1 acusó] a [l Vestria] de [c1 romper la tregua].", "Vestria", None, None),
    ("[s1 Ella] [q1 pidió] al Gobierno [c1 que hable].", "Gobierno", None, None),
    ("[s1 Ella] [q1 pidió] ayer [c1 que hablen].", None, None, None),
    ("[s1 Ella] [q1 advirtió] de [c1 un desastre].", None, None, None),
    ("[s1 Ella] [q1 contó] a [p Juan Orlan] [c1 que no].", "Juan Orlan", None, None),
    (
        "[s1 Ella] [q1 dijo] en una entrevista con [o HTV] [c1 que no].",
        "HTV",
        "en una entrevista con HTV",
        None,
    ),
    (
        "[s1 Ella] [q1 dijo] ante el Consejo de Seguridad [c1 que no].",
        None,
        "ante el Consejo de Seguridad",
        None,
    ),
    ("[s1 Ella] [q1 afirmó] en [l Tarn] [c1 que no].", None, None, "Tarn"),
]
ITALIAN = [
    ("[s1 Lei] ha [q1 detto] ai giornalisti [c1 che è finita].", "giornalisti", None, None),
    ("[s1 Lei] ha [q1 accusato] la [l Vestria] di [c1 mentire].", "la Vestria", None, None),
    ("[s1 Lei] ha [q1 chiesto] al governo [c1 di parlare].", None, None, None),
    ("[s1 Lei] ha [q1 chiesto] a [p Orlan] [c1 di parlare].", "Orlan", None, None),
    ("[s1 Lei] ha [q1 invitato] la [l Vestria] [c1 a parlare].", "la Vestria", None, None),
    ("[s1 Lei] ha [q1 scritto] su Telegram [c1 che è finita].", None, "su Telegram", None),
    ("[s1 Lei] ha [q1 detto] a [l Tarn] [c1 che è finita].", None, None, "Tarn"),
    (
        "[s1 Lei] ha [q1 dichiarato] durante una conferenza stampa [c1 che no].",
        None,
        "durante una conferenza stampa",
        None,
    ),
]
POLISH = [
    ("[s1 Ona] [q1 powiedziała] dziennikarzom, że [c1 nie].", "dziennikarzom", None, None),
    ("[q1 Powiedziała] [s1 Orlan] agencji [o PAP], że [c1 nie].", "agencji PAP", None, None),
    ("[s1 Ona] [q1 oskarżyła] [l Vestrię] o [c1 kłamstwo].", "Vestrię", None, None),
    ("[s1 Ona] [q1 wezwała] [l Vestrię] [c1 do rozmów].", "Vestrię", None, None),
    ("[s1 Ona] [q1 ostrzegła] przed [c1 powodzią].", None, None, None),
    ("[s1 Ona] [q1 powiedziała] w Sejmie, że [c1 nie].", None, "w Sejmie", None),
    ("[s1 Ona] [q1 napisała] na platformie X, że [c1 nie].", None, "na platformie X", None),
    ("[s1 Ona] [q1 powiedziała] w [l Tarnie], że [c1 nie].", None, None, "Tarnie"),
]
UKRAINIAN = [
    ("[s1 Він] [q1 сказав] журналістам у [l Тарні], що [c1 ні].", "журналістам", None, "Тарні"),
    ("[q1 Повідомив] [s1 Орлан] агентству [o УНН], що [c1 ні].", "агентству УНН", None, None),
    ("[s1 Він] [q1 звинуватив] [l Вестрію] у [c1 брехні].", "Вестрію", None, None),
    ("[s1 Він] [q1 закликав] [l Вестрію] [c1 до розмов].", "Вестрію", None, None),
    ("[s1 Він] [q1 закликав] до [c1 миру].", None, None, None),
    ("[s1 Він] [q1 попередив] про [c1 повінь].", None, None, None),
    ("[s1 Він] [q1 звернувся до] громадян: [c1 «Ні».]", "громадян", None, None),
    (
        "[s1 Він] [q1 сказав] в інтерв’ю виданню [o Порт], що [c1 ні].",
        "виданню Порт",
        "в інтерв’ю виданню Порт",
        None,
    ),
    ("[s1 Він] [q1 сказав] у Раді Безпеки ООН, що [c1 ні].", None, "у Раді Безпеки ООН", None),
    ("[s1 Він] [q1 написав] у Telegram: [c1 «Ні».]", None, "у Telegram", None),
    ("[s1 Він] [q1 сказав] їм, що [c1 ні].", "їм", None, None),
]
RUSSIAN = [
    ("[s1 Он] [q1 сказал] журналистам в [l Тарне], что [c1 нет].", "журналистам", None, "Тарне"),
    ("[q1 Сообщил] [s1 Орлан] агентству [o ПОРТ], что [c1 нет].", "агентству ПОРТ", None, None),
    ("[c1 «Нет»], – [q1 сказал] [s1 Орлан] [o РИА Порт].", "РИА Порт", None, None),
    ("[s1 Он] [q1 обвинил] [l Вестрию] во [c1 лжи].", "Вестрию", None, None),
    ("[s1 Он] [q1 призвал] [l Вестрию] [c1 к переговорам].", "Вестрию", None, None),
    ("[s1 Он] [q1 призвал] к [c1 миру].", None, None, None),
    ("[s1 Он] [q1 предупредил] о [c1 наводнении].", None, None, None),
    (
        "[s1 Он] [q1 сказал] в интервью телеканалу [o Порт], что [c1 нет].",
        "телеканалу Порт",
        "в интервью телеканалу Порт",
        None,
    ),
    ("[s1 Он] [q1 заявил] в Совбезе ООН, что [c1 нет].", None, "в Совбезе ООН", None),
    ("[s1 Он] [q1 ответил] ему, что [c1 нет].", "ему", None, None),
    (
        "[s1 Он] [q1 заявил] на государственном телевидении, что [c1 нет].",
        None,
        "на государственном телевидении",
        None,
    ),
]
TABLES = {
    "en": ENGLISH,
    "de": GERMAN,
    "fr": FRENCH,
    "es": SPANISH,
    "it": ITALIAN,
    "pl": POLISH,
    "uk": UKRAINIAN,
    "ru": RUSSIAN,
}


def printed(words: Words | None) -> str | None:
    return None if words is None else words.text


@pytest.mark.parametrize(
    ("language", "marked", "expected"),
    [(language, row[0], row[1:]) for language, rows in TABLES.items() for row in rows],
)
def test_table(
    read_marked: Reader, language: str, marked: str, expected: tuple[str | None, ...]
) -> None:
    report, tagging = read_marked(marked, language)
    setting = find_setting(report, tagging.attributions[0], names=tagging.names)
    found = (printed(setting.addressee), printed(setting.channel), printed(setting.place))
    assert found == expected


@pytest.mark.parametrize(
    ("language", "marked", "source", "addressee"),
    [
        # Whom the tagger took for the source is the object: no subject has its article.
        (
            "de",
            "Die Autoren [q1 warfen] [s1 den Behörden] vor: [c1 „Nichts.“]",
            "Die Autoren",
            "den Behörden",
        ),
        (
            "de",
            "indem sie [s1 den Vorstand] zum Handeln [q1 aufforderte]: [c1 „Los.“]",
            "sie",
            "den Vorstand",
        ),
        ("de", "Sie warf [s1 der Regierung] [q1 vor], [c1 sie täusche].", "Sie", "der Regierung"),
        # The subject was named before "and".
        (
            "de",
            "Beide lachten und [q1 forderten] [s1 die Stadt] auf, [c1 zu zahlen].",
            None,
            "die Stadt",
        ),
        # Of a passive verb.
        ("de", "[s1 Orlan] [q1 wird vorgeworfen], [c1 Geld genommen zu haben].", None, "Orlan"),
        ("en", "[s1 Orlan] was [q1 accused] of [c1 taking money].", None, "Orlan"),
        ("fr", "[s1 Orlan] est [q1 accusé] d'[c1 avoir pris l'argent].", None, "Orlan"),
        # These are sources.
        (
            "de",
            "Orlan wird [s1 von Tarn] [q1 vorgeworfen], [c1 Geld genommen zu haben].",
            "von Tarn",
            None,
        ),
        ("de", "[s1 Die Stadt] [q1 forderte] den Vorstand auf, [c1 zu zahlen].", "Die Stadt", None),
        ("de", "Zudem [q1 forderte] [s1 die Stadt] auf, [c1 zu zahlen].", "die Stadt", None),
        (
            "en",
            "Orlan was [q1 accused] by [s1 prosecutors] of [c1 taking money].",
            "prosecutors",
            None,
        ),
        ("en", "[s1 Orlan] [q1 accused] them of [c1 taking money].", "Orlan", None),
    ],
)
def test_sources_that_are_spoken_to(
    read_marked: Reader, language: str, marked: str, source: str | None, addressee: str | None
) -> None:
    report, tagging = read_marked(marked, language)
    (found,) = move_objects(report, tagging.attributions, tagging.names)
    text = report.text
    assert [text[a:b] for a, b in found.source] == ([] if source is None else [source])
    assert [text[a:b] for a, b in found.addressee] == ([] if addressee is None else [addressee])


def test_no_source_is_moved_without_a_cue(read_marked: Reader) -> None:
    report, tagging = read_marked("[s1 den Behörden]: [c1 „Nichts.“]", "de")
    assert move_objects(report, tagging.attributions, ()) == tagging.attributions
