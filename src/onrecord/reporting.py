"""Reporting clauses ("said Ann Lee"), known by a verb of saying among their first words.

The verbs are those of `[acts]` of the language's word lists.
"""

from __future__ import annotations

import re
from functools import cache

from onrecord.domain import Span
from onrecord.lexicon import load_lexicon
from onrecord.text import sentence_spans, trim_span

WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
POINTS = ".,:;!?…"
FIRST_WORDS = 3
"""Among how many words of a clause its verb is: "a vite répondu", "у вівторок сказала"."""
_DOUBLE_MARK = re.compile(r"[“”„‟«»‹›\"「『＂]")
_NAME = re.compile(r"«[^«»\n]{1,40}»|„[^„“”\n]{1,40}[“”]|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"")
_SHORT_CLAUSE = 4
"""Words of a clause without a name: "lui a-t-elle dit"."""
_LONGER_CLAUSE = 8
"""The same where the verb is its first or last word: "a spokeswoman for the port said"."""
_SHORTEST = 3
"""Letters of a verb, and one more of a stem: shorter ones are prepositions and negations too."""


@cache
def compile_verbs(language: str) -> re.Pattern[str] | None:
    """What matches a verb of saying at the beginning of a word."""
    tables = load_lexicon(language).tables.get("acts", {})
    words = {entry.split(" * ")[0].lower() for listed in tables.values() for entry in listed}
    kept = sorted(word for word in words if len(word) >= _SHORTEST + word.endswith("*"))
    if not kept:
        return None
    patterns = [re.escape(word).replace(r"\*", r"\w*").replace("'", "['’]") for word in kept]
    return re.compile(rf"(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


def find_verbs(text: str, span: Span, language: str) -> list[Span]:
    """The verbs of saying in a stretch, in order."""
    verbs = compile_verbs(language)
    if verbs is None:
        return []
    return [
        match.span()
        for word in WORD.finditer(text, *span)
        if (match := verbs.match(text, word.start(), span[1])) is not None
    ]


def find_verb(text: str, span: Span, verbs: re.Pattern[str], *, among: int) -> Span | None:
    """The verb among the first words of what may be a clause, or its last word ("Ann Lee said").

    None where the first word is in capitals.
    """
    words = [match.span() for match in WORD.finditer(text, *span)]
    if not words or not text[words[0][0]].islower():
        return None
    found = [
        (start, max(end, match.end()))
        for start, end in [*words[:among], *(words[-1:] if len(words) <= _LONGER_CLAUSE else ())]
        if (match := verbs.match(text, start, span[1])) is not None
    ]
    if not found:
        return None
    return found[0] if found[0][0] == words[0][0] else found[-1]


def read_clause(text: str, span: Span, verbs: re.Pattern[str]) -> tuple[Span, Span] | None:
    """The clause that begins a stretch, to the end of its sentence, and its verb.

    It has a name or is short, or not long and begins or ends with the verb: other words that
    follow a comma go on with what is said.
    """
    _, end = sentence_spans(text, span)[0]
    end = _stop_at_quotation(text, span[0], end)
    verb = find_verb(text, (span[0], end), verbs, among=FIRST_WORDS)
    if verb is None:
        return None
    words = WORD.findall(text[span[0] : end])
    named = any(word[0].isupper() for word in words)
    outermost = verb[0] == span[0] or not any(map(str.isalnum, text[verb[1] : end]))
    most = _LONGER_CLAUSE if outermost else _SHORT_CLAUSE
    if len(words) > most and not named:
        return None
    return (span[0], end), verb


def _stop_at_quotation(text: str, start: int, end: int) -> int:
    """Where a clause ends before the next quotation; names in quotation marks belong to it."""
    place = start
    while (mark := _DOUBLE_MARK.search(text, place, end)) is not None:
        name = _NAME.match(text, mark.start(), end)
        before = text[start : mark.start()].rstrip()[-1:]
        if name is None or before in tuple(POINTS):
            return trim_span(text, (start, mark.start()))[1]
        place = name.end()
    return end
