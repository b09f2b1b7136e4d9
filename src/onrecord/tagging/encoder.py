"""The encoder: a weights file in, one vector for each piece of a text out.

A weights file is an uncompressed zip of `encoder.onnx` (the body), `pieces.model` (a sentencepiece
model), `heads.npz` (the heads), `means.npz` (the mean sentence vector of each language) and
`meta.json` (start costs, what linking was fitted to, licence). It is named by a
path and a checksum; nothing is ever fetched. This module alone imports onnxruntime.
"""

from __future__ import annotations

import hashlib
import io
import json
import tomllib
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import sentencepiece
from numpy.typing import NDArray

from onrecord.domain import Span, Vector
from onrecord.errors import WeightsError
from onrecord.tagging.confidence import Calibration
from onrecord.tagging.decode import StartCosts
from onrecord.tagging.heads import Heads
from onrecord.tagging.windows import Pieces, split_pieces

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

PREFIX = "query: "
WEIGHTS = Path(__file__).parent / "weights"
LONG_WORD = 8
"""Letters beyond which a word counts no more in a sentence's vector."""
LONGEST = 400
"""Pieces that `embed_text` reads at most: the encoder has places for 512."""


@dataclass(frozen=True, slots=True)
class WeightsChoice:
    """A weights file and the SHA-256 that it must have."""

    path: Path
    sha256: str


def list_weights() -> dict[str, str]:
    """The names of the shipped sets of weights, with the licence of each."""
    return {name: entry["licence"] for name, entry in _read_index().items()}


def choose_weights(name: str) -> WeightsChoice:
    """The shipped set of that name. Raises WeightsError where there is none."""
    index = _read_index()
    if name not in index:
        raise WeightsError(f"no weights named {name!r}; there are: {', '.join(sorted(index))}")
    return WeightsChoice(WEIGHTS / index[name]["file"], index[name]["sha256"])


def _read_index() -> dict[str, Any]:
    index = WEIGHTS / "index.toml"
    if not index.is_file():
        raise WeightsError(f"{index}: no such list of weights")
    return tomllib.loads(index.read_text(encoding="utf-8"))


class PieceTokenizer:
    """sentencepiece, with offsets in code points."""

    def __init__(self, model: bytes) -> None:
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)

    def encode(self, text: str) -> tuple[list[int], list[Span]]:
        """Piece ids, and the code points that each piece was made from."""
        found = self._processor.encode(text, return_type="offset_mapping")
        return found["ids"], found["offsets"]

    @property
    def closing(self) -> int:
        """The piece that ends every input."""
        return int(self._processor.eos_id())

    @property
    def opening(self) -> list[int]:
        """The pieces that begin every input: the opening mark and E5's prefix."""
        return [int(self._processor.bos_id()), *self.encode(PREFIX)[0]]


class Encoder:
    """The loaded encoder. Windows are read one at a time, so that no batch changes a result.

    Dynamic quantisation scales by the largest value of its input: in a batch, a report's vectors
    would depend on its neighbours. Threads read several windows at once instead.
    """

    def __init__(self, choice: WeightsChoice, *, threads: int = 2) -> None:
        data = _read_checked(choice)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.meta: dict[str, Any] = json.loads(archive.read("meta.json"))
            self.tokenizer = PieceTokenizer(archive.read("pieces.model"))
            self.heads = Heads(_read_arrays(archive, "heads.npz"))
            self.means = _read_arrays(archive, "means.npz")
            self._session = _open_session(archive.read("encoder.onnx"))
        self.costs = StartCosts(**self.meta["start_costs"])
        self.calibration = Calibration.of(self.meta.get("confidence", {}))
        self.checksum = choice.sha256
        self._threads = threads
        self._opening = self.tokenizer.opening

    def encode_windows(self, windows: Sequence[Integers]) -> list[Floats]:
        """For each window's piece ids the vectors [pieces, hidden], in order."""
        if self._threads < 2 or len(windows) < 2:
            return [self.encode_window(ids) for ids in windows]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self.encode_window, windows))

    def encode_window(self, ids: Integers) -> Floats:
        """The vectors [pieces, hidden] of one window."""
        whole = np.concatenate([self._opening, ids, [self.tokenizer.closing]]).astype(np.int64)
        (vectors,) = self._session.run(None, {"ids": whole})
        body: Floats = vectors[len(self._opening) : -1]
        return body

    def embed_text(self, text: str) -> Vector:
        """The unit vector of a sentence or two, in the pieces that a report's are cut into.

        Zeros for a text without a word.
        """
        return self.embed_texts([text])[0]

    def embed_texts(self, texts: Sequence[str]) -> list[Vector]:
        """`embed_text` of each, several at once."""
        cut = [split_pieces(text, self.tokenizer) for text in texts]
        windows = self.encode_windows([pieces.ids[:LONGEST] for pieces in cut])
        return [
            pool_vectors(vectors, weigh_words(text, pieces)[:LONGEST])
            for vectors, text, pieces in zip(windows, texts, cut, strict=True)
        ]


def weigh_words(text: str, pieces: Pieces) -> Floats:
    """What each piece counts in a sentence's vector: each word its letters, up to `LONG_WORD`.

    Short words say little of what is talked about (most are articles and prepositions), and
    statements that differ in nothing but what they are about have all of them in common. Marks
    count only where there is nothing else.
    """
    letters = [
        min(LONG_WORD, sum(character.isalnum() for character in text[start:end]))
        for start, end in pieces.unit_spans
    ]
    sizes = np.diff([*pieces.units, len(pieces.ids)])
    weights = np.repeat(np.array(letters) / sizes, sizes).astype(np.float32)
    return weights if weights.any() else np.ones_like(weights)


def pool_vectors(vectors: Floats, weights: Floats | None = None) -> Vector:
    """The mean of vectors [N, hidden] at length one; zeros where there are none."""
    if not len(vectors):
        return np.zeros(vectors.shape[1], dtype=np.float32)
    mean = vectors.mean(0) if weights is None else weights @ vectors / weights.sum()
    unit: Vector = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return unit


def _read_checked(choice: WeightsChoice) -> bytes:
    if not choice.path.is_file():
        raise WeightsError(f"{choice.path}: no such weights file")
    data = choice.path.read_bytes()
    if hashlib.sha256(data).hexdigest() != choice.sha256:
        raise WeightsError(f"{choice.path}: not the file it should be (its SHA-256 differs)")
    return data


def _read_arrays(archive: zipfile.ZipFile, name: str) -> dict[str, Floats]:
    return dict(np.load(io.BytesIO(archive.read(name))))


def _open_session(model: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
