"""When something was said: a table in six languages, carried occasions and properties.

In the table `[...]` marks the content, `{...}` the cue and `<...>` the source. A row with `known`
is one that is not got right yet, and why; it must still fail.
"""

from __future__ import annotations

import pytest
from benchmarks import occasions as table
from benchmarks.occasions import describe, is_right, read_marks
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain import Attribution, Basis, Mention, Report, Span, Statement, Words, Zone
from onrecord.edtf import parse_edtf
from onrecord.lexicon import list_languages
from onrecord.statements.occasions import (
    Occasion,
    Setting,
    find_occasion,
    find_occasions,
    rate_occasion,
    redate_statements,
)
from onrecord.statements.primary import date_turn

TABLE = table.read_table()
PUBLISHED = "2024-09-18"  # a Wednesday


def make_report(text: str, language: str = "en", published: str | None = PUBLISHED) -> Report:
    return table.make_report(text, language, published)


def find_in_marked(
    marked: str, language: str = "en", published: str | None = PUBLISHED
) -> Occasion:
    text, (attribution,) = read_marks(marked)
    return find_occasion(make_report(text, language, published), attribution)


def test_table_is_large_enough() -> None:
    assert len(TABLE) >= 200
    counts = {
        language: sum(row["language"] == language for row in TABLE)
        for language in ("en", "de", "fr", "es", "it", "pl", "uk", "ru")
    }
    assert min(counts.values()) >= 25, counts


@pytest.mark.parametrize("language", sorted({row["language"] for row in TABLE}))
def test_accuracy(language: str) -> None:
    rows = [row for row in TABLE if row["language"] == language]
    wrong = [row for row in rows if not is_right(row)]
    unexpected = [row for row in wrong if "known" not in row]
    mended = [row for row in rows if "known" in row and row not in wrong]
    lines = [f"{language}: {len(rows) - len(wrong)} of {len(rows)} right"]
    for row in unexpected:
        found = describe(table.read_row(row))
        wanted = (row["said_on"], row["words"], row.get("unresolved"))
        lines.append(f"  {row['text']}\n    found  {found}\n    wanted {wanted}")
    lines += [f"  right now, take out `known`: {row['text']}" for row in mended]
    assert unexpected == mended == [], "\n".join(lines)


def carry(marked: str, language: str = "en", published: str | None = PUBLISHED) -> list[str | None]:
    text, attributions = read_marks(marked)
    occasions = find_occasions(make_report(text, language, published), attributions)
    return [occasion.said_on for occasion in occasions]


CARRIED = [
    ("en", "<Ms Orlova> {said} on Tuesday that [it was over]. |<She> {added}: [“Go home.”]"),
    ("en", "<Ms Orlova> {said} on Tuesday that [it was over], |{adding} that [she was tired]."),
    ("en", "<Ms Orlova> {said} on Tuesday: [“It is over.”]\n\n|[“Go home,”] <Orlova> {said}."),
    ("en", "<Ms Orlova> {said} on Tuesday: [“It is over.”] |[“Go home.”]"),
    ("de", "<Orlowa> {sagte} am Dienstag, [es sei vorbei]. |<Sie> {fügte} hinzu, [man gehe heim]."),
    ("fr", "<Mme Orlova> a {dit} mardi [que c'est fini]. |<Elle> a {ajouté} [qu'elle part]."),
    ("es", "<Orlova> {dijo} el martes que [se acabó]. |<Ella> {añadió} que [se va]."),
    ("uk", "<Орлова> {сказала} у вівторок, що [це кінець]. |<Вона> {додала}, що [йде]."),
    ("ru", "<Орлова> {сказала} во вторник, что [это конец]. |<Она> {добавила}, что [уходит]."),
]
NOT_CARRIED = [
    "<Ms Orlova> {said} on Tuesday that [it was over]. |<Mr Brandt> {disagreed}: [“No.”]",
    "<She> {said} on Tuesday that [it was over]. |<He> {disagreed}: [“No.”]",
    "<Ms Orlova> {said} on Tuesday that [it was over]. It rained. |<She> {said}: [“Go home.”]",
    "<Ms Orlova> {said} on Tuesday that [it was over]. |Earlier <she> had {said}: [“Stay.”]",
    "<Ms Orlova> {said} that [Tuesday was over]. |<She> {added}: [“Go home.”]",
    "<Ms Orlova> {said} recently that [it was over]. |<She> {added}: [“Go home.”]",
    "<Ms Orlova> {said} on Tuesday that [it was over]. |Her party is {expected} [to agree].",
]


