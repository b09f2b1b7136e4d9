"""Read dev with the float model, or with the shipped file, and score it.

python training/evaluate.py $ARGS --scorer SCORER --name final
python training/evaluate.py $ARGS --scorer SCORER --set standard
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from base import read_base
from corpora import read_rows
from model import Tagger, load_checkpoint
from onrecord.domain import Report, Zone
from onrecord.tagging.decode import Scored, StartCosts, decode_attributions
from onrecord.tagging.encoder import Encoder, PieceTokenizer, choose_weights
from onrecord.tagging.heads import Heads
from onrecord.tagging.layout import read_layout
from onrecord.tagging.tagger import tag_reports
from onrecord.tagging.windows import cut_windows, split_pieces
from settings import parser
from vocabulary import build_model

Reader = Callable[[str], list[dict]]


def export_heads(tagger: Tagger) -> Heads:
    """The heads of a trained tagger as numpy arrays."""
    return Heads(
        {
            k: v.detach().numpy()
            for k, v in tagger.state_dict().items()
            if not k.startswith("encoder.")
        }
    )


@dataclass
class FloatReader:
    """Reads texts with the float model, as the shipped encoder does with the exported one.

    `keep` maps a cut vocabulary's ids back to the base's.
    """

    tagger: Tagger
    tokenizer: PieceTokenizer
    keep: np.ndarray | None = None

    def encode(self, ids: np.ndarray) -> np.ndarray:
        """The vectors of one window's pieces."""
        opening = self.tokenizer.opening
        whole = np.array([*opening, *ids, self.tokenizer.closing])
        whole = whole if self.keep is None else self.keep[whole]
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            found = self.tagger.encoder(torch.from_numpy(whole)[None], torch.tensor([len(whole)]))
        return found.float()[0].numpy()[len(opening) : -1]

    def score_text(self, text: str) -> Scored:
        """Vectors and tag scores of all units."""
        pieces = split_pieces(text, self.tokenizer)
        cores = [
            self.encode(pieces.ids[w.start : w.end])[w.core - w.start :]
            for w in cut_windows(text, pieces)
        ]
        vectors = np.concatenate(cores)[pieces.units]
        tags = export_heads(self.tagger).score_tags(vectors)
        return Scored(pieces, vectors, tags, read_layout(text, pieces))


def read_float(reader: FloatReader, costs: StartCosts) -> Reader:
    """A reader of texts with the float model."""
    heads = export_heads(reader.tagger)
    return lambda text: [
        asdict(a) for a in decode_attributions(reader.score_text(text), heads, costs)
    ]


def read_shipped(encoder: Encoder, language: str, *, inner: bool) -> Reader:
    """A reader of texts in a language with a shipped file, rules of layout included.

    With or without what is said within what is said: PolNeAR doesn't mark it.
    """

    def read(text: str) -> list[dict]:
        report = Report("x", "x", "x", text, language, (Zone("body", (0, len(text))),))
        return [
            {"content": a.content, "cue": a.cue, "source": a.source}
            for a in tag_reports([report], encoder)[0].attributions
            if a.source or not a.inner  # no statement is made of the others
            if inner or not a.inner
        ]

    return read


def predict(rows: list[dict], read: Reader) -> list[dict]:
    """Predictions in the scorer's format."""
    return [
        {
            "doc": row["doc"],
            "attributions": [
                {role: a[role] for role in ("content", "cue", "source")} for a in read(row["text"])
            ],
        }
        for row in rows
    ]


def score(predictions: list[dict], gold: Path, scorer: Path, work: Path) -> dict:
    """What the corpus scorer prints."""
    path, documents = work / "predictions.jsonl", work / "documents.txt"
    path.write_text("".join(json.dumps(row) + "\n" for row in predictions))
    documents.write_text("\n".join(row["doc"] for row in predictions))
    command = [sys.executable, scorer, path, gold, "--compact", "--only-docs", documents]
    out = subprocess.run(list(map(str, command)), check=True, capture_output=True)
    return json.loads(out.stdout)


def main() -> None:
    """Print the scores of both dev sets."""
    arguments = parser(__doc__)
    arguments.add_argument("--name", help="a checkpoint")
    arguments.add_argument("--set", help="a shipped set of weights")
    arguments.add_argument("--costs", type=json.loads, default={}, help="start costs, as JSON")
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--limit", type=int)
    parsed = arguments.parse_args()
    torch.set_num_threads(1)
    encoder = Encoder(choose_weights(parsed.set)) if parsed.set else None
    if encoder is None:
        base = read_base(parsed.base)
        tagger = Tagger(base).eval()
        load_checkpoint(tagger, parsed.work / f"{parsed.name}.pt")
        read = read_float(
            FloatReader(tagger, PieceTokenizer(build_model(base))), StartCosts(**parsed.costs)
        )
    for corpus, language in (("polnear.dev", "en"), ("wikinews-de.dev", "de")):
        if encoder is not None:
            read = read_shipped(encoder, language, inner=corpus.startswith("wikinews"))
        gold = parsed.data / f"{corpus}.jsonl.gz"
        result = score(
            predict(read_rows(gold)[: parsed.limit], read), gold, parsed.scorer, parsed.work
        )
        print(corpus, json.dumps({part: result[part] for part in ("all", "direct")}, indent=1))


if __name__ == "__main__":
    main()
