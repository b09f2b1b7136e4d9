"""Pieces and scores -> a sentencepiece model, whole or cut to its most useful pieces."""

from __future__ import annotations

import sentencepiece
from sentencepiece import sentencepiece_model_pb2 as schema

from base import Base

KINDS = {"bos": "CONTROL", "pad": "CONTROL", "eos": "CONTROL", "unk": "UNKNOWN"}


def build_model(base: Base, keep: list[int] | None = None) -> bytes:
    """A sentencepiece unigram model of the pieces `keep` (all where None), in that order.

    The ids of the specials must come first in `keep`. XLM-R's normalisation (`nmt_nfkc`) is
    taken from sentencepiece itself.
    """
    proto = schema.ModelProto()
    proto.ParseFromString(_normaliser())
    del proto.pieces[:]
    ids = list(range(len(base.pieces))) if keep is None else keep
    names = {number: name for name, number in base.specials.items()}
    for old in ids:
        text, score = base.pieces[old]
        piece = proto.pieces.add(piece=text, score=score)
        if old in names:
            piece.type = schema.ModelProto.SentencePiece.Type.Value(KINDS[names[old]])
    spec = proto.trainer_spec
    spec.model_type = schema.TrainerSpec.UNIGRAM
    spec.vocab_size = len(ids)
    for name, old in base.specials.items():
        setattr(spec, f"{name}_id", ids.index(old))
        setattr(spec, f"{name}_piece", base.pieces[old][0])
    return proto.SerializeToString()


def _normaliser() -> bytes:
    """A throw-away model, for the compiled normalisation rules that it carries."""
    sink: list[bytes] = []

    class Writer:
        def write(self, data: bytes) -> None:
            sink.append(data)

    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h"] * 9),
        model_writer=Writer(),
        vocab_size=12,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    return b"".join(sink)