@pytest.mark.parametrize(("language", "marked"), CARRIED)
def test_same_speaker_goes_on(language: str, marked: str) -> None:
    text, attributions = read_marks(marked)
    first, second = find_occasions(make_report(text, language), attributions)
    assert first.basis is not None
    assert second.basis is not None
    assert (first.said_on, second.said_on) == ("2024-09-17", "2024-09-17")
    assert second.basis.rule == "carried over from the statement before"
    assert second.basis.words == first.basis.words


@pytest.mark.parametrize("marked", NOT_CARRIED)
def test_nothing_is_carried_over(marked: str) -> None:
    assert carry(marked)[1] is None


def test_carries_on_through_several_statements() -> None:
    marked = (
        "<Ms Orlova> {said} on Tuesday [no]. |<She> {added} [never]. |<She> {went on}: [“Ever.”]"
    )
    assert carry(marked) == ["2024-09-17"] * 3


def test_each_cue_has_its_own_day() -> None:
    marked = "<Orlova> {said} on Monday [yes], |and <Brandt> {said} on Tuesday [no]."
    assert carry(marked) == ["2024-09-16", "2024-09-17"]


def test_other_cue_bars_the_way() -> None:
    marked = "<Orlova> {said} [yes], |while <Brandt> {said} on Tuesday [no]."
    assert carry(marked) == [None, "2024-09-17"]


def test_inner_statement_keeps_to_the_words_around_it() -> None:
    text = "Orlova said on Tuesday that Brandt had promised peace."
    outer = Attribution(content=((28, 53),), cue=((7, 11),), source=((0, 6),))
    inner = Attribution(content=((48, 53),), cue=((39, 47),), source=((28, 34),), inner=True)
    assert [text[slice(*span)] for span in (*outer.content, *inner.cue)] == [
        "Brandt had promised peace",
        "promised",
    ]
    report = make_report(text)
    assert [found.said_on for found in find_occasions(report, [outer, inner])] == [
        "2024-09-17",
        None,
    ]
    assert find_occasion(report, inner).said_on is None


def test_day_counted_from_the_statement_before() -> None:
    marked = "<Orlova> {said} on Tuesday [yes]. Some left. |<Brandt> had {said} a day earlier [no]."
    assert carry(marked) == ["2024-09-17", "2024-09-16"]
    alone = find_in_marked("<Brandt> had {said} a day earlier [no].")
    assert describe(alone) == (
        None,
        "a day earlier",
        "the day is counted from one that the report does not give",
    )


def test_order_of_attributions_does_not_matter() -> None:
    text, attributions = read_marks(CARRIED[0][1])
    report = make_report(text)
    forth = find_occasions(report, attributions)
    back = find_occasions(report, attributions[::-1])
    assert forth == back[::-1]


def test_attribution_without_cue_and_source_has_no_occasion() -> None:
    report = make_report("On Tuesday: it is over.")
    occasion = find_occasion(report, Attribution(content=((12, 22),)))
    assert occasion == Occasion(unresolved="the report does not say when")


def test_leap_day_without_a_year() -> None:
    found = find_in_marked("<Orlova> {said} on 29 February [no].", published="2027-01-01")
    assert found.said_on == "2024-02-29"


def tell(
    marked: str,
    *speakers: str | None,
    language: str = "en",
    settings: tuple[Setting, ...] = (),
) -> tuple[Occasion, ...]:
    """The occasions of marked statements by those speakers, None for one who isn't known."""
    text, attributions = read_marks(marked)
    mentions = [None if name is None else Mention(name, "person", "name") for name in speakers]
    return find_occasions(
        make_report(text, language), attributions, speakers=mentions, settings=settings
    )


