"""A trainer's personal link: one per person, renewable, expiring; what comes in by it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from qualiopi.files.errors import RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.links import LinkRefusedError, LinkState, fingerprint
from tests.factories import OrganisationFactory, TrainerFactory, TrainerRecordFactory, UserFactory
from tests.files import made, mails
from trainings.people.links import current_token
from trainings.people.models import TrainerLink, TrainerRecord
from trainings.people.queries import trainer_behind
from trainings.people.verbs import accept_record, ask_new_link, drop, renew_link, send_link, trainer_link
from trainings.people.verbs.links import MOST_WAITING

pytestmark = pytest.mark.django_db
SITE = "https://temoin.example"


@pytest.fixture
def trainer():
    organisation = OrganisationFactory(name="Ateliers du Fil", contact_email="contact@exemple.fr")
    return TrainerFactory(organisation=organisation, first_name="Yann", last_name="Le Goff", email="yann@exemple.fr")


def expire(link):
    link.expires_on = timezone.localdate() - timedelta(days=1)
    link.save()
    return link


def opened(token):
    found = trainer_behind(token, today=timezone.localdate())
    return found and (found.row.trainer, found.state)


def test_only_the_fingerprint_of_a_link_is_kept(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    token = current_token(link)
    assert (len(token), link.token_hash) == (24, fingerprint(token))
    assert opened(token) == (trainer, LinkState.OPEN)
    assert opened(token.upper().replace("O", "0").replace("L", "1")) == (trainer, LinkState.OPEN)
    assert opened("inconnu") is None


def test_asking_again_prolongs_the_same_link(trainer):
    first = current_token(expire(trainer_link(trainer=trainer, actor=None)))
    assert opened(first) == (trainer, LinkState.EXPIRED)
    again = trainer_link(trainer=trainer, actor=None)
    assert (current_token(again), opened(first)) == (first, (trainer, LinkState.OPEN))
    assert again.expires_on == timezone.localdate() + timedelta(days=90)


def test_another_number_voids_the_link_before(trainer):
    before = current_token(trainer_link(trainer=trainer, actor=None))
    after = current_token(renew_link(trainer=trainer, actor=None))
    assert (opened(before), opened(after)) == (None, (trainer, LinkState.OPEN))


def test_a_link_made_with_a_key_that_is_gone_is_made_again(trainer, settings):
    before = current_token(trainer_link(trainer=trainer, actor=None))
    settings.SECRET_KEY = "une-autre-cle-inventee-pour-les-tests-une-autre-cle"
    after = current_token(trainer_link(trainer=trainer, actor=None))
    assert (opened(before), opened(after)) == (None, (trainer, LinkState.OPEN))


def test_the_message_says_what_is_missing_and_carries_the_link(trainer):
    link = send_link(trainer=trainer, missing=["un CV", "l’engagement qualité signé"], site=SITE, actor=None)
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["yann@exemple.fr"], ["contact@exemple.fr"])
    assert message.subject == "Votre dossier de formateur chez Ateliers du Fil"
    assert f"{SITE}/t/{current_token(link)}/\n" in message.body
    assert "- un CV\n- l’engagement qualité signé\n" in message.body
    assert TrainerLink.objects.get().sent_at is not None


def test_no_message_without_an_address(trainer):
    trainer.email = ""
    with pytest.raises(ValidationError, match="n’a pas d’adresse e-mail"):
        send_link(trainer=trainer, missing=[], site=SITE, actor=None)
    assert (mail.outbox, TrainerLink.objects.count()) == ([], 0)


def test_what_comes_in_waits_to_be_checked(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    line = drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf()))
    assert (line.trainer, line.title, line.dropped, line.checked_at, line.file.name) == (trainer, "CV", True, None, "cv.pdf")


def test_the_same_file_sent_twice_counts_once(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    lines = [drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf())) for _time in range(2)]
    assert (lines[0], TrainerRecord.objects.count(), StoredFile.objects.count()) == (lines[1], 1, 1)
    drop(link=link, kind="diploma", upload=made.upload("cv.pdf", made.pdf()))
    assert TrainerRecord.objects.count() == 2


def test_a_file_that_counts_already_is_not_kept_twice(trainer, client):
    link = trainer_link(trainer=trainer, actor=None)
    line = drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf()))
    accept_record(record=line, kind="cv", title="CV", actor=UserFactory(), dated_on=line.created_at.date())
    page = client.post(
        reverse("drop:start", args=[current_token(link)]),
        {"kind": "cv", "file": made.upload("copie.pdf", made.pdf())},
        follow=True,
    )
    assert "Ce fichier est déjà dans votre dossier." in page.content.decode()
    assert (TrainerRecord.objects.get(), StoredFile.objects.get()) == (line, line.file)


def test_a_photograph_of_a_phone_is_taken_and_a_message_is_not(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    line = drop(link=link, kind="cv", upload=made.upload("IMG_2034.HEIC", mails.heic()))
    assert (line.file.media_type, line.file.name) == ("image/heic", "IMG_2034.heic")
    with pytest.raises(RefusedFile, match="EML n’est pas accepté ici"):
        drop(link=link, kind="cv", upload=made.upload("cv.eml", mails.eml()))


@pytest.mark.parametrize(
    ("name", "content"), [("vide.pdf", b""), ("table.csv", b"a;b\n1;2\n"), ("programme.exe", b"MZ" + bytes(64))]
)
def test_a_file_that_shows_nothing_is_refused(trainer, name, content):
    link = trainer_link(trainer=trainer, actor=None)
    with pytest.raises(RefusedFile):
        drop(link=link, kind="cv", upload=made.upload(name, content))
    assert (TrainerRecord.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_too_many_waiting_are_looked_at_first(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    for _number in range(MOST_WAITING):
        TrainerRecordFactory(trainer=trainer, dropped=True)
    with pytest.raises(ValidationError, match="20 pièces attendent déjà"):
        drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf()))
    assert StoredFile.objects.count() == 0


def test_a_link_that_expired_or_was_replaced_meanwhile_takes_nothing(trainer):
    link = trainer_link(trainer=trainer, actor=None)
    renew_link(trainer=trainer, actor=None)
    with pytest.raises(LinkRefusedError):
        drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf()))
    link = expire(TrainerLink.objects.get())
    with pytest.raises(LinkRefusedError):
        drop(link=link, kind="cv", upload=made.upload("cv.pdf", made.pdf()))
    assert StoredFile.objects.count() == 0


def test_another_link_is_asked_for_once_a_day(trainer):
    link = expire(trainer_link(trainer=trainer, actor=None))
    assert [ask_new_link(link=TrainerLink.objects.get(), site=SITE) for _time in range(2)] == [True, True]
    [message] = mail.outbox
    assert (message.to, message.reply_to) == (["contact@exemple.fr"], ["yann@exemple.fr"])
    assert f"{SITE}/o/{trainer.organisation.slug}/personnes/formateurs/{trainer.pk}/" in message.body
    TrainerLink.objects.filter(pk=link.pk).update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    ask_new_link(link=TrainerLink.objects.get(), site=SITE)
    assert len(mail.outbox) == 2


def test_nobody_to_ask(trainer):
    trainer.organisation.contact_email = ""
    trainer.organisation.save()
    link = expire(trainer_link(trainer=trainer, actor=None))
    assert (ask_new_link(link=link, site=SITE), mail.outbox) == (False, [])
