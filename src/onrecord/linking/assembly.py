"""An utterance put together from the statements that carry it, each measured on the fullest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.domain import Rendering, Span, Utterance, make_id
from onrecord.edtf import contains, overlaps, parse_edtf
from onrecord.linking.clashes import channels_clash, places_clash
from onrecord.linking.likeness import measure_meaning
from onrecord.linking.marks import NOWHERE_ELSE, OTHER_OCCASION
from onrecord.linking.renderings import compare_wordings, is_quoted_nowhere_else
from onrecord.linking.voiced import Voiced, by_fullness, by_order, dates_clash, make_wording

Limits = Mapping[str, tuple[Span, ...]]
"""By statement id the part of it that renders the utterance, where that isn't all of it."""


def build_utterance(
    members: Iterable[Voiced], *, guests: Iterable[Voiced] = (), limits: Limits | None = None
) -> Utterance:
    """The utterance that these statements carry, each measured against the fullest wording.

    `guests` render it beside another utterance, which is mainly theirs: they give it neither its
    id nor its fullest wording. What it repeats and may be the same as is not looked for.
    """
    ranked = sorted(members, key=by_fullness)
    others = sorted(guests, key=by_order)
    ordered = sorted(ranked, key=by_order)
    utterance = make_id("utterance", ordered[0].statement.id)
    said_on = _settle_date(ranked)
    all_ = [*ranked, *others]
    return Utterance(
        id=utterance,
        speaker=next((one.actor for one in ranked if one.actor is not None), None),
        said_on=said_on,
        statements=tuple(one.statement.id for one in (*ordered, *others)),
        best=ranked[0].statement.id,
        story=ordered[0].story,
        renderings=tuple(_render_all(all_, utterance, said_on, limits or {})),
    )


def _settle_date(members: Sequence[Voiced]) -> str | None:
    """Of the dates that hold no other, more exact one, that which most statements allow."""
    dates = [one.statement.said_on for one in members if one.statement.said_on is not None]
    exact = [d for d in dates if not any(contains(d, o) and not contains(o, d) for o in dates)]

    def rank(date: str) -> tuple[int, int, str]:
        days = parse_edtf(date)
        length = (days[1] - days[0]).days if days is not None else 0
        return -sum(overlaps(date, other) for other in dates), length, date

    return min(exact, key=rank, default=None)


def _render_all(
    carriers: Sequence[Voiced], utterance: str, said_on: str | None, limits: Limits
) -> list[Rendering]:
    """How each statement renders the utterance, whose fullest wording comes first."""
    leader = carriers[0]
    wordings = [make_wording(one, limits.get(one.statement.id, ())) for one in carriers]
    found = []
    for number, (one, wording) in enumerate(zip(carriers, wordings, strict=True)):
        compared = compare_wordings(
            wordings[0], wording, similarity=measure_meaning(leader.content, one.content)
        )
        flags = list(compared.flags)
        others = [other for place, other in enumerate(wordings) if place not in (0, number)]
        if number and is_quoted_nowhere_else(wording, wordings[0], others, certain=leader.primary):
            flags.append(NOWHERE_ELSE)
        if _is_other_occasion(one, leader, said_on):
            flags.append(OTHER_OCCASION)
        found.append(
            Rendering(
                statement=one.statement.id,
                utterance=utterance,
                kind=compared.kind,
                spans=compared.covered,
                flags=tuple(flags),
                differences=compared.differences,
                score=compared.score,
            )
        )
    return found


def _is_other_occasion(one: Voiced, leader: Voiced, said_on: str | None) -> bool:
    """Whether date, place or channel are other than the utterance's, or its fullest wording's."""
    languages = leader.content.language, one.content.language
    statements = leader.statement, one.statement
    return (
        dates_clash(one.statement.said_on, said_on)
        or places_clash(*statements, languages=languages)
        or channels_clash(*statements, languages=languages)
    )