SET_EARLIER = [
    ("en", "At a press conference on Tuesday Ms Orlova spoke. [“No,”] <she> {said}.", "Ann Orlova"),
    ("en", "On Tuesday, Tom Brandt invited the crews.\n\n[“Come,”] <he> {said}.", "Tom Brandt"),
    ("en", "Mia Holt answered on Tuesday. It rained. [“No,”] <Holt> {said}.", "Mia Holt"),
    ("de", "Am Dienstag antwortete Orlowa im Radio. [„Nein“], {sagte} <sie>.", "Anna Orlowa"),
    ("fr", "Mme Orlova a répondu mardi. [« Non »], a {dit} <elle>.", "Anne Orlova"),
    ("es", "Orlova compareció el martes. [«No»], {dijo} <ella>.", "Ana Orlova"),
    ("it", "Orlova ha risposto martedì. [«No»], ha {detto} <lei>.", "Anna Orlova"),
    ("pl", "Orłowa odpowiedziała we wtorek. [„Nie”], {powiedziała} <ona>.", "Anna Orłowa"),
    ("uk", "Орлова виступила у вівторок. [«Ні»], — {сказала} <вона>.", "Анна Орлова"),
    ("ru", "Орлова выступила во вторник. [«Нет»], — {сказала} <она>.", "Анна Орлова"),
]
NOT_SET = [
    ("It rained on Tuesday. [“No,”] <Ms Orlova> {said}.", "Ann Orlova"),
    ("Tom Brandt spoke on Tuesday. [“No,”] <Ms Orlova> {said}.", "Ann Orlova"),
    ("Ms Orlova had spoken on Tuesday. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova will speak on Friday. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova, who met the king on Tuesday, lives here. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova spoke on Monday and left on Tuesday. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova spoke in March. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova spoke on Tuesday. One. Two. [“No,”] <she> {said}.", "Ann Orlova"),
    ("Ms Orlova spoke on Tuesday.\n\nOther news\n\n[“No,”] <Ms Orlova> {said}.", "Ann Orlova"),
    ("Ms Orlova spoke on Tuesday. [“No,”] <she> had {said}.", "Ann Orlova"),
    ("Ms Orlova spoke on Tuesday. [“No,”] <she> {says}.", "Ann Orlova"),
    ("Ms Orlova spoke on Tuesday. [“No,”] <she> {said}.", None),
]


@pytest.mark.parametrize(("language", "marked", "speaker"), SET_EARLIER)
def test_an_earlier_sentence_sets_the_occasion(language: str, marked: str, speaker: str) -> None:
    (occasion,) = tell(marked, speaker, language=language)
    assert occasion.said_on == "2024-09-17"
    assert occasion.basis is not None
    assert occasion.basis.rule == "set by an earlier sentence"
    assert rate_occasion(occasion) == (("said_on", 0.85),)


@pytest.mark.parametrize(("marked", "speaker"), NOT_SET)
def test_an_earlier_sentence_does_not_set_it(marked: str, speaker: str | None) -> None:
    (occasion,) = tell(marked, speaker)
    assert (occasion.said_on, occasion.unresolved) == (None, "the report does not say when")


SET_AFTER = [
    ("en", "[We will not pay]. She said this on Tuesday at the harbour."),
    ("de", "[Wir zahlen nicht]. Das sagte Orlowa am Dienstag im Hafen."),
    ("fr", "[Nous ne paierons pas]. C’est ce qu’a dit Mme Orlova mardi."),
    ("es", "[No pagaremos]. Así lo dijo Orlova el martes."),
    ("it", "[Non pagheremo]. Lo ha detto Orlova martedì."),
    ("pl", "[Nie zapłacimy]. Poinformowała o tym Orłowa we wtorek."),
    ("uk", "[Ми не заплатимо]. Про це Орлова сказала у вівторок."),
    ("ru", "[Мы не заплатим]. Об этом Орлова сказала во вторник."),
]


