"""What each verb of the journal says to a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.journal.models import Entry, EntryKind
from qualiopi.web.dates import short_date
from qualiopi.web.typography import hours

VERBS = {
    "account.changed": gettext_lazy("modifie le compte de"),
    "account.created": gettext_lazy("ouvre un compte pour"),
    "accreditation.change": gettext_lazy("corrige l’habilitation"),
    "accreditation.create": gettext_lazy("ajoute l’habilitation"),
    "accreditation.downloaded": gettext_lazy("télécharge l’habilitation"),
    "accreditation.found_altered": gettext_lazy("trouve altéré le fichier de l’habilitation"),
    "accreditation.removed": gettext_lazy("retire l’habilitation"),
    "adaptation.answered": gettext_lazy("garde une réponse sur les adaptations, session"),
    "adaptation.decided": gettext_lazy("note une décision d’adaptation, session"),
    "adaptation.measure_added": gettext_lazy("prévoit une mesure d’adaptation, session"),
    "adaptation.measure_followed": gettext_lazy("suit une mesure d’adaptation, session"),
    "adaptation.measures_read": gettext_lazy("lit les mesures d’adaptation à appliquer, session"),
    "adaptation.read": gettext_lazy("ouvre les besoins d’adaptation, session"),
    "attendance.corrected": gettext_lazy("corrige une ligne d’émargement, pour"),
    "attendance.countersigned": gettext_lazy("contresigne la demi-journée du"),
    "attendance.declared": gettext_lazy("note une absence, pour"),
    "attendance.followed_up": gettext_lazy("note le suivi d’une absence, pour"),
    "attendance.links_sent": gettext_lazy("envoie les liens d’émargement de la session"),
    "attendance.report_applied": gettext_lazy("reporte un relevé de connexion sur l’émargement du"),
    "attendance.report_filed": gettext_lazy("dépose un relevé de connexion pour le"),
    "attendance.report_matched": gettext_lazy("rapproche à la main le relevé de connexion de"),
    "attendance.sheet_filed": gettext_lazy("dépose une feuille d’émargement signée, session"),
    "audit.cancelled": gettext_lazy("retire l’audit prévu"),
    "audit.moved": gettext_lazy("déplace l’audit"),
    "audit.planned": gettext_lazy("prévoit l’audit"),
    "audit.recorded": gettext_lazy("note l’audit"),
    "batch.asked": gettext_lazy("lance une série de documents"),
    "closing.asked": gettext_lazy("demande que se close d’elle-même, dès que rien n’y manque, la session"),
    "closing.called_off": gettext_lazy("n’attend plus que se close d’elle-même la session"),
    "company.change": gettext_lazy("complète la fiche de"),
    "company.create": gettext_lazy("ajoute l’entreprise"),
    "company.deleted": gettext_lazy("supprime l’entreprise"),
    "course.change": gettext_lazy("modifie la formation"),
    "course.create": gettext_lazy("ajoute la formation"),
    "course.deleted": gettext_lazy("supprime la formation"),
    "course.duplicated": gettext_lazy("duplique une formation en"),
    "debts.reminded": gettext_lazy("relance qui doit quelque chose à"),
    "deposit.discarded": gettext_lazy("retire du dépôt"),
    "deposit.received": gettext_lazy("dépose le fichier"),
    "document.accepted": gettext_lazy("retient la pièce"),
    "document.changed": gettext_lazy("modifie la fiche de la pièce"),
    "document.covers": gettext_lazy("dit ce que couvre la pièce"),
    "document.covers_no_more": gettext_lazy("ne dit plus ce que couvre la pièce"),
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
    "enrolment.deleted": gettext_lazy("supprime l’inscription de"),
    "enrolment.end": gettext_lazy("met fin à l’inscription de"),
    "enrolment.link_renewed": gettext_lazy("renouvelle le lien personnel de"),
    "enrolment.resume": gettext_lazy("rouvre l’inscription de"),
    "evaluation.added": gettext_lazy("ajoute l’évaluation"),
    "evaluation.removed": gettext_lazy("retire l’évaluation"),
    "exam.recorded": gettext_lazy("note les examens de la session"),
    "funder.change": gettext_lazy("complète la fiche de"),
    "funder.create": gettext_lazy("ajoute le financeur"),
    "funder.deleted": gettext_lazy("supprime le financeur"),
    "half_day.added": gettext_lazy("ajoute une demi-journée à la session"),
    "half_day.changed": gettext_lazy("change une demi-journée de la session"),
    "half_day.planned": gettext_lazy("prévoit les demi-journées de la session"),
    "half_day.removed": gettext_lazy("retire une demi-journée de la session"),
    "import.confirm": gettext_lazy("confirme l’import"),
    "import.remember_columns": gettext_lazy("retient les colonnes pour"),
    "import.send": gettext_lazy("envoie le fichier à importer"),
    "import.undo": gettext_lazy("annule l’import"),
    "indicator.conclude": gettext_lazy("conclut sur l’indicateur"),
    "indicator.set_aside": gettext_lazy("met de côté l’indicateur"),
    "indicator.taken_back": gettext_lazy("ne met plus de côté l’indicateur"),
    "intake.answered": gettext_lazy("reçoit avant la formation les réponses de"),
    "intake.concluded": gettext_lazy("conclut sur les réponses de"),
    "intake.concluded_many": gettext_lazy("conclut « rien à adapter » sur plusieurs réponses, session"),
    "intake.sent": gettext_lazy("envoie les questions d’avant formation, session"),
    "intake.session_need": gettext_lazy("note le besoin d’une entreprise ou du groupe, session"),
    "intake.typed": gettext_lazy("saisit un entretien ou un papier d’avant formation de"),
    "issued.all_downloaded": gettext_lazy("télécharge tous les documents d’une nature, session"),
    "issued.cancelled": gettext_lazy("annule le document"),
    "issued.created": gettext_lazy("émet le document"),
    "issued.downloaded": gettext_lazy("télécharge le document"),
    "issued.found_altered": gettext_lazy("trouve altéré le fichier du document"),
    "issued.opened": gettext_lazy("ouvre, par son lien, le document"),
    "issued.sent": gettext_lazy("envoie le document"),
    "issued.session_downloaded": gettext_lazy("télécharge tous les documents émis, session"),
    "issued.signed": gettext_lazy("note la signature du document"),
    "kept.downloaded": gettext_lazy("télécharge, gardé au fil du travail, le fichier"),
    "kept.found_altered": gettext_lazy("trouve altéré, gardé au fil du travail, le fichier"),
    "mail.refused": gettext_lazy("ne veut plus d’enquêtes ni de relances par e-mail :"),
    "mail.taken_again": gettext_lazy("reprend les enquêtes et les relances par e-mail :"),
    "member.access_ended": gettext_lazy("met fin à l’accès de"),
    "member.added": gettext_lazy("donne accès à"),
    "member.invited_again": gettext_lazy("renvoie l’invitation de"),
    "member.link_shown": gettext_lazy("prend, pour le donner, le lien d’invitation de"),
    "member.role_changed": gettext_lazy("change l’accès de"),
    "network.created": gettext_lazy("ouvre le réseau"),
    "network.head_added": gettext_lazy("nomme tête de réseau"),
    "organisation.created": gettext_lazy("ouvre l’organisme"),
    "organisation.joined": gettext_lazy("met l’organisme dans le réseau"),
    "organisation.updated": gettext_lazy("modifie la fiche de"),
    "pack.ask": gettext_lazy("demande le dossier de preuves"),
    "pack.download": gettext_lazy("télécharge le dossier de preuves"),
    "pack.ready": gettext_lazy("termine le dossier de preuves"),
    "profile.updated": gettext_lazy("modifie le profil d’activité de"),
    "programme.adopted": gettext_lazy("adopte le programme"),
    "programme.draft_changed": gettext_lazy("modifie le programme en préparation"),
    "programme.draft_discarded": gettext_lazy("abandonne la version en préparation"),
    "programme.draft_started": gettext_lazy("prépare une nouvelle version du programme"),
    "rates.published": gettext_lazy("publie les taux de la formation"),
    "report.read": gettext_lazy("ouvre le rapport"),
    "result.recorded": gettext_lazy("note des résultats de la session"),
    "rule.set": gettext_lazy("règle la valeur"),
    "session.cancelled": gettext_lazy("annule la session"),
    "session.change": gettext_lazy("modifie la session"),
    "session.closed": gettext_lazy("clôt la session"),
    "session.confirmed": gettext_lazy("confirme la session"),
    "session.contract": gettext_lazy("note le contrat de la session"),
    "session.contract_read": gettext_lazy("télécharge le contrat de la session"),
    "session.create": gettext_lazy("ajoute la session"),
    "session.deleted": gettext_lazy("supprime la session"),
    "session.done": gettext_lazy("termine la session"),
    "session.dates_taken": gettext_lazy("donne à la session les dates et la durée de ses demi-journées,"),
    "session.draft": gettext_lazy("remet en brouillon la session"),
    "session.imported": gettext_lazy("modifie, par un import, la session"),
    "session.moved": gettext_lazy("déplace la session"),
    "session.planned": gettext_lazy("prévoit la session"),
    "session.postponed": gettext_lazy("reporte la session"),
    "session.prepared": gettext_lazy("prépare les étapes de la session"),
    "session.running": gettext_lazy("commence la session"),
    "sheet.change": gettext_lazy("modifie la fiche publique de"),
    "sheet.proofread": gettext_lazy("relit l’information publique de"),
    "sheet.published": gettext_lazy("ouvre la page publique de"),
    "sheet.unpublished": gettext_lazy("ferme la page publique de"),
    "step.added": gettext_lazy("ajoute une étape à la session"),
    "step.done": gettext_lazy("note faite une étape de la session"),
    "step.handed": gettext_lazy("confie une étape de la session"),
    "step.reopened": gettext_lazy("remet à faire une étape de la session"),
    "step.sent": gettext_lazy("envoie, au jour prévu, une étape de la session"),
    "step.skipped": gettext_lazy("met de côté une étape de la session"),
    "style.saved": gettext_lazy("règle l’apparence des documents"),
    "subcontract.change": gettext_lazy("modifie le contrat de sous-traitance"),
    "subcontract.create": gettext_lazy("ajoute le contrat de sous-traitance"),
    "subcontract.downloaded": gettext_lazy("télécharge le contrat de sous-traitance"),
    "subcontract.found_altered": gettext_lazy("trouve altéré le fichier du contrat de sous-traitance"),
    "subcontractor.change": gettext_lazy("modifie la fiche du sous-traitant"),
    "subcontractor.create": gettext_lazy("ajoute le sous-traitant"),
    "subcontractor.deleted": gettext_lazy("supprime le sous-traitant"),
    "subcontractor.review": gettext_lazy("date une revue de"),
    "survey.closed": gettext_lazy("clôt l’enquête"),
    "survey.invited": gettext_lazy("envoie les invitations de l’enquête"),
    "survey.link_renewed": gettext_lazy("renouvelle le lien de l’enquête"),
    "survey.opened": gettext_lazy("ouvre l’enquête"),
    "survey.paper_typed": gettext_lazy("saisit une réponse sur papier, enquête"),
    "survey.reminded": gettext_lazy("relance pour l’enquête"),
    "survey.reopened": gettext_lazy("rouvre l’enquête"),
    "template.saved": gettext_lazy("enregistre le modèle"),
    "threshold.lift": gettext_lazy("lève le seuil relevé de"),
    "threshold.tighten": gettext_lazy("relève le seuil de"),
    "trainee.change": gettext_lazy("modifie la fiche de"),
    "trainee.create": gettext_lazy("ajoute la personne"),
    "trainee.deleted": gettext_lazy("supprime la fiche de"),
    "trainee.merged": gettext_lazy("réunit deux fiches en celle de"),
    "trainer.change": gettext_lazy("modifie la fiche de"),
    "trainer.create": gettext_lazy("ajoute l’intervenant"),
    "trainer.deleted": gettext_lazy("supprime la fiche de l’intervenant"),
    "trainer.merged": gettext_lazy("réunit deux fiches d’intervenant en celle de"),
    "trainer_link.ask": gettext_lazy("(par son lien expiré) demande un nouveau lien,"),
    "trainer_link.make": gettext_lazy("prépare le lien personnel de"),
    "trainer_link.renew": gettext_lazy("remplace le lien personnel de"),
    "trainer_link.send": gettext_lazy("envoie son lien personnel à"),
    "trainer_record.accept": gettext_lazy("retient au dossier d’un formateur"),
    "trainer_record.add": gettext_lazy("ajoute au dossier d’un formateur"),
    "trainer_record.covers": gettext_lazy("dit ce que couvre le titre"),
    "trainer_record.downloaded": gettext_lazy("télécharge, d’un dossier de formateur,"),
    "trainer_record.drop": gettext_lazy("(par un lien personnel) envoie au dossier d’un formateur"),
    "trainer_record.found_altered": gettext_lazy("trouve altéré, dans un dossier de formateur,"),
    "trainer_record.previewed": gettext_lazy("regarde, d’un dossier de formateur,"),
    "trainer_record.refuse": gettext_lazy("refuse au dossier d’un formateur"),
    "trainer_record.withdraw": gettext_lazy("retire du dossier d’un formateur"),
}
# Readings told by their details, without naming the organisation again.
READINGS = {
    "room.opened": gettext_lazy("entre dans la salle de l’auditeur"),
    "room.criterion_read": gettext_lazy("lit le critère %(criterion)s dans la salle"),
    "room.indicator_read": gettext_lazy("lit l’indicateur %(indicator)s dans la salle"),
    "room.searched": gettext_lazy("cherche « %(text)s » dans la salle"),
    "room.trainers_read": gettext_lazy("lit la liste des intervenants dans la salle"),
    "room.sessions_read": gettext_lazy("lit la liste des sessions dans la salle"),
    "room.register_read": gettext_lazy("lit l’émargement de la session %(session)s dans la salle"),
    "room.opinions_read": gettext_lazy("lit les avis sur la session %(session)s dans la salle"),
    "room.session_read": gettext_lazy("lit le dossier de la session %(session)s dans la salle"),
}


# Values that are told before and after a change, and how each is written.
_VALUES: dict[str, tuple[Promise, Callable[[str], str]]] = {
    "starts_on": (gettext_lazy("premier jour"), lambda value: short_date(date.fromisoformat(value))),
    "ends_on": (gettext_lazy("dernier jour"), lambda value: short_date(date.fromisoformat(value))),
    "duration_hours": (gettext_lazy("durée"), lambda value: hours(Decimal(value))),
    "modality": (gettext_lazy("modalité"), str),
    "place": (gettext_lazy("lieu"), str),
}


def sentence(entry: Entry) -> str:
    """What was done, without who and when: « change l’accès de Soazig Perrot », and what some values were and became.

    Of two pages that became one, what the one that went said and what followed; of something deleted, what went with it.
    """
    told, more = _said(entry), [*_changed(entry.details), *_merged(entry.details), *_deleted(entry.details)]
    return f"{told} ({', '.join(more)})" if more else told


def _changed(details: dict[str, Any]) -> list[str]:
    before, after = details.get("before"), details.get("after")
    if not isinstance(before, dict) or not isinstance(after, dict):
        return []
    return [
        _("%(name)s : %(before)s → %(after)s")
        % {"name": name, "before": _shown(before.get(key), show), "after": _shown(after.get(key), show)}
        for key, (name, show) in _VALUES.items()
        if key in after
    ]


def _merged(details: dict[str, Any]) -> list[str]:
    """« Léa Dupond, lea.dupond@exemple.fr → Léa Dupont, lea@exemple.fr », then how many rows followed, by kind."""
    gone, became = details.get("gone"), details.get("became")
    if not isinstance(gone, dict) or not isinstance(became, dict):
        return []
    values = [_identity(values) for values in (gone, details["kept"], became)]
    told = _("%(gone)s + %(kept)s → %(became)s") % dict(zip(("gone", "kept", "became"), values, strict=True))
    return [told, *(f"{count} {name}" for name, count in sorted(details.get("moved", {}).items()) if count)]


def _identity(values: dict[str, Any]) -> str:
    name = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    return " ".join(part for part in (name, values.get("email", "")) if part)


def _deleted(details: dict[str, Any]) -> list[str]:
    """« demi-journées : 2 », by kind of what went with it, in the order of the words: PostgreSQL gives a mapping back in its own."""
    gone = details.get("with")
    return [f"{name} : {len(rows)}" for name, rows in sorted(gone.items())] if isinstance(gone, dict) else []


def kind_told(entry: Entry) -> str:
    """The nature of an entry when a reader of the journal must see it: a reading. A change goes without saying."""
    return entry.get_kind_display() if entry.kind == EntryKind.READING else ""


def _shown(value: str | None, show: Callable[[str], str]) -> str:
    return show(value) if value else _("rien")


def _said(entry: Entry) -> str:
    if entry.verb in READINGS:
        return str(READINGS[entry.verb]) % entry.details
    said = VERBS.get(entry.verb)
    if said is None:
        return _("%(verb)s : %(object)s") % {"verb": entry.verb, "object": entry.object_label or "—"}
    return f"{said} {entry.object_label}".strip()
