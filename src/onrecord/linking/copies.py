"""Which reports are copies of one text, and which of them it comes from.

Texts are compared as sets of runs of five words (Broder 1997, "On the resemblance and containment
of documents"). MinHash signatures, cut into bands (Leskovec et al., "Mining of Massive Datasets",
chapter 3), say which pairs are worth comparing; the sets themselves decide.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Copy, Report, make_id
from onrecord.linking.names import fold_name

RUN = 5
"""Words in a row that two texts must share to share anything."""
LEAST_RUNS = 20
"""Runs below which a text is too short to be told from chance."""
COPIED = 0.5
"""Share of the shorter text's runs that must stand in the longer one."""
BANDS, ROWS = 32, 2
"""Two texts that share a third of all their runs meet in some band with a probability of .97."""

_WORD = re.compile(r"[^\W_]+")
_SEED = 20261122
_FACTORS = np.random.default_rng(_SEED).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64) | 1


@dataclass(frozen=True, slots=True)
class _Printed:
    """A report with the runs of words that it consists of."""

    report: Report
    runs: frozenset[int]


def find_copies(reports: Iterable[Report]) -> tuple[Copy, ...]:
    """One row for each report whose text another has too, sorted by report id.

    The same for any order of the reports. Transcripts and press releases are nobody's copies.
    """
    ordered = sorted(reports, key=lambda report: report.id)
    printed = [
        _Printed(report, runs)
        for report in ordered
        if report.kind != "primary" and len(runs := list_runs(report)) >= LEAST_RUNS
    ]
    families = _join_families(printed, _find_pairs(printed))
    return tuple(
        sorted(
            (copy for family in families for copy in _describe_family(family)),
            key=lambda copy: copy.report,
        )
    )


def copy_keys(report: Report) -> frozenset[str]:
    """Keys of which two copies share at least one, all but certainly; empty for short texts."""
    runs = list_runs(report)
    return _make_keys(report.language, runs) if len(runs) >= LEAST_RUNS else frozenset()


def list_runs(report: Report) -> frozenset[int]:
    """Hashes of all runs of five words of a report's body; what is furniture left out."""
    words = [
        word.casefold()
        for zone in report.zones
        if zone.kind in ("lead", "body")
        for word in _WORD.findall(report.text, *zone.span)
    ]
    return frozenset(
        int.from_bytes(blake2b(" ".join(run).encode(), digest_size=8).digest())
        for run in zip(*(words[i:] for i in range(RUN)), strict=False)
    )


def _make_keys(language: str, runs: frozenset[int]) -> frozenset[str]:
    least = _sign_runs(runs).reshape(BANDS, ROWS)
    return frozenset(f"{language}:{i}:{bytes(band).hex()}" for i, band in enumerate(least))


def _sign_runs(runs: frozenset[int]) -> NDArray[np.uint32]:
    """The MinHash signature: the least of all runs under each of the multiply-shift hashes."""
    values = np.fromiter(runs, np.uint64, len(runs))
    mixed = (values[:, None] * _FACTORS[None, :]) >> np.uint64(32)
    least: NDArray[np.uint32] = mixed.min(0).astype(np.uint32)
    return least


def _find_pairs(printed: Sequence[_Printed]) -> list[tuple[int, int]]:
    meeting: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(printed):
        for key in _make_keys(one.report.language, one.runs):
            meeting[key].append(number)
    pairs = {(a, b) for met in meeting.values() for b in met for a in met if a < b}
    return sorted(p for p in pairs if measure_copied(printed[p[0]].runs, printed[p[1]].runs))


def measure_copied(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of the shorter text's runs that stand in the longer; 0 below `COPIED`."""
    share = len(one & other) / min(len(one), len(other))
    return share if share >= COPIED else 0.0


def _join_families(
    printed: Sequence[_Printed], pairs: Sequence[tuple[int, int]]
) -> list[list[_Printed]]:
    family = list(range(len(printed)))
    for pair in pairs:
        first, second = sorted(family[number] for number in pair)
        family = [first if f == second else f for f in family]
    members: dict[int, list[_Printed]] = defaultdict(list)
    for number, one in zip(family, printed, strict=True):
        members[number].append(one)
    return [found for found in members.values() if len(found) > 1]


def _describe_family(family: Sequence[_Printed]) -> list[Copy]:
    original, agency, reason = name_original([one.report for one in family])
    origin = next((one for one in family if one.report.id == original), None)
    key = make_id("copies", min(one.report.id for one in family))
    return [
        Copy(
            report=one.report.id,
            family=key,
            original=original,
            agency=agency,
            share=round(_measure_share(one, origin, family), 3),
            reason=reason,
        )
        for one in family
    ]


def _measure_share(one: _Printed, origin: _Printed | None, family: Sequence[_Printed]) -> float:
    others = [origin] if origin is not None and origin is not one else family
    return max(
        len(one.runs & other.runs) / min(len(one.runs), len(other.runs))
        for other in others
        if other is not one
    )


def name_original(reports: Sequence[Report]) -> tuple[str | None, str | None, str]:
    """The report that the others copy, the agency that it is by, and why.

    1. The report of an agency that another one credits; without one, an agency that most of them
       credit is the origin, and none of the reports is.
    2. The report with the earliest date, if it is before all others.
    3. Nobody can tell: None.
    """
    credited = Counter(
        name for report in reports for name in {fold_name(c.text) for c in report.credits}
    )
    for report in sorted(reports, key=lambda report: report.id):
        if report.outlet and fold_name(report.outlet) in credited:
            return report.id, report.outlet, "it is by the agency that another one credits"
    if credited:
        name, count = min(credited.items(), key=lambda item: (-item[1], item[0]))
        if 2 * count > len(reports):
            printed = min(
                c.text for report in reports for c in report.credits if fold_name(c.text) == name
            )
            return None, printed, f"{count} of {len(reports)} copies credit {printed}"
    dated = sorted((report.published, report.id) for report in reports if report.published)
    if len(dated) == len(reports) and dated[0][0] < dated[1][0]:
        return dated[0][1], None, f"it was published first ({dated[0][0]})"
    return None, None, "neither credits nor dates tell which one the others copy"
