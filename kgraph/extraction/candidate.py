"""A span that may be a mention."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """Tokens ``[first, last)`` that may name something of `type`.

    `concepts` are the readings of the lexicon (several when ambiguous, none for what it lacks); `rule` says what found
    the span (name, kind, either " inside" a longer one, capitals, head, modified, pair, framed, verbal, speaker,
    surname; "+of" when a phrase follows), `how` the kind of label, lemma or tag; `added` counts words left of the label
    or head.
    """

    first: int
    last: int
    type: str
    rule: str
    how: str
    concepts: tuple[str, ...] = ()
    added: int = 0

    @property
    def named(self) -> bool:
        """Whether a name of the lexicon found it, alone or inside a longer one."""
        return self.rule.startswith("name")
