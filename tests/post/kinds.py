"""One message of every kind, ready to leave: what all of them must be is tried on each."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from types import SimpleNamespace

from django.utils import timezone

from evidence.debts.emails import DebtReminder
from evidence.debts.queries import owed_in, people_owing
from qualiopi.accounts.emails import PasswordReset, TriesNotice
from qualiopi.organisations.emails import HeadInvitation, Invitation
from qualiopi.organisations.models import Member
from qualiopi.post.messages import Message
from tests.architecture.house import FLOORS, files, name
from tests.factories import InvitationFactory, NetworkMemberFactory, PersonalIssuedFactory, SendingFactory, UserFactory
from trainings.attendance.emails import SigningLink
from trainings.documents.emails import DocumentLinks
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.emails import IntakeLink
from trainings.people.emails import FileLink, NewLinkAsked
from trainings.people.verbs import trainer_link
from trainings.sessions.models import LinkPurpose
from trainings.sessions.verbs import personal_links
from trainings.surveys.emails import SurveyLink
from trainings.surveys.queries import asked
from trainings.surveys.verbs import open_campaign

SITE = "https://temoin.example/"
World = SimpleNamespace


def survey(world: World, *, reminder: bool = False) -> SurveyLink:
    if not reminder:
        world.asked.sent_at = None
        world.asked.save()
    return SurveyLink(
        invitation=world.asked, campaign=world.asked.campaign, person=asked(world.asked), site=SITE, reminder=reminder
    )


def survey_of(questionnaire: str, **who: str) -> Callable[[World], SurveyLink]:
    """The survey of a company, a funder or a trainer, or the late one of a trainee."""

    def make(world: World) -> SurveyLink:
        campaign = open_campaign(session=world.past, actor=None, questionnaire=questionnaire)
        found = {field: getattr(world, value) for field, value in who.items()}
        invitation = InvitationFactory(
            campaign=campaign, sent_at=None, **({"enrolment": None} if "enrolment" not in found else {}) | found
        )
        return SurveyLink(invitation=invitation, campaign=campaign, person=asked(invitation), site=SITE)

    return make


def personal(world: World, purpose: LinkPurpose):
    return personal_links(session=world.to_come, enrolments=[world.anais], purpose=purpose)[world.anais]


def intake(world: World, *, reminder: bool = False) -> IntakeLink:
    given = personal(world, LinkPurpose.INTAKE)
    if reminder:
        given.link.sent_at = timezone.now() - timedelta(days=8)
        given.link.save()
    return IntakeLink(session=world.to_come, given=given, kinds=["needs", "positioning"], site=SITE)


def document(world: World) -> DocumentLinks:
    return documents(world, world.document)


def documents(world: World, *issued: Issued) -> DocumentLinks:
    anais = {"trainee": world.anais.trainee, "email": world.anais.trainee.email, "sent_at": None}
    return DocumentLinks(sendings=[SendingFactory(document=each, **anais) for each in issued], site=SITE)


def three_documents(world: World) -> DocumentLinks:
    kinds = (DocumentKind.CONTRACT, DocumentKind.CONVOCATION)
    return documents(world, world.document, *(PersonalIssuedFactory(enrolment=world.anais, kind=kind) for kind in kinds))


def trainer_file(world: World) -> FileLink:
    return FileLink(link=trainer_link(trainer=world.trainer, actor=None), missing=["un CV", "un diplôme"], site=SITE)


def debts(world: World) -> DebtReminder:
    today = timezone.localdate()
    organisation = world.people.organisation
    person = people_owing(organisation, owed_in(organisation, today=today))[0]
    return DebtReminder(organisation=organisation, person=person, site=SITE, today=today, actor=None)


def english(world: World) -> Invitation:
    world.waiting.user.language = "en"
    return Invitation(member=world.waiting, inviter=None, site=SITE)


def auditor(world: World) -> Invitation:
    member = Member.objects.for_organisation(world.people.organisation).get(user=world.people.auditor)
    member.until = date(2099, 1, 1)
    return Invitation(member=member, inviter=world.people.quality_manager, site=SITE)


MESSAGES: dict[str, Callable[[World], Message]] = {
    "password": lambda w: PasswordReset(user=w.people.trainer, site=SITE),
    "password, in English": lambda w: PasswordReset(user=UserFactory(language="en"), site=SITE),
    "tries": lambda w: TriesNotice(user=w.people.trainer, at=timezone.now(), site=SITE),
    "tries, in English": lambda w: TriesNotice(user=UserFactory(language="en"), at=timezone.now(), site=SITE),
    "invitation": lambda w: Invitation(member=w.waiting, inviter=w.people.quality_manager, site=SITE),
    "invitation, in English": english,
    "invitation of somebody known": auditor,
    "head of network": lambda w: HeadInvitation(head=NetworkMemberFactory(network=w.people.network), inviter=None, site=SITE),
    "survey": survey,
    "survey reminder": lambda w: survey(w, reminder=True),
    "survey of months after": survey_of("cold", enrolment="karim"),
    "survey of a company": survey_of("company", company="company"),
    "survey of a funder": survey_of("funder", funder="funder"),
    "survey of a trainer": survey_of("trainer", trainer="trainer"),
    "questions before": intake,
    "questions before, again": lambda w: intake(w, reminder=True),
    "link to sign": lambda w: SigningLink(session=w.to_come, given=personal(w, LinkPurpose.ATTENDANCE), site=SITE),
    "document": document,
    "three documents": three_documents,
    "trainer's file": trainer_file,
    "new link asked": lambda w: NewLinkAsked(link=trainer_link(trainer=w.trainer, actor=None), site=SITE),
    "what is owed": debts,
}


def known_kinds() -> set[type[Message]]:
    """Every class of messages that may leave, wherever it is: one that is written tomorrow is among them."""
    for path in files(".py", under=FLOORS):
        if path.stem == "emails":
            importlib.import_module(name(path).removesuffix(".py").replace("/", "."))
    return {kind for kind in below(Message) if not kind.__abstractmethods__ and not kind.__module__.startswith("tests.")}


def below(kind: type[Message]) -> Iterator[type[Message]]:
    for each in kind.__subclasses__():
        yield each
        yield from below(each)
