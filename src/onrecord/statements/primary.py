"""Primary sources: the words themselves, said on the day that the transcript is of."""

from __future__ import annotations

from onrecord.domain import Attribution, Basis, Report
from onrecord.statements.kinds import Quoting
from onrecord.statements.occasions import Occasion

OWN_DATE = "the date of the transcript"


def quote_turn(attribution: Attribution) -> Quoting:
    """All of a turn is quoted, without marks."""
    return Quoting("direct", attribution.content, attribution.content)


def date_turn(report: Report, occasion: Occasion) -> Occasion:
    """The occasion that the words give, or else the transcript's own date."""
    if occasion.said_on is not None or report.published is None:
        return occasion
    words = report.published_basis.words if report.published_basis is not None else None
    return Occasion(report.published, Basis(OWN_DATE, words))
