"""A statement with its actor and its place among others, as linking compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.domain import Span, Statement, Words
from onrecord.edtf import overlaps, parse_edtf
from onrecord.linking.likeness import Content
from onrecord.linking.wording import Wording, find_quoted

Order = tuple[str, str, int]

A_FEW_DAYS = 3


@dataclass(frozen=True, slots=True)
class Voiced:
    """A statement with its actor and place. `order` sorts by report date, report and position."""

    statement: Statement
    content: Content
    report_text: str
    actor: str | None
    story: str
    storyline: str
    primary: bool
    order: Order


def by_order(one: Voiced) -> tuple[Order, str]:
    """Sorts the earliest first."""
    return one.order, one.statement.id


def by_fullness(one: Voiced) -> tuple[bool, bool, int, Order, str]:
    """Sorts primary sources first, then quotations, then the fullest wording."""
    indirect = one.statement.kind == "indirect"
    return not one.primary, indirect, -len(one.content.words), *by_order(one)


def make_wording(one: Voiced, spans: Sequence[Span] = ()) -> Wording:
    """The words of the statement as they are compared, or those at `spans` of its report."""
    statement = one.statement
    words = Words.of(one.report_text, *spans) if spans else statement.content
    mixed = statement.kind == "mixed"
    return Wording(
        words=words,
        report_text=one.report_text,
        language=one.content.language,
        kind=statement.kind,
        speaker=one.actor,
        quoted=find_quoted(one.report_text, words.spans) if mixed else (),
    )


def dates_clash(one: str | None, other: str | None) -> bool:
    """Whether two EDTF dates are known and have no day in common."""
    return one is not None and other is not None and not overlaps(one, other)


def is_day(date: str | None) -> bool:
    """Whether an EDTF date tells the day to within a few."""
    days = parse_edtf(date) if date is not None else None
    return days is not None and (days[1] - days[0]).days <= A_FEW_DAYS
