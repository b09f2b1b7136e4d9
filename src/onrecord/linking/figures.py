"""What numbers in digits and in words can mean, whatever marks they have ("1.000", "1,000")."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from decimal import Decimal
from typing import NamedTuple

_SEPARATOR = re.compile(r"[^\d\-−]")
_DIGITS = re.compile(r"\d+")
_CENTURY = 100
SCALE = 1000  # number words from here on multiply what stands before them


class Number(NamedTuple):
    """One number in digits: `key` for comparison, and every value that it can have."""

    key: str
    values: tuple[Decimal, ...]


def read_number(printed: str, *, decimal: str, decade: bool = False) -> Number | None:
    """The number that digits with their marks stand for; None for a date, a time or a score.

    One mark before exactly three digits can group thousands or begin a fraction, whatever the
    habit of the language: both values are kept, the habit's first. With `decade` (letters follow
    the digits: "1990s", "90er") a year can also be meant by its last two digits.
    """
    marks = _SEPARATOR.findall(printed)
    groups = _DIGITS.findall(printed)
    if ":" in marks or "/" in marks or (len(set(marks)) > 1 and len(set(marks[:-1])) > 1):
        return None
    sign = "-" if printed[0] in "-−" else ""
    readings = _readings(marks, groups, decimal)
    if not readings:
        return None
    values = [Decimal(sign + reading) for reading in readings]
    if decade and not marks and 1000 <= values[0] < 2100:
        values.append(values[0] % _CENTURY)
    return Number(sign + readings[0], tuple(values))


def _readings(marks: Sequence[str], groups: Sequence[str], decimal: str) -> list[str]:
    digits = [str(int(group)) if len(group) > 20 else _ascii(group) for group in groups]
    if not marks:
        return [digits[0]]
    thirds = [len(group) == 3 for group in digits[1:]]
    grouped = len(digits[0]) <= 3 and digits[0][0] != "0"
    if len(marks) == 1:
        fraction, whole = f"{digits[0]}.{digits[1]}", digits[0] + digits[1]
        if marks[0].isspace():
            return [whole]
        if not (grouped and thirds[0]):
            return [fraction]
        return [fraction, whole] if marks[0] == decimal else [whole, fraction]
    if grouped and all(thirds) and len(set(marks)) == 1:
        return ["".join(digits)]
    if grouped and all(thirds[:-1]) and marks[-1] != marks[0] and not marks[-1].isspace():
        return ["".join(digits[:-1]) + "." + digits[-1]]
    return []


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


class Part(NamedTuple):
    """A piece of a number: its place among the tokens, its values, whether it is in digits."""

    first: int
    last: int
    values: tuple[Decimal, ...]
    digits: bool


class Figure(NamedTuple):
    """A number in the text: the tokens from `first` to before `last`, and what it can mean."""

    first: int
    last: int
    values: frozenset[Decimal]


def join_figures(parts: Sequence[Part], joiners: Set[int]) -> list[Figure]:
    """The numbers that pieces add up to: "two hundred and fifty", "2,5 Millionen".

    `joiners` are the places of words like "and" that can stand inside a number. A word for a
    hundred or more with no number before it ("millions of") is no number, nor is a lone "one",
    which most languages use as an article.
    """
    figures: list[Figure] = []
    run: list[Part] = []
    for part in parts:
        if run and not _continues(run, part, joiners):
            figures += _sum_up(run)
            run = []
        run.append(part)
    return figures + _sum_up(run)


def _continues(run: Sequence[Part], part: Part, joiners: Set[int]) -> bool:
    before = run[-1]
    gap = part.first - before.last
    if gap > 1 or (gap == 1 and before.last not in joiners):
        return False
    value, previous = part.values[0], before.values[0]
    if part.digits:
        return False
    if _multiplies(value):
        return gap == 0
    if before.digits or (gap == 1 and previous >= SCALE):
        return False
    if _multiplies(previous):
        return 1 < value < previous
    tens = previous >= 20 and previous % 10 == 0
    return tens and value < 20 and (value < 10 or previous % 20 == 0)


def _multiplies(value: Decimal) -> bool:
    return value == _CENTURY or value >= SCALE


def _sum_up(run: Sequence[Part]) -> list[Figure]:
    if not run:
        return []
    first = run[0]
    if not first.digits and (
        _multiplies(first.values[0]) or (len(run) == 1 and _is_article(first))
    ):
        return []
    totals = {_total([start, *(part.values[0] for part in run[1:])]) for start in run[0].values}
    return [Figure(run[0].first, run[-1].last, frozenset(totals))]


def _is_article(part: Part) -> bool:
    return part.values[0] == 1


def _total(values: Sequence[Decimal]) -> Decimal:
    total, current = Decimal(0), values[0]
    for value in values[1:]:
        if value == _CENTURY:
            current *= value
        elif value >= SCALE:
            total, current = total + current * value, Decimal(0)
        else:
            current += value
    return total + current
