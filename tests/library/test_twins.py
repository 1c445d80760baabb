"""The same bytes again: told where they are, linked rather than kept twice, and never told to another organisation."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from evidence.library import verbs
from evidence.library.models import Deposit, Document
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import store
from qualiopi.journal.models import Entry
from qualiopi.web.dates import long_date
from tests import cast
from tests.at_once import at_once
from tests.factories import OrganisationFactory, SessionFactory, TrainerFactory, TrainerRecordFactory
from tests.files import made
from tests.harness.worlds import shared
from tests.library.test_pages import come_in, filed, sorted_row, url

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


def rows_of(people):
    return people.client(people.quality_manager).get(url("sort", people.organisation)).context["rows"]


def send(people, *files):
    upload = [made.upload(name, content) for name, content in files]
    return people.client(people.quality_manager).post(url("upload", people.organisation), {"files": upload}, follow=True)


def told(page):
    return [str(message) for message in page.context["messages"]]


def test_bytes_of_a_filed_piece_say_where_it_is_and_are_linked(people, django_capture_on_commit_callbacks):
    known = filed(people.organisation, "Règlement intérieur")
    session = SessionFactory(organisation=people.organisation, reference="S26-041")
    waiting = come_in(people, "Copie.pdf")
    (row,) = rows_of(people)
    version = known.versions.get()
    assert (row["twin"].sentence, row["twin"].url) == (
        f"Le même fichier est déjà déposé : « Règlement intérieur », version 1 du {date_of(version)}. "
        "Reliez-la plutôt que de le garder deux fois.",
        url("detail", people.organisation, known.pk),
    )
    assert row["form"].initial["target"] == "same"
    posted = sorted_row(waiting, target="same", indicators=["10"], type="welcome_booklet", proposed_for="welcome_booklet")
    posted[f"d{waiting.pk.hex}-concerns"] = "S26-041"
    with django_capture_on_commit_callbacks(execute=True):
        answer = people.client(people.quality_manager).post(url("sort", people.organisation), posted)
    assert answer.status_code == 302
    assert (Document.objects.get(), Deposit.objects.count(), StoredFile.objects.get()) == (known, 0, version.file)
    assert [link.indicator for link in known.indicator_links.all()] == [10]
    assert [link.session for link in known.subject_links.all()] == [session]
    verbs_written = set(Entry.objects.values_list("verb", flat=True))
    assert {"document.linked", "deposit.discarded"} <= verbs_written


def date_of(version):
    return long_date(version.created_at)


def test_bytes_of_a_withdrawn_piece_say_so_and_may_be_filed_again(people):
    known = filed(people.organisation, "Règlement intérieur")
    verbs.withdraw(document=known, reason="périmé", actor=people.quality_manager)
    come_in(people, "Copie.pdf")
    (row,) = rows_of(people)
    assert row["twin"].sentence.startswith("Le même fichier a été déposé, puis retiré : « Règlement intérieur », version 1")
    assert (row["form"].initial["target"], row["form"].same) == ("", None)


def test_bytes_that_the_work_left_are_not_to_be_deposited(people):
    trainer = TrainerFactory(organisation=people.organisation)
    stored = store(organisation=people.organisation, upload=made.upload("cv.pdf", made.pdf()), actor=None)
    TrainerRecordFactory(trainer=trainer, kind="cv", title="CV 2026", file=stored, dated_on=date(2026, 1, 5))
    come_in(people, "CV.pdf")
    (row,) = rows_of(people)
    assert row["twin"].sentence == (
        "Le même fichier est déjà gardé au fil du travail : « CV, CV 2026 ». Il n’y a rien à déposer : retirez-le."
    )
    assert row["twin"].url == reverse("library:kept", args=[people.organisation.slug, stored.pk])


def test_nothing_is_told_of_another_organisation(people):
    filed(people.sister, "Secret")
    verbs.deposit(organisation=people.elsewhere, upload=made.upload("a.pdf", made.pdf()), actor=None)
    page = send(people, ("Copie.pdf", made.pdf()))
    assert told(page) == ["1 fichier est bien arrivé : dites ce qu’il est."]
    (row,) = rows_of(people)
    assert (row["twin"], row["form"].same) == (None, None)


def test_bytes_that_wait_already_are_not_kept_twice(people):
    page = send(people, ("Livret.pdf", made.pdf()), ("Copie du livret.pdf", made.pdf()))
    assert [message.split(" »")[0] for message in told(page)] == [
        "« Copie du livret.pdf",
        "1 fichier est bien arrivé : dites ce qu’il est.",
    ]
    assert "Le même fichier attend déjà d’être rangé : « Livret.pdf », arrivé le" in told(page)[0]
    again = send(people, ("Livret.pdf", made.pdf()))
    assert (again.redirect_chain[-1][0], Deposit.objects.count(), StoredFile.objects.count()) == (
        url("sort", people.organisation),
        1,
        1,
    )


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_deposit_the_same_bytes_one_is_told(settings):
    organisation = OrganisationFactory()

    def one(number):
        try:
            return verbs.deposit(organisation=organisation, upload=made.upload(f"{number}.pdf", made.pdf()), actor=None)
        except verbs.AlreadyWaitingError as already:
            return already

    answers = at_once(one)
    assert sorted(type(answer).__name__ for answer in answers) == ["AlreadyWaitingError", "Deposit"]
    assert (Deposit.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert len(list((settings.MEDIA_ROOT / str(organisation.pk)).iterdir())) == 1


def test_a_deposit_joins_no_piece_of_other_bytes(people):
    known = verbs.file_document(
        organisation=people.organisation, upload=made.upload("a.txt", b"autre"), title="Autre", actor=None
    )
    waiting = come_in(people)
    with pytest.raises(ValidationError, match="ne contient pas ce fichier"):
        verbs.join_deposit(deposit=waiting, document=known, actor=None, indicators=[9])
    assert (Deposit.objects.count(), known.indicator_links.count()) == (1, 0)


def test_the_page_of_a_piece_tells_another_with_the_same_bytes(people):
    one, other = filed(people.organisation, "Livret"), filed(people.organisation, "Livret bis")
    page = people.client(people.quality_manager).get(url("detail", people.organisation, one.pk))
    assert page.context["twins"] == [
        (
            f"Le même fichier est aussi dans « Livret bis », version 1 du {date_of(other.versions.get())}.",
            url("detail", people.organisation, other.pk),
        )
    ]
