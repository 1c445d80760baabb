"""What can be done with pieces: happy, refused, written in the journal; and the constraints that hold whatever writes."""

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import ProtectedError

from evidence.library import verbs
from evidence.library.models import Deposit, Document, IndicatorLink, ReviewState, SubjectLink, Version
from qualiopi.files.errors import RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.files.verbs import discard
from qualiopi.journal.models import Entry
from tests.factories import (
    CourseFactory,
    DocumentFactory,
    OrganisationFactory,
    SessionFactory,
    StoredFileFactory,
    SubcontractorFactory,
    TrainerFactory,
    UserFactory,
    VersionFactory,
)
from tests.files import made
from tests.harness.waiting import until

pytestmark = pytest.mark.django_db


def filed(organisation=None, **fields):
    upload = fields.pop("upload", None) or made.upload("a.pdf", made.pdf())
    return verbs.file_document(
        organisation=organisation or OrganisationFactory(),
        upload=upload,
        title=fields.pop("title", "Pièce"),
        actor=None,
        **fields,
    )


def test_a_piece_is_filed_once_with_everything_it_speaks_of():
    organisation, actor = OrganisationFactory(), UserFactory()
    rows = [
        factory(organisation=organisation) for factory in (CourseFactory, SessionFactory, TrainerFactory, SubcontractorFactory)
    ]
    piece = verbs.file_document(
        organisation=organisation,
        upload=made.upload("Contrat.pdf", made.pdf()),
        title="Contrat",
        type="subcontract",
        effective_on=date(2026, 1, 5),
        valid_until=date(2027, 1, 4),
        indicators=[27, 27, 21],
        courses=rows[:1],
        sessions=rows[1:2],
        trainers=rows[2:3],
        subcontractors=rows[3:],
        contents=["missions"],
        actor=actor,
    )
    version = piece.versions.get()
    assert (version.number, version.organisation, version.contents, version.created_by) == (1, organisation, ["missions"], actor)
    assert [link.indicator for link in piece.indicator_links.all()] == [21, 27]
    found = [(link.course, link.session, link.trainer, link.subcontractor) for link in piece.subject_links.order_by("id")]
    course, session, trainer, subcontractor = rows
    assert found == [
        (course, None, None, None),
        (None, session, None, None),
        (None, None, trainer, None),
        (None, None, None, subcontractor),
    ]
    line = Entry.objects.get()
    assert (line.verb, line.actor, line.details["indicators"], line.details["sha256"]) == (
        "document.filed",
        actor,
        [21, 27],
        version.file.sha256,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"indicators": [34]},
        {"indicators": [0]},
        {"effective_on": date(2026, 1, 2), "valid_until": date(2026, 1, 1)},
        {"audience": "nobody"},
    ],
)
def test_what_cannot_be_filed_leaves_nothing(settings, fields):
    with pytest.raises(ValidationError):
        filed(**fields)
    left = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert (Document.objects.count(), StoredFile.objects.count(), Entry.objects.count(), left) == (0, 0, 0, [])


def test_a_refused_file_leaves_nothing():
    with pytest.raises(RefusedFile):
        filed(upload=made.upload("a.zip", made.archive({"a": b"a"})))
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("name", ["courses", "sessions", "trainers", "subcontractors"])
def test_a_subject_of_another_organisation_is_refused(name):
    factories = {
        "courses": CourseFactory,
        "sessions": SessionFactory,
        "trainers": TrainerFactory,
        "subcontractors": SubcontractorFactory,
    }
    foreign = factories[name]()
    with pytest.raises(ValidationError, match="n’existe pas dans votre organisme"):
        filed(**{name: [foreign]})
    piece = filed()
    with pytest.raises(ValidationError, match="n’existe pas dans votre organisme"):
        verbs.link(document=piece, actor=None, **{name: [foreign]})
    assert SubjectLink.objects.count() == 0


def test_a_deposit_waits_then_becomes_a_piece():
    organisation = OrganisationFactory()
    waiting = verbs.deposit(organisation=organisation, upload=made.upload("a.pdf", made.pdf()), actor=None)
    piece = filed(organisation, upload=waiting.file)
    assert (piece.versions.get().file, Deposit.objects.count()) == (waiting.file, 0)
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["deposit.received", "document.filed"]


