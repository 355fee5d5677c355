"""What decides polarity and modality of a claim: the cues that reach its trigger, the predicate, the form of the verb."""

from __future__ import annotations

from kgraph.extraction.claims.candidates import Pair
from kgraph.extraction.claims.features import Features
from kgraph.extraction.claims.scope import Scope
from kgraph.extraction.tree import VERBS, Tree

_FAR = 3


def anchor(pair: Pair, predicate: str, features: Features) -> int:
    """The token whose scope counts: the trigger of a frame of the predicate, else where the two arguments meet."""
    for hits in (pair.hits, pair.open_hits):
        for hit in hits:
            if hit.frame.predicate == predicate:
                return hit.trigger
    if pair.subject.token >= 0 and pair.object.token >= 0:
        above = set(features.view(pair.subject).chain)
        met = next((t for t in features.view(pair.object).chain if t in above), None)
        if met is not None:
            return met
    said = pair.object if pair.object.token >= 0 else pair.subject
    chain = features.view(said).chain
    return next((t for t in chain[1:] if features.tree.pos[t] != "ADP"), chain[0])


def manner_features(tree: Tree, scope: Scope, token: int, predicate: str, routes: tuple[str, str]) -> list[str]:
    """Names of the features of one claim whose trigger is `token`."""
    found = [f"p={predicate}", f"tag={tree.tag[token]}", f"dep={tree.dep[token]}", f"rs={routes[0]}"]
    cues = scope.cues_at(token)
    for cue in cues:
        step = min(cue.step, _FAR)
        found += [f"{cue.category}@{step}", f"{cue.word}@{step}", cue.category, f"{cue.category}|{predicate}"]
    modal = [c for c in cues if c.category not in ("attribution", "negated")]
    found.append(f"first={modal[0].category}@{min(modal[0].step, _FAR)}" if modal else "first=none")
    found.append(f"first={modal[0].category}|{tree.tag[token]}" if modal else f"none|{tree.tag[token]}")
    negated = sum(c.category == "negated" for c in cues)
    found.append(f"neg={negated}")
    if scope.question(token):
        found.append("question")
    verb = token
    for _ in range(6):
        if tree.pos[verb] in VERBS or tree.head[verb] == verb:
            break
        verb = tree.head[verb]
    found.append(f"vtag={tree.tag[verb]}")
    if tree.tag[verb] in ("VB", "VBG") and tree.child(verb, "aux") < 0:
        found.append(f"bare={tree.tag[verb]}|{tree.dep[verb]}")
    if tree.tag[verb] == "VB" and any(tree.lower[c] == "to" for c in tree.children[verb] if tree.dep[c] == "aux"):
        found.append(f"to={tree.dep[verb]}")
        found.append(f"to={tree.lemma[tree.head[verb]]}")
    return list(dict.fromkeys(found))
