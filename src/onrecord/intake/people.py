"""Lists of people and organisations: FollowTheMoney entities as JSON Lines, or CSV.

Of FollowTheMoney (followthemoney.tech) the schemata Person, Organization, PublicBody and Company
are read, with their properties name, alias, weakAlias, wikidataId, position and country. A CSV file
names its columns in the first line: `name`, and any of the others; a cell's values are set apart by
semicolons.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

from onrecord.domain import ActorType, Failure, KnownActor, make_id
from onrecord.errors import InputError, ReportError

STAGE = "people"

_TYPES: Mapping[str, ActorType] = {
    "person": "person",
    "organization": "organisation",
    "organisation": "organisation",
    "publicbody": "organisation",
    "company": "organisation",
}
_COLUMNS = {
    "name": ("name", "label"),
    "alias": ("alias", "aliases"),
    "weakAlias": ("weakalias", "weakaliases", "weak_alias", "weak_aliases"),
    "wikidataId": ("wikidata", "wikidataid", "wikidata_id", "qid"),
    "position": ("position", "positions"),
    "country": ("country", "countries"),
    "schema": ("type", "schema"),
}
_WIKIDATA = re.compile(r"(?:https?://\S*/)?(?P<id>Q[1-9]\d*)")
_SEPARATORS = re.compile(r"[;|]")

Properties = Mapping[str, Sequence[str]]


def read_people(path: Path) -> list[KnownActor | Failure]:
    """The entries of a list, and a Failure for each line that is none, in order.

    Raises InputError where the file can't be read, is not UTF-8 or has no column of names.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: it is not a text in UTF-8") from error
    lines = _read_json_lines if text.lstrip().startswith("{") else _read_rows
    found: list[KnownActor | Failure] = []
    first: dict[str, int] = {}
    for number, schema, properties in lines(text, str(path)):
        place = f"{path}#{number}"
        entry = _try_entry(schema, properties, place)
        if isinstance(entry, KnownActor) and entry.id in first:
            reason = f"it has the same id as line {first[entry.id]}"
            entry = Failure(place, STAGE, reason)
        elif isinstance(entry, KnownActor):
            first[entry.id] = number
        found.append(entry)
    return found


Line = tuple[int, str, Properties | str]
"""The number of a line, its schema, and its properties or why they can't be read."""


def _read_json_lines(text: str, path: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError):
            yield number, "", "it is not JSON"
            continue
        properties = value.get("properties") if isinstance(value, dict) else None
        if not isinstance(properties, dict):
            yield number, "", "it is not an entity with a schema and properties"
            continue
        told = {name: _list_values(properties.get(name)) for name in _COLUMNS}
        if not told["wikidataId"] and _WIKIDATA.fullmatch(str(value.get("id"))):
            told["wikidataId"] = [str(value["id"])]
        yield number, str(value.get("schema", "")), told


def _list_values(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _read_rows(text: str, path: str) -> Iterator[Line]:
    sample = text[: text.find("\n")] if "\n" in text else text
    mark = max(",;\t", key=sample.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True)
    columns: dict[int, str] = {}
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield rows.line_num, "", f"it is not CSV ({error})"
            continue
        if row is None:
            break
        if not columns:
            columns = _read_header(row, path)
        elif any(cell.strip() for cell in row):
            told = {name: _split_cell(row, at, name) for at, name in columns.items()}
            schema = next((cell for cell in told.get("schema", ()) if cell.strip()), "Person")
            yield rows.line_num, schema, told
    if not columns:
        raise InputError(f"{path}: there is nothing in it")


def _read_header(row: Sequence[str], path: str) -> dict[int, str]:
    known = {column: name for name, listed in _COLUMNS.items() for column in listed}
    columns = {
        place: known[cell.strip().casefold()]
        for place, cell in enumerate(row)
        if cell.strip().casefold() in known
    }
    if "name" not in columns.values():
        raise InputError(f"{path}: it is neither JSON Lines nor CSV with a column “name”")
    return columns


def _split_cell(row: Sequence[str], place: int, name: str) -> list[str]:
    cell = row[place] if place < len(row) else ""
    return [cell] if name == "name" else _SEPARATORS.split(cell)


def _try_entry(schema: str, properties: Properties | str, place: str) -> KnownActor | Failure:
    if isinstance(properties, str):
        return Failure(place, STAGE, properties)
    try:
        return _make_entry(schema, properties, place)
    except ReportError as error:
        return Failure(place, STAGE, error.reason)


def _make_entry(schema: str, properties: Properties, place: str) -> KnownActor:
    told = {name: _clean(properties.get(name, ())) for name in _COLUMNS}
    kind = _TYPES.get(schema.strip().casefold())
    if kind is None:
        known = "Person, Organization, PublicBody or Company"
        raise ReportError(place, f"its type is “{schema}”, not {known}")
    if not told["name"]:
        raise ReportError(place, "it has no name")
    name, *others = told["name"]
    wikidata = _read_wikidata(told["wikidataId"], place)
    countries = tuple(country.casefold() for country in told["country"])
    basis = [wikidata] if wikidata else [kind, name, list(told["position"]), list(countries)]
    return KnownActor(
        id=make_id("known", *basis),
        name=name,
        type=kind,
        aliases=tuple(dict.fromkeys((*others, *told["alias"]))),
        weak_aliases=told["weakAlias"],
        wikidata=wikidata,
        positions=told["position"],
        countries=countries,
    )


def _read_wikidata(values: Sequence[str], place: str) -> str | None:
    matches = [(value, _WIKIDATA.fullmatch(value)) for value in values]
    for value, match in matches:
        if match is None:
            raise ReportError(place, f"“{value}” is not a Wikidata id such as Q42")
    ids = {match["id"] for _, match in matches if match is not None}
    if len(ids) > 1:
        raise ReportError(place, f"it has several Wikidata ids: {', '.join(sorted(ids))}")
    return ids.pop() if ids else None


def _clean(values: Sequence[str]) -> tuple[str, ...]:
    """The values with white space made one, the empty ones and repetitions left out."""
    return tuple(dict.fromkeys(one for value in values if (one := " ".join(value.split()))))
