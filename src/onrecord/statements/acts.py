"""What a speaker does with words, from the cue: PLOVER's verbal codes, and some more.

ACCUSE, REJECT, THREATEN, REQUEST, AGREE, SUPPORT and CONSULT are PLOVER's (Halterman et al. 2023);
DENY, CONFIRM, WARN, PREDICT, PROMISE and APOLOGISE divide what is left, and STATE is plain saying.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.domain import Act
from onrecord.lexicon import load_lexicon

STATE = "STATE"
_GAP = r"\W(?:[^.!?\n]*\W)?"


@dataclass(frozen=True, slots=True)
class _Entry:
    code: str
    words: str
    pattern: re.Pattern[str]


def classify_act(cue: str, language: str, *, clause: str = "") -> Act | None:
    """The act that a cue names, None where its words are in no list.

    `clause` is the text from the cue to the end of its sentence, in which the rest of a split
    verb is looked for ("wies ... zurück"). The longest words win, and any act before plain saying.
    """
    found = [
        (entry.code != STATE, len(entry.words), entry.code)
        for entry in load_acts(language)
        if entry.pattern.search(cue) or (" * " in entry.words and entry.pattern.match(clause))
    ]
    return Act(max(found)[2]) if found else None


@cache
def load_acts(language: str) -> tuple[_Entry, ...]:
    """The words of a language's `[acts]`, in the order of their lists."""
    tables = load_lexicon(language).tables.get("acts", {})
    return tuple(
        _Entry(code, words, _compile_words(words))
        for code, listed in tables.items()
        for words in listed
    )


def _compile_words(words: str) -> re.Pattern[str]:
    """`*` inside a word stands for any ending, by itself for anything between two words."""
    parts = [
        re.escape(part).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for part in words.split(" * ")
    ]
    joined = _GAP.join(part.replace("'", "['’]") for part in parts)
    return re.compile(rf"(?<!\w){joined}(?!\w)", re.IGNORECASE)
