"""The page of the search: what answers, to whom, and what it says when nothing does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse

from qualiopi.search import sentences
from qualiopi.search.kinds import MOST, Found, Hit, kinds
from tests import cast
from tests.answers import on_one_line
from tests.factories import (
    CompanyFactory,
    CourseFactory,
    DocumentFactory,
    EnrolmentFactory,
    FunderFactory,
    SessionFactory,
    SubcontractorFactory,
    TraineeFactory,
    TrainerFactory,
    VersionFactory,
)
from tests.harness.worlds import shared
from trainings.people.models import Trainee
from trainings.sessions.models import SessionState

pytestmark = pytest.mark.django_db
EVERYTHING = [
    ("Stagiaires", "Zoé Œuvrard"),
    ("Formateurs", "Yann Œuvrard"),
    ("Entreprises", "Œuvrard & filles"),
    ("Financeurs", "Fonds Œuvrard"),
    ("Sous-traitants", "Œuvrard conseil"),
    ("Sessions", "Œuvrard : la méthode"),
    ("Formations", "Œuvrard : la méthode"),
    ("Pièces", "Charte Œuvrard"),
]

people = shared(cast.gather)


def find(people, text, *, who="quality_manager", slug="fil-ouest"):
    return people.client(getattr(people, who)).get(reverse("search:find", args=[slug]), {"q": text})


def found(page):
    """(kind, title) of what the page shows, in its order."""
    return [(group.title, hit.title) for group in page.context["groups"] for hit in group.hits]


def details(page):
    return [(hit.title, hit.detail, hit.mark) for group in page.context["groups"] for hit in group.hits]


def one_of_each(organisation, *, trainer=None):
    own = {"organisation": organisation}
    course = CourseFactory(**own, title="Œuvrard : la méthode")
    session = SessionFactory(**own, course=course, reference="S26-041", trainers=[trainer] if trainer else [])
    EnrolmentFactory(session=session, trainee=TraineeFactory(**own, first_name="Zoé", last_name="Œuvrard"))
    TrainerFactory(**own, first_name="Yann", last_name="Œuvrard")
    CompanyFactory(**own, name="Œuvrard & filles")
    FunderFactory(**own, name="Fonds Œuvrard")
    SubcontractorFactory(**own, name="Œuvrard conseil")
    VersionFactory(document=DocumentFactory(**own, title="Charte Œuvrard"))
    return session


@pytest.mark.parametrize("text", ["Œuvrard", "oeuvrard", "ŒUVRARD", "  oeuvrard  ", "uvrar"])
def test_one_field_finds_everything_of_the_organisation(people, text):
    one_of_each(people.organisation)
    one_of_each(people.elsewhere)
    page = find(people, text)
    assert found(page) == EVERYTHING
    assert f"8 réponses à « {text.strip()} »." in on_one_line(page)


@pytest.mark.parametrize(("text", "numbers"), [("30", ["30"]), ("I30", ["30"]), ("indicateur 5", ["5"])])
def test_an_indicator_is_found_by_its_number(people, text, numbers):
    shown = [title for kind, title in found(find(people, text)) if kind == "Indicateurs"]
    assert [re.findall(r"\d+", title)[0] for title in shown] == numbers


def test_an_indicator_is_found_by_its_words(people):
    shown = [title for kind, title in found(find(people, "RECLAMATIONS")) if kind == "Indicateurs"]
    assert [re.findall(r"\d+", title)[0] for title in shown] == ["31", "32"]


@pytest.mark.parametrize(
    ("who", "slug", "expected"),
    [
        ("quality_manager", "fil-ouest", EVERYTHING),
        ("training_manager", "fil-ouest", EVERYTHING),
        ("network_head", "fil-ouest", EVERYTHING),
        ("trainer", "fil-ouest", [EVERYTHING[0], EVERYTHING[5], EVERYTHING[6]]),
    ],
)
def test_each_finds_what_their_pages_show(people, who, slug, expected):
    one_of_each(people.organisation, trainer=people.trainer_record)
    page = find(people, "oeuvrard", who=who, slug=slug)
    assert found(page) == expected
    for group in page.context["groups"]:
        for address in [hit.url for hit in group.hits] + ([group.list_url] if group.list_url else []):
            assert people.client(getattr(people, who)).get(address).status_code == 200, address


def test_a_trainer_finds_neither_the_sessions_of_others_nor_their_people(people):
    one_of_each(people.organisation)
    assert found(find(people, "oeuvrard", who="trainer")) == []
    assert found(find(people, "S26-041", who="trainer")) == []


def test_a_trainer_finds_nobody_by_what_their_page_keeps_from_them(people):
    session = SessionFactory(organisation=people.organisation, trainers=[people.trainer_record])
    other = SessionFactory(organisation=people.organisation, reference="S26-SECRETE")
    person = TraineeFactory(
        organisation=people.organisation, last_name="Quéré", email="secret@exemple.fr", birth_date=date(1990, 5, 3)
    )
    company = CompanyFactory(organisation=people.organisation, name="Maison Cachée")
    for each in (session, other):
        EnrolmentFactory(session=each, trainee=person, company=company, has_company=True)
    assert found(find(people, "secret@exemple.fr", who="trainer")) == []
    page = find(people, "quere", who="trainer")
    assert details(page) == [("Anaïs Quéré", f"{session.reference}, {session.course.title}", "")]


@pytest.mark.parametrize(
    ("who", "slug"),
    [
        ("auditor", "fil-ouest"),
        ("stranger", "fil-ouest"),
        ("quality_manager", "etranger-secret"),
        ("quality_manager", "nulle-part"),
    ],
)
def test_who_may_not_enter_learns_nothing(people, who, slug):
    one_of_each(people.organisation)
    one_of_each(people.elsewhere)
    page = find(people, "oeuvrard", who=who, slug=slug)
    assert page.status_code == 404
    assert "Œuvrard" not in page.content.decode()


def test_namesakes_are_told_apart(people):
    own = {"organisation": people.organisation}
    company, session = CompanyFactory(**own, name="Filature Inventée"), SessionFactory(**own, reference="S26-077")
    lea = {"first_name": "Léa", "last_name": "Martin"}
    rows = [
        TraineeFactory(**own, **lea, civility="mme", birth_date=date(1990, 5, 3)),
        TraineeFactory(**own, **lea, birth_date=date(1971, 1, 1)),
        TraineeFactory(**own, **lea),
        TraineeFactory(**own, **lea, email="lea@exemple.fr"),
        TraineeFactory(**own, **lea, email=""),
    ]
    EnrolmentFactory(session=session, trainee=rows[2], company=company, has_company=True)
    assert sorted(details(find(people, "léa martin"))) == sorted(
        [
            ("Léa Martin", "née le 3 mai 1990", ""),
            ("Léa Martin", "naissance : 1er janvier 1971", ""),
            ("Léa Martin", f"Filature Inventée · S26-077, {session.course.title} · {rows[2].email}", ""),
            ("Léa Martin", "lea@exemple.fr", ""),
            ("Léa Martin", "", ""),
        ]
    )


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (SessionState.DRAFT, "brouillon"),
        (SessionState.PLANNED, ""),
        (SessionState.DONE, ""),
        (SessionState.CANCELLED, "annulée"),
        (SessionState.POSTPONED, "reportée"),
    ],
)
def test_a_session_that_is_not_held_says_so(people, state, mark):
    session = SessionFactory(organisation=people.organisation, reference="S26-099", state=state, trainers=[people.trainer_record])
    page = find(people, "S26-099")
    assert details(page) == [
        (session.course.title, "S26-099 · 7 et 8 septembre 2026 · 12, rue Inventée, Lille · Yann Le Goff", mark)
    ]
    assert re.findall(r'<span class="trouves__mot">([^<]*)</span>', on_one_line(page)) == ([mark] if mark else [])


def test_a_session_is_found_by_its_own_words_and_its_list_by_who_leads_and_sends(people):
    session = SessionFactory(
        organisation=people.organisation, reference="S26-050", place="Évry", trainers=[people.trainer_record]
    )
    company = CompanyFactory(organisation=people.organisation, name="Cœur d’Ardoise")
    EnrolmentFactory(session=session, company=company, has_company=True)
    client = people.client(people.quality_manager)
    for text, named in (
        ("S26-050", True),
        ("s26 050", True),
        ("evry", True),
        (f"{session.course.title.upper()} evry", True),
        ("le goff evry", False),
        ("coeur d'ardoise", False),
    ):
        assert (("Sessions", session.course.title) in found(find(people, text))) is named, text
        assert client.get(reverse("agenda:index", args=["fil-ouest"]), {"q": text}).context["page"].paginator.count == 1


def test_a_piece_is_found_by_the_name_of_its_file_and_its_type(people):
    document = DocumentFactory(organisation=people.organisation, title="Sans nom")
    VersionFactory(document=document, file__name="règlement_intérieur-2026.pdf")
    DocumentFactory(organisation=people.organisation, title="Annoncée", type="trainer_cv")
    assert found(find(people, "reglement interieur")) == [("Pièces", "Sans nom")]
    assert [(title, mark) for title, _detail, mark in details(find(people, "annoncee"))] == [("Annoncée", "à déposer")]


def test_the_first_are_shown_and_the_list_shows_the_others(people):
    Trainee.objects.bulk_create(
        Trainee(organisation=people.organisation, first_name="Léa", last_name=f"Quéré{n:02d}") for n in range(MOST + 1)
    )
    page = find(people, "quere")
    assert [title for _kind, title in found(page)] == [f"Léa Quéré{n:02d}" for n in range(MOST)]
    assert "Plus de 25 réponses à « quere » : ajoutez un mot, ou ouvrez une liste." in on_one_line(page)
    (group,) = page.context["groups"]
    assert (group.list_url, group.list_label) == ("/o/fil-ouest/personnes/stagiaires/?q=quere", "Voir la suite dans la liste")
    assert people.client(people.quality_manager).get(group.list_url).context["page"].paginator.count == MOST + 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("quality_manager", 19), ("trainer", 9)])
def test_the_page_asks_the_same_number_of_questions(people, who, queries, count, django_assert_num_queries):
    for _number in range(count):
        own = {"organisation": people.organisation}
        session = SessionFactory(**own, course__title=f"Œuvrard {_number}", trainers=[people.trainer_record])
        company = CompanyFactory(**own, name=f"Œuvrard {_number}")
        EnrolmentFactory(session=session, trainee__last_name="Œuvrard", company=company, has_company=True)
        TrainerFactory(**own, last_name=f"Œuvrard{_number}")
        FunderFactory(**own, name=f"Œuvrard {_number}")
        SubcontractorFactory(**own, name=f"Œuvrard {_number}")
        document = DocumentFactory(**own, title="Œuvrard")
        document.indicator_links.create(indicator=30)
        VersionFactory(document=document)
    client = people.client(getattr(people, who))
    with django_assert_num_queries(queries):
        page = client.get(reverse("search:find", args=["fil-ouest"]), {"q": "oeuvrard"})
    assert len(found(page)) == count * (8 if who == "quality_manager" else 3)


def test_a_search_of_signs_alone_asks_the_database_nothing(people, django_assert_num_queries):
    client = people.client(people.quality_manager)
    with django_assert_num_queries(5):
        client.get(reverse("search:find", args=["fil-ouest"]), {"q": "—"})


HIT = Hit("Léa", "/")
KIND = kinds()[0]
SAID = [
    ("", [], "", "Que cherchez-vous ?"),
    ("—", [], "", "Il n’y a ni lettre ni chiffre à chercher."),
    ("lea", [], "", "Rien ne répond à « lea »."),
    ("lea", [Found(KIND, (HIT,), False, "")], "1 réponse à « lea ».", None),
    ("lea", [Found(KIND, (HIT, HIT), False, "")], "2 réponses à « lea ».", None),
    (
        "lea",
        [Found(KIND, (HIT,) * 2, True, ""), Found(KIND, (HIT,), False, "")],
        "Plus de 3 réponses à « lea » : ajoutez un mot, ou ouvrez une liste.",
        None,
    ),
]


@pytest.mark.parametrize(("text", "answers", "answer", "title"), SAID)
def test_what_the_page_says(text, answers, answer, title):
    nothing = sentences.nothing(text, answers, kinds()[:2])
    assert (sentences.answer(text, answers), nothing and nothing[0]) == (answer, title)


def test_an_empty_page_says_what_to_do(people):
    assert "Écrivez un nom, une référence ou quelques mots" in on_one_line(find(people, ""))
    assert "Essayez un seul mot, ou le début d’un nom" in on_one_line(find(people, "rien de tel"))
    assert "stagiaires, sessions et formations" in on_one_line(find(people, "rien de tel", who="trainer"))


def test_every_page_has_the_field(people):
    home = people.client(people.quality_manager).get("/o/fil-ouest/").content.decode()
    assert home.count('role="search"') == 2
    assert home.count('action="/o/fil-ouest/chercher/"') == 2
    room = people.client(people.auditor).get("/o/fil-ouest/salle/").content.decode()
    assert "/o/fil-ouest/chercher/" not in room


def test_what_is_typed_is_shown_as_text(people):
    page = find(people, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    long = find(people, "x" * 5000)
    assert long.context["text"] == "x" * 100
    assert find(people, "a\x00b").status_code == 200
