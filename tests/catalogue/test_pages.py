"""The pages of a course, as the training manager uses them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.catalogue.conftest import make_complete
from tests.factories import AccreditationFactory, CourseFactory, PublicSheetFactory, SessionFactory
from trainings.catalogue.models import Course, Programme, PublicSheet
from trainings.catalogue.verbs import ObjectiveLine, adopt, save_draft, start_draft

pytestmark = pytest.mark.django_db
SLUG = "fil-ouest"


def address(name, row):
    return reverse(f"catalogue:{name}", args=[SLUG, row.pk])


def text(response):
    return response.content.decode()


def rows_data(editor_lists, **more):
    """What the page of a draft sends: {"objectif": [{"text": …}], …}."""
    data = {}
    for prefix, lines in editor_lists.items():
        data |= {f"{prefix}-TOTAL_FORMS": str(len(lines)), f"{prefix}-INITIAL_FORMS": "0"}
        for number, line in enumerate(lines):
            data |= {f"{prefix}-{number}-{name}": value for name, value in line.items()}
    return data | more


def draft_data(objectives=(), skills=(), sequences=(), **more):
    return rows_data({"objectif": objectives, "competence": skills, "sequence": sequences}, **more)


def test_a_new_course_opens_on_its_page(people):
    client = people.client(people.training_manager)
    answer = client.post(
        reverse("catalogue:create", args=[SLUG]),
        {
            "title": "Tenir une régie",
            "category": "AF",
            "certifying": "true",
            "certification_code": "rncp 38 575",
            "certification_title": "Responsable de régie",
            "certification_level": "5",
            "certifier": "Branche inventée",
            "registered_on": "2026-01-05",
            "registered_until": "2029-01-05",
            "speciality": "326 T",
            "required_qualification": "habilitation électrique",
            "pedagogical_referent": "Maëlle Kerdraon",
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    course = Course.objects.get()
    assert answer.url == address("detail", course)
    assert (course.certification_code, course.speciality, course.registered_until) == ("RNCP38575", "326t", date(2029, 1, 5))
    page = text(client.get(answer.url))
    assert "Il manque 18 rubriques à la fiche publique, un programme adopté, la preuve du droit de préparer" in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"certification_code": "38575"}, "Écrivez RNCP ou RS suivi du numéro de la fiche"),
        ({"certifying": "false", "certification_code": "RS6893"}, "répondez oui, ou effacez ce code"),
        ({"certification_code": "RS6893", "certification_level": "5"}, "Ce niveau ne va pas avec le code RS6893"),
        ({"certification_code": "RNCP1", "certification_level": "rs"}, "Ce niveau ne va pas avec le code RNCP1"),
        ({"speciality": "32"}, "Un code de spécialité compte trois chiffres"),
        (
            {"registered_on": "2026-01-05", "registered_until": "2025-01-05"},
            "La fin d’un enregistrement ne précède pas sa date.",
        ),
    ],
)
def test_what_is_said_of_a_certification_holds_together(people, course, fields, sentence):
    base = {"title": course.title, "category": "AF", "certifying": ""}
    answer = people.client(people.training_manager).post(address("edit", course), base | fields)
    assert answer.status_code == 422
    assert sentence in text(answer)
    course.refresh_from_db()
    assert course.certification_code == ""


def test_the_page_answers_first_and_leads_to_what_is_missing(people, course):
    client = people.client(people.training_manager)
    page = client.get(address("detail", course))
    assert page.context["answer"] == (
        "Il manque 12 rubriques à la fiche publique, un programme adopté et la relecture de ce qui est publié."
    )
    assert page.context["step"].name == "sheet"
    for column in ("prerequisites", "price", "funding"):
        assert f'href="{address("sheet", course)}#id_{column}"' in text(page)


def test_the_page_of_a_complete_course_says_so(people, complete):
    page = people.client(people.training_manager).get(address("detail", complete))
    assert page.context["answer"].startswith("Rien ne manque")
    assert page.context["step"] is None


def test_one_indicator_and_its_texts_are_named_for_each_heading(people, course):
    page = text(people.client(people.training_manager).get(address("detail", course)))
    assert page.count("textes de 2019 et de 2026") == 9
    assert page.count(">texte de 2026<") == 3
    assert page.count(">audits d’avant le 1er novembre 2026<") == 1


def test_a_trainer_sees_the_course_they_lead_without_what_is_managed(people, complete):
    PublicSheet.objects.update(price="3 000 € secrets")
    client = people.client(people.trainer)
    assert client.get(address("detail", complete)).status_code == 404
    SessionFactory(organisation=people.organisation, course=complete, trainers=[people.trainer_record])
    start_draft(course=complete, on=date(2026, 6, 1), actor=None)
    page = client.get(address("detail", complete))
    assert (page.status_code, "Préparer un ordre du jour" in text(page)) == (200, True)
    assert [word for word in ("3 000 € secrets", "Version 2", "Modifier", "S26-") if word in text(page)] == []
    draft, adopted = Programme.objects.order_by("in_force_from")
    if draft.in_force_from is not None:
        draft, adopted = adopted, draft
    assert client.get(address("programme", adopted)).status_code == 200
    assert client.get(address("programme", draft)).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(people, count, django_assert_num_queries):
    for number in range(count):
        made = CourseFactory(organisation=people.organisation, certifying=True, title=f"Formation {number}")
        make_complete(made, people.training_manager)
        AccreditationFactory(course=made)
        SessionFactory(organisation=people.organisation, course=made)
    client = people.client(people.training_manager)
    with django_assert_num_queries(15):
        page = client.get(reverse("catalogue:list", args=[SLUG]))
    assert len(page.context["lines"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_number_of_queries(people, complete, count, django_assert_num_queries):
    for number in range(count):
        AccreditationFactory(course=complete)
        SessionFactory(organisation=people.organisation, course=complete, programme=Programme.objects.get(number=1))
        if number:
            draft = start_draft(course=complete, on=date(2026, 6, number), actor=None)
            adopt(programme=draft, on=date(2026, 6, number), change_note="Encore", actor=None)
    client = people.client(people.training_manager)
    with django_assert_num_queries(25):
        assert client.get(address("detail", complete)).status_code == 200


def test_the_list_names_what_each_course_lacks(people, complete):
    CourseFactory(organisation=people.organisation, title="Zone d’ombre", category="BC")
    page = people.client(people.training_manager).get(reverse("catalogue:list", args=[SLUG]))
    assert [(row.title, missing) for row, missing, _unsaid in page.context["lines"]] == [
        ("Animer une réunion qui décide", ""),
        ("Zone d’ombre", "11 rubriques à la fiche publique, un programme adopté et la relecture de ce qui est publié"),
    ]
    assert "Il manque quelque chose à une formation de cette page." in text(page)


def test_a_programme_is_written_from_the_page_without_javascript(people, course):
    client = people.client(people.training_manager)
    started = client.post(address("start_programme", course))
    draft = Programme.objects.get()
    assert started.url == address("edit_programme", draft)
    data = draft_data(
        objectives=[
            {"text": "Décider", "evaluation": "jeu de rôle", "ORDER": "2"},
            {"text": "", "evaluation": "", "ORDER": ""},
            {"text": "Préparer", "evaluation": "ordre du jour", "ORDER": "1"},
        ],
        sequences=[{"title": "Tout", "hours": "3 h 30", "modality": "présentiel", "objectives": "1 et 3", "skills": ""}],
        duration_hours="14",
        modality="présentiel",
        contents="Préparer, animer.",
    )
    saved = client.post(started.url, data)
    assert saved.url == address("programme", draft)
    assert [(row.position, row.text, row.evaluation) for row in draft.objectives.all()] == [
        (1, "Préparer", "ordre du jour"),
        (2, "Décider", "jeu de rôle"),
    ]
    sequence = draft.sequences.get()
    assert (sequence.hours, [row.position for row in sequence.objectives.all()]) == (Decimal("3.5"), [1, 2])
    shown = text(client.get(started.url))
    assert 'name="objectif-0-text" value="Préparer"' in shown
    assert 'value="3,5"' in shown
    assert 'name="objectif-4-text"' in shown
    assert client.post(started.url, data | {"more": "1"}).url == started.url


def test_lists_are_pasted_from_a_table_or_from_notes(people, course):
    draft = start_draft(course=course, on=date(2026, 1, 5), actor=None)
    data = draft_data(
        **{
            "coller-objectives": "• Préparer\tordre du jour\n2. Décider | jeu de rôle\n\n- Conclure",
            "coller-sequences": "Ouvrir | 1,5 | présentiel\nFermer ; 90 min",
        }
    )
    people.client(people.training_manager).post(address("edit_programme", draft), data)
    assert list(draft.objectives.values_list("text", "evaluation")) == [
        ("Préparer", "ordre du jour"),
        ("Décider", "jeu de rôle"),
        ("Conclure", ""),
    ]
    assert list(draft.sequences.values_list("title", "hours", "modality")) == [
        ("Ouvrir", Decimal("1.5"), "présentiel"),
        ("Fermer", Decimal("1.5"), ""),
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"sequences": [{"title": "Tout", "objectives": "4"}]}, "Aucune ligne écrite ne porte le numéro 4."),
        ({"sequences": [{"title": "Tout", "objectives": "le premier"}]}, "Écrivez des numéros séparés par des virgules"),
        ({"sequences": [{"title": "Tout", "hours": "une matinée"}]}, "Écrivez une durée en heures, par exemple 3,5 ou 3 h 30."),
        ({"sequences": [{"title": "", "hours": "3"}]}, "Écrivez cette ligne, ou videz-la entièrement"),
        ({"objectives": [{"text": "", "evaluation": "quiz"}]}, "Écrivez cette ligne, ou videz-la entièrement"),
        ({"coller-objectives": "x" * 301}, "Une ligne collée compte 301 signes"),
        ({"duration_hours": "0"}, "La durée d’un programme se compte en heures, au-dessus de zéro."),
    ],
)
def test_what_cannot_be_kept_is_told_beside_it_and_nothing_is_saved(people, course, data, sentence):
    draft = start_draft(course=course, on=date(2026, 1, 5), actor=None)
    lists = {"objectives": [{"text": "Décider"}], **data}
    more = {key: value for key, value in lists.items() if key not in ("objectives", "sequences")}
    sent = draft_data(objectives=lists["objectives"], sequences=lists.get("sequences", ()), **more)
    answer = people.client(people.training_manager).post(address("edit_programme", draft), sent)
    assert (answer.status_code, draft.objectives.count()) == (422, 0)
    assert sentence in text(answer).replace("\u202f", " ").replace("\u00a0", " ")


def test_a_draft_adopted_meanwhile_is_not_written_over(people, complete):
    programme = Programme.objects.get()
    client = people.client(people.training_manager)
    answer = client.post(address("edit_programme", programme), draft_data(objectives=[{"text": "Changé"}]), follow=True)
    assert answer.redirect_chain[0][0] == address("programme", programme)
    assert "elle ne change plus" in text(answer)
    assert programme.objectives.first().text == "Préparer un ordre du jour"


def test_one_adopts_a_version_knowing_what_it_lacks(people, course):
    draft = start_draft(course=course, on=date(2026, 1, 5), actor=None)
    save_draft(programme=draft, fields={}, objectives=[ObjectiveLine("Décider")], skills=[], sequences=[], actor=None)
    client = people.client(people.training_manager)
    shown = client.get(address("adopt_programme", draft))
    assert shown.context["lacks"] == ["l’évaluation d’un objectif", "le contenu", "les séquences", "la modalité"]
    answer = client.post(address("adopt_programme", draft), {"in_force_from": "2026-11-02", "change_note": ""})
    draft.refresh_from_db()
    assert (answer.url, draft.in_force_from, draft.adopted_by) == (
        address("detail", course),
        date(2026, 11, 2),
        people.training_manager,
    )


def test_a_later_version_says_what_changes(people, complete):
    draft = start_draft(course=complete, on=date(2026, 6, 1), actor=None)
    client = people.client(people.training_manager)
    answer = client.post(address("adopt_programme", draft), {"in_force_from": "2026-11-02", "change_note": ""})
    assert answer.status_code == 422
    assert "Dites en une phrase ce qui change depuis la version 1." in text(answer)


def test_a_draft_is_given_up_by_a_button_alone(people, course):
    draft = start_draft(course=course, on=date(2026, 1, 5), actor=None)
    client = people.client(people.training_manager)
    assert client.get(address("discard_programme", draft)).status_code == 405
    client.post(address("discard_programme", draft))
    assert Programme.objects.count() == 0


def test_the_sheet_is_proposed_from_the_programme_and_kept_only_when_saved(people, complete):
    PublicSheet.objects.all().delete()
    client = people.client(people.training_manager)
    page = client.get(address("sheet", complete))
    form = page.context["form"]
    assert form.initial["objectives"] == "Préparer un ordre du jour\nDécider"
    assert form.initial["assessment"] == "ordre du jour rédigé\njeu de rôle"
    assert (form.initial["teaching_arrangements"], form.initial["duration"]) == ("présentiel", "14\u00a0h")
    assert "blocks" not in form.fields
    assert PublicSheet.objects.count() == 0
    client.post(address("sheet", complete), {"objectives": "Décider ensemble", "price": "sur devis, dès 900 €"})
    sheet = PublicSheet.objects.get()
    assert (sheet.objectives, sheet.price, sheet.prerequisites) == ("Décider ensemble", "sur devis, dès 900 €", "")
    assert Entry.objects.filter(verb="sheet.change").latest("id").actor == people.training_manager


def test_the_sheet_of_a_certifying_course_asks_for_its_prospects(people, course):
    course.certifying = True
    course.save()
    form = people.client(people.training_manager).get(address("sheet", course)).context["form"]
    assert [name for name in ("blocks", "further_studies", "outlets", "eligibility") if name in form.fields] == [
        "blocks",
        "further_studies",
        "outlets",
    ]


def test_a_proofreading_has_a_person_a_day_and_a_place(people, course):
    PublicSheetFactory(course=course, found_at="")
    client = people.client(people.training_manager)
    refused = client.post(address("proofread", course), {"proofread_on": "2026-11-02", "found_at": ""})
    assert (refused.status_code, PublicSheet.objects.get().proofread_on) == (422, None)
    client.post(
        address("proofread", course), {"proofread_on": "2026-11-02", "found_at": "fil-ouest.example", "said_alike": "true"}
    )
    sheet = PublicSheet.objects.get()
    assert (sheet.proofread_on, sheet.proofread_by, sheet.found_at, sheet.said_alike) == (
        date(2026, 11, 2),
        people.training_manager,
        "fil-ouest.example",
        True,
    )


def test_a_sheet_changed_after_its_proofreading_says_so(people, complete):
    client = people.client(people.training_manager)
    PublicSheet.objects.update(updated_at=timezone.make_aware(timezone.datetime(2026, 11, 2, 12)))
    assert client.get(address("detail", complete)).context["changed_since"] is False
    PublicSheet.objects.update(updated_at=timezone.make_aware(timezone.datetime(2026, 11, 12, 12)))
    page = client.get(address("detail", complete))
    assert page.context["changed_since"] is True
    assert "la fiche a changé depuis, le 12 novembre 2026" in text(page)


def test_a_copy_takes_the_programme_as_a_draft_and_the_sheet_to_be_proofread(people, complete):
    client = people.client(people.training_manager)
    same = client.post(address("duplicate", complete), {"title": "ANIMER une réunion qui décide"})
    assert (same.status_code, Course.objects.count()) == (422, 1)
    client.post(address("duplicate", complete), {"title": "Animer une réunion à distance"})
    copy = Course.objects.get(title="Animer une réunion à distance")
    draft = copy.programmes.get()
    assert (draft.number, draft.in_force_from, draft.objectives.count(), draft.sequences.count()) == (1, None, 2, 2)
    assert (copy.sheet.objectives, copy.sheet.proofread_on, copy.sheet.found_at) == ("Ce que dit objectives", None, "")


def test_the_sessions_of_a_course_say_which_version_they_follow(people, complete):
    SessionFactory(organisation=people.organisation, course=complete, reference="S26-900", programme=Programme.objects.get())
    SessionFactory(organisation=people.organisation, course=complete, reference="S26-901")
    page = people.client(people.training_manager).get(address("detail", complete))
    assert [(row.reference, row.programme and row.programme.number) for row in page.context["sessions"]] == [
        ("S26-900", 1),
        ("S26-901", None),
    ]
