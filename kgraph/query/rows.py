"""Claims as rows for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

import numpy as np

from kgraph.collector import without_collector
from kgraph.columns import Columns
from kgraph.columns.tables import MODALITIES, POLARITIES, VOICES
from kgraph.model import Modality, Polarity, Voice
from kgraph.query.source import Source
from kgraph.table import Table


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it is asked for: names, how it is said, and the sentence. Offsets are code points, end exclusive."""

    date: str | None
    claimant: str
    subject: str
    predicate: str
    object: str
    polarity: Polarity
    modality: Modality
    voice: Voice
    confidence: float
    quote: str
    doc: str
    start: int
    end: int
    claim_id: str
    subject_id: str
    object_id: str
    claimant_id: str
    speech_id: str

    def _repr_html_(self) -> str:
        """For notebooks: what is claimed, the sentence, and where it stands."""
        said = statement_html(self.subject, self.predicate, self.object, self.polarity, self.modality, escape)
        where = ", ".join((self.claimant, self.date or "undated")) + f" — {self.doc}"
        place = f"characters {self.start:,}–{self.end:,}; confidence {self.confidence:.2f}"
        return claim_html(said, escape(self.quote), f"{escape(where)} ({place})")


def statement_html(
    subject: str, predicate: str, target: str, polarity: Polarity, modality: Modality, text: Callable[[str], str]
) -> str:
    """What is claimed and how, in a line of HTML; `text` makes words safe."""
    no = "<b>NOT</b> " if polarity is Polarity.NEGATED else ""
    how = f" <i>({modality.value})</i>" if modality is not Modality.ASSERTED else ""
    return f"<b>{text(subject)}</b> — {no}{text(predicate)} → <b>{text(target)}</b>{how}"


def claim_html(statement: str, quote: str, where: str) -> str:
    """A claim with its sentence and its place, all three HTML."""
    return f"<div>{statement}<blockquote>{quote}</blockquote><small>{where}</small></div>"


@without_collector
def claim_table(source: Source, columns: Columns, rows: np.ndarray) -> Table[ClaimRow]:
    """The claims at `rows`, in that order."""
    return Table.of(ClaimRow, claim_rows(source, columns, rows))


def claim_rows(source: Source, columns: Columns, rows: np.ndarray) -> Iterator[ClaimRow]:
    """The claims at `rows`, one by one."""
    claims, sentences = columns.claims, columns.sentences
    names = Names(source, columns, (claims.subject[rows], claims.object[rows], claims.claimant[rows]))
    said = claims.sentence[rows]
    numbers = [claims.subject, claims.object, claims.claimant, claims.predicate, claims.polarity, claims.modality]
    numbers += [claims.voice, claims.confidence]
    cells = [column[rows].tolist() for column in numbers]
    cells += [column[said].tolist() for column in (sentences.speech, sentences.start, sentences.end)]
    texts = claims.iri.at(rows), sentences.quote.at(said)
    for cell in zip(*cells, *texts, strict=True):
        subject, target, claimant, predicate, polarity, modality, voice, sure, speech, start, end, iri, quote = cell
        header = columns.speeches[speech]
        yield ClaimRow(
            header.date,
            names.label[claimant],
            names.label[subject],
            columns.predicates[predicate],
            names.label[target],
            POLARITIES[polarity],
            MODALITIES[modality],
            VOICES[voice],
            sure,
            quote,
            header.doc,
            start,
            end,
            iri,
            names.id[subject],
            names.id[target],
            names.id[claimant],
            header.id,
        )


class Names:
    """Ids and labels of the things at some places of the columns."""

    def __init__(self, source: Source, columns: Columns, places: Iterable[np.ndarray]) -> None:
        wanted = np.unique(np.concatenate([np.asarray(one, dtype=np.int64) for one in places])).tolist()
        self.id: dict[int, str] = {place: columns.things[place] for place in wanted}
        labels = source.labels(self.id.values())
        self.label: dict[int, str] = {place: labels[id_] for place, id_ in self.id.items()}
