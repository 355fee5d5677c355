"""Which words stand in which sentences."""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kgraph.columns.strings import Strings

NAME = "words.npz"
_WORD = re.compile(r"[^\W_]+")
_WANTED = re.compile(r"[^\W_]+\*?")


def words_of(text: str) -> Iterator[str]:
    """Words in small letters; a plural or possessive s is dropped, so that "threats" finds "threat".

    >>> list(words_of("Russia's threats, 2022"))
    ['russia', 'threat', '2022']
    """
    for word in _WORD.findall(text.casefold()):
        if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
            yield word[:-1]
        elif word != "s":
            yield word


def wanted_of(text: str) -> list[str]:
    """The words of a question, each once; an asterisk behind the beginning of a word stays.

    >>> wanted_of("terror* threats, the threat")
    ['terror*', 'threat', 'the']
    """
    found = (one.casefold() if one.endswith("*") else next(words_of(one), "") for one in _WANTED.findall(text))
    return list(dict.fromkeys(filter(None, found)))


@dataclass(frozen=True, eq=False)
class Words:
    """An inverted index: for each word (sorted) the sentences that have it and how often; words in each sentence."""

    words: Strings
    ends: np.ndarray
    sentence: np.ndarray
    times: np.ndarray
    length: np.ndarray

    @classmethod
    def of(cls, sentences: Iterable[str]) -> Words:
        """The index of `sentences`."""
        found: dict[str, list[tuple[int, int]]] = {}
        length = []
        for place, text in enumerate(sentences):
            counts = Counter(words_of(text))
            length.append(counts.total())
            for word, times in counts.items():
                found.setdefault(word, []).append((place, times))
        order = sorted(found, key=_key)
        pairs = np.array([pair for word in order for pair in found[word]], dtype=np.int32).reshape(-1, 2)
        ends = np.cumsum([len(found[word]) for word in order], dtype=np.int64)
        return cls(Strings.of(order), ends, pairs[:, 0].copy(), pairs[:, 1].copy(), np.array(length, dtype=np.int32))

    def having(self, word: str) -> tuple[np.ndarray, np.ndarray]:
        """Sentences that have `word` (as `wanted_of` gives it), in order, and how often each has it."""
        first = self._place(word.removesuffix("*"))
        last = first
        while last < len(self.words) and _is(self.words[last], word):
            last += 1
        start, end = (int(self.ends[place - 1]) if place else 0 for place in (first, last))
        sentence, times = self.sentence[start:end], self.times[start:end]
        if last - first < 2:
            return sentence, times
        places, inverse = np.unique(sentence, return_inverse=True)
        return places, np.bincount(inverse, weights=times).astype(times.dtype)

    def _place(self, word: str) -> int:
        """Where `word` stands, or would stand, among the words."""
        return bisect_left(self.words, _key(word), key=_key)

    def write(self, path: Path) -> None:
        """Write the index to a file, whole or not at all. Raises `OSError`."""
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with draft.open("wb") as file:
            np.savez(
                file,
                block=np.frombuffer(self.words.block, dtype=np.uint8),
                borders=self.words.ends,
                ends=self.ends,
                sentence=self.sentence,
                times=self.times,
                length=self.length,
            )
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> Words | None:
        """The index in a file, None if it is missing."""
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as a:
            words = Strings(a["block"].tobytes(), a["borders"])
            return cls(words, a["ends"], a["sentence"], a["times"], a["length"])


def _key(word: str) -> bytes:
    return word.encode("utf-8", "surrogatepass")


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
