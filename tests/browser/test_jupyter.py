"""A graph in a real JupyterLab: it draws when its cell runs; reopened without trust, a table and a picture stay."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from view_acceptance import hold

TESTS = Path(__file__).parent.parent
TOKEN = "loopback"
SHOW = """from view_examples import demo
from kgraph import KnowledgeGraph
from IPython.display import display
graph = KnowledgeGraph(demo())
claims = graph.claims(predicate="supports")
display(claims, claims[0], graph.show_claim(claims[0]), graph.show_speech("2014-07-10"))"""
CELL = "from view_examples import demo\nfrom kgraph import KnowledgeGraph\nKnowledgeGraph(demo())"
STARTED = re.compile(r"http://127\.0\.0\.1:\d+/lab")


def notebook(source: str, outputs: list[Any]) -> str:
    """A notebook of one cell."""
    cell = {"cell_type": "code", "id": "graph", "metadata": {}, "execution_count": None, "source": source}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    whole = {"metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({**whole, "cells": [{**cell, "outputs": outputs}]})


class Said:
    """What the server says, read all the time so that it never waits for us."""

    def __init__(self, server: subprocess.Popen[str]) -> None:
        self.lines: list[str] = []
        self.started = threading.Event()
        self.reader = threading.Thread(target=self._read, args=(server.stderr,), daemon=True)
        self.reader.start()

    def _read(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.lines.append(line)
            if STARTED.search(line):
                self.started.set()
        self.started.set()  # it ended


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and folder of a JupyterLab with settings of its own."""
    for name in ("jupyterlab", "ipykernel"):
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed")
    folder, own = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("jupyter")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "HOME")
    options = [f"--port={port}", "--ip=127.0.0.1", "--no-browser", "--allow-root", f"--IdentityProvider.token={TOKEN}"]
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "jupyterlab",
            *options,
            f"--ServerApp.root_dir={folder}",
            "--LabApp.extension_manager=readonly",
        ],
        env={
            **os.environ,
            "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}",
            **{name: str(own / name.lower()) for name in places},
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        said = Said(server)
        if not said.started.wait(30) or server.poll() is not None:
            server.kill()
            pytest.fail("JupyterLab did not start:\n" + "".join(said.lines[-20:]))
        yield f"http://127.0.0.1:{port}", folder
        server.terminate()
        said.reader.join()


def opened(browser: Any, address: str, name: str) -> Any:
    """A page with the notebook."""
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(40_000)
    page.goto(f"{address}/lab/workspaces/{name.partition('.')[0]}/tree/{name}?token={TOKEN}")
    page.locator(".jp-Notebook .jp-CodeCell").wait_for()
    return page


def run_and_save(page: Any) -> None:
    """Run the only cell, see the graph drawn, save the notebook."""
    page.get_by_text("(ipykernel) | Idle").wait_for()  # what runs before is lost
    page.locator(".jp-CodeCell .cm-content").click()
    page.keyboard.press("Shift+Enter")
    frame = page.frame_locator(".jp-OutputArea-output iframe")
    frame.locator("html[data-ready='true']").wait_for(state="attached")
    assert frame.locator("#counts").text_content() == "62 of 62 nodes, 88 of 88 claims"
    with page.expect_response(lambda answer: answer.request.method == "PUT" and answer.ok):
        page.keyboard.press("Control+s")


def test_a_graph_draws_and_leaves_a_picture_and_a_table(lab, chromium):
    address, folder = lab
    (folder / "graph.ipynb").write_text(notebook(CELL, []), encoding="utf-8")
    page = opened(chromium, address, "graph.ipynb")
    run_and_save(page)
    page.close()

    [cell] = [cell for cell in json.loads((folder / "graph.ipynb").read_text("utf-8"))["cells"] if cell["outputs"]]
    assert cell["outputs"][0]["data"]["text/plain"][0].startswith("<graph of 62 nodes")
    stranger = notebook(CELL + "  # from somebody else", cell["outputs"])
    (folder / "stranger.ipynb").write_text(stranger, encoding="utf-8")
    page = opened(chromium, address, "stranger.ipynb")
    output = page.locator(".jp-OutputArea-output:not(.jp-mod-trusted)")
    output.locator("tbody tr").nth(11).wait_for()
    assert output.locator("tbody tr").count() == 12
    assert output.locator("iframe[srcdoc]").count() == 0
    output.locator("summary").click()
    output.locator("details img").wait_for()
    assert output.locator("details img").evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 400
    page.close()
    hold(17, 0, 0)


def test_claims_one_claim_and_a_speech_show_themselves(lab, chromium):
    address, folder = lab
    (folder / "claims.ipynb").write_text(notebook(SHOW, []), encoding="utf-8")
    page = opened(chromium, address, "claims.ipynb")
    page.get_by_text("(ipykernel) | Idle").wait_for()
    page.locator(".jp-CodeCell .cm-content").click()
    page.keyboard.press("Shift+Enter")
    outputs = page.locator(".jp-OutputArea-output")
    outputs = page.locator(".jp-OutputArea-output")
    outputs.locator("iframe").wait_for()
    assert outputs.nth(0).locator("tbody tr").count() > 3
    assert outputs.nth(1).locator("blockquote").count() == 1
    assert outputs.nth(2).locator("blockquote mark").count() == 1
    speech = page.frame_locator(".jp-OutputArea-output iframe")
    assert speech.locator("h1").text_content() == "Meeting of heads"
    page.close()
