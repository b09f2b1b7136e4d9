"""Attributions made to fit dialogues and reporting clauses, which the setting alone tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.dialogues import Exchange
from onrecord.domain import Attribution, Span
from onrecord.text import cut_out, overlap, trim_span

_OPENING = "—–―‒- \u00a0\r\n\t"
UNTAGGED = 0.5
"""The score of what the tagger passed over: a reporting clause makes it somebody's all the same."""


def fit_exchanges(
    text: str, attributions: Sequence[Attribution], exchanges: Sequence[Exchange]
) -> list[Attribution]:
    """The attributions with one for each exchange, in the order of their contents.

    What a dialogue's line or a broken quotation says is the content, whatever was tagged of it;
    its clause's cue and source are kept. A quotation with its clause after it only loses what was
    tagged beyond its closing mark, and gets what goes on after the clause. One inside another is
    added as an inner attribution.
    """
    found = list(attributions)
    for exchange in exchanges:
        if exchange.inner:
            found = _add_inner(text, found, exchange)
        else:
            fit = _fit_dashed if exchange.dashed else _fit_quotation
            found = fit(text, found, exchange)
    return sorted(found, key=lambda one: (one.content[0], one.inner))


def _fit_dashed(
    text: str, attributions: Sequence[Attribution], exchange: Exchange
) -> list[Attribution]:
    inside = [one for one in attributions if _shares(text, one, exchange.speech)]
    outer = [one for one in inside if not one.inner]
    kept = [one for one in attributions if one not in outer]
    for one in outer:
        rest = tuple(_trim(text, part) for part in _cut(text, one.content, [exchange.span]))
        if rest:
            cue, source = (cut_out(part, [exchange.span]) for part in (one.cue, one.source))
            kept.append(replace(one, content=rest, cue=cue, source=source))
    around = [one for one in attributions if not one.inner]
    return [
        *kept,
        Attribution(
            content=exchange.speech,
            cue=_choose(around, "cue", exchange) or _list(exchange.verb),
            source=_choose(around, "source", exchange),
            addressee=_choose(around, "addressee", exchange),
            score=max((one.score for one in outer), default=UNTAGGED),
        ),
    ]


def _fit_quotation(
    text: str, attributions: Sequence[Attribution], exchange: Exchange
) -> list[Attribution]:
    first, later = exchange.speech[:1], exchange.speech[1:]
    clause = _list(exchange.clause)
    mine = [one for one in attributions if not one.inner and _shares(text, one, first)]
    if not mine:
        told = Attribution(first, cue=_list(exchange.verb), score=UNTAGGED)
        return [*attributions, told]
    fitted = [one for one in attributions if one not in mine]
    for one in mine:
        content = _cut(text, one.content, clause) or one.content
        cue = one.cue if one.cue or one.source else _list(exchange.verb)
        fitted.append(replace(one, content=content, cue=cue))
    return _join_later(text, fitted, later) if len(mine) == 1 else fitted


def _join_later(
    text: str, attributions: list[Attribution], later: Sequence[Span]
) -> list[Attribution]:
    """With what goes on after the clause joined to the last, where it has no source of its own."""
    first = attributions[-1]
    for one in attributions[:-1]:
        if one.inner or one.source or _cut(text, one.content, later):
            continue
        attributions.remove(one)
        attributions[-1] = replace(first, content=(*first.content, *one.content))
        break
    return attributions


def _add_inner(
    text: str, attributions: Sequence[Attribution], exchange: Exchange
) -> list[Attribution]:
    """With a quotation inside a content as one of its own, unless the tagger saw it."""
    if any(not _cut(text, one.content, exchange.speech) for one in attributions):
        return list(attributions)
    told = Attribution(exchange.speech, cue=_list(exchange.verb), inner=True, score=UNTAGGED)
    return [*attributions, told]


def _shares(text: str, one: Attribution, spans: Sequence[Span]) -> bool:
    """Whether the content has letters in the spans."""
    return any(
        any(map(str.isalnum, text[max(a, low) : min(b, high)]))
        for a, b in one.content
        for low, high in spans
        if overlap((a, b), (low, high))
    )


def _cut(text: str, content: Sequence[Span], holes: Sequence[Span]) -> tuple[Span, ...]:
    """What of a content lies outside, without fragments of nothing but marks."""
    parts = [trim_span(text, part) for part in cut_out(content, holes)]
    return tuple(part for part in parts if any(map(str.isalnum, text[part[0] : part[1]])))


def _trim(text: str, span: Span) -> Span:
    """Without the dash that opens the line after it."""
    start, end = span
    return start, start + len(text[start:end].rstrip(_OPENING))


def _choose(attributions: Sequence[Attribution], role: str, exchange: Exchange) -> tuple[Span, ...]:
    """The cue, source or addressee that lies within the clause, the first if there are several."""
    if exchange.clause is None:
        return ()
    low, high = exchange.clause
    found = [
        spans
        for one in attributions
        if (spans := getattr(one, role)) and all(low <= a and b <= high for a, b in spans)
    ]
    return min(found, default=())


def _list(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)
