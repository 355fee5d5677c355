"""Run the benchmarks named, or all: ``python -m bench [extraction] [load] [ask] [kill] [network] [view]``."""

from __future__ import annotations

import importlib
import sys

KNOWN = ("extraction", "load", "ask", "kill", "network", "view")


def main(names: list[str]) -> int:
    """Each benchmark is a module with a function ``main``; the exit status is 1 if a bound is not held."""
    worst = 0
    for name in names or KNOWN:
        module = importlib.import_module(f"bench.{name}")
        print(f"\n## {name}: {(module.__doc__ or '').splitlines()[0]}\n", flush=True)
        sys.argv = [name]
        worst = max(worst, module.main() or 0)
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
