"""Every page that somebody can open: the addresses of an organisation by role, the pages without an account, and those that refuse."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.organisations.enums import Role
from qualiopi.organisations.models import Organisation
from tests import cast as standing
from tests.cast import Cast
from tests.factories import EnrolmentFactory, HalfDayFactory, PersonalIssuedFactory, SessionFactory
from tests.policy.test_matrix import may_call
from tests.policy.world import Sample, addresses, furnish
from trainings.attendance.rotating import code_of
from trainings.documents.links import sending_token
from trainings.documents.models import Sending
from trainings.documents.verbs import send
from trainings.people.links import current_token
from trainings.people.verbs import trainer_link
from trainings.sessions.models import LinkPurpose, SessionState
from trainings.sessions.verbs import personal_link
from trainings.surveys.queries import current_session_token
from trainings.surveys.verbs import open_campaign

ROLES = {
    "network_head": Role.NETWORK_HEAD,
    "quality_manager": Role.QUALITY_MANAGER,
    "training_manager": Role.TRAINING_MANAGER,
    "trainer": Role.TRAINER,
    "auditor": Role.AUDITOR,
}
SAMPLES_OF_REFUSAL = ("/inconnu/", "/s/inconnu/", "/e/inconnu/", "/b/inconnu/", "/d/inconnu/", "/t/inconnu/")


@dataclass(frozen=True)
class House:
    """A furnished organisation, its people, and what its public links open."""

    people: Cast
    sample: Sample
    public: tuple[str, ...]

    def person(self, role: str) -> User:
        """Who has this role in the organisation."""
        user: User = getattr(self.people, role)
        return user

    def of_role(self, role: str) -> list[tuple[str, str]]:
        """The name and the path of every address of the organisation that this role may call."""
        return [
            (address.name, address.url(self.sample))
            for address in addresses()
            if address.of_organisation and may_call(address, ROLES[role])
        ]

    def around(self) -> list[tuple[str, str]]:
        """The name and the path of the pages outside an organisation that ask for an account."""
        return [
            (address.name, address.url(self.sample))
            for address in addresses()
            if not address.of_organisation and not {"token", "uidb36", "course", "half_day"} & set(address.parameters)
        ]


def build() -> House:
    """One object of each kind, and every kind of public link, open today."""
    people = standing.gather()
    sample = furnish(people.organisation, "Marqueouest", trainer=people.trainer_record)
    return House(people=people, sample=sample, public=(*_public(people.organisation, people, sample), *SAMPLES_OF_REFUSAL))


def _public(organisation: Organisation, people: Cast, sample: Sample) -> list[str]:
    """The paths of the pages without an account."""
    now = timezone.localtime()
    session = SessionFactory(
        organisation=organisation,
        reference="S-PUBLIQUE",
        state=SessionState.RUNNING,
        starts_on=now.date(),
        ends_on=now.date(),
        trainers=[people.trainer_record],
    )
    half_day = HalfDayFactory(session=session, day=now.date())
    enrolment = EnrolmentFactory(session=session, trainee__email="anais@exemple.fr")
    EnrolmentFactory(session=session)
    send(documents=[PersonalIssuedFactory(enrolment=enrolment, file__name="attestation.pdf")], actor=None)
    survey = current_session_token(open_campaign(session=session, actor=None))
    intake = personal_link(enrolment=enrolment, purpose=LinkPurpose.INTAKE, actor=None).token
    attendance = personal_link(enrolment=enrolment, purpose=LinkPurpose.ATTENDANCE, actor=None).token
    drop = current_token(trainer_link(trainer=people.trainer_record, actor=None))
    return [
        reverse("account_login"),
        reverse("account_reset_password"),
        reverse("account_reset_password_done"),
        reverse("account_reset_password_from_key", args=["1", "cle-perimee"]),
        reverse("course:public", args=[sample["course"]]),
        reverse("received:document", args=[sending_token(Sending.objects.get().pk)]),
        reverse("survey:start", args=[survey]),
        f"{reverse('survey:start', args=[survey])}?q=1",
        reverse("survey:thanks", args=[survey]),
        reverse("intake:start", args=[intake]),
        reverse("intake:page", args=[intake, 1]),
        reverse("intake:thanks", args=[intake]),
        reverse("sign:start", args=[attendance]),
        reverse("sign:typed"),
        reverse("sign:thanks"),
        reverse("sign:displayed", args=[half_day.pk, code_of(half_day.pk, now=now)]),
        reverse("drop:start", args=[drop]),
    ]


def whole(response) -> str | None:
    """The page of an answer; None for a part of a page, a file, a way elsewhere."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return None
    text = response.content.decode()
    return text if text.lstrip().startswith("<!DOCTYPE") else None
