"""Checking a quotation against the record.

1. Each statement is held against the quotation: are its words in it, nearly in it, or is it likely
   to render the same?
2. The closest one is the evidence. Parts of the quotation that it lacks are looked for in others.
3. What the quotation does to those words gives the verdict, and who said them and when.

A verdict needs the words themselves, or a likeness that leaves no doubt; what is merely possible
is named in the sentence and no more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.domain import (
    Actor,
    Rendering,
    RenderingKind,
    Span,
    Words,
)
from onrecord.linking.candidates import (
    FEWEST_WORDS,
    PART_WORDS,
    RUN,
    SURE_SHARE,
    Candidate,
    Query,
    Trace,
    trace_candidate,
    word_candidate,
    word_query,
)
from onrecord.linking.likeness import LikenessWeights
from onrecord.linking.quotations import RANKS
from onrecord.linking.renderings import Comparison, compare_wordings
from onrecord.linking.utterances import POSSIBLE
from onrecord.linking.verdicts import (
    Carrier,
    Contrast,
    Finding,
    Named,
    Source,
    Verdict,
    VerdictKind,
    write_denial,
    write_sentence,
)
from onrecord.linking.wording import Token, split_tokens, take_words


def check_quotation(
    query: Query, candidates: Sequence[Candidate], *, weights: Mapping[str, LikenessWeights]
) -> Verdict:
    """The verdict on a quotation; `candidates` are to hold every statement of each utterance.

    Spans of the differences point into `query.text` and into the text of the report of the
    statement that is the evidence (the first of them, where the quotation runs two together).
    `weights` are those of `measure_likeness`. Never raises for any text.
    """
    if not split_tokens(word_query(query, query.language)):
        return Verdict("not in the record", "There are no words in this quotation to look for.")
    traced = (trace_candidate(query, one, weights) for one in candidates)
    traces = sorted(traced, key=lambda trace: trace.rank)
    readable = _leave_translations(traces)
    found = [trace for trace in readable if trace.is_found]
    if found and (found[0].is_quoted or not found[0].clashes):
        return _judge(query, _prefer_fullest(found), traces)
    partial = max((t for t in traces if t.is_partial), key=lambda t: t.common, default=None)
    if partial is not None:
        rest = [one for one in _find_pieces(partial, traces) if one.trace is not partial]
        known = partial.common + sum(len(piece.tokens) for piece in rest)
        if known >= SURE_SHARE * len(partial.here):
            return _judge(query, partial, traces)
    return _deny(query, readable, partial)


def _prefer_fullest(found: Sequence[Trace]) -> Trace:
    """The nearest statement; where that is spliced, the fullest wording if it has the words too.

    A quotation that is word for word what a report has spliced is spliced all the same.
    """
    nearest = found[0].candidate
    kinds = {one.statement: one.kind for one in nearest.utterance.renderings}
    if kinds.get(nearest.statement.id) != "spliced":
        return found[0]
    fullest = (one for one in found if one.is_best and _utterance(one) == _utterance(found[0]))
    return next((one for one in fullest if one.share == found[0].share and one.is_near), found[0])


def _leave_translations(traces: Sequence[Trace]) -> list[Trace]:
    """Those that may be evidence: of no translation where the fullest wording can be read."""
    read = {_utterance(one) for one in traces if one.pair is not None and one.is_best}
    return [one for one in traces if one.pair is not None or _utterance(one) not in read]


@dataclass(frozen=True, slots=True)
class _Piece:
    """Words of the quotation and the candidate that they are from."""

    trace: Trace
    tokens: Sequence[Token]


def _find_pieces(main: Trace, traces: Sequence[Trace]) -> list[_Piece]:
    """The quotation in its order, cut where another statement has the words that `main` lacks."""
    if main.pair is None:
        return [_Piece(main, main.here)]
    others: list[tuple[Span, Trace]] = []
    for op in main.pair.ops:
        low, high = op.here
        if op.kind != "equal" and high - low >= PART_WORDS:
            source = _find_source(main, main.here[low:high], traces)
            others += [((low, high), source)] if source is not None else []
    pieces: list[_Piece] = []
    last = 0
    for (low, high), source in [*others, ((len(main.here),) * 2, main)]:
        pieces += [_Piece(main, main.here[last:low])] if last < low else []
        pieces += [_Piece(source, main.here[low:high])] if low < high else []
        last = high
    return pieces


def _find_source(main: Trace, tokens: Sequence[Token], traces: Sequence[Trace]) -> Trace | None:
    best: tuple[float, Trace] | None = None
    for trace in traces:
        if trace.pair is None or trace.candidate is main.candidate:
            continue
        part = trace.pair.part(tokens)
        runs = sum(op.kind == "equal" for op in part.ops)
        enough = part.common() >= max(PART_WORDS, RUN * runs, SURE_SHARE * len(tokens))
        if enough and (best is None or part.share() > best[0]):
            best = part.share(), trace
    return None if best is None else best[1]


@dataclass(frozen=True, slots=True)
class _Compared:
    """How the whole quotation renders what it is from."""

    kind: RenderingKind
    flags: tuple[str, ...]
    contrasts: tuple[Contrast, ...]
    unquoted: bool
    rest: Trace | None


def _compare(query: Query, main: Trace, traces: Sequence[Trace]) -> _Compared:
    """Compares each piece with its own source; a difference is told of the main one alone."""
    pieces = _find_pieces(main, traces)
    kinds: list[RenderingKind] = []
    flags: list[str] = []
    contrasts: list[Contrast] = []
    for piece in pieces:
        compared = _compare_piece(query, piece, whole=len(pieces) == 1)
        kinds.append(_name_piece(piece.trace, compared, len(piece.tokens)))
        flags += compared.flags
        if piece.trace is main:
            contrasts += [Contrast(one.op, one.here, one.best) for one in compared.differences]
            added = _find_added(query, piece.tokens, compared)
            contrasts += added
            kinds += ["reworded"] if added else []
    rest = [piece.trace for piece in pieces if piece.trace is not main]
    foreign = [one for one in rest if _utterance(one) != _utterance(main)]
    if rest:
        kinds.append("spliced" if foreign else "trimmed")
    kind = max(kinds, key=lambda one: RANKS.index(one) if one in RANKS else len(RANKS))
    told = kind != "paraphrased" or main.is_near
    unquoted = main.is_unquoted and (main.is_included or main.is_near)
    return _Compared(
        kind="paraphrased" if unquoted else kind,
        flags=tuple(dict.fromkeys(flags)) if told else (),
        contrasts=tuple(contrasts) if told else (),
        unquoted=unquoted,
        rest=foreign[0] if foreign else None,
    )


def _compare_piece(query: Query, piece: _Piece, *, whole: bool) -> Comparison:
    best = word_candidate(piece.trace.candidate)
    language = query.language if piece.trace.pair is None else best.language
    here = word_query(query, language, () if whole else piece.tokens)
    return compare_wordings(best, here, similarity=piece.trace.meaning)


def _name_piece(trace: Trace, compared: Comparison, size: int) -> RenderingKind:
    if trace.pair is None:
        return "translated"
    if trace.is_included:  # a single word, too, which else says too little of where it is from
        return "verbatim" if size == len(trace.pair.best_tokens) else "trimmed"
    return compared.kind if trace.is_quoted or trace.is_partial else "paraphrased"


def _find_added(query: Query, tokens: Sequence[Token], compared: Comparison) -> list[Contrast]:
    """The words of whole sentences that the source doesn't have, which comparing leaves out."""
    low, high = compared.covered[0][0], compared.covered[-1][1]
    before = [token for token in tokens if token.end <= low]
    after = [token for token in tokens if token.start >= high]
    found = (take_words(query.text, some) for some in (before, after))
    return [Contrast("added", words, None) for words in found if words is not None]


