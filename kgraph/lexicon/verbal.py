"""Verbal forms of threats ("interfere in the internal affairs"), met over the lemmas of a parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kgraph.lexicon.concepts import Label, LabelKind
from kgraph.lexicon.spelling import words_of

_LOOSE = frozenset(("DT", "PRP$", "JJ", "POS", "NNP", "NNPS"))  # tags of words that may stand inside a form
_ARTICLES = frozenset(("the", "a", "an"))
_MOST_LOOSE = 3  # such words in a row


class VerbalForms:
    """Verbal labels by their first word."""

    def __init__(self, labels: Iterable[Label]) -> None:
        self._forms: dict[str, list[tuple[tuple[str, ...], Label]]] = {}
        for label in labels:
            if label.kind is LabelKind.VERBAL:
                surfaces = (word.surface.casefold() for word in words_of(label.text))
                words = tuple(word for word in surfaces if word not in _ARTICLES)
                self._forms.setdefault(words[0], []).append((words, label))
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form[0]))

    def find(
        self, lemmas: Sequence[str], lowers: Sequence[str], tags: Sequence[str]
    ) -> Iterator[tuple[int, int, Label]]:
        """Tokens ``[first, last)`` and label of each form met, the longest at each verb."""
        for i, lemma in enumerate(lemmas):
            if lemma in self._forms and tags[i].startswith("VB"):
                for words, label in self._forms[lemma]:
                    last = _match(words, i, lemmas, lowers, tags)
                    if last:
                        yield i, last, label
                        break


def _match(
    words: tuple[str, ...], first: int, lemmas: Sequence[str], lowers: Sequence[str], tags: Sequence[str]
) -> int | None:
    """Where a form that begins at `first` ends, or None: its words in order, only loose words between them."""
    at, loose = first + 1, 0
    for word in words[1:]:
        while at < len(lemmas) and word not in (lemmas[at], lowers[at]):
            if tags[at] not in _LOOSE or loose == _MOST_LOOSE:
                return None
            at, loose = at + 1, loose + 1
        if at >= len(lemmas):
            return None
        at, loose = at + 1, 0
    return at
