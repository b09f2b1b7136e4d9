"""Print the command line's reference from its own help: `make docs`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

HEAD = """# Commands

Printed from `onrecord --help` by `make docs`; a test fails where it is out of date.
"""


def write_reference() -> str:
    """The reference as Markdown: the program's help, then each command's."""
    # argparse wraps at the terminal's width and would write another file on each.
    os.environ["COLUMNS"] = "80"
    from onrecord.cli import build_parser  # noqa: PLC0415

    parser = build_parser()
    sections = [HEAD, _show("onrecord", parser)]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            sections += [_show(f"onrecord {name}", one) for name, one in action.choices.items()]
    return "\n".join(sections)


def _show(title: str, parser: argparse.ArgumentParser) -> str:
    return f"## {title}\n\n```\n{parser.format_help().rstrip()}\n```\n"


if __name__ == "__main__":
    Path(__file__).with_name("cli.md").write_text(write_reference(), encoding="utf-8")
