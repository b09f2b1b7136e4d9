"""The words of an attribution that tell what is done by saying it.

The cue, and the content up to the first name in it: in "said it would seek peace with Vestria" they
are "said it would seek peace with". Whom it is done to would say more of the affair than of the
act; PLOVER's sentences are told apart best by what stands between source and target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.domain import Attribution, Name, Span

LONGEST = 160
"""How many characters of a content count where no name ends them: about a sentence."""


def mark_deed(attribution: Attribution, names: Sequence[Name]) -> Attribution:
    """The attribution with the spans of its deed; none for one without a cue."""
    if not (attribution.cue and attribution.content):
        return attribution
    start, end = attribution.content[0]
    end = min([end, start + LONGEST, *(n.span[0] for n in names if start < n.span[0] < end)])
    deed: list[Span] = sorted([*attribution.cue, (start, end)])
    return replace(attribution, deed=tuple(deed))
