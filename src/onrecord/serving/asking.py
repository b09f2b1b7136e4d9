"""What a form or a JSON object asks to decide, as a rule to be applied to the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.decisions import Ruling
from onrecord.errors import InputError
from onrecord.views import rulings
from onrecord.views.addresses import PLURALS, Noun

Rule = Callable[[sqlite3.Connection], Ruling]
Form = Mapping[str, Sequence[str]]

LONGEST_WHO, LONGEST_WHY = 200, 2000
_NOUNS: dict[str, Noun] = {"actors": "actor", "stories": "story", "utterances": "utterance"}
SORTS = (*_NOUNS, "speakers")
_KEYS = ("kind", "of", "ids", "from", "to", "speaker", "decision", "who", "why")


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision that somebody asks for."""

    rule: Rule
    who: str
    why: str


def read_form(folder: str, one: str, action: str, form: Form) -> Asked:
    """What a page's form asks of the thing `one`. Raises InputError where something is missing."""
    target = _read_target(form)
    members = form.get("member", ())
    who, why = _sign(_first(form, "who"), _first(form, "why"))
    if action == "undo":
        return Asked(lambda record: rulings.rule_undo(record, one), who, why)
    if action == "speaker":
        unknown = bool(form.get("unknown"))
        if unknown == (target is not None):
            raise InputError("choose who said it, or mark that it isn’t known")
        return Asked(lambda record: rulings.rule_speaker(record, [one], target), who, why)
    noun = _NOUNS[folder]
    if action == "merge":
        if target is None:
            raise InputError(f"choose the other {noun}, or give its id")
        other = target
        return Asked(lambda record: rulings.rule_merge(record, noun, [one, other]), who, why)
    if not members:
        raise InputError("mark what is to be taken out")
    if target is None:
        return Asked(lambda record: rulings.rule_split(record, noun, one, members), who, why)
    place = target
    return Asked(lambda record: rulings.rule_move(record, noun, members, place), who, why)


def read_json(body: Any) -> Asked:
    """What a JSON object asks for (docs/schemas/ask.json).

    Raises InputError where it doesn't fit.
    """
    if not isinstance(body, dict):
        raise InputError("the body isn't a JSON object")
    unknown = sorted(body.keys() - set(_KEYS))
    if unknown:
        raise InputError(f"there is no key {unknown[0]!r}; there are {', '.join(_KEYS)}")
    kind, of = body.get("kind"), body.get("of")
    who, why = _sign(_text(body, "who"), _text(body, "why"))
    if kind == "undo":
        decision = _text(body, "decision")
        return Asked(lambda record: rulings.rule_undo(record, decision), who, why)
    if of not in SORTS or (of == "speakers" and kind != "assign"):
        raise InputError(f"'of' must be one of {', '.join(SORTS)}; the last to assign only")
    return Asked(_read_rule(body, kind, of), who, why)


def _read_rule(body: Mapping[str, Any], kind: Any, of: str) -> Rule:
    ids = _texts(body, "ids")
    if of == "speakers":
        # Left out by mistake, it must not read as "nobody known".
        known = "speaker" not in body or body["speaker"] is not None
        speaker = _text(body, "speaker") if known else None
        return lambda record: rulings.rule_speaker(record, ids, speaker)
    noun = _NOUNS[of]
    match kind:
        case "merge":
            return lambda record: rulings.rule_merge(record, noun, ids)
        case "split":
            whole = _text(body, "from")
            return lambda record: rulings.rule_split(record, noun, whole, ids)
        case "assign":
            place = _text(body, "to")
            return lambda record: rulings.rule_move(record, noun, ids, place)
        case _:
            raise InputError("'kind' must be one of merge, split, assign, undo")


def _sign(who: str, why: str) -> tuple[str, str]:
    who, why = " ".join(who.split()), why.strip()
    if not who:
        raise InputError("say who decides")
    if not why:
        raise InputError("say why: the reason is kept with the decision")
    if len(who) > LONGEST_WHO or len(why) > LONGEST_WHY:
        raise InputError(f"who may have {LONGEST_WHO} characters at most, why {LONGEST_WHY:,}")
    return who, why


def _read_target(form: Form) -> str | None:
    """The id that was chosen or typed, if any."""
    given = [one for name in ("with", "id") if (one := _first(form, name).strip())]
    if len(given) > 1:
        raise InputError("choose from the list or give an id, not both")
    return given[0] if given else None


def _first(form: Form, name: str) -> str:
    return next(iter(form.get(name, ())), "")


def _text(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise InputError(f"{name!r} must be a text")
    return value


def _texts(body: Mapping[str, Any], name: str) -> list[str]:
    value = body.get(name)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise InputError(f"{name!r} must be a list of texts, with one at least")
    return value


def name_noun(folder: str) -> str:
    """The noun of the things that are at an address: "story" of "stories"."""
    return next(noun for noun, plural in PLURALS.items() if plural == folder)
