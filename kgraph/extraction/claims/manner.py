"""What decides polarity and modality of a claim: cues that reach its trigger, the predicate, the form of the verb."""

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
    return features.above(pair)


def framed(pair: Pair, predicate: str) -> bool:
    """Whether a frame of the predicate joins the pair."""
    return any(hit.frame.predicate == predicate for hit in (*pair.hits, *pair.open_hits))


def is_negated(scope: Scope, token: int) -> bool:
    """Whether the trigger of a frame is denied: "does not support", "failed to support", "no support"."""
    near = [c for c in scope.cues_at(token) if c.category == "negated"]
    return any(c.step == 0 or (c.step == 1 and c.word in scope.cues.below) for c in near)


def decided(scope: Scope, token: int) -> str | None:
    """The modality that a cue at the trigger, or next above it, decides by itself; questions assert nothing."""
    for cue in scope.cues_at(token):
        if cue.step <= (cue.category == "intended") and cue.category == scope.cues.decisive.get(cue.word):
            return cue.category
    return "possible" if scope.question(token) else None


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
    sure = decided(scope, token)
    if sure:
        found += [f"sure={sure}", f"sure={sure}|{predicate}"]
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
