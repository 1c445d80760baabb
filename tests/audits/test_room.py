"""The auditor's room: the text, the organisation's words, its pieces; never a status; every opening noted."""

import re
from datetime import date

import pytest
from django.urls import reverse

from evidence.packs.models import Pack
from evidence.readiness.models import Conclusion
from qualiopi.journal.models import Entry
from qualiopi.organisations.models import ActivityProfile
from tests.cast import gather
from tests.factories import (
    CampaignFactory,
    CertifierAuditFactory,
    DocumentFactory,
    EnrolmentFactory,
    ResponseFactory,
    SessionFactory,
    TrainerFactory,
    VersionFactory,
)

pytestmark = pytest.mark.django_db
STATUSES = ("démontrable", "à risque", "insuffisant", "impossible à juger", "statut--", "tuile--")


@pytest.fixture
def cast():
    return gather()


@pytest.fixture
def browser(cast):
    return cast.client(cast.auditor)


def piece(cast, title, **fields):
    document = DocumentFactory(organisation=fields.pop("organisation", cast.organisation), title=title, **fields)
    document.indicator_links.create(indicator=30)
    VersionFactory(document=document)
    return document


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_auditor_goes_straight_to_the_room(browser):
    assert browser.get("/", follow=True).redirect_chain[-1] == ("/o/fil-ouest/salle/", 302)


def test_an_indicator_shows_its_text_the_words_and_the_pieces(cast, browser):
    piece(cast, "Compte rendu du comité")
    Conclusion.objects.create(
        organisation=cast.organisation,
        indicator=30,
        grid="2026",
        text="Cinq publics sont interrogés.",
        concluded_by=cast.quality_manager,
    )
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))
    said = text_of(response)
    for expected in (
        "30. Recueil des appréciations",
        "Cinq publics sont interrogés.",
        "Maëlle Kerdraon",
        "Compte rendu du comité",
    ):
        assert expected in said
    assert [card.title for card in response.context["pieces"]] == ["Compte rendu du comité"]


def test_what_the_organisation_does_not_stand_by_is_not_shown(cast, browser):
    piece(cast, "Retenue")
    piece(cast, "Retirée", withdrawn_at="2026-10-01T00:00Z", withdrawal_reason="doublon")
    piece(cast, "Refusée", review_state="refused", review_comment="illisible", reviewed_at="2026-10-01T00:00Z")
    piece(cast, "D'une autre", organisation=cast.sister)
    announced = DocumentFactory(organisation=cast.organisation, title="Annoncée")
    announced.indicator_links.create(indicator=30)
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))
    assert [card.title for card in response.context["pieces"]] == ["Retenue"]


@pytest.fixture
def sheets(cast):
    """Twenty-seven scanned sheets, each linked to its session alone, and one more of a draft."""
    found = []
    for place in range(27):
        session = SessionFactory(organisation=cast.organisation, reference=f"S-{place:02d}", trainers=[cast.trainer_record])
        EnrolmentFactory(session=session)
        document = DocumentFactory(
            organisation=cast.organisation,
            title=f"Feuille {place:02d}",
            type="attendance_sheet",
            **ACCEPTED,
            reviewed_by=cast.quality_manager,
        )
        VersionFactory(document=document, effective_on=session.ends_on)
        document.subject_links.create(session=session)
        found.append(document)
    return found


ACCEPTED = {"review_state": "accepted", "reviewed_at": "2026-10-01T00:00Z"}


def shelves_of(response):
    return [(str(shelf), [card.title for card in cards]) for shelf, cards in response.context["shelves"]]


def test_a_sheet_linked_to_its_session_alone_is_found(cast, browser, sheets):
    """Those linked to the indicator first, then those of sessions, twenty-five a page; each leads to the dossier of its session."""
    document = piece(cast, "Règlement", type="internal_rules")
    document.indicator_links.update(indicator=10)
    address = reverse("audits:indicator", args=["fil-ouest", 10])
    titles = [sheet.title for sheet in sheets]
    first, second = browser.get(address), browser.get(address, {"pieces": 2})
    assert shelves_of(first) == [("Reliées à cet indicateur", ["Règlement"]), ("De sessions", titles[:24])]
    assert shelves_of(second) == [("De sessions", titles[24:])]
    session = sheets[0].subject_links.get().session
    [told] = first.context["pieces"][1].about
    assert (told.label, told.url) == (
        f"S-00, {session.course.title}",
        reverse("audits:session", args=["fil-ouest", session.pk]),
    )
    assert "1 reliée, 27 qui comptent par ce dont elles parlent" in text_of(first)


def test_the_page_of_the_piece_that_is_shown_beside_is_opened(cast, browser, sheets):
    version = sheets[-1].versions.get()
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 10]), {"piece": version.pk})
    assert sheets[-1].title in [card.title for card in response.context["pieces"]]
    assert response.context["pieces_page"].number == 2
    assert browser.get(reverse("audits:indicator", args=["fil-ouest", 10]), {"piece": "x"}).context["pieces_page"].number == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"withdrawn_at": "2026-10-01T00:00Z", "withdrawal_reason": "doublon"},
        {"review_state": "refused", "review_comment": "illisible"},
    ],
)
def test_a_sheet_that_nobody_stands_by_is_not_found_by_its_session(cast, browser, sheets, fields):
    for name, value in fields.items():
        setattr(sheets[0], name, value)
    sheets[0].save()
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 10]))
    assert "Feuille 00" not in [card.title for card in response.context["pieces"]]
    assert response.context["pieces_page"].paginator.count == 26


