"""Deep subject and object of verbs, holders of nouns: passives, control, relative clauses and participles undone.

Functions give tokens; `IMPLICIT` stands for an argument that the text leaves to the reader.
"""

from __future__ import annotations

from kgraph.extraction.tree import NOUNS, VERBS, Tree

IMPLICIT = -1
_SUBJECTS = frozenset(("nsubj", "csubj"))
_OBJECTS = frozenset(("dobj", "attr", "oprd"))
_RELATIVE = frozenset(("that", "which", "who", "whom", "whose"))
_DEPTH = 8


class Roles:
    """Role fillers over one `Tree`, each computed once.

    `object_control` are verb lemmas whose object does the work of the infinitive below.
    """

    def __init__(self, tree: Tree, object_control: frozenset[str]) -> None:
        self.tree = tree
        self.object_control = object_control
        self._subjects: dict[int, list[int]] = {}
        self._objects: dict[int, list[int]] = {}
        self._holders: dict[int, list[int]] = {}

    def subjects(self, verb: int, depth: int = 0) -> list[int]:
        """Tokens of the deep subject of `verb`; ``[IMPLICIT]`` where none is said, [] where a passive has no agent."""
        known = self._subjects.get(verb)
        if known is None:
            self._subjects[verb] = []
            known = self._subjects[verb] = self._find_subjects(verb, depth) if depth < _DEPTH else [IMPLICIT]
        return known

    def _find_subjects(self, verb: int, depth: int) -> list[int]:
        tree = self.tree
        if self.passive(verb):
            return self._agents(verb)
        for c in tree.children[verb]:
            if tree.dep[c] in _SUBJECTS:
                return self._unrelative(c, verb)
        return self._understood(verb, depth)

    def passive(self, verb: int) -> bool:
        """Whether `verb` stands in the passive (also as a bare participle: "posed by")."""
        tree = self.tree
        dep = tree.dep
        for c in tree.children[verb]:
            if dep[c] in ("nsubjpass", "auxpass"):
                return True
            if dep[c] in ("aux", "nsubj"):
                return False
        if tree.tag[verb] != "VBN":
            return False
        return dep[verb] in ("acl", "amod", "advcl") or (dep[verb] == "conj" and self.passive(tree.head[verb]))

    def _agents(self, verb: int) -> list[int]:
        tree = self.tree
        for c in tree.children[verb]:
            if tree.dep[c] == "agent" or (tree.dep[c] == "prep" and tree.lower[c] == "by"):
                return [k for k in tree.children[c] if tree.dep[k] == "pobj"]
        if tree.dep[verb] == "conj" and tree.head[verb] != verb and self.passive(tree.head[verb]):
            return self._agents(tree.head[verb])
        return []

    def _unrelative(self, token: int, verb: int) -> list[int]:
        """A relative pronoun gives the noun that its clause hangs on."""
        tree = self.tree
        if tree.lower[token] in _RELATIVE:
            v = tree.first_conjunct(verb)
            while tree.dep[v] in ("xcomp", "ccomp") and tree.head[v] != v:
                v = tree.first_conjunct(tree.head[v])
            if tree.dep[v] == "relcl":
                return [tree.head[v]]
        return [token]

    def _understood(self, verb: int, depth: int) -> list[int]:
        tree = self.tree
        dep, head = tree.dep[verb], tree.head[verb]
        if head == verb:
            return [IMPLICIT]
        if dep == "conj":
            return self.subjects(head, depth + 1) if tree.pos[head] in VERBS else self.holders(head, depth + 1)
        if dep == "relcl":
            return [head]
        if dep in ("xcomp", "ccomp", "advcl", "pcomp", "prep", "acl", "dep"):
            return self._controlled(verb, dep, head, depth + 1)
        if dep in ("amod", "compound") and tree.tag[verb] == "VBG":
            return [head]
        return [IMPLICIT]

    def _controlled(self, verb: int, dep: str, head: int, depth: int) -> list[int]:
        tree = self.tree
        if tree.pos[head] == "ADP" or tree.dep[head] == "prep":
            return self._above(tree.head[head], depth)
        if dep == "acl":
            return [head] if tree.tag[verb] in ("VBG", "VBN") else self.holders(head, depth)
        if tree.pos[head] in VERBS and dep != "advcl" and tree.lemma[head] in self.object_control:
            objects = self.objects(head, depth)
            if objects:
                return objects
        if tree.pos[head] == "ADJ" or tree.lemma[head] == "be":
            return self._of_predicate(head, depth)
        if tree.pos[head] in VERBS and dep in ("xcomp", "advcl") and self.passive(head) and not self._agents(head):
            return self._of_passive(verb, head, depth)
        return self._above(head, depth)

    def _of_passive(self, verb: int, head: int, depth: int) -> list[int]:
        """ "Iran is believed to V", "the city was shelled, causing X": what the passive is said of, or who did it."""
        found = self.objects(head, depth)
        return found if found and self.tree.tag[verb] == "VBG" else [*found, IMPLICIT]

    def _of_predicate(self, head: int, depth: int) -> list[int]:
        """ "it is important to V" leaves the subject open, "X is ready to V" gives X."""
        tree = self.tree
        verb = tree.head[head] if tree.pos[head] == "ADJ" and tree.pos[tree.head[head]] in VERBS else head
        found = self.subjects(verb, depth)
        if any(t >= 0 and tree.lower[t] in ("it", "there") for t in found):
            return [IMPLICIT]
        if any(t >= 0 and tree.lemma[verb] == "be" and tree.pos[head] != "ADJ" and tree.pos[t] in NOUNS for t in found):
            return [t2 for t in found for t2 in (self.holders(t, depth) if t >= 0 else [t])]
        return found

    def _above(self, head: int, depth: int) -> list[int]:
        tree = self.tree
        if tree.pos[head] in VERBS:
            found = self.subjects(head, depth)
            if any(
                t >= 0 and tree.lower[t] in ("it", "there") and tree.pos[t] == "PRON" and tree.lemma[head] == "be"
                for t in found
            ):
                return [IMPLICIT]
            return found or [IMPLICIT]
        return self.holders(head, depth) if tree.pos[head] in NOUNS else [IMPLICIT]

    def objects(self, verb: int, depth: int = 0) -> list[int]:
        """Tokens of the deep object of `verb`."""
        known = self._objects.get(verb)
        if known is None:
            self._objects[verb] = []
            known = self._objects[verb] = self._find_objects(verb, depth)
        return known

    def _find_objects(self, verb: int, depth: int) -> list[int]:
        tree = self.tree
        dep, head = tree.dep, tree.head[verb]
        if self.passive(verb):
            for c in tree.children[verb]:
                if dep[c] == "nsubjpass":
                    return self._unrelative(c, verb)
            if dep[verb] in ("acl", "amod", "relcl"):
                return [head]
            if dep[verb] in ("conj", "xcomp", "advcl") and depth < _DEPTH and tree.pos[head] in VERBS:
                return self.objects(head, depth + 1) if self.passive(head) else self.subjects(head, depth + 1)
            return []
        found = [c for c in tree.children[verb] if dep[c] in _OBJECTS]
        if found:
            return [t for c in found for t in self._unrelative(c, verb)]
        if dep[verb] == "relcl" and self._gap(verb):
            return [head]
        if dep[verb] == "xcomp" and tree.dep[head] == "relcl" and tree.pos[head] in VERBS and self._gap(head):
            return [tree.head[head]]
        shared = self._shared_object(verb)
        return shared

    def _gap(self, verb: int) -> bool:
        """Whether the noun above a relative clause is its object: the clause has a subject of its own, not "that"."""
        tree = self.tree
        for c in tree.children[verb]:
            if tree.dep[c] in _SUBJECTS or tree.dep[c] == "nsubjpass":
                return tree.lower[c] not in _RELATIVE
        return False

    def _shared_object(self, verb: int) -> list[int]:
        """A bare verb borrows the object of its last conjunct: "prevent, detect and combat X"."""
        tree = self.tree
        for c in tree.children[verb]:
            if tree.dep[c] == "conj" and tree.pos[c] in VERBS and c - verb <= 6:
                own = [k for k in tree.children[c] if tree.dep[k] == "dobj"]
                return own or self._shared_object(c)
        return []

    def preposition(self, token: int, word: str) -> list[int]:
        """Objects of the prepositions `word` that hang on `token` or, one step down, on its particle."""
        tree = self.tree
        found: list[int] = []
        for c in tree.children[token]:
            if tree.lower[c] == word and tree.dep[c] in ("prep", "agent", "dative", "prt", "advmod"):
                found += [k for k in tree.children[c] if tree.dep[k] in ("pobj", "pcomp")]
            elif tree.dep[c] in ("prep", "advmod", "prt"):
                for k in tree.children[c]:
                    if tree.lower[k] == word and tree.dep[k] == "prep":
                        found += [m for m in tree.children[k] if tree.dep[m] == "pobj"]
        return found

    def holders(self, noun: int, depth: int = 0) -> list[int]:
        """Who holds a noun: its possessor, else the subject of the verb above it, else whoever is above."""
        known = self._holders.get(noun)
        if known is None:
            self._holders[noun] = [IMPLICIT]
            known = self._holders[noun] = self._find_holders(noun, depth) if depth < _DEPTH else [IMPLICIT]
        return known

    def _find_holders(self, noun: int, depth: int) -> list[int]:
        tree = self.tree
        owner = tree.child(noun, "poss")
        if owner >= 0:
            return [owner]
        by = self.preposition(noun, "by")
        if by:
            return by
        dep, head = tree.dep[noun], tree.head[noun]
        if dep == "conj":
            return self.holders(head, depth + 1)
        if dep in ("dobj", "attr", "oprd", "dative") and tree.pos[head] in VERBS:
            return self._above(head, depth + 1)
        if dep == "pobj" and tree.head[head] != head:
            return self._above(tree.head[head], depth + 1)
        if dep == "compound":
            return self.holders(head, depth + 1)
        return [IMPLICIT]
