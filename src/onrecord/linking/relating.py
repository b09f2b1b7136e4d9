"""Which reports have to be linked together.

Reports are related that may be of one story, that have a text in common, or in which somebody of
the same name says the same words. Whether two are depends on the two alone. What has no relation to
any report of an affair can't change how it is linked, but for who is who: that is told across
affairs by names (joining.py). Reports that would be of one story but for their dates are of one
storyline, whatever affairs they are of.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from itertools import product
from typing import Literal

from onrecord.domain import Report, Statement
from onrecord.edtf import parse_edtf
from onrecord.linking.copies import LEAST_RUNS, copy_keys, list_runs, measure_copied
from onrecord.linking.keys import story_keys
from onrecord.linking.likeness import Content, is_verbatim_part
from onrecord.linking.names import name_keys
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import FAR_APART, StoryWeights
from onrecord.linking.stories import link_profiles
from onrecord.linking.utterances import SURE_WORDS

LATER = 3
"""Keys of what reports are about (names, two and two) that two must share to be compared where they
are too far apart in time to be of one story: in years, much happens to some people."""
ABOUT, COPIED, SAID = "about ", "copied ", "said "
"""What keys begin with: what a report is about, runs of its text, runs of what somebody says."""
_RUN = 4
_RUNS_KEPT = 6

NONE = float("-inf")

Relation = Literal["affair", "storyline"]
Saying = tuple[frozenset[str], Content]
"""The keys of the speaker's name, and what is said."""


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """A report as its relations to others are found from."""

    report: Report
    profile: Profile
    sayings: tuple[Saying, ...]


def describe_report(profile: Profile, sayings: Sequence[tuple[Statement, Content]]) -> Related:
    """A report by its profile and what is said in it, each statement with its content."""
    named = (
        (name_keys(statement.speaker.name, statement.speaker.type), content)
        for statement, content in sayings
        if statement.speaker is not None and len(content.words) >= SURE_WORDS
    )
    return Related(profile.report, profile, tuple(named))


def list_relation_keys(one: Related) -> frozenset[str]:
    """Keys that tell what a report is to be compared with; see `are_near`."""
    about = (ABOUT + key for key in story_keys(one.profile))
    copied = (COPIED + key for key in copy_keys(one.report))
    return frozenset((*about, *copied, *_list_saying_keys(one)))


def are_near(shared: Collection[str], dates: tuple[str | None, str | None]) -> bool:
    """Whether the keys that two reports share are a reason to compare them; `dates` are theirs."""
    about = sum(key.startswith(ABOUT) for key in shared)
    return about >= (LATER if are_far_apart(*dates) else 1) or about < len(shared)


def find_related(
    one: Related, others: Sequence[tuple[Related, Collection[str]]], weights: StoryWeights
) -> dict[str, Relation]:
    """How a report is related to those among `others` that it is, by their ids.

    Each comes with the keys that the two share, which say what is worth comparing.
    """
    if not others:
        return {}
    near, alike = link_profiles(one.profile, [other.profile for other, _ in others], weights)
    found: dict[str, Relation] = {}
    for number, (other, keys) in enumerate(others):
        copied = any(key.startswith(COPIED) for key in keys) and _is_copy(one, other)
        said = any(key.startswith(SAID) for key in keys) and _say_the_same(one, other)
        if near[number] > NONE or copied or said:
            found[other.report.id] = "affair"
        elif alike[number] > NONE:
            found[other.report.id] = "storyline"
    return found


def are_far_apart(one: str | None, other: str | None) -> bool:
    """Whether two reports of those dates are too far apart in time to be of one story."""
    days = [parse_edtf(date) if date is not None else None for date in (one, other)]
    first, second = days
    if first is None or second is None:
        return False
    gap = max((first[0] - second[1]).days, (second[0] - first[1]).days)
    return gap > FAR_APART


def _list_saying_keys(one: Related) -> Iterator[str]:
    for names, content in one.sayings:
        runs = zip(*(content.words[i:] for i in range(_RUN)), strict=False)
        hashes = {blake2b(" ".join(run).encode(), digest_size=8).hexdigest() for run in runs}
        for name, least in product(sorted(names), nsmallest(_RUNS_KEPT, hashes)):
            yield f"{SAID}{name} {least}"


def _is_copy(one: Related, other: Related) -> bool:
    mine, theirs = list_runs(one.report), list_runs(other.report)
    return min(len(mine), len(theirs)) >= LEAST_RUNS and measure_copied(mine, theirs) > 0


def _say_the_same(one: Related, other: Related) -> bool:
    return any(
        not names.isdisjoint(other_names) and is_verbatim_part(mine, theirs, least_words=SURE_WORDS)
        for names, mine in one.sayings
        for other_names, theirs in other.sayings
    )
