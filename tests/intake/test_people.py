from __future__ import annotations

import json

import pytest

from onrecord.domain import Failure, KnownActor
from onrecord.errors import InputError
from onrecord.intake.people import read_people


def read(tmp_path, text, name="people.csv"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path, read_people(path)


def entity(schema="Person", one="x", **properties):
    return json.dumps({"id": one, "schema": schema, "properties": properties})


def test_follow_the_money(tmp_path):
    line = entity(
        name=["Dmitry Peskov", "Dmitri Peskow"],
        alias=["Дмитро Пєсков"],
        weakAlias=["Dima"],
        wikidataId=["Q1"],
        position=["Press secretary"],
        country=["RU"],
    )
    _, found = read(tmp_path, f"{line}\n\n{entity('PublicBody', 'Q7', name=['Port Office'])}\n")
    person, body = found
    assert isinstance(person, KnownActor)
    assert (person.name, person.type, person.wikidata) == ("Dmitry Peskov", "person", "Q1")
    assert person.aliases == ("Dmitri Peskow", "Дмитро Пєсков")
    assert person.weak_aliases == ("Dima",)
    assert (person.positions, person.countries) == (("Press secretary",), ("ru",))
    assert isinstance(body, KnownActor)
    assert (body.type, body.wikidata) == ("organisation", "Q7")


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_with_any_mark(tmp_path, mark):
    rows = [["Name", "aliases", "wikidata"], ["Mira Holt", '"Holt|M. Holt"', "Q2"]]
    _, found = read(tmp_path, "\ufeff" + "\r\n".join(mark.join(row) for row in rows))
    (entry,) = found
    assert isinstance(entry, KnownActor)
    assert (entry.name, entry.aliases, entry.wikidata) == ("Mira Holt", ("Holt", "M. Holt"), "Q2")
    assert entry.type == "person"


def test_a_wikidata_address_is_an_id(tmp_path):
    _, (entry,) = read(tmp_path, "name,wikidata\nMira Holt,https://example.org/entity/Q2\n")
    assert isinstance(entry, KnownActor)
    assert entry.wikidata == "Q2"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ("{}", "it is not an entity"),
        (entity(name=[]), "it has no name"),
        (entity(name=[1, " "]), "it has no name"),
        (entity("Vessel", name=["Clementina"]), "“Vessel”"),
        (entity(name=["Mira Holt"], wikidataId=["X1"]), "“X1” is not a Wikidata id"),
        (entity(name=["Mira Holt"], wikidataId=["Q1", "Q2"]), "several Wikidata ids: Q1, Q2"),
        (entity(name=["Mira Holt"], wikidataId=["Q9"]), "the same id as line 1"),
    ],
)
def test_a_bad_line_is_named_with_its_reason(tmp_path, line, reason):
    good = entity(name=["Pia Tolland"], wikidataId=["Q9"])
    path, found = read(tmp_path, f"{good}\n{line}\n{entity(name=['Anna Sand'])}")
    first, failure, last = found
    assert isinstance(first, KnownActor)
    assert isinstance(last, KnownActor)
    assert isinstance(failure, Failure)
    assert failure.path == f"{path}#2"
    assert reason in failure.reason
    assert "\n" not in failure.reason


def test_bad_rows_of_csv(tmp_path):
    path, found = read(tmp_path, 'name,type\n,Person\nClementina,Vessel\nMira Holt\n"x"y,\n')
    assert [one.path for one in found if isinstance(one, Failure)] == [
        f"{path}#2",
        f"{path}#3",
        f"{path}#5",
    ]
    assert [one.name for one in found if isinstance(one, KnownActor)] == ["Mira Holt"]


@pytest.mark.parametrize("text", ["", "who,what\nMira Holt,\n", b"\xff\xfe", "[]"])
def test_a_file_that_is_no_list(tmp_path, text):
    with pytest.raises(InputError, match="people"):
        read(tmp_path, text)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_people(tmp_path / "people.csv")


def test_entries_without_an_id_are_told_apart_by_what_is_said_of_them(tmp_path):
    _, found = read(tmp_path, "name,country\nMira Holt,no\nMira Holt,se\nMira Holt,no\n")
    assert [type(one) for one in found] == [KnownActor, KnownActor, Failure]
    assert found[0] != found[1]
