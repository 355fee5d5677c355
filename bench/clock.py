"""Times of a call."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def once(call: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of processor time (other programs on the machine do not count) and the result."""
    gc.collect()
    start = time.process_time()
    result = call()
    return time.process_time() - start, result


def median(call: Callable[[], object], times: int = 5) -> float:
    """Median seconds of processor time over several calls, after one that is not counted."""
    call()
    return statistics.median(once(call)[0] for _ in range(times))
