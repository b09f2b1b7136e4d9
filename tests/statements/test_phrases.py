from __future__ import annotations

import pytest

from onrecord.lexicon import list_languages, load_lexicon
from onrecord.statements.phrases import find_phrases, load_phrase_book


def list_words(language):
    lexicon = load_lexicon(language)
    tables = [lexicon.table("calendar", name) for name in ("weekdays", "months")]
    tables += [lexicon.table("occasion", name) for name in ("days", "units", "beside_days")]
    return [word.capitalize() for table in tables for word in table]


@pytest.mark.parametrize("language", list_languages())
def test_where_phrases_begin_is_told_for_every_template(language):
    """With one pattern for all: exactly the places where one of the templates matches."""
    book = load_phrase_book(language)
    text = " 12 2024, \0\0 ".join(list_words(language)) + " 2024-05-06 am 3. Mai on 5 May in 2023."
    told = [match.start() for match in book.anywhere.finditer(text)]
    matched = [
        place
        for place in range(len(text))
        if any(template.match(text, place) for _, template in book.templates)
    ]
    assert told == matched
    assert matched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She spoke on Tuesday, 17 March 2026 and again last week.", ["on Tuesday, 17 March 2026"]),
        ("He may speak today; they said so yesterday evening.", ["today", "yesterday evening"]),
        ("\0\0\0 on Monday \0\0 Monday\0", ["on Monday", "Monday"]),
        ("no day at all", []),
    ],
)
def test_phrases_of_a_sentence(text, found):
    phrases = find_phrases(text, "en", offset=100)
    printed = [text[phrase.span[0] - 100 : phrase.span[1] - 100] for phrase in phrases]
    assert printed[: len(found)] == found
    assert bool(printed) == bool(found)
