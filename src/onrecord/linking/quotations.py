"""How a quotation departs from the fullest wording: words cut, spliced, changed, explained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.domain import Difference, RenderingKind, Span
from onrecord.linking.alignment import Op, align_tokens, name_op
from onrecord.linking.flags import flag_differences
from onrecord.linking.marks import match_sides, read_side
from onrecord.linking.wording import Token, Wording, ends_in_cut, split_tokens, take_words
from onrecord.linking.wordlists import fold_word, load_word_lists

_BRACKETED = re.compile(r"\[[^\]]*\]")
RANKS: tuple[RenderingKind, ...] = (
    "verbatim", "trimmed", "marked cut", "spliced", "reworded", "paraphrased",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """Two wordings of one language, their words, and how these align."""

    best: Wording
    here: Wording
    best_tokens: Sequence[Token]
    here_tokens: Sequence[Token]
    ops: tuple[Op, ...]

    @classmethod
    def of(cls, best: Wording, here: Wording) -> Pair:
        """The words of both wordings, aligned."""
        one = split_tokens(best)
        two = one if here is best else split_tokens(here)
        return cls(best, here, one, two, align_tokens(one, two))

    def part(self, tokens: Sequence[Token]) -> Pair:
        """The same for some of the words of `here`."""
        ops = align_tokens(self.best_tokens, tokens)
        return replace(self, here_tokens=tokens, ops=ops)

    def common(self) -> int:
        """How many words of `here` are in the same place in `best`."""
        return sum(op.here[1] - op.here[0] for op in self.ops if op.kind == "equal")

    def matched(self) -> int:
        """The same with other forms and words of the same class."""
        return sum(op.here[1] - op.here[0] for op in self.ops if op.kind == "equal" or op.paired)

    def share(self) -> float:
        """The common words as a share of those of `here`, 0 to 1."""
        return self.common() / max(1, len(self.here_tokens))

    def difference(self, op: Op) -> Difference | None:
        """The words on both sides of an operation; None where they are equal."""
        if op.kind == "equal":
            return None
        best = take_words(self.best.report_text, self.best_tokens[slice(*op.best)])
        here = take_words(self.here.report_text, self.here_tokens[slice(*op.here)])
        return Difference(op.kind, best, here)

    def flags(self, *, reported: bool) -> tuple[str, ...]:
        """The flags that the aligned words carry; `reported` for an indirect statement."""
        lists = load_word_lists(self.best.language)
        sides = read_side(self.best_tokens, lists), read_side(self.here_tokens, lists)
        return flag_differences(match_sides(*sides, self.ops, reported=reported))


def settle_ends(pair: Pair) -> tuple[Pair, Span]:
    """The pair with its ends cut at sentences, and the words of `here` that are measured.

    Where both begin (or end) with other sentences, those of `best` are words left out and those
    of `here` are words of another utterance. Within the first common sentence, other words are
    changed or added.
    """
    ops = list(pair.ops)
    low, high = 0, len(pair.here_tokens)
    if any(_is_matched(op) for op in ops):
        if _has_other_end(ops[0]):
            ops[:1], low = _settle_start(pair, ops[0])
        if _has_other_end(ops[-1]):
            ops[-1:], high = _settle_end(pair, ops[-1])
    return replace(pair, ops=tuple(ops)), (low, high)


def _is_matched(op: Op) -> bool:
    return op.kind == "equal" or op.paired


def _has_other_end(op: Op) -> bool:
    return op.kind in ("changed", "added") and not op.paired


def _settle_start(pair: Pair, op: Op) -> tuple[list[Op], int]:
    i, j = op.best[1], op.here[1]
    low = _last_start(pair.here_tokens, j)
    if pair.best_tokens and pair.best_tokens[0].cut:
        low = j
    edge = _last_start(pair.best_tokens, i) if low < j else i
    return [
        one for one in (name_op((0, edge), (low, low)), name_op((edge, i), (low, j))) if one
    ], low


def _settle_end(pair: Pair, op: Op) -> tuple[list[Op], int]:
    i, j = op.best[0], op.here[0]
    size = len(pair.best_tokens)
    high = _first_start(pair.here_tokens, j)
    if ends_in_cut(pair.best):
        high = j
    edge = _first_start(pair.best_tokens, i) if high > j else i
    ends = name_op((i, edge), (j, high)), name_op((edge, size), (high, high))
    return [one for one in ends if one], high


def _last_start(tokens: Sequence[Token], place: int) -> int:
    """The last place up to `place` where a sentence begins, 0 where none does."""
    starts = (i for i in range(min(place, len(tokens) - 1), 0, -1) if tokens[i].pause == 2)
    return next(starts, 0)


def _first_start(tokens: Sequence[Token], place: int) -> int:
    """The first place from `place` on where a sentence begins, the end where none does."""
    starts = (i for i in range(max(place, 1), len(tokens)) if tokens[i].pause == 2)
    return next(starts, len(tokens))


def name_kind(pair: Pair) -> tuple[RenderingKind, list[Op]]:
    """The kind that the operations amount to, and those of them that are an editor's insertions."""
    kind: RenderingKind = "verbatim"
    insertions = [op for op in pair.ops if _is_insertion(pair, op)]
    for place, op in enumerate(pair.ops):
        if op.kind == "equal" or op in insertions:
            continue
        at_end = place in (0, len(pair.ops) - 1)
        kind = max(kind, _name_op_kind(pair, op, at_end=at_end), key=RANKS.index)
    return kind, insertions


