"""What each verb of the journal says to a person."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.journal.models import Entry

VERBS = {
    "account.created": gettext_lazy("ouvre un compte pour"),
    "accreditation.change": gettext_lazy("corrige l’habilitation"),
    "accreditation.create": gettext_lazy("ajoute l’habilitation"),
    "accreditation.downloaded": gettext_lazy("télécharge l’habilitation"),
    "accreditation.found_altered": gettext_lazy("trouve altéré le fichier de l’habilitation"),
    "accreditation.removed": gettext_lazy("retire l’habilitation"),
    "audit.cancelled": gettext_lazy("retire l’audit prévu"),
    "audit.moved": gettext_lazy("déplace l’audit"),
    "audit.planned": gettext_lazy("prévoit l’audit"),
    "audit.recorded": gettext_lazy("note l’audit"),
    "company.create": gettext_lazy("ajoute l’entreprise"),
    "course.change": gettext_lazy("modifie la formation"),
    "course.create": gettext_lazy("ajoute la formation"),
    "course.duplicated": gettext_lazy("duplique une formation en"),
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
    "dossier.downloaded": gettext_lazy("télécharge le dossier complet de la session"),
    "dossier.pdf_read": gettext_lazy("ouvre le PDF du dossier de la session"),
    "enrolment.change": gettext_lazy("modifie l’inscription de"),
    "enrolment.create": gettext_lazy("inscrit"),
    "enrolment.end": gettext_lazy("met fin à l’inscription de"),
    "enrolment.resume": gettext_lazy("rouvre l’inscription de"),
    "expectation.not_relevant": gettext_lazy("déclare sans objet"),
    "expectation.relevant_again": gettext_lazy("ne déclare plus sans objet"),
    "funder.create": gettext_lazy("ajoute le financeur"),
    "import.confirm": gettext_lazy("confirme l’import"),
    "import.remember_columns": gettext_lazy("retient les colonnes pour"),
    "import.send": gettext_lazy("envoie le fichier à importer"),
    "import.undo": gettext_lazy("annule l’import"),
    "indicator.conclude": gettext_lazy("conclut sur l’indicateur"),
    "member.access_ended": gettext_lazy("met fin à l’accès de"),
    "member.added": gettext_lazy("donne accès à"),
    "member.invited_again": gettext_lazy("renvoie l’invitation de"),
    "member.role_changed": gettext_lazy("change l’accès de"),
    "network.created": gettext_lazy("ouvre le réseau"),
    "network.head_added": gettext_lazy("nomme tête de réseau"),
    "organisation.created": gettext_lazy("ouvre l’organisme"),
    "organisation.updated": gettext_lazy("modifie la fiche de"),
    "pack.ask": gettext_lazy("demande le dossier de preuves"),
    "pack.download": gettext_lazy("télécharge le dossier de preuves"),
    "pack.ready": gettext_lazy("termine le dossier de preuves"),
    "profile.updated": gettext_lazy("modifie le profil d’activité de"),
    "programme.adopted": gettext_lazy("adopte le programme"),
    "programme.draft_changed": gettext_lazy("modifie le programme en préparation"),
    "programme.draft_discarded": gettext_lazy("abandonne la version en préparation"),
    "programme.draft_started": gettext_lazy("prépare une nouvelle version du programme"),
    "report.read": gettext_lazy("ouvre le rapport"),
    "rule.set": gettext_lazy("règle la valeur"),
    "session.change": gettext_lazy("modifie la session"),
    "session.create": gettext_lazy("ajoute la session"),
    "sheet.change": gettext_lazy("modifie la fiche publique de"),
    "sheet.proofread": gettext_lazy("relit l’information publique de"),
    "sheet.published": gettext_lazy("ouvre la page publique de"),
    "sheet.unpublished": gettext_lazy("ferme la page publique de"),
    "step.sent": gettext_lazy("envoie, au jour prévu, une étape de la session"),
    "survey.closed": gettext_lazy("clôt l’enquête"),
    "survey.invited": gettext_lazy("envoie les invitations de l’enquête"),
    "survey.link_renewed": gettext_lazy("renouvelle le lien de l’enquête"),
    "survey.opened": gettext_lazy("ouvre l’enquête"),
    "survey.paper_typed": gettext_lazy("saisit une réponse sur papier, enquête"),
    "survey.reminded": gettext_lazy("relance pour l’enquête"),
    "survey.reopened": gettext_lazy("rouvre l’enquête"),
    "threshold.lift": gettext_lazy("lève le seuil relevé de"),
    "threshold.tighten": gettext_lazy("relève le seuil de"),
    "trainee.create": gettext_lazy("ajoute la personne"),
    "trainer.change": gettext_lazy("modifie la fiche de"),
    "trainer.create": gettext_lazy("ajoute l’intervenant"),
}
# Readings told by their details, without naming the organisation again.
READINGS = {
    "room.opened": gettext_lazy("entre dans la salle de l’auditeur"),
    "room.criterion_read": gettext_lazy("lit le critère %(criterion)s dans la salle"),
    "room.indicator_read": gettext_lazy("lit l’indicateur %(indicator)s dans la salle"),
    "room.trainers_read": gettext_lazy("lit la liste des intervenants dans la salle"),
    "room.sessions_read": gettext_lazy("lit la liste des sessions dans la salle"),
    "room.session_read": gettext_lazy("lit le dossier de la session %(session)s dans la salle"),
}


def sentence(entry: Entry) -> str:
    """What was done, without who and when: « change l’accès de Soazig Perrot »."""
    if entry.verb in READINGS:
        return str(READINGS[entry.verb]) % entry.details
    said = VERBS.get(entry.verb)
    if said is None:
        return _("%(verb)s : %(object)s") % {"verb": entry.verb, "object": entry.object_label or "—"}
    return f"{said} {entry.object_label}".strip()
