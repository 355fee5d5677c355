"""Requests to a server: time limits, retries, credentials that never follow a redirect."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field

from kgraph.errors import QueryError, QueryTimeout, StoreError

_PASSING = frozenset((429, 502, 503, 504))  # a server that is busy or starting
_TOLD = 500  # characters of a server's message that are passed on


@dataclass(frozen=True)
class Server:
    """How to speak to a server: `token` (bearer) or `user` and `password`, `timeout` in seconds.

    User and password are given when the server asks for them, by the scheme that it names (digest or basic).

    A request that may be repeated without harm is tried `retries` times more, after 0.2, 0.4, 0.8 ... s.
    """

    user: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    timeout: float = 60.0
    retries: int = 3

    def ask(
        self,
        method: str,
        address: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
    ) -> tuple[bytes, str]:
        """Body and content type of the answer.

        Raises `QueryTimeout`, `QueryError` where the server finds the query wrong, `StoreError` for all else.
        """
        for attempt in range(self.retries + 1):
            last = attempt == self.retries or not repeatable
            try:
                return self._once(method, address, body, dict(headers or {}))
            except urllib.error.HTTPError as problem:
                with problem:
                    told = problem.read(_TOLD).decode("utf-8", "replace").strip()
                if last or problem.code not in _PASSING:
                    raise _refusal(problem.code, address, told) from problem
            except TimeoutError as problem:
                raise QueryTimeout(f"{address} gave no answer within {self.timeout:g} s") from problem
            except OSError as problem:  # URLError is one
                reason = getattr(problem, "reason", problem)
                if isinstance(reason, TimeoutError):
                    raise QueryTimeout(f"{address} gave no answer within {self.timeout:g} s") from problem
                if last:
                    raise StoreError(f"{address} cannot be reached ({reason})") from problem
            time.sleep(0.2 * 2**attempt)
        raise AssertionError("the last attempt raises or returns")

    def _once(self, method: str, address: str, body: bytes | None, headers: dict[str, str]) -> tuple[bytes, str]:
        request = urllib.request.Request(address, data=body, headers=headers, method=method)
        handlers: list[urllib.request.BaseHandler] = []
        if self.token:
            request.add_unredirected_header("Authorization", f"Bearer {self.token}")
        elif self.user is not None:
            known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            known.add_password(None, address, self.user, self.password or "")
            handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
        with urllib.request.build_opener(*handlers).open(request, timeout=self.timeout) as answer:
            return answer.read(), answer.headers.get_content_type()


def _refusal(status: int, address: str, told: str) -> Exception:
    if status in (400, 422):
        return QueryError(f"{address} finds the query wrong: {told}")
    if status in (401, 403):
        return StoreError(f"{address} refuses access ({status}): give user= and password=, or token=")
    return StoreError(f"{address} answered {status}: {told}")
