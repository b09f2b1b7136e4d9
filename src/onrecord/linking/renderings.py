"""How a statement words its utterance, and where it differs from the fullest wording."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby, pairwise

from onrecord.domain import Difference, RenderingKind, Span
from onrecord.linking.alignment import Op
from onrecord.linking.flags import flag_across_languages
from onrecord.linking.marks import FLAGS, OTHER_SPEAKER, read_side
from onrecord.linking.quotations import RANKS, Pair, name_kind, part_insertions, settle_ends
from onrecord.linking.wording import Token, Wording, holds_words, split_tokens, take_words
from onrecord.linking.wordlists import load_word_lists

# One word in common says nothing of where a quotation comes from, unless it is all there is.
MIN_COMMON_WORDS = 2
# A handful of common words ("in the war") can be picked from any long speech: up to this many are
# no splice where more than twice as many words lie between them.
SCATTERED_WORDS, SCATTERED_GAP = 4, 2
# Quoted words in a mixed statement are measured against the fullest wording only where at least
# this share of them is in it; else they may come from words that the fullest wording lacks.
MIN_QUOTED_SHARE = 0.6
MIN_QUOTED_WORDS = 3
# Below this share of common words a paraphrase has no words to set side by side, and no flags.
MIN_PARAPHRASE_SHARE = 0.4
# Flags across languages only from this cosine (less the mean vector of each language) on: below
# it, the two may render different parts of what was said. A guess made before the encoder was
# trained; to be set on its scores for right and wrong pairs.
MIN_FLAG_SIMILARITY = 0.5

Run = tuple[str, str]
"""Two words that follow one another, folded."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How one statement words an utterance, measured against the fullest wording.

    `covered` is the part of the statement that was measured: whole sentences at its ends that
    the fullest wording doesn't have are left out. `insertions` are words in square brackets, an
    editor's marks and no differences. `quotation` says how the quoted words of a mixed statement
    render the fullest wording, whatever the words around them; None where nothing is quoted or
    the quoted words aren't in it. `score` is the share of common words, 0 to 1; across languages
    the similarity that was given, for a paraphrase the higher of the two.
    """

    kind: RenderingKind
    flags: tuple[str, ...]
    differences: tuple[Difference, ...]
    covered: tuple[Span, ...]
    score: float
    insertions: tuple[Difference, ...] = ()
    quotation: RenderingKind | None = None


def compare_wordings(best: Wording, here: Wording, *, similarity: float | None) -> Comparison:
    """Name how `here` renders the utterance whose fullest wording is `best`.

    `similarity` is the cosine of the two embeddings (less the mean of each language), or None.
    The kinds are those of the glossary; words are compared as printed, apart from case, accents
    written in two ways, quotation marks and punctuation. Spans are code points of each report.
    """
    if here is best:
        return _compare_itself(best, similarity)
    if _language(best) != _language(here):
        compared = _compare_across(best, here, similarity)
    elif here.kind == "indirect":
        compared = _compare_paraphrase(Pair.of(best, here), similarity)
    elif here.kind == "mixed":
        compared = _compare_mixed(Pair.of(best, here), similarity)
    else:
        compared = _compare_quotation(Pair.of(best, here))
    return _add_speaker(compared, best, here)


def _compare_itself(wording: Wording, similarity: float | None) -> Comparison:
    """What any comparison comes to for the fullest wording itself, which most utterances have."""
    if wording.kind == "mixed":
        return _compare_mixed(Pair.of(wording, wording), similarity)
    direct = wording.kind == "direct"
    return Comparison(
        kind="verbatim" if direct else "paraphrased",
        flags=(),
        differences=(),
        covered=wording.words.spans,
        score=1.0 if direct or holds_words(wording) else _clip(similarity),
    )


def _language(wording: Wording) -> str:
    return wording.language.partition("-")[0].lower()


def _add_speaker(compared: Comparison, best: Wording, here: Wording) -> Comparison:
    if best.speaker is None or here.speaker is None or best.speaker == here.speaker:
        return compared
    found = {*compared.flags, OTHER_SPEAKER}
    return replace(compared, flags=tuple(flag for flag in FLAGS if flag in found))


def _compare_quotation(pair: Pair) -> Comparison:
    """Compare a direct statement: all its words stand in quotation marks."""
    settled, (low, high) = settle_ends(part_insertions(pair))
    kind, insertions = name_kind(settled)
    if _is_scattered(settled) and kind in ("trimmed", "marked cut", "spliced"):
        kind = "paraphrased"
    comparable = kind != "verbatim" and settled.matched() >= MIN_COMMON_WORDS
    whole = high - low == len(pair.here_tokens)
    covered = take_words(pair.here.report_text, pair.here_tokens[low:high])
    return Comparison(
        kind=kind,
        flags=settled.flags(reported=False) if comparable else (),
        differences=_differences(settled, insertions),
        covered=pair.here.words.spans if whole or covered is None else covered.spans,
        score=settled.common() / max(1, high - low) if settled.here_tokens else 1.0,
        insertions=_as_differences(settled, insertions),
    )


def _is_scattered(pair: Pair) -> bool:
    """Whether the common words are too few, or lie too far apart, to be called a quotation."""
    common = pair.common()
    inner = sum(op.best[1] - op.best[0] for op in pair.ops[1:-1] if op.kind == "missing")
    far = common <= SCATTERED_WORDS and inner > SCATTERED_GAP * common
    return common < MIN_COMMON_WORDS or far


def _as_differences(pair: Pair, ops: Sequence[Op]) -> tuple[Difference, ...]:
    found = (pair.difference(op) for op in ops)
    return tuple(difference for difference in found if difference is not None)


def _differences(pair: Pair, insertions: Sequence[Op]) -> tuple[Difference, ...]:
    return _as_differences(pair, [op for op in pair.ops if op not in insertions])


def _compare_mixed(pair: Pair, similarity: float | None) -> Comparison:
    """Compare a mixed statement: the quoted words as a quotation, the rest as a paraphrase."""
    if _is_quoted_throughout(pair):
        compared = _compare_quotation(pair)
        return replace(compared, quotation=compared.kind)
    parts = [pair.part(tuple(group)) for group in _quoted_groups(pair.here_tokens)]
    judged = [one for one in map(_judge_part, parts) if one is not None]
    quotation = max((one.kind for one in judged), key=RANKS.index, default=None)
    found = {flag for one in judged for flag in one.flags}
    if pair.share() >= MIN_PARAPHRASE_SHARE:
        found.update(pair.flags(reported=True))
    return Comparison(
        kind=quotation if quotation in ("spliced", "reworded") else "paraphrased",
        flags=tuple(flag for flag in FLAGS if flag in found),
        differences=tuple(difference for one in judged for difference in one.differences),
        covered=pair.here.words.spans,
        score=max(pair.share(), _clip(similarity)),
        insertions=tuple(insertion for one in judged for insertion in one.insertions),
        quotation=quotation,
    )


def _is_quoted_throughout(pair: Pair) -> bool:
    """Whether the words outside the quotation marks, too, are those of the fullest wording."""
    tokens = pair.here_tokens
    for place, op in enumerate(pair.ops):
        inner = place not in (0, len(pair.ops) - 1)
        if op.kind in ("changed", "added"):
            return False
        if op.kind == "missing" and inner:
            j = op.here[0]
            if not (tokens[j - 1].quoted and tokens[j].quoted):
                return False
    return pair.common() >= MIN_COMMON_WORDS


def _quoted_groups(tokens: Sequence[Token]) -> list[list[Token]]:
    groups = groupby(tokens, key=lambda token: (token.fragment, token.quoted))
    return [list(group) for (_, quoted), group in groups if quoted]


def _judge_part(pair: Pair) -> Comparison | None:
    """How one quoted part renders the fullest wording; None where it may come from elsewhere."""
    compared = _compare_quotation(pair)
    faithful = compared.kind in (
        "verbatim",
        "trimmed",
    )  # a "not" before the quoted part can be outside
    if compared.kind == "paraphrased" or pair.common() < MIN_COMMON_WORDS:
        return None
    inner = [one for one in compared.differences if one.here is not None]
    if not faithful:
        if pair.share() < MIN_QUOTED_SHARE or pair.common() < MIN_QUOTED_WORDS:
            return None
        inner = list(compared.differences)
    ends = [op for op in (pair.ops[0], pair.ops[-1]) if op.kind == "missing"]
    trimmed = _as_differences(pair, ends)
    return replace(
        compared,
        flags=() if faithful else compared.flags,
        differences=tuple(one for one in inner if one not in trimmed),
    )


def _compare_paraphrase(pair: Pair, similarity: float | None) -> Comparison:
    """Compare an indirect statement: tense, mood and persons shift, and that is no difference."""
    close = pair.share() >= MIN_PARAPHRASE_SHARE
    return Comparison(
        kind="paraphrased",
        flags=pair.flags(reported=True) if close else (),
        differences=_as_differences(pair, pair.ops) if close else (),
        covered=pair.here.words.spans,
        score=max(pair.share(), _clip(similarity)),
    )


def _compare_across(best: Wording, here: Wording, similarity: float | None) -> Comparison:
    sides = [
        read_side(split_tokens(wording), load_word_lists(wording.language))
        for wording in (best, here)
    ]
    sure = similarity is not None and similarity >= MIN_FLAG_SIMILARITY
    kind: RenderingKind = "paraphrased" if here.kind == "indirect" else "translated"
    return Comparison(
        kind=kind,
        flags=flag_across_languages(*sides) if sure else (),
        differences=(),
        covered=here.words.spans,
        score=_clip(similarity),
        quotation="translated" if here.kind == "mixed" else None,
    )


def is_quoted_nowhere_else(
    here: Wording, best: Wording, others: Sequence[Wording], *, certain: bool
) -> bool:
    """Whether words stand in quotation marks in `here` of which no other rendering has any run.

    `others` are the renderings besides `best`; `certain` says that `best` is a primary source.
    Without one, others in the language must agree with each other on their words, so that a
    translation made anew isn't taken for an invention.
    """
    language = _language(here)
    if here.kind == "indirect" or _language(best) != language:
        return False
    known = [_pair_up(split_tokens(w)) for w in (best, *others) if _language(w) == language]
    if not certain and not any(one & other for one, other in combinations(known, 2)):
        return False
    return any(
        all(runs.isdisjoint(other) for other in known) for runs in _list_quoted_runs(here) if runs
    )


def _list_quoted_runs(wording: Wording) -> list[set[Run]]:
    """The runs of words of each part in quotation marks; none for a part too short to tell."""
    groups = _quoted_groups(split_tokens(wording))
    return [_pair_up(group) for group in groups if len(group) >= MIN_QUOTED_WORDS]


def _pair_up(tokens: Sequence[Token]) -> set[Run]:
    return {(one.key, two.key) for one, two in pairwise(tokens) if not one.inserted}


def _clip(similarity: float | None) -> float:
    return 0.0 if similarity is None else min(1.0, max(0.0, float(similarity)))
