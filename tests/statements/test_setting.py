"""To whom, through which channel and where something was said.

`[...]` marks the content, `{...}` the cue and `<...>` the source, as in test_occasions.py.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain import Attribution, Name, Report, Span, Words
from onrecord.lexicon import list_languages
from onrecord.statements.setting import Setting, find_setting

MARKS = {"[": "content", "{": "cue", "<": "source"}


def read_marks(marked: str, language: str) -> tuple[Report, Attribution]:
    text = ""
    spans: dict[str, list[Span]] = defaultdict(list)
    for token in re.split(r"([\[{<][^\]}>]*[\]}>])", marked):
        inside = token[1:-1] if token[:1] in MARKS else token
        if inside != token:
            spans[MARKS[token[0]]].append((len(text), len(text) + len(inside)))
        text += inside
    report = Report("r", "r.txt", "0", text, language, ())
    return report, Attribution(**{name: tuple(found) for name, found in spans.items()})


def printed(words: Words | None) -> str | None:
    return None if words is None else words.text


CASES = [
    # language, text, addressee, channel, place
    ("en", "<He> {told} reporters [it was over].", "reporters", None, None),
    ("en", "<He> {told} reporters in Prague [it was over].", "reporters", None, "Prague"),
    ("en", "<He> {told} the newspaper Bild [it was over].", "the newspaper Bild", None, None),
    ("en", "<He> {told} Reuters Monday [it was over].", "Reuters", None, None),
    (
        "en",
        "[“No,”] <he> {said} in an interview with LBC.",
        "LBC",
        "in an interview with LBC",
        None,
    ),
    (
        "en",
        "[“No,”] <he> {said} on state television in St Petersburg.",
        None,
        "on state television",
        "St Petersburg",
    ),
    ("en", "[“No,”] <she> {said} in a statement.", None, "in a statement", None),
    ("en", "In a statement on Monday, <she> {said}: [“No.”]", None, "In a statement", None),
    ("en", "<He> {said} in a televised speech [no].", None, "in a televised speech", None),
    ("en", "<He> {wrote} on X: [“No.”]", None, "on X", None),
    ("en", "<He> {wrote} on his Telegram channel [no].", None, "on his Telegram channel", None),
    (
        "en",
        "<He> {said} at a press conference in Vilnius [no].",
        None,
        "at a press conference",
        "Vilnius",
    ),
    ("en", "Speaking in Geneva, <he> {said} [no].", None, None, "Geneva"),
    ("en", "In Geneva, <he> {said} [no].", None, None, "Geneva"),
    ("en", "<He> {said} in May [no].", None, None, None),
    ("en", "<He> {said} in English [no].", None, None, None),
    ("en", "<He> {said} [the attack in Kharkiv was a crime].", None, None, None),
    ("en", "<The mayor of a town in Bavaria> {said} [no].", None, None, None),
    ("en", "Three died in Kharkiv, <he> {said}, [calling it a crime].", None, None, None),
    ("en", "<He> {spoke} about the attack in Kharkiv: [“No.”]", None, None, None),
    ("en", "[“No,”] <he> {said}, UNN writes.", None, None, None),
    (
        "de",
        "<Er> {sagte} auf einer Pressekonferenz, [es sei aus].",
        None,
        "auf einer Pressekonferenz",
        None,
    ),
    ("de", "<Er> {sagte} im Sicherheitsrat, [es sei aus].", None, "im Sicherheitsrat", None),
    ("de", "<Er> {sagte} vor Journalisten, [es sei aus].", "Journalisten", None, None),
    ("de", "<Er> {sagte} der Zeitung „Kurier“, [es sei aus].", "der Zeitung „Kurier“", None, None),
    (
        "de",
        "<Er> {sagte} gegenüber der Zeitung Kurier, [es sei aus].",
        "der Zeitung Kurier",
        None,
        None,
    ),
    (
        "de",
        "<Er> {sagte} in einem Interview mit dem Sender RTL, [es sei aus].",
        "dem Sender RTL",
        "in einem Interview mit dem Sender RTL",
        None,
    ),
    ("de", "<Sie> {schrieb} auf Telegram: [„Nein.“]", None, "auf Telegram", None),
    (
        "de",
        "<Sie> {erklärte} in einer Mitteilung, [es sei aus].",
        None,
        "in einer Mitteilung",
        None,
    ),
    (
        "fr",
        "<Il> a {dit} dans un entretien au Figaro [que c'est fini].",
        "Figaro",
        "dans un entretien au Figaro",
        None,
    ),
    (
        "fr",
        "<Il> a {dit} lors d'une conférence de presse [non].",
        None,
        "lors d'une conférence de presse",
        None,
    ),
    ("fr", "<Il> a {écrit} sur X : [« Non. »]", None, "sur X", None),
    ("fr", "<Il> a {déclaré} à la presse [que c'est fini].", "la presse", None, None),
    (
        "fr",
        "<Il> a {assuré} dans un communiqué [que c'est fini].",
        None,
        "dans un communiqué",
        None,
    ),
    ("es", "<Él> {dijo} en una rueda de prensa que [no].", None, "en una rueda de prensa", None),
    ("es", "<Él> {dijo} a los periodistas que [no].", "los periodistas", None, None),
    ("es", "<Él> {dijo} en un comunicado que [no].", None, "en un comunicado", None),
    ("es", "<Él> {dijo} en Madrid que [no].", None, None, "Madrid"),
    (
        "uk",
        "<Він> {сказав} під час пресконференції, що [ні].",
        None,
        "під час пресконференції",
        None,
    ),
    ("uk", "<Він> {сказав} журналістам, що [ні].", "журналістам", None, None),
    ("uk", "<Він> {написав} у Telegram: [«Ні».]", None, "у Telegram", None),
    ("uk", "<Він> {сказав} у Празі, що [ні].", None, None, "Празі"),
    ("uk", "<Він> {заявив} у вечірньому зверненні: [«Ні».]", None, "у вечірньому зверненні", None),
    ("ru", "<Он> {сказал} на пресс-конференции, что [нет].", None, "на пресс-конференции", None),
    ("ru", "<Он> {сообщил} журналистам, что [нет].", "журналистам", None, None),
    ("ru", "<Он> {написал} в Telegram: [«Нет».]", None, "в Telegram", None),
    ("ru", "<Он> {сказал} в Праге, что [нет].", None, None, "Праге"),
    (
        "it",
        "<Lui> ha {detto} in un'intervista al Corriere [no].",
        "Corriere",
        "in un'intervista al Corriere",
        None,
    ),
    (
        "pl",
        "<On> {powiedział} na konferencji prasowej, że [nie].",
        None,
        "na konferencji prasowej",
        None,
    ),
]


@pytest.mark.parametrize(("language", "marked", "addressee", "channel", "place"), CASES)
def test_table(
    language: str, marked: str, addressee: str | None, channel: str | None, place: str | None
) -> None:
    setting = find_setting(*read_marks(marked, language))
    found = (printed(setting.addressee), printed(setting.channel), printed(setting.place))
    assert found == (addressee, channel, place)


@pytest.mark.parametrize(
    ("marked", "tagged", "addressee"),
    [
        # Drawn out to the end of its phrase, or taken as it is where grammar finds nobody.
        ("<He> {told} reporters and his wife [no].", "reporters and his", "reporters and his wife"),
        ("<He> {hummed} at his wife [no].", "his", "his wife"),
        ("<He> {said}, to his wife and the rest, [no].", "his wife", "his wife and the rest"),
        # Not the source, nor what is said.
        ("<He> {hummed} [no].", "He", None),
        ("<He> {hummed} [to his wife].", "his wife", None),
    ],
)
def test_tagged_addressee(marked: str, tagged: str, addressee: str | None) -> None:
    report, attribution = read_marks(marked, "en")
    start = report.text.index(tagged)
    given = replace(attribution, addressee=((start, start + len(tagged)),))
    assert printed(find_setting(report, given).addressee) == addressee


def test_tagged_addressee_belongs_to_the_nearest_cue() -> None:
    report, attribution = read_marks("<He> {hummed}, and then she sang to his wife [no].", "en")
    start, cue = report.text.index("his wife"), report.text.index("sang")
    given = replace(attribution, addressee=((start, start + 8),))
    other = Attribution(((0, 1),), ((cue, cue + 4),), (), given.addressee)
    assert find_setting(report, given, others=[other]).addressee is None


@pytest.mark.parametrize(
    ("language", "marked", "name", "kind", "place"),
    [
        ("de", "<Er> {sagte} in Prag, [es sei aus].", "Prag", "place", "Prag"),
        ("de", "<Er> {sagte} in Prag, [es sei aus].", "Prag", "person", None),
        ("fr", "<Il> a {dit} à Prague [que c'est fini].", "Prague", "place", "Prague"),
        ("fr", "<Il> a {dit} à Macron [que c'est fini].", "Macron", "person", None),
        ("en", "<He> {said} in Prague [no].", "He", "person", None),
    ],
)
def test_names_decide_on_places(
    language: str, marked: str, name: str, kind: str, place: str | None
) -> None:
    report, attribution = read_marks(marked, language)
    start = report.text.index(name)
    names = [Name((start, start + len(name)), kind)]  # type: ignore[arg-type]
    assert printed(find_setting(report, attribution, names=names).place) == place


@pytest.mark.parametrize("language", ["de", "fr", "it"])
def test_no_place_without_names_where_capitals_do_not_tell(language: str) -> None:
    report, attribution = read_marks("<Er> {sagte} in Prag à Prague a Praga [no].", language)
    assert find_setting(report, attribution).place is None


PIECES = st.sampled_from(
    [
        *(
            " in an interview with ",
            "LBC",
            " told ",
            "reporters ",
            " in ",
            "Prague ",
            ", ",
            ". ",
            "\n",
        ),
        *(
            " auf einer Pressekonferenz",
            " „Bild“",
            " the",
            " on X",
            " у Telegram",
            "'s",
            "İ",
            "ß",
            "\0",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), min_size=1, max_size=14).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_words_are_those_of_the_report(data: st.DataObject) -> None:
    text = data.draw(TEXTS.filter(bool))
    places = st.integers(0, len(text) - 1)
    span = st.tuples(places, places).map(lambda ends: (min(ends), max(ends) + 1))
    spans = st.lists(span, max_size=2).map(lambda found: tuple(sorted(found)))
    attribution = data.draw(
        st.builds(Attribution, content=spans.filter(bool), cue=spans, source=spans)
    )
    names = data.draw(st.none() | st.lists(st.builds(Name, span, st.just("place")), max_size=3))
    language = data.draw(st.sampled_from([*list_languages(), "xx"]))
    setting = find_setting(Report("r", "r", "0", text, language, ()), attribution, names=names)
    for words in (setting.addressee, setting.channel, setting.place):
        if words is not None:
            assert all(0 <= start < end <= len(text) for start, end in words.spans)
            assert words == Words.of(text, *words.spans)


def test_language_without_lists() -> None:
    assert find_setting(*read_marks("<Hij> {zei} in Praag [nee].", "nl")) == Setting()
