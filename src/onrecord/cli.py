"""The command line: parse, call, print."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

import onrecord
from onrecord import pipeline
from onrecord.deciding import add_decision_commands
from onrecord.errors import InputError, OnrecordError
from onrecord.record import queries
from onrecord.record.connection import open_record
from onrecord.record.rows import StatementFilter
from onrecord.serving.command import add_serve_command
from onrecord.settings import Settings, read_settings
from onrecord.views.columns import EXPORTS, Export
from onrecord.views.comparison import find_utterance, write_comparison
from onrecord.views.dossier import render_dossier
from onrecord.views.explanation import find_statement, write_explanation
from onrecord.views.exports import export_rows, write_csv, write_jsonl
from onrecord.views.summary import write_added, write_summary
from onrecord.views.tables import draw_rows
from onrecord.views.verdict import UNSUPPORTED, write_verdict

Command = Callable[[argparse.Namespace, Settings], int]

OK, SOME_FAILED, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code.

    0: done; 1: done, but something could not be read, or the answer is no; 2: not done.
    """
    parsed = build_parser().parse_args(arguments)
    command: Command = parsed.command
    try:
        return command(parsed, read_settings(record=parsed.record))
    except OnrecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        sys.stderr.close()
        return OK


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; `docs/cli.md` is printed from it."""
    parser = argparse.ArgumentParser(
        prog="onrecord",
        description="Reads news reports and builds the record: who said what, to whom, when and "
        "through which channel, and how the renderings differ.",
    )
    parser.add_argument("--version", action="version", version=f"onrecord {onrecord.__version__}")
    parser.add_argument(
        "--record", type=Path, help="the record's file (default: ONRECORD_RECORD, or record.db)"
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        found.set_defaults(command=command)
        return found

    adding = add("add", add_command, "read files, folders or globs into the record")
    adding.add_argument("paths", nargs="+", metavar="PATH")
    for what in ("stories", "statements", "actors", "utterances", "decisions"):
        listing = add(what, list_command, f"list the {what} of the record")
        listing.set_defaults(what=what)
        listing.add_argument("--format", choices=("table", "jsonl", "csv"), default="table")
        if what == "statements":
            _add_filters(listing)
        if what == "actors":
            _add_import(listing)
    comparing = add("compare", compare_command, "show the renderings of an utterance side by side")
    comparing.add_argument("utterance", metavar="UTTERANCE", help="an id, or its beginning")
    explaining = add("explain", explain_command, "say what a statement rests on")
    explaining.add_argument("statement", metavar="STATEMENT", help="an id, or its beginning")
    checking = add("check", check_command, "say whether somebody said these words, with evidence")
    checking.add_argument("quotation", metavar="QUOTATION")
    checking.add_argument("--by", metavar="NAME", help="who is supposed to have said it")
    checking.add_argument("--on", metavar="DATE", help="when, as an EDTF date (2024-09-18)")
    checking.add_argument("--language", metavar="CODE", help="the language of the quotation")
    checking.add_argument("--format", choices=("text", "json"), default="text")
    filing = add("dossier", dossier_command, "write one self-contained page")
    filing.add_argument("story", nargs="?", metavar="STORY", help="a story's id (default: all)")
    filing.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    exporting = add("export", export_command, "write all rows of one kind, one a line")
    exporting.add_argument("what", choices=EXPORTS)
    exporting.add_argument("--format", choices=("jsonl", "csv"), default="jsonl")
    add_decision_commands(add)
    add_serve_command(add)
    add("summary", summary_command, "say what the record holds")
    add("rebuild", rebuild_command, "derive everything again from the stored reports")
    add("doctor", doctor_command, "check the installation and the record")
    return parser


def _add_filters(listing: argparse.ArgumentParser) -> None:
    listing.add_argument("--story", metavar="ID")
    listing.add_argument("--speaker", metavar="ID")
    listing.add_argument("--language", metavar="CODE")
    listing.add_argument("--kind", choices=("direct", "mixed", "indirect"))
    listing.add_argument("--since", metavar="DATE")
    listing.add_argument("--until", metavar="DATE")
    listing.add_argument("--text", metavar="WORDS", help="words that must all occur")


def _add_import(listing: argparse.ArgumentParser) -> None:
    listing.set_defaults(command=actors_command)
    doing = listing.add_argument_group("importing a list of people")
    doing.add_argument(
        "action", nargs="?", choices=("import",), help="read a list into the record instead"
    )
    doing.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="FollowTheMoney entities as JSON Lines, or CSV with a column “name” and any of "
        "aliases, weak_aliases, wikidata, type, position and country",
    )


def actors_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the actors, or import a list of people that anchors them."""
    if arguments.action is None:
        return list_command(arguments, settings)
    if arguments.file is None:
        raise InputError("actors import: say which FILE to import")
    encoder = pipeline.load_encoder(settings)
    with closing(open_record(settings.record)) as connection:
        imported = pipeline.import_people(connection, arguments.file, encoder)
        for failure in imported.failures:
            print(f"onrecord: {failure.path}: {failure.reason}", file=sys.stderr)
        for name in imported.doubtful:
            print(f"“{name}” is a name of several entries: nobody is anchored by it.")
        print(f"{imported.new} new, {imported.changed} changed.")
    return SOME_FAILED if imported.failures else OK


