"""The record as JSON: the rows of the exports, a part at a time, and errors of one shape."""

from __future__ import annotations

import json
from collections.abc import Iterator

import jsonschema
import pytest
from tests.conftest import ROOT
from tests.serving.conftest import ORIGIN, Desk
from werkzeug.test import Client

from onrecord.views.columns import EXPORTS, Export


def read_all(desk: Desk, path: str | None) -> Iterator[dict[str, object]]:
    while path is not None:
        part = desk.json(path)
        assert part.keys() == {"items", "next"}
        yield from part["items"]
        path = part["next"]


@pytest.mark.parametrize("what", EXPORTS)
@pytest.mark.parametrize("limit", [1, 2, 1000])
def test_rows_are_those_of_the_export_in_parts(library: Desk, what: Export, limit: int) -> None:
    assert list(read_all(library, f"/api/{what}?limit={limit}")) == library.rows(what)


@pytest.mark.parametrize("what", [what for what in EXPORTS if what != "answers"])
def test_one_row_by_its_id(library: Desk, what: Export) -> None:
    for row in library.rows(what):
        assert library.json(f"/api/{what}/{row['id']}") == row


def test_statements_are_filtered_as_on_the_command_line(library: Desk) -> None:
    rows = library.json("/api/statements?language=uk&kind=direct")["items"]
    assert [row["id"] for row in rows] == ["s3a"]
    rows = library.json("/api/statements?text=boats&limit=1")
    assert len(rows["items"]) == 1
    assert "text=boats" in rows["next"]
    assert library.json("/api/statements?story=y2")["items"][0]["id"] == "s4a"


def test_the_routes_are_those_that_answer(library: Desk) -> None:
    routes = library.json("/api")["routes"]
    lists = [route for route in routes if route.count("/") == 2 and "?" not in route]
    assert {route for route in lists if not route.startswith("POST")} == {
        f"/api/{what}" for what in EXPORTS
    }


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/api/nothing", 404, "There is no page at this address."),
        ("/api/stories/zz", 404, "No story has an id that begins with 'zz'."),
        ("/api/answers/zz", 404, "There is no page at this address."),
        ("/api/stories?limit=0", 400, "Limit: 0 is not between 1 and 1000."),
        ("/api/stories?limit=x", 400, "Limit: 'x' is not a number."),
        ("/api/stories?kind=x", 400, "There is no parameter 'kind'; there are limit, offset."),
        ("/api/statements?since=soon", 400, "'soon' isn't a date; write 2024, 2024-05 or"),
        ("/api/check", 400, "Say in ?quotation= what is to be checked."),
        ("/api/check?quotation=" + "x" * 4001, 400, "The quotation has more than 4,000"),
    ],
)
def test_errors_have_one_shape(library: Desk, path: str, status: int, message: str) -> None:
    response = library.get(path)
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.json.keys() == {"error"}
    assert response.json["error"].keys() == {"status", "message"}
    assert response.json["error"]["status"] == status
    assert response.json["error"]["message"].startswith(message)


@pytest.mark.parametrize("path", ["/api/stories", "/api/check", "/api", "/api/stories/x"])
def test_what_can_only_be_read_says_so(library: Desk, path: str) -> None:
    response = Client(library.application).post(path, base_url=ORIGIN)
    assert response.status_code == 405
    assert response.json["error"]["status"] == 405
    assert "GET" in response.headers["Allow"]


def test_a_verdict_is_that_of_the_command(desk: Desk) -> None:
    schema = json.loads((ROOT / "docs/schemas/check.json").read_text(encoding="utf-8"))
    asked = {"quotation": "We will not close the harbour before the last ship has left"}
    response = desk.get("/api/check", query_string={**asked, "by": "Mira Holt"})
    jsonschema.validate(response.json, schema)
    assert response.json["verdict"] == "verbatim"
    page = desk.get("/check", query_string=asked)
    assert response.json["sentence"].split("”")[0] in page.text
    other = desk.get("/api/check", query_string={**asked, "by": "Odo Vane"}).json
    assert other["verdict"] == "said by someone else"
    wrong = desk.get("/api/check", query_string={**asked, "on": "soon"})
    assert wrong.status_code == 400
    assert desk.get("/check", query_string={**asked, "on": "soon"}).status_code == 422


def test_one_statement_of_a_linked_record_is_its_row(desk: Desk) -> None:
    for row in desk.rows("statements"):
        assert desk.json(f"/api/statements/{row['id']}") == row
