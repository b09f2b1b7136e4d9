"""Primary sources: the words themselves, said on the day that the transcript is of."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.domain import Attribution, Basis, Report, Span, Words
from onrecord.edtf import overlaps
from onrecord.lexicon import load_lexicon
from onrecord.statements.dates import CONTRADICTION, Frame, Occasion, read_phrase
from onrecord.statements.kinds import Quoting
from onrecord.statements.phrases import find_phrases

OWN_DATE = "the date of the transcript"


def quote_turn(attribution: Attribution) -> Quoting:
    """All of a turn is quoted, without marks."""
    return Quoting("direct", attribution.content, attribution.content)


def date_turn(report: Report, occasion: Occasion) -> Occasion:
    """The occasion that the words give, or else the transcript's own date.

    None where the title gives another day than the transcript's date, with both.
    """
    if occasion.said_on is not None or report.published is None:
        return occasion
    words = report.published_basis.words if report.published_basis is not None else None
    for span, day in _find_dates_in_title(report):
        if not overlaps(day, report.published):
            both = Words.of(report.text, *sorted({span, *(() if words is None else words.spans)}))
            reason = f"the title gives {day} and the transcript's date is {report.published}"
            return Occasion(None, Basis(CONTRADICTION, both), reason)
    return Occasion(report.published, Basis(OWN_DATE, words))


def _find_dates_in_title(report: Report) -> Iterator[tuple[Span, str]]:
    """The days that the headline names in full, with the words for them."""
    order = load_lexicon(report.language).tables.get("calendar", {}).get("order")
    for zone in report.zones:
        if zone.kind == "title":
            text = report.text[slice(*zone.span)]
            for phrase in find_phrases(text, report.language, offset=zone.span[0]):
                if phrase.day is not None and phrase.year is not None:
                    reading = read_phrase(phrase, Frame(None, order=order))
                    if reading is not None and reading.edtf is not None:
                        yield phrase.span, reading.edtf