def test_facts_are_told_in_words_and_without_a_rate(cast, browser):
    CertifierAuditFactory(organisation=cast.organisation, held_on=date(2027, 3, 18))
    for answers in (2, 0):
        session = SessionFactory(organisation=cast.organisation)
        EnrolmentFactory(session=session)
        for _place in range(answers):
            ResponseFactory(campaign=session.campaigns.first() or CampaignFactory(session=session))
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))
    assert ("réponses aux enquêtes", 2) in [(fact.words, fact.count) for fact in response.context["facts"]]
    assert re.search(r"\d+ sur \d+", text_of(response)) is None


@pytest.mark.parametrize("certifying", [True, False])
def test_a_fact_that_contradicts_the_profile_is_heard_in_the_room_too(cast, browser, certifying):
    """The board judges 16 as soon as a course leads to a certification: the room no more says that it is without object."""
    ActivityProfile.objects.filter(organisation=cast.organisation).update(certifying=False)
    SessionFactory(organisation=cast.organisation, course__certifying=certifying)
    response = browser.get(reverse("audits:indicator", args=["fil-ouest", 16]))
    plan = {line.indicator.number: line for section in response.context["plan"] for line in section.lines}
    assert (response.context["line"].concerned, plan[16].concerned, bool(plan[16].reason)) == (
        certifying,
        certifying,
        not certifying,
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_status_and_no_score_anywhere(cast, browser, language):
    session = SessionFactory(organisation=cast.organisation)
    pages = [
        reverse("audits:room", args=["fil-ouest"]),
        reverse("audits:criterion", args=["fil-ouest", 7]),
        *(reverse("audits:indicator", args=["fil-ouest", number]) for number in (2, 11, 30)),
        reverse("audits:sessions", args=["fil-ouest"]),
        reverse("audits:session", args=["fil-ouest", session.pk]),
    ]
    for page in pages:
        content = browser.get(page, {"lang": language}).content.decode()
        assert [word for word in STATUSES if word in content] == []
        assert f'<html lang="{language}"' in content


def test_each_opening_is_in_the_journal(cast, browser):
    browser.get(reverse("audits:room", args=["fil-ouest"]))
    browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))
    lines = Entry.objects.order_by("id").values_list("kind", "verb", "actor_name", "details")
    assert list(lines) == [
        ("reading", "room.opened", "Odile Vérif", {}),
        ("reading", "room.indicator_read", "Odile Vérif", {"indicator": 30}),
    ]


def test_the_organisation_s_own_people_leave_no_line(cast):
    cast.client(cast.quality_manager).get(reverse("audits:room", args=["fil-ouest"]))
    assert Entry.objects.count() == 0


def test_a_session_s_dossier_gathers_its_pieces(cast, browser):
    session = SessionFactory(organisation=cast.organisation, trainers=[cast.trainer_record])
    other = SessionFactory(organisation=cast.organisation)
    for title, link in (
        ("De la session", {"session": session}),
        ("Du cours", {"course": session.course}),
        ("Du formateur", {"trainer": cast.trainer_record}),
        ("D'une autre session", {"session": other}),
    ):
        document = DocumentFactory(organisation=cast.organisation, title=title)
        VersionFactory(document=document)
        document.subject_links.create(**link)
    response = browser.get(reverse("audits:session", args=["fil-ouest", session.pk]))
    assert [piece.title for piece in response.context["dossier"].pieces] == ["De la session", "Du cours", "Du formateur"]


def test_each_trainer_of_a_session_has_their_pieces(cast, browser):
    idle = TrainerFactory(organisation=cast.organisation)
    SessionFactory(organisation=cast.organisation, trainers=[cast.trainer_record])
    for title, trainer in (("CV de Yann", cast.trainer_record), ("CV d'un autre", idle)):
        document = DocumentFactory(organisation=cast.organisation, title=title)
        VersionFactory(document=document)
        document.subject_links.create(trainer=trainer)
    response = browser.get(reverse("audits:trainers", args=["fil-ouest"]))
    found = [(trainer, [card.title for card in cards]) for trainer, cards in response.context["rows"]]
    assert found == [(cast.trainer_record, ["CV de Yann"])]


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, browser, count, django_assert_num_queries):
    for place in range(count):
        document = piece(cast, f"Pièce {place}")
        session = SessionFactory(organisation=cast.organisation, trainers=[cast.trainer_record])
        document.subject_links.create(session=session)
        document.subject_links.create(trainer=cast.trainer_record)
        EnrolmentFactory(session=session)
    browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))  # what sessions tell is kept from then on
    with django_assert_num_queries(21):
        browser.get(reverse("audits:sessions", args=["fil-ouest"]))
    with django_assert_num_queries(23):
        browser.get(reverse("audits:trainers", args=["fil-ouest"]))
    with django_assert_num_queries(37):
        browser.get(reverse("audits:indicator", args=["fil-ouest", 30]))


def test_ready_packs_are_offered(cast, browser):
    fields = {"organisation": cast.organisation, "audit_date": date(2027, 3, 18), "observed_on": date(2026, 11, 23)}
    Pack.objects.create(**fields)
    ready = Pack.objects.create(
        **fields, state="ready", ready_at="2026-11-23T10:00Z", size=1000, sha256="a" * 64, content_digest="b" * 64
    )
    response = browser.get(reverse("audits:room", args=["fil-ouest"]))
    assert response.context["packs"] == [ready]


@pytest.mark.parametrize("name", ["criterion", "indicator"])
def test_an_unknown_number_is_not_found(browser, name):
    assert browser.get(reverse(f"audits:{name}", args=["fil-ouest", 34])).status_code == 404
