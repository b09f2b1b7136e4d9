"""What stories are found by, fitted: used by fit_stories.py and by benchmarks/stories.py.

Groups of reports are drawn from the topics of ECB+: two parts of one story (one story), parts of a
topic's two stories, which are alike and yet two, and parts of stories of two topics. Beside them
stand pairs of strangers: Wikinews reports published months apart, the likest first, since ECB+ has
no report that is alone. A logistic regression over what two groups have in common and their sizes
says how likely they are of one story. Where to cut is chosen on how the topics come out, as high as
costs next to nothing, since a wrong merge is worse than a missed one. Dates are left out of it all:
ECB+ takes what follows months later for the same story, which here is a storyline.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from benchmarks.gold import score_clusters
from numpy.typing import NDArray

from onrecord.linking.grouping import find_links, group_reports, list_links
from onrecord.linking.profiles import Profile
from onrecord.linking.resemblance import (
    APART,
    DATED,
    KINDS,
    MOST_DAYS,
    UNIT,
    Floats,
    Integers,
    StoryWeights,
    compare_groups,
    count_apart,
    measure_pairs,
)

SIZES = (1, 2, 3, 5, 8, 12, 16, 20)
DRAWN = 8000
DRAWN_STRANGERS = 4000
HARD = 3000
"""How many pairs of strangers are the likest, of which half of them are drawn."""
SEED = 0
RIDGE = 1.0
FITTED = (*KINDS, "smaller", "larger")
DAYS = -0.5
"""Log odds for the logarithm of one and the days apart. Set by hand, as only one of a topic's two
stories has dates: a quarter of how pairs of one story grow rarer (1.9 within three weeks), since
reports of other events lie near each other too."""
FOREIGN = 3.5
"""Log odds that reports of two languages are given, as likenesses across languages are smaller. Set
by hand: there are no stories in several languages to fit it to."""
LEASTS = tuple(np.arange(-3.0, 0.51, 0.25).tolist())
FOLDS, WAYS = 4, 3
COST = 0.0125
"""How much of the best BCubed F1 a higher cut may cost."""


@dataclass(frozen=True)
class Corpus:
    """Reports with the topic and the story of each, and what all pairs have in common."""

    profiles: Sequence[Profile]
    topics: NDArray[np.str_]
    stories: NDArray[np.str_]
    measured: Integers

    def take(self, chosen: Sequence[int]) -> Corpus:
        """Some of the reports, by number."""
        part = np.array(chosen, dtype=np.int64)
        return Corpus(
            [self.profiles[i] for i in part],
            self.topics[part],
            self.stories[part],
            self.measured[:, part[:, None], part[None, :]],
        )

    def undate(self) -> Corpus:
        """The same reports without their dates."""
        measured = self.measured.copy()
        measured[[APART, DATED]] = 0
        return replace(self, measured=measured)


@dataclass(frozen=True)
class Scores:
    """How well reports were put together, each from 0 to 1.

    `mixed` is the share of topics of whose two stories some group has reports, `merged` of those of
    which one group has most of both.
    """

    bcubed: float
    mixed: float
    merged: float


def make_corpus(
    profiles: Sequence[Profile], topics: Sequence[str], stories: Sequence[str]
) -> Corpus:
    """Measures all pairs."""
    measured = measure_pairs(profiles, profiles)
    return Corpus(profiles, np.array(topics), np.array(stories), measured)


def draw_strangers(profiles: Sequence[Profile]) -> Floats:
    """The features [F, DRAWN_STRANGERS] of pairs of reports of two events, half of them alike."""
    measured = measure_pairs(profiles, profiles)
    rows, columns = np.triu_indices(len(profiles), 1)
    pairs = measured[:, rows, columns]
    pairs = pairs[:, (pairs[DATED] > 0) & (pairs[APART] >= count_apart(MOST_DAYS))]
    ranked = np.argsort(-pairs[: len(KINDS)].sum(0), kind="stable")
    rng = np.random.default_rng(SEED)
    chosen = [
        rng.choice(ranked[:HARD], DRAWN_STRANGERS // 2),
        rng.choice(ranked, DRAWN_STRANGERS // 2),
    ]
    found = pairs[:, np.concatenate(chosen)]
    own = np.full((len(KINDS), DRAWN_STRANGERS), UNIT)
    ones = np.ones(DRAWN_STRANGERS, dtype=np.int64)
    return compare_groups(found, (own, own), (ones, ones))


def fit_corpus(corpus: Corpus, strangers: Floats) -> StoryWeights:
    """The weights under which groups with log odds of zero or more are of one story."""
    weights, corpus = fit_weights(corpus, strangers), corpus.undate()
    scored = [(least, score_grouping(corpus, move_cut(weights, least))) for least in LEASTS]
    best = max(scores.bcubed for _, scores in scored)
    chosen = max(least for least, scores in scored if scores.bcubed >= best - COST)
    return move_cut(weights, chosen)


def move_cut(weights: StoryWeights, least: float) -> StoryWeights:
    """The weights under which what had log odds of `least` has zero."""
    return replace(weights, constant=round(weights.constant - least, 3))


def fit_weights(corpus: Corpus, strangers: Floats) -> StoryWeights:
    """A logistic regression over groups drawn from the corpus, and strangers."""
    features, right = _draw_features(corpus)
    features = np.concatenate([features, strangers], axis=1)
    right = np.concatenate([right, np.zeros(strangers.shape[1], dtype=bool)])
    kept = [*range(len(KINDS)), len(KINDS) + 2, len(KINDS) + 3]
    factors, constant = fit_logistic(features[kept].T, right)
    values = {name: round(float(v), 3) for name, v in zip(FITTED, factors, strict=True)}
    return StoryWeights(**values, days=DAYS, foreign=FOREIGN, constant=round(constant, 3))


def fit_logistic(features: Floats, right: NDArray[np.bool_]) -> tuple[Floats, float]:
    """Factors and constant of a logistic regression with a ridge, by Newton's method."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    rows = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    ridge = np.diag([RIDGE] * features.shape[1] + [0.0])
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        odds = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (odds - right) + ridge @ found
        bend = (rows * (odds * (1 - odds))[:, None]).T @ rows + ridge
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    factors = found[:-1] / spread
    return factors, float(found[-1] - factors @ mean)


