"""Report -> Tagging.

1. Cut the text, furniture left out, into pieces, and these into overlapping windows.
2. Read the windows; each piece's vector comes from the window whose core it lies in.
3. Decode names and attributions over the whole report at once, so that seams lose nothing;
   a transcript's attributions are told from its layout. What was left out stays out of spans.
4. Pool the vectors of the report's opening and, in the context of the report, of each deed.
5. Read each content once more by itself: within its report a content's vector takes after its
   neighbours', and of the pairs across languages that looked the same so, a sixth were not.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from onrecord.dialogues import find_exchanges
from onrecord.domain import Attribution, Report, Span, Tagging, Vector, Words
from onrecord.tagging.decode import Scored, decode_attributions, decode_names
from onrecord.tagging.deeds import mark_deed
from onrecord.tagging.encoder import Encoder, pool_vectors
from onrecord.tagging.exchanges import fit_exchanges
from onrecord.tagging.layout import SILENT_ZONES, read_layout
from onrecord.tagging.turns import find_turns
from onrecord.tagging.windows import Pieces, Window, cut_windows, split_pieces
from onrecord.text import cut_out, overlap, trim_span

OPENING_PIECES = 96
"""How much of a report finds its story: title and lead, some sixty words."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Plan:
    report: Report
    silent: tuple[Span, ...]
    pieces: Pieces
    windows: list[Window]


def tag_reports(reports: Sequence[Report], encoder: Encoder) -> list[Tagging]:
    """The tagging of each report, in order; a report's is the same in any company."""
    plans = [_plan_report(report, encoder) for report in reports]
    inputs = [plan.pieces.ids[w.start : w.end] for plan in plans for w in plan.windows]
    outputs = iter(encoder.encode_windows(inputs))
    taggings = [_tag_plan(plan, [next(outputs) for _ in plan.windows], encoder) for plan in plans]
    vectors = iter(encoder.embed_texts(list(_list_contents(reports, taggings))))
    return [
        replace(tagging, attributions=tuple(replace(a, vector=next(vectors)) for a in found))
        for tagging in taggings
        for found in (tagging.attributions,)
    ]


def _list_contents(reports: Sequence[Report], taggings: Sequence[Tagging]) -> Iterator[str]:
    for report, tagging in zip(reports, taggings, strict=True):
        for attribution in tagging.attributions:
            yield Words.of(report.text, *attribution.content).text


def _plan_report(report: Report, encoder: Encoder) -> _Plan:
    silent = tuple(zone.span for zone in report.zones if zone.kind in SILENT_ZONES)
    pieces = split_pieces(report.text, encoder.tokenizer, skip=silent)
    return _Plan(report, silent, pieces, cut_windows(report.text, pieces))


def _tag_plan(plan: _Plan, outputs: Sequence[Floats], encoder: Encoder) -> Tagging:
    if not plan.windows:
        return Tagging(plan.report.id, (), ())
    cores = [out[w.core - w.start :] for w, out in zip(plan.windows, outputs, strict=True)]
    hidden = np.concatenate(cores)
    vectors = hidden[plan.pieces.units]
    text, language = plan.report.text, plan.report.language
    layout = read_layout(text, plan.pieces, plan.report.zones, language=language)
    scored = Scored(plan.pieces, vectors, encoder.heads.score_tags(vectors), layout)
    attributions = [
        _silence(one, plan)
        for one in find_turns(plan.report)
        or fit_exchanges(
            text,
            [
                encoder.calibration.calibrate(found)
                for found in decode_attributions(scored, encoder.heads, encoder.costs)
            ],
            find_exchanges(text, language, silent=plan.silent),
        )
    ]
    names = [
        name
        for name in decode_names(scored)
        if not any(overlap(name.span, span) for span in plan.silent)
    ]
    return Tagging(
        plan.report.id,
        tuple(_embed_deed(mark_deed(one, names), plan.pieces, hidden) for one in attributions),
        tuple(names),
        np.concatenate([pool_vectors(hidden[:OPENING_PIECES]), pool_vectors(hidden)]),
    )


def _embed_deed(attribution: Attribution, pieces: Pieces, hidden: Floats) -> Attribution:
    if not attribution.deed:
        return attribution
    return replace(attribution, deed_vector=pool_spans(pieces, hidden, attribution.deed))


def _silence(attribution: Attribution, plan: _Plan) -> Attribution:
    """The attribution without what its spans have of silent zones."""

    def cut(spans: Sequence[Span]) -> tuple[Span, ...]:
        parts = cut_out(spans, plan.silent)
        trimmed = [trim_span(plan.report.text, part) for part in parts]
        return tuple(part for part in trimmed if part[0] < part[1])

    return replace(
        attribution,
        content=cut(attribution.content),
        cue=cut(attribution.cue),
        source=cut(attribution.source),
        addressee=cut(attribution.addressee),
    )


def pool_spans(pieces: Pieces, hidden: Floats, spans: Sequence[Span]) -> Vector:
    """The unit vector of the pieces that begin within the spans."""
    starts = [span[0] for span in pieces.spans]
    chosen = [
        i
        for low, high in spans
        for i in range(bisect.bisect_left(starts, low), bisect.bisect_left(starts, high))
    ]
    return pool_vectors(hidden[chosen])
