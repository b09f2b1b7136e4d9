"""Decisions through the pages and the API: the same as through the command line."""

from __future__ import annotations

import json
from contextlib import closing

import jsonschema
import pytest
from lxml import html
from tests.conftest import ROOT
from tests.serving.conftest import ORIGIN, Desk, list_words
from tests.test_decisions import APPLES, NEVER, SAILORS
from werkzeug.test import Client

from onrecord.cli import main
from onrecord.record.connection import open_record, transaction
from onrecord.views.columns import EXPORTS


def list_utterances(desk: Desk, *words: str) -> list[str]:
    return [desk.find(one)["utterance"] for one in words]


def state(desk: Desk) -> list[object]:
    return [desk.rows(what) for what in EXPORTS]


def merge_two(desk: Desk) -> tuple[str, str]:
    one, other = list_utterances(desk, SAILORS, NEVER)
    response = desk.post(f"/utterances/{other}/merge", {"with": one})
    assert response.status_code == 303, list_words(response)
    return one, other


def test_a_merge_leads_back_to_the_page_and_says_what_the_machine_has(desk: Desk) -> None:
    one, other = list_utterances(desk, SAILORS, NEVER)
    response = desk.post(f"/utterances/{other}/merge", {"with": one})
    assert response.status_code == 303
    response = desk.get(response.location)
    while response.status_code == 302:
        response = desk.get(response.location)
    words = list_words(response)
    assert "Decided. “" in words
    assert "The machine keeps them apart" in words
    assert "Decided by mira, " in words
    assert list_utterances(desk, SAILORS, NEVER) == [one, one]
    (decision,) = desk.rows("decisions")
    assert (decision["who"], decision["why"], decision["state"]) == (
        "mira",
        "one breath",
        "applied",
    )
    assert desk.get(f"/utterances/{other}").location == f"/utterances/{one}"


