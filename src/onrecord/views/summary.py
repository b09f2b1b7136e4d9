"""What a record holds, in a few lines for people."""

from __future__ import annotations

import sqlite3
import textwrap
from collections.abc import Iterator, Sequence

from onrecord.domain import Report, Statement, Utterance
from onrecord.record import queries, state
from onrecord.views.tables import clean_cell
from onrecord.views.words import join_words, name_language, write_carriers, write_count, write_date

WIDTH = 80
SHOWN = 3
"""How many of the utterances carried most widely are shown with their renderings."""


def write_summary(connection: sqlite3.Connection) -> str:
    """Counts, the utterances that most reports carry with their renderings, and failures."""
    return "\n".join([*_write_counts(connection), *_write_most_carried(connection)]) + "\n"


def _write_counts(connection: sqlite3.Connection) -> Iterator[str]:
    counts = state.count_all(connection)
    languages = [f"{name_language(code)} {number}" for code, number in counts.languages]
    lines = [
        ("reports", f"{counts.reports} ({', '.join(languages)})" if languages else "none yet"),
        ("stories", str(counts.stories)),
        (
            "statements",
            f"{counts.statements}, {counts.without_speaker} of them by nobody that could be named",
        ),
        ("utterances", f"{counts.utterances} by {write_count(counts.actors, 'actor')}"),
        ("answers", str(counts.answers)),
        ("failures", str(counts.failures)),
    ]
    yield from (f"{name:<11} {value}" for name, value in lines)
    for failure in state.list_failures(connection):
        text = f"{failure.failure.path}: {failure.failure.reason}"
        yield from textwrap.wrap(
            text, WIDTH - 12, initial_indent=" " * 12, subsequent_indent=" " * 12
        )


def _write_most_carried(connection: sqlite3.Connection) -> Iterator[str]:
    statements = {s.id: s for s in queries.list_statements(connection)}
    reports = {r.id: r for r in queries.list_reports(connection)}
    names = {actor.id: actor.name for actor in queries.list_actors(connection)}
    carried = find_most_carried(queries.list_utterances(connection), statements)
    if carried:
        yield ""
        yield "Carried most widely"
    copies = {copy.report: copy for copy in queries.list_copies(connection)}
    for utterance in carried:
        best = statements[utterance.best]
        carriers = write_carriers((statements[s].report for s in utterance.statements), copies)
        yield ""
        yield from _wrap(f"“{clean_cell(best.content.text)}”", "  ")
        yield from _wrap(_write_origin(utterance, names, carriers), "  ")
        for rendering in utterance.renderings:
            if rendering.statement != utterance.best:
                statement = statements[rendering.statement]
                how = ", ".join([rendering.kind, *rendering.flags])
                yield from _write_rendering(how, statement, reports[statement.report])


def find_most_carried(
    utterances: Sequence[Utterance], statements: dict[str, Statement]
) -> list[Utterance]:
    """The utterances that most reports carry, at least two; of equals the one in more words."""

    def carriers(utterance: Utterance) -> int:
        return len({statements[s].report for s in utterance.statements})

    shared = [u for u in utterances if carriers(u) > 1]
    shared.sort(key=lambda u: (-carriers(u), -len(statements[u.best].content.text), u.id))
    return shared[:SHOWN]


def _write_origin(utterance: Utterance, names: dict[str, str], carriers: str) -> str:
    who = names.get(utterance.speaker or "", "speaker not known")
    when = write_date(utterance.said_on) if utterance.said_on is not None else "day not given"
    return f"{who}, {when}, in {carriers} ({utterance.id})"


def _write_rendering(how: str, statement: Statement, report: Report) -> Iterator[str]:
    where = report.outlet or report.path.rsplit("/", 1)[-1]
    words = textwrap.shorten(clean_cell(statement.content.text), 160, placeholder=" …")
    yield from _wrap(f"{how}: {where} ({report.language}): {words}", "    ", "      ")


def _wrap(text: str, first: str, later: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if later is None else later,
        break_on_hyphens=False,
    )


def write_added(new: int, known: int, failed: int) -> str:
    """One line on what a run of `add` did."""
    parts = [write_count(new, "new report")]
    if known:
        parts.append(f"{known} already there")
    if failed:
        parts.append(f"{failed} that could not be read")
    return f"Added {join_words(parts)}."
