"""What keeps a row and what goes with it: each foreign key has its line, and does what the line says."""

import uuid
from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from evidence.closing.models import ClosingRequest
from evidence.debts.models import Reminder
from evidence.library.models import CoveredLine, SubjectLink
from qualiopi.files.models import StoredFile
from qualiopi.relations import relations_to
from tests import cast
from tests import factories as f
from tests.harness.worlds import shared
from trainings.attendance.models import Chain, FailedConfirmations
from trainings.catalogue.models import Course, Objective, Programme
from trainings.learning.models import IntakeDraft
from trainings.people.models import Company, Funder, Subcontractor, Trainee, Trainer
from trainings.removal.queries import what_depends, what_goes
from trainings.removal.rules import RULES, Goes, Stays
from trainings.removal.verbs import remove
from trainings.removal.views import CONCEPTS
from trainings.sessions.models import Enrolment, HalfDay, Session
from trainings.surveys.models import Campaign

pytestmark = pytest.mark.django_db
people = shared(cast.gather)


def linked(**subject):
    """A piece that speaks of this."""
    (row,) = subject.values()
    return SubjectLink.objects.create(document=f.DocumentFactory(organisation=row.organisation), **subject)


def covered(**subject):
    organisation = next(iter(subject.values())).organisation
    version = f.VersionFactory(document=f.DocumentFactory(organisation=organisation))
    said = {"expectation": "session_need_analysed", "line": "personne", "label": "Une personne", "said_by": f.UserFactory()}
    return CoveredLine.objects.create(organisation=organisation, version=version, **said, **subject)


def confirmed_wrong(half_day=None, enrolment=None):
    """Somebody answered wrong to the question of the displayed code."""
    half_day = half_day or f.HalfDayFactory(session=enrolment.session)
    enrolment = enrolment or f.EnrolmentFactory(session=half_day.session)
    return FailedConfirmations.objects.create(half_day=half_day, enrolment=enrolment, count=1)


def reserved(session):
    return f.ReservationFactory(session=session, target=uuid.uuid4())


def part_of(model, programme):
    return {"Objective": f.ObjectiveFactory, "Skill": f.SkillFactory, "Sequence": f.SequenceFactory}[model](programme=programme)


