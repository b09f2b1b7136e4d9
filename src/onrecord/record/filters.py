"""What to list, as SQL conditions. Values are always bound, never written into the SQL."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.edtf import parse_edtf
from onrecord.errors import InputError
from onrecord.record.dates import SAID_ON
from onrecord.record.rows import StatementFilter
from onrecord.record.search import build_match


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions that must all hold, and the values that they name."""

    clauses: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    @property
    def sql(self) -> str:
        """The conditions as one; one that always holds where there are none."""
        return " AND ".join(self.clauses) or "TRUE"

    def add_if(self, clause: str, **values: str | None) -> None:
        """Adds a condition, unless a value that it names is None."""
        given = {name: value for name, value in values.items() if value is not None}
        if given.keys() == values.keys():
            self.clauses.append(clause)
            self.values.update(given)


def day_conditions(day: str, since: str | None, until: str | None) -> Conditions:
    """That the date which the SQL expression `day` gives may lie within two EDTF dates.

    Raises InputError where one of the two is not a date.
    """
    conditions = Conditions()
    for bound in (since, until):
        if bound is not None and parse_edtf(bound) is None:
            raise InputError(f"{bound!r} isn't a date; write 2024, 2024-05 or 2024-05-03.")
    if since is not None or until is not None:
        period = f"{since or '..'}/{until or '..'}"
        conditions.add_if(f"dates_overlap({day}, :period)", period=period)
    return conditions


def statement_conditions(wanted: StatementFilter) -> Conditions:
    """The conditions of a filter on statements `s` joined with their reports `r`."""
    conditions = day_conditions(f"coalesce({SAID_ON}, r.published)", wanted.since, wanted.until)
    conditions.add_if("s.report = :report", report=wanted.report)
    conditions.add_if("r.language = :language", language=wanted.language)
    conditions.add_if("s.kind = :kind", kind=wanted.kind)
    conditions.add_if(
        "s.report IN (SELECT report FROM story_reports WHERE story = :story)", story=wanted.story
    )
    conditions.add_if(
        "s.id IN (SELECT statement FROM statement_speakers WHERE actor = :speaker)",
        speaker=wanted.speaker,
    )
    match = None if wanted.text is None else build_match(wanted.text)
    conditions.add_if(
        "s.number IN (SELECT rowid FROM statement_search WHERE statement_search MATCH :match)",
        match=match,
    )
    return conditions
