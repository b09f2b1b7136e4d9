"""Which names a pronoun for one person may stand for, as the encoder's vectors tell.

The pointer was trained on English pronouns with two names each (GAP: Webster et al. 2018, Mind
the GAP); what it says of others is for statements to weigh, with gender, number and place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.domain import Name, Reference, Span
from onrecord.lexicon import Lexicon, load_lexicon
from onrecord.tagging.decode import Floats, Scored
from onrecord.tagging.heads import Heads, place_candidates

POINTER = "pronoun_name"
REACH = 200
"""How many units before the pronoun a name may be: about a window, which is what training saw."""
AHEAD = 1
"""How many sentences after the pronoun's own a name may be."""
LEAST = -7.0
"""The lowest log-odds: less than a chance in a thousand."""


def find_references(
    scored: Scored, heads: Heads, text: str, *, names: Sequence[Name], language: str
) -> tuple[Reference, ...]:
    """The pronouns of a report that stand for one person, each with the names near it.

    `names` are in the order of the text. None in a language without a list of pronouns, nor from
    heads without the pointer.
    """
    pronouns = _list_pronouns(load_lexicon(language))
    if not (pronouns and names and heads.has_pointer(POINTER)):
        return ()
    units = _find_units(scored, names)
    keys = heads.read_keys(POINTER, scored.find_ends(units))
    found = []
    for unit, span in enumerate(scored.pieces.unit_spans):
        word = text[slice(*span)]
        if word.lower() not in pronouns or (len(word) > 1 and word.isupper()):
            continue
        near = _choose_near(scored, unit, units)
        if near.stop > near.start:
            odds = _weigh_names(scored, heads, unit, units[near], keys[near])
            spans = [name.span for name in names[near]]
            found.append(Reference(span, tuple(zip(spans, odds, strict=True))))
    return tuple(found)


def _list_pronouns(lexicon: Lexicon) -> frozenset[str]:
    """The pronouns for one man or one woman; those for several too where they are the same."""
    words = lexicon.table("pronouns", "words")
    return frozenset(
        word for word, code in words.items() if code[:1] in ("m", "f") and code[1:] != "p"
    )


def _find_units(scored: Scored, names: Sequence[Name]) -> list[Span]:
    """The units that each name covers, if only in part."""
    starts = [start for start, _ in scored.pieces.unit_spans]
    ends = [end for _, end in scored.pieces.unit_spans]
    return [(bisect_right(ends, n.span[0]), bisect_left(starts, n.span[1])) for n in names]


def _choose_near(scored: Scored, unit: int, units: Sequence[Span]) -> slice:
    """Which of the names, in order, are near enough."""
    sentences = scored.layout.sentences
    ahead = bisect_right(sentences, sentences[unit] + AHEAD)
    low, high = (bisect_left(units, (place, 0)) for place in (unit - REACH, ahead))
    return slice(low, high)


def _weigh_names(
    scored: Scored, heads: Heads, unit: int, near: Sequence[Span], keys: Floats
) -> list[float]:
    """The log-odds of each name, by its units and key, against none of them; to two places."""
    asking = (unit, unit + 1)
    places = place_candidates(asking, near, scored.layout.sentences)
    asked = scored.find_ends([asking])[0]
    nobody, *weights = heads.weigh_keys(POINTER, asked, keys, places).tolist()
    return [round(max(weight - nobody, LEAST), 2) for weight in weights]
