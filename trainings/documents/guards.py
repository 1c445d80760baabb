"""What this room has to say before somebody is noted as gone. Light: it is read when the product starts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from trainings.documents.models import DocumentKind, Issued
from trainings.sessions.models import Enrolment


def blocking_certificate(enrolment: Enrolment) -> Issued | None:
    """The certificate of completion in force for this person, that has to be cancelled before they are noted as gone."""
    found: Issued | None = (
        enrolment.issued.filter(kind=DocumentKind.COMPLETION, cancelled_at__isnull=True).order_by("-issued_on").first()
    )
    return found


def certificate_guard(enrolment: Enrolment) -> str:
    """Why somebody cannot be noted as gone: a certificate says that they followed. Empty when nothing prevents it."""
    certificate = blocking_certificate(enrolment)
    if certificate is None:
        return ""
    return _(
        "Le certificat de réalisation %(number)s dit que cette personne a suivi la formation. Annulez-le avec un motif, notez la "
        "sortie, puis émettez-le de nouveau avec la durée suivie."
    ) % {"number": certificate.number}
