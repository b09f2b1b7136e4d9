"""Sentences of eight languages through the whole reading of a report: who said what.

    python -m benchmarks.languages [LANGUAGE ...]

Reads the passages of tests/tagging/sentences, each as a report of its own, and counts the
statements whose content, kind and speaker are right. Prints every figure beside its floor
(benchmarks/floors.toml), then what is wrong, and fails where a figure is below its floor.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.gold import Match, find_spans, same_speaker
from onrecord.domain import Report, Span, Statement
from onrecord.intake.item import Item
from onrecord.intake.report import make_report
from onrecord.settings import Settings
from onrecord.statements.attributions import build_statements
from onrecord.tagging.encoder import Encoder, choose_weights
from onrecord.tagging.tagger import tag_reports

ROOT = Path(__file__).parent.parent
SENTENCES = ROOT / "tests" / "tagging" / "sentences"
LEAST_F1 = 0.8
"""How far a content must be the expected one, in letters and digits, to count as found."""

FIGURES = ("content", "kind", "speaker")


@dataclass(frozen=True, slots=True)
class Expected:
    """A statement as it should be found; `inner` lies within another one's content."""

    content: tuple[str, ...]
    kind: str
    speaker: str | None
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one to four sentences and what is said in it."""

    id: str
    form: str
    text: str
    statements: tuple[Expected, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An expected statement and the one found for it, if any."""

    passage: Passage
    expected: Expected
    found: Statement | None

    @property
    def right_kind(self) -> bool:
        """Whether it was found, and quoted as it should be."""
        return self.found is not None and self.found.kind == self.expected.kind

    @property
    def right_speaker(self) -> bool:
        """Whether it was found, and is said by whom it should be, in any spelling."""
        wanted = {"speaker": self.expected.speaker}
        return self.found is not None and same_speaker(Match(wanted, self.found))


@dataclass(frozen=True, slots=True)
class LanguageScore:
    """What became of a language's passages; `extra` are statements that nobody expected."""

    outcomes: tuple[Outcome, ...]
    extra: tuple[tuple[Passage, Statement], ...]

    def measure(self) -> dict[str, float]:
        """The shares of FIGURES of all outer statements, and of inner ones that are found."""
        outer = [one for one in self.outcomes if not one.expected.inner]
        return {
            "content": _share(one.found is not None for one in outer),
            "kind": _share(one.right_kind for one in outer),
            "speaker": _share(one.right_speaker for one in outer),
        }


def list_languages() -> list[str]:
    """The languages that have passages."""
    return sorted(path.stem for path in SENTENCES.glob("*.jsonl"))


def read_passages(language: str) -> tuple[Passage, ...]:
    """The passages of a language."""
    lines = (SENTENCES / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_make_passage(json.loads(line)) for line in lines)


def _make_passage(row: Mapping[str, object]) -> Passage:
    statements = row["statements"]
    assert isinstance(statements, list)
    return Passage(
        str(row["id"]),
        str(row["form"]),
        str(row["text"]),
        tuple(Expected(**{**one, "content": tuple(one["content"])}) for one in statements),
    )


def make_passage_report(passage: Passage, language: str) -> Report:
    """The passage as intake makes it a report; its publisher says which language it is in."""
    data = passage.text.encode()
    return make_report(Item(f"{passage.id}.txt", data, passage.text, language=language))


def score_language(language: str, encoder: Encoder) -> LanguageScore:
    """Reads the passages of a language and holds what is found against what is expected."""
    passages = read_passages(language)
    reports = [make_passage_report(passage, language) for passage in passages]
    outcomes: list[Outcome] = []
    extra: list[tuple[Passage, Statement]] = []
    for passage, report, tagging in zip(
        passages, reports, tag_reports(reports, encoder), strict=True
    ):
        found = list(build_statements(report, tagging))
        for expected, statement in match_passage(passage, found):
            outcomes.append(Outcome(passage, expected, statement))
            if statement is not None:
                found.remove(statement)
        extra += [(passage, statement) for statement in found]
    return LanguageScore(tuple(outcomes), tuple(extra))


def match_passage(
    passage: Passage, found: Sequence[Statement]
) -> list[tuple[Expected, Statement | None]]:
    """Each expected statement with the likest of those found, one to one."""
    left = list(found)
    matched = []
    for expected in passage.statements:
        wanted = find_spans(passage.text, expected.content)
        scores = [_overlap_f1(passage.text, wanted, one.content.spans) for one in left]
        best = max(range(len(left)), key=scores.__getitem__, default=None)
        if best is None or scores[best] < LEAST_F1:
            matched.append((expected, None))
        else:
            matched.append((expected, left.pop(best)))
    return matched


def _overlap_f1(text: str, one: Iterable[Span], other: Iterable[Span]) -> float:
    mine, theirs = _letters(text, one), _letters(text, other)
    return 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {i for start, end in spans for i in range(start, end) if text[i].isalnum()}


def _share(results: Iterable[bool]) -> float:
    found = list(results)
    return sum(found) / len(found)


def read_floors() -> dict[str, dict[str, float]]:
    """By language, the least that each figure may be."""
    floors = tomllib.loads((ROOT / "benchmarks/floors.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, float]] = floors["languages"]
    return found


def list_faults(score: LanguageScore) -> list[str]:
    """A line for each statement that is missing, of the wrong kind or speaker, or too many."""
    lines = []
    for one in score.outcomes:
        head = f"  {one.passage.id} ({one.passage.form}): "
        wanted = " … ".join(one.expected.content)
        if one.found is None:
            level = "inner, " if one.expected.inner else ""
            lines.append(f"{head}{level}not found: {wanted!r}")
            continue
        if not one.right_kind:
            lines.append(f"{head}{one.found.kind}, not {one.expected.kind}: {wanted!r}")
        if not one.right_speaker:
            lines.append(f"{head}{_name_speaker(one.found)}, not {one.expected.speaker!r}")
    for passage, statement in score.extra:
        lines.append(f"  {passage.id} ({passage.form}): too many: {statement.content.text!r}")
    return lines


def _name_speaker(statement: Statement) -> str:
    if statement.speaker is not None:
        return repr(statement.speaker.name)
    source = statement.source.text if statement.source else None
    return f"nobody ({dict(statement.unresolved).get('speaker')}; source {source!r})"


def main() -> int:
    """Print the table and the faults."""
    encoder = Encoder(choose_weights(Settings().weights))
    floors = read_floors()
    below = False
    for language in sys.argv[1:] or list_languages():
        score = score_language(language, encoder)
        inner = [one for one in score.outcomes if one.expected.inner]
        parts = []
        for name, value in score.measure().items():
            low = value < floors[language][name]
            below = below or low
            parts.append(f"{name} {value:.2f} (floor {floors[language][name]:.2f}){'!' * low}")
        count = len(score.outcomes) - len(inner)
        within = sum(one.found is not None for one in inner)
        print(f"{language}: {count} statements, {', '.join(parts)}, inner {within} of {len(inner)}")
        print("\n".join(list_faults(score)))
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
