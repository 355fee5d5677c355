"""Every filter means the same to every question: that of a graph from which all else was taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from graph_stores import in_memory
from speeches import BRIDGE, RUN, UKRAINE, extractions

import kgraph
from kgraph.errors import NameLookupError, QueryError
from kgraph.model import Claim, Modality, Polarity, Speech
from kgraph.query import Filters, Profile

# filter -> values, and which speeches and claims they leave
SPEECHES = [
    ({"speaker": "rossi"}, lambda speech: speech.speaker == "PAOLO ROSSI"),
    ({"document": "2014-rossi.txt"}, lambda speech: speech.doc == "2014-rossi.txt"),
    ({"since": "2012"}, lambda speech: (speech.date or "") >= "2012"),
    ({"until": "2012"}, lambda speech: speech.date is not None and speech.date[:4] <= "2012"),
]
CLAIMS = [
    ({"type": "Facility"}, lambda claim: BRIDGE in (claim.subject, claim.object)),
    ({"predicate": "attacks"}, lambda claim: claim.predicate in ("attacks", "invades")),
    ({"claimant": "Ukraine"}, lambda claim: claim.claimant == UKRAINE),
    ({"polarity": "negated"}, lambda claim: claim.polarity is Polarity.NEGATED),
    ({"modality": "possible"}, lambda claim: claim.modality is Modality.POSSIBLE),
    ({"min_confidence": 0.85}, lambda claim: claim.confidence >= 0.85),
]
AGAIN = ("polarity", "modality", "predicate")  # a question may have a usual value of these
QUESTIONS = [
    ("actors", ()),
    ("central", ()),
    ("claims", ()),
    ("communities", ()),
    ("compare", ("2010/2012", "2014")),
    ("contested", ()),
    ("cooccurrence", ()),
    ("dyads", ()),
    ("entities", ()),
    ("entity", ("Russia",)),
    ("neighbours", ("Russia",)),
    ("paths", ("China", "Ukraine")),
    ("responses", ()),
    ("search", ("Russia terrorism cybercrime bridge",)),
    ("signed_network", ()),
    ("stats", ()),
    ("threats", ()),
    ("timeline", ()),
    ("to_networkx", ()),
]
TAKES_TYPE_OTHERWISE = ("entities", "central", "cooccurrence")  # as the class of what is listed


@pytest.fixture(scope="module")
def kg():
    return in_memory()


def left(keep, of: type) -> kgraph.KnowledgeGraph:
    """The graph of what a filter leaves."""
    found = extractions()
    if of is Speech:
        found = [one for one in found if keep(one.speech)]
    else:
        found = [replace(one, claims=tuple(filter(keep, one.claims))) for one in found]
    return kgraph.KnowledgeGraph(found, run=RUN)


def compared(answer):
    """What two answers must share: scores of a search weigh all sentences, names come from all speeches."""
    if isinstance(answer, Profile):
        return replace(answer, aliases=(), identifiers=())
    if hasattr(answer, "edges"):
        return sorted(map(repr, answer.edges(data=True)))
    if "score" in answer.columns and "quote" in answer.columns:
        return {(row.quote, row.claims) for row in answer}
    return answer


CASES = [(given, keep, Speech) for given, keep in SPEECHES] + [(given, keep, Claim) for given, keep in CLAIMS]


TRIED = [
    pytest.param(*question, *case, id=f"{question[0]} {next(iter(case[0]))}")
    for question in QUESTIONS
    for case in CASES
    if "type" not in case[0] or question[0] not in TAKES_TYPE_OTHERWISE
]


@pytest.mark.parametrize(("name", "args", "given", "keep", "of"), TRIED)
def test_a_filter_leaves_what_it_says(kg, name, args, given, keep, of):
    rest = {key: value for key, value in given.items() if key in AGAIN}
    expected = getattr(left(keep, of), name)(*args, **rest)
    assert compared(getattr(kg, name)(*args, **given)) == compared(expected)


def test_the_filters_are_all_tried():
    assert {name for given, _, _ in CASES for name in given} == set(Filters.__annotations__)


@pytest.mark.parametrize("name", TAKES_TYPE_OTHERWISE)
def test_type_chooses_what_is_listed(kg, name):
    rows = getattr(kg, name)(type="State")
    assert len(rows) > 0
    if name == "cooccurrence":
        states = set(kg.entities("State").column("id"))
        assert all({row.one_id, row.other_id} <= states for row in rows)
    else:
        assert {row.type for row in rows} == {"State"}


@pytest.mark.parametrize(
    ("several", "each"),
    [
        ({"about": ["Ukraine", "China"]}, [{"about": "Ukraine"}, {"about": "China"}]),
        ({"predicate": ["threatens", "harms"]}, [{"predicate": "threatens"}, {"predicate": "harms"}]),
        ({"modality": ["possible", "called for"]}, [{"modality": "possible"}, {"modality": Modality.CALLED_FOR}]),
        ({"claimant": ("Ukraine", "Anna Keller")}, [{"claimant": "Ukraine"}, {"claimant": "Anna Keller"}]),
        ({"type": ["Facility", "Organisation"]}, [{"type": "Facility"}, {"type": "Organisation"}]),
    ],
)
def test_several_values_mean_any_of_them(kg, several, each):
    found = {row.claim_id for one in each for row in kg.claims(**one)}
    assert {row.claim_id for row in kg.claims(**several)} == found != set()


def test_dates_may_be_numbers_and_dates(kg):
    assert kg.claims(since=2012, until=2012) == kg.claims(since="2012", until="2012")
    assert kg.claims(since=date(2014, 7, 11)) == kg.claims(since="2014-07-11")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"since": "2014-13"}, "no date"),
        ({"since": "2014", "until": "2012"}, "before"),
        ({"min_confidence": "high"}, "from 0 to 1"),
        ({"min_confidence": 2}, "from 0 to 1"),
        ({"about": 5}, "no name"),
        ({"about": ["Russia", 5]}, "no name"),
        ({"polarity": "yes"}, "affirmed, negated"),
        ({"modality": "sure"}, "calledFor"),
        ({"colour": "red"}, "min_confidence"),
    ],
)
def test_wrong_values_say_what_is_allowed(kg, given, told):
    with pytest.raises(QueryError, match=told):
        kg.claims(**given)


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda kg: kg.search("war", most=0), "most=0"),
        (lambda kg: kg.cooccurrence(most=-1), "most=-1"),
        (lambda kg: kg.paths("China", "CIS", longest=0), "longest=0"),
        (lambda kg: kg.central(most=0), "most=0"),
    ],
)
def test_limits_are_positive(kg, ask, told):
    with pytest.raises(QueryError, match=told):
        ask(kg)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"about": "Rusia"}, "Russia"),
        ({"speaker": "Rosi"}, "PAOLO ROSSI"),
        ({"speaker": "xyz"}, "known: ANNA KELLER, PAOLO ROSSI"),
        ({"document": "2014-rosi.txt"}, "2014-rossi.txt"),
        ({"predicate": "threaten"}, "threatens"),
        ({"type": "Stat"}, "State"),
        ({"about": "Congo"}, "Congo.*state-cd.*Congo.*state-cg"),
    ],
)
def test_unknown_names_offer_what_there_is(kg, given, told):
    with pytest.raises(NameLookupError, match=told):
        kg.claims(**given)


def test_evidence_of_a_claim_that_is_not_there(kg):
    with pytest.raises(NameLookupError, match="claim/none"):
        kg.evidence("https://w3id.org/kgraph/id/claim/none")
