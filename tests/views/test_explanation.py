from __future__ import annotations

from contextlib import closing

import pytest

from onrecord.cli import main
from onrecord.errors import InputError
from onrecord.record import queries
from onrecord.record.connection import open_record
from onrecord.views.explanation import WIDTH, find_statement, write_explanation


@pytest.fixture
def connection(examples_record):
    with closing(open_record(examples_record, read_only=True)) as connection:
        yield connection


def flatten(text):
    return " ".join(text.split())


def test_every_field_is_given_with_its_words_or_the_reason_why_it_is_empty(connection):
    for statement in queries.list_statements(connection)[::5]:
        text = write_explanation(connection, statement)
        flat = flatten(text)
        words = [statement.content, statement.source, statement.cue, statement.channel]
        spans = [span for one in words if one is not None for span in one.spans]
        assert all(f"{start}:{end}" in flat for start, end in spans)
        speaker, reasons = statement.speaker, dict(statement.unresolved)
        assert flatten(reasons["speaker"] if speaker is None else speaker.rule) in flat
        basis = statement.said_on_basis
        assert flatten(reasons["said_on"] if basis is None else basis.rule) in flat
        assert f"confidence    {statement.confidence:.2f} = content" in text


def test_what_linking_made_of_it_is_given(connection):
    utterance = next(u for u in queries.list_utterances(connection) if len(u.statements) > 1)
    other = next(s for s in utterance.statements if s != utterance.best)
    assert "the fullest wording" in write_explanation(
        connection, find_statement(connection, utterance.best)
    )
    text = write_explanation(connection, find_statement(connection, other))
    assert f"which is statement {utterance.best}" in flatten(text)
    rendering = next(r for r in utterance.renderings if r.statement == other)
    assert rendering.kind in text
    (answer, *_) = queries.list_answers(connection)
    answering = find_statement(connection, answer.statement)
    assert "answers       " in write_explanation(connection, answering)


def test_it_is_readable_at_eighty_columns(connection):
    for statement in queries.list_statements(connection)[::7]:
        lines = write_explanation(connection, statement).splitlines()
        assert all(len(line) <= WIDTH or " " not in line.strip() for line in lines)


@pytest.mark.parametrize("beginning", ["", "zz"])
def test_an_id_must_name_one_statement(connection, beginning):
    with pytest.raises(InputError, match="an id that begins with"):
        find_statement(connection, beginning)


def test_the_command(examples_record, connection, capsys):
    statement = queries.list_statements(connection)[0]
    assert main(["--record", str(examples_record), "explain", statement.id]) == 0
    assert capsys.readouterr().out == write_explanation(connection, statement)
    assert main(["--record", str(examples_record), "explain", "zz"]) == 2
    assert "no statement has an id" in capsys.readouterr().err
