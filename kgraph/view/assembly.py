"""The trusted parts of a page: our scripts and styles, vis-network; joined, checked, hashed."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import re
from functools import cache
from pathlib import Path

from kgraph.errors import MissingExtra, OutputError
from kgraph.view.palette import ASSETS

VIS = "lib/vis-9.1.2/vis-network.min.js"
VIS_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^\s+", re.MULTILINE)  # and lines that are empty
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)


@cache
def vis_network() -> str:
    """The vis-network 9.1.2 script as pyvis ships it (Apache-2.0 or MIT), checked by its hash; pyvis is not imported.

    Raises `MissingExtra` where pyvis is not installed, `OutputError` where it carries another script.
    """
    found = importlib.util.find_spec("pyvis")
    if found is None or not found.origin:
        raise MissingExtra("the HTML graph needs the script that pyvis ships: pip install 'pyvis>=0.3.2,<0.4'")
    path = Path(found.origin).parent / VIS
    try:
        script = path.read_bytes()
    except OSError as problem:
        raise OutputError(f"pyvis lacks {VIS}: pip install 'pyvis>=0.3.2,<0.4'") from problem
    if hashlib.sha256(script).hexdigest() != VIS_SHA256:
        raise OutputError(f"{path} is not vis-network 9.1.2: pip install --force-reinstall 'pyvis>=0.3.2,<0.4'")
    text = script.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")  # as a browser reads it, or hashes differ
    return text.partition("\n//# sourceMappingURL=")[0]


@cache
def script(entry: str = "main") -> str:
    """Our modules, `entry` last, as one script: each in a scope of its own, in the order of what imports what."""
    order: list[str] = []
    _collect(entry, order)
    return '"use strict";\n' + "".join(map(_scoped, order))


def _scoped(name: str) -> str:
    """A module as a function that returns what it exports; comments and indentation stay in the source."""
    source = _INDENT.sub("", _COMMENT.sub("", _asset(f"{name}.js")))
    exports = ", ".join(match.group(1) for match in _EXPORT.finditer(source))
    inner = _IMPORT.sub(lambda m: f"const {m.group(1)} = module_{m.group(2)};\n", _EXPORT.sub("", source))
    return f"const module_{name} = (() => {{\n{inner}return {{ {exports} }};\n}})();\n"


def _collect(name: str, order: list[str], above: tuple[str, ...] = ()) -> None:
    if name in above:
        raise OutputError(f"scripts import each other in a circle: {' -> '.join((*above, name))}")
    if name in order:
        return
    for _, needed in _IMPORT.findall(_asset(f"{name}.js")):
        _collect(needed, order, (*above, name))
    order.append(name)


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def style(name: str = "page.css") -> str:
    """A stylesheet of ours, without comments and indentation."""
    return _INDENT.sub("", re.sub(r"/\*.*?\*/\n?|\n *(?=})| (?=\{)", "", _asset(name), flags=re.DOTALL))


@cache
def sheet_style() -> str:
    """The style of pages without a script: dark, where the reader's system is, on screens."""
    base = style()
    dark = re.search(r':root\[data-theme="dark"\](\{.*?\})', base, re.DOTALL)
    assert dark, "page.css has colours for dark paper"
    return f"{base}@media screen and (prefers-color-scheme: dark){{:root{dark.group(1)}}}\n{style('sheet.css')}"


def trusted(text: str, tag: str) -> str:
    """`text` if it can stand inside ``<tag>``; `OutputError` where it would close it."""
    low = text.lower()
    if f"</{tag}" in low or ("<!--" in low and "<script" in low):
        raise OutputError(f"an asset holds </{tag}: it cannot stand in a page")
    return text


def source_hash(text: str) -> str:
    """``'sha256-…'`` of an inline script or style, for a content security policy."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii") + "'"


def policy(scripts: list[str], styles: list[str]) -> str:
    """A content security policy that allows these inline assets and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + (" ".join(map(source_hash, scripts)) or "'none'"),
            "style-src " + " ".join(map(source_hash, styles)),
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
