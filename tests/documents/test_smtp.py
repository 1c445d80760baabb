"""Through a real mail server, on the loopback: what leaves, what it refuses, and what the link in the message opens."""

import re

from django.test import Client

from qualiopi.journal.models import Entry
from tests.documents.test_issuing import issue_all
from trainings.documents.models import DocumentKind, Sending
from trainings.documents.queries import State, issued_of, state_of
from trainings.documents.verbs import send


def rename(enrolment, email):
    enrolment.trainee.email = email
    enrolment.trainee.save()


def test_what_leaves_is_received_and_its_link_opens_the_document(world, postbox):
    rename(world.enrolments[0], "refuse@exemple.fr")
    report = send(documents=issue_all(world, DocumentKind.COMPLETION).issued, actor=None)
    assert (report.sent, report.failed) == (2, ["refuse@exemple.fr"])
    refused = Sending.objects.get(sent_at__isnull=True)
    assert refused.problem == "Le message n’est pas parti : l’adresse ou le serveur de messagerie l’a refusé."
    assert [entry.details["to"] for entry in Entry.objects.filter(verb="issued.sent").order_by("pk")] == [
        [enrolment.trainee.email] for enrolment in world.enrolments[1:]
    ]

    messages = postbox.read
    assert [message["To"] for message in messages] == [enrolment.trainee.email for enrolment in world.enrolments[1:]]
    assert messages[0]["Subject"].strip() == "Votre certificat de réalisation : Animer une réunion de travail"
    assert messages[0]["Reply-To"] == "bonjour@ateliers-du-fil.example"
    body = messages[0].get_body(["plain"]).get_content()
    (link, english) = re.findall(r"https://temoin\.example(/d/\S+)", body)
    assert english == f"{link}?lang=en"

    client = Client()
    assert client.get(link).status_code == 200
    given = client.post(link)
    assert b"".join(given.streaming_content).startswith(b"%PDF-")
    states = [state_of(issued) for issued in issued_of(world.session.organisation).order_by("number")]
    assert states == [State.ISSUED, State.OPENED, State.SENT]


def test_a_connection_that_is_lost_is_taken_again(world, postbox):
    rename(world.enrolments[0], "coupe@exemple.fr")
    report = send(documents=issue_all(world, DocumentKind.COMPLETION).issued, actor=None)
    assert (report.sent, report.failed, len(postbox)) == (2, ["coupe@exemple.fr"], 2)


def test_a_server_that_does_not_answer_is_told_and_nothing_is_lost(world, settings, postbox):
    documents = issue_all(world, DocumentKind.COMPLETION).issued
    there = settings.EMAIL_PORT
    # Nothing listens there: the port is reserved.
    settings.EMAIL_PORT = 1
    report = send(documents=documents, actor=None)
    assert (report.sent, len(report.failed)) == (0, 3)
    assert set(Sending.objects.values_list("problem", flat=True)) == {
        "Le serveur de messagerie ne répond pas : envoyez de nouveau dans un moment."
    }
    assert Entry.objects.filter(verb="issued.sent").count() == 0
    settings.EMAIL_PORT = there
    assert send(documents=documents, actor=None).sent == 3
