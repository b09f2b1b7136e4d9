from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.domain import Words
from onrecord.linking.alignment import (
    INFLECTED,
    LONG_WORD,
    OPEN,
    SHORT_WORD,
    STEP,
    Op,
    align_tokens,
)
from onrecord.linking.wording import Token, Wording, split_tokens


def read_tokens(text: str) -> list[Token]:
    return split_tokens(Wording(Words.of(text, (0, len(text))), text, "fi", "direct"))


def align(best: str, here: str) -> list[tuple[str, str, str]]:
    one, two = read_tokens(best), read_tokens(here)
    return [
        (op.kind, join_keys(one[slice(*op.best)]), join_keys(two[slice(*op.here)]))
        for op in align_tokens(one, two)
    ]


def join_keys(tokens: list[Token]) -> str:
    return " ".join(token.key for token in tokens)


def test_operations_are_in_order_and_leave_nothing_out() -> None:
    assert align("alku sana toinen loppu", "alku toinen uusi loppu") == [
        ("equal", "alku", "alku"),
        ("missing", "sana", ""),
        ("equal", "toinen", "toinen"),
        ("added", "", "uusi"),
        ("equal", "loppu", "loppu"),
    ]


def test_inflected_words_are_paired_as_changed() -> None:
    assert align("suuri kokous alkaa", "suuri kokoukset alkaa")[1] == (
        "changed",
        "kokous",
        "kokoukset",
    )


def test_a_short_stretch_stays_together_in_a_long_text() -> None:
    filler = " ".join(f"täyte{number}x ja se" for number in range(20))
    ops = align(f"{filler} ja se on totta {filler}", "ja se on varmasti totta")
    assert [op[0] for op in ops] == ["missing", "equal", "added", "equal", "missing"]


WORDS = st.lists(st.sampled_from(["ja", "se", "kissa", "koira", "kala", "talo"]), max_size=9)


@given(WORDS, WORDS)
def test_operations_cover_both_texts(one: list[str], two: list[str]) -> None:
    best, here = read_tokens(" ".join(one)), read_tokens(" ".join(two))
    ops = align_tokens(best, here)
    ends = [Op("equal", (0, 0), (0, 0)), *ops]
    assert all(a.best[1] == b.best[0] and a.here[1] == b.here[0] for a, b in pairwise(ends))
    assert (ends[-1].best[1], ends[-1].here[1]) == (len(best), len(here))
    for op in ops:
        same = [t.key for t in best[slice(*op.best)]] == [t.key for t in here[slice(*op.here)]]
        assert same == (op.kind == "equal")


@given(WORDS, WORDS)
def test_no_alignment_scores_higher(one: list[str], two: list[str]) -> None:
    """Measured against plain recursion over every alignment, all words in one sentence."""
    best, here = read_tokens(" ".join(one)), read_tokens(" ".join(two))
    ops = align_tokens(best, here)
    assert score_ops(ops, best, here) == best_score([t.key for t in best], [t.key for t in here])


def score_ops(ops: tuple[Op, ...], best: list[Token], here: list[Token]) -> int:
    score = 0
    for op in ops:
        if op.kind == "equal":
            score += sum(worth(token.key) for token in best[slice(*op.best)])
        elif op.paired:
            score += INFLECTED
        else:
            missing, added = op.best[1] - op.best[0], op.here[1] - op.here[0]
            inside = op.here[0] > 0 and op.here[1] < len(here)
            if missing and inside:
                score -= OPEN + STEP * missing
            if added:
                score -= OPEN + STEP * added
    return score


def worth(key: str) -> int:
    return LONG_WORD if len(key) > 3 else SHORT_WORD


def best_score(best: list[str], here: list[str]) -> int:
    """The score of the best chain of equal pairs, found by trying all of them."""
    chains = [(-1, -1, 0)]
    top = gap_cost(0, len(best), 0, len(here), len(here))
    for i, word in enumerate(best):
        for j, other in enumerate(here):
            if word == other:
                found = max(
                    score + gap_cost(a + 1, i, b + 1, j, len(here))
                    for a, b, score in chains
                    if a < i and b < j
                )
                chains.append((i, j, found + worth(word)))
    finish = [s + gap_cost(a + 1, len(best), b + 1, len(here), len(here)) for a, b, s in chains]
    return max([top, *finish])


def gap_cost(low: int, high: int, begin: int, end: int, size: int) -> int:
    missing, added = high - low, end - begin
    cost = OPEN + STEP * added if added else 0
    if missing and begin > 0 and end < size:
        cost += OPEN + STEP * missing
    return -cost
