"""Who refused is not written to by what may be refused, is by what is due, and managers see it everywhere they ask for answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from qualiopi.optouts.links import choice_token
from qualiopi.optouts.models import MailChoice
from qualiopi.optouts.verbs import choice_of, refuse
from qualiopi.post.outbox import Departure
from qualiopi.post.rounds import send_one
from tests.factories import MailChoiceFactory, StepFactory
from tests.post.kinds import MESSAGES
from trainings.clock import send_due
from trainings.surveys.models import Invitation
from trainings.surveys.queries import invitations_count, remindable, surveys_of

# What is due goes to whom it is for, whatever they refused.
REFUSABLE = {
    "survey",
    "survey reminder",
    "survey of months after",
    "survey of a company",
    "survey of a funder",
    "survey of a trainer",
    "questions before, again",
    "what is owed",
}


def refuse_all(world, *addresses):
    for address in addresses:
        refuse(choice=choice_of(organisation_id=world.people.organisation.pk, email=address))


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_message_carries_a_way_out_when_it_may_be_refused_and_only_then(kind, everyone, postbox):
    message = MESSAGES[kind](everyone)
    assert send_one(message) is Departure.LEFT
    (read,) = postbox.read
    told = (read["List-Unsubscribe"], read["List-Unsubscribe-Post"])
    page = read.get_body(["html"]).get_content()
    if kind not in REFUSABLE:
        assert (told, "/m/" in page, MailChoice.objects.count()) == ((None, None), False, 0)
        return
    choice = MailChoice.objects.get()
    link = f"https://temoin.example/m/{choice_token(choice.pk)}/"
    assert (choice.email, told) == (message.to.lower(), (f"<{link}>", "List-Unsubscribe=One-Click"))
    assert (f'href="{link}"' in page, f'href="{link}?lang=en"' in page) == (True, True)
    assert f"List-Unsubscribe: <{link}>\r\n".encode() in postbox[0]


@pytest.mark.parametrize("kind", MESSAGES)
def test_who_refused_gets_what_is_due_and_nothing_else(kind, everyone):
    message = MESSAGES[kind](everyone)
    refuse_all(everyone, message.to.upper())
    departure = send_one(message)
    assert (departure, len(mail.outbox)) == ((None, 0) if kind in REFUSABLE else (Departure.LEFT, 1))


def test_a_refusal_holds_in_its_organisation_alone(everyone):
    MailChoiceFactory(organisation=everyone.people.sister, email="karim@exemple.fr")
    assert send_one(MESSAGES["survey"](everyone)) is Departure.LEFT


def test_no_one_click_where_the_address_is_not_secure(everyone, postbox):
    message = MESSAGES["survey"](everyone)
    message.site = "http://127.0.0.1:8000/"
    send_one(message)
    (read,) = postbox.read
    assert (read["List-Unsubscribe"].startswith("<http://127.0.0.1"), read["List-Unsubscribe-Post"]) == (True, None)


def told(page):
    return [str(message) for message in page.context["messages"]]


def test_who_sends_a_survey_is_told_who_refused(world):
    Invitation.objects.update(sent_at=None)
    refuse_all(world, "karim@exemple.fr")
    page = world.browser.post(reverse("surveys:invite", args=["fil-ouest", world.past.pk]), follow=True)
    name = str(world.asked.enrolment.trainee)
    assert (told(page), mail.outbox) == ([f"{name} ne souhaite plus recevoir de relances par e-mail."], [])
    assert Invitation.objects.get().sent_at is None


def test_nobody_who_refused_counts_among_those_to_remind(world):
    """Nor is named there: a reminder that is not possible would tell who has not answered."""
    campaign = world.asked.campaign
    assert (remindable(campaign).count(), invitations_count(campaign).remindable) == (1, 1)
    refuse_all(world, "karim@exemple.fr")
    assert (remindable(campaign).count(), invitations_count(campaign).remindable) == (0, 0)
    (line,) = [line for line in surveys_of(world.past) if line.campaign]
    assert (line.remindable, line.declined) == (0, 1)
    page = world.browser.get(reverse("surveys:session", args=["fil-ouest", world.past.pk])).content.decode()
    assert "1 personne ne souhaite plus recevoir d’enquêtes ni de relances par e-mail." in page
    report = world.browser.post(reverse("surveys:remind", args=["fil-ouest", world.past.pk]), follow=True)
    assert (str(world.asked.enrolment.trainee) in " ".join(told(report)), mail.outbox) == (False, [])


@pytest.mark.parametrize(("questionnaire", "party"), [("company", "company"), ("funder", "funder"), ("trainer", "trainer")])
def test_a_party_that_refused_is_shown_so_and_not_reminded(questionnaire, party, everyone):
    message = MESSAGES[f"survey of a {party}"](everyone)
    Invitation.objects.filter(pk=message.invitation.pk).update(sent_at=timezone.now() - timedelta(days=8))
    campaign = message.campaign
    assert remindable(campaign).count() == 1
    refuse_all(everyone, message.to)
    assert remindable(campaign).count() == 0


def test_the_clock_sends_no_survey_to_who_refused_and_says_so(world):
    Invitation.objects.update(sent_at=None)
    refuse_all(world, "karim@exemple.fr")
    StepFactory(session=world.past, key="survey:end_of_session", due_on=timezone.localdate(), automatic=True)
    report = send_due(now=timezone.now())
    assert mail.outbox == []
    assert [line.endswith("ne souhaite plus recevoir de relances par e-mail.") for line in report.done] == [True]


def test_the_first_questions_before_a_course_are_due_and_their_reminder_is_not(world):
    refuse_all(world, "anais@exemple.fr")
    url = reverse("learning:send", args=["fil-ouest", world.to_come.pk])
    world.browser.post(url, follow=True)
    assert [message.to for message in mail.outbox] == [["anais@exemple.fr"]]
    world.anais.links.update(sent_at=timezone.now() - timedelta(days=8))
    page = world.browser.post(url, follow=True)
    name = str(world.anais.trainee)
    assert (len(mail.outbox), told(page)) == (1, [f"{name} ne souhaite plus recevoir de relances par e-mail."])
    assert "ne souhaite plus recevoir de relances par e-mail</span>" in page.content.decode().replace("\n", "")


def test_who_owes_something_and_refused_is_shown_so(world):
    refuse_all(world, world.trainer.email)
    page = world.browser.get(reverse("debts:index", args=["fil-ouest"])).content.decode()
    assert ("ne souhaite plus recevoir de relances par e-mail" in page, "Relancer 1 personne" in page) == (True, False)
    report = world.browser.post(reverse("debts:remind", args=["fil-ouest"]), follow=True)
    assert told(report) == [f"{world.trainer} ne souhaite plus recevoir de relances par e-mail."]
    assert mail.outbox == []


@pytest.mark.parametrize("who", ["trainee", "trainer"])
def test_the_page_of_a_person_says_it(world, who):
    person = world.anais.trainee if who == "trainee" else world.trainer
    url = reverse(f"people:{who}", args=["fil-ouest", person.pk])
    said = "ne souhaite plus recevoir de relances par e-mail"
    assert said not in world.browser.get(url).content.decode()
    refuse_all(world, person.email)
    assert said in world.browser.get(url).content.decode()


def test_managers_see_who_refused_and_write_again_when_asked(world):
    refuse_all(world, "karim@exemple.fr")
    MailChoiceFactory(organisation=world.people.sister, email="ailleurs@exemple.fr")
    MailChoiceFactory(organisation=world.people.organisation, email="jamais@exemple.fr", refused_at=None)
    page = world.browser.get(reverse("optouts:refusals", args=["fil-ouest"])).content.decode()
    assert [each in page for each in ("karim@exemple.fr", "ailleurs@", "jamais@")] == [True, False, False]
    choice = MailChoice.objects.get(email="karim@exemple.fr")
    back = world.browser.post(reverse("optouts:write_again", args=["fil-ouest", choice.pk]), follow=True)
    assert told(back) == ["Les enquêtes et les relances partent de nouveau à karim@exemple.fr."]
    assert send_one(MESSAGES["survey reminder"](world)) is Departure.LEFT


def test_three_who_refused_cost_as_much_as_one(world, django_assert_num_queries):
    for count in (1, 3):
        while MailChoice.objects.count() < count:
            MailChoiceFactory(organisation=world.people.organisation)
        with django_assert_num_queries(7):
            world.browser.get(reverse("optouts:refusals", args=["fil-ouest"]))
