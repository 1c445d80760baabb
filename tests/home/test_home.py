"""The first page: what awaits, in which order, and the same figures as everywhere."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.debts.gestures import gesture_of_owed
from evidence.debts.queries import owed_in
from evidence.engine.result import Status
from evidence.home import sentences
from evidence.home.groups import groups_of
from evidence.home.week import week_of
from evidence.readiness.queries import board
from evidence.readiness.wording import board_heading
from qualiopi.organisations.models import ActivityProfile, CertifierAudit, Organisation
from qualiopi.standard.profile import FLAGS
from tests import cast as standing
from tests.factories import CertifierAuditFactory, DocumentFactory, ResponseFactory, SessionFactory, StepFactory, VersionFactory
from tests.readiness.worlds import finished_sessions

pytestmark = pytest.mark.django_db

PAGE, BOARD, INDICATOR = "/o/fil-ouest/", "/o/fil-ouest/indicateurs/", "/o/fil-ouest/indicateurs/30/"


@pytest.fixture
def cast():
    people = standing.gather()
    finished_sessions(people.organisation, 3, unanswered={1})
    return people


@pytest.fixture
def client(cast):
    return cast.client(cast.quality_manager)


def test_first_steps_of_an_empty_organisation(cast):
    head = cast.client(cast.network_head)
    profile = ActivityProfile.objects.filter(organisation__slug="fil-sud")
    profile.update(holds_af=False, **dict.fromkeys(FLAGS))
    response = head.get(reverse("home:index", args=["fil-sud"]))
    assert [thing.title for thing, _when in response.context["things"]] == [
        "Dites ce que fait votre organisme",
        "Importez vos sessions",
        "Fixez la date de votre prochain audit",
    ]
    page = response.content.decode()
    assert ("commencez par ces trois choses." in page, "avant le" in page, "impossible à juger" in page) == (
        True,
        False,
        False,
    )
    profile.update(holds_af=True, **dict.fromkeys(FLAGS, False))
    titles = [thing.title for thing, _when in head.get(reverse("home:index", args=["fil-sud"])).context["things"]]
    assert titles == ["Importez vos sessions", "Fixez la date de votre prochain audit"]


@pytest.mark.parametrize("slug", ["fil-sud", "fil-ouest"])
def test_the_counts_are_those_of_the_board_and_of_the_settings(cast, slug):
    head = cast.client(cast.network_head)
    found = board(organisation=Organisation.objects.get(slug=slug))
    said = f"{found.concerned} indicateurs sur {len(found.statuses)} vous concernent"
    asking = f"{found.asking} indicateurs sur {found.concerned} qui demandent encore quelque chose"
    heading = board_heading(found.asking, found.concerned)
    for address, sentence in [
        ("organisations:settings", said),
        ("organisations:profile", said),
        ("readiness:board", heading),
        ("home:index", asking),
    ]:
        page = " ".join(head.get(reverse(address, args=[slug])).content.decode().split())
        assert sentence in page, address


def test_four_things_at_most_and_the_same_first_ones_as_ever(client):
    context = client.get(PAGE).context
    assert (len(context["things"]), context["more"] > 0) == (4, True)
    assert "commencez par ces quatre choses." in context["heading"]


def test_without_a_visit_to_come_nothing_is_due(cast, client):
    assert CertifierAudit.objects.for_organisation(cast.organisation).count() == 0
    for address in (PAGE, BOARD, INDICATOR):
        page = client.get(address).content.decode()
        assert re.findall(r"[Aa]vant le\s+(?:\w+\s)?\d+(?:er)?\s\w+", page) == [], address
    held_on = timezone.localdate() + timedelta(days=60)
    CertifierAuditFactory(organisation=cast.organisation, held_on=held_on)
    due = held_on - timedelta(days=30)
    assert {thing.due_on for thing, _when in client.get(PAGE).context["things"] if thing.status} == {due}
    assert "Avant le" in client.get(INDICATOR).content.decode()


def test_the_worst_comes_first_and_each_has_one_button(cast, client):
    things = [thing for thing, _when in client.get(PAGE).context["things"] if thing.status]
    assert [thing.status for thing in things] == sorted(
        (thing.status for thing in things), key=[Status.INSUFFICIENT, Status.AT_RISK, Status.CANNOT_BE_JUDGED].index
    )
    assert [thing for thing in things if not (thing.way.url and thing.way.label and thing.why)] == []


def test_voices_need_enough_answers(cast, client):
    session = SessionFactory._meta.model.objects.get(reference="S-000", organisation=cast.organisation)
    campaign = session.campaigns.get()
    ResponseFactory(campaign=campaign, comment="J’ai compris.")
    assert client.get(PAGE).context["voices"] == []
    for _ in range(4):
        ResponseFactory(campaign=campaign)
    assert [voice.text for voice in client.get(PAGE).context["voices"]] == ["J’ai compris."]


def test_deadlines_are_the_next_ones(cast, client):
    today = timezone.localdate()
    cast.organisation.certified_on = today - timedelta(days=300)
    cast.organisation.save()
    VersionFactory(
        document=DocumentFactory(organisation=cast.organisation, title="Procédure"),
        effective_on=today,
        valid_until=today + timedelta(days=5),
    )
    landmarks = client.get(PAGE).context["landmarks"]
    assert [landmark.what for landmark in landmarks] == [
        "« Procédure » expire",
        "La fenêtre de surveillance s’ouvre",
        "La fenêtre de surveillance se ferme",
        "Le certificat prend fin",
    ]
    assert [landmark.near for landmark in landmarks] == [True, False, False, False]


@pytest.mark.parametrize("size", [1, 3, 100])
def test_the_number_of_queries_does_not_depend_on_the_size(size, django_assert_num_queries):
    cast = standing.gather()
    for session in finished_sessions(cast.organisation, size, unanswered={0}):
        document = VersionFactory(document=DocumentFactory(organisation=cast.organisation)).document
        document.indicator_links.create(indicator=30)
        document.subject_links.create(session=session)
    client = cast.client(cast.quality_manager)
    client.get(PAGE)
    with django_assert_num_queries(13):
        assert client.get(PAGE).status_code == 200


def test_what_is_owed_is_grouped_by_gesture_and_led_to(cast, client):
    """The groups hold everything that is owed, and each leads to its own lines."""
    owed = owed_in(cast.organisation, today=timezone.localdate())
    groups = groups_of("fil-ouest", owed)
    assert sum(group.n for group in groups) == len(owed) > 0
    assert [group.n for group in groups] == sorted((group.n for group in groups), reverse=True)
    shown = client.get(PAGE).context["groups"]
    assert [group for group, _time in shown] == groups[:5]
    for group in groups:
        lines = [each for each in owed if gesture_of_owed(each) is group.gesture]
        assert (len(lines), min(each.since for each in lines)) == (group.n, group.since)
        page = client.get(group.url)
        kept = {each for pile in page.context["page"].object_list for each, _who in pile.lines}
        assert {(each.key, each.label) for each in kept} == {(each.key, each.label) for each in lines}


class TestWeek:
    """What leaves by itself, from Monday to Sunday."""

    TODAY = date(2026, 12, 2)  # a Wednesday

    @pytest.fixture
    def session(self, cast):
        return SessionFactory(organisation=cast.organisation, reference="S26-041")

    def sending(self, session, day, *, key="survey:cold", label="Avis à froid", **more):
        return StepFactory(session=session, key=key, label=label, due_on=date(2026, 12, day), automatic=True, **more)

    def read(self, cast):
        return week_of(cast.organisation, today=self.TODAY)

    def test_each_day_has_its_sendings_and_each_sending_its_state(self, cast, session):
        self.sending(session, 1, key="document:convocation", label="Convocations", done_at=timezone.now())
        self.sending(session, 6)
        self.sending(
            SessionFactory(organisation=cast.organisation, reference="S26-042"), 6, problem="Sans adresse : Karim Belaïd."
        )
        week = self.read(cast)
        assert [
            (day.day.day, day.today, [(lot.label, lot.n, lot.left, lot.blocked) for lot in day.lots]) for day in week.days
        ] == [
            (30, False, []),
            (1, False, [("Convocations", 1, 1, 0)]),
            (2, True, []),
            (3, False, []),
            (4, False, []),
            (5, False, []),
            (6, False, [("Avis à froid", 2, 0, 1)]),
        ]
        assert (week.to_leave, week.left, week.stuck) == (1, 1, 1)
        assert [(each.title, each.why) for each in week.blocked] == [("S26-042, Avis à froid", "Sans adresse : Karim Belaïd.")]

    def test_what_has_been_blocked_for_longer_stands_on_today(self, cast, session):
        StepFactory(
            session=session, key="survey:company", label="Avis", due_on=date(2026, 10, 5), automatic=True, problem="Refusé."
        )
        week = self.read(cast)
        assert [len(day.lots) for day in week.days] == [0, 0, 1, 0, 0, 0, 0]

    @pytest.mark.parametrize("out", ["by hand", "set aside", "next week", "cancelled", "of another"])
    def test_the_rest_is_left_out(self, cast, session, out):
        step = self.sending(session, 3)
        if out == "by hand":
            step.automatic = False
        elif out == "set aside":
            step.skipped_reason = "Sans objet"
        elif out == "next week":
            step.due_on = date(2026, 12, 7)
        elif out == "cancelled":
            session.state = "cancelled"
            session.save()
        else:
            step.session = SessionFactory(organisation=cast.sister)
            step.organisation = cast.sister
        step.save()
        week = self.read(cast)
        assert (week.to_leave, week.left, week.stuck, week.blocked) == (0, 0, 0, ())


@pytest.mark.parametrize(
    ("to_leave", "stuck", "expected"),
    [
        (0, 0, "Cette semaine, rien ne part sans vous"),
        (1, 0, "Cette semaine, un envoi part sans vous"),
        (0, 1, "Cette semaine, rien ne part sans vous et un est bloqué"),
        (12, 3, "Cette semaine, douze envois partent sans vous et trois sont bloqués"),
    ],
)
def test_the_week_in_a_sentence(to_leave, stuck, expected):
    assert sentences.week_words(to_leave, stuck) == expected
