"""Words as word pieces: lower case without accents, punctuation apart, the longest known piece first (WordPiece)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_LONGEST = 100  # letters of a word; longer ones are unknown
_START, _END, _UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class WordPieces:
    """Numbers of the pieces of words; those of words seen before are remembered.

    >>> pieces = WordPieces(["[CLS]", "[SEP]", "[UNK]", "sabotage", "##d", "-"])
    >>> pieces.of("Sabotaged-")
    (3, 4, 5)
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: n for n, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.start, self.end, self._unknown = (self._numbers[p] for p in (_START, _END, _UNKNOWN))

    def of(self, word: str) -> tuple[int, ...]:
        """Pieces of one token; white space has none."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = tuple(n for part in _parts(word) for n in self._pieces(part))
        return known

    def _pieces(self, word: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST:
            mark = "##" if start else ""
            end = next((e for e in range(len(word), start, -1) if mark + word[start:e] in self._numbers), 0)
            if not end:
                break
            found.append(self._numbers[mark + word[start:end]])
            start = end
        return found if start == len(word) else [self._unknown]


def _parts(word: str) -> list[str]:
    """Runs of letters, and marks of punctuation alone."""
    parts, open_ = [], False
    for letter in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(letter)
        if category == "Mn" or (category in ("Cc", "Cf") and not letter.isspace()):
            continue
        if letter.isspace():
            open_ = False
        elif _alone(letter, category):
            parts.append(letter)
            open_ = False
        elif open_:
            parts[-1] += letter
        else:
            parts.append(letter)
            open_ = True
    return parts


def _alone(letter: str, category: str) -> bool:
    ascii_mark = letter.isascii() and not letter.isalnum()
    return ascii_mark or category.startswith("P") or "\u4e00" <= letter <= "\u9fff"
