"""The actors of the whole record, from those of each affair by itself.

Within an affair people are told apart by all that its reports say of them (actors.py). Across
affairs only what a full name, an office or an imported list says counts: each form of an actor's
name is compared as if it were of somebody by itself, and what one of them joins is one actor. What
an affair keeps apart stays apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from onrecord.domain import Actor, JoinedActor, KnownActor, LocalActor, Mention
from onrecord.linking.actors import find_keys, link_actors
from onrecord.linking.people import People
from onrecord.linking.sightings import Sighting

ELSEWHERE = "named in another affair"
"""The rule of a mention that stands for all of an affair."""


def list_actor_keys(
    actors: Iterable[Actor], sightings: Iterable[Sighting], *, known: Iterable[KnownActor] = ()
) -> tuple[tuple[str, str], ...]:
    """Pairs of an actor's id and a key, of which two actors share one if they can be the same.

    Nobody without a name has any: who that is can be told within an affair only.
    """
    people = People.of(known)
    home = {mention: actor.id for actor in actors for mention in actor.mentions}
    pairs = {
        (home[sighting.key], key)
        for sighting in sightings
        if not sighting.unnamed and sighting.key in home
        for key in find_keys(sighting, people)
    }
    return tuple(sorted(pairs))


def join_actors(
    local: Sequence[LocalActor], *, known: Iterable[KnownActor] = ()
) -> list[JoinedActor]:
    """The actors that these are, sorted by id; each is one actor's, and the same in any order.

    Their ids are those of the earliest of each, so that an address lasts as long as that does.
    """
    ordered = sorted(local, key=_by_order)
    sightings = [sighting for one in ordered for sighting in _list_forms(one)]
    heads = {one.id: one.id for one in ordered}
    for actor in link_actors(sightings, known=known):
        first, *others = dict.fromkeys(_find_head(heads, one) for one, _ in actor.mentions)
        heads |= dict.fromkeys(others, first)
    groups: dict[str, list[LocalActor]] = {}
    for one in ordered:
        groups.setdefault(_find_head(heads, one.id), []).append(one)
    joined = (_build_actor(part) for group in groups.values() for part in _keep_apart(group))
    return sorted(joined, key=lambda one: one.actor.id)


def _list_forms(one: LocalActor) -> Iterator[Sighting]:
    """A sighting for each form of a name, as if each affair were a story."""
    if one.name in one.descriptions:
        return
    for name in dict.fromkeys(name for _, name in one.names):
        language = next(code for code, form in one.names if form == name)
        mention = Mention(name, one.type, ELSEWHERE, descriptions=one.descriptions)
        yield Sighting(one.id, language, one.id, one.order, mention, storyline=one.id)


def _find_head(heads: dict[str, str], one: str) -> str:
    while heads[one] != one:
        one = heads[one]
    return one


def _keep_apart(group: Sequence[LocalActor]) -> list[list[LocalActor]]:
    """The group without those of whom it has another one of the same affair: the earliest stays."""
    seen: set[str] = set()
    kept, others = [], []
    for one in group:
        if one.affair in seen:
            others.append([one])
        else:
            kept.append(one)
        seen.add(one.affair)
    return [kept, *others]


def _build_actor(parts: Sequence[LocalActor]) -> JoinedActor:
    counts = Counter[str]()
    for part in parts:
        counts.update(dict(part.counts))
    forms = sorted({form for part in parts for form in part.names})
    known = next((part for part in parts if part.wikidata is not None), None)
    if len(parts) == 1:
        known = parts[0]
    name = min(
        dict.fromkeys(name for part in parts for _, name in part.names),
        key=lambda name: (-len(name.split()), -counts[name], name),
    )
    actor = Actor(
        id=parts[0].id,
        name=name if known is None else known.name,
        type=parts[0].type if known is None else known.type,
        names=tuple(forms),
        descriptions=tuple(dict.fromkeys(text for part in parts for text in part.descriptions)),
        mentions=(),
        wikidata=None if known is None else known.wikidata,
    )
    return JoinedActor(actor, tuple(part.id for part in parts))


def _by_order(one: LocalActor) -> tuple[tuple[str, str], str]:
    return one.order, one.id
