"""Write the shipped weights file and check it against the float model.

python training/export.py $ARGS --name final --set standard --licence "CC BY-NC-SA 4.0"
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
import zipfile
from collections import Counter
from pathlib import Path

import numpy as np
import onnx
import torch

from base import Base, read_base
from corpora import read_rows
from evaluate import FloatReader, export_heads
from graph import build_graph, quantise_body
from model import Tagger, load_checkpoint
from onrecord.tagging.encoder import Encoder, PieceTokenizer, WeightsChoice
from onrecord.tagging.windows import cut_windows, split_pieces
from settings import parser
from vocabulary import build_model

WEIGHTS = Path(__file__).parent.parent / "src/onrecord/tagging/weights"
PRIOR = 3_000_000
"""Pieces of general text that a piece's unigram score stands for beside the corpora's counts."""


def read_texts(data: Path) -> dict[str, list[str]]:
    """All texts of the corpora that may be trained on, by language."""
    texts: dict[str, list[str]] = {}
    for path in sorted(data.glob("*.jsonl.gz")):
        if path.name.startswith(("polnear.train", "wikinews-de.train", "sentences-")) or (
            path.name.startswith("names-") and ".train." in path.name
        ):
            for row in read_rows(path):
                texts.setdefault(row["lang"], []).append(row["text"])
    return texts


def choose_pieces(base: Base, texts: dict[str, list[str]], size: int) -> np.ndarray:
    """The specials, then the pieces needed most, by the corpora and by their unigram scores."""
    tokenizer = PieceTokenizer(build_model(base))
    counts = Counter(
        i for found in texts.values() for text in found for i in tokenizer.encode(text)[0]
    )
    specials = sorted(base.specials.values())
    worth = {
        i: counts[i] + PRIOR * math.exp(score)
        for i, (_, score) in enumerate(base.pieces)
        if i not in specials
    }
    ranked = sorted(worth, key=lambda i: (-worth[i], i))[: size - len(specials)]
    return np.array([*specials, *sorted(ranked)])


def measure_means(
    encoder: Encoder, texts: dict[str, list[str]], count: int = 600
) -> dict[str, np.ndarray]:
    """The mean vector of sentences of each language, and of all languages alike."""
    rng = np.random.default_rng(0)
    means = {}
    for language, found in sorted(texts.items()):
        sentences = [text[:400] for text in found if len(text) > 30]
        chosen = [sentences[i] for i in rng.permutation(len(sentences))[:count]]
        means[language] = np.mean([encoder.embed_text(text) for text in chosen], 0).astype(
            np.float32
        )
    means["all"] = np.mean(list(means.values()), 0).astype(np.float32)
    return means


def pack_arrays(arrays: dict[str, np.ndarray]) -> bytes:
    """An .npz file in memory."""
    sink = io.BytesIO()
    np.savez(sink, **arrays)
    return sink.getvalue()


def write_weights(path: Path, parts: dict[str, bytes]) -> str:
    """Write the zip, the same bytes for the same parts; returns its SHA-256."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            archive.writestr(
                zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def compare(encoder: Encoder, reader: FloatReader, texts: list[str]) -> float:
    """The mean cosine of the shipped file's vectors and the float model's, same pieces."""
    found = []
    for text in texts:
        pieces = split_pieces(text, encoder.tokenizer)
        for window in cut_windows(text, pieces)[:2]:
            ours = encoder.encode_window(pieces.ids[window.start : window.end])
            theirs = reader.encode(pieces.ids[window.start : window.end])
            lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
            found.append(((ours * theirs).sum(1) / lengths).mean())
    return float(np.mean(found))


def main() -> None:
    """Write the file, its entry in the index, and print how well it keeps to the float model."""
    arguments = parser(__doc__)
    arguments.add_argument("--name", required=True, help="the checkpoint")
    arguments.add_argument("--set", required=True, help="the name of the set of weights")
    arguments.add_argument("--licence", required=True)
    arguments.add_argument("--pieces", type=int, default=80_000)
    arguments.add_argument("--fitted", type=Path, default=Path("work/fitted.json"))
    run(arguments.parse_args())


def run(parsed: argparse.Namespace) -> None:
    """All of the step."""
    base = read_base(parsed.base)
    tagger = Tagger(base).eval()
    load_checkpoint(tagger, parsed.work / f"{parsed.name}.pt")
    texts = read_texts(parsed.data)
    keep = choose_pieces(base, texts, parsed.pieces)
    plain, small = parsed.work / "plain.onnx", parsed.work / "small.onnx"
    onnx.save(build_graph(tagger.encoder, keep), plain)
    quantise_body(plain, small)
    fitted = json.loads(parsed.fitted.read_text())
    parts = {
        "encoder.onnx": small.read_bytes(),
        "pieces.model": build_model(base, keep.tolist()),
        "heads.npz": pack_arrays(export_heads(tagger).arrays),
        "means.npz": pack_arrays({"all": np.zeros(base.hidden, np.float32)}),
        "meta.json": json.dumps({"licence": parsed.licence, **fitted}).encode(),
    }
    path = WEIGHTS / f"{parsed.set}.weights"
    path.parent.mkdir(exist_ok=True)
    encoder = Encoder(WeightsChoice(path, write_weights(path, parts)))
    parts["means.npz"] = pack_arrays(measure_means(encoder, texts))
    digest = write_weights(path, parts)
    write_index(parsed.set, path.name, digest, parsed.licence)
    torch.set_num_threads(2)
    reader = FloatReader(tagger, encoder.tokenizer, keep)
    sample = [row["text"] for row in read_rows(parsed.data / "wikinews-de.dev.jsonl.gz")[:8]]
    sample += [row["text"] for row in read_rows(parsed.data / "polnear.dev.jsonl.gz")[:8]]
    print(
        json.dumps(
            {
                "file": path.name,
                "bytes": path.stat().st_size,
                "sha256": digest,
                "cosine_to_float": round(compare(encoder, reader, sample), 4),
            }
        )
    )


def write_index(name: str, file: str, digest: str, licence: str) -> None:
    """Put the set's entry into `index.toml`, in place of an earlier one."""
    path = WEIGHTS / "index.toml"
    entries = path.read_text().split("\n\n") if path.exists() else []
    entries = [
        entry.strip() for entry in entries if not entry.startswith(f"[{name}]") and entry.strip()
    ]
    entries.append(f'[{name}]\nfile = "{file}"\nsha256 = "{digest}"\nlicence = "{licence}"')
    path.write_text("\n\n".join(sorted(entries)) + "\n")


if __name__ == "__main__":
    main()
