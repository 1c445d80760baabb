"""Lines of a trainer's file: added, sent by the trainer, kept or refused; sessions led while not qualified."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from qualiopi.files.errors import RefusedFile
from qualiopi.files.models import StoredFile
from qualiopi.journal.models import Entry
from tests.factories import (
    CourseFactory,
    HalfDayFactory,
    OrganisationFactory,
    SessionFactory,
    TrainerFactory,
    TrainerRecordFactory,
    UserFactory,
)
from tests.files import made
from trainings.people.models import TrainerRecord
from trainings.people.queries import unqualified_sessions, waiting_records
from trainings.people.verbs import accept_record, add_record, refuse_record, say_covers, withdraw_record

pytestmark = pytest.mark.django_db
YEAR = {"from_day": date(2026, 1, 1), "to_day": date(2026, 12, 31)}


def told(verb):
    return [(entry.object_label, entry.actor_name) for entry in Entry.objects.filter(verb=verb)]


def test_a_line_is_added_with_its_file():
    trainer, actor = TrainerFactory(), UserFactory(full_name="Soazig Perrot")
    line = add_record(
        trainer=trainer,
        kind="qualification",
        title="Formateur SST",
        dated_on=date(2026, 1, 1),
        valid_until=date(2027, 12, 31),
        upload=made.upload("sst.pdf", made.pdf()),
        actor=actor,
    )
    assert (line.title_key, line.file.name, line.organisation) == ("formateur sst", "sst.pdf", trainer.organisation)
    assert told("trainer_record.add") == [("Formateur SST", "Soazig Perrot")]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "qualification"}, "Une habilitation dit depuis quand elle est valable."),
        ({"kind": "interview", "dated_on": date(2026, 1, 1)}, "Un entretien ou une observation a une date et une conclusion."),
        (
            {"kind": "cv", "dated_on": date(2026, 1, 2), "valid_until": date(2026, 1, 1)},
            "La fin de validité ne précède pas la date de la pièce.",
        ),
    ],
)
def test_a_line_that_says_too_little_is_refused_and_leaves_nothing(said, sentence):
    with pytest.raises(ValidationError) as caught:
        add_record(trainer=TrainerFactory(), title="Pièce", actor=None, upload=made.upload("a.pdf", made.pdf()), **said)
    assert caught.value.messages == [sentence]
    assert (TrainerRecord.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_bad_file_leaves_no_line():
    with pytest.raises(RefusedFile):
        add_record(trainer=TrainerFactory(), kind="cv", title="CV", actor=None, upload=made.upload("a.pdf", b"non"))
    assert TrainerRecord.objects.count() == 0


def test_what_was_sent_counts_once_somebody_looked_at_it():
    line, actor = TrainerRecordFactory(dropped=True, dated_on=None, title="CV"), UserFactory()
    assert list(waiting_records(line.organisation)) == [line]
    accept_record(record=line, kind="cv", title="CV 2026", dated_on=date(2026, 3, 2), actor=actor)
    line.refresh_from_db()
    assert (line.title, line.dated_on, line.checked_by) == ("CV 2026", date(2026, 3, 2), actor)
    assert list(waiting_records(line.organisation)) == []
    with pytest.raises(ValidationError, match="Quelqu’un a déjà vérifié cette pièce"):
        refuse_record(record=line, reason="Illisible", actor=actor)


def test_what_was_sent_is_refused_with_a_reason():
    line, actor = TrainerRecordFactory(dropped=True), UserFactory()
    with pytest.raises(ValidationError) as caught:
        refuse_record(record=line, reason="  ", actor=actor)
    assert caught.value.message_dict == {"reason": ["Dites pourquoi : le motif reste au dossier."]}
    refuse_record(record=line, reason="Photo floue", actor=actor)
    line.refresh_from_db()
    assert (line.withdrawal_reason, line.checked_at) == ("Photo floue", None)
    with pytest.raises(ValidationError, match="Quelqu’un a déjà vérifié cette pièce"):
        accept_record(record=line, kind="cv", title="CV", actor=actor)


def test_a_line_taken_out_stays_with_its_reason_and_only_once():
    line, actor = TrainerRecordFactory(), UserFactory()
    withdraw_record(record=line, reason="Doublon", actor=actor)
    line.refresh_from_db()
    assert (line.withdrawal_reason, line.withdrawn_at is None) == ("Doublon", False)
    with pytest.raises(ValidationError, match="déjà retirée"):
        withdraw_record(record=line, reason="Encore", actor=actor)


def sst_session(organisation, trainer, **fields):
    course = fields.pop("course", None) or CourseFactory(organisation=organisation, required_qualification="Formateur SST")
    return SessionFactory(organisation=organisation, course=course, trainers=[trainer], **fields)


def found(organisation, **asked):
    return [(each.reference, each.trainer) for each in unqualified_sessions(organisation, **(YEAR | asked))]


def test_sessions_led_while_not_qualified():
    organisation = OrganisationFactory()
    yann = TrainerFactory(organisation=organisation, first_name="Yann", last_name="Inventé")
    TrainerRecordFactory(
        trainer=yann,
        kind="qualification",
        title="Certificat de formateur SST",
        dated_on=date(2026, 1, 1),
        valid_until=date(2026, 6, 30),
    )
    sst_session(organisation, yann, reference="OK", starts_on=date(2026, 6, 29), ends_on=date(2026, 6, 30))
    sst_session(organisation, yann, reference="A-CHEVAL", starts_on=date(2026, 6, 30), ends_on=date(2026, 7, 1))
    sst_session(organisation, yann, reference="APRES", starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 8))
    sst_session(organisation, yann, reference="ANNULEE", starts_on=date(2026, 9, 7), ends_on=None, state="cancelled")
    sst_session(organisation, yann, reference="SANS", course=CourseFactory(organisation=organisation))
    sst_session(organisation, yann, reference="AVANT", starts_on=date(2025, 12, 31), ends_on=date(2026, 1, 1))
    elsewhere = TrainerFactory()
    sst_session(elsewhere.organisation, elsewhere, reference="AILLEURS")
    assert found(organisation) == [("A-CHEVAL", "Yann Inventé"), ("APRES", "Yann Inventé")]


def test_only_the_half_days_one_leads_count():
    organisation = OrganisationFactory()
    yann = TrainerFactory(organisation=organisation, first_name="Yann")
    lea = TrainerFactory(organisation=organisation, first_name="Léa", last_name="Inventée")
    for trainer, until in ((yann, date(2026, 9, 7)), (lea, date(2026, 9, 30))):
        TrainerRecordFactory(
            trainer=trainer, kind="qualification", title="Formateur SST", dated_on=date(2026, 1, 1), valid_until=until
        )
    session = sst_session(organisation, yann, reference="DEUX", starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 8))
    session.trainers.add(lea)
    hours = {"starts_at": time(9), "ends_at": time(12), "part": "am", "session": session}
    HalfDayFactory(**hours, day=date(2026, 9, 7), trainer=yann)
    second = HalfDayFactory(**hours, day=date(2026, 9, 8), trainer=lea)
    assert found(organisation) == []
    second.trainer = None
    second.save()
    assert found(organisation) == [("DEUX", str(yann))]


@pytest.mark.parametrize("count", [1, 3])
def test_reading_them_takes_the_same_number_of_queries(count, django_assert_num_queries):
    organisation = OrganisationFactory()
    for _number in range(count):
        sst_session(organisation, TrainerFactory(organisation=organisation))
    with django_assert_num_queries(3):
        assert len(found(organisation)) == count


def test_a_renewal_does_not_mend_the_past():
    organisation = OrganisationFactory()
    yann = TrainerFactory(organisation=organisation)
    sst_session(organisation, yann, reference="PASSE")
    TrainerRecordFactory(trainer=yann, kind="qualification", title="Formateur SST", dated_on=timezone.localdate())
    assert found(organisation) == [("PASSE", str(yann))]


# What a title covers.


@pytest.fixture
def required():
    """A session led by somebody whose title is worded otherwise than what its course requires."""
    trainer = TrainerFactory()
    course = CourseFactory(organisation=trainer.organisation, required_qualification="Habilitation B2V")
    SessionFactory(
        organisation=trainer.organisation, course=course, trainers=[trainer], starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 3)
    )
    return trainer


def titled(trainer, **fields):
    return TrainerRecordFactory(
        trainer=trainer, kind="qualification", title="Titre d’électricien", dated_on=date(2026, 1, 1), **fields
    )


def test_what_a_title_covers_is_said_once_for_all_lines_of_it(required):
    line, actor = titled(required), UserFactory(full_name="Soazig Perrot")
    other = titled(TrainerFactory(organisation=required.organisation))
    elsewhere = titled(TrainerFactory())
    assert len(unqualified_sessions(required.organisation, **YEAR)) == 1
    assert say_covers(record=line, requirements=["Habilitation B2V"], actor=actor) == 2
    for each in (line, other, elsewhere):
        each.refresh_from_db()
    assert [each.covers for each in (line, other, elsewhere)] == [["Habilitation B2V"], ["Habilitation B2V"], []]
    assert (line.covers_said_by, unqualified_sessions(required.organisation, **YEAR)) == (actor, [])
    # The next line of that title has it too, a line of another title does not.
    said = {"trainer": required, "kind": "qualification", "dated_on": date(2027, 1, 1), "actor": None}
    assert [add_record(title=title, **said).covers for title in ("TITRE D’ÉLECTRICIEN", "Autre")] == [["Habilitation B2V"], []]
    assert told("trainer_record.covers") == [("Titre d’électricien", "Soazig Perrot")]
    say_covers(record=line, requirements=[], actor=actor)
    assert len(unqualified_sessions(required.organisation, **YEAR)) == 1


@pytest.mark.parametrize(
    ("fields", "requirements"),
    [
        ({"kind": "cv"}, ["Habilitation B2V"]),
        ({"withdrawn_at": timezone.now(), "withdrawal_reason": "Doublon"}, ["Habilitation B2V"]),
        ({"dropped": True}, ["Habilitation B2V"]),
        ({}, ["Permis C"]),  # no course requires it
    ],
)
def test_what_covers_nothing_is_refused(required, fields, requirements):
    line = titled(required)
    TrainerRecord.objects.filter(pk=line.pk).update(**fields)
    with pytest.raises(ValidationError):
        say_covers(record=line, requirements=requirements, actor=UserFactory())
    line.refresh_from_db()
    assert (line.covers, told("trainer_record.covers")) == ([], [])