@pytest.mark.parametrize(("language", "marked"), SET_AFTER)
def test_the_sentence_after_sets_the_occasion(language: str, marked: str) -> None:
    (occasion,) = tell(marked, "Ann Orlova", language=language)
    assert occasion.said_on == "2024-09-17"
    assert occasion.basis is not None
    assert occasion.basis.rule == "set by the sentence after"


@pytest.mark.parametrize(
    "marked",
    [
        "[We will not pay]. Shops opened this on Tuesday at the harbour.",
        "[We will not pay]. It rained. She said this on Tuesday.",
        "[We will not pay]. She said this on Tuesday and not on Monday.",
        "[We will not pay]. She said this about the vote on Tuesday.",
    ],
)
def test_the_sentence_after_does_not_set_it(marked: str) -> None:
    assert tell(marked, "Ann Orlova")[0].said_on is None


LATER = "<Ms Orlova> {said} on Tuesday [no]. Rain fell. |<Brandt> {nodded} [yes]. Rain again. |"


def test_the_same_speaker_goes_on_after_another() -> None:
    found = tell(LATER + "[“Never,”] <Orlova> {said}.", "Ann Orlova", "Tom Brandt", "Ann Orlova")
    assert [occasion.said_on for occasion in found] == ["2024-09-17", None, "2024-09-17"]
    assert found[2].basis is not None
    assert found[2].basis.rule == "carried on from an earlier statement of the same speaker"
    assert rate_occasion(found[0]) == (("said_on", 1.0),)
    assert rate_occasion(found[1]) == ()
    assert rate_occasion(found[2]) == (("said_on", 0.8),)


@pytest.mark.parametrize(
    "end",
    [
        "Snow fell on Monday. [“Never,”] <Orlova> {said}.",
        "[“Never,”] <Orlova> had {said}.",
        "One. Two. Three. Four. Five. [“Never,”] <Orlova> {said}.",
        "\n\nOther news\n\n[“Never,”] <Orlova> {said}.",
        "[“Never,”] <Orlova> {says} now.",
    ],
)
def test_something_ends_the_occasion(end: str) -> None:
    assert tell(LATER + end, "Ann Orlova", "Tom Brandt", "Ann Orlova")[2].said_on is None


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("field", ["channel", "place", "addressee"])
def test_another_setting_ends_the_occasion(number: int, field: str) -> None:
    where = [Setting(), Setting(), Setting()]
    where[number] = Setting(**{field: Words("Radio Sund", ((0, 10),))})
    marked = LATER + "[“Never,”] <Orlova> {said}."
    found = tell(marked, "Ann Orlova", "Tom Brandt", "Ann Orlova", settings=tuple(where))
    assert found[2].said_on is None


def test_what_is_so_now_was_not_said_then() -> None:
    marked = "<Ms Orlova> had {said} on Tuesday [no]. |<She> {admits} [now that it was her]."
    assert carry(marked) == ["2024-09-17", None]


def test_a_cue_with_other_days_before_its_content_dates_nothing() -> None:
    marked = "<Orlova> {told} reporters on Monday. On Tuesday the mayor met crews. [“Come.”]"
    text, attributions = read_marks(marked)
    (occasion,) = find_occasions(make_report(text), attributions)
    assert occasion.said_on is None


def test_a_source_in_another_paragraph_brings_no_day() -> None:
    marked = "[“We will show it,”] {it} said.\n\nOn Friday <he> answered."
    assert find_in_marked(marked).said_on is None


TRANSCRIPT = "Press conference, 4 March 2026\n\n3 March 2026\n\nHOLT: We will not pay."


@pytest.mark.parametrize("published", ["2026-03-03", "2026-03-04", None])
def test_a_title_that_contradicts_the_date_of_a_transcript(published: str | None) -> None:
    basis = Basis("date line", Words.of(TRANSCRIPT, (32, 44)))
    zones = (Zone("title", (0, 30)),)
    report = Report(
        "r", "r.txt", "0", TRANSCRIPT, "en", zones, published=published, published_basis=basis
    )
    occasion = date_turn(report, Occasion(unresolved="the report does not say when"))
    if published == "2026-03-03":
        reason = "the title gives 2026-03-04 and the transcript's date is 2026-03-03"
        assert describe(occasion) == (None, "4 March 2026 … 3 March 2026", reason)
    else:
        assert occasion.said_on == published


