"""Two pages that are one trainee's: what moves, what is chosen, what prevents it; links, seals, papers and files afterwards."""

import re
import uuid
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from evidence.packs.registers import register_page
from qualiopi.journal.models import Entry
from qualiopi.journal.words import sentence
from qualiopi.links import LinkState, fingerprint
from tests import cast
from tests.at_once import at_once
from tests.attendance.conftest import DRAWING
from tests.factories import (
    AdaptationRequestFactory,
    CampaignFactory,
    CompanyFactory,
    EnrolmentFactory,
    ExamResultFactory,
    FunderFactory,
    FundingFactory,
    HalfDayFactory,
    IntakeFactory,
    InvitationFactory,
    MarkFactory,
    MeasureFactory,
    ObjectiveFactory,
    ObjectiveResultFactory,
    PersonalIssuedFactory,
    ProgrammeFactory,
    ReservationFactory,
    SendingFactory,
    SessionFactory,
    TraineeFactory,
)
from tests.harness.worlds import shared
from trainings.attendance.models import Mark
from trainings.attendance.queries import whole_registers
from trainings.attendance.queries.integrity import check
from trainings.attendance.verbs import Said, sign
from trainings.learning.models import Acquired
from trainings.merging.queries import plan_of
from trainings.merging.verbs import merge_trainees
from trainings.people.models import FormerIdentity, Funder, Trainee
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, LinkPurpose, SessionState
from trainings.sessions.queries import enrolment_behind
from trainings.sessions.verbs import enrol, personal_link
from trainings.surveys.links import invitation_token
from trainings.surveys.queries import door

people = shared(cast.gather)


def twins(organisation, **gone):
    """Léa Dupont, whose page stays, and Léa Dupond, whose page goes."""
    kept = TraineeFactory(organisation=organisation, first_name="Léa", last_name="Dupont", email="lea@exemple.fr", phone="")
    said = {"first_name": "Léa", "last_name": "Dupond", "email": "lea.dupond@exemple.fr", "phone": "+33 6 12 34 56 78", **gone}
    return kept, TraineeFactory(organisation=organisation, **said)


def merge(kept, gone, actor=None, **choices):
    """The page kept wins where both differ, unless `choices` say otherwise."""
    told = {line.key: "kept" for line in plan_of(kept, gone).to_choose}
    return merge_trainees(organisation=kept.organisation, kept=kept, gone=gone, choices=told | choices, actor=actor)


def in_one_session(organisation, **session):
    """Both enrolled in the same session."""
    kept, gone = twins(organisation)
    held = SessionFactory(organisation=organisation, reference="S26-100", **session)
    return EnrolmentFactory(session=held, trainee=kept), EnrolmentFactory(session=held, trainee=gone)


def obstacles(here, there):
    return [each.words for each in plan_of(here.trainee, there.trainee).obstacles]


@pytest.mark.django_db
def test_everything_of_one_is_of_the_other(people):
    kept, gone = twins(people.organisation)
    enrolment = EnrolmentFactory(session__organisation=people.organisation, trainee=gone)
    sending = SendingFactory(document__enrolment=enrolment, trainee=gone)
    mark = MarkFactory(enrolment=enrolment, half_day=HalfDayFactory(session=enrolment.session))
    merged = merge(kept, gone, people.training_manager, last_name="gone")
    for row in (enrolment, sending):
        row.refresh_from_db()
    assert (enrolment.trainee, sending.trainee, mark.enrolment_id) == (kept, kept, enrolment.pk)
    assert list(Trainee.objects.for_organisation(people.organisation)) == [kept]
    assert (str(merged), merged.email, merged.phone) == ("Léa Dupond", "lea@exemple.fr", "+33 6 12 34 56 78")
    assert merged.name_key == "dupond lea"


@pytest.mark.django_db
def test_the_journal_keeps_both_identities_and_what_moved(people):
    kept, gone = twins(people.organisation)
    EnrolmentFactory.create_batch(2, session__organisation=people.organisation, trainee=gone)
    merge(kept, gone, people.training_manager, email="gone")
    entry = Entry.objects.latest("pk")
    assert (sentence(entry), entry.object_id) == (
        "réunit deux fiches en celle de Léa Dupont (Léa Dupond lea.dupond@exemple.fr + Léa Dupont lea@exemple.fr → "
        "Léa Dupont lea.dupond@exemple.fr, 2 inscriptions)",
        str(kept.pk),
    )
    told = entry.details
    assert told["fields"] == ["email", "phone"]
    assert (told["kept"]["email"], told["gone"]["email"], told["became"]["email"]) == (
        "lea@exemple.fr", "lea.dupond@exemple.fr", "lea.dupond@exemple.fr",
    )  # fmt: skip
    assert (told["gone"]["last_name"], told["gone"]["id"], told["moved"]) == ("Dupond", str(gone.pk), {"inscriptions": 2})


