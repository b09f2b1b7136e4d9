"""The people and organisations of an imported list, and who of a report is one of them.

A name is of somebody on the list where it is a spelling of the name or of an alias that no other
entry has, and what the report says of its bearer doesn't speak of other states.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord.domain import ActorType, KnownActor
from onrecord.lexicon import list_languages, load_lexicon
from onrecord.linking.names import (
    PersonName,
    fold_name,
    match_family,
    match_full,
    match_words,
    name_keys,
    split_name,
)
from onrecord.linking.offices import read_role

LISTED = "a name on the imported list"


@dataclass(frozen=True, slots=True)
class People:
    """A list of known actors, with its names by key. `doubtful` are names that several have."""

    entries: tuple[KnownActor, ...] = ()
    by_key: dict[str, list[tuple[KnownActor, str]]] = field(default_factory=dict)
    doubtful: tuple[str, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[KnownActor]) -> People:
        """The list, the same for any order of its entries."""
        ordered = tuple(sorted(entries, key=lambda entry: entry.id))
        by_key: dict[str, list[tuple[KnownActor, str]]] = defaultdict(list)
        for entry in ordered:
            for name in list_names(entry):
                for key in name_keys(name, entry.type):
                    by_key[key].append((entry, name))
        return cls(ordered, dict(by_key), find_doubtful(ordered))

    def find(self, name: str, type: ActorType) -> KnownActor | None:  # noqa: A002
        """The only entry whose name or alias this is; None where it is nobody's or several's."""
        found = self.find_all(name, type)
        return found[0] if len(found) == 1 else None

    def find_all(self, name: str, type: ActorType) -> list[KnownActor]:  # noqa: A002
        """All entries whose name or alias this is, sorted by id."""
        if not self.by_key:
            return []
        near = {
            (entry.id, form): entry
            for key in name_keys(name, type)
            for entry, form in self.by_key.get(key, ())
        }
        found = {
            entry.id: entry
            for (_, form), entry in near.items()
            if (entry.type == "person") is (type == "person") and _is_name(name, form, entry.type)
        }
        return [found[one] for one in sorted(found)]

    def keys(self, name: str, type: ActorType) -> frozenset[str]:  # noqa: A002
        """`name_keys` of a name, with those of whoever on the list it may be.

        Two names that are of one entry have a key in common, however unlike they are.
        """
        return name_keys(name, type) | {entry.id for entry in self.find_all(name, type)}


def list_names(entry: KnownActor) -> tuple[str, ...]:
    """The name and the aliases of an entry, without the weak ones.

    A family name alone is weak too, though it be listed: others have it.
    """
    names = dict.fromkeys((entry.name, *entry.aliases))
    if entry.type != "person":
        return tuple(names)
    own = split_name(entry.name)
    return tuple(
        name for name in names if name == entry.name or not _is_family(split_name(name), own)
    )


def list_weak_names(entry: KnownActor) -> tuple[str, ...]:
    """The other names of an entry, which tell who is meant only where the bearer is known of."""
    strong = list_names(entry)
    return tuple(name for name in (*entry.aliases, *entry.weak_aliases) if name not in strong)


def find_doubtful(entries: Sequence[KnownActor]) -> tuple[str, ...]:
    """The names, as written, that more than one entry of a type has, sorted."""
    holders: dict[tuple[bool, str], set[str]] = defaultdict(set)
    written: dict[tuple[bool, str], str] = {}
    for entry in entries:
        for name in list_names(entry):
            key = (entry.type == "person", fold_name(name) or name)
            holders[key].add(entry.id)
            written.setdefault(key, name)
    return tuple(sorted(written[key] for key, ids in holders.items() if len(ids) > 1))


def contradicts(entry: KnownActor, descriptions: Iterable[tuple[str, str]]) -> bool:
    """Whether descriptions (language, text) speak of other states than the entry's only."""
    own = {_list_codes()[code] for code in entry.countries if code in _list_codes()}
    for position in entry.positions:
        for language in list_languages():
            own |= read_role(position, language).scope
    told = {scope for language, text in descriptions for scope in read_role(text, language).scope}
    return bool(own and told) and own.isdisjoint(told)


def _is_name(name: str, form: str, type: ActorType) -> bool:  # noqa: A002
    if type != "person":
        return match_words(name, form)
    mine, yours = split_name(name), split_name(form)
    if mine.partial or yours.partial:
        return _is_same_part(mine, yours)
    return match_full(mine, yours) is True


def _is_family(name: PersonName, own: PersonName) -> bool:
    return name.partial and bool(own.given) and match_family(name, own)


def _is_same_part(mine: PersonName, yours: PersonName) -> bool:
    """Whether two names without given names are the same: an alias "Lula" is not "L. Lula"."""
    return not mine.given and not yours.given and match_family(mine, yours)


@cache
def _list_codes() -> dict[str, str]:
    """The states of the word lists by their ISO 3166 codes."""
    return {
        code: state
        for language in list_languages()
        for code, state in load_lexicon(language).table("offices", "codes").items()
    }