def test_what_is_decided_in_a_page_is_what_the_command_line_decides(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other") / "record.db"
    other.write_bytes(desk.path.read_bytes())
    twin = Desk(other, desk.application)
    ids = merge_two(desk)
    arguments = ["merge", "utterances", *ids[::-1], "--who", "mira", "--why", "one breath"]
    assert main(["--record", str(other), *arguments]) == 0
    assert [twin.rows(what) for what in ("utterances", "statements")] != []
    for what in ("stories", "actors", "utterances"):
        mine = [{**row, "decided": len(row["decided"])} for row in desk.rows(what)]
        theirs = [{**row, "decided": len(row["decided"])} for row in twin.rows(what)]
        assert mine == theirs
    for key in ("together", "apart", "what", "who", "why", "machine"):
        assert desk.rows("decisions")[0][key] == twin.rows("decisions")[0][key]


def test_a_split_and_its_undoing(desk: Desk) -> None:
    one, _ = merge_two(desk)
    statement = desk.find(NEVER)["id"]
    response = desk.post(f"/utterances/{one}/split", {"member": [statement]})
    assert response.status_code == 303
    assert len(set(list_utterances(desk, SAILORS, NEVER))) == 2
    merge, split = desk.rows("decisions")
    assert (merge["state"], split["kind"]) == ("overruled", "split")
    assert desk.post(f"/decisions/{split['id']}/undo", {}).status_code == 303
    assert list_utterances(desk, SAILORS, NEVER) == [one, one]
    assert "Somebody undid it." in list_words(desk.get(f"/decisions/{split['id']}"))
    again = desk.post(f"/decisions/{split['id']}/undo", {})
    assert again.status_code == 422
    assert f"The decision {split['id']} is undone already." in list_words(again)


def test_a_statement_moves_to_another_utterance(desk: Desk) -> None:
    one, _ = merge_two(desk)
    apples = desk.find(APPLES)["utterance"]
    moved = {"member": desk.find(NEVER)["id"], "id": apples[:10]}
    assert desk.post(f"/utterances/{one}/split", moved).status_code == 303
    moved_to, there = list_utterances(desk, NEVER, APPLES)
    assert moved_to == there
    assert [row["kind"] for row in desk.rows("decisions")] == ["merge", "assign"]


def test_a_statement_is_given_to_an_actor_and_to_nobody(desk: Desk) -> None:
    statement, holt = desk.find(APPLES)["id"], desk.actor("Mira Holt")["id"]
    assert desk.post(f"/statements/{statement}/speaker", {"with": holt}).status_code == 303
    assert desk.find(APPLES)["speaker"]["name"] == "Mira Holt"
    words = list_words(desk.get(f"/statements/{statement}"))
    assert "said by Mira Holt. Why: one breath. The machine read Ansel Brook." in words
    assert desk.post(f"/statements/{statement}/speaker", {"unknown": "yes"}).status_code == 303
    assert desk.find(APPLES)["speaker"] is None


def test_actors_and_stories_are_merged_and_split(desk: Desk) -> None:
    holt, vane = (desk.actor(name)["id"] for name in ("Mira Holt", "Odo Vane"))
    assert desk.post(f"/actors/{holt}/merge", {"with": vane}).status_code == 303
    (merged,) = {row["speaker"]["id"] for row in map(desk.find, (SAILORS, "Wir werden"))}
    tree = desk.tree(f"/actors/{merged}")
    names = tree.xpath("//input[@name='member']/@value")
    mine = [name for name in names if name.endswith(":Odo Vane")]
    assert mine
    assert desk.post(f"/actors/{merged}/split", {"member": mine}).status_code == 303
    assert desk.find(SAILORS)["speaker"]["id"] != desk.find("Wir werden")["speaker"]["id"]
    one, other = (row["story"] for row in map(desk.find, (SAILORS, APPLES)))
    assert desk.post(f"/stories/{one}/merge", {"with": other}).status_code == 303
    assert len({row["story"] for row in map(desk.find, (SAILORS, APPLES))}) == 1
    report = desk.find(APPLES)["report"]["id"]
    story = desk.find(APPLES)["story"]
    assert desk.post(f"/stories/{story}/split", {"member": report}).status_code == 303
    assert len({row["story"] for row in map(desk.find, (SAILORS, APPLES))}) == 2


@pytest.mark.parametrize(
    ("action", "data", "line"),
    [
        ("merge", {}, "Choose the other utterance, or give its id."),
        ("merge", {"id": "zz"}, "No utterance has an id that begins with 'zz'."),
        ("merge", {"with": "ONE"}, "A merge needs two utterances at least, and these are one."),
        ("merge", {"with": "ONE", "id": "zz"}, "Choose from the list or give an id, not both."),
        ("split", {}, "Mark what is to be taken out."),
        ("split", {"member": "zz"}, "No statement has an id that begins with 'zz'."),
        ("split", {"member": "ALL"}, "nothing would be left of it."),
        ("merge", {"with": "ONE", "who": "  "}, "Say who decides."),
        ("merge", {"with": "ONE", "why": ""}, "Say why: the reason is kept with the decision."),
        ("merge", {"with": "ONE", "who": "x" * 201}, "Who may have 200 characters at most"),
    ],
)
def test_a_refusal_is_one_line_and_keeps_what_was_typed(
    desk: Desk, action: str, data: dict[str, str], line: str
) -> None:
    statement = desk.find(APPLES)
    words = {"ONE": statement["utterance"], "ALL": statement["id"]}
    data = {name: words.get(value, value) for name, value in data.items()}
    before = state(desk)
    data = {"why": "so it <is>", **data}
    response = desk.post(f"/utterances/{statement['utterance']}/{action}", data)
    assert response.status_code == 422
    (alert,) = html.document_fromstring(response.text).xpath("//*[@role='alert']")
    assert line in " ".join(alert.text_content().split())
    if action == "merge":
        page = html.document_fromstring(response.text)
        assert page.xpath("//*[@id='merge-why']")[0].text == data["why"] or not data["why"]
        assert page.xpath("boolean(//details[@open]//*[@id='merge-why'])")
    assert state(desk) == before


@pytest.mark.parametrize(
    ("headers", "token", "status"),
    [
        ({}, "another", 403),
        ({}, "", 403),
        ({"Origin": "http://evil.example"}, None, 403),
        ({"Origin": "null"}, None, 403),
        ({"Origin": "http://127.0.0.1:8001"}, None, 403),
        ({"Sec-Fetch-Site": "cross-site"}, None, 403),
        ({"Sec-Fetch-Site": "same-site"}, None, 403),
        ({"Host": "evil.example:8000"}, None, 421),
        ({"Host": "127.0.0.1:9000"}, None, 421),
    ],
)
def test_what_another_site_sends_is_refused(
    desk: Desk, headers: dict[str, str], token: str | None, status: int
) -> None:
    one, other = list_utterances(desk, SAILORS, NEVER)
    before = state(desk)
    data = {"with": one} if token is None else {"with": one, "token": token}
    response = desk.post(f"/utterances/{other}/merge", data, headers=headers)
    assert response.status_code == status
    assert desk.token not in response.text
    assert state(desk) == before


def test_a_form_that_is_too_large_or_of_another_kind_is_refused(desk: Desk) -> None:
    one = desk.find(APPLES)["utterance"]
    large = desk.post(f"/utterances/{one}/merge", {"why": "x" * 300_000})
    assert large.status_code == 413
    assert "More was sent than this server takes." in list_words(large)
    text = Client(desk.application).post(
        f"/utterances/{one}/merge", base_url=ORIGIN, data="{}", content_type="text/plain"
    )
    assert text.status_code == 415


def test_a_record_that_another_program_writes_is_not_decided_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.record.connection.BUSY_SECONDS", 0.05)
    one, other = list_utterances(desk, SAILORS, NEVER)
    with closing(open_record(desk.path)) as writer, transaction(writer):
        response = desk.post(f"/utterances/{other}/merge", {"with": one})
        assert desk.get("/").status_code == 200
    assert response.status_code == 503
    assert "being written by another program" in list_words(response)
    assert desk.rows("decisions") == []


def test_linking_that_fails_leaves_no_decision(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: object) -> None:
        raise RuntimeError("no memory")

    monkeypatch.setattr(
        "onrecord.pipeline.link_record", lambda connection, encoder: fail(connection)
    )
    one, other = list_utterances(desk, SAILORS, NEVER)
    with pytest.raises(RuntimeError):
        desk.post(f"/utterances/{other}/merge", {"with": one})
    assert desk.rows("decisions") == []


def test_a_record_that_is_gone_is_said(desk: Desk) -> None:
    desk.path.unlink()
    response = desk.get("/")
    assert response.status_code == 503
    assert "There is no record at" in list_words(response)


def send(desk: Desk, body: object, **headers: str):  # type: ignore[no-untyped-def]
    """Posts JSON; what is taken fits the schema."""
    response = Client(desk.application).post(
        "/api/decisions",
        base_url=ORIGIN,
        data=json.dumps(body),
        content_type="application/json",
        headers=headers,
    )
    if response.status_code == 201:
        jsonschema.validate(body, SCHEMA)
    return response


SCHEMA = json.loads((ROOT / "docs/schemas/ask.json").read_text(encoding="utf-8"))
SIGNED = {"who": "mira", "why": "one breath"}


def test_decisions_through_the_api(desk: Desk) -> None:
    one, other = list_utterances(desk, SAILORS, NEVER)
    merge = {"kind": "merge", "of": "utterances", "ids": [one, other], **SIGNED}
    response = send(desk, merge)
    assert response.status_code == 201
    assert response.json == desk.rows("decisions")[0]
    assert desk.json(response.location) == response.json
    statement = desk.find(NEVER)["id"]
    split = {"kind": "split", "of": "utterances", "from": one, "ids": [statement], **SIGNED}
    assert send(desk, split).json["kind"] == "split"
    holt = desk.actor("Mira Holt")["id"]
    given = {"kind": "assign", "of": "speakers", "ids": [statement], "speaker": holt, **SIGNED}
    assert send(desk, given).status_code == 201
    assert desk.find(NEVER)["speaker"]["id"] == holt
    undone = send(desk, {"kind": "undo", "decision": desk.rows("decisions")[-1]["id"], **SIGNED})
    assert undone.status_code == 201
    assert desk.find(NEVER)["speaker"]["name"] == "Odo Vane"


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ([], "The body isn't a JSON object."),
        ({**SIGNED}, "'of' must be one of actors, stories, utterances, speakers; the last"),
        ({"kind": "merge", "of": "utterances", "ids": [], **SIGNED}, "'ids' must be a list of"),
        ({"kind": "merge", "of": "speakers", "ids": ["x"], **SIGNED}, "'of' must be one of"),
        ({"kind": "burn", "of": "actors", "ids": ["x"], **SIGNED}, "'kind' must be one of"),
        ({"kind": "merge", "of": "actors", "ids": ["x"], "who": "mira", "why": ""}, "Say why"),
        ({"kind": "merge", "of": "actors", "ids": ["x"], "why": "y"}, "'who' must be a text."),
        ({"kind": "merge", "of": "actors", "ids": ["zz", "yy"], **SIGNED}, "No actor has an id"),
        ({"kind": "assign", "of": "speakers", "ids": ["x"], **SIGNED}, "'speaker' must be a text"),
        ({"kind": "undo", "decisoin": "zz", **SIGNED}, "There is no key 'decisoin'; there are"),
        ({"kind": "undo", "decision": "zz", **SIGNED}, "No decision has an id that begins"),
    ],
)
def test_what_the_api_refuses(desk: Desk, body: object, message: str) -> None:
    response = send(desk, body)
    assert response.status_code == 400
    assert response.json["error"]["status"] == 400
    assert response.json["error"]["message"].startswith(message)
    assert desk.rows("decisions") == []


def test_the_api_takes_json_from_no_other_site(desk: Desk) -> None:
    merge = {"kind": "merge", "of": "utterances", "ids": ["a", "b"], **SIGNED}
    assert send(desk, merge, Origin="http://evil.example").status_code == 403
    plain = Client(desk.application).post(
        "/api/decisions", base_url=ORIGIN, data=json.dumps(merge), content_type="text/plain"
    )
    assert plain.status_code == 415
    assert plain.json["error"] == {"status": 415, "message": "Send this as application/json."}
