"""The list of sessions as a file: the columns that an import takes back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _


def headings() -> list[str]:
    """The heads of its columns."""
    return [
        _("Référence"),
        _("Formation"),
        _("Formateurs"),
        _("Début"),
        _("Fin"),
        _("Durée (heures)"),
        _("Modalité"),
        _("Type"),
        _("État"),
        _("Lieu"),
        _("Personnes inscrites"),  # not « Inscrits »: brought in again, that is how many were announced
    ]


def lines_of(sessions: Any) -> Iterator[list[Any]]:
    """One line for each session, read by five hundred."""
    for session in sessions.iterator(chunk_size=500):
        yield [
            session.reference,
            session.course.title,
            ", ".join(str(trainer) for trainer in session.trainers.all()),
            session.starts_on,
            session.ends_on,
            session.duration_hours,
            session.get_modality_display(),
            session.get_kind_display(),
            session.get_state_display(),
            session.place,
            session.enrolled,
        ]