def _draw_features(corpus: Corpus) -> tuple[Floats, NDArray[np.bool_]]:
    rng = np.random.default_rng(SEED)
    places: dict[str, dict[str, list[int]]] = {}
    for i, (topic, story) in enumerate(zip(corpus.topics, corpus.stories, strict=True)):
        places.setdefault(topic, {}).setdefault(story, []).append(i)
    rows, right = [], []
    for number in range(DRAWN):
        one, other, same = _draw_groups(places, number % 10, rng)
        rows.append(_measure_groups(corpus.measured, one, other))
        right.append(same)
    sums, own, others, sizes = (np.array(part).T for part in zip(*rows, strict=True))
    return compare_groups(sums, (own, others), (sizes[0], sizes[1])), np.array(right)


def _draw_groups(
    places: Mapping[str, Mapping[str, list[int]]], turn: int, rng: np.random.Generator
) -> tuple[list[int], list[int], bool]:
    """Two groups without a common report, and whether they are of one story.

    They are, four turns in ten; in four more they are of a topic's two stories, in two of two
    topics.
    """
    topics = sorted(places)
    topic = topics[int(rng.integers(len(topics)))]
    size, another = (int(size) for size in rng.choice(SIZES, 2))
    stories = [places[topic][name] for name in sorted(places[topic])]
    first, second = (stories[int(i)] for i in rng.permutation(len(stories))[:2])
    if turn < 4 and len(first) > 1:
        shuffled = rng.permutation(first).tolist()
        size = min(size, len(first) - 1)
        return shuffled[:size], shuffled[size : size + another], True
    if turn >= 8:
        far = topics[(topics.index(topic) + 1 + int(rng.integers(len(topics) - 1))) % len(topics)]
        second = places[far][min(places[far])]
    return rng.permutation(first).tolist()[:size], rng.permutation(second).tolist()[:another], False


