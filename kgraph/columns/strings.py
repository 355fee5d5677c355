"""Many strings in one block of bytes, decoded one by one when they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np


@dataclass(frozen=True, eq=False)
class Strings(Sequence[str]):
    """An immutable sequence of strings: UTF-8 (lone surrogates pass) and the places where each ends."""

    block: bytes
    ends: np.ndarray

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """The strings of `texts`."""
        parts = [text.encode("utf-8", "surrogatepass") for text in texts]
        return cls(b"".join(parts), np.cumsum([len(part) for part in parts], dtype=np.int64))

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[i] for i in range(*place.indices(len(self)))]
        start = int(self.ends[place - 1]) if place else 0
        return self.block[start : int(self.ends[place])].decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        start = 0
        for end in self.ends.tolist():
            yield self.block[start:end].decode("utf-8", "surrogatepass")
            start = end

    def take(self, places: np.ndarray) -> Strings:
        """The strings at `places`, in that order."""
        cut = self._cut(places)
        return Strings(b"".join(cut), np.cumsum([len(part) for part in cut], dtype=np.int64))

    def at(self, places: np.ndarray) -> list[str]:
        """The same, decoded at once."""
        return [part.decode("utf-8", "surrogatepass") for part in self._cut(places)]

    def _cut(self, places: np.ndarray) -> list[bytes]:
        if not len(places):
            return []
        starts = np.where(places > 0, self.ends[places - 1], 0)
        block = self.block
        return [block[a:b] for a, b in zip(starts.tolist(), self.ends[places].tolist(), strict=True)]
