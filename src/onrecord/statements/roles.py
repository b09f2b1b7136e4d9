"""Whether somebody fits a role or a description: "the Kremlin leader" and "Russian President"."""

from __future__ import annotations

from onrecord.roles import LEADERS, find_head
from onrecord.statements.discourse import Referent, Scene
from onrecord.statements.sources import Source
from onrecord.statements.spelling import fold_word, is_same_word
from onrecord.statements.vocabulary import Vocabulary

GENERAL = frozenset({"person", "politician", "expert", "worker", "owner", "official", "reporter"})
"""The classes that may describe somebody whom the report calls something else."""

_ALIKE = 2.0
_SHARED = 1.5
_SILENT = -1.0
"""The source says of which state or alliance, the description doesn't."""
_REST = 4


def fit_role(source: Source, referent: Referent, scene: Scene) -> float | None:
    """How well a person's descriptions fit the role of a source; None where they don't.

    The same class of role, or "leader" for any head; no other state, alliance or gender; better
    with the same state, alliance or other words ("Hafenchefin", "Hafendirektorin").
    """
    words = scene.words
    if referent.type != "person" or not source.roles:
        return None
    if source.gender and referent.gender not in (None, source.gender):
        return None
    phrase = scene.report.text[source.core[0] : source.core[1]]
    best: float | None = None
    for description in referent.descriptions:
        kinds = {role.kind for role in words.find_roles(description)}
        if not _is_alike(source.roles[0].kind, kinds) or _contradicts(source, referent, words):
            continue
        shared = source.states & words.find_states(description)
        shared |= source.unions & words.find_unions(description)
        if not shared and _names_another(phrase, description, words):
            continue
        rest = _count_rest(phrase, description, words)
        fit = _ALIKE + _SHARED * bool(shared) + rest
        fit += _SILENT * bool((source.states or source.unions) and not shared)
        fit += _SILENT * (not shared and not rest and _says_other(phrase, description, words))
        best = fit if best is None else max(best, fit)
    return best


def is_certain(fit: float) -> bool:
    """Whether nothing that a role says is missing in the description that fits it."""
    return fit >= _ALIKE


def fit_person(source: Source, referent: Referent, words: Vocabulary) -> bool:
    """Whether a description such as "the Norwegian" may be of this person."""
    if _contradicts(source, referent, words):
        return False
    if not source.roles or source.roles[0].kind in GENERAL:
        return True
    kinds = {
        role.kind for description in referent.descriptions for role in words.find_roles(description)
    }
    return referent.named and not kinds - GENERAL


def fit_office(source: Source, scene: Scene) -> int | None:
    """The one named organisation that a short form ("the union") can stand for."""
    phrase = scene.report.text[source.core[0] : source.core[1]]
    tokens = [phrase[a:b] for a, b in scene.words.find_tokens(phrase)]
    fitting = [
        number
        for number, referent in enumerate(scene.referents)
        if referent.type == "organisation"
        and len(referent.name.split()) > len(tokens)
        and all(
            any(is_same_word(token, word, scene.words.endings) for word in referent.name.split())
            for token in tokens
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _is_alike(kind: str, kinds: set[str]) -> bool:
    if kind in kinds:
        return True
    if kind == "leader":
        return not kinds.isdisjoint(LEADERS)
    return kind in LEADERS and "leader" in kinds


def _contradicts(source: Source, referent: Referent, words: Vocabulary) -> bool:
    """Whether the report puts the person in other states or alliances only."""
    described = " ; ".join(referent.descriptions)
    states, unions = words.find_states(described), words.find_unions(described)
    if source.states and states:
        return source.states.isdisjoint(states)
    if source.unions and (unions or states):
        return source.unions.isdisjoint(unions)
    return bool(source.states and unions and source.roles)


def _names_another(phrase: str, description: str, words: Vocabulary) -> bool:
    """Whether the role is of something that the description doesn't speak of ("Drell's boss")."""
    own = {
        fold_word(phrase[a:b]).removesuffix("'s")
        for a, b in words.find_tokens(phrase)
        if phrase[a].isupper()
        and not words.roles.search(phrase[a:b])
        and not words.find_states(phrase[a:b])
        and not words.is_in("modifiers", phrase[a:b])
    }
    theirs = {fold_word(word).removesuffix("'s") for word in description.split()}
    return bool(own) and own.isdisjoint(theirs)


def _says_other(phrase: str, description: str, words: Vocabulary) -> bool:
    """Whether both say of what somebody has the role, in other words ("port", "airport")."""
    return all(_rest(one, words) - _list_roles(one, words) for one in (phrase, description))


def _list_roles(phrase: str, words: Vocabulary) -> set[str]:
    return {
        fold_word(role[0][find_head(role) - role.start() :])
        for role in words.roles.finditer(phrase)
    }


def _count_rest(phrase: str, description: str, words: Vocabulary) -> float:
    """How many other words the two share, compounds taken apart at the role's word."""
    mine, theirs = _rest(phrase, words), _rest(description, words)
    shared = sum(
        any(one == other or (len(one) >= _REST and other.startswith(one)) for other in theirs)
        for one in mine
    )
    return float(min(shared, 2))


def _rest(phrase: str, words: Vocabulary) -> set[str]:
    found = set()
    for start, end in words.find_tokens(phrase):
        word = phrase[start:end]
        if words.is_article(word) or words.is_in("complements", word):
            continue
        role = next(iter(words.roles.finditer(word)), None)
        if role is not None:
            word = word[: find_head(role)].rstrip("s-")
        if len(word) > 1:
            found.add(fold_word(word))
    return found
