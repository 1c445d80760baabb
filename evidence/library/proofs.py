"""Which indicators a file that the work left proves, by the standard's own list of documents. Pure: no clock, no query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qualiopi.standard.book import expectations
from qualiopi.standard.model import Grid
from trainings.documents.models import DocumentKind
from trainings.people.models import RecordKind
from trainings.pieces import Chosen, Nature

# What the register itself is, and a report of connection, in the words of the standard.
REGISTER: Final = "attendance_sheet"
CONNECTIONS: Final = "connection_report"
# Kind of an issued document -> type of document of the standard.
_ISSUED: Final[Mapping[str, str]] = {
    DocumentKind.AGREEMENT: "agreement",
    DocumentKind.CONTRACT: "individual_contract",
    DocumentKind.PROGRAMME: "detailed_programme",
    DocumentKind.CONVOCATION: "joining_instructions",
    DocumentKind.WELCOME: "welcome_booklet",
    DocumentKind.RULES: "internal_rules",
    DocumentKind.ATTENDANCE_SHEET: REGISTER,
    DocumentKind.COMPLETION: "completion_certificate",
    DocumentKind.ATTESTATION: "end_attestation",
    DocumentKind.SUBCONTRACT: "subcontract",
}
_RECORDS: Final[Mapping[str, str]] = {
    RecordKind.CV: "cv",
    RecordKind.DIPLOMA: "qualification",
    RecordKind.QUALIFICATION: "qualification",
    RecordKind.TRAINING: "training_certificate",
    RecordKind.INTERVIEW: "trainer_review",
    RecordKind.CHARTER: "compliance_charter",
}
_NATURES: Final[Mapping[str, str]] = {
    Nature.SHEET: REGISTER,
    Nature.CONNECTIONS: CONNECTIONS,
    Nature.EVALUATION: "learning_evaluation",
    Nature.ACCREDITATION: "accreditation",
    Nature.SUBCONTRACT: "subcontract",
}


def type_of(nature: Nature, kind: str) -> str:
    """The type of document of the standard; empty for what the standard does not name (the contract with a client organisation)."""
    if nature in (Nature.ISSUED, Nature.SIGNED):
        return _ISSUED[kind]
    if nature == Nature.TRAINER:
        return _RECORDS.get(kind, "")
    return _NATURES.get(nature, "")


def indicators_proved(document_type: str, grid: Grid) -> tuple[int, ...]:
    """The indicators of this grid that a document of this type proves, in order."""
    return tuple(sorted(number for number in expectations().indicators_of(document_type) if grid.has(number)))


def left_for(indicator: int) -> Chosen:
    """Which files that the work leaves prove this indicator."""

    def serves(document_type: str) -> bool:
        return indicator in expectations().indicators_of(document_type)

    issued = frozenset(kind for kind, named in _ISSUED.items() if serves(named))
    records = frozenset(kind for kind, named in _RECORDS.items() if serves(named))
    natures = {Nature(nature) for nature, named in _NATURES.items() if serves(named)}
    if issued:
        natures |= {Nature.ISSUED, Nature.SIGNED}
    if records:
        natures.add(Nature.TRAINER)
    return Chosen(frozenset(natures), issued | records)
