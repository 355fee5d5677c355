"""Types, predicates and modalities of the annotations, in the order in which models number them."""

import numpy as np

TYPES = "State Organisation Threat Facility Weapon Person Place Event Agreement".split()
PREDICATES = (
    "accuses attacks causes controls cooperatesWith engagesIn harms leads locatedIn meets memberOf opposes "
    "originatesFrom participatesIn partOf possesses protects sanctions seeks supplies supports threatens withdrawsFrom"
).split()
SYMMETRIC = ("cooperatesWith", "meets")
MODALITIES = ["asserted", "possible", "intended", "calledFor"]


def triple(s, p, o):
    """A claim without its direction where the predicate has none."""
    return (o, p, s) if p in SYMMETRIC and str(o) < str(s) else (s, p, o)


def overlap(a, b):
    """What two spans share, as a part of the longer one."""
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return inter / max(a[1] - a[0], b[1] - b[0]) if inter > 0 else 0.0


def as_bytes(strings):
    """Strings as an array of bytes, as npz files of kgraph hold them."""
    return np.frombuffer("\0".join(strings).encode("utf-8"), np.uint8)
