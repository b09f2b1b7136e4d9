"""The encoder with its heads in PyTorch, for training only.

The body is BERT (Devlin et al. 2019) as multilingual-e5-small has it: post-norm, exact GELU.
Heads: a BIO layer per role on the first piece of each word, and pointers between spans.
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from base import Base
from onrecord.tagging.heads import BUCKETS, LAYERS, POINTER_SIZE, POINTERS


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self, hidden: int, heads: int, inner: int, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.output = (
            nn.Linear(hidden, hidden) for _ in range(4)
        )
        self.attention_norm = nn.LayerNorm(hidden, eps)
        self.widen, self.narrow = nn.Linear(hidden, inner), nn.Linear(inner, hidden)
        self.output_norm = nn.LayerNorm(hidden, eps)

    def forward(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
        """[B, T, hidden] -> the same; `mask` [B, 1, 1, T] is added to the attention scores.

        Plain products: PyTorch's fused attention is slower than they are in bf16 on a CPU.
        """
        batch, length, hidden = x.shape
        split = lambda y: y.view(batch, length, self.heads, -1).transpose(1, 2).contiguous()  # noqa: E731
        asked, keys, values = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = asked @ keys.transpose(-1, -2) / math.sqrt(asked.shape[-1])
        seen = (scores + mask.to(scores.dtype)).softmax(-1).to(values.dtype) @ values
        seen = self.output(seen.transpose(1, 2).reshape(batch, length, hidden))
        x = self.attention_norm(x + F.dropout(seen, dropout, self.training))
        wide = self.narrow(F.gelu(self.widen(x)))
        return self.output_norm(x + F.dropout(wide, dropout, self.training))


class Encoder(nn.Module):
    """Piece ids and a mask -> one vector a piece."""

    def __init__(self, base: Base, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(base.tensors["emb.word"].shape[0], base.hidden)
        self.word.weight.requires_grad_(False)
        self.position = nn.Embedding(base.positions, base.hidden)
        self.norm = nn.LayerNorm(base.hidden, base.eps)
        self.layers = nn.ModuleList(
            Layer(base.hidden, base.heads, base.inner, base.eps) for _ in range(base.layers)
        )
        self._load(base)

    def _load(self, base: Base) -> None:
        put = lambda target, name: target.data.copy_(torch.from_numpy(base.tensors[name]))  # noqa: E731
        put(self.word.weight, "emb.word")
        # The type embedding is the same for every piece, so it is folded into the positions.
        types = base.tensors["emb.type"].reshape(2, base.hidden)[0]
        self.position.weight.data.copy_(torch.from_numpy(base.tensors["emb.pos"] + types))
        put(self.norm.weight, "emb.ln.w")
        put(self.norm.bias, "emb.ln.b")
        names = {
            "query": "q",
            "key": "k",
            "value": "v",
            "output": "ao",
            "widen": "fi",
            "narrow": "fo",
            "attention_norm": "aln",
            "output_norm": "oln",
        }
        for number, layer in enumerate(self.layers):
            for attribute, short in names.items():
                module = getattr(layer, attribute)
                put(module.weight, f"l{number}.{short}.w")
                put(module.bias, f"l{number}.{short}.b")

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Ids [B, T] and lengths [B] -> vectors [B, T, hidden]."""
        steps = torch.arange(ids.shape[1])
        x = self.norm(self.word(ids) + self.position(steps))
        x = F.dropout(x, self.dropout, self.training)
        seen = steps[None, :] < lengths[:, None]
        mask = torch.where(seen, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask, self.dropout)
        return x


class Tagger(nn.Module):
    """The encoder with its heads. Parameter names of the heads are those of the shipped file."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = Encoder(base)
        hidden = base.hidden
        self.tags = nn.Linear(hidden, sum(len(labels) for labels in LAYERS.values()))
        self.asks = nn.ModuleDict({name: nn.Linear(2 * hidden, POINTER_SIZE) for name in POINTERS})
        self.keys = nn.ModuleDict({name: nn.Linear(2 * hidden, POINTER_SIZE) for name in POINTERS})
        self.none = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(POINTER_SIZE)) for name in POINTERS}
        )
        self.places = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(BUCKETS)) for name in POINTERS}
        )

    def point(self, name: str, ask: Tensor, keys: Tensor, features: Tensor) -> Tensor:
        """Scores [Q, 1 + C]: none, then each candidate. `features` [Q, C, 3] index `places`."""
        asked = self.asks[name](ask)
        dots = torch.einsum("qd,qcd->qc", asked, self.keys[name](keys)) / math.sqrt(POINTER_SIZE)
        dots = dots + self.places[name][features].sum(-1)
        none = asked @ self.none[name] / math.sqrt(POINTER_SIZE)
        return torch.cat([none[:, None], dots], 1)


def load_checkpoint(tagger: Tagger, path: Path) -> dict[str, object]:
    """Load the trained values (all but the frozen word embeddings) and return the rest.

    Pointers that the checkpoint doesn't know stay as they are.
    """
    state = torch.load(path, weights_only=False)
    missing, unexpected = tagger.load_state_dict(state["model"], strict=False)
    lacking = [
        name for name in missing if name.split(".")[0] not in ("asks", "keys", "none", "places")
    ]
    if unexpected or lacking != ["encoder.word.weight"]:
        raise ValueError(f"{path}: missing {lacking}, unexpected {unexpected}")
    return state
