"""The people, organisations and places of one report: its names gathered, with what they are.

1. Clean each tagged name of titles and endings.
2. Gather full names first, then surnames, then given names alone; two different given names stay
   two people.
3. Give each its fullest printed form, the roles beside it, and a gender where a title tells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.domain import ActorType, Name, Report, Span, Tagging
from onrecord.statements.descriptions import find_descriptions
from onrecord.statements.printed import complete_names
from onrecord.statements.spelling import fold_word, is_same_word, match_names, strip_endings
from onrecord.statements.vocabulary import Vocabulary, load_given_names, load_vocabulary
from onrecord.text import find_sentence

_SHORTEST = 4
_LIMIT = 3000
"""Names of a report beyond this are left out: a list, not a report."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Somebody or something that a report names.

    `spans` are all its names, in order; `full` is the one that `name` is taken from.
    `gender` is "m" or "f" where a title, a role's form or a given name tells it; `inferred` says
    that only a pronoun does.
    """

    name: str
    type: ActorType
    spans: tuple[Span, ...]
    full: Span
    descriptions: tuple[str, ...] = ()
    gender: str | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class _Printed:
    """One name as printed, cleaned: its words, and the gender that a title or given name tells."""

    span: Span
    type: ActorType
    words: tuple[str, ...]
    gender: str


@dataclass(slots=True)
class _Cluster:
    type: ActorType
    words: tuple[str, ...]
    members: list[_Printed] = field(default_factory=list)


def find_profiles(report: Report, tagging: Tagging) -> tuple[Profile, ...]:
    """The people, organisations and places of a report, in the order of their first names."""
    words = load_vocabulary(report.language)
    names = complete_names(report, tagging)[:_LIMIT]
    printed = [found for name in names if (found := _clean_name(report.text, name, words))]
    clusters: list[_Cluster] = []
    for found in sorted(printed, key=lambda found: (-len(found.words), found.span)):
        _join(clusters, found, words)
    barriers = sorted(span for found in tagging.attributions for span in found.cue)
    if not words.before:
        people = [found.span for found in printed if found.type == "person"]
        barriers = sorted([*barriers, *people])
    profiles = [_build_profile(report.text, cluster, words, barriers) for cluster in clusters]
    return tuple(sorted(profiles, key=lambda profile: profile.spans[0]))


def split_words(text: str, span: Span, words: Vocabulary) -> tuple[str, ...]:
    """The words of a name, without a possessive ending and "Jr" and the like."""
    found = [_cut_possessive(text[a:b]) for a, b in words.find_tokens(text, *span)]
    while len(found) > 1 and words.is_in("after", found[-1].strip(".")):
        found.pop()
    return tuple(found)


def _cut_possessive(word: str) -> str:
    for ending in ("'s", "’s", "'S", "’S", "'", "’"):
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)]
    return word


def _clean_name(text: str, name: Name, words: Vocabulary) -> _Printed | None:
    tokens = words.find_tokens(text, *name.span)
    before = words.find_tokens(text, max(0, name.span[0] - 20), name.span[0])
    ahead = [text[a:b].lower() for a, b in before[-1:]]
    del tokens[: _count_role(text, tokens, words) if name.type == "person" else 0]
    while len(tokens) > 1 and _is_title(text[tokens[0][0] : tokens[0][1]], words, name.type):
        ahead.append(text[tokens[0][0] : tokens[0][1]].lower())
        del tokens[0]
    if not tokens:
        return None
    end = tokens[-1][1] - len(text[tokens[-1][0] : tokens[-1][1]])
    end += len(_cut_possessive(text[tokens[-1][0] : tokens[-1][1]]))
    span = (tokens[0][0], end)
    kind = name.type
    if kind == "person" and words.seats.fullmatch(text[span[0] : span[1]]):
        kind = "place"
    gender = "".join(words.honorifics.get(word.strip("."), "") for word in ahead)[-1:]
    parts = split_words(text, span, words)
    if kind == "person" and not gender:
        gender = find_gender(parts, words)
    return _Printed(span, kind, parts, gender)


def find_gender(parts: Sequence[str], words: Vocabulary) -> str:
    """The gender ("m", "f" or "") that the given name of a full name tells.

    A name alone tells none: many given names are surnames too; nor one that with and without its
    ending is another ("Александра", of "Александр" or of a woman).
    """
    if len(parts) == 1:
        return ""
    own, known = load_given_names(words.language)
    told = {own[form] for form in strip_endings(parts[0], words.endings) if form in own}
    if told:
        return min(told) if len(told) == 1 else ""
    return known.get(fold_word(parts[0]), "")


def _count_role(text: str, tokens: Sequence[Span], words: Vocabulary) -> int:
    """How many words before a name say what somebody is ("port director", "US President").

    They go up to a role that isn't the last word; whatever else precedes it has to be written
    small, be a state's or belong to roles.
    """
    roles = [
        number
        for number, (start, end) in enumerate(tokens[:-1])
        if words.roles.fullmatch(text[start:end])
    ]
    if not roles or not text[tokens[roles[-1] + 1][0]].isupper():
        return 0
    for start, end in tokens[: roles[-1]]:
        word = text[start:end]
        known = words.is_in("modifiers", word) or words.find_states(word) or words.find_unions(word)
        if not (word[0].islower() or known or words.roles.fullmatch(word)):
            return 0
    return roles[-1] + 1


def _is_title(word: str, words: Vocabulary, kind: str) -> bool:
    lowered = word.lower().strip(".")
    if lowered in words.honorifics:
        return True
    return kind == "person" and bool(words.roles.fullmatch(word) or words.is_article(word))


def _join(clusters: list[_Cluster], found: _Printed, words: Vocabulary) -> None:
    """Put a name into the cluster that it fits, or one of its own."""
    fits = [
        (match, cluster)
        for cluster in clusters
        if cluster.type == found.type and (match := _fit(found, cluster, words))
    ]
    best = max((match for match, _ in fits), default=0)
    fitting = [cluster for match, cluster in fits if match == best]
    if len(fitting) > 1:
        fitting = [_choose(fitting, found)]
    if not fitting:
        fitting = [_Cluster(found.type, found.words)]
        clusters.append(fitting[0])
    fitting[0].members.append(found)


def _fit(found: _Printed, cluster: _Cluster, words: Vocabulary) -> int:
    if found.type == "person":
        if found.gender and any(m.gender not in ("", found.gender) for m in cluster.members):
            return 0
        return match_names(found.words, cluster.words, words.endings)
    if len(found.words) == len(cluster.words):
        return match_names(found.words, cluster.words, words.endings)
    if len(found.words) != 1:
        return 0
    initials = "".join(word[0] for word in cluster.words if word[0].isupper())
    if len(initials) > 1 and found.words[0] == initials:
        return 1
    return int(
        len(found.words[0]) >= _SHORTEST
        and not words.bodies.fullmatch(found.words[0])
        and is_same_word(found.words[0], cluster.words[0], words.endings)
    )


def _choose(clusters: Sequence[_Cluster], found: _Printed) -> _Cluster:
    """Of several people with the same name, the one with the same title, or else named last."""

    def rank(cluster: _Cluster) -> tuple[bool, int]:
        same = any(found.gender and m.gender == found.gender for m in cluster.members)
        before = [m.span[0] for m in cluster.members if m.span[0] < found.span[0]]
        return same, max(before, default=-1)

    return max(clusters, key=rank)


def _build_profile(
    text: str, cluster: _Cluster, words: Vocabulary, barriers: Sequence[Span]
) -> Profile:
    members = sorted(cluster.members, key=lambda member: member.span)
    full = _choose_form(text, members)
    starts = [start for start, _ in barriers]
    descriptions: list[str] = []
    genders = [member.gender for member in members if member.gender]
    for member in members if cluster.type == "person" else ():
        sentence = _find_sentence(text, member.span)
        near = bisect_right(starts, member.span[0])
        around = barriers[max(0, near - 3) : near + 3]
        for description in find_descriptions(text, member.span, sentence, words, around):
            if description.base and _is_owner(member, text[full[0] : full[1]], words):
                continue
            phrase = " ".join(text[description.span[0] : description.span[1]].split())
            genders += [description.gender] if description.gender else []
            if phrase and phrase not in descriptions:
                descriptions.append(phrase)
    return Profile(
        name=" ".join(text[full[0] : full[1]].split()),
        type=cluster.type,
        spans=tuple(member.span for member in members),
        full=full,
        descriptions=tuple(descriptions),
        gender=genders[0] if len(set(genders)) == 1 else None,
    )


def _is_owner(member: _Printed, full: str, words: Vocabulary) -> bool:
    """Whether a name is printed in the genitive, as in "речник Путіна"."""
    printed, base = member.words[-1].casefold(), full.rsplit(maxsplit=1)[-1].casefold()
    return printed != base and printed.endswith(words.genitives)


def _choose_form(text: str, members: Sequence[_Printed]) -> Span:
    """The name with most words; of its forms one not all in capitals, the shortest, the usual."""
    longest = max(len(member.words) for member in members)
    fullest = [member for member in members if len(member.words) == longest]
    counts = Counter(" ".join(member.words) for member in fullest)

    def rank(member: _Printed) -> tuple[bool, int, int, int, int]:
        form = " ".join(member.words)
        shouting = form.isupper() and len(form) > _SHORTEST
        initials = sum(len(word.strip(".")) == 1 for word in member.words)
        return shouting, initials, len(fold_word(form)), -counts[form], member.span[0]

    return min(fullest, key=rank).span


def _find_sentence(text: str, span: Span) -> Span:
    start, end = find_sentence(text, span[0])
    return (start, max(end, span[1])) if start < end else span
