"""Things of the domain <-> columns of a row: nested values as JSON, vectors as float32 bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

from onrecord.domain import Attribution, Vector

Column = str | int | float | bytes | None
Columns = dict[str, Column]
Reader = Callable[[Any], Any]
Thing = TypeVar("Thing")
Row = Mapping[str, Any] | sqlite3.Row

# A vector is stored beside the JSON, not in it.
_VECTOR = "vector"
_PASSING = "deed_vector"
"""What a field is called that only passes from tagging to statements, and isn't kept."""


def to_plain(value: Any) -> Any:
    """The value as JSON has it: things as objects without their vectors, tuples as lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    if is_dataclass(value):
        kind: Any = type(value)
        return {name: to_plain(getattr(value, name)) for name in _readers(kind)}
    return value


def to_json(value: Any) -> str:
    """The JSON of `to_plain`, with every character as itself."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_plain(kind: Any, value: Any) -> Any:
    """The value of type `kind` that `to_plain` made `value` of."""
    return _make_reader(kind)(value)


def to_columns(thing: Any, *, without: tuple[str, ...] = ()) -> Columns:
    """One column for each field of a thing, but for those named in `without`."""
    kind: Any = type(thing)
    return {
        name: _to_column(name, getattr(thing, name))
        for name in _list_fields(kind)
        if name not in without
    }


def from_columns(kind: type[Thing], row: Row, **given: Any) -> Thing:
    """The thing that a row holds; fields that other tables hold are `given`."""
    of_kind: Any = kind
    for name, read in _column_readers(of_kind).items():
        if name not in given:
            value = row[name]
            given[name] = value if value is None else read(value)
    return kind(**given)


def to_blob(vector: Vector | None) -> bytes | None:
    """The bytes of a vector, little-endian float32."""
    return None if vector is None else np.asarray(vector, dtype="<f4").tobytes()


def from_blob(blob: bytes | None) -> Vector | None:
    """The vector (read-only) whose bytes these are."""
    return None if blob is None else np.frombuffer(blob, dtype="<f4")


def to_attribution_columns(attributions: tuple[Attribution, ...]) -> Columns:
    """Attributions as JSON, and their vectors as the rows of one blob, numbered in the JSON."""
    plain: list[Any] = []
    vectors: list[Vector] = []
    for attribution in attributions:
        entry = to_plain(attribution)
        if attribution.vector is not None:
            entry[_VECTOR] = len(vectors)
            vectors.append(attribution.vector)
        plain.append(entry)
    blob = to_blob(np.stack(vectors)) if vectors else b""
    return {"attributions": to_json(tuple(plain)), "attribution_vectors": blob}


def from_attribution_columns(row: Row) -> tuple[Attribution, ...]:
    """The attributions that `to_attribution_columns` laid out, with their vectors."""
    plain = json.loads(row["attributions"])
    count = sum(_VECTOR in entry for entry in plain)
    vectors = np.frombuffer(row["attribution_vectors"], dtype="<f4") if count else np.empty(0)
    rows = vectors.reshape(count, -1) if count else vectors
    read = _readers(Attribution)
    return tuple(
        Attribution(
            **{name: read[name](entry[name]) for name in read if name in entry},
            vector=rows[entry[_VECTOR]] if _VECTOR in entry else None,
        )
        for entry in plain
    )


def _to_column(name: str, value: Any) -> Column:
    if name == _VECTOR:
        return to_blob(value)
    if value is None or isinstance(value, str | int | float):
        return value
    return to_json(value)


@cache
def _list_fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _readers(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind) if field.name not in (_VECTOR, _PASSING)]
    return {name: _make_reader(hints[name]) for name in names}


@cache
def _column_readers(kind: Any) -> dict[str, Reader]:
    hints = get_type_hints(kind)
    return {name: _make_column_reader(hints[name], read) for name, read in _readers(kind).items()}


def _make_column_reader(hint: Any, read: Reader) -> Reader:
    nested = [hint, *get_args(hint)]
    if any(get_origin(part) is tuple or is_dataclass(part) for part in nested):
        return lambda text: read(json.loads(text))
    return read


def _make_reader(hint: Any) -> Reader:
    if is_dataclass(hint):
        return lambda value: _read_thing(hint, value)
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = (_make_reader(part) for part in parts if part is not type(None))
        return lambda value: None if value is None else inner(value)
    if origin is not tuple:
        return _read_same
    if parts[-1] is Ellipsis:
        item = _make_reader(parts[0])
        return lambda value: tuple(map(item, value))
    items = [_make_reader(part) for part in parts]
    return lambda value: tuple(read(entry) for read, entry in zip(items, value, strict=True))


def _read_thing(kind: Any, value: Mapping[str, Any]) -> Any:
    # What an earlier version didn't store has its default.
    readers = _readers(kind).items()
    return kind(**{name: read(value[name]) for name, read in readers if name in value})


def _read_same(value: Any) -> Any:
    return value