def _measure_groups(
    measured: Integers, one: list[int], other: list[int]
) -> tuple[Integers, Integers, Integers, tuple[int, int]]:
    kinds = measured[: len(KINDS)]
    return (
        measured[:, one][:, :, other].sum((1, 2)),
        kinds[:, one][:, :, one].sum((1, 2)),
        kinds[:, other][:, :, other].sum((1, 2)),
        (len(one), len(other)),
    )


def score_grouping(corpus: Corpus, weights: StoryWeights) -> Scores:
    """How well all reports of the corpus together come apart into their stories."""
    return score_groups(corpus, group_corpus(corpus, weights))


def group_corpus(corpus: Corpus, weights: StoryWeights) -> list[list[int]]:
    """The reports' numbers by story; here reports are compared whether they share keys or not."""
    links = list_links(find_links(corpus.measured, weights))
    return group_reports(links, lambda part: corpus.take(part).measured, weights)


def score_groups(corpus: Corpus, groups: Sequence[Sequence[int]]) -> Scores:
    """How well these groups, of reports by number, fit the stories."""
    found = {i: str(number) for number, group in enumerate(groups) for i in group}
    labels = [found[i] for i in range(len(corpus.stories))]
    topics = sorted(set(corpus.topics.tolist()))
    mixed = merged = 0
    for topic in topics:
        held: dict[str, list[str]] = {}
        for i in np.flatnonzero(corpus.topics == topic):
            held.setdefault(corpus.stories[i], []).append(labels[i])
        sets = [set(one) for one in held.values()]
        homes = [max(sorted(set(one)), key=one.count) for one in held.values()]
        mixed += sum(map(len, sets)) > len(set().union(*sets))
        merged += len(set(homes)) < len(homes)
    f1 = score_clusters(corpus.stories.tolist(), labels)
    return Scores(f1, mixed / len(topics), merged / len(topics))


def cross_validate(corpus: Corpus, strangers: Floats) -> dict[str, list[float]]:
    """The scores of every fold of several ways to cut the topics into four, fitted on the others.

    `undated` and what follows it are the scores with dates left out; `alone` is the share of
    reports that stay alone where nothing else of their story is kept.
    """
    found: dict[str, list[float]] = {}
    for seed in range(WAYS):
        for fitted, held in fold_topics(corpus.topics.tolist(), seed=seed):
            weights = fit_corpus(corpus.take(fitted), strangers)
            part = corpus.take(held)
            undated = asdict(score_grouping(part.undate(), weights))
            scores = asdict(score_grouping(part, weights))
            scores |= {f"undated_{name}": value for name, value in undated.items()}
            scores["alone"] = score_lone(part, weights, seed=seed)
            for name, value in scores.items():
                found.setdefault(name, []).append(value)
    return found


def score_lone(corpus: Corpus, weights: StoryWeights, *, seed: int) -> float:
    """The share of reports that stay alone, where a third of the topics have one of a story."""
    rng = np.random.default_rng(seed)
    topics = sorted(set(corpus.topics.tolist()))
    dropped: set[int] = set()
    lone = []
    for topic in rng.permutation(topics)[: -(-len(topics) // 3)]:
        inside = np.flatnonzero(corpus.topics == topic)
        story = rng.choice(sorted(set(corpus.stories[inside].tolist())))
        members = inside[corpus.stories[inside] == story].tolist()
        lone.append(int(rng.choice(members)))
        dropped |= set(members) - {lone[-1]}
    kept = [i for i in range(len(corpus.topics)) if i not in dropped]
    part = corpus.take(kept)
    groups = group_corpus(part, weights)
    single = {kept[group[0]] for group in groups if len(group) == 1}
    return len(single & set(lone)) / len(lone)


def fold_topics(topics: Sequence[str], *, seed: int) -> list[tuple[list[int], list[int]]]:
    """For each fold the numbers of the reports to fit on, and of those to score."""
    names = sorted(set(topics))
    order = np.random.default_rng(seed).permutation(len(names))
    held = [{names[i] for i in order[fold::FOLDS]} for fold in range(FOLDS)]
    return [
        (
            [i for i, topic in enumerate(topics) if topic not in test],
            [i for i, topic in enumerate(topics) if topic in test],
        )
        for test in held
    ]