@pytest.mark.django_db
def test_what_differs_is_chosen_and_nothing_passes_in_silence(people):
    kept, gone = twins(people.organisation)
    plan = plan_of(kept, gone)
    assert [(line.label, line.kept, line.gone) for line in plan.to_choose] == [
        ("Nom", "Dupont", "Dupond"),
        ("Adresse e-mail", "lea@exemple.fr", "lea.dupond@exemple.fr"),
    ]
    with pytest.raises(ValidationError, match="Choisissez la valeur qui reste"):
        merge_trainees(organisation=people.organisation, kept=kept, gone=gone, choices={"last_name": "kept"}, actor=None)
    assert Trainee.objects.for_organisation(people.organisation).count() == 2


@pytest.mark.django_db
def test_what_changed_while_one_chose_is_read_again(people):
    kept, gone = twins(people.organisation)
    seen = plan_of(kept, gone).seen
    Trainee.objects.filter(pk=gone.pk).update(email="autre@exemple.fr")
    choices = {"last_name": "kept", "email": "gone"}
    with pytest.raises(ValidationError, match="a changé pendant que vous choisissiez"):
        merge_trainees(organisation=people.organisation, kept=kept, gone=gone, choices=choices, actor=None, seen=seen)


@pytest.mark.django_db
def test_a_page_is_not_merged_with_itself_nor_with_another_organisation(people):
    kept, gone = twins(people.organisation)
    with pytest.raises(ValidationError, match="C’est la même fiche"):
        merge(kept, kept)
    stranger = TraineeFactory(organisation=people.elsewhere)
    with pytest.raises(ValidationError, match="vient de fusionner"):
        merge(kept, stranger)
    assert gone.pk


# -- one session, two enrolments ------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_two_enrolments_of_one_session_become_one(people):
    here, there = in_one_session(people.organisation)
    company, funder = CompanyFactory(organisation=people.organisation), FunderFactory(organisation=people.organisation)
    Enrolment.objects.filter(pk=there.pk).update(company=company, has_company=True, price=900)
    FundingFactory(enrolment=there, funder=funder, amount=900)
    FundingFactory(enrolment=here, funder=funder, file_number="D-1")
    IntakeFactory(enrolment=there)
    merge(here.trainee, there.trainee)
    only = Enrolment.objects.get()
    assert (only.pk, only.trainee_id, only.company, only.has_company, only.has_funder) == (
        here.pk, here.trainee_id, company, True, True,
    )  # fmt: skip
    assert [(paid.funder, paid.amount, paid.file_number) for paid in only.fundings.all()] == [(funder, 900, "D-1")]
    assert only.intakes.count() == 1
    details = Entry.objects.latest("pk").details
    assert details["shared_sessions"][0]["gone"]["price"] == "900.00"
    assert [each["of"] for each in details["settled"]] == ["financements"]


@pytest.mark.django_db
def test_what_both_enrolments_say_differently_is_chosen(people):
    here, there = in_one_session(people.organisation)
    Enrolment.objects.filter(pk=here.pk).update(price=900)
    Enrolment.objects.filter(pk=there.pk).update(price=1200, state=EnrolmentState.WITHDRAWN, end_reason="Malade")
    keys = [line.key for line in plan_of(here.trainee, there.trainee).to_choose]
    prefix = f"{here.session_id}:"
    assert keys == ["last_name", "email", f"{prefix}price", f"{prefix}state"]
    merge(here.trainee, there.trainee, **{f"{prefix}price": "gone"})
    only = Enrolment.objects.get()
    assert (only.price, only.state, only.end_reason) == (1200, EnrolmentState.ENROLLED, "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("signed_here", "signed_there", "stays"),
    [(False, False, "here"), (True, False, "here"), (False, True, "there"), (True, True, "")],
)
def test_the_enrolment_that_signed_is_the_one_that_stays(people, signed_here, signed_there, stays):
    here, there = in_one_session(people.organisation)
    for enrolment, signed in ((here, signed_here), (there, signed_there)):
        if signed:
            HalfDayFactory(session=here.session, part="am" if enrolment is here else "pm")
            signs(enrolment)
    before = list(Mark.objects.order_by("number").values_list("pk", "enrolment", "fingerprint"))
    if not stays:
        assert obstacles(here, there) == ["Session S26-100 : les deux fiches ont signé"]
        with pytest.raises(ValidationError, match="mettez fin à l’inscription en trop"):
            merge(here.trainee, there.trainee)
    else:
        merge(here.trainee, there.trainee)
        assert list(Enrolment.objects.values_list("pk", "trainee")) == [
            ({"here": here, "there": there}[stays].pk, here.trainee_id)
        ]
    assert list(Mark.objects.order_by("number").values_list("pk", "enrolment", "fingerprint")) == before
    assert list(check(here.session)) == []