def _name_op_kind(pair: Pair, op: Op, *, at_end: bool) -> RenderingKind:
    if op.kind == "missing" and at_end:
        return "trimmed"
    after = pair.here_tokens[op.here[0]] if op.here[0] < len(pair.here_tokens) else None
    if op.kind == "missing" and after is not None and (after.cut or after.reopened):
        return "marked cut"
    if not all(token.quoted for token in pair.best_tokens[slice(*op.best)]):
        return "paraphrased"
    if op.kind == "added":
        return _name_addition(pair, op)
    return "spliced" if op.kind == "missing" else "reworded"


def _name_addition(pair: Pair, op: Op) -> RenderingKind:
    """An addition where the fullest wording itself marks a cut is no change of words."""
    i = op.best[0]
    if i < len(pair.best_tokens) and pair.best_tokens[i].cut:
        return "trimmed"
    spoken = any(token.quoted for token in pair.best_tokens)
    return "reworded" if spoken else "paraphrased"


def part_insertions(pair: Pair) -> Pair:
    """The pair with words in brackets set against the pronoun next to them alone."""
    ops: list[Op] = []
    for op in pair.ops:
        words = pair.here_tokens[slice(*op.here)]
        wide = op.kind == "changed" and op.best[1] - op.best[0] > 1
        inserted = wide and all(word.inserted for word in words)
        ops += _part_insertion(pair, op) if inserted else [op]
    return replace(pair, ops=tuple(ops))


def _part_insertion(pair: Pair, op: Op) -> list[Op]:
    pronouns = load_word_lists(pair.here.language).pronouns
    low, high = op.best
    begin, end = op.here
    if pair.best_tokens[high - 1].key in pronouns:
        return [Op("missing", (low, high - 1), (begin, begin)), op._replace(best=(high - 1, high))]
    if pair.best_tokens[low].key in pronouns:
        return [op._replace(best=(low, low + 1)), Op("missing", (low + 1, high), (end, end))]
    return [op]


def _is_insertion(pair: Pair, op: Op) -> bool:
    """Whether words in square brackets are all that is new, and stand for nothing but a pronoun."""
    words = pair.here_tokens[slice(*op.here)]
    replaced = pair.best_tokens[slice(*op.best)]
    if op.kind not in ("added", "changed") or not words:
        return False
    if all(word.inserted for word in words):
        pronouns = load_word_lists(pair.here.language).pronouns
        return all(word.key in pronouns or word.inserted for word in replaced)
    if len(words) == len(replaced) == 1:
        printed = pair.here.report_text[words[0].start : words[0].end]
        return fold_word(_BRACKETED.sub("", printed)) == replaced[0].key
    return False
