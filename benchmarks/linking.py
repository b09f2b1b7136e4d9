"""Linking alone: gold statements in, utterances, renderings and answers out.

    python -m benchmarks.linking

Shows what the linking stage makes of statements that are all found and have the right speakers, so
that its faults can be told from those of the stages before it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks.gold import Gold, find_spans, score_clusters
from onrecord import pipeline
from onrecord.domain import Links, Mention, Report, Statement, Words, make_id
from onrecord.intake import read_reports
from onrecord.linkage import Given, link_decided
from onrecord.linking.model import LinkingModel
from onrecord.record.rows import LinkingReport
from onrecord.settings import Settings
from onrecord.tagging.encoder import Encoder
from onrecord.tagging.tagger import tag_reports

EXAMPLES = Path(__file__).parent.parent / "examples"


def read_gold_statements(
    gold: Gold, reports: dict[str, Report], encoder: Encoder
) -> Iterator[tuple[str, Statement]]:
    """The gold rows as statements, with their gold ids."""
    for row in gold.rows["statement"]:
        report = reports[row["report"]]
        spans = tuple(find_spans(report.text, row["content"]))
        if not spans:
            continue
        content = Words.of(report.text, *spans)
        speaker = Mention(row["speaker"], "person", "gold") if row["speaker"] else None
        places = {
            name: Words.of(report.text, *find_spans(report.text, [row[name]])[:1])
            for name in ("cue", "source")
            if row[name] and row[name] in report.text
        }
        statement = Statement(
            id=make_id("statement", report.id, spans, row["id"]),
            report=report.id,
            kind=row["kind"],
            content=content,
            speaker=speaker,
            said_on=row["said_on"],
            vector=encoder.embed_text(content.text),
            cue=places.get("cue"),
            source=places.get("source"),
        )
        yield row["id"], statement


def link_gold(gold: Gold, encoder: Encoder) -> tuple[dict[str, str], Links]:
    """The gold ids of statements by their ids, and what linking makes of them."""
    reports = {}
    for row in gold.rows["report"]:
        (report,) = read_reports(EXAMPLES / row["path"])
        assert isinstance(report, Report)
        reports[row["path"]] = replace(report, published=row["published"])
    taggings = tag_reports(list(reports.values()), encoder)
    linking = [
        LinkingReport(report, tagging.vector, None)
        for report, tagging in zip(reports.values(), taggings, strict=True)
    ]
    names = {
        report.id: tuple(report.text[slice(*name.span)] for name in tagging.names)
        for report, tagging in zip(reports.values(), taggings, strict=True)
    }
    statements = dict(read_gold_statements(gold, reports, encoder))
    model = LinkingModel.of(encoder.means, encoder.meta["linking"])
    links, _ = link_decided(linking, list(statements.values()), names, model, Given())
    return {statement.id: name for name, statement in statements.items()}, links


def main() -> int:
    """Print the figures, and with -v every wrong merge, miss and rendering."""
    gold = Gold.read(EXAMPLES / "gold.jsonl")
    encoder = pipeline.load_encoder(Settings())
    names, links = link_gold(gold, encoder)
    rows = {row["id"]: row for row in gold.rows["statement"]}
    found = {names[s]: u.id for u in links.utterances for s in u.statements}
    kinds = {names[r.statement]: r.kind for u in links.utterances for r in u.renderings}
    order = sorted(found)
    figures = {
        "utterances": score_clusters(
            [rows[i]["utterance"] for i in order], [found[i] for i in order]
        ),
        "renderings": sum(kinds[i] == rows[i]["rendering"] for i in order) / len(order),
        "stories": len(links.stories),
        "answers": len(links.answers),
    }
    print(json.dumps(figures))
    if "-v" in sys.argv:
        for one in order:
            for other in order:
                same = rows[one]["utterance"] == rows[other]["utterance"]
                if one < other and (found[one] == found[other]) != same:
                    print("missed" if same else "MERGED", one, other, rows[one]["utterance"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
