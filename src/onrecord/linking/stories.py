"""Which reports are of one event.

1. Each report gets a profile and keys, from itself and from tables fixed with the weights.
2. Reports that share a key are compared, and linked where they are likely of one story.
3. What links join, over any number of steps, is looked at by itself: groups grow in it.
4. Stories that would be one but for their dates are one storyline.

As no step looks at a report beyond those that links join, dates or not, `link_stories` gives for
such a part what it gives for the whole record: a new report changes nothing but the part that it
comes into, which `story_keys` and `link_profiles` find.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.domain import Report, Story, Vector, make_id
from onrecord.errors import WeightsError
from onrecord.linking.background import Background
from onrecord.linking.grouping import (
    Links,
    are_alike,
    find_components,
    find_links,
    group_reports,
)
from onrecord.linking.keys import story_keys
from onrecord.linking.profiles import Profile, StoryInput, build_profile
from onrecord.linking.resemblance import Floats, Integers, StoryWeights, measure_pairs, score_pairs


@dataclass(frozen=True, slots=True, eq=False)
class StoryModel:
    """All that stories are found with beside the reports: fixed with the weights."""

    means: Mapping[str, Vector]
    background: Background
    weights: StoryWeights

    @classmethod
    def of(cls, means: Mapping[str, Vector], fitted: Mapping[str, Any]) -> StoryModel:
        """From what a weights file carries. Raises WeightsError where that is of another form."""
        if set(fitted) != {"background", "weights"}:
            raise WeightsError(
                "the weights file has no table of how common words are: fit stories again"
            )
        background = Background.unpack(fitted["background"])
        return cls(means, background, StoryWeights(**fitted["weights"]))


def link_stories(inputs: Iterable[StoryInput], *, model: StoryModel) -> tuple[Story, ...]:
    """The stories of all reports, the same for any order of them, sorted by id."""
    ordered = sorted(inputs, key=lambda one: report_order(one.report))
    profiles = profile_reports(ordered, model)
    links, alike = relate_profiles(profiles, model.weights)
    groups = group_reports(links, lambda part: _measure_part(profiles, part), model.weights)
    lines = _find_lines(profiles, groups, alike, model.weights)
    heads = [make_id("story", profiles[group[0]].report.id) for group in groups]
    stories = (
        build_story([profiles[i].report for i in group], heads[line])
        for group, line in zip(groups, lines, strict=True)
    )
    return tuple(sorted(stories, key=lambda story: story.id))


def profile_reports(inputs: Iterable[StoryInput], model: StoryModel) -> list[Profile]:
    """The profile of each report, which no other report has a part in."""
    return [build_profile(one, means=model.means, background=model.background) for one in inputs]


def link_profiles(
    one: Profile, others: Sequence[Profile], weights: StoryWeights
) -> tuple[Floats, Floats]:
    """The log odds of a report's links with others, and of those but for dates [len(others)].

    Minus infinity for no link. The second has all links of the first: what it joins is whole.
    """
    measured = measure_pairs([one], others)
    dated, undated = (find_links(measured, weights, dated=dated)[0] for dated in (True, False))
    return dated, undated


def relate_profiles(profiles: Sequence[Profile], weights: StoryWeights) -> tuple[Links, Links]:
    """The links among reports that share a key, and those but for dates.

    Two reports have the same links in any company.
    """
    related: tuple[dict[int, dict[int, float]], ...] = tuple(
        {i: {} for i in range(len(profiles))} for _ in range(2)
    )
    for one, others in _find_sharing(profiles):
        found = link_profiles(profiles[one], [profiles[other] for other in others], weights)
        for links, odds in zip(related, found, strict=True):
            for other, value in zip(others, odds.tolist(), strict=True):
                if value > -math.inf:
                    links[one][other] = links[other][one] = value
    links, alike = related
    return links, alike


def report_order(report: Report) -> tuple[str, str]:
    """What sorts reports from the earliest, those without a date last."""
    return report.published or "~", report.id


def compare_reports(inputs: Sequence[StoryInput], *, model: StoryModel) -> Floats:
    """The log odds [N, N] that two reports are of one story."""
    profiles = profile_reports(inputs, model)
    return score_pairs(measure_pairs(profiles, profiles), model.weights)


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


def _find_sharing(profiles: Sequence[Profile]) -> Iterator[tuple[int, list[int]]]:
    """Each report that shares a key with earlier ones, by number, and these."""
    holders: dict[str, list[int]] = {}
    for number, profile in enumerate(profiles):
        keys = story_keys(profile)
        others = sorted({other for key in keys for other in holders.get(key, ())})
        for key in keys:
            holders.setdefault(key, []).append(number)
        if others:
            yield number, others


def _measure_part(profiles: Sequence[Profile], part: Sequence[int]) -> Integers:
    chosen = [profiles[i] for i in part]
    return measure_pairs(chosen, chosen)


def _find_lines(
    profiles: Sequence[Profile],
    groups: Sequence[Sequence[int]],
    alike: Links,
    weights: StoryWeights,
) -> list[int]:
    """For each story the number of the earliest story of its storyline.

    Two stories are compared where a report of the one is linked to one of the other but for dates.
    """
    home = {report: number for number, group in enumerate(groups) for report in group}
    joined: dict[int, dict[int, float]] = {number: {} for number in range(len(groups))}
    pairs = {
        tuple(sorted((home[one], home[other])))
        for one, others in alike.items()
        for other in others
        if home[one] != home[other]
    }
    for one, other in sorted(pairs):
        sides = [[profiles[i] for i in groups[number]] for number in (one, other)]
        if are_alike(sides[0], sides[1], weights):
            joined[one][other] = joined[other][one] = 0.0
    lines = list(range(len(groups)))
    for part in find_components(lines, joined):
        for number in part:
            lines[number] = part[0]
    return lines


def _open_text(text: str) -> str:
    words = text.split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
