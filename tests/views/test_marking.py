from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Difference, Span, Words
from onrecord.views.marking import Piece, Printed, cut_runs, mark_differences, shorten_words

BEST = "We will pay for the bridge, if it is at fault. We will not pay for cargo."

PLACE = st.integers(-5, 60)
SPAN = st.tuples(PLACE, PLACE)


def find(text: str, words: str) -> Words:
    start = text.index(words)
    return Words.of(text, (start, start + len(words)))


def show(here: str, *differences: Difference) -> str:
    """The pieces in one line: {missing} [changed|in place of] +added+."""
    whole = ((0, len(here)),)
    pieces = mark_differences(
        Printed(here, whole), differences, best=Printed(BEST, ((0, len(BEST)),))
    )
    forms = {
        "plain": "%s", "added": "+%s+", "missing": "{%s}", "replaced": "[%s|", "changed": "%s]",
        "joint": "/",
    }  # fmt: skip
    return "".join(forms[one.kind].replace("%s", one.text) for one in pieces)


def test_missing_words_stand_where_they_are_missing() -> None:
    here = "We will pay for the bridge. We will not pay for cargo"
    gone = Difference("missing", find(BEST, "if it is at fault"), None)
    assert (
        show(here, gone)
        == "We will pay for the bridge{if it is at fault}. We will not pay for cargo"
    )


def test_missing_ends_stand_at_the_ends() -> None:
    here = "pay for the bridge"
    first = Difference("missing", find(BEST, "We will"), None)
    last = Difference("missing", find(BEST, "if it is at fault. We will not pay for cargo"), None)
    assert show(here, first, last) == (
        "{We will}pay for the bridge{if it is at fault. We will not pay for cargo}"
    )


def test_the_place_is_found_among_words_that_come_twice() -> None:
    here = "We will pay for the bridge, if it is at fault. We will pay for cargo."
    gone = Difference("missing", find(BEST, "not"), None)
    assert show(here, gone).endswith("We will{not} pay for cargo.")


def test_changed_words_follow_those_in_whose_place_they_stand() -> None:
    here = "We shall pay for every bridge, if it is at fault. We will not pay for any cargo."
    assert show(
        here,
        Difference("changed", find(BEST, "will"), find(here, "shall")),
        Difference("changed", find(BEST, "the"), find(here, "every")),
        Difference("added", None, find(here, "any")),
    ) == (
        "We [will|shall] pay for [the|every] bridge, if it is at fault. "
        "We will not pay for +any+ cargo."
    )


def test_a_difference_before_bounds_the_place_of_the_next() -> None:
    here = "We should, we will pay for cargo"
    shown = show(
        here,
        Difference("changed", find(BEST, "will pay for the bridge"), find(here, "should")),
        Difference("missing", find(BEST, "if it is at fault"), None),
    )
    assert shown == "We [will pay for the bridge|should]{if it is at fault}, we will pay for cargo"


def test_fragments_are_joined_by_a_sign_and_missing_words_come_once() -> None:
    here = "“We will pay for the bridge,” she said. “We will not pay for cargo.”"
    spans = (find(here, "We will pay for the bridge").spans[0], find(here, "We will not").spans[0])
    gone = Difference("missing", find(BEST, "if it is at fault"), None)
    pieces = mark_differences(Printed(here, spans), [gone], best=Printed(BEST, ((0, len(BEST)),)))
    kinds = [one.kind for one in pieces]
    assert sorted(kinds) == ["joint", "missing", "plain", "plain"]
    assert kinds.index("missing") in (1, 2)


def test_many_missing_words_are_shortened_with_their_number() -> None:
    words = " ".join(f"w{number}" for number in range(60))
    assert shorten_words(words).startswith("w0 w1 ")
    assert "[… 38 more words …]" in shorten_words(words)
    assert shorten_words(words).endswith(" w58 w59")
    assert shorten_words(BEST) == BEST


@given(st.text(max_size=50), st.lists(SPAN, max_size=8), st.none() | SPAN, st.lists(PLACE))
def test_runs_joined_are_the_text_and_carry_the_marks_that_cover_them(
    text: str, spans: list[Span], within: Span | None, cuts: list[int]
) -> None:
    runs = cut_runs(text, [(span, span) for span in spans], within=within, cuts=cuts)
    low, high = within or (0, len(text))
    assert "".join(run.text for run in runs) == text[max(0, low) : max(0, high)]
    for run in runs:
        assert run.text == text[run.start : run.end]
        assert run.text
        assert list(run.marks) == [
            (start, end) for start, end in spans if start <= run.start and run.end <= end
        ]
    starts = {run.start for run in runs}
    assert all(cut in starts for cut in cuts if max(0, low) < cut < min(high, len(text)))


WORDS = st.lists(st.sampled_from(["a", "b", "not", "10", "é", "д"]), min_size=1, max_size=9)


@st.composite
def compared(draw: st.DrawFn) -> tuple[Printed, list[Difference], Printed]:
    """Two wordings and differences with any places in them, in order."""
    best, here = " ".join(draw(WORDS)), ", ".join(draw(WORDS))
    edges = sorted(draw(st.lists(st.integers(0, len(here)), min_size=4, max_size=4)))
    spans = tuple(pair for pair in (tuple(edges[:2]), tuple(edges[2:])) if pair[0] < pair[1])
    differences = []
    for start, end in draw(st.lists(st.tuples(*[st.integers(0, len(here))] * 2), max_size=3)):
        words = Words.of(here, (start, end)) if start < end else None
        other = Words.of(best, (0, 1)) if draw(st.booleans()) or words is None else None
        op = "changed" if words and other else "added" if words else "missing"
        differences.append(Difference(op, other, words))  # type: ignore[arg-type]
    whole = ((0, len(here)),)
    return Printed(here, spans or whole), differences, Printed(best, ((0, len(best)),))


def is_printed(piece: Piece) -> bool:
    return piece.kind in ("plain", "added", "changed")


@given(compared())
def test_pieces_joined_are_the_words_as_printed(
    case: tuple[Printed, list[Difference], Printed],
) -> None:
    here, differences, best = case
    pieces = mark_differences(here, differences, best=best)
    printed = [one for one in pieces if is_printed(one)]
    assert "".join(one.text for one in printed) == "".join(here.text[a:b] for a, b in here.spans)
    assert all(here.text.startswith(one.text, one.start) for one in printed)
    lost = sum(one.op == "missing" for one in differences)
    has_words = any(here.text[a:b].strip(" ,") for a, b in here.spans)
    assert sum(one.kind == "missing" for one in pieces) == (lost if has_words else 0)
