"""Names on the dev sentences, by language, read with a shipped file.

    python training/evaluate_names.py --base - --data DATA --set standard [--together]

A name is right where span and type are. `--together` reads ten sentences as one text, as names
stand in reports.
"""

from __future__ import annotations

from pathlib import Path

from corpora import read_rows
from onrecord.domain import Report, Zone
from onrecord.tagging.encoder import Encoder, choose_weights
from onrecord.tagging.tagger import tag_reports
from settings import parser

TYPES = {"PER": "person", "ORG": "organisation", "LOC": "place"}
TOGETHER = 10


def score_names(path: Path, encoder: Encoder, together: int) -> tuple[int, int, int]:
    """Right, found and gold names of a dev file."""
    rows = read_rows(path)
    right = found = wanted = 0
    for at in range(0, len(rows), together):
        text, gold = "", set()
        for row in rows[at : at + together]:
            gold |= {(s + len(text), e + len(text), TYPES[kind]) for s, e, kind in row["entities"]}
            text += row["text"] + "\n"
        report = Report("x", "x", "x", text, "und", (Zone("body", (0, len(text))),))
        (tagging,) = tag_reports([report], encoder)
        names = {(*name.span, name.type) for name in tagging.names}
        right, found, wanted = right + len(names & gold), found + len(names), wanted + len(gold)
    return right, found, wanted


def main() -> None:
    """Print F1 by language."""
    arguments = parser(__doc__)
    arguments.add_argument("--set", required=True)
    arguments.add_argument("--together", action="store_true")
    parsed = arguments.parse_args()
    encoder = Encoder(choose_weights(parsed.set))
    for path in sorted(parsed.data.glob("names-*.dev.jsonl.gz")):
        right, found, wanted = score_names(path, encoder, TOGETHER if parsed.together else 1)
        print(
            f"{path.name[6:8]} P {right / max(1, found):.3f} R {right / wanted:.3f} "
            f"F1 {2 * right / (found + wanted):.3f}"
        )


if __name__ == "__main__":
    main()
