"""Reports and taggings out of marked text: `[p Anna Berg] [q1 said]: [c1 "No."]`.

`c`, `q` and `s` with a number are the content, cue and source of an attribution; `p`, `o` and `l`
are names of people, organisations and places. Marks may stand inside one another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Literal

from onrecord.domain import Attribution, Name, Report, Span, Tagging

NameType = Literal["person", "organisation", "place"]

_MARK = re.compile(r"\[([cqspoli])(\d?) |\]")
_TYPES: dict[str, NameType] = {"p": "person", "o": "organisation", "l": "place"}
_ROLES = {"c": "content", "q": "cue", "s": "source"}


def parse_marked(marked: str, language: str = "en") -> tuple[Report, Tagging]:
    """The report and the tagging that the marks tell."""
    text, open_marks, at = "", [], 0
    names: list[Name] = []
    roles: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match.group(1):
            open_marks.append((match.group(1), match.group(2), len(text)))
            continue
        kind, number, start = open_marks.pop()
        if kind in _TYPES:
            names.append(Name((start, len(text)), _TYPES[kind]))
        else:
            roles[number][_ROLES[kind]].append((start, len(text)))
    text += marked[at:]
    attributions = tuple(
        Attribution(tuple(found["content"]), tuple(found["cue"]), tuple(found["source"]))
        for _, found in sorted(roles.items())
    )
    report = Report("r", "r.txt", "0", text, language, (), published="2026-03-05")
    return report, Tagging("r", attributions, tuple(sorted(names, key=lambda name: name.span)))