def make_statement(one: str, text: str, attribution: Attribution, **more: Words) -> Statement:
    return Statement(
        one,
        "r",
        "direct",
        Words.of(text, *attribution.content),
        cue=Words.of(text, *attribution.cue),
        source=Words.of(text, *attribution.source),
        **more,
    )


def test_statements_read_as_of_another_day_are_as_if_published_then() -> None:
    marked = "<Orlova> {said} on Tuesday [“no”]. |<She> {added}: [“Never.”]"
    text, attributions = read_marks(marked)
    statements = [make_statement(f"s{i}", text, one) for i, one in enumerate(attributions)]
    found = redate_statements(make_report(text, published=None), statements[::-1], "2024-09-25")
    assert {one: occasion.said_on for one, occasion in found.items()} == {
        "s0": "2024-09-24",
        "s1": "2024-09-24",
    }


PIECES = st.sampled_from(
    [
        *(
            " on Tuesday",
            " on 31 February",
            ", ",
            ". ",
            " said ",
            "\n",
            "“",
            "”",
            " 12.9.",
            " XXXX",
        ),
        *(
            " am Montag",
            " в мае",
            " il y a 999 ans",
            " last week",
            " in 2022",
            " 1999 days ago",
            "\0",
        ),
        *(
            " 31 November 1900",
            " 01/02/2003",
            " since ",
            " tomorrow",
            "(",
            ")",
            " a day earlier",
            "٣",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=8)), min_size=1, max_size=14).map("".join)


@st.composite
def tagged_reports(draw: st.DrawFn) -> tuple[Report, list[Attribution]]:
    text = draw(TEXTS.filter(bool))
    places = st.integers(0, len(text) - 1)

    def spans() -> st.SearchStrategy[tuple[Span, ...]]:
        span = st.tuples(places, places).map(lambda ends: (min(ends), max(ends) + 1))
        return st.lists(span, max_size=2).map(lambda found: tuple(sorted(found)))

    attribution = st.builds(
        Attribution,
        content=spans().filter(bool),
        cue=spans(),
        source=spans(),
        addressee=spans(),
        inner=st.booleans(),
    )
    language = draw(st.sampled_from([*list_languages(), "xx", "", "../en"]))
    published = draw(
        st.sampled_from([None, "2024-09-18", "2024-09", "2024", "0001-01-01", "9998-12-31"])
    )
    return make_report(text, language, published), draw(st.lists(attribution, max_size=4))


SPEAKERS = st.lists(
    st.sampled_from([None, Mention("Ann Orlova", "person", "name"), Mention("X", "group", "name")]),
    min_size=4,
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(tagged_reports(), SPEAKERS)
def test_words_are_those_of_the_report(
    case: tuple[Report, list[Attribution]], speakers: list[Mention | None]
) -> None:
    report, attributions = case
    occasions = find_occasions(report, attributions, speakers=speakers[: len(attributions)])
    assert len(occasions) == len(attributions)
    for occasion in (*occasions, *(find_occasion(report, each) for each in attributions)):
        assert (occasion.said_on is None) != (occasion.unresolved is None)
        assert occasion.said_on is None or parse_edtf(occasion.said_on) is not None
        assert occasion.said_on is None or occasion.basis is not None
        if occasion.basis is not None and occasion.basis.words is not None:
            words = occasion.basis.words
            assert all(0 <= start < end <= len(report.text) for start, end in words.spans)
            assert words.text == " … ".join(report.text[start:end] for start, end in words.spans)
            assert all(
                end <= other[0] or other[1] <= start
                for start, end in words.spans
                for each in attributions
                if len(attributions) == 1 and not (each.cue and each.inner)
                for other in each.content
                if not any(
                    other[0] < cue[1] and cue[0] < other[1] for cue in each.cue or each.source
                )
            )
