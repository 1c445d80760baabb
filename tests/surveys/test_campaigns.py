"""Opening, closing, inviting and reminding."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from qualiopi.journal.models import Entry
from qualiopi.links import LinkState
from tests.factories import SessionFactory
from trainings.sessions.models import EnrolmentState, SessionState
from trainings.surveys.links import invitation_token
from trainings.surveys.models import Campaign, Invitation
from trainings.surveys.queries import current_session_token, door, invitations_count
from trainings.surveys.verbs import answer, close_campaign, invite, open_campaign, remind

pytestmark = pytest.mark.django_db
SITE = "https://temoin.example"


def addresses() -> list[str]:
    """To whom messages left, sorted."""
    return sorted(address for message in mail.outbox for address in message.to)


def age_messages(days: int) -> None:
    """As if every message had been sent that many days ago."""
    Invitation.objects.update(sent_at=timezone.now() - timedelta(days=days))


def test_opening_twice_gives_the_same_survey(survey):
    again = open_campaign(session=survey.session, actor=None)
    assert (again.pk, again.link_number, Campaign.objects.count()) == (survey.campaign.pk, 1, 1)
    assert [(line.verb, line.actor) for line in Entry.objects.all()] == [("survey.opened", survey.people.training_manager)]


def test_a_closed_survey_opens_again_with_another_link(survey):
    close_campaign(campaign=survey.campaign, actor=None)
    assert door(survey.token, today=timezone.localdate()).state is LinkState.CLOSED
    again = open_campaign(session=survey.session, actor=None)
    assert (again.pk, again.closed_on, again.link_number) == (survey.campaign.pk, None, 2)
    assert door(survey.token, today=timezone.localdate()) is None
    assert door(current_session_token(again), today=timezone.localdate()).state is LinkState.OPEN
    told = [line.verb for line in Entry.objects.order_by("pk")]
    assert told == ["survey.opened", "survey.closed", "survey.reopened", "survey.link_renewed"]


def test_a_survey_closes_once(survey):
    closed = close_campaign(campaign=survey.campaign, actor=None)
    assert closed.closed_on == timezone.localdate()
    with pytest.raises(ValidationError) as refused:
        close_campaign(campaign=survey.campaign, actor=None)
    assert refused.value.messages == ["Cette enquête est close. Ouvrez-la de nouveau pour la montrer."]


@pytest.mark.parametrize(("state", "word"), [(SessionState.DRAFT, "brouillon"), (SessionState.CANCELLED, "annulée")])
def test_a_session_without_people_has_no_survey(people, state, word):
    session = SessionFactory(organisation=people.organisation, reference="S-1", state=state)
    with pytest.raises(ValidationError) as refused:
        open_campaign(session=session, actor=None)
    assert refused.value.messages == [f"La session S-1 est au stade « {word} » : elle n’a personne à interroger."]
    assert Campaign.objects.count() == 0


def test_an_unknown_questionnaire_is_refused(people):
    with pytest.raises(ValidationError) as refused:
        open_campaign(session=SessionFactory(organisation=people.organisation), actor=None, questionnaire="autre")
    assert refused.value.messages == ["Ce questionnaire n’existe pas : autre."]


def test_invitations_leave_once_to_who_can_have_one(survey):
    first, second, *others = survey.enrolments
    first.trainee.email = ""
    first.trainee.save()
    second.state, second.ended_on = EnrolmentState.WITHDRAWN, survey.session.starts_on
    second.save()
    report = invite(campaign=survey.campaign, site=SITE, actor=survey.people.training_manager)
    expected = sorted(enrolment.trainee.email for enrolment in others)
    assert (report.sent, report.without_address, report.failed) == (4, [str(first.trainee)], [])
    assert addresses() == expected
    assert invite(campaign=survey.campaign, site=SITE, actor=None).sent == 0
    assert addresses() == expected
    line = Entry.objects.get(verb="survey.invited")
    assert (line.actor, line.details) == (survey.people.training_manager, {"sent": 4, "failed": 0})


def test_the_message_holds_the_link_of_its_person(survey):
    survey.people.organisation.contact_email = "qualite@exemple.fr"
    survey.people.organisation.save()
    survey.campaign.organisation.refresh_from_db()
    invite(campaign=survey.campaign, site=SITE, actor=None)
    invitation = Invitation.objects.select_related("enrolment__trainee").first()
    message = next(one for one in mail.outbox if one.to == [invitation.enrolment.trainee.email])
    link = f"{SITE}/s/{invitation_token(invitation.pk)}/"
    assert message.subject == "Votre avis sur la formation : Animer une réunion qui décide"
    assert message.body.splitlines()[0] == "Bonjour Anaïs,"
    assert (message.body.count(link), f"{link}?lang=en" in message.body) == (2, True)
    assert "6 questions, 2 minutes" in message.body
    assert (message.reply_to, "&" in message.body, "{" in message.body) == (["qualite@exemple.fr"], False, False)
    assert door(invitation_token(invitation.pk), today=timezone.localdate()).invitation == invitation


def test_a_reminder_goes_to_who_has_not_answered_and_once_a_week(survey):
    invite(campaign=survey.campaign, site=SITE, actor=None)
    assert (remind(campaign=survey.campaign, site=SITE, actor=None).sent, len(mail.outbox)) == (0, 6)
    age_messages(7)
    served = Invitation.objects.order_by("pk").first()
    answer(token=invitation_token(served.pk), values={"overall": "5", "recommendation": "9"}, language="fr", once="x")
    mail.outbox.clear()
    report = remind(campaign=survey.campaign, site=SITE, actor=None)
    others = sorted(row.enrolment.trainee.email for row in Invitation.objects.exclude(pk=served.pk))
    assert (report.sent, addresses()) == (5, others)
    assert mail.outbox[0].subject == "Il reste votre avis : Animer une réunion qui décide"
    again = remind(campaign=survey.campaign, site=SITE, actor=None)
    assert (again.sent, again.too_recent) == (0, 5)


def test_the_reminder_carries_the_link_already_received(survey):
    invite(campaign=survey.campaign, site=SITE, actor=None)
    first = {message.to[0]: message.body.split("/s/")[1][:24] for message in mail.outbox}
    age_messages(8)
    mail.outbox.clear()
    remind(campaign=survey.campaign, site=SITE, actor=None)
    assert {message.to[0]: message.body.split("/s/")[1][:24] for message in mail.outbox} == first


def test_who_answers_while_messages_leave_is_not_reminded(survey, monkeypatch):
    invite(campaign=survey.campaign, site=SITE, actor=None)
    age_messages(8)
    mail.outbox.clear()
    send = EmailBackend.send_messages

    def send_and_all_answer(self, messages):
        Invitation.objects.update(answered=True)
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send_and_all_answer)
    assert remind(campaign=survey.campaign, site=SITE, actor=None).sent == 1


def test_a_message_that_does_not_leave_is_told_and_can_be_sent_again(survey, monkeypatch):
    refused = survey.enrolments[0].trainee.email
    send = EmailBackend.send_messages

    def send_but_one(self, messages):
        if messages[0].to == [refused]:
            raise ConnectionError
        return send(self, messages)

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", send_but_one)
        report = invite(campaign=survey.campaign, site=SITE, actor=None)
    assert (report.sent, report.failed) == (5, [refused])
    assert invitations_count(survey.campaign).sent == 5
    mail.outbox.clear()
    assert invite(campaign=survey.campaign, site=SITE, actor=None).sent == 1
    assert addresses() == [refused]


@pytest.mark.parametrize("verb", [invite, remind])
def test_nobody_is_asked_once_it_is_too_late(survey, verb):
    survey.session.starts_on = survey.session.ends_on = timezone.localdate() - timedelta(days=200)
    survey.session.save()
    Campaign.objects.update(opened_on=survey.session.ends_on)
    campaign = Campaign.objects.select_related("session").get()
    with pytest.raises(ValidationError) as refused:
        verb(campaign=campaign, site=SITE, actor=None)
    assert refused.value.messages == ["Les liens de cette enquête ont expiré : personne ne pourrait plus répondre."]
    campaign.closed_on = campaign.opened_on
    campaign.save()
    with pytest.raises(ValidationError) as refused:
        verb(campaign=campaign, site=SITE, actor=None)
    assert refused.value.messages == ["Cette enquête est close : personne ne pourrait plus répondre."]
    assert mail.outbox == []


def test_the_buttons_of_the_results_act_and_say_so(survey):
    client = survey.people.client(survey.people.training_manager)
    address = f"/o/fil-ouest/enquetes/{survey.session.pk}/"
    page = client.post(f"{address}inviter/", follow=True).content.decode()
    assert "6 messages sont partis." in page
    assert "6 liens personnels envoyés, aucun n’a encore servi." in page
    assert mail.outbox[0].body.count("http://testserver/s/") == 2
    age_messages(9)
    assert "Relancer 6 personnes" in client.get(address).content.decode()
    assert "6 messages sont partis." in client.post(f"{address}relancer/", follow=True).content.decode()
    assert "L’enquête est close. Les réponses reçues restent." in client.post(f"{address}clore/", follow=True).content.decode()
    assert client.get(f"{address}inviter/").status_code == 405


def test_a_mail_server_that_is_down_leaves_everybody_to_be_invited(survey, dead_postbox):
    report = invite(campaign=survey.campaign, site=SITE, actor=None)
    assert (report.sent, len(report.failed), invitations_count(survey.campaign).sent) == (0, 6, 0)