# For each foreign key, a row that holds it. Where a rule keeps some rows only, `MILD` makes one of the others.
HELD = {
    "trainings.Enrolment.session": lambda row: f.EnrolmentFactory(session=row),
    "trainings.Mark.session": lambda row: f.MarkFactory(half_day=f.HalfDayFactory(session=row), enrolment__session=row),
    "trainings.Issued.session": lambda row: f.IssuedFactory(session=row),
    "trainings.Reservation.session": reserved,
    "trainings.Batch.session": lambda row: f.BatchFactory(session=row),
    "trainings.SessionNeed.session": lambda row: f.SessionNeedFactory(session=row),
    "trainings.Evaluation.session": lambda row: f.EvaluationFactory(session=row),
    "evidence.SubjectLink.session": lambda row: linked(session=row),
    "evidence.CoveredLine.session": lambda row: covered(session=row),
    "trainings.SessionTrainer.session": lambda row: row.assignments.create(
        trainer=f.TrainerFactory(organisation=row.organisation)
    ),
    "trainings.HalfDay.session": lambda row: f.HalfDayFactory(session=row),
    "trainings.SessionChange.session": lambda row: f.SessionChangeFactory(session=row),
    "trainings.Step.session": lambda row: f.StepFactory(session=row),
    "trainings.Chain.session": lambda row: Chain.objects.create(session=row, length=1),
    "trainings.Campaign.session": lambda row: f.CampaignFactory(session=row),
    "evidence.ClosingRequest.session": lambda row: ClosingRequest.objects.create(
        organisation=row.organisation, session=row, until=row.ends_on
    ),
    "trainings.Mark.half_day": lambda row: f.MarkFactory(half_day=row, enrolment__session=row.session),
    "trainings.ConnectionReport.half_day": lambda row: f.ConnectionReportFactory(half_day=row),
    "trainings.FailedConfirmations.half_day": lambda row: confirmed_wrong(half_day=row),
    "trainings.Invitation.campaign": lambda row: f.InvitationFactory(campaign=row),
    "trainings.Response.campaign": lambda row: f.ResponseFactory(campaign=row),
    "trainings.PastDeparture.enrolment": lambda row: f.PastDepartureFactory(enrolment=row),
    "trainings.AdaptationRequest.enrolment": lambda row: f.AdaptationRequestFactory(enrolment=row),
    "trainings.Mark.enrolment": lambda row: f.MarkFactory(enrolment=row, half_day=f.HalfDayFactory(session=row.session)),
    "trainings.Connection.enrolment": lambda row: f.ConnectionFactory(enrolment=row, report__half_day__session=row.session),
    "trainings.FollowUp.enrolment": lambda row: f.FollowUpFactory(enrolment=row),
    "trainings.Issued.enrolment": lambda row: f.PersonalIssuedFactory(enrolment=row),
    "trainings.Intake.enrolment": lambda row: f.IntakeFactory(enrolment=row),
    "trainings.ObjectiveResult.enrolment": lambda row: f.ObjectiveResultFactory(
        enrolment=row, objective=f.ObjectiveFactory(programme__course=row.session.course)
    ),
    "trainings.ExamResult.enrolment": lambda row: f.ExamResultFactory(enrolment=row),
    "trainings.Invitation.enrolment": lambda row: f.InvitationFactory(
        campaign__session=row.session, enrolment=row, answered=True
    ),
    "trainings.Funding.enrolment": lambda row: f.FundingFactory(enrolment=row),
    "trainings.EnrolmentLink.enrolment": lambda row: f.EnrolmentLinkFactory(enrolment=row),
    "trainings.FailedConfirmations.enrolment": lambda row: confirmed_wrong(enrolment=row),
    "trainings.IntakeDraft.enrolment": lambda row: IntakeDraft.objects.create(organisation=row.organisation, enrolment=row),
    "trainings.Enrolment.trainee": lambda row: f.EnrolmentFactory(session__organisation=row.organisation, trainee=row),
    "trainings.Sending.trainee": lambda row: f.SendingFactory(
        document__enrolment__session__organisation=row.organisation, trainee=row
    ),
    "trainings.FormerIdentity.trainee": lambda row: f.FormerIdentityFactory(trainee=row),
    "trainings.FormerIdentity.trainer": lambda row: f.FormerIdentityFactory(trainee=None, trainer=row),
    "trainings.SessionTrainer.trainer": lambda row: f.SessionFactory(organisation=row.organisation, trainers=[row]),
    "trainings.HalfDay.trainer": lambda row: f.HalfDayFactory(session__organisation=row.organisation, trainer=row),
    "trainings.Step.trainer": lambda row: f.StepFactory(session__organisation=row.organisation, trainer=row),
    "trainings.TrainerRecord.trainer": lambda row: f.TrainerRecordFactory(trainer=row),
    "trainings.Mark.trainer": lambda row: f.CountersignatureFactory(
        half_day=f.HalfDayFactory(session__organisation=row.organisation), trainer=row
    ),
    "trainings.Invitation.trainer": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, trainer=row, answered=True
    ),
    "evidence.SubjectLink.trainer": lambda row: linked(trainer=row),
    "trainings.TrainerLink.trainer": lambda row: f.TrainerLinkFactory(trainer=row),
    "evidence.Reminder.trainer": lambda row: Reminder.objects.create(
        organisation=row.organisation, trainer=row, email=row.email, owed=1, sent_on=date(2026, 9, 1)
    ),
    "trainings.Enrolment.company": lambda row: f.EnrolmentFactory(
        session__organisation=row.organisation, company=row, has_company=True
    ),
    "trainings.Issued.company": lambda row: f.IssuedFactory(session__organisation=row.organisation, company=row),
    "trainings.SessionNeed.company": lambda row: f.SessionNeedFactory(session__organisation=row.organisation, company=row),
    "trainings.Invitation.company": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, company=row, answered=True
    ),
    "trainings.Funding.funder": lambda row: f.FundingFactory(enrolment__session__organisation=row.organisation, funder=row),
    "trainings.Invitation.funder": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, funder=row, answered=True
    ),
    "trainings.Session.course": lambda row: f.SessionFactory(organisation=row.organisation, course=row),
    "trainings.Programme.course": lambda row: f.ProgrammeFactory(course=row, in_force_from=date(2026, 1, 5)),
    "trainings.PublicSheet.course": lambda row: f.PublicSheetFactory(course=row, published_at=timezone.now()),
    "trainings.Accreditation.course": lambda row: f.AccreditationFactory(course=row),
    "trainings.PublishedRates.course": lambda row: f.PublishedRatesFactory(course=row),
    "evidence.SubjectLink.course": lambda row: linked(course=row),
    "evidence.CoveredLine.course": lambda row: covered(course=row),
    "trainings.Session.programme": lambda row: f.SessionFactory(
        organisation=row.organisation, course=row.course, programme=row
    ),
    "trainings.Objective.programme": lambda row: part_of("Objective", row),
    "trainings.Skill.programme": lambda row: part_of("Skill", row),
    "trainings.Sequence.programme": lambda row: part_of("Sequence", row),
    "trainings.ObjectiveResult.objective": lambda row: f.ObjectiveResultFactory(
        objective=row, enrolment__session__organisation=row.programme.organisation
    ),
    "trainings.Session.given_to": lambda row: f.SessionFactory(organisation=row.organisation, given_to=row),
    "trainings.Trainer.subcontractor": lambda row: f.TrainerFactory(
        organisation=row.organisation, subcontractor=row, status="subcontractor"
    ),
    "trainings.Subcontract.subcontractor": lambda row: f.SubcontractFactory(subcontractor=row),
    "trainings.SubcontractorReview.subcontractor": lambda row: f.SubcontractorReviewFactory(subcontractor=row),
    "trainings.Issued.subcontractor": lambda row: f.IssuedFactory(session__organisation=row.organisation, subcontractor=row),
    "evidence.SubjectLink.subcontractor": lambda row: linked(subcontractor=row),
}  # fmt: skip
MILD = {
    "trainings.Chain.session": lambda row: Chain.objects.create(session=row),
    "trainings.Batch.session": lambda row: f.BatchFactory(session=row, finished_at=timezone.now()),
    "trainings.Invitation.enrolment": lambda row: f.InvitationFactory(campaign__session=row.session, enrolment=row),
    "trainings.Invitation.trainer": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, trainer=row
    ),
    "trainings.Invitation.company": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, company=row
    ),
    "trainings.Invitation.funder": lambda row: f.InvitationFactory(
        campaign__session__organisation=row.organisation, enrolment=None, funder=row
    ),
    "trainings.Programme.course": lambda row: f.ProgrammeFactory(course=row),
    "trainings.PublicSheet.course": lambda row: f.PublicSheetFactory(course=row),
}
FACTORIES = {
    Session: f.SessionFactory, Enrolment: f.EnrolmentFactory, Trainee: f.TraineeFactory, Trainer: f.TrainerFactory,
    Company: f.CompanyFactory, Funder: f.FunderFactory, Course: f.CourseFactory, Subcontractor: f.SubcontractorFactory,
    HalfDay: f.HalfDayFactory, Campaign: f.CampaignFactory, Programme: f.ProgrammeFactory, Objective: f.ObjectiveFactory,
}  # fmt: skip
LINES = [(model, key, rule) for model, lines in RULES.items() for key, rule in lines.items()]


