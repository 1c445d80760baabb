"""Why a file is not taken in, or not given out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from qualiopi.files.models import StoredFile


class Reason(StrEnum):
    """What is wrong with a file, for who says it in other words: a table that is imported is no document that is filed."""

    OTHER = "other"
    ARCHIVE = "archive"
    BUSY = "busy"
    DAMAGED = "damaged"
    HEAVY = "heavy"
    LARGE = "large"
    LOCKED = "locked"
    MACROS = "macros"
    OLD = "old"
    PAGE = "page"
    PROGRAM = "program"
    SLOW = "slow"
    UNKNOWN = "unknown"


class RefusedFile(ValueError):
    """A file that is not kept. `str(error)` is a French sentence that says what to do; `reason` is why."""

    def __init__(self, sentence: str, reason: Reason = Reason.OTHER) -> None:
        super().__init__(sentence)
        self.reason = reason


class NoRoom(RefusedFile):
    """A file that the disk could not take; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Le serveur n’a plus de place pour garder ce fichier, et rien n’est enregistré. "
                "Prévenez la personne qui s’occupe du serveur, puis déposez-le de nouveau."
            )
        )


class AlteredFile(Exception):
    """The bytes on disk are no longer those that were filed; `missing` tells that there are none at all."""

    def __init__(self, stored: StoredFile, *, missing: bool = False) -> None:
        self.stored = stored
        self.missing = missing
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What happened and what to do, naming the file."""
        if self.missing:
            return _("Le fichier « %(name)s » a disparu du stockage : demandez sa restauration à partir d’une sauvegarde.") % {
                "name": self.stored.name
            }
        return _(
            "Le fichier « %(name)s » a changé depuis son dépôt : son empreinte n’est plus la même. Nous ne le montrons pas. "
            "Demandez sa restauration à partir d’une sauvegarde, ou déposez une nouvelle version."
        ) % {"name": self.stored.name}
