"""At whom an act is directed, for acts that are directed at somebody.

1. Whom the cue's grammar says is addressed: the object of "accused", whom one "appealed to".
2. The one other actor named behind the cue in its clause ("criticised the ministry's plan").
3. The one other actor named in the content.
Two that may be meant are none; a place behind a preposition of place is where, not who.
"""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.domain import Attribution, Span
from onrecord.lexicon import load_lexicon
from onrecord.statements.discourse import Scene
from onrecord.statements.phrases import BLANK, compile_words
from onrecord.statements.setting import Setting
from onrecord.statements.speakers import identify_party
from onrecord.text import overlap

UNDIRECTED = frozenset({"STATE", "PREDICT", "CONFIRM", "DENY"})
"""Acts that say how something is, and do nothing to anybody."""

_AHEAD = 40


def find_target(
    scene: Scene,
    attribution: Attribution,
    setting: Setting,
    *,
    speaker: str | None,
) -> str | None:
    """The name, as the report's mentions have it, of whom an act is directed at; None if unsure."""
    if setting.addressed is not None:
        party = identify_party(scene, setting.addressed.spans[0])
        if party is not None:
            return party.name
        return _choose(_list_named(scene, setting.addressed.spans, (), speaker))
    known = [words for words in (setting.addressee, setting.channel, setting.place) if words]
    without = [span for words in known for span in words.spans]
    without += attribution.source
    clauses = setting.clauses
    if clauses is not None:
        _, end = clauses.parts[clauses.find_part(clauses.anchor)]
        behind = (clauses.anchor[0], max(end + clauses.offset, clauses.anchor[1]))
        found = _list_named(scene, [behind], [*without, *attribution.content], speaker)
        if found:
            return _choose(found)
    return _choose(_list_named(scene, attribution.content, without, speaker))


def _choose(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None


def _list_named(
    scene: Scene, within: Sequence[Span], without: Sequence[Span], speaker: str | None
) -> list[str]:
    """The names of the actors, but for the speaker, that are named within spans, each once."""
    names = []
    for span, number in scene.by_span.items():
        inside = any(start <= span[0] and span[1] <= end for start, end in within)
        if not inside or any(overlap(span, other) for other in without):
            continue
        referent = scene.referents[number]
        elsewhere = referent.type == "place" and _is_where(scene, span)
        if referent.name != speaker and not elsewhere:
            names.append(referent.name)
    return sorted(set(names))


def _is_where(scene: Scene, span: Span) -> bool:
    text, language = scene.report.text, scene.report.language
    places = compile_words(
        load_lexicon(language).words("setting", "places"), before=r"(?<!\w)", after=rf"{BLANK}\Z"
    )
    return places is not None and bool(places.search(text[max(0, span[0] - _AHEAD) : span[0]]))
