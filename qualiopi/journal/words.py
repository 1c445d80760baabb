"""What each verb of the journal says to a person."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.journal.models import Entry

VERBS = {
    "account.created": gettext_lazy("ouvre un compte pour"),
    "audit.cancelled": gettext_lazy("retire l’audit prévu"),
    "audit.moved": gettext_lazy("déplace l’audit"),
    "audit.planned": gettext_lazy("prévoit l’audit"),
    "audit.recorded": gettext_lazy("note l’audit"),
    "deposit.discarded": gettext_lazy("retire du dépôt"),
    "deposit.received": gettext_lazy("dépose le fichier"),
    "document.accepted": gettext_lazy("retient la pièce"),
    "document.changed": gettext_lazy("modifie la fiche de la pièce"),
    "document.downloaded": gettext_lazy("télécharge la pièce"),
    "document.filed": gettext_lazy("range la pièce"),
    "document.found_altered": gettext_lazy("trouve altéré le fichier de la pièce"),
    "document.linked": gettext_lazy("relie la pièce"),
    "document.previewed": gettext_lazy("ouvre la pièce"),
    "document.refused": gettext_lazy("refuse la pièce"),
    "document.unlinked": gettext_lazy("défait un lien de la pièce"),
    "document.version_added": gettext_lazy("dépose une nouvelle version de la pièce"),
    "document.withdrawn": gettext_lazy("retire la pièce"),
    "member.access_ended": gettext_lazy("met fin à l’accès de"),
    "member.added": gettext_lazy("donne accès à"),
    "member.role_changed": gettext_lazy("change l’accès de"),
    "network.created": gettext_lazy("ouvre le réseau"),
    "network.head_added": gettext_lazy("nomme tête de réseau"),
    "organisation.created": gettext_lazy("ouvre l’organisme"),
    "organisation.updated": gettext_lazy("modifie la fiche de"),
    "profile.updated": gettext_lazy("modifie le profil d’activité de"),
}


def sentence(entry: Entry) -> str:
    """What was done, without who and when: « change l’accès de Soazig Perrot »."""
    said = VERBS.get(entry.verb)
    if said is None:
        return _("%(verb)s : %(object)s") % {"verb": entry.verb, "object": entry.object_label or "—"}
    return f"{said} {entry.object_label}".strip()
