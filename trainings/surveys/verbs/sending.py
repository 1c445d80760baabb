"""What the clock sends of the surveys: the questionnaires that a session plans, and one reminder."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from qualiopi.post.reports import MailReport, declined_words, hindrance, named
from trainings.sessions.models import Step
from trainings.sessions.verbs import NotSendable
from trainings.surveys.models import Campaign
from trainings.surveys.queries import recipients_of
from trainings.surveys.questionnaire import shipped
from trainings.surveys.verbs.campaigns import open_campaign
from trainings.surveys.verbs.inviting import invite, remind

NOBODY = {
    "trainee": gettext_lazy("Personne n’est inscrit : inscrivez les stagiaires, l’enquête partira ensuite."),
    "company": gettext_lazy(
        "Aucune entreprise n’est notée sur les inscriptions : ajoutez-la, ou notez que l’étape est sans objet."
    ),
    "funder": gettext_lazy("Aucun financeur n’est noté sur les inscriptions : ajoutez-le, ou notez que l’étape est sans objet."),
    "trainer": gettext_lazy("Personne n’est désigné pour animer la session : désignez quelqu’un, l’enquête partira ensuite."),
}


def send_step(*, step: Step, now: datetime) -> str:
    """Open the survey that a step names (« survey:<questionnaire> ») and send the links that have not left.

    `now`: moment of the clock. Returns a French sentence of what was done; a second call sends nothing again. Raises NotSendable when
    the questionnaire is unknown, the survey was closed or is too old, nobody is there to ask, or a message did not leave. Side effects:
    campaign, invitations, e-mails, journal.
    """
    key = step.key.partition(":")[2]
    questionnaire = shipped().get(key)
    if questionnaire is None:
        raise NotSendable(_("Aucun questionnaire ne s’appelle « %(key)s ».") % {"key": key})
    people = recipients_of(step.session, questionnaire.audience)
    if not people:
        raise NotSendable(str(NOBODY[questionnaire.audience]))
    known = Campaign.objects.filter(session=step.session, questionnaire=key).first()
    if known is not None and known.closed_on is not None:
        # A person closed it: the clock does not open it again behind their back.
        raise NotSendable(_("L’enquête a été close : ouvrez-la de nouveau pour l’envoyer, ou notez que l’étape est sans objet."))
    if not any(person.address for person in people):
        names = named([person.name for person in people], 5)
        raise NotSendable(_("Personne n’a d’adresse e-mail (%(names)s) : ajoutez-la.") % {"names": names})
    try:
        campaign = open_campaign(session=step.session, actor=None, questionnaire=key)
        report = invite(campaign=campaign, site=settings.SITE_URL, actor=None)
    except ValidationError as error:
        raise NotSendable(" ".join(error.messages)) from error
    if hindrance(report):
        raise NotSendable(hindrance(report))
    if report.failed:
        raise NotSendable(
            _("Le message n’est pas parti pour %(addresses)s : vérifiez l’adresse.") % {"addresses": named(report.failed, 3)}
        )
    return _told(report)


def remind_by_clock(*, campaign: Campaign) -> str:
    """Remind those whose link has not served; returns a French sentence, empty when nothing left.

    Same rules and side effects as `remind`; a survey that closed or expired meanwhile is left alone.
    """
    try:
        report = remind(campaign=campaign, site=settings.SITE_URL, actor=None)
    except ValidationError:
        return ""
    if not report.sent:
        return ""
    return ngettext("%(n)s relance d’enquête envoyée.", "%(n)s relances d’enquête envoyées.", report.sent) % {"n": report.sent}


def _told(report: MailReport) -> str:
    told = []
    if report.sent:
        told.append(ngettext("%(n)s lien personnel envoyé.", "%(n)s liens personnels envoyés.", report.sent) % {"n": report.sent})
    elif not report.declined:
        return _("les liens étaient déjà partis.")
    if report.declined:
        told.append(declined_words(report.declined, 5))
    if report.sent and report.without_address:
        told.append(_("Sans adresse e-mail : %(names)s.") % {"names": named(report.without_address, 5)})
    return " ".join(told)