def named(line):
    return line if isinstance(line, str) else ""


def test_every_foreign_key_to_what_is_deleted_or_goes_with_it_has_its_line():
    met, todo = {}, [concept.model for concept in CONCEPTS.values()]
    while todo:
        model = todo.pop()
        if model in met:
            continue
        met[model] = sorted(relations_to(model))
        for key, relation in relations_to(model).items():
            rule = RULES.get(model, {}).get(key)
            if isinstance(rule, Goes) or (isinstance(rule, Stays) and rule.when is not None):
                todo.append(relation.related_model)
    assert {model: keys for model, keys in met.items() if keys} == {model: sorted(lines) for model, lines in RULES.items()}


def test_no_file_falls_with_a_row():
    """What is deleted holds no stored file; what holds one (a session, its contract) is kept by it."""
    holders = {
        model._meta.label for model in apps.get_models() for field in model._meta.fields if field.related_model is StoredFile
    }
    deleted = {concept.model._meta.label for concept in CONCEPTS.values()}
    deleted |= {key.rpartition(".")[0] for _model, key, rule in LINES if isinstance(rule, Goes) or rule.when is not None}
    assert holders & deleted == {"trainings.Session"}
    session = f.SessionFactory(contract_file=f.StoredFileFactory())
    assert [each.words for each in what_depends(session)] == ["le fichier d’un contrat"]


@pytest.mark.parametrize(("model", "key", "rule"), LINES, ids=named)
def test_a_row_that_is_named_stays_or_takes_it_along(model, key, rule):
    row = FACTORIES[model]()
    held = HELD[key](row)
    holder = apps.get_model(key.rpartition(".")[0])
    depends = {each.instead: each.words for each in what_depends(row)}
    if isinstance(rule, Stays):
        name = holder._meta.verbose_name
        assert depends[str(rule.instead)] == f"1 {name}"
    else:
        assert depends == {}
        assert held in [each for _other, rows in what_goes(row) for each in rows]


@pytest.mark.parametrize(("key", "make"), MILD.items(), ids=named)
def test_what_is_begun_only_goes_with_it(key, make):
    model = next(model for model, lines in RULES.items() if key in lines)
    row = FACTORIES[model]()
    held = make(row)
    assert what_depends(row) == []
    remove(row=row, verb=f"{model.__name__.lower()}.deleted", actor=None)
    assert not model.objects.filter(pk=row.pk).exists()
    assert not type(held).objects.filter(pk=held.pk).exists()


def test_a_key_that_no_table_names_keeps_the_row(monkeypatch):
    enrolment = f.EnrolmentFactory()
    monkeypatch.setitem(RULES, Trainee, {})
    assert [(each.words, each.instead) for each in what_depends(enrolment.trainee)] == [
        ("1 inscription", "Cela reste : gardez la fiche.")
    ]