def signs(enrolment):
    """A true line of the register, sealed, on the last half-day of the session."""
    half_day = enrolment.session.half_days.order_by("part").last()
    return sign(
        half_day=half_day,
        enrolment=enrolment,
        said=Said(method="drawn", once=uuid.uuid4(), drawing=DRAWING, reason="Réseau coupé"),
    )


# What both hold of the same thing: made twice, the words of the obstacle, "" when it is settled.
BOTH = {
    "two certificates in force": (
        lambda one: PersonalIssuedFactory(enrolment=one), "documents émis, des deux côtés"
    ),
    "a certificate, and another cancelled": (
        lambda one: PersonalIssuedFactory(
            enrolment=one,
            **({} if one.trainee.last_name == "Dupont" else {"cancelled_at": timezone.now(), "cancellation_reason": "Nom faux"}),
        ),
        "",
    ),
    "the same answers": (lambda one: IntakeFactory(enrolment=one), ""),
    "other answers": (
        lambda one: IntakeFactory(enrolment=one, answers={"expectations": one.trainee.last_name}),
        "recueils avant la formation, des deux côtés",
    ),
    "the same result": (lambda one: ObjectiveResultFactory(enrolment=one, objective=objective_of(one)), ""),
    "another result": (
        lambda one: ObjectiveResultFactory(
            enrolment=one, objective=objective_of(one), level=Acquired.YES if one.trainee.last_name == "Dupont" else Acquired.NO
        ),
        "résultats par objectif, des deux côtés",
    ),
    "examinations that complete each other": (
        lambda one: ExamResultFactory(
            enrolment=one, **({"sat": True} if one.trainee.last_name == "Dupont" else {"exam_on": date(2026, 9, 9)})
        ),
        "",
    ),
    "examinations that contradict each other": (
        lambda one: ExamResultFactory(enrolment=one, sat=one.trainee.last_name == "Dupont"), "examens, des deux côtés"
    ),
    "the same need": (lambda one: AdaptationRequestFactory(enrolment=one), ""),
    "a need that was followed": (
        lambda one: MeasureFactory(request__enrolment=one), "besoins d’adaptation, des deux côtés"
    ),
    "two invitations": (lambda one: InvitationFactory(campaign=campaign_of(one), enrolment=one), ""),
    "two answers to one survey": (
        lambda one: InvitationFactory(campaign=campaign_of(one), enrolment=one, answered=True), "invitations, des deux côtés"
    ),
    "two amounts": (
        lambda one: FundingFactory(enrolment=one, funder=funder_of(one), amount=len(one.trainee.email)),
        "financements, des deux côtés",
    ),
}  # fmt: skip


def objective_of(enrolment):
    programme = enrolment.session.course.programmes.first() or ProgrammeFactory(course=enrolment.session.course)
    return programme.objectives.first() or ObjectiveFactory(programme=programme)


def campaign_of(enrolment):
    return enrolment.session.campaigns.first() or CampaignFactory(session=enrolment.session)


def funder_of(enrolment):
    return Funder.objects.first() or FunderFactory(organisation=enrolment.organisation)


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "words"), BOTH.values(), ids=BOTH)
def test_what_both_enrolments_hold(people, make, words):
    here, there = in_one_session(people.organisation)
    rows = [make(here), make(there)]
    told = f"Session S26-100 : {words}" if words else ""
    assert obstacles(here, there) == ([told] if told else [])
    if told:
        with pytest.raises(ValidationError):
            merge(here.trainee, there.trainee)
        assert Enrolment.objects.count() == 2
    else:
        merge(here.trainee, there.trainee)
        assert Enrolment.objects.get() == here
    # Nothing is lost: each row is still there, or the journal says what it held.
    model = type(rows[0])
    settled = [] if told else Entry.objects.latest("pk").details["settled"]
    assert model.objects.count() + len(settled) == 2


