"""Average the weights of two runs, the later of which started from the earlier.

    python training/average.py --base - --data - --names main names --share 0.85 --into final

Keeps what the earlier run did in languages that neither was trained on beside what the later one
learned (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import torch

from settings import parser


def main() -> None:
    """Write `INTO.pt` with (1 - share) of the first run and share of the second."""
    arguments = parser(__doc__)
    arguments.add_argument("--names", nargs=2, required=True)
    arguments.add_argument("--share", type=float, required=True)
    arguments.add_argument("--into", required=True)
    parsed = arguments.parse_args()
    first, second = (
        torch.load(parsed.work / f"{name}.pt", weights_only=False)["model"] for name in parsed.names
    )
    # Heads that only the later run knows stay as they are.
    mixed = second | {key: torch.lerp(first[key], second[key], parsed.share) for key in first}
    torch.save({"model": mixed, "step": 0}, parsed.work / f"{parsed.into}.pt")


if __name__ == "__main__":
    main()