def test_the_file_of_another_organisation_is_not_filed():
    waiting = verbs.deposit(organisation=OrganisationFactory(), upload=made.upload("a.pdf", made.pdf()), actor=None)
    with pytest.raises(ValidationError, match="n’existe pas dans votre organisme"):
        filed(upload=waiting.file)


def test_a_file_is_filed_once():
    organisation = OrganisationFactory()
    stored = filed(organisation).versions.get().file
    with pytest.raises(ValidationError):
        filed(organisation, upload=stored)
    with pytest.raises(ProtectedError):
        discard(stored=stored)


def test_a_new_version_is_to_be_reviewed_again():
    piece, actor = filed(), UserFactory()
    verbs.review(document=piece, accepted=True, comment="", actor=actor)
    version = verbs.add_version(document=piece, upload=made.upload("b.txt", b"deux"), comment="Relue", actor=actor)
    piece.refresh_from_db()
    assert (version.number, piece.review_state, piece.reviewed_by, piece.reviewed_at) == (2, ReviewState.NOT_REVIEWED, None, None)


def test_the_same_bytes_are_no_new_version(settings):
    piece = filed()
    with pytest.raises(ValidationError) as refused:
        verbs.add_version(document=piece, upload=made.upload("b.pdf", made.pdf()), actor=None)
    assert refused.value.message_dict == {"upload": ["Ce fichier est exactement celui de la version 1."]}
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_linking_twice_says_nothing_twice():
    piece = filed(indicators=[9])
    session = SessionFactory(organisation=piece.organisation)
    for _ in range(2):
        verbs.link(document=piece, indicators=[9, 12], sessions=[session], actor=None)
    assert (piece.indicator_links.count(), piece.subject_links.count()) == (2, 1)
    lines = Entry.objects.filter(verb="document.linked")
    assert [line.details for line in lines] == [{"indicators": [12], "subjects": [str(session)]}]
    verbs.unlink(document=piece, indicators=[9, 30], sessions=[session], actor=None)
    assert [link.indicator for link in piece.indicator_links.all()] == [12]
    assert piece.subject_links.count() == 0


def test_taking_back_nothing_writes_nothing():
    piece = filed()
    verbs.unlink(document=piece, indicators=[9], actor=None)
    assert Entry.objects.filter(verb="document.unlinked").count() == 0


def test_the_fiche_changes_and_the_search_follows():
    piece = filed(title="Procédure")
    verbs.describe(document=piece, title="Évaluation à froid", type="", audience="company", note="Relire", actor=None)
    piece.refresh_from_db()
    assert (piece.title, piece.title_key, piece.audience) == ("Évaluation à froid", "evaluation a froid", "company")
    assert Entry.objects.get(verb="document.changed").details == {"fields": ["audience", "note", "title"]}


def test_a_review_needs_a_file_and_a_refusal_a_reason():
    actor = UserFactory()
    with pytest.raises(ValidationError, match="n’a pas encore de fichier"):
        verbs.review(document=DocumentFactory(), accepted=True, comment="", actor=actor)
    piece = filed()
    with pytest.raises(ValidationError) as refused:
        verbs.review(document=piece, accepted=False, comment="  ", actor=actor)
    assert refused.value.message_dict == {"comment": ["Dites pourquoi vous refusez cette pièce."]}
    done = verbs.review(document=piece, accepted=False, comment="Illisible.", actor=actor)
    assert (done.review_state, done.review_comment, done.reviewed_by) == (ReviewState.REFUSED, "Illisible.", actor)
    assert Entry.objects.get(verb="document.refused").details == {"comment": "Illisible."}


