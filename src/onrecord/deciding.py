"""The commands by which people decide: merge, split, assign, undo, replay."""

from __future__ import annotations

import argparse
import getpass
import sqlite3
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from onrecord import pipeline
from onrecord.decisions import Decision, Ruling, read_decision
from onrecord.errors import InputError
from onrecord.record.connection import open_record, transaction
from onrecord.record.rulings import Replayed, replay_decisions, write_decision
from onrecord.settings import Settings
from onrecord.views import rulings
from onrecord.views.addresses import PLURALS, Noun
from onrecord.views.decisions import write_decided, write_replayed

Command = Callable[[argparse.Namespace, Settings], int]
AddCommand = Callable[[str, Command, str], argparse.ArgumentParser]
Rule = Callable[[sqlite3.Connection, argparse.Namespace], Ruling]

Link = Callable[[sqlite3.Connection], object]
"""What links a record anew."""

NOUNS: tuple[Noun, ...] = ("actor", "story", "utterance")
OK, SOME_FAILED = 0, 1


def add_decision_commands(add: AddCommand) -> None:
    """Adds the commands to a parser, by the function that adds one."""
    merging = add("merge", decide_command, "decide that actors, stories or utterances are one")
    merging.add_argument("what", choices=[PLURALS[noun] for noun in NOUNS])
    merging.add_argument("ids", nargs="+", metavar="ID", help="an id, or its beginning")
    merging.set_defaults(rule=_rule_merge)
    splitting = add("split", decide_command, "decide that a part of one thing is another thing")
    splitting.add_argument("what", choices=NOUNS)
    splitting.add_argument("id", metavar="ID", help="an id, or its beginning")
    splitting.add_argument(
        "members",
        nargs="+",
        metavar="MEMBER",
        help="what is another thing: ids of an utterance's statements or a story's reports, or "
        "names of an actor (REPORT:NAME for a name in one report)",
    )
    splitting.set_defaults(rule=_rule_split)
    _add_assign(add("assign", decide_command, "decide who said a statement, or where it belongs"))
    undoing = add("undo", decide_command, "decide that a decision doesn't hold")
    undoing.add_argument("decision", metavar="DECISION", help="an id, or its beginning")
    undoing.set_defaults(rule=lambda record, typed: rulings.rule_undo(record, typed.decision))
    for command in (merging, splitting, undoing):
        _add_signature(command)
    replaying = add("replay", replay_command, "make the decisions of an export on this record")
    replaying.add_argument("file", type=Path, metavar="FILE", help="from `export decisions`")


def _add_assign(assigning: argparse.ArgumentParser) -> None:
    assigning.add_argument(
        "members",
        nargs="+",
        metavar="STATEMENT",
        help="ids, or their beginnings, of statements; of reports with --story; REPORT:NAME with "
        "--actor",
    )
    where = assigning.add_mutually_exclusive_group(required=True)
    where.add_argument("--speaker", metavar="ACTOR", help="who said it")
    where.add_argument("--unknown", action="store_true", help="it isn't known who said it")
    where.add_argument("--utterance", metavar="ID", help="the utterance that it belongs to")
    where.add_argument("--story", metavar="ID", help="the story that a report belongs to")
    where.add_argument("--actor", metavar="ID", help="the actor whom a name in a report stands for")
    assigning.set_defaults(rule=_rule_assign)
    _add_signature(assigning)


def _add_signature(command: argparse.ArgumentParser) -> None:
    command.add_argument("--why", metavar="TEXT", default="", help="the reason, kept with it")
    command.add_argument("--who", metavar="NAME", help="who decides (default: the login name)")


def _rule_merge(record: sqlite3.Connection, typed: argparse.Namespace) -> Ruling:
    noun = next(noun for noun in NOUNS if PLURALS[noun] == typed.what)
    return rulings.rule_merge(record, noun, typed.ids)


def _rule_split(record: sqlite3.Connection, typed: argparse.Namespace) -> Ruling:
    return rulings.rule_split(record, typed.what, typed.id, typed.members)


def _rule_assign(record: sqlite3.Connection, typed: argparse.Namespace) -> Ruling:
    for noun in NOUNS:
        address = getattr(typed, noun)
        if address is not None:
            return rulings.rule_move(record, noun, typed.members, address)
    return rulings.rule_speaker(record, typed.members, typed.speaker)


def decide_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Store a decision and link the record anew."""
    rule: Rule = arguments.rule
    who = arguments.who or find_login()
    # A record that isn't there is not to be made by deciding on it.
    open_record(settings.record, read_only=True).close()
    with closing(open_record(settings.record)) as connection:
        ruling = rule(connection, arguments)
        link = make_link(settings)
        decision = decide(connection, ruling, link, who=who, why=arguments.why)
        print(write_decided(connection, decision.id), end="")
    return OK


def replay_command(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the decisions of a file on this record, as far as it has what they are about."""
    read, faults = _read_decisions(arguments.file)
    lines = {decision.id: number for number, decision in read}
    open_record(settings.record, read_only=True).close()
    with closing(open_record(settings.record)) as connection:
        replayed = replay(connection, [one for _, one in read], make_link(settings))
    faults += [(lines[one], f"the decision {one} {reason}") for one, reason in replayed.refused]
    for number, reason in sorted(faults):
        print(f"onrecord: {arguments.file}, line {number}: {reason}", file=sys.stderr)
    print(write_replayed(len(replayed.new), len(replayed.known), len(faults)))
    return SOME_FAILED if faults else OK


def make_link(settings: Settings) -> Link:
    """What links a record anew, with the encoder that the settings name."""
    encoder = pipeline.load_encoder(settings)
    return lambda connection: pipeline.link_record(connection, encoder)


def decide(
    connection: sqlite3.Connection, ruling: Ruling, link: Link, *, who: str, why: str
) -> Decision:
    """Stores a decision, made now, and links the record anew: both, or nothing.

    Raises DecisionError where it names what the record doesn't have.
    """
    with transaction(connection):
        decision = write_decision(connection, ruling, who=who, why=why)
        link(connection)
    return decision


def replay(connection: sqlite3.Connection, decisions: Sequence[Decision], link: Link) -> Replayed:
    """Stores decisions made on another record and links this one anew: both, or nothing."""
    with transaction(connection):
        replayed = replay_decisions(connection, decisions)
        if replayed.new:
            link(connection)
    return replayed


def _read_decisions(path: Path) -> tuple[list[tuple[int, Decision]], list[tuple[int, str]]]:
    """The decisions of a file with their line numbers, and why other lines hold none."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it isn't UTF-8"
        raise InputError(f"{path}: {reason}") from error
    read: list[tuple[int, Decision]] = []
    faults: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                read.append((number, read_decision(line)))
            except InputError as error:
                faults.append((number, str(error)))
    return read, faults


def find_login() -> str:
    """The login name. Raises InputError where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise InputError("say with --who who decides: there is no login name") from error
