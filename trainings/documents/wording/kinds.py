"""What is particular to each kind of document: for whom it is, its letters in numbers, whether the other party signs it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from trainings.documents.models import DocumentKind


class Recipients(Enum):
    """For whom one document of a kind is issued."""

    SESSION = "session"
    PERSON = "person"
    COMPANY = "company"
    SUBCONTRACTOR = "subcontractor"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """`prefix`: letters of its numbers. `signed`: the other party signs it and sends a copy back."""

    prefix: str
    recipients: Recipients
    signed: bool = False


_FACTS = {
    DocumentKind.AGREEMENT: KindFacts("CONV", Recipients.COMPANY, signed=True),
    DocumentKind.CONTRACT: KindFacts("CTR", Recipients.PERSON, signed=True),
    DocumentKind.PROGRAMME: KindFacts("PROG", Recipients.SESSION),
    DocumentKind.CONVOCATION: KindFacts("CVC", Recipients.PERSON),
    DocumentKind.WELCOME: KindFacts("LIV", Recipients.SESSION),
    DocumentKind.RULES: KindFacts("RI", Recipients.SESSION),
    DocumentKind.ATTENDANCE_SHEET: KindFacts("EMA", Recipients.SESSION),
    DocumentKind.COMPLETION: KindFacts("CR", Recipients.PERSON),
    DocumentKind.ATTESTATION: KindFacts("ATT", Recipients.PERSON),
    DocumentKind.SUBCONTRACT: KindFacts("ST", Recipients.SUBCONTRACTOR, signed=True),
}


def facts_of(kind: str) -> KindFacts:
    """What is particular to this kind; raises ValueError for a word that names none."""
    return _FACTS[DocumentKind(kind)]
