"""People's decisions through the command line, on a few made-up reports."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.cli import main
from onrecord.domain import make_id
from onrecord.record.connection import open_record
from onrecord.record.decisions import list_decisions
from onrecord.views.columns import EXPORTS
from onrecord.views.exports import export_rows

REPORTS = {
    "post.txt": "Kalmport harbour stays open\n\n4 March 2031\n\n“We will not close the harbour "
    "before the last ship has left,” said Mira Holt, the mayor of Kalmport. “Nobody asked the "
    "sailors,” said Odo Vane, the head of the dockers’ union.\n",
    "gazette.txt": "Kalmport harbour: a quarrel\n\n5 March 2031\n\n“We will not close the "
    "harbour,” Mira Holt said. “The mayor has never spoken to a sailor in her life,” said Odo "
    "Vane.\n",
    "bote.txt": "Hafen von Kalmport bleibt offen\n\n5. März 2031\n\n„Wir werden den Hafen nicht "
    "schließen, bevor das letzte Schiff ausgelaufen ist“, sagte Mira Holt, die Bürgermeisterin von "
    "Kalmport.\n",
    "orchard.txt": "Apple harvest begins in Veldmar\n\n9 September 2031\n\n“The apples are smaller "
    "than last year, and sweeter,” said Ansel Brook, who grows them.\n",
}
LATER = (
    "Harbour stays open, says mayor\n\n6 March 2031\n\n“We will not close the harbour before the "
    "last ship has left,” said Mira Holt, the mayor of Kalmport.\n"
)


@pytest.fixture(autouse=True)
def one_encoder(encoder, monkeypatch):
    """Every command loads the encoder anew; here it is loaded once."""
    monkeypatch.setattr(pipeline, "load_encoder", lambda settings: encoder)


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def base(reports, encoder):
    """A record of all reports, to be copied."""
    path = reports / "base.db"
    with closing(open_record(path)) as connection:
        paths = [str(reports / name) for name in REPORTS]
        pipeline.add_reports(connection, paths, encoder, progress=lambda done, name: None)
    return path


class Desk:
    """A record and the command line."""

    def __init__(self, path: Path, capsys):
        self.path = path
        self.capsys = capsys

    def run(self, *arguments, code=0):
        """What a command prints, on both streams, after its exit code was looked at."""
        found = main(["--record", str(self.path), *map(str, arguments)])
        printed = self.capsys.readouterr()
        assert found == code, printed
        return printed.err if code == 2 else printed.out + printed.err

    def rows(self, what):
        with closing(open_record(self.path, read_only=True)) as connection:
            return list(export_rows(connection, what))

    def state(self):
        """All exports but that of the decisions."""
        return {what: self.rows(what) for what in EXPORTS if what != "decisions"}

    def find(self, words):
        """The statement with these words, of the first report that has them."""
        return next(row for row in self.rows("statements") if words in row["content"]["text"])

    def utterance_of(self, statement):
        (found,) = (row for row in self.rows("utterances") if statement in row["statements"])
        return found

    def actor(self, name):
        (found,) = (row for row in self.rows("actors") if row["name"] == name)
        return found


@pytest.fixture
def desk(base, tmp_path, capsys):
    shutil.copy(base, tmp_path / "record.db")
    return Desk(tmp_path / "record.db", capsys)


SAILORS, NEVER, APPLES = "Nobody asked the sailors", "never spoken", "apples are smaller"


def merge_two(desk):
    """Merges two utterances that the machine keeps apart; returns both ids, the older first."""
    one, other = (desk.find(words) for words in (SAILORS, NEVER))
    ids = [desk.utterance_of(row["id"])["id"] for row in (one, other)]
    assert ids[0] != ids[1]
    desk.run("merge", "utterances", *ids, "--why", "one breath", "--who", "mira")
    return ids


def test_a_merge_is_one_utterance_that_answers_to_both_ids(desk):
    older, younger = merge_two(desk)
    statements = {desk.find(SAILORS)["id"], desk.find(NEVER)["id"]}
    merged = desk.utterance_of(desk.find(NEVER)["id"])
    assert merged["id"] == older
    assert set(merged["statements"]) == statements
    (decision,) = desk.rows("decisions")
    assert merged["decided"] == [decision["id"]]
    assert (decision["who"], decision["why"]) == ("mira", "one breath")
    assert (decision["state"], decision["things"]) == ("applied", [older])
    assert decision["machine"]["text"].startswith("keeps them apart")
    renders = {row["id"]: row["renders"][0]["rendering"] for row in desk.rows("statements")}
    best = merged["best"]
    assert renders[best] == "verbatim"
    assert [renders[one] for one in statements - {best}] == ["reworded"]
    assert desk.run("compare", younger) == desk.run("compare", older)


def test_what_no_decision_touches_stays_as_it_is(desk):
    before = desk.state()
    merge_two(desk)
    touched = {desk.find(words)["id"] for words in (SAILORS, NEVER)}
    after = desk.state()
    assert after["actors"] == before["actors"]
    assert after["stories"] == before["stories"]
    for what in ("utterances", "statements"):
        kept = {row["id"]: row for row in after[what]}
        for row in before[what]:
            if not touched & {row["id"], *row.get("statements", ())}:
                assert kept[row["id"]] == row


def test_decisions_survive_a_rebuild(desk):
    merge_two(desk)
    desk.run("assign", desk.find(APPLES)["id"], "--unknown")
    before = desk.state(), desk.rows("decisions")
    desk.run("rebuild")
    assert (desk.state(), desk.rows("decisions")) == before


def test_a_new_report_joins_what_was_decided(desk, tmp_path):
    full, german = desk.find("before the last ship"), desk.find("letzte Schiff")
    target = desk.utterance_of(desk.find(SAILORS)["id"])["id"]
    desk.run("assign", full["id"], "--utterance", target)
    late = tmp_path / "late.txt"
    late.write_text(LATER, encoding="utf-8")
    desk.run("add", late)
    assert full["id"] in desk.utterance_of(desk.find(SAILORS)["id"])["statements"]
    assert german["id"] not in desk.utterance_of(full["id"])["statements"]
    (again,) = (
        row
        for row in desk.rows("statements")
        if row["report"]["path"] == str(late) and "last ship" in row["content"]["text"]
    )
    assert again["id"] in desk.utterance_of(full["id"])["statements"]
    (decision,) = desk.rows("decisions")
    assert decision["state"] == "applied"


def test_a_split_takes_a_statement_out(desk):
    full, german = desk.find("before the last ship"), desk.find("letzte Schiff")
    utterance = desk.utterance_of(full["id"])
    assert german["id"] in utterance["statements"]
    desk.run("split", "utterance", utterance["id"][:10], german["id"][:10])
    assert desk.utterance_of(german["id"])["statements"] == [german["id"]]
    rest = [one for one in utterance["statements"] if one != german["id"]]
    assert desk.utterance_of(full["id"])["statements"] == rest
    (decision,) = desk.rows("decisions")
    assert decision["machine"]["text"] == "holds them to be one utterance"
    pair = {one["id"] for one in (desk.utterance_of(one["id"]) for one in (full, german))}
    assert set(decision["things"]) == pair
    for one in pair:
        (row,) = (row for row in desk.rows("utterances") if row["id"] == one)
        assert not pair & {other["utterance"] for other in row["possible"]}
        assert row["repeats"] not in pair


def test_an_actor_is_split_by_report_and_merged_again(desk):
    holt = desk.actor("Mira Holt")
    report = desk.find("letzte Schiff")["report"]["id"]
    desk.run("split", "actor", holt["id"], f"{report[:8]}:Mira Holt")
    both = [row for row in desk.rows("actors") if row["name"] == "Mira Holt"]
    assert len(both) == 2
    german = desk.find("letzte Schiff")
    assert german["speaker"]["id"] in {row["id"] for row in both} - {holt["id"]}
    assert desk.utterance_of(german["id"])["speaker"] == german["speaker"]["id"]
    desk.run("merge", "actors", *(row["id"] for row in both))
    assert desk.actor("Mira Holt")["id"] == holt["id"]
    assert [row["state"] for row in desk.rows("decisions")] == ["overruled", "agrees"]


def test_actors_are_merged(desk):
    holt, vane = desk.actor("Mira Holt"), desk.actor("Odo Vane")
    desk.run("merge", "actors", holt["id"], vane["id"])
    found = [row for row in desk.rows("actors") if row["name"] in ("Mira Holt", "Odo Vane")]
    assert len(found) == 1
    assert found[0]["id"] in (holt["id"], vane["id"])
    assert desk.find(SAILORS)["speaker"]["id"] == found[0]["id"]
    assert len(found[0]["decided"]) == 1


def test_stories_are_merged_split_and_told_to_hold_a_report(desk):
    orchard, harbour = (desk.find(words) for words in (APPLES, SAILORS))
    assert orchard["story"] != harbour["story"]
    desk.run("merge", "stories", orchard["story"], harbour["story"])
    assert desk.find(APPLES)["story"] == desk.find(SAILORS)["story"] == harbour["story"]
    (story,) = (row for row in desk.rows("stories") if row["id"] == harbour["story"])
    assert story["last"] == "2031-09-09"
    desk.run("split", "story", harbour["story"], orchard["report"]["id"])
    assert desk.find(APPLES)["story"] == orchard["story"]
    desk.run("assign", orchard["report"]["id"], "--story", harbour["story"])
    assert desk.find(APPLES)["story"] == harbour["story"]
    assert [row["state"] for row in desk.rows("decisions")] == ["applied", "overruled", "applied"]


def test_a_statement_is_given_to_another_speaker(desk, tmp_path):
    holt, statement = desk.actor("Mira Holt"), desk.find(SAILORS)
    assert statement["speaker"]["name"] == "Odo Vane"
    desk.run("assign", statement["id"], "--speaker", holt["id"], "--why", "misread")
    given = desk.find(SAILORS)
    assert given["speaker"]["id"] == holt["id"]
    assert desk.utterance_of(statement["id"])["speaker"] == holt["id"]
    (decision,) = desk.rows("decisions")
    assert given["decided"] == [decision["id"]]
    assert decision["machine"]["text"] == "read Odo Vane"
    listed = desk.run("statements", "--format", "jsonl", "--speaker", holt["id"])
    assert statement["id"] in listed
    page = tmp_path / "page.html"
    desk.run("dossier", "-o", page)
    assert "Nobody asked the sailors" in page.read_text(encoding="utf-8")


def test_a_speaker_is_said_not_to_be_known(desk):
    statement = desk.find(APPLES)
    desk.run("assign", statement["id"], "--unknown")
    assert desk.find(APPLES)["speaker"] is None
    assert desk.utterance_of(statement["id"])["speaker"] is None


def test_a_name_in_one_report_is_told_to_be_another_actor(desk):
    vane, holt = desk.actor("Odo Vane"), desk.actor("Mira Holt")
    report = desk.find(NEVER)["report"]["id"]
    desk.run("assign", f"{report}:Odo Vane", "--actor", holt["id"])
    assert desk.find(NEVER)["speaker"]["id"] == holt["id"]
    assert desk.find(SAILORS)["speaker"]["id"] == vane["id"]


def test_undoing_brings_back_what_the_machine_had(desk):
    before = desk.state()
    merge_two(desk)
    (decision,) = desk.rows("decisions")
    desk.run("undo", decision["id"][:6], "--why", "misread")
    assert desk.state() == before
    merge, undo = desk.rows("decisions")
    assert (merge["state"], undo["state"]) == ("undone", "applied")
    desk.run("undo", undo["id"])
    assert len(desk.utterance_of(desk.find(SAILORS)["id"])["statements"]) == 2
    assert "already" in desk.run("undo", undo["id"], code=2)


@pytest.fixture
def decided(desk):
    """A record with a decision of each kind."""
    merge_two(desk)
    utterance = desk.utterance_of(desk.find("letzte Schiff")["id"])
    desk.run("split", "utterance", utterance["id"], desk.find("letzte Schiff")["id"])
    desk.run("assign", desk.find(APPLES)["id"], "--unknown")
    desk.run("undo", desk.rows("decisions")[1]["id"])
    desk.run("merge", "actors", desk.actor("Mira Holt")["id"], desk.actor("Odo Vane")["id"])
    return desk


def test_a_replay_gives_the_same_whatever_the_order_of_the_reports(
    decided, reports, tmp_path, capsys
):
    export = tmp_path / "decisions.jsonl"
    export.write_text(decided.run("export", "decisions"), encoding="utf-8")
    other = Desk(tmp_path / "other.db", capsys)
    for name in reversed(REPORTS):
        other.run("add", reports / name)
    assert other.run("replay", export) == "Replayed 5 new decisions.\n"
    assert other.state() == decided.state()
    assert other.rows("decisions") == decided.rows("decisions")
    assert "5 already there" in other.run("replay", export)


def test_a_replay_says_in_a_line_each_what_it_cannot_do(decided, reports, tmp_path, capsys):
    export = tmp_path / "decisions.jsonl"
    export.write_text(decided.run("export", "decisions") + "\nnonsense\n", encoding="utf-8")
    other = Desk(tmp_path / "other.db", capsys)
    other.run("add", reports / "orchard.txt")
    printed = other.run("replay", export, code=1).splitlines()
    assert printed[0] == "Replayed 1 new decision and 5 that could not be made."
    assert [line.split(",")[1].split(":")[0] for line in printed[1:]] == [
        f" line {number}" for number in (1, 2, 4, 5, 7)
    ]
    assert [row["kind"] for row in other.rows("decisions")] == ["assign"]


def test_decisions_are_listed(decided):
    table = decided.run("decisions")
    assert all(len(line) <= 80 for line in table.splitlines())
    rows = [json.loads(line) for line in decided.run("decisions", "--format", "jsonl").splitlines()]
    assert [row["kind"] for row in rows] == ["merge", "split", "assign", "undo", "merge"]
    assert "“Nobody asked the sailors" in rows[0]["what"]
    assert rows[4]["what"] == "Mira Holt and Odo Vane: one actor"
    assert all(row["id"] in decided.run("export", "decisions") for row in rows)


def test_who_decides_is_the_login_name_unless_said(desk, monkeypatch):
    monkeypatch.setenv("LOGNAME", "odo")
    desk.run("assign", desk.find(APPLES)["id"], "--unknown")
    assert [row["who"] for row in desk.rows("decisions")] == ["odo"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("merge utterances {u} zzz", "no utterance has an id that begins with 'zzz'"),
        ("merge utterances {u} {u}", "needs two"),
        ("merge actors {u} {a}", "no actor has"),
        ("merge stories '' {s}", "have an id that begins with ''"),
        ("split utterance {u} {c}", "nothing would be left"),
        ("split utterance {u} zzz", "no statement has"),
        ("split actor {a} Nobody", "no name 'Nobody'"),
        ("split actor {a} zzz:Brook", "no name 'Brook'"),
        ("split story {s} zzz", "no report has"),
        ("assign zzz --unknown", "no statement has"),
        ("assign {c} --speaker zzz", "no actor has"),
        ("assign {c} --utterance {u}", "has that already"),
        ("assign {c} --story {s}", "no report has"),
        ("undo zzz", "no decision has"),
        ("replay nowhere.jsonl", "nowhere.jsonl"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(desk, arguments, reason):
    statement = desk.find(APPLES)
    ids = {
        "c": statement["id"],
        "u": desk.utterance_of(statement["id"])["id"],
        "a": desk.actor("Ansel Brook")["id"],
        "s": statement["story"],
    }
    words = [word.strip("'").format(**ids) for word in arguments.split()]
    error = desk.run(*words, code=2)
    assert reason in error
    assert error.count("\n") == 1
    assert desk.rows("decisions") == []


@pytest.mark.parametrize("command", ["merge", "replay"])
def test_no_record_is_made_by_deciding(tmp_path, capsys, command):
    desk = Desk(tmp_path / "none.db", capsys)
    export = tmp_path / "empty.jsonl"
    export.write_text("")
    words = {"merge": ["merge", "stories", "a", "b"], "replay": ["replay", export]}[command]
    assert "none.db" in desk.run(*words, code=2)
    assert not desk.path.exists()


def test_a_decision_that_cannot_be_carried_out_is_not_kept(desk, monkeypatch):
    before = desk.state()

    def fail(connection, encoder):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "link_record", fail)
    with pytest.raises(KeyboardInterrupt):
        desk.run("assign", desk.find(APPLES)["id"], "--unknown")
    with closing(open_record(desk.path)) as connection:
        assert list_decisions(connection) == []
    assert desk.state() == before


def test_former_ids_are_those_of_the_members(desk):
    row = desk.utterance_of(desk.find("letzte Schiff")["id"])
    former = [make_id("utterance", one) for one in row["statements"]]
    assert row["id"] in former
    assert len({desk.run("compare", one) for one in former}) == 1
