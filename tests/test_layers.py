"""Imports go one way: a module knows only stages before its own. And importing kgraph is light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kgraph"

# From first to last; a module may import from its own stage and from those above it in this list.
STAGES = [
    ["collector", "errors", "model", "resources", "table", "writing"],
    ["reading"],
    ["lexicon", "frames", "cues"],
    ["extraction"],
    ["choices"],
    ["records", "evaluation", "rdf"],
    ["store"],
    ["columns"],
    ["query", "analysis"],
    ["adding"],
    ["view"],
    ["drawing", "graph"],
    ["summary", "building"],
    ["commands", "cli"],
]
ORDER = {name: n for n, names in enumerate(STAGES) for name in names}


def imported(path: Path) -> set[str]:
    """Stages that a file imports from, at the top or inside functions (not for type checking alone)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    names = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("kgraph"):
            parts = node.module.split(".")
            names |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("kgraph.")}
    return names - {"__version__"}


FILES = sorted(p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or p.name not in ("__init__.py", "__main__.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_one_direction(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert own in ORDER, f"{own} has no place in the order of stages"
    later = {name for name in imported(path) if ORDER.get(name, 99) > ORDER[own]}
    assert not later, f"{path.name} ({own}) imports from later stages: {sorted(later)}"


def test_import_is_light():
    code = (
        "import sys, kgraph\n"
        "heavy = {'spacy', 'pyvis', 'networkx', 'rdflib', 'numpy', 'scipy', 'pandas', 'pyoxigraph', 'jinja2', 'rich'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_public_names_are_sorted_and_there():
    import kgraph

    assert kgraph.__all__ == sorted(kgraph.__all__)
    assert all(getattr(kgraph, name) is not None for name in kgraph.__all__)
    assert set(kgraph.__all__) <= set(dir(kgraph))
    with pytest.raises(AttributeError):
        kgraph.nothing  # noqa: B018