@pytest.mark.django_db
def test_a_closed_session_or_a_reserved_number_is_settled_first(people):
    here, there = in_one_session(people.organisation, state=SessionState.CLOSED)
    ReservationFactory(session=here.session, target=there.pk)
    assert obstacles(here, there) == [
        "Session S26-100 : elle est close, et les deux fiches y sont inscrites",
        "Session S26-100 : un numéro de document est réservé",
    ]


# -- links, papers, addresses, files ----------------------------------------------------------------------------------------


TODAY = timezone.localdate()


def opens(token):
    """Whose signing page a token opens; None for an unknown one."""
    found = enrolment_behind(token, LinkPurpose.ATTENDANCE, today=TODAY)
    return found and (found.row.enrolment, found.state)


def given(enrolment, **options):
    return personal_link(enrolment=enrolment, purpose=LinkPurpose.ATTENDANCE, actor=None, **options).token


@pytest.mark.django_db
def test_links_that_left_still_open(people):
    kept, gone = twins(people.organisation)
    session = SessionFactory(organisation=people.organisation, starts_on=TODAY, ends_on=TODAY)
    enrolment = EnrolmentFactory(session=session, trainee=gone)
    token = given(enrolment)
    merge(kept, gone)
    assert opens(token) == (enrolment, LinkState.OPEN)
    assert given(enrolment) == token


@pytest.mark.django_db
@pytest.mark.parametrize("holders", [("here",), ("there",), ("here", "there")])
def test_every_link_for_one_session_opens_the_enrolment_that_stays(people, holders):
    here, there = in_one_session(people.organisation, starts_on=TODAY, ends_on=TODAY, state=SessionState.RUNNING)
    tokens = [given({"here": here, "there": there}[holder]) for holder in holders]
    merge(here.trainee, there.trainee)
    assert [opens(token) for token in tokens] == [(here, LinkState.OPEN)] * len(tokens)
    assert EnrolmentLink.objects.count() == 1
    current = given(here)
    assert opens(current) == (here, LinkState.OPEN)
    # One number voids them all, those of before too.
    renewed = given(here, renew=True)
    assert [opens(token) for token in (*tokens, current)] == [None] * (len(tokens) + 1)
    assert opens(renewed) == (here, LinkState.OPEN)


@pytest.mark.django_db
def test_one_signs_by_the_link_of_the_page_that_went(people):
    here, there = in_one_session(people.organisation, starts_on=TODAY, ends_on=TODAY, state=SessionState.RUNNING)
    half_day = HalfDayFactory(session=here.session, starts_at=time(0, 0), ends_at=time(0, 1))
    given(here)
    token = given(there)
    merge(here.trainee, there.trainee)
    sent = {"half_day": str(half_day.pk), "once": str(uuid.uuid4()), "drawing": DRAWING, "reason": "Réseau coupé"}
    assert Client().post(reverse("sign:start", args=[token]), sent).status_code == 302
    assert Mark.objects.get().enrolment == here


@pytest.mark.django_db
def test_of_two_invitations_both_lead_to_the_same_answer(people):
    here, there = in_one_session(people.organisation)
    campaign = CampaignFactory(session=here.session)
    ids = [InvitationFactory(campaign=campaign, enrolment=each, pk=(pk := uuid.uuid4()), token_hash=fingerprint(invitation_token(pk))).pk
           for each in (here, there)]  # fmt: skip
    merge(here.trainee, there.trainee)
    doors = [door(invitation_token(pk), today=TODAY) for pk in ids]
    assert [each.invitation.enrolment for each in doors] == [here, here]


@pytest.mark.django_db
def test_links_of_three_pages_lead_to_the_last(people):
    here, there = in_one_session(people.organisation, starts_on=TODAY, ends_on=TODAY, state=SessionState.RUNNING)
    third = EnrolmentFactory(session=here.session, trainee__first_name="Léa", trainee__last_name="Martin")
    tokens = [given(each) for each in (here, there, third)]
    merge(there.trainee, third.trainee)
    merge(here.trainee, there.trainee)
    assert [opens(token) for token in tokens] == [(here, LinkState.OPEN)] * 3


@pytest.mark.django_db
def test_an_issued_paper_keeps_its_file_and_its_number(people):
    kept, gone = twins(people.organisation)
    issued = PersonalIssuedFactory(enrolment__session__organisation=people.organisation, enrolment__trainee=gone)
    before = (issued.number, issued.file_id, issued.file.sha256)
    merge(kept, gone)
    issued.refresh_from_db()
    assert (issued.number, issued.file_id, issued.file.sha256) == before
    assert issued.enrolment.trainee == kept


