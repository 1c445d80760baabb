"""What the trainers' files of the demonstration hold, the subcontractor with its contract, and how a piece is filed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from evidence.demo.moments import at
from evidence.demo.papers import paper
from evidence.library.verbs import file_document
from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.people.models import RecordKind, Subcontract, Subcontractor, Trainer
from trainings.people.verbs import add_record, review_subcontractor, save_subcontract, save_subcontractor

# How long after its own day a piece is filed.
FILED_AFTER = timedelta(days=1)
# Kind, title, days before today, days of validity (0: none).
RECORDS = (
    (RecordKind.CV, "CV à jour", 200, 0),
    (RecordKind.DIPLOMA, "Licence de sciences de l’éducation", 3000, 0),
    (RecordKind.TRAINING, "Atelier d’échange de pratiques", 90, 0),
    (RecordKind.INTERVIEW, "Entretien annuel", 120, 0),
    (RecordKind.CHARTER, "Engagement qualité signé", 300, 0),
    (RecordKind.QUALIFICATION, "Habilitation à former aux premiers secours", 700, 730),
)


def furnish_trainer(trainer: Trainer, *, manager: User, today: date, lines: int = len(RECORDS)) -> None:
    """Put the first `lines` lines in a trainer's file; the last qualification expires within a month."""
    for kind, title, ago, validity in RECORDS[:lines]:
        day = today - timedelta(days=ago)
        add_record(
            trainer=trainer,
            kind=kind,
            title=title,
            dated_on=day,
            valid_until=day + timedelta(days=validity) if validity else None,
            note="Deux axes retenus : évaluer par objectif, garder les traces." if kind == RecordKind.INTERVIEW else "",
            upload=paper(title=title, subject=str(trainer), owner=trainer.organisation.name, day=day),
            actor=manager,
        )


def subcontracting(organisation: Organisation, *, manager: User, today: date) -> tuple[Subcontractor, Subcontract]:
    """A subcontractor with a certificate, a signed contract with its clauses, and this year's review."""
    subcontractor = save_subcontractor(
        organisation=organisation,
        fields={
            "name": "Formations de la Fiction",
            "siren": "732829320",
            "activity_number": "53290000029",
            "email": "contact@fiction.example",
            "representative": "Rozenn Inventée, gérante",
            "certificate_number": "INV-2025-041",
            "certified_from": today - timedelta(days=400),
            "certified_until": today + timedelta(days=695),
        },
        actor=manager,
    )
    contract = save_subcontract(
        subcontractor=subcontractor,
        fields={
            "reference": "ST-INV-1",
            "signed_on": today - timedelta(days=120),
            "valid_from": today - timedelta(days=115),
            "valid_until": today + timedelta(days=250),
            "missions": ["attendance", "evaluation"],
            "content": "Animation de deux journées et évaluation de chaque stagiaire.",
            "means": "Salle et supports fournis par le donneur d’ordre.",
            "follow_up": "Émargement et résultats saisis le jour même.",
            "price": "1 200 € hors taxes par session",
            "compliance_clause": True,
            "right_to_check": True,
        },
        upload=paper(
            title="Contrat de sous-traitance",
            subject=str(subcontractor),
            owner=organisation.name,
            day=today - timedelta(days=120),
        ),
        actor=manager,
    )
    review_subcontractor(
        subcontractor=subcontractor,
        fields={
            "held_on": today - timedelta(days=30),
            "identity_checked": True,
            "skills_checked": True,
            "results_read": True,
            "conclusion": "Deux sessions suivies, avis bons, pièces reçues à temps.",
        },
        actor=manager,
    )
    return subcontractor, contract


def file_piece(organisation: Organisation, day: date, **piece: Any) -> None:
    """File a piece of this day, on the next one."""
    with at(day + FILED_AFTER, hour=9):
        file_document(organisation=organisation, effective_on=day, **piece)