def test_a_withdrawn_piece_never_changes():
    piece, actor = filed(), UserFactory()
    with pytest.raises(ValidationError):
        verbs.withdraw(document=piece, reason=" ", actor=actor)
    verbs.withdraw(document=piece, reason="En double.", actor=actor)
    attempts = [
        lambda: verbs.withdraw(document=piece, reason="Encore.", actor=actor),
        lambda: verbs.review(document=piece, accepted=True, comment="", actor=actor),
        lambda: verbs.link(document=piece, indicators=[9], actor=actor),
        lambda: verbs.unlink(document=piece, indicators=[9], actor=actor),
        lambda: verbs.describe(document=piece, title="a", type="", audience="", note="", actor=actor),
        lambda: verbs.add_version(document=piece, upload=made.upload("b.txt", b"b"), actor=actor),
    ]
    for attempt in attempts:
        with pytest.raises(ValidationError, match="Cette pièce est retirée"):
            attempt()
    assert (piece.versions.count(), Entry.objects.filter(verb__startswith="document.").count()) == (1, 2)


def test_a_version_never_changes_nor_goes():
    version = VersionFactory()
    version.comment = "autre"
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    with pytest.raises(ProtectedError):
        version.document.delete()
    assert list(Version.objects.values_list("pk", "comment")) == [(version.pk, "")]


@pytest.mark.django_db(transaction=True)
def test_versions_added_at_the_same_moment_have_different_numbers():
    piece = filed()
    failed: list[Exception] = []

    def added(number: int) -> bool:
        try:
            verbs.add_version(document=piece, upload=made.upload("b.txt", f"texte {number}".encode()), actor=None)
        except OperationalError:
            # The database of the tests lies in memory: it refuses a second writer at once instead of making it wait.
            return False
        return True

    def add(number: int) -> None:
        try:
            until(lambda: added(number), f"la version {number} est ajoutée")
        except Exception as error:  # a thread would lose it
            failed.append(error)
        finally:
            connection.close()

    threads = [Thread(target=add, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(piece.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"withdrawn_at": datetime(2026, 1, 1, tzinfo=UTC)}, "document_withdrawal_has_reason"),
        ({"withdrawal_reason": "En double."}, "document_withdrawal_has_reason"),
        ({"review_state": "accepted"}, "document_review_has_date"),
        ({"reviewed_at": datetime(2026, 1, 1, tzinfo=UTC)}, "document_review_has_date"),
        ({"review_state": "refused", "reviewed_at": datetime(2026, 1, 1, tzinfo=UTC)}, "document_refusal_has_reason"),
    ],
)
def test_constraints_of_a_piece(values, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DocumentFactory(**values)


def test_constraints_of_a_version():
    version = VersionFactory()
    with pytest.raises(IntegrityError, match=r"version_number_once|document_id"), transaction.atomic():
        VersionFactory(document=version.document, number=1)
    with pytest.raises(IntegrityError, match="version_dates_in_order"), transaction.atomic():
        VersionFactory(effective_on=date(2026, 1, 2), valid_until=date(2026, 1, 1))


def test_constraints_of_links():
    piece = DocumentFactory()
    session = SessionFactory(organisation=piece.organisation)
    IndicatorLink.objects.create(document=piece, indicator=9)
    SubjectLink.objects.create(document=piece, session=session)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorLink.objects.create(document=piece, indicator=9)
    with pytest.raises(IntegrityError, match="indicator_link_number"), transaction.atomic():
        IndicatorLink.objects.create(document=piece, indicator=34)
    with pytest.raises(IntegrityError, match="subject_link_exactly_one"), transaction.atomic():
        SubjectLink.objects.create(document=piece)
    with pytest.raises(IntegrityError, match="subject_link_exactly_one"), transaction.atomic():
        SubjectLink.objects.create(document=piece, session=session, trainer=TrainerFactory(organisation=piece.organisation))


@pytest.mark.parametrize(
    ("field", "factory"),
    [
        ("course", CourseFactory),
        ("session", SessionFactory),
        ("trainer", TrainerFactory),
        ("subcontractor", SubcontractorFactory),
    ],
)
def test_a_subject_is_linked_once(field, factory):
    piece = DocumentFactory()
    row = factory(organisation=piece.organisation)
    SubjectLink.objects.create(document=piece, **{field: row})
    with pytest.raises(IntegrityError), transaction.atomic():
        SubjectLink.objects.create(document=piece, **{field: row})


def test_a_file_waits_once():
    stored = StoredFileFactory()
    Deposit.objects.create(organisation=stored.organisation, file=stored)
    with pytest.raises(IntegrityError), transaction.atomic():
        Deposit.objects.create(organisation=stored.organisation, file=stored)
