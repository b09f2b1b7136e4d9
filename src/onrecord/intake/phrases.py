"""The word lists of intake, from every language's file at once.

A page in one language often has the furniture of another around it, so every list is matched in
every report, whatever the report's own language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.lexicon import list_languages, load_lexicon

_EDGES = re.compile(r"^[^\w©]+|[^\w©]+$|\s*\(?\d+\)?$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """What lines of a page's furniture, captions and bylines look like, in any language."""

    furniture: frozenset[str]
    sections: frozenset[str]
    ends: frozenset[str]
    furniture_start: re.Pattern[str]
    furniture_part: re.Pattern[str]
    caption_start: re.Pattern[str]
    credit_label: re.Pattern[str]
    author_prefix: re.Pattern[str]
    author_label: re.Pattern[str]
    agency: re.Pattern[str]
    photo_agency: re.Pattern[str]
    agency_word: re.Pattern[str]
    origin: re.Pattern[str]
    published: frozenset[str]
    updated: frozenset[str]
    labels: frozenset[str]
    primary: re.Pattern[str]
    masthead: re.Pattern[str]


def normalise_line(line: str) -> str:
    """A line as the whole-line lists have it: case folded, marks and numbers at its ends gone."""
    words = " ".join(line.split()).casefold()
    while (shorter := _EDGES.sub("", words)) != words:
        words = shorter
    return words


def has_masthead_word(line: str) -> bool:
    """Whether a line has a word that only newspapers' names have, in capitals or not."""
    return load_phrases().masthead.search(line.title() if line.isupper() else line) is not None


@cache
def load_phrases() -> Phrases:
    """The lists of all language files, joined and compiled."""
    prefixes = _gather("byline", "prefixes")
    labels = {
        label
        for name in ("published", "updated", "sources", "fillers", "prefixes")
        for label in _gather("byline", name)
    }
    agencies = _gather("credits", "agencies")
    return Phrases(
        furniture=frozenset(_gather("furniture", "lines")),
        sections=frozenset(_gather("furniture", "sections")),
        ends=frozenset(_gather("furniture", "ends")),
        furniture_start=_compile(r"\W*(?:{})", _gather("furniture", "starts"), re.IGNORECASE),
        furniture_part=_compile(r"\b(?:{})", _gather("furniture", "contains"), re.IGNORECASE),
        caption_start=_compile(r"\W*(?:{})(?!\w)", _gather("caption", "starts")),
        credit_label=_compile(
            r"(?<!\w)(?:{})(?:\s*[:©/]|\.(?=\s*[^\W\d_])|(?<=by)\s)",
            _gather("caption", "labels"),
            re.IGNORECASE,
        ),
        author_prefix=_compile(r"(?:{})\s", prefixes, re.IGNORECASE),
        author_label=_compile(r"(?:{})\s*:", prefixes, re.IGNORECASE),
        agency=_compile(r"(?<![\w-])(?:{})(?![\w-])", agencies),
        photo_agency=_compile(r"(?<!\w)(?:{})(?!\w)", agencies + _gather("credits", "photos")),
        agency_word=_compile(r"(?<!\w)(?:{})(?!\w)", _gather("credits", "words"), re.IGNORECASE),
        origin=_compile(r"(?<!\w)(?:{})\s*:?\s", _gather("credits", "origins"), re.IGNORECASE),
        published=frozenset(_gather("byline", "published")),
        updated=frozenset(_gather("byline", "updated")),
        labels=frozenset(word for label in labels for word in re.findall(r"\w+", label.casefold())),
        primary=_compile(r"\W*(?:{})(?!\w)", _gather("primary", "headings"), re.IGNORECASE),
        masthead=_compile(r"(?<!\w)(?:{})(?!\w)", _gather("masthead", "words")),
    )


def _gather(section: str, name: str) -> list[str]:
    found = [word for code in list_languages() for word in load_lexicon(code).words(section, name)]
    # Longest first, so that "AP Photo" is not matched as "AP".
    return sorted(set(found), key=lambda word: (-len(word), word))


def _compile(pattern: str, words: list[str], flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern.replace("{}", "|".join(re.escape(word) for word in words)), flags)
