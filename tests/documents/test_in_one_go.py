"""A whole session in one go: a moment issued at once, everything taken away as one ZIP."""

import io
import zipfile
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.documents.test_issuing import issue_all
from tests.documents.test_keeping import copy
from tests.factories import BatchFactory
from trainings.documents.models import Batch, DocumentKind, Issued
from trainings.documents.verbs import cancel, receive_signed


def at(world, name, *args):
    return reverse(f"documents:{name}", args=[world.session.organisation.slug, *args])


def test_a_moment_is_issued_in_one_go_and_the_page_follows(world, people):
    client = people.client(people.training_manager)
    response = client.post(at(world, "issue_moment", world.session.pk, "apres"), {"send": "1"}, follow=True)
    assert [(batch.kind, batch.send, batch.total) for batch, _state in response.context["series"]] == [
        ("completion_certificate", True, 3),
        ("end_attestation", True, 3),
    ]
    # The tests do background work at once.
    assert (response.context["waiting"], Issued.objects.count()) == (False, 6)
    assert "Émission terminée" in response.content.decode()
    again = client.post(at(world, "issue_moment", world.session.pk, "apres"), follow=True)
    assert [str(message) for message in again.context["messages"]] == ["Tout est déjà émis."]


def test_the_page_of_the_session_follows_what_is_under_way(world, people):
    client = people.client(people.training_manager)
    BatchFactory(session=world.session, total=3, done=1)
    page = client.get(at(world, "session", world.session.pk))
    assert page.context["waiting"] is True
    assert "1 sur 3" in page.content.decode()
    part = client.get(at(world, "session", world.session.pk), headers={"HX-Request": "true", "HX-Target": "series"})
    assert part.content.decode().split()[:2] == ["<div", 'id="series"']
    assert "<h1" not in part.content.decode()


def test_an_old_series_is_not_shown_and_a_get_issues_nothing(world, people):
    client = people.client(people.training_manager)
    BatchFactory(session=world.session, finished_at=timezone.now() - timedelta(hours=1))
    assert client.get(at(world, "issue_moment", world.session.pk, "avant"), follow=True).context["series"] == []
    assert client.post(at(world, "issue_moment", world.session.pk, "hier")).status_code == 404
    assert people.client(people.trainer).post(at(world, "issue_moment", world.session.pk, "avant")).status_code == 404
    assert Batch.objects.count() == 1


def test_all_that_is_in_force_leaves_as_one_archive(world, people):
    client = people.client(people.training_manager)
    address = at(world, "archive_session", world.session.pk)
    assert client.get(address).status_code == 404
    (agreement,) = issue_all(world, DocumentKind.AGREEMENT).issued
    receive_signed(issued=agreement, upload=copy(), signed_on=agreement.issued_on, actor=None)
    gone, *certificates = issue_all(world, DocumentKind.COMPLETION).issued
    cancel(issued=gone, reason="Nom mal écrit", actor=None)

    response = client.get(address)
    content = b"".join(response.streaming_content)
    assert (response["Content-Length"], response["Content-Type"]) == (str(len(content)), "application/zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert sorted(archive.namelist()) == sorted(
            [
                f"Convention de formation/{agreement.file.name}",
                f"Convention de formation/{agreement.number}, exemplaire signé, signe.pdf",
                *(f"Certificat de réalisation/{each.file.name}" for each in certificates),
            ]
        )
    entry = Entry.objects.get(verb="issued.session_downloaded")
    assert (entry.actor, entry.details) == (people.training_manager, {"count": 4})


def test_the_archive_of_somebody_elses_session_is_not_found(world, people):
    issue_all(world, DocumentKind.AGREEMENT)
    assert people.client(people.trainer).get(at(world, "archive_session", world.session.pk)).status_code == 404
