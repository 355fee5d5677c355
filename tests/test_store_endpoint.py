"""How a server is spoken to: credentials, retries, time limits, and what its refusals become."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from speeches import extractions

import kgraph
from kgraph.errors import QueryError, QueryTimeout, StoreError
from kgraph.rdf import to_quads
from kgraph.store import http

JSON = "application/sparql-results+json"
YES = b'{"head": {}, "boolean": true}'


@dataclass
class Request:
    """What a server was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Scripted:
    """A server that gives the answers it was given, then only the last one: status, headers, body."""

    answers: list[tuple[int, dict[str, str], bytes]]
    address: str = ""
    seen: list[Request] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)  # an answer of status 0 waits for it

    def next(self) -> tuple[int, dict[str, str], bytes]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def serving(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[Scripted]:
    script = Scripted(list(answers) or [(200, {"Content-Type": JSON}, YES)])

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            script.seen.append(Request(self.command, self.path, dict(self.headers), body))
            status, headers, text = script.next()
            if status == 0:
                script.release.wait()
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        script.address = f"http://127.0.0.1:{server.server_port}/query"
        try:
            yield script
        finally:
            script.release.set()
            server.shutdown()
            thread.join()


@pytest.fixture
def waits(monkeypatch):
    """The seconds that would have been slept between attempts."""
    found: list[float] = []
    monkeypatch.setattr(http.time, "sleep", found.append)
    return found


def asked(script: Scripted, **options) -> object:
    return kgraph.open(script.address, **options).sparql("ASK { ?s ?p ?o }")


def test_a_bearer_token_is_sent():
    with serving() as script:
        assert asked(script, token="secret") is True
        assert script.seen[0].headers["Authorization"] == "Bearer secret"


def test_a_token_does_not_follow_a_redirect():
    with serving() as other, serving((302, {"Location": other.address}, b"")) as script:
        asked(script, token="secret")
        assert script.seen[0].headers["Authorization"] == "Bearer secret"
        assert "Authorization" not in other.seen[0].headers


def test_user_and_password_are_given_when_asked_for():
    wanted = (401, {"WWW-Authenticate": 'Basic realm="graphs"'}, b"")
    with serving(wanted, (200, {"Content-Type": JSON}, YES)) as script:
        assert asked(script, user="anna", password="words") is True
        assert "Authorization" not in script.seen[0].headers
        sent = script.seen[1].headers["Authorization"].removeprefix("Basic ")
        assert base64.b64decode(sent) == b"anna:words"


def test_passwords_are_not_shown():
    with serving() as script:
        store = kgraph.open(script.address, user="anna", password="words", token="secret").store
        assert "words" not in repr(store.server)
        assert "secret" not in repr(store.server)


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_again(waits, status):
    with serving((status, {}, b"busy"), (status, {}, b"busy"), (200, {"Content-Type": JSON}, YES)) as script:
        assert asked(script) is True
        assert len(script.seen) == 3
        assert waits == [0.2, 0.4]


def test_the_attempts_end(waits):
    with serving((503, {}, b"out of order")) as script:
        with pytest.raises(StoreError, match="503: out of order"):
            asked(script, retries=2)
        assert len(script.seen) == 3


def test_an_update_is_sent_once(waits):
    with serving((503, {}, b"busy")) as script:
        with pytest.raises(StoreError):
            kgraph.open(script.address).sparql("CLEAR ALL", update=True)
        assert len(script.seen) == 1
        assert parse_qs(script.seen[0].body.decode())["update"][0].endswith("CLEAR ALL")


def test_a_speech_is_put_again(waits):
    quads = list(to_quads(extractions()[0]))
    with serving((503, {}, b"busy"), (204, {}, b"")) as script:
        store = kgraph.open(script.address, data=script.address.replace("query", "store")).store
        store.replace([], quads)
        assert [request.method for request in script.seen] == ["PUT", "PUT"]
        assert script.seen[1].body == script.seen[0].body
        assert "/store?graph=https%3A%2F%2Fw3id.org" in script.seen[0].path
        store.replace([quads[0].graph_name.value], [])
        assert script.seen[2].method == "DELETE"


def test_a_silent_server_ends_in_a_timeout():
    with serving((0, {}, b"")) as script, pytest.raises(QueryTimeout, match=r"no answer within 0\.05 s"):
        asked(script, timeout=0.05)


@pytest.mark.parametrize(
    ("answer", "error", "told"),
    [
        ((400, {}, b"line 3: what?"), QueryError, "line 3: what"),
        ((401, {}, b""), StoreError, "user= and password="),
        ((403, {}, b""), StoreError, "refuses access"),
        ((404, {}, b"no such place"), StoreError, "404: no such place"),
        ((200, {"Content-Type": "text/html"}, b"<p>hello"), StoreError, "text/html, not with results"),
        ((200, {"Content-Type": JSON}, b"{nonsense"), StoreError, "cannot be read"),
    ],
)
def test_refusals_are_told(answer, error, told):
    with serving(answer) as script, pytest.raises(error, match=told):
        asked(script)


def test_queries_carry_no_update():
    with serving() as script:
        with pytest.raises(QueryError, match="update=True"):
            kgraph.open(script.address).sparql("DROP ALL")
        assert not script.seen
