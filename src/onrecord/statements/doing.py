"""An attribution's act: its deed as `classify_act` wants it, and at whom it is directed."""

from __future__ import annotations

from onrecord.domain import Act, Attribution
from onrecord.statements.acts import ActModel, Deed, classify_act
from onrecord.statements.addressing import load_addressee_book
from onrecord.statements.cues import widen_auxiliaries
from onrecord.statements.discourse import Scene
from onrecord.statements.setting import Setting
from onrecord.statements.targets import UNDIRECTED, find_target
from onrecord.statements.vocabulary import Vocabulary
from onrecord.text import OPENING, STRAIGHT

_FIRST_WORDS = 2


def find_act(
    scene: Scene,
    attribution: Attribution,
    setting: Setting,
    *,
    speaker: str | None = None,
    model: ActModel | None = None,
) -> Act | None:
    """What the speaker of an attribution does with words, and at whom; None where unsure.

    `speaker` is the name of who speaks, who is no target.
    """
    if setting.clauses is None or not attribution.cue:
        return None
    code = classify_act(read_deed(scene, attribution, setting), scene.report.language, model=model)
    if code is None or code in UNDIRECTED:
        return None if code is None else Act(code)
    return Act(code, find_target(scene, attribution, setting, speaker=speaker))


def read_deed(scene: Scene, attribution: Attribution, setting: Setting) -> Deed:
    """The words that tell what is done, with the clauses that the cue stands in."""
    clauses = setting.clauses
    text = scene.report.text
    low = 0 if clauses is None else clauses.offset
    clause = "" if clauses is None else clauses.text
    cues = [(max(0, start - low), end - low) for start, end in attribution.cue]
    auxiliaries = load_addressee_book(scene.report.language).auxiliaries
    return Deed(
        clause=clause,
        cues=widen_auxiliaries(clause, cues, auxiliaries),
        words=" ".join(text[start:end] for start, end in attribution.deed),
        own=tells_of_oneself(text, attribution, scene.words),
        vector=attribution.deed_vector,
    )


def tells_of_oneself(text: str, attribution: Attribution, words: Vocabulary) -> bool:
    """Whether a content begins with "I" or "we", or outside quotation marks with "he" or "they"."""
    start, end = attribution.content[0]
    quoted = any(mark in OPENING + STRAIGHT for mark in text[max(0, start - 1) : start + 1])
    for low, high in words.find_tokens(text, start, end)[:_FIRST_WORDS]:
        code = words.pronouns.get(text[low:high].casefold(), "")
        if code.startswith("1") or (code and not quoted and code[0] not in "rdn"):
            return True
    return False
