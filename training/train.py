"""Train the encoder and its heads. Resumable; `--ranks 2` runs two processes.

python training/train.py $ARGS --name english --attributions polnear.train:1 --epochs 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp

from base import read_base
from batches import Batch, Specials, Teacher, build_batch, measure_loss, plan_batches
from corpora import (
    Document,
    Example,
    cut_examples,
    pack_sentences,
    read_attributions,
    read_pronouns,
    read_rows,
)
from model import Tagger, load_checkpoint
from onrecord.tagging.encoder import PieceTokenizer
from settings import parser
from vocabulary import build_model

BODY_RATE, HEAD_RATE = 2e-4, 1e-3
SENTENCES_AN_EPOCH = 700
CONTENTS_AN_EPOCH = 2000
PRONOUNS, PRONOUNS_READ = 1500, 2
"""Rows of GAP's train part to learn from; fit_pronouns.py weighs what was learned on the rest."""
SAVE_EVERY = 100


@dataclass(frozen=True)
class Corpora:
    """Documents by what is known of them, with how often each is read in an epoch."""

    attributions: list[tuple[list[Document], int]]
    pronouns: list[Document]
    contents: list[dict[str, Any]]
    names: list[list[dict[str, Any]]]
    sentences: list[list[dict[str, Any]]]
    tokenizer: PieceTokenizer
    names_an_epoch: int
    share: float

    def draw_epoch(self, epoch: int) -> list[Example]:
        """The examples of one epoch, other seams and other sentences each time."""
        rng = random.Random(epoch)
        examples = [
            e
            for documents, times in self.attributions
            for _ in range(times)
            for document in rng.sample(documents, int(len(documents) * self.share))
            for e in cut_examples(document, rng)
        ]
        pronouns = self.pronouns * PRONOUNS_READ
        examples += [e for document in pronouns for e in cut_examples(document)]
        for group, count in (
            (self.names, self.names_an_epoch),
            (self.sentences, SENTENCES_AN_EPOCH),
            ([self.contents], CONTENTS_AN_EPOCH),
        ):
            for rows in group:
                chosen = rng.sample(rows * (1 + count // len(rows)), count)
                packed = pack_sentences(chosen, self.tokenizer, rng)
                examples += [e for document in packed for e in cut_examples(document)]
        return examples


def read_corpora(arguments: argparse.Namespace, tokenizer: PieceTokenizer) -> Corpora:
    """The corpora that the arguments name."""
    data: Path = arguments.data
    named = [spec.rsplit(":", 1) for spec in arguments.attributions]
    attributions = [
        (read_attributions(data / f"{name}.jsonl.gz", tokenizer), int(times))
        for name, times in named
    ]
    return Corpora(
        attributions,
        read_pronouns(data / "pronouns-en.train.jsonl.gz", tokenizer)[:PRONOUNS],
        [
            {"text": text}
            for documents, _ in attributions
            for document in documents
            for _, text in document.anchors
        ],
        [read_rows(path) for path in sorted(data.glob("names-*.train.jsonl.gz"))],
        [read_rows(path) for path in sorted(data.glob("sentences-*.jsonl.gz"))],
        tokenizer,
        arguments.names,
        arguments.share,
    )


def plan_epochs(corpora: Corpora, arguments: argparse.Namespace) -> Iterator[list[Example]]:
    """Batches of all epochs in order, the same for all ranks and every restart."""
    for epoch in range(arguments.seed, arguments.seed + arguments.epochs):
        yield from plan_batches(corpora.draw_epoch(epoch), arguments.batch, random.Random(epoch))


def rate_at(step: int, steps: int, warmup: int, decay: float) -> float:
    """The share of the peak rate: linear warm-up, level, linear decay over the last `decay`."""
    falling = max(1, int(steps * decay))
    return min(1.0, (step + 1) / warmup, (steps - step) / falling if decay else 1.0)


def build_optimizer(tagger: Tagger) -> torch.optim.AdamW:
    """AdamW with one rate for the body and one for the heads."""
    body = [p for p in tagger.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in tagger.encoder.parameters()}
    heads = [p for p in tagger.parameters() if id(p) not in known]
    groups = [{"params": body, "peak": BODY_RATE}, {"params": heads, "peak": HEAD_RATE}]
    return torch.optim.AdamW(groups, lr=BODY_RATE, betas=(0.9, 0.98), weight_decay=0.01)


def share_gradients(parameters: list[torch.nn.Parameter], ranks: int) -> None:
    """Average gradients over the ranks; a rank whose batch lacks a task counts as zero there."""
    for p in parameters:
        if p.grad is None:
            p.grad = torch.zeros_like(p)
    flat = torch.cat([p.grad.flatten() for p in parameters])
    dist.all_reduce(flat)
    at = 0
    for p in parameters:
        p.grad.copy_(flat[at : at + p.numel()].view_as(p) / ranks)
        at += p.numel()


def save(path: Path, tagger: Tagger, optimizer: torch.optim.AdamW, step: int) -> None:
    """Write a checkpoint whole or not at all."""
    model = {k: v for k, v in tagger.state_dict().items() if k != "encoder.word.weight"}
    torch.save(
        {"model": model, "optimizer": optimizer.state_dict(), "step": step},
        path.with_suffix(".tmp"),
    )
    path.with_suffix(".tmp").replace(path)


def run(rank: int, arguments: argparse.Namespace) -> None:
    """One rank of a training run."""
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    if arguments.ranks > 1:
        os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(arguments.port))
        dist.init_process_group("gloo", rank=rank, world_size=arguments.ranks)
    base = read_base(arguments.base)
    tokenizer = PieceTokenizer(build_model(base))
    specials = Specials(
        [base.specials["bos"], *tokenizer.encode("query: ")[0]], [base.specials["eos"]]
    )
    taught = np.load(arguments.work / "teacher.npz", allow_pickle=True)
    teacher = Teacher({text: i for i, text in enumerate(taught["texts"])}, taught["vectors"])
    tagger = Tagger(base).train()
    for layer in tagger.encoder.layers[: arguments.freeze]:
        layer.requires_grad_(False)
    tagger.encoder.norm.requires_grad_(not arguments.freeze)
    tagger.encoder.position.requires_grad_(not arguments.freeze)
    optimizer = build_optimizer(tagger)
    path: Path = arguments.work / f"{arguments.name}.pt"
    step = 0
    if path.exists():
        state = load_checkpoint(tagger, path)
        optimizer.load_state_dict(state["optimizer"])
        step = int(state["step"])
    elif arguments.start:
        load_checkpoint(tagger, arguments.start)
    batches = list(plan_epochs(read_corpora(arguments, tokenizer), arguments))
    steps = len(batches) // arguments.ranks
    torch.manual_seed(arguments.seed * 1000 + rank + step)
    log = (arguments.work / f"{arguments.name}.log.jsonl").open("a") if rank == 0 else None
    train(
        Job(arguments, rank, steps, log, path),
        tagger,
        optimizer,
        step,
        (
            build_batch(batches[i * arguments.ranks + rank], specials, teacher)
            for i in range(step, steps)
        ),
    )


@dataclass(frozen=True)
class Job:
    """What `train` needs besides the model and the batches."""

    arguments: argparse.Namespace
    rank: int
    steps: int
    log: object
    path: Path


def train(
    job: Job, tagger: Tagger, optimizer: torch.optim.AdamW, step: int, batches: Iterator[Batch]
) -> None:
    """Step through the batches from `step` on, logging and saving on rank 0."""
    arguments = job.arguments
    parameters = [p for p in tagger.parameters() if p.requires_grad]
    began, first, sums, pieces = time.time(), step, {}, 0
    for batch in batches:
        loss, parts = measure_loss(tagger, batch)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        if arguments.ranks > 1:
            share_gradients(parameters, arguments.ranks)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        share = rate_at(step, job.steps, arguments.warmup, arguments.decay)
        for group in optimizer.param_groups:
            group["lr"] = group["peak"] * arguments.peak * share
        optimizer.step()
        step += 1
        pieces += int(batch.lengths.sum())
        for name, value in parts.items():
            sums.setdefault(name, []).append(value)
        if job.rank == 0 and (step % 20 == 0 or step == job.steps):
            spent = time.time() - began
            means = {name: round(float(np.mean(values)), 4) for name, values in sums.items()}
            row = {
                "step": step,
                "of": job.steps,
                "seconds": round(spent),
                "pieces_s": round(pieces / spent),
                "left_min": round(spent / (step - first) * (job.steps - step) / 60, 1),
                **means,
            }
            print(json.dumps(row), file=job.log, flush=True)
            sums = {}
        if job.rank == 0 and (step % SAVE_EVERY == 0 or step == job.steps):
            save(job.path, tagger, optimizer, step)


def main() -> None:
    """Parse the arguments and start the ranks."""
    arguments = parser(__doc__)
    arguments.add_argument("--name", required=True, help="name of the run and its checkpoint")
    arguments.add_argument("--attributions", nargs="+", required=True, metavar="CORPUS:TIMES")
    arguments.add_argument("--epochs", type=int, required=True)
    arguments.add_argument("--start", type=Path, help="checkpoint whose weights to start from")
    arguments.add_argument(
        "--share", type=float, default=1.0, help="share of the reports read in an epoch"
    )
    arguments.add_argument(
        "--names",
        type=int,
        default=3000,
        help="sentences with names a language and epoch, read again where there are fewer",
    )
    arguments.add_argument("--freeze", type=int, default=0, help="lowest layers to leave as is")
    arguments.add_argument("--peak", type=float, default=1.0, help="factor on the peak rates")
    arguments.add_argument("--batch", type=int, default=2048, help="pieces a batch and rank")
    arguments.add_argument("--warmup", type=int, default=40, help="steps")
    arguments.add_argument(
        "--decay", type=float, default=0.9, help="share of the steps with a falling rate"
    )
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--ranks", type=int, default=1)
    arguments.add_argument("--port", type=int, default=29511)
    parsed = arguments.parse_args()
    if parsed.ranks == 1:
        run(0, parsed)
    else:
        mp.spawn(run, args=(parsed,), nprocs=parsed.ranks)


if __name__ == "__main__":
    main()
