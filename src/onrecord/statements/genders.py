"""Genders that pronouns tell: "Liv Aramand said that her port ..." makes Liv Aramand an f."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import Report, Span
from onrecord.statements.mentions import Profile
from onrecord.statements.vocabulary import load_vocabulary
from onrecord.text import sentence_spans


def infer_genders(
    report: Report, profiles: Sequence[Profile], quoted: Sequence[Span] = ()
) -> tuple[Profile, ...]:
    """The profiles with the genders of people of whom one pronoun only is used.

    A pronoun counts for the person named before it in its sentence, if nobody else is named there,
    or who alone is named in the sentence before one that begins with it. What is `quoted` doesn't
    count.
    """
    words = load_vocabulary(report.language)
    told: dict[int, set[str]] = {}
    named = sorted(
        (span, number)
        for number, profile in enumerate(profiles)
        if profile.type == "person"
        for span in profile.spans
    )
    starts = [span[0] for span, _ in named]
    alone: int | None = None
    for start, end in sentence_spans(report.text):
        here = named[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]
        people = {number for _, number in here}
        for place, (low, high) in enumerate(words.find_tokens(report.text, start, end)):
            word = report.text[low:high].lower()
            code = words.find_code(report.text[low:high])
            if code[:2] not in ("ms", "fs") or words.is_in("expletives", word):
                continue
            if any(one <= low < other for one, other in quoted):
                continue
            if len(people) == 1 and low > here[0][0][1]:
                told.setdefault(here[0][1], set()).add(code[0])
            elif place == 0 and not people and alone is not None:
                told.setdefault(alone, set()).add(code[0])
        alone = here[0][1] if len(people) == 1 else None
    return tuple(
        replace(profile, gender=min(told[number]), inferred=True)
        if profile.gender is None and len(told.get(number, ())) == 1
        else profile
        for number, profile in enumerate(profiles)
    )
