"""Imports run one way: cli → views, pipeline → stages and record → the base modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src"
PACKAGE = "onrecord"
STAGES = frozenset({"intake", "tagging", "statements", "linking"})
BASE = frozenset({
    "decisions", "dialogues", "domain", "edtf", "errors", "lexicon",
    "quotations", "reporting", "roles", "settings", "text",
})  # fmt: skip

# What a part of the package may import besides itself. A part that isn't here has no place in
# the flow yet: think of where it belongs before adding it. "" is the package itself (its version).
MAY_IMPORT = {
    "domain": frozenset[str](),
    **{part: BASE - {part} for part in BASE - {"domain"}},
    **dict.fromkeys(STAGES, BASE),
    "record": BASE,
    "linkage": STAGES | {"record"} | BASE,
    "growth": {"linkage", "record"} | STAGES | BASE,
    "pipeline": {"growth", "linkage", "record"} | STAGES | BASE,
    "views": {"", "record"} | BASE,
    "cli": {"", "views", "pipeline", "record", "deciding", "serving"} | BASE,
    "serving": {"views", "pipeline", "record", "deciding"} | BASE,
    "deciding": {"views", "pipeline", "record"} | BASE,
    "__main__": frozenset({"cli"}),
    "": frozenset[str](),
}
WRITING = (
    "onrecord.record.writes",
    "onrecord.record.rulings",
    "onrecord.record.actors",
    "onrecord.record.links",
    "onrecord.record.tables",
)
ONLY_IN = {"onnxruntime": "onrecord.tagging.encoder"}

Modules = dict[str, ast.Module]


def read_modules(source: Path) -> Modules:
    modules = {}
    for path in sorted((source / PACKAGE).rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        modules[name] = ast.parse(path.read_text(encoding="utf-8"), str(path))
        modules[name].is_package = path.name == "__init__.py"  # type: ignore[attr-defined]
    return modules


def imports_of(name: str, modules: Modules) -> Iterator[str]:
    """The modules that a module imports, wherever in it: at its top, in functions, for types."""
    for node in ast.walk(modules[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = resolve(name, node, modules)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield inner if inner in modules else base


def resolve(name: str, node: ast.ImportFrom, modules: Modules) -> str:
    if not node.level:
        return node.module or ""
    is_package = modules[name].is_package  # type: ignore[attr-defined]
    parts = name.split(".")
    parts = parts[: len(parts) - node.level + is_package]
    return ".".join([*parts, node.module] if node.module else parts)


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def is_own(name: str) -> bool:
    return name.partition(".")[0] == PACKAGE


def find_faults(source: Path) -> list[str]:
    modules = read_modules(source)
    faults = [
        f"{name} has no place in the flow" for name in modules if part_of(name) not in MAY_IMPORT
    ]
    graph: dict[str, set[str]] = {}
    for name in modules:
        graph[name] = set()
        for imported in imports_of(name, modules):
            faults += judge(name, imported)
            if is_own(imported) and imported != name:
                graph[name].add(imported)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        faults.append("cycle: " + " → ".join(error.args[1]))
    return faults


def judge(name: str, imported: str) -> list[str]:
    part, other = part_of(name), part_of(imported)
    if not is_own(imported):
        allowed = ONLY_IN.get(imported.partition(".")[0], name)
        return [] if name == allowed else [f"{name} imports {imported}"]
    if part == "views" and imported.startswith(WRITING):
        return [f"{name} imports {imported}, which writes"]
    if part == other or other in MAY_IMPORT.get(part, frozenset()):
        return []
    return [f"{name} imports {imported}"]


def test_the_imports_of_the_package_run_one_way():
    assert read_modules(SOURCE)
    assert find_faults(SOURCE) == []


GOOD = {
    "__init__.py": "",
    "domain.py": "import numpy",
    "errors.py": "",
    "text.py": "from onrecord.domain import Span",
    "intake/__init__.py": "from onrecord.intake.plain import read",
    "intake/plain.py": "from onrecord import text\nfrom .zones import mark",
    "intake/zones.py": "from ..domain import Zone",
    "tagging/__init__.py": "",
    "tagging/encoder.py": "import onnxruntime",
    "record/__init__.py": "",
    "record/queries.py": "from onrecord.domain import Report",
    "record/writes.py": "from . import queries",
    "pipeline.py": "from onrecord.intake import read\nimport onrecord.record.writes",
    "views/__init__.py": "",
    "views/dossier.py": "from onrecord.record.queries import get_report",
    "cli.py": "from onrecord import pipeline\nfrom onrecord.views import dossier",
}


def make_tree(folder: Path, files: dict[str, str]) -> Path:
    for name, code in files.items():
        path = folder / PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    return folder


def test_a_tree_that_runs_one_way_has_no_faults(tmp_path):
    assert find_faults(make_tree(tmp_path, GOOD)) == []


@pytest.mark.parametrize(
    ("name", "code", "fault"),
    [
        ("intake/plain.py", "import onrecord.tagging", "intake.plain imports onrecord.tagging"),
        ("intake/plain.py", "from ..tagging import encoder", "intake.plain imports onrecord.tagg"),
        ("intake/plain.py", "from onrecord.record import queries", "imports onrecord.record.q"),
        ("intake/plain.py", "def f():\n    import onrecord.cli", "imports onrecord.cli"),
        ("intake/__init__.py", "from ..record import writes", "intake imports onrecord.record.w"),
        ("intake/plain.py", "from .. import pipeline", "imports onrecord.pipeline"),
        ("intake/plain.py", "from onrecord import run", "intake.plain imports onrecord"),
        ("record/queries.py", "from onrecord.intake import plain", "imports onrecord.intake.plain"),
        ("record/queries.py", "import onrecord.pipeline", "imports onrecord.pipeline"),
        ("views/dossier.py", "from onrecord.tagging import encoder", "imports onrecord.tagging"),
        ("views/dossier.py", "import onrecord.pipeline", "imports onrecord.pipeline"),
        ("views/dossier.py", "from onrecord.record import writes", "which writes"),
        ("views/dossier.py", "from onrecord.record.links import write_affair", "which writes"),
        ("cli.py", "from onrecord.intake import read", "cli imports onrecord.intake"),
        ("domain.py", "from onrecord.errors import OnrecordError", "domain imports"),
        ("pipeline.py", "import onrecord.cli", "pipeline imports onrecord.cli"),
        ("pipeline.py", "import onnxruntime", "pipeline imports onnxruntime"),
        ("tagging/windows.py", "from onnxruntime.capi import x", "windows imports onnxruntime"),
        ("intake/zones.py", "from onrecord.intake import plain", "cycle: "),
        ("errors.py", "def f():\n    from onrecord import text", "cycle: "),
        ("utils.py", "", "onrecord.utils has no place in the flow"),
    ],
)
def test_each_fault_is_found(tmp_path, name, code, fault):
    files = {**GOOD, name: code}
    if fault == "cycle: " and name == "errors.py":
        files["text.py"] = "import onrecord.errors"
    faults = find_faults(make_tree(tmp_path, files))
    assert any(fault in found for found in faults), faults
