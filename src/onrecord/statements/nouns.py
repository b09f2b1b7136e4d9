"""Sources that the tagger cut to their article, drawn out to the noun and the name after it.

In languages that it wasn't trained on, it often sees where a source begins and not where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import Attribution, Span
from onrecord.statements.vocabulary import Vocabulary

_REST = re.compile(r"['’]?[ \u00a0]*(?P<noun>[\w’'\-]+(?:[ \u00a0][\w’'\-]+){0,5})")
_NAME = re.compile(r",[ \u00a0](?P<name>[^\W\d_][\w’'\-]+(?:[ \u00a0][^\W\d_][\w’'\-]+){0,3})")


def extend_articles(
    text: str, attributions: Sequence[Attribution], words: Vocabulary
) -> tuple[Attribution, ...]:
    """The attributions with each source that is nothing but an article drawn out.

    It ends where a cue or content begins, at a mark, or after six words; a name in capitals that
    a comma sets off belongs to it.
    """
    return tuple(
        replace(found, source=tuple(_extend(text, span, found, words) for span in found.source))
        for found in attributions
    )


def _extend(text: str, span: Span, found: Attribution, words: Vocabulary) -> Span:
    start, end = span
    printed = text[start:end]
    if not (words.is_article(printed) or words.is_article(f"{printed}'")):
        return span
    stops = [low for low, _ in (*found.cue, *found.content) if low >= end]
    stop = min(stops, default=len(text))
    noun = _REST.match(text, end, stop)
    if noun is None:
        return span
    name = _NAME.match(text, noun.end(), stop)
    if name is not None and all(word[0].isupper() for word in name["name"].split()):
        return start, name.end("name")
    return start, noun.end("noun")