def _utterance(trace: Trace) -> str:
    return trace.candidate.utterance.id


def _judge(query: Query, main: Trace, traces: Sequence[Trace]) -> Verdict:
    compared = _compare(query, main, traces)
    candidate = main.candidate
    utterance, speaker = candidate.utterance, candidate.speaker
    own = [trace for trace in traces if _utterance(trace) == utterance.id]
    carriers = sorted((trace.candidate for trace in own), key=lambda one: one.order)
    verdict = _name_verdict(main, compared)
    finding = Finding(
        verdict=verdict,
        rendering=compared.kind,
        source=_source(candidate),
        reports=len({one.report.id for one in carriers}),
        exact=len({one.candidate.report.id for one in own if one.is_included}),
        asked=query.by,
        asked_matches=main.by,
        asked_on=query.on,
        unquoted=compared.unquoted,
        flags=compared.flags,
        telling=tuple(one for one in compared.contrasts if not _is_end(one, candidate)),
        others=_list_others(carriers, speaker),
        rest=None if compared.rest is None else _source(compared.rest.candidate),
        fuller=_find_fuller(candidate, carriers),
        departs=_departs(candidate),
        similar=_find_similar(traces) if verdict == "said by someone else" else None,
    )
    return Verdict(
        verdict=verdict,
        sentence=write_sentence(finding),
        utterance=utterance.id,
        statement=candidate.statement.id,
        speaker=None if speaker is None else Named(speaker.id, speaker.name),
        said_on=utterance.said_on,
        reports=tuple(map(_carry, carriers)),
        differences=compared.contrasts,
    )


