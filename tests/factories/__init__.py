"""Ready-made rows for the tests, one factory per model; a child takes its parent's organisation."""

from tests.factories.evidence import DocumentFactory, VersionFactory
from tests.factories.learning import EvaluationFactory, ExamResultFactory, ObjectiveResultFactory, PublishedRatesFactory
from tests.factories.qualiopi import (
    ActivityProfileFactory,
    CertifierAuditFactory,
    MemberFactory,
    NetworkFactory,
    NetworkMemberFactory,
    OrganisationFactory,
    StoredFileFactory,
    UserFactory,
)
from tests.factories.sessions import EnrolmentLinkFactory, HalfDayFactory, SessionChangeFactory, StepFactory
from tests.factories.trainings import (
    CampaignFactory,
    CompanyFactory,
    CourseFactory,
    EnrolmentFactory,
    FunderFactory,
    InvitationFactory,
    ResponseFactory,
    SessionFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
)

__all__ = [
    "ActivityProfileFactory",
    "CampaignFactory",
    "CertifierAuditFactory",
    "CompanyFactory",
    "CourseFactory",
    "DocumentFactory",
    "EnrolmentFactory",
    "EnrolmentLinkFactory",
    "EvaluationFactory",
    "ExamResultFactory",
    "FunderFactory",
    "HalfDayFactory",
    "InvitationFactory",
    "MemberFactory",
    "NetworkFactory",
    "NetworkMemberFactory",
    "ObjectiveResultFactory",
    "OrganisationFactory",
    "PublishedRatesFactory",
    "ResponseFactory",
    "SessionChangeFactory",
    "SessionFactory",
    "StepFactory",
    "StoredFileFactory",
    "SubcontractorFactory",
    "TraineeFactory",
    "TrainerFactory",
    "UserFactory",
    "VersionFactory",
]
