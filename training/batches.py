"""Examples -> batches of tensors, and the loss on one batch."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from corpora import IGNORE, Example
from model import Tagger
from onrecord.tagging.heads import LAYERS, POINTERS, place_candidates

LAYER_WEIGHTS = {
    "content": 1.0,
    "inner": 0.5,
    "source": 1.0,
    "cue": 1.0,
    "addressee": 0.5,
    "name": 3.0,
}
POINTER_WEIGHTS = {
    "content_cue": 0.3,
    "content_source": 0.3,
    "cue_source": 0.3,
    "pronoun_name": 0.6,
}
EMBEDDING_WEIGHT = 10.0
CENTRED_WEIGHT = 5.0
APART_WEIGHT = 2.0
SHARPNESS = 5.0


@dataclass(frozen=True)
class Specials:
    """Ids that open and close every window."""

    opening: list[int]
    closing: list[int]
    pad: int = 1


@dataclass(frozen=True)
class Links:
    """Pointer examples of a batch: flat piece indices of the asking span and its candidates."""

    ask: Tensor
    keys: Tensor
    features: Tensor
    known: Tensor
    gold: Tensor


@dataclass(frozen=True)
class Batch:
    """What one step needs, all indices flat over [batch * length]."""

    ids: Tensor
    lengths: Tensor
    units: Tensor
    labels: dict[str, Tensor]
    links: dict[str, Links]
    anchor_pieces: Tensor
    anchor_rows: Tensor
    teacher: Tensor


def plan_batches(examples: Sequence[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of about `size` pieces, of examples of like length, in random order."""
    order = sorted(examples, key=lambda e: (len(e.ids) // 8, rng.random()))
    batches: list[list[Example]] = [[]]
    longest = 0
    for example in order:
        longest = max(longest, len(example.ids) + 5)
        if batches[-1] and longest * (len(batches[-1]) + 1) > size:
            batches.append([])
            longest = len(example.ids) + 5
        batches[-1].append(example)
    rng.shuffle(batches)
    return batches


def build_batch(examples: Sequence[Example], specials: Specials, teacher: Teacher) -> Batch:
    """One padded batch."""
    rows = [[*specials.opening, *e.ids.tolist(), *specials.closing] for e in examples]
    length = max(map(len, rows))
    ids = torch.full((len(rows), length), specials.pad)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    bases = [i * length + len(specials.opening) for i in range(len(rows))]
    units = np.concatenate([e.units + base for e, base in zip(examples, bases, strict=True)])
    labels = {
        name: torch.from_numpy(np.concatenate([e.labels[name] for e in examples]))
        for name in LAYERS
    }
    links = {name: _build_links(name, examples, bases) for name in POINTERS}
    pieces, anchors, wanted = _build_anchors(examples, bases, teacher)
    return Batch(
        ids,
        torch.tensor([len(r) for r in rows]),
        torch.from_numpy(units),
        labels,
        {k: v for k, v in links.items() if v is not None},
        pieces,
        anchors,
        wanted,
    )


def _build_links(name: str, examples: Sequence[Example], bases: Sequence[int]) -> Links | None:
    asking_role, wanted_role = POINTERS[name]
    rows = []
    for example, base in zip(examples, bases, strict=True):
        at = lambda span: (base + example.units[span[0]], base + example.units[span[1] - 1])  # noqa: B023, E731
        firsts = ((link.get(wanted_role) or ())[:1] for link in example.links)
        candidates = sorted({span for spans in firsts for span in spans})
        for link in example.links:
            answers = link.get(wanted_role)
            if answers is None:
                continue
            for span in link.get(asking_role) or ():
                if span[0] >= span[1]:
                    continue
                gold = 1 + candidates.index(answers[0]) if answers else 0
                places = place_candidates(span, candidates, example.sentences)
                rows.append((at(span), [at(c) for c in candidates], places, gold))
    if not rows:
        return None
    most = max(1, *(len(row[1]) for row in rows))
    keys = np.zeros((len(rows), most, 2), dtype=np.int64)
    features = np.zeros((len(rows), most, 3), dtype=np.int64)
    known = np.zeros((len(rows), 1 + most), dtype=bool)
    known[:, 0] = True
    for i, (_, candidates, places, _) in enumerate(rows):
        if candidates:
            keys[i, : len(candidates)] = candidates
            features[i, : len(candidates)] = places
            known[i, 1 : 1 + len(candidates)] = True
    return Links(
        torch.tensor([row[0] for row in rows]),
        torch.from_numpy(keys),
        torch.from_numpy(features),
        torch.from_numpy(known),
        torch.tensor([row[3] for row in rows]),
    )


@dataclass(frozen=True)
class Teacher:
    """Sentence embeddings of the starting weights, by text."""

    rows: dict[str, int]
    vectors: np.ndarray


def _build_anchors(
    examples: Sequence[Example], bases: Sequence[int], teacher: Teacher
) -> tuple[Tensor, Tensor, Tensor]:
    pieces, anchors, wanted = [], [], []
    for example, base in zip(examples, bases, strict=True):
        for (low, high), text in example.anchors:
            row = teacher.rows.get(text)
            if row is None:
                continue
            start = example.units[low]
            end = example.units[high] if high < len(example.units) else len(example.ids)
            pieces += range(base + start, base + end)
            anchors += [len(wanted)] * (end - start)
            wanted.append(row)
    vectors = (
        torch.from_numpy(teacher.vectors[wanted].astype(np.float32))
        if wanted
        else torch.zeros(0, 384)
    )
    return torch.tensor(pieces, dtype=torch.long), torch.tensor(anchors, dtype=torch.long), vectors


def measure_loss(tagger: Tagger, batch: Batch) -> tuple[Tensor, dict[str, float]]:
    """The summed loss, and its parts by name."""
    with torch.autocast("cpu", torch.bfloat16):
        hidden = tagger.encoder(batch.ids, batch.lengths)
    flat = hidden.float().flatten(0, 1)
    parts: dict[str, Tensor] = {}
    tags = tagger.tags(flat[batch.units])
    at = 0
    for name, labels in LAYERS.items():
        scores = tags[:, at : at + len(labels)]
        at += len(labels)
        if (batch.labels[name] != IGNORE).any():
            parts[name] = LAYER_WEIGHTS[name] * F.cross_entropy(
                scores, batch.labels[name], ignore_index=IGNORE
            )
    for name, links in batch.links.items():
        scores = tagger.point(
            name, flat[links.ask].flatten(-2), flat[links.keys].flatten(-2), links.features
        )
        scores = scores.masked_fill(~links.known, -1e4)
        parts[name] = POINTER_WEIGHTS[name] * F.cross_entropy(scores, links.gold)
    if len(batch.teacher) > 1:
        parts |= _embedding_losses(flat, batch)
    total = torch.stack(list(parts.values())).sum()
    return total, {name: float(value.detach()) for name, value in parts.items()}


def _embedding_losses(flat: Tensor, batch: Batch) -> dict[str, Tensor]:
    """How far the spans' vectors are from the teacher's of the same words by themselves.

    `embedding` keeps each where it was. All sentences lie in a narrow cone, so it says little of
    what tells one from its neighbours; `centred` measures without the mean, and `apart` how well
    a span's own words are told from the others of the batch, its neighbours in the text among
    them (the teacher's similarities are what is wanted, not one and zero: Hinton et al. 2015).
    """
    pooled = torch.zeros(len(batch.teacher), flat.shape[1]).index_add_(
        0, batch.anchor_rows, flat[batch.anchor_pieces]
    )
    ours, wanted = F.normalize(pooled, dim=1), batch.teacher
    mean = wanted.mean(0, keepdim=True)
    own, its = F.normalize(ours - mean, dim=1), F.normalize(wanted - mean, dim=1)
    return {
        "embedding": EMBEDDING_WEIGHT * (1 - (ours * wanted).sum(1).mean()),
        "centred": CENTRED_WEIGHT * (1 - (own * its).sum(1).mean()),
        "apart": APART_WEIGHT
        * F.kl_div(
            F.log_softmax(own @ its.T * SHARPNESS, 1),
            F.log_softmax(its @ its.T * SHARPNESS, 1),
            reduction="batchmean",
            log_target=True,
        ),
    }