def _name_verdict(main: Trace, compared: _Compared) -> VerdictKind:
    asked_for = compared.rest is not None and compared.rest.by is True
    if main.by is False and not asked_for:
        return "said by someone else"
    return "said on another occasion" if main.late else compared.kind


def _source(candidate: Candidate) -> Source:
    speaker = candidate.speaker
    return Source(
        who=None if speaker is None else speaker.name,
        said_on=candidate.utterance.said_on,
        words=candidate.statement.content.text,
    )


def _is_end(contrast: Contrast, candidate: Candidate) -> bool:
    """Whether the words are left out at an end of the statement."""
    if contrast.op != "missing" or contrast.record is None:
        return False
    tokens = split_tokens(word_candidate(candidate))
    return contrast.record.start <= tokens[0].start or contrast.record.end >= tokens[-1].end


def _list_others(carriers: Sequence[Candidate], speaker: Actor | None) -> tuple[str, ...]:
    known = None if speaker is None else speaker.id
    named = [one.named for one in carriers if one.named is not None and one.named.id != known]
    return tuple(dict.fromkeys(actor.name for actor in named))


def _find_fuller(candidate: Candidate, carriers: Sequence[Candidate]) -> str | None:
    """The fullest wording in the language of the evidence, where that is cut or departs from it."""
    utterance, language = candidate.utterance, candidate.content.language
    if candidate.statement.id == utterance.best or _rendering(candidate).kind == "verbatim":
        return None
    best = (one for one in carriers if one.statement.id == utterance.best)
    return next((one.content.text for one in best if one.content.language == language), None)


def _departs(candidate: Candidate) -> bool:
    rendering = _rendering(candidate)
    return rendering.kind in ("spliced", "reworded") or bool(rendering.flags)


def _rendering(candidate: Candidate) -> Rendering:
    own = candidate.statement.id
    return next(one for one in candidate.utterance.renderings if one.statement == own)


def _find_similar(traces: Sequence[Trace]) -> str | None:
    asked = (t for t in traces if t.by is True and t.is_found and t.is_quoted)
    return next((trace.candidate.statement.content.text for trace in asked), None)


def _carry(candidate: Candidate) -> Carrier:
    rendering = _rendering(candidate)
    words = Words.of(candidate.report.text, *(rendering.spans or candidate.statement.content.spans))
    return Carrier(
        candidate.report.id, candidate.report.path, rendering.kind, words.text, words.spans
    )


def _deny(query: Query, traces: Sequence[Trace], partial: Trace | None) -> Verdict:
    if partial is not None and partial.pair is not None:
        common = [op.here for op in partial.pair.ops if op.kind == "equal"]
        low, high = max(common, key=lambda span: span[1] - span[0])
        words = take_words(query.text, partial.here[low:high])
        part = None if words is None else words.text
        sentence = write_denial(nearest=_source(partial.candidate), part=part)
        return Verdict("not in the record", sentence)
    enough = len(traces) > 0 and len(traces[0].here) >= FEWEST_WORDS
    near = max(traces, key=lambda trace: trace.likeness, default=None)
    possible = enough and near is not None and near.likeness >= POSSIBLE
    nearest = _source(near.candidate) if near is not None and possible else None
    return Verdict("not in the record", write_denial(nearest=nearest, asked=query.by))
