from __future__ import annotations

from onrecord.domain import Mention, Party, Report, Statement, Story, Words
from onrecord.linking.seeing import list_mentions, list_sightings

TEXT = "The Bundesamt für Strömungskunde (BSK) warned a harbour director, Reuters reported."


def find(phrase):
    start = TEXT.index(phrase)
    return Words.of(TEXT, (start, start + len(phrase)))


STATEMENT = Statement(
    "s1",
    "r1",
    "indirect",
    find("warned"),
    speaker=Mention("BSK", "organisation", "name", find("BSK")),
    via=(Party(find("Reuters"), Mention("Reuters", "organisation", "via", find("Reuters"))),),
    addressee=Party(
        find("harbour director"),
        Mention("harbour director", "person", "unnamed", find("harbour director")),
    ),
)
REPORT = Report("r1", "r1.txt", "r1", TEXT, "en", (), published="2026-03-03")
STORY = Story("s", "Currents", ("r1",), ("en",), None, None, "line")


def test_everybody_is_seen_with_where_and_when():
    seen = list(
        list_sightings(
            [STATEMENT], {"r1": REPORT}, {"r1": STORY}, {"r1": ("Bundesamt für Strömungskunde",)}
        )
    )
    assert [one.mention.name for one in seen] == ["BSK", "Reuters", "harbour director"]
    assert [one.indefinite for one in seen] == [False, False, True]
    assert {(one.story, one.line, one.published, one.language) for one in seen} == {
        ("s", "line", "2026-03-03", "en")
    }
    assert {one.explained for one in seen} == {(("BSK", "Bundesamt für Strömungskunde"),)}


def test_a_statement_of_nobody_has_no_mentions():
    assert list(list_mentions(Statement("s2", "r1", "direct", find("warned")))) == []
