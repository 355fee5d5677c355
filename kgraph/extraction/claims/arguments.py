"""From a token to the entities that it stands for: a name, a reference, or what lies behind a transparent noun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgraph.extraction.references import Reference
from kgraph.extraction.tree import NOUNS, Tree
from kgraph.model import Entity, Mention

_INNER = frozenset(("State", "Organisation", "Place", "Person"))
_INNER_WORDS = 4


@dataclass(frozen=True, slots=True)
class Filler:
    """An entity that fills a role: at which token, in which span, reached by which route ("name", "we", "through")."""

    entity: str
    type: str
    token: int
    start: int
    end: int
    route: str


class Arguments:
    """Who stands at which token; `transparent`, `through` and `including` are the word lists of the cue file."""

    def __init__(
        self,
        tree: Tree,
        entities: Mapping[str, Entity],
        mentions: Sequence[Mention],
        references: Sequence[Reference],
        through: frozenset[str],
        including: frozenset[str],
    ) -> None:
        self.tree = tree
        self.entities = entities
        self.through = through
        self.including = including
        self.named: dict[int, Filler] = {}
        self.heads: list[Filler] = []
        self.inner: list[Filler] = []
        self._quotes: list[str] = []
        self.referring: dict[int, list[Filler]] = {}
        self._fillers: dict[int, list[Filler]] = {}
        for mention in mentions:
            self._add_name(mention)
        self._add_inner()
        for reference in references:
            self._add_reference(reference)

    def _add_name(self, mention: Mention) -> None:
        entity = self.entities.get(mention.entity)
        tokens = self.tree.tokens(mention.start, mention.end)
        if entity is None or not tokens:
            return
        top = self.tree.top(tokens)
        filler = Filler(entity.id, entity.type, top, mention.start, mention.end, "name")
        self.heads.append(filler)
        self._quotes.append(mention.quote)
        for i in tokens:
            self.named.setdefault(i, filler)

    def _add_inner(self) -> None:
        """Names inside longer names: "CSTO" in "CSTO Crisis Response Centre", "Iran" in "Iraq-Iran conflict"."""
        known: dict[str, Entity] = {}
        for entity in self.entities.values():
            if entity.type in _INNER:
                known.update({_spaced(name): entity for name in (*entity.aliases, entity.label)})
        for filler, quote in zip(list(self.heads), self._quotes, strict=True):
            words = _spaced(quote).replace("'s", "").replace("\u2019s", "").split()
            for entity in _inner_names(words, known):
                if entity.id != filler.entity:
                    inner = Filler(entity.id, entity.type, filler.token, filler.start, filler.end, "inside")
                    self.inner.append(inner)

    def _add_reference(self, reference: Reference) -> None:
        tokens = self.tree.tokens(reference.start, reference.end)
        if not tokens:
            return
        top = self.tree.top(tokens)
        if top in self.named:
            return
        known = [self.entities[e] for e in reference.entities if e in self.entities]
        found = [Filler(e.id, e.type, top, reference.start, reference.end, reference.rule) for e in known]
        self.referring.setdefault(top, []).extend(found)

    def fillers(self, token: int, depth: int = 0) -> list[Filler]:
        """Entities that the noun phrase headed by `token` stands for, its conjuncts included."""
        known = self._fillers.get(token)
        if known is None:
            self._fillers[token] = []
            found: list[Filler] = []
            for part in self._parts(token):
                found += self._single(part, depth)
            known = self._fillers[token] = list(dict.fromkeys(found))
        return known

    def _parts(self, token: int) -> list[int]:
        tree = self.tree
        parts, i = [token], 0
        while i < len(parts) and len(parts) < 60:
            for c in tree.children[parts[i]]:
                dep = tree.dep[c]
                if (dep == "conj" and tree.pos[c] not in ("VERB", "AUX")) or dep == "appos":
                    parts.append(c)
                elif dep == "prep" and tree.lower[c] in self.including:
                    parts += self._listed(c)
            i += 1
        return parts

    def _listed(self, preposition: int) -> list[int]:
        tree = self.tree
        found = [k for k in tree.children[preposition] if tree.dep[k] == "pobj"]
        for k in tree.children[preposition]:
            if tree.dep[k] == "prep":
                found += [m for m in tree.children[k] if tree.dep[m] == "pobj"]
        return found

    def _single(self, token: int, depth: int) -> list[Filler]:
        name = self.named.get(token)
        if name is not None:
            return [name]
        if token in self.referring:
            return self.referring[token]
        if depth > 3 or (
            self.tree.pos[token] not in NOUNS and self.tree.pos[token] not in ("PRON", "NUM", "DET", "ADJ")
        ):
            return []
        return [self._reached(f) for f in self._behind(token, depth + 1)]

    def _reached(self, filler: Filler) -> Filler:
        if filler.route != "name":
            return filler
        return Filler(filler.entity, filler.type, filler.token, filler.start, filler.end, "through")

    def _behind(self, token: int, depth: int) -> list[Filler]:
        """ "representatives of X", "X's government", "Russian troops": the entity behind a noun."""
        tree = self.tree
        for c in tree.children[token]:
            if tree.dep[c] in ("compound", "amod", "nmod", "poss", "nummod"):
                found = self._single(c, depth)
                if found:
                    return found
        for c in tree.children[token]:
            if tree.dep[c] in ("prep", "agent") and tree.lower[c] in self.through:
                for k in tree.children[c]:
                    if tree.dep[k] == "pobj":
                        found = self.fillers(k, depth)
                        if found:
                            return found
        return []


def _spaced(name: str) -> str:
    return name.lower().replace("-", " ")


def _inner_names(words: list[str], known: Mapping[str, Entity]) -> list[Entity]:
    """Entities whose name is a proper part of a name's words, the longest first at each place."""
    found, i = [], 0
    while i < len(words):
        for n in range(min(_INNER_WORDS, len(words) - i, len(words) - 1), 0, -1):
            entity = known.get(" ".join(words[i : i + n]))
            if entity is not None:
                found.append(entity)
                i += n - 1
                break
        i += 1
    return found