def add_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read reports into the record and print what was found."""
    encoder = pipeline.load_encoder(settings)
    with closing(open_record(settings.record)) as connection:
        added = pipeline.add_reports(
            connection, arguments.paths, encoder, progress=show_progress(sys.stderr)
        )
        for failure in added.failures:
            print(f"onrecord: {failure.path}: {failure.reason}", file=sys.stderr)
        print(write_added(len(added.new), len(added.known), len(added.failures)))
        print(write_summary(connection), end="")
    return SOME_FAILED if added.failures else OK


def summary_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what the record holds."""
    with closing(open_for_reading(settings)) as connection:
        print(write_summary(connection), end="")
    return OK


def list_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """List rows of one kind."""
    with closing(open_for_reading(settings)) as connection:
        rows = export_rows(connection, arguments.what)
        if arguments.what == "statements":
            rows = _filter_statements(rows, connection, arguments)
        write_rows(connection, rows, arguments.format, arguments.what)
    return OK


def _filter_statements(
    rows: Iterator[dict[str, Any]], connection: sqlite3.Connection, arguments: argparse.Namespace
) -> Iterator[dict[str, Any]]:
    names = ("story", "speaker", "language", "kind", "since", "until", "text")
    wanted = StatementFilter(**{name: getattr(arguments, name) for name in names})
    kept = {statement.id for statement in queries.list_statements(connection, wanted)}
    return (row for row in rows if row["id"] in kept)


def export_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write all rows of one kind."""
    with closing(open_for_reading(settings)) as connection:
        rows = export_rows(connection, arguments.what)
        write_rows(connection, rows, arguments.format, arguments.what)
    return OK


def compare_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the renderings of an utterance."""
    with closing(open_for_reading(settings)) as connection:
        found = find_utterance(connection, arguments.utterance)
        print(write_comparison(connection, found), end="")
    return OK


def explain_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the whole reasoning behind one statement."""
    with closing(open_for_reading(settings)) as connection:
        statement = find_statement(connection, arguments.statement)
        print(write_explanation(connection, statement), end="")
    return OK


def check_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Give a verdict on a quotation."""
    encoder = pipeline.load_encoder(settings)
    question = pipeline.Question(
        arguments.quotation, arguments.by, arguments.on, arguments.language
    )
    with closing(open_for_reading(settings)) as connection:
        verdict = pipeline.check_question(connection, question, encoder)
    row = asdict(verdict)
    if arguments.format == "json":
        print(json.dumps(row, ensure_ascii=False))
    else:
        print(write_verdict(row), end="")
    return SOME_FAILED if verdict.verdict in UNSUPPORTED else OK


def dossier_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the page of a story, or of the whole record."""
    with closing(open_for_reading(settings)) as connection:
        page = render_dossier(connection, story=arguments.story)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    arguments.output.write_text(page, encoding="utf-8")
    print(f"wrote {arguments.output}")
    return OK


def rebuild_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Derive everything again."""
    encoder = pipeline.load_encoder(settings)
    with closing(open_record(settings.record)) as connection:
        count = pipeline.rebuild_record(connection, encoder, progress=show_progress(sys.stderr))
        print(f"Rebuilt from {count} reports.")
        print(write_summary(connection), end="")
    return OK


def doctor_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check that the weights load and the record is whole."""
    print(f"onrecord {onrecord.__version__}")
    for name, licence in pipeline.check_weights():
        print(f"weights {name}: sound ({licence})")
    if not settings.record.exists():
        print(f"record {settings.record}: not there yet; `onrecord add` makes it")
        return OK
    with closing(open_for_reading(settings)) as connection:
        (state,) = connection.execute("PRAGMA integrity_check").fetchone()
        loose = connection.execute("PRAGMA foreign_key_check").fetchall()
    sound = state == "ok" and not loose
    print(f"record {settings.record}: {'sound' if sound else 'damaged: ' + str(state)}")
    return OK if sound else SOME_FAILED


def open_for_reading(settings: Settings) -> sqlite3.Connection:
    """The record, which has to be there."""
    return open_record(settings.record, read_only=True)


def write_rows(
    connection: sqlite3.Connection, rows: Iterable[dict[str, Any]], how: str, what: Export
) -> None:
    """Write rows to standard output as a table, JSON Lines or CSV."""
    if how == "csv":
        write_csv(rows, sys.stdout, what=what)
    elif how == "jsonl":
        write_jsonl(rows, sys.stdout)
    else:
        print(draw_rows(rows, what=what, labels=label_ids(connection, what)), end="")


def label_ids(connection: sqlite3.Connection, what: Export) -> dict[str, str]:
    """What a table shows in place of ids: the names of actors and the words of statements."""
    labels = {actor.id: actor.name for actor in queries.list_actors(connection)}
    if what == "utterances":
        labels |= {s.id: s.content.text for s in queries.list_statements(connection)}
    return labels


def show_progress(stream: TextIO) -> pipeline.Progress:
    """A counter on one line of a terminal; silence in a pipe."""

    def show(done: int, path: str) -> None:
        if stream.isatty():
            print(f"\r{done:6} {path[-70:]:<70}", end="", file=stream, flush=True)

    return show


if __name__ == "__main__":
    sys.exit(main())
