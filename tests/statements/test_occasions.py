"""When something was said: a table in six languages, carried occasions and properties.

In the table `[...]` marks the content, `{...}` the cue and `<...>` the source. A row with `known`
is one that is not got right yet, and why; it must still fail.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.domain import Attribution, Report, Span
from onrecord.edtf import parse_edtf
from onrecord.lexicon import list_languages
from onrecord.statements.occasions import Occasion, find_occasion, find_occasions

TABLE = [
    json.loads(line)
    for line in (Path(__file__).parent / "occasions.jsonl").read_text("utf-8").splitlines()
]
MARKS = {"[": "content", "{": "cue", "<": "source", "(": "addressee"}
PUBLISHED = "2024-09-18"  # a Wednesday


def make_report(text: str, language: str = "en", published: str | None = PUBLISHED) -> Report:
    return Report("r", "r.txt", "0", text, language, (), published=published)


def read_marks(marked: str) -> tuple[str, list[Attribution]]:
    """The plain text and its attributions, which "|" parts."""
    text, attributions = "", []
    for piece in marked.split("|"):
        spans: dict[str, list[Span]] = defaultdict(list)
        for token in re.split(r"([\[{<][^\]}>]*[\]}>])", piece):
            inside = token[1:-1] if token[:1] in MARKS and len(token) > 1 else token
            if inside != token:
                spans[MARKS[token[0]]].append((len(text), len(text) + len(inside)))
            text += inside
        attributions.append(Attribution(**{name: tuple(found) for name, found in spans.items()}))
    return text, attributions


def find_in_marked(
    marked: str, language: str = "en", published: str | None = PUBLISHED
) -> Occasion:
    text, (attribution,) = read_marks(marked)
    return find_occasion(make_report(text, language, published), attribution)


def describe(occasion: Occasion) -> tuple[str | None, str | None, str | None]:
    words = occasion.basis.words if occasion.basis is not None else None
    return occasion.said_on, words.text if words is not None else None, occasion.unresolved


def is_right(row: dict[str, str | None]) -> bool:
    text, language = row["text"] or "", row["language"] or ""
    found = describe(find_in_marked(text, language, row["published"]))
    return found == (row["said_on"], row["words"], row.get("unresolved"))


def test_table_is_large_enough() -> None:
    assert len(TABLE) >= 200
    assert {row["language"] for row in TABLE} >= {"en", "de", "fr", "es", "uk", "ru"}


@pytest.mark.parametrize("language", sorted({row["language"] for row in TABLE}))
def test_accuracy(language: str) -> None:
    rows = [row for row in TABLE if row["language"] == language]
    wrong = [row for row in rows if not is_right(row)]
    unexpected = [row for row in wrong if "known" not in row]
    mended = [row for row in rows if "known" in row and row not in wrong]
    lines = [f"{language}: {len(rows) - len(wrong)} of {len(rows)} right"]
    for row in unexpected:
        found = describe(find_in_marked(row["text"], language, row["published"]))
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


@settings(max_examples=300, deadline=None)
@given(tagged_reports())
def test_words_are_those_of_the_report(case: tuple[Report, list[Attribution]]) -> None:
    report, attributions = case
    occasions = find_occasions(report, attributions)
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
