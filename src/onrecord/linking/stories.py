"""Which reports are of one event.

Reports are compared by what they open with (embeddings), whom and what they name, the figures they
give and, within a language, the words that they use. Two reports are of one story where the mean
likeness of all pairs is high enough (average linkage, Sokal & Michener 1958), so that one chance
likeness merges nothing. Storylines join stories that are alike but apart in time or in what
happened.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.domain import Report, Story, Vector, make_id
from onrecord.edtf import parse_edtf
from onrecord.linking.clustering import cluster
from onrecord.linking.names import fold_name
from onrecord.linking.vectors import center_vector

Floats = NDArray[np.float64]

SAME_STORY = 0.5
SAME_STORYLINE = 0.3
FAR_APART = 21
"""Days between two reports after which they are not of one story, however alike."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class StoryInput:
    """A report as stories are found from it: its opening's embedding, and names as printed."""

    report: Report
    vector: Vector
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoryWeights:
    """A logistic regression over the features of a pair of reports (training/fit_stories.py)."""

    opening: float
    names: float
    numbers: float
    words: float
    days: float
    constant: float


Weights = Mapping[str, StoryWeights]
"""What likeness rests on for reports in the "same" language, and "across" languages."""


def link_stories(
    inputs: Iterable[StoryInput], *, means: Mapping[str, Vector], weights: Weights
) -> tuple[Story, ...]:
    """The stories of all reports, the same for any order of them, sorted by id."""
    ordered = sorted(inputs, key=lambda one: report_order(one.report))
    likeness = compare_reports(ordered, means=means, weights=weights)
    groups = cluster(_keep_apart(ordered, likeness), least=SAME_STORY)
    lines = _join_lines(groups, likeness)
    stories = [make_id("story", ordered[group[0]].report.id) for group in groups]
    return tuple(
        sorted(
            (
                build_story([ordered[m].report for m in group], stories[lines[i]])
                for i, group in enumerate(groups)
            ),
            key=lambda story: story.id,
        )
    )


def report_order(report: Report) -> tuple[str, str]:
    """What sorts reports from the earliest, those without a date last."""
    return report.published or "~", report.id


def compare_reports(
    ordered: Sequence[StoryInput], *, means: Mapping[str, Vector], weights: Weights
) -> Floats:
    """The probability [N, N] that two reports are of one story, were they near enough in time."""
    features = measure_features(ordered, means=means)
    days = np.nan_to_num(np.minimum(_count_days([o.report.published for o in ordered]), FAR_APART))
    scores = {}
    for kind, chosen in weights.items():
        scores[kind] = np.full((len(ordered), len(ordered)), chosen.constant) + chosen.days * days
        for name, values in features.items():
            scores[kind] += getattr(chosen, name) * values
    languages = np.array([one.report.language for one in ordered])
    same = languages[:, None] == languages[None, :]
    likeness: Floats = 1 / (1 + np.exp(-np.where(same, scores["same"], scores["across"])))
    return likeness


def _keep_apart(ordered: Sequence[StoryInput], likeness: Floats) -> Floats:
    """The likeness, minus infinity for reports too far apart in time to be of one story."""
    days = _count_days([one.report.published for one in ordered])
    return np.where(days > FAR_APART, -np.inf, likeness)


def measure_features(
    ordered: Sequence[StoryInput], *, means: Mapping[str, Vector]
) -> dict[str, Floats]:
    """What two reports have in common, each [N, N] and about 0 to 1; named as in StoryWeights."""
    return {
        "opening": _compare_openings(ordered, means),
        "names": _compare_sets([_fold_names(one.names) for one in ordered]),
        "numbers": _compare_sets([_find_numbers(one.report.text) for one in ordered]),
        "words": _compare_sets([_find_words(one.report) for one in ordered]),
    }


def _join_lines(groups: Sequence[Sequence[int]], likeness: Floats) -> list[int]:
    """For each story the number of the earliest story of its storyline."""
    of_group = np.zeros((len(groups), len(likeness)))
    for row, group in zip(of_group, groups, strict=True):
        row[list(group)] = 1 / len(group)
    means = of_group @ likeness @ of_group.T
    line = list(range(len(groups)))
    for later in range(len(groups)):
        alike = np.flatnonzero(means[later, :later] >= SAME_STORYLINE)
        if len(alike):
            line[later] = line[int(alike[0])]
    return line


def build_story(reports: Sequence[Report], storyline: str) -> Story:
    """The story of these reports, the earliest first."""
    dates = sorted(report.published for report in reports if report.published)
    title = next((report.title for report in reports if report.title), None)
    return Story(
        id=make_id("story", reports[0].id),
        title=title or _open_text(reports[0].text),
        reports=tuple(report.id for report in reports),
        languages=tuple(sorted({report.language for report in reports})),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        storyline=storyline,
    )


def _open_text(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")


def _compare_openings(ordered: Sequence[StoryInput], means: Mapping[str, Vector]) -> Floats:
    if not ordered:
        return np.zeros((0, 0))
    centred = np.array([center_vector(one.vector, one.report.language, means) for one in ordered])
    likeness: Floats = (centred @ centred.T).astype(np.float64)
    return likeness


def _fold_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(word for name in names for word in fold_name(name).split() if len(word) > 2)


def _find_words(report: Report) -> frozenset[str]:
    """The longer words of a report, what is furniture left out."""
    kept = (zone.span for zone in report.zones if zone.kind != "furniture")
    words = (word for span in kept for word in _WORD.findall(report.text, *span))
    return frozenset(word.casefold() for word in words)


def _find_numbers(text: str) -> frozenset[str]:
    return frozenset(n for n in _NUMBER.findall(text) if len(n) > 1)


def _compare_sets(sets: Sequence[frozenset[str]]) -> Floats:
    """Cosines of the sets, a rare element weighing more (inverse document frequency)."""
    counts = Counter(element for one in sets for element in one)
    places = {element: i for i, element in enumerate(sorted(counts))}
    rows = np.zeros((len(sets), len(places)))
    for row, elements in zip(rows, sets, strict=True):
        for element in elements:
            row[places[element]] = math.log(1 + len(sets) / counts[element])
    rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    likeness: Floats = rows @ rows.T
    return likeness


def _count_days(dates: Sequence[str | None]) -> Floats:
    """Days from one report to the next, not a number where one has no date.

    None for dates that may be the same: a month is all of its days.
    """
    bounds = np.array([_find_bounds(date) for date in dates]).reshape(len(dates), 2)
    first, last = bounds[:, 0], bounds[:, 1]
    later: Floats = first[:, None] - last[None, :]
    return np.maximum(0.0, np.maximum(later, later.T))


def _find_bounds(date: str | None) -> tuple[float, float]:
    days = parse_edtf(date) if date is not None else None
    return (math.nan, math.nan) if days is None else (days[0].toordinal(), days[1].toordinal() - 1)
