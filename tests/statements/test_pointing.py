from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Report, Tagging
from onrecord.statements.pointing import Layout, drop_far_sources, find_doubtful

ReadMarked = Callable[..., tuple[Report, Tagging]]

JUDGED = [
    ("[s1 Berg] [q1 said] [c1 no].", "near"),
    ("[c1 “No,”] [q1 said] [s1 Berg].", "near"),
    ("[c1 “Will it hold?”] [s1 Berg] [q1 asked].", "near"),
    ("[s1 Berg] [q1 was blunt]: [c1 “No. Never.”]", "near"),
    ("[s1 Berg] [q1 was blunt]:\n[c1 “No. Never.”]", "near"),
    ("[c1 “No. Never. Not here.”]\n— [s1 Berg]", "near"),
    ("[c1 “No. Never. Not] (...)[c1 , here.”] [s1 Berg] [q1 said].", "near"),
    ("[s1 Berg] met the press. [c1 “No.”]", "before"),
    ("[s1 Berg] met the press. [c1 It was over.]", "before"),
    ("[s1 Berg] met the press. Berg [q1 said] [c1 it was over].", "near"),
    ("[c1 It was over.] So [q1 said] [s1 Berg].", "after"),
    ("[c1 It was over.] It was [s1 Berg].", "far"),
    ("[s1 Ministers] met. It rained. [c1 “No.”]", "far"),
    ("[s1 Ministers] [q1 said]. It rained. It poured. [c1 “No.”]", "far"),
    ("[c1 “No.”] It rained. It poured. So [q1 said] [s1 Berg].", "far"),
    ("[c1 It was over.] Later [q1 had] [s1 [s2 Berg]] [q2 said] [c2 no].", "far"),
    ("[c1 No source at all.]", "near"),
]


@pytest.mark.parametrize(("marked", "distance"), JUDGED)
def test_judge(read_marked: ReadMarked, marked: str, distance: str) -> None:
    report, tagging = read_marked(marked)
    layout = Layout.of(report.text, tagging.attributions)
    assert layout.judge(tagging.attributions[0]) == distance


def test_a_far_source_goes_with_its_cue(read_marked: ReadMarked) -> None:
    marked = "[c1 It was over.] Later [q1 had] [s1 [s2 Berg]] [q2 said] [c2 no]."
    report, tagging = read_marked(marked)
    first, second = drop_far_sources(report.text, tagging.attributions)
    assert (first.source, first.cue) == ((), ())
    assert second == tagging.attributions[1]


def test_the_cue_beside_the_content_is_kept(read_marked: ReadMarked) -> None:
    marked = "[s1 Ministers] met. It rained. [c1 It was over], [q1 they said]."
    report, tagging = read_marked(marked)
    (found,) = drop_far_sources(report.text, tagging.attributions)
    assert (found.source, found.cue) == ((), tagging.attributions[0].cue)


def test_a_quotation_is_as_long_as_it_is(read_marked: ReadMarked) -> None:
    marked = "[c1 “One. Two. Three. Four,”] [q1 said] [s1 Berg]."
    report, tagging = read_marked(marked)
    assert find_doubtful(report.text, tagging.attributions) == {}


PIECES = st.lists(
    st.sampled_from(
        ["[s1 ", "[c1 ", "[q1 ", "[s2 ", "[c2 ", "]", "]", "Berg ", ". ", "“", "”", "\n", ":"]
    ),
    max_size=25,
)


@given(PIECES)
def test_only_sources_and_cues_are_dropped(read_marked: ReadMarked, pieces: list[str]) -> None:
    depth, marked = 0, ""
    for piece in pieces:
        if depth + piece.startswith("[") - (piece == "]") < 0:
            continue
        depth += piece.startswith("[") - (piece == "]")
        marked += piece
    report, tagging = read_marked(marked + "]" * depth)
    usable = [a for a in tagging.attributions if any(s < e for s, e in a.content)]
    for old, new in zip(usable, drop_far_sources(report.text, usable), strict=True):
        assert new.content == old.content
        assert new.source in ((), old.source)
        assert set(new.cue) <= set(old.cue)
