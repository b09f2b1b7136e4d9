"""Choose what opening a span costs in each layer, on training reports.

    python training/tune.py $ARGS --scorer SCORER --name final

One layer after another, by the attribution F1 of both languages together. Writes `fitted.json`.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, replace
from pathlib import Path

import torch

from base import read_base
from corpora import read_rows
from evaluate import FloatReader, export_heads, score
from model import Tagger, load_checkpoint
from onrecord.tagging.decode import StartCosts, decode_attributions
from onrecord.tagging.encoder import PieceTokenizer
from settings import parser
from vocabulary import build_model

REPORTS = 40
SEED = 11
CHOICES = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)
NEVER = 1e9
"""The start cost of a layer that was not trained."""


def main() -> None:
    """Tune and write."""
    arguments = parser(__doc__)
    arguments.add_argument("--name", required=True)
    arguments.add_argument("--scorer", type=Path, required=True)
    arguments.add_argument("--corpora", nargs="+", default=["polnear.train", "wikinews-de.train"])
    arguments.add_argument(
        "--without-inner", action="store_true", help="the inner layer is untrained"
    )
    parsed = arguments.parse_args()
    torch.set_num_threads(2)
    base = read_base(parsed.base)
    tagger = Tagger(base).eval()
    load_checkpoint(tagger, parsed.work / f"{parsed.name}.pt")
    reader, heads = FloatReader(tagger, PieceTokenizer(build_model(base))), export_heads(tagger)
    read = {}
    for corpus in parsed.corpora:
        rows = read_rows(parsed.data / f"{corpus}.jsonl.gz")
        chosen = random.Random(SEED).sample(rows, REPORTS)
        read[corpus] = {row["doc"]: reader.score_text(row["text"]) for row in chosen}

    def worth(costs: StartCosts) -> float:
        found = []
        for corpus, scored in read.items():
            rows = [
                {
                    "doc": doc,
                    "attributions": [
                        {role: getattr(a, role) for role in ("content", "cue", "source")}
                        for a in decode_attributions(one, heads, costs)
                    ],
                }
                for doc, one in scored.items()
            ]
            result = score(rows, parsed.data / f"{corpus}.jsonl.gz", parsed.scorer, parsed.work)[
                "all"
            ]
            found.append(result["attribution"] + 0.2 * result["content_exact"])
        return sum(found) / len(found)

    untrained = NEVER if parsed.without_inner else 0.0
    best = StartCosts(inner=untrained, addressee=untrained)
    layers = ["content", "source", "cue", *([] if parsed.without_inner else ["inner"])]
    for layer in layers:
        scores = {cost: worth(replace(best, **{layer: cost})) for cost in CHOICES}
        best = replace(best, **{layer: max(scores, key=scores.__getitem__)})
        print(layer, {cost: round(value, 4) for cost, value in scores.items()}, flush=True)
    path = parsed.work / "fitted.json"
    values = json.loads(path.read_text()) if path.exists() else {}
    values["start_costs"] = asdict(best)
    path.write_text(json.dumps(values, indent=1) + "\n")


if __name__ == "__main__":
    main()
