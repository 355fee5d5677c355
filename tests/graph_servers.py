"""Real SPARQL servers on loopback, started and stopped by the tests."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_WAIT = 60.0  # seconds for a server to answer
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 4000
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = 1000000
"""


def free_port() -> int:
    """A port of loopback that nobody listens to."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def oxigraph_server() -> Iterator[dict[str, Any]]:
    """Options of `kgraph.open` for an empty Oxigraph server in memory."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        pytest.skip("the server of Oxigraph is missing: pip install oxigraph")
    address = f"http://127.0.0.1:{free_port()}"
    with _running([str(program), "serve", "--bind", address.removeprefix("http://")], address):
        yield {"where": address + "/query", "update": address + "/update", "data": address + "/store"}


@contextmanager
def virtuoso_server(folder: Path) -> Iterator[dict[str, Any]]:
    """Options of `kgraph.open` for an empty Virtuoso server; for changes it asks for a password by digest."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip("Virtuoso is missing: apt-get install virtuoso-opensource")
    port = free_port()
    config = folder / "virtuoso.ini"
    config.write_text(_VIRTUOSO.format(folder=folder, port=port, sql=free_port()))
    address = f"http://127.0.0.1:{port}"
    with _running([program, "+foreground", "+configfile", str(config)], address + "/sparql?query=ASK%7B%7D"):
        yield {
            "where": address + "/sparql",
            "update": address + "/sparql-auth",
            "data": address + "/sparql-graph-crud-auth",
            "user": "dba",
            "password": "dba",
        }


@contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process, address)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: subprocess.Popen, address: str) -> None:
    end = time.monotonic() + _WAIT
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except urllib.error.HTTPError as problem:
            problem.close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args} does not answer")
