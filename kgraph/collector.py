"""The garbage collector, held back while many short-lived values are made.

Lexicon and language model are hundreds of thousands of values that never die; each time the collector has seen enough
new ones it walks them all. What is made in between is freed without it, as it holds no cycles.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def without_collector(work: Callable[P, R]) -> Callable[P, R]:
    """A function that runs with the collector held back, and leaves it as it was."""

    @wraps(work)
    def held(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return held
