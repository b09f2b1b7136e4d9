"""Embed the sentences that keep the space in place, with the starting weights.

python training/teach.py --base e5-small-q4.bin --data DATA --work work
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from base import read_base
from corpora import read_attributions, read_rows
from model import Encoder
from onrecord.tagging.encoder import PieceTokenizer
from settings import parser
from vocabulary import build_model

SHARE = 0.4
SEED = 7


def collect_texts(data: Path, tokenizer: PieceTokenizer) -> list[str]:
    """All plain sentences, a share of the named ones, and the contents and sentences of reports."""
    rng = random.Random(SEED)
    texts: dict[str, None] = {}
    for path in sorted(data.glob("sentences-*.jsonl.gz")):
        texts.update({row["text"]: None for row in read_rows(path)})
    for path in sorted(data.glob("names-*.train.jsonl.gz")):
        texts.update({row["text"]: None for row in read_rows(path)[:1500]})
    for name in ("polnear.train", "wikinews-de.train"):
        documents = read_attributions(data / f"{name}.jsonl.gz", tokenizer)
        for document in rng.sample(documents, int(len(documents) * SHARE)):
            texts.update({text: None for _, text in document.anchors})
    return [text for text in texts if 8 <= len(text) <= 600]


def embed_texts(
    encoder: Encoder, texts: list[str], tokenizer: PieceTokenizer, size: int = 4096
) -> np.ndarray:
    """Unit vectors [N, hidden] of "query: " + text, the mean over all pieces (Wang et al. 2024)."""
    rows = [[0, *tokenizer.encode("query: " + text)[0][:400], 2] for text in texts]
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    found = np.zeros((len(rows), encoder.norm.weight.shape[0]), dtype=np.float16)
    at, began = 0, time.time()
    while at < len(order):
        count = max(1, size // len(rows[order[min(at + size // 16, len(order) - 1)]]))
        chosen = order[at : at + count]
        lengths = torch.tensor([len(rows[i]) for i in chosen])
        ids = torch.ones(len(chosen), int(lengths.max()), dtype=torch.long)
        for row, i in zip(ids, chosen, strict=True):
            row[: len(rows[i])] = torch.tensor(rows[i])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            hidden = encoder(ids, lengths).float()
        seen = (torch.arange(ids.shape[1])[None] < lengths[:, None])[..., None]
        found[chosen] = F.normalize((hidden * seen).sum(1), dim=1).numpy()
        at += count
        print(f"\r{at}/{len(order)} {time.time() - began:.0f} s", end="", flush=True)
    print()
    return found


def main() -> None:
    """Write `teacher.npz`: texts and their vectors."""
    arguments = parser(__doc__).parse_args()
    torch.set_num_threads(2)
    base = read_base(arguments.base)
    tokenizer = PieceTokenizer(build_model(base))
    texts = collect_texts(arguments.data, tokenizer)
    vectors = embed_texts(Encoder(base).eval(), texts, tokenizer)
    arguments.work.mkdir(parents=True, exist_ok=True)
    np.savez(arguments.work / "teacher.npz", texts=np.array(texts, dtype=object), vectors=vectors)


if __name__ == "__main__":
    main()
