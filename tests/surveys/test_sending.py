"""What the clock sends of the surveys, audience by audience: once to each, and a sentence of what was done or is missing."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from qualiopi.post.reports import MailReport
from qualiopi.post.rounds import send_all
from tests.factories import (
    CampaignFactory,
    CompanyFactory,
    EnrolmentFactory,
    FunderFactory,
    FundingFactory,
    InvitationFactory,
    SessionFactory,
    StepFactory,
    TrainerFactory,
    UserFactory,
)
from trainings.sessions.models import EnrolmentState
from trainings.sessions.verbs import NotSendable
from trainings.surveys.emails import SurveyLink
from trainings.surveys.models import Campaign, Invitation
from trainings.surveys.queries import recipients_of, remindable
from trainings.surveys.verbs import send_step

pytestmark = pytest.mark.django_db
YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def session():
    return SessionFactory(
        starts_on=YESTERDAY, ends_on=YESTERDAY, course__title="Tenir une régie", organisation__name="Ateliers du Fil Ouest"
    )


def send(session, questionnaire):
    step = StepFactory(session=session, key=f"survey:{questionnaire}", due_on=YESTERDAY, automatic=True)
    return send_step(step=step, now=timezone.now())


def reached():
    return sorted(message.to[0] for message in mail.outbox)


def of_company(session, company, **state):
    return EnrolmentFactory(session=session, company=company, has_company=True, **state)


def test_a_company_with_several_trainees_gets_one_message(session):
    brewery = CompanyFactory(organisation=session.organisation, name="Brasserie Inventée", email="rh@exemple.fr")
    mill = CompanyFactory(organisation=session.organisation, name="Moulin Fictif", email="moulin@exemple.fr")
    for company in (brewery, brewery, brewery, mill):
        of_company(session, company)
    assert send(session, "company") == "2 liens personnels envoyés."
    assert reached() == ["moulin@exemple.fr", "rh@exemple.fr"]
    assert "Brasserie Inventée" in next(message.body for message in mail.outbox if message.to == ["rh@exemple.fr"])
    assert Campaign.objects.get().audience == "company"


def test_a_company_whose_only_trainee_withdrew_is_not_asked(session):
    gone = CompanyFactory(organisation=session.organisation, email="partie@exemple.fr")
    stays = CompanyFactory(organisation=session.organisation, email="reste@exemple.fr")
    of_company(session, gone, state=EnrolmentState.WITHDRAWN, ended_on=YESTERDAY)
    of_company(session, stays)
    send(session, "company")
    assert reached() == ["reste@exemple.fr"]


def test_a_funder_of_several_people_gets_one_message_and_every_funder_its_own(session):
    opco = FunderFactory(organisation=session.organisation, name="OPCO Inventé", email="opco@exemple.fr")
    region = FunderFactory(organisation=session.organisation, name="Région Inventée", email="region@exemple.fr")
    first, second = EnrolmentFactory.create_batch(2, session=session)
    for enrolment, funder in ((first, opco), (second, opco), (second, region)):
        FundingFactory(enrolment=enrolment, funder=funder)
    assert send(session, "funder") == "2 liens personnels envoyés."
    assert reached() == ["opco@exemple.fr", "region@exemple.fr"]


def test_every_trainer_of_the_session_is_asked_and_no_other(session):
    for email in ("un@exemple.fr", "deux@exemple.fr"):
        session.trainers.add(TrainerFactory(organisation=session.organisation, email=email))
    TrainerFactory(organisation=session.organisation, email="ailleurs@exemple.fr")
    assert send(session, "trainer") == "2 liens personnels envoyés."
    assert reached() == ["deux@exemple.fr", "un@exemple.fr"]


def test_a_trainer_without_an_address_of_their_own_is_reached_by_their_account(session):
    trainer = TrainerFactory(organisation=session.organisation, email="", user=UserFactory(email="compte@exemple.fr"))
    session.trainers.add(trainer)
    send(session, "trainer")
    assert reached() == ["compte@exemple.fr"]
    campaign = Campaign.objects.get()
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=9))
    assert [invitation.trainer for invitation in remindable(campaign)] == [trainer]
    trainer.user = None
    trainer.save()
    assert remindable(campaign).count() == 0


@pytest.mark.parametrize("questionnaire", ["end_of_session", "cold"])
def test_trainees_are_asked_twice_in_their_life_once_a_questionnaire(session, questionnaire):
    EnrolmentFactory(session=session, trainee__email="anais@exemple.fr")
    EnrolmentFactory(session=session, state=EnrolmentState.WITHDRAWN, ended_on=YESTERDAY, trainee__email="partie@exemple.fr")
    EnrolmentFactory(session=session, state=EnrolmentState.ABANDONED, ended_on=YESTERDAY, trainee__email="arret@exemple.fr")
    assert send(session, questionnaire) == "2 liens personnels envoyés."
    # Whoever stopped on the way has an opinion too.
    assert reached() == ["anais@exemple.fr", "arret@exemple.fr"]


def test_who_has_no_address_is_told_and_holds_nobody_back(session):
    EnrolmentFactory(session=session, trainee__email="anais@exemple.fr")
    EnrolmentFactory(session=session, trainee__email="", trainee__first_name="Bao", trainee__last_name="Sansadresse")
    assert send(session, "end_of_session") == "1 lien personnel envoyé. Sans adresse e-mail : Bao Sansadresse."
    assert reached() == ["anais@exemple.fr"]


@pytest.mark.parametrize("questionnaire", ["company", "funder", "trainer", "end_of_session", "cold"])
def test_nobody_with_an_address_is_a_sentence_and_nothing_opens(session, questionnaire):
    company = CompanyFactory(organisation=session.organisation, name="Sans adresse", email="")
    enrolment = of_company(session, company, trainee__email="", trainee__first_name="Sans", trainee__last_name="adresse")
    FundingFactory(enrolment=enrolment, funder=FunderFactory(organisation=session.organisation, name="Sans adresse", email=""))
    session.trainers.add(TrainerFactory(organisation=session.organisation, first_name="Sans", last_name="adresse", email=""))
    with pytest.raises(NotSendable) as told:
        send(session, questionnaire)
    assert told.value.sentence == "Personne n’a d’adresse e-mail (Sans adresse) : ajoutez-la."
    assert (Campaign.objects.count(), mail.outbox) == (0, [])


def test_a_second_sending_finds_nothing_left(session):
    EnrolmentFactory(session=session)
    send(session, "end_of_session")
    step = session.steps.get()
    assert send_step(step=step, now=timezone.now()) == "les liens étaient déjà partis."
    assert len(mail.outbox) == 1


def test_someone_enrolled_after_the_sending_gets_theirs_at_the_next(session):
    EnrolmentFactory(session=session, trainee__email="un@exemple.fr")
    send(session, "end_of_session")
    EnrolmentFactory(session=session, trainee__email="deux@exemple.fr")
    assert send_step(step=session.steps.get(), now=timezone.now()) == "1 lien personnel envoyé."
    assert reached() == ["deux@exemple.fr", "un@exemple.fr"]


def test_an_address_that_refuses_is_named_and_the_others_leave(session, monkeypatch):
    for email in ("refuse@exemple.fr", "accepte@exemple.fr"):
        EnrolmentFactory(session=session, trainee__email=email)
    leave = EmailBackend.send_messages

    def send_messages(self, messages):
        if messages[0].to == ["refuse@exemple.fr"]:
            raise SMTPRecipientsRefused({})
        return leave(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)
    with pytest.raises(NotSendable) as told:
        send(session, "end_of_session")
    assert told.value.sentence == "Le message n’est pas parti pour refuse@exemple.fr : vérifiez l’adresse."
    assert reached() == ["accepte@exemple.fr"]
    waits = Invitation.objects.filter(sent_at=None).values_list("enrolment__trainee__email", flat=True)
    assert (list(waits), Invitation.objects.count()) == (["refuse@exemple.fr"], 2)


def test_links_that_would_be_dead_are_not_sent(session):
    session.starts_on = session.ends_on = YESTERDAY - timedelta(days=400)
    session.save()
    EnrolmentFactory(session=session)
    CampaignFactory(session=session, opened_on=session.ends_on)
    with pytest.raises(NotSendable) as told:
        send(session, "end_of_session")
    assert told.value.sentence == "Les liens de cette enquête ont expiré : personne ne pourrait plus répondre."


@pytest.mark.parametrize("stamp", ["sent_at", "reminded_at"])
def test_a_message_that_another_has_just_claimed_is_not_sent_twice(session, stamp):
    """Two who send at once read the same list: the second finds each one taken."""
    campaign = CampaignFactory(session=session, opened_on=YESTERDAY)
    enrolment = EnrolmentFactory(session=session)
    invitation = InvitationFactory(campaign=campaign, enrolment=enrolment, sent_at=None if stamp == "sent_at" else timezone.now())
    person = recipients_of(session, "trainee")[0]
    seen = Invitation.objects.get(pk=invitation.pk)
    reports = [MailReport(), MailReport()]
    for report, row in zip(reports, (invitation, seen), strict=True):
        message = SurveyLink(
            invitation=row, campaign=campaign, person=person, site="https://temoin.example", reminder=stamp == "reminded_at"
        )
        send_all([message], report=report)
    assert ([report.sent for report in reports], len(mail.outbox)) == ([1, 0], 1)
