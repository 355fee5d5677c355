"""An extractor of your own: claims that kgraph's frames do not know.

It finds "X stands with Y" between two states and adds a claim ``supports``, with its sentence as evidence.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

import kgraph
from kgraph import Claim, Entity, Evidence, Modality, Polarity, Speech, Voice

TEXT = """Title: Address on solidarity
Speaker: Maria Silva
Date: 2023-05-01

We meet in difficult times. Canada stands shoulder to shoulder with Ukraine. Terrorism threatens Europe.
"""


def shoulder_to_shoulder(speech: Speech, doc, entities: Mapping[str, Entity]) -> Iterator[Claim]:
    """``X stands shoulder to shoulder with Y`` -> X supports Y."""
    by_name = {form: e.id for e in entities.values() if e.type == "State" for form in e.aliases}
    speaker = next((e.id for e in entities.values() if e.label == speech.speaker), None)
    for sentence in doc.sents:
        if "shoulder to shoulder" in sentence.text and speaker:
            states = [by_name[token.text] for token in sentence if token.text in by_name]
            if len(states) == 2:
                text = sentence.text.strip()
                start = speech.text.index(text)
                evidence = Evidence(start, start + len(text), text)
                yield Claim(
                    subject=states[0],
                    predicate="supports",
                    object=states[1],
                    polarity=Polarity.AFFIRMED,
                    modality=Modality.ASSERTED,
                    claimant=speaker,
                    voice=Voice.SPEAKER,
                    evidence=evidence,
                    rule="own/shoulder-to-shoulder",
                    confidence=0.9,
                )


folder = Path("own-extractor")
folder.mkdir(exist_ok=True)
(folder / "address.txt").write_text(TEXT, encoding="utf-8")
kg = kgraph.build(folder, extractors=[shoulder_to_shoulder], progress=False)
for claim in kg.claims(predicate="supports"):
    print(claim)