@pytest.mark.django_db
def test_an_address_written_down_before_still_leads(people):
    kept, gone = twins(people.organisation)
    merge(kept, gone)
    manager = people.client(people.training_manager)
    answered = manager.get(reverse("people:trainee", args=["fil-ouest", gone.pk]))
    assert answered["Location"] == reverse("people:trainee", args=["fil-ouest", kept.pk])
    assert people.client(people.stranger).get(reverse("people:trainee", args=["fil-ouest", gone.pk])).status_code == 404
    # A trainer finds people of their own sessions alone.
    assert people.client(people.trainer).get(reverse("people:trainee", args=["fil-ouest", gone.pk])).status_code == 404


@pytest.mark.django_db
def test_three_pages_become_one_whatever_the_order(people):
    kept, gone = twins(people.organisation)
    third = TraineeFactory(organisation=people.organisation, first_name="Léa", last_name="Martin", email="lea.martin@exemple.fr")
    merge(gone, third)
    merge(kept, gone)
    assert {identity.name for identity in kept.former_identities.all()} == {"Léa Dupond", "Léa Martin"}
    assert FormerIdentity.objects.exclude(trainee=kept).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "names"),
    [
        ("kept", [("Léa Dupont", ""), ("Léa Dupont", "Léa Dupond"), ("Léa Dupont", "")]),
        ("gone", [("Léa Dupond", "Léa Dupont"), ("Léa Dupond", ""), ("Léa Dupond", "")]),
    ],
)
def test_a_register_tells_under_which_name_each_line_was_made(people, choice, names):
    kept, gone = twins(people.organisation)
    sessions = SessionFactory.create_batch(2, organisation=people.organisation)
    for session, person in zip(sessions, (kept, gone), strict=True):
        HalfDayFactory(session=session)
        signs(EnrolmentFactory(session=session, trainee=person))
    merge(kept, gone, last_name=choice)
    HalfDayFactory(session=sessions[1], part="pm")
    signs(sessions[1].enrolments.get())
    registers = whole_registers(sessions, until=timezone.localdate())
    lines = [line for session in sessions for part in registers[session.pk].parts for line in part.lines]
    assert [(line.name, line.signed_as) for line in lines] == names
    page = "".join(register_page(each, people.organisation).decode() for each in registers.values())
    told = [f"signé sous le nom de {before}" for _now, before in names if before]
    assert re.findall(r"signé sous le nom de \w+ \w+", page) == told


@pytest.mark.django_db
def test_check_integrity_after_merging(people, capsys):
    here, there = in_one_session(people.organisation)
    HalfDayFactory(session=here.session)
    signs(there)
    merge(here.trainee, there.trainee)
    call_command("check_integrity")
    assert "1 émargement relu, rien d'altéré." in capsys.readouterr().out


# -- at the same moment -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_people_merge_the_same_pages_once():
    people = cast.gather()
    kept, gone = twins(people.organisation)
    EnrolmentFactory(session__organisation=people.organisation, trainee=gone)

    def act(number: int) -> object:
        one, other = (gone, kept) if number else (kept, gone)
        choices = {"last_name": "kept", "email": "kept"}
        return merge_trainees(organisation=people.organisation, kept=one, gone=other, choices=choices, actor=None)

    said = at_once(act)
    assert {type(answer) for answer in said} == {Trainee, ValidationError}
    assert (Trainee.objects.count(), Entry.objects.filter(verb="trainee.merged").count()) == (1, 1)
    assert Enrolment.objects.get().trainee == Trainee.objects.get()


@pytest.mark.django_db(transaction=True)
def test_an_enrolment_arrives_while_the_pages_are_merged():
    people = cast.gather()
    kept, gone = twins(people.organisation)
    session = SessionFactory(organisation=people.organisation, state=SessionState.PLANNED)

    def act(number: int) -> object:
        if number:
            return enrol(session=session, trainee=gone, actor=None)
        choices = {"last_name": "kept", "email": "kept"}
        return merge_trainees(organisation=people.organisation, kept=kept, gone=gone, choices=choices, actor=None)

    said = at_once(act)
    assert isinstance(said[0], Trainee)
    assert Trainee.objects.get() == kept
    # Enrolled before, and it moved; or refused after.
    assert Enrolment.objects.count() == (0 if isinstance(said[1], ValidationError) else 1)
    assert set(Enrolment.objects.values_list("trainee", flat=True)) <= {kept.pk}
