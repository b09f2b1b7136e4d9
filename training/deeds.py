"""Deeds to fit acts to: PLOVER's sentences, and attributions whose cue is in a word list.

PLOVER has no plain saying, and none of its sentences is German; so the attribution corpora give
deeds as the product meets them. Their codes are those of the word lists: STATE where the content
doesn't tell of the speaker's own doing, and the codes that PLOVER has too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.acts import Sample

from corpora import read_rows
from onrecord.domain import Attribution, Report, Zone
from onrecord.statements.acts import STATE, find_listed
from onrecord.statements.clauses import find_clauses
from onrecord.statements.doing import tells_of_oneself
from onrecord.statements.vocabulary import load_vocabulary
from onrecord.tagging.decode import Scored, decode_names
from onrecord.tagging.deeds import mark_deed
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.layout import read_layout
from onrecord.tagging.tagger import pool_spans
from onrecord.tagging.windows import Pieces, cut_windows, split_pieces

SEED = 4


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as the encoder has read it."""

    scored: Scored
    pieces: Pieces
    hidden: np.ndarray


def read_attributions(path: Path, encoder: Encoder, *, count: int) -> Iterator[Sample]:
    """The deeds of `count` reports of a corpus whose cues are listed, without their words.

    The words are left out so that the model learns from the vectors what the lists know already.
    """
    rows = read_rows(path)
    chosen = np.random.default_rng(SEED).permutation(len(rows))[:count]
    for row in (rows[i] for i in sorted(chosen)):
        yield from _read_row(row, encoder)


def _read_row(row: dict, encoder: Encoder) -> Iterator[Sample]:
    text, language = row["text"], row["lang"]
    report = Report("x", "x", "x", text, language, (Zone("body", (0, len(text))),))
    read = _read_text(text, encoder)
    names = decode_names(read.scored)
    found = [
        Attribution(*(tuple(map(tuple, one[role])) for role in ("content", "cue", "source")))
        for one in row["attributions"]
        if one["content"] and one["cue"]
    ]
    for number, one in enumerate(found):
        clauses = find_clauses(report, one, [*found[:number], *found[number + 1 :]])
        if clauses is None:
            continue
        cues = [(start - clauses.offset, end - clauses.offset) for start, end in one.cue]
        code = find_listed(clauses.text, cues, language)
        own = tells_of_oneself(text, one, load_vocabulary(language))
        if code is not None and not (code == STATE and own):
            deed = mark_deed(one, names).deed
            yield Sample("", pool_spans(read.pieces, read.hidden, deed), language, code)


def _read_text(text: str, encoder: Encoder) -> _Read:
    pieces = split_pieces(text, encoder.tokenizer)
    hidden = np.concatenate(
        [
            encoder.encode_window(pieces.ids[w.start : w.end])[w.core - w.start :]
            for w in cut_windows(text, pieces)
        ]
    )
    vectors = hidden[pieces.units]
    scored = Scored(pieces, vectors, encoder.heads.score_tags(vectors), read_layout(text, pieces))
    return _Read(scored, pieces, hidden)
