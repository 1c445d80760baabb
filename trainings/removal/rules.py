"""What keeps a row from being deleted, what goes with it: one table per model, that names every foreign key to it (ADR 137).

A foreign key that no table names keeps the row: nothing falls by being forgotten, and a test asks for its line.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from trainings.catalogue.models import Course, Objective, Programme
from trainings.people.models import Company, Funder, Subcontractor, Trainee, Trainer
from trainings.sessions.models import Enrolment, HalfDay, Session
from trainings.surveys.models import Campaign


@dataclass(frozen=True, slots=True)
class Stays:
    """Rows that keep what they name: what to do instead, in a sentence. `when`: only these do, the others go with it."""

    instead: Promise
    when: Q | None = None


@dataclass(frozen=True, slots=True)
class Goes:
    """Rows that are nothing without what they name: they go with it."""


Rule = Stays | Goes
GOES = Goes()

_CANCEL = _("Ce qui s’est passé reste : annulez plutôt la session, en disant pourquoi.")
_ISSUED = _("Un document émis garde son numéro, même annulé : annulez plutôt la session, en disant pourquoi.")
_DEPARTURE = _("Ce qui s’est passé reste : notez plutôt un désistement ou une interruption.")
_UNLINK = _("Défaites le lien sur la page de chacune de ces pièces.")
_TAKE_BACK = _("Reprenez ces lignes sur la page de la pièce qui les couvre.")
_ARCHIVE = _("Retirez plutôt la formation de la vente, sur sa page « Modifier » : elle ne se propose plus.")
_KEEP_TRAINER = _("Ce que cette personne a fait reste prouvé : gardez sa fiche.")
_ANSWERED = _("Une réponse a été donnée à une enquête : elle reste dans ses résultats.")
_OTHER_COMPANY = _("Donnez à ces inscriptions une autre entreprise, ou aucune, sur la page de chacune.")
_OTHER_FUNDER = _("Donnez à ces inscriptions un autre financeur, ou aucun, sur la page de chacune.")

RULES: dict[type[Model], dict[str, Rule]] = {
    Session: {
        "trainings.Enrolment.session": Stays(
            _(
                "Supprimez d’abord celles qui sont des erreurs, sur la page de chacune ; sinon annulez la session, en disant pourquoi."
            )
        ),
        "trainings.Mark.session": Stays(_CANCEL),
        "trainings.Issued.session": Stays(_ISSUED),
        "trainings.Reservation.session": Stays(_("Émettez les documents dont le numéro est réservé : aucun numéro ne se perd.")),
        "trainings.Batch.session": Stays(_("Attendez la fin de cette série de documents."), when=Q(finished_at__isnull=True)),
        "trainings.SessionNeed.session": Stays(_CANCEL),
        "trainings.Evaluation.session": Stays(_("Retirez-les d’abord, sur la page des acquis de la session.")),
        "evidence.SubjectLink.session": Stays(_UNLINK),
        "evidence.CoveredLine.session": Stays(_TAKE_BACK),
        "trainings.SessionTrainer.session": GOES,
        "trainings.HalfDay.session": GOES,
        "trainings.SessionChange.session": GOES,
        "trainings.Step.session": GOES,
        # A register that was begun and lost its lines is for `check_integrity` to find.
        "trainings.Chain.session": Stays(_CANCEL, when=Q(length__gt=0)),
        "trainings.Campaign.session": GOES,
        "evidence.ClosingRequest.session": GOES,
    },
    HalfDay: {
        "trainings.Mark.half_day": Stays(_CANCEL),
        "trainings.ConnectionReport.half_day": Stays(_CANCEL),
        "trainings.FailedConfirmations.half_day": GOES,
    },
    Campaign: {
        "trainings.Invitation.campaign": Stays(_CANCEL),
        "trainings.Response.campaign": Stays(_CANCEL),
    },
    Enrolment: {
        "trainings.PastDeparture.enrolment": Stays(_DEPARTURE),
        "trainings.AdaptationRequest.enrolment": Stays(_DEPARTURE),
        "trainings.Mark.enrolment": Stays(_DEPARTURE),
        "trainings.Connection.enrolment": Stays(
            _("Dites « personne » en face de ce nom sur la page du relevé ; s’il est déjà reporté, notez plutôt un départ.")
        ),
        "trainings.FollowUp.enrolment": Stays(_DEPARTURE),
        "trainings.Issued.enrolment": Stays(
            _("Un document émis garde son numéro, même annulé : notez plutôt un désistement ou une interruption.")
        ),
        "trainings.Intake.enrolment": Stays(_DEPARTURE),
        "trainings.ObjectiveResult.enrolment": Stays(_("Effacez-les d’abord, sur la page des acquis de la personne.")),
        "trainings.ExamResult.enrolment": Stays(_("Videz d’abord sa ligne, sur la page des examens de la session.")),
        "trainings.Invitation.enrolment": Stays(_ANSWERED, when=Q(answered=True)),
        "trainings.Funding.enrolment": GOES,
        "trainings.EnrolmentLink.enrolment": GOES,
        "trainings.FailedConfirmations.enrolment": GOES,
        "trainings.IntakeDraft.enrolment": GOES,
    },
    Trainee: {
        "trainings.Enrolment.trainee": Stays(
            _(
                "Supprimez d’abord celles qui sont des erreurs, sur la page de chacune. Une personne qui a deux fiches : "
                "fusionnez-les, rien ne se perd."
            )
        ),
        "trainings.Sending.trainee": Stays(_("Un document lui a été envoyé : gardez sa fiche.")),
        "trainings.FormerIdentity.trainee": GOES,
    },
    Trainer: {
        "trainings.SessionTrainer.trainer": Stays(_("Retirez-la d’abord de ces sessions, sur la page « Modifier » de chacune.")),
        "trainings.HalfDay.trainer": Stays(_("Confiez d’abord ces demi-journées à quelqu’un d’autre.")),
        "trainings.Step.trainer": Stays(_("Confiez d’abord ces étapes à quelqu’un d’autre.")),
        "trainings.TrainerRecord.trainer": Stays(_("Une pièce se retire du dossier mais ne s’efface pas : gardez la fiche.")),
        "trainings.Mark.trainer": Stays(_KEEP_TRAINER),
        "trainings.Invitation.trainer": Stays(_ANSWERED, when=Q(answered=True)),
        "evidence.SubjectLink.trainer": Stays(_UNLINK),
        "trainings.TrainerLink.trainer": GOES,
        "evidence.Reminder.trainer": GOES,
        "trainings.FormerIdentity.trainer": GOES,
    },
    Company: {
        "trainings.Enrolment.company": Stays(_OTHER_COMPANY),
        "trainings.Issued.company": Stays(_("Un document émis garde son numéro, même annulé : gardez la fiche.")),
        "trainings.SessionNeed.company": Stays(_("Le besoin qu’elle a exprimé reste dans le dossier : gardez la fiche.")),
        "trainings.Invitation.company": Stays(_ANSWERED, when=Q(answered=True)),
    },
    Funder: {
        "trainings.Funding.funder": Stays(_OTHER_FUNDER),
        "trainings.Invitation.funder": Stays(_ANSWERED, when=Q(answered=True)),
    },
    Course: {
        "trainings.Session.course": Stays(_ARCHIVE),
        "trainings.Programme.course": Stays(_ARCHIVE, when=Q(in_force_from__isnull=False)),
        "trainings.PublicSheet.course": Stays(_ARCHIVE, when=Q(published_at__isnull=False) | Q(proofread_on__isnull=False)),
        "trainings.Accreditation.course": Stays(_("Retirez-les d’abord, sur la page de la formation.")),
        "trainings.PublishedRates.course": Stays(_ARCHIVE),
        "evidence.SubjectLink.course": Stays(_UNLINK),
        "evidence.CoveredLine.course": Stays(_TAKE_BACK),
    },
    Programme: {
        "trainings.Session.programme": Stays(_ARCHIVE),
        "trainings.Objective.programme": GOES,
        "trainings.Skill.programme": GOES,
        "trainings.Sequence.programme": GOES,
    },
    Objective: {"trainings.ObjectiveResult.objective": Stays(_ARCHIVE)},
    Subcontractor: {
        "trainings.Session.given_to": Stays(_("Reprenez d’abord ces sessions, sur la page « Contrat » de chacune.")),
        "trainings.Trainer.subcontractor": Stays(_("Changez d’abord le statut de ces personnes, sur la page de chacune.")),
        "trainings.Subcontract.subcontractor": Stays(_("Un contrat reste, même terminé : gardez la fiche.")),
        "trainings.SubcontractorReview.subcontractor": Stays(_("Une revue datée reste : gardez la fiche.")),
        "trainings.Issued.subcontractor": Stays(_("Un document émis garde son numéro, même annulé : gardez la fiche.")),
        "evidence.SubjectLink.subcontractor": Stays(_UNLINK),
    },
}
