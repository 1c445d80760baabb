"""The catalogue's pages in a real browser: they fit, they are accessible, they work without a script."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import AccreditationFactory, CourseFactory, PublishedRatesFactory, SessionFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.catalogue.models import Programme
from trainings.catalogue.verbs import ObjectiveLine, SkillLine, publish, save_draft, start_draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_pages_are_good_at_all_widths(people, complete, open_page):
    certifying = CourseFactory(
        organisation=people.organisation, title="Responsable de régie", certifying=True, certification_code="RNCP38575"
    )
    draft = start_draft(course=certifying, on=date(2026, 1, 5), actor=None)
    save_draft(
        programme=draft,
        fields={"modality": "mixte"},
        objectives=[ObjectiveLine("Conduire un montage")],
        skills=[SkillLine("Préparer la régie")],
        sequences=[],
        actor=None,
    )
    right = AccreditationFactory(course=certifying, valid_until=date(2026, 6, 30))
    SessionFactory(organisation=people.organisation, course=complete, programme=Programme.objects.get(course=complete))
    page = open_page(people.training_manager)
    pages = [
        ("list", []),
        ("create", []),
        ("detail", [complete.pk]),
        ("detail", [certifying.pk]),
        ("edit", [certifying.pk]),
        ("sheet", [certifying.pk]),
        ("proofread", [complete.pk]),
        ("duplicate", [complete.pk]),
        ("programme", [draft.pk]),
        ("edit_programme", [draft.pk]),
        ("adopt_programme", [draft.pk]),
        ("add_accreditation", [certifying.pk]),
        ("edit_accreditation", [right.pk]),
    ]
    for name, parameters in pages:
        page.goto(reverse(f"catalogue:{name}", args=["fil-ouest", *parameters]))
        for summary in page.locator("main details > summary").all():
            summary.click()
        assert_good_at_all_widths(page)


@pytest.mark.parametrize("language", ["fr-FR", "en-GB"])
def test_the_public_page_is_good_on_a_phone_too(people, complete, open_page, language):
    complete.certifying, complete.certification_code = True, "RS6893"
    complete.save()
    PublishedRatesFactory(course=complete, published_on=date(2026, 11, 2))
    publish(course=complete, actor=None)
    page = open_page(language=language)
    page.goto(reverse("course:public", args=[complete.pk]))
    page.get_by_role("heading", level=1, name="Animer une réunion qui décide").wait_for()
    assert_good_at_all_widths(page)
    page.emulate_media(media="print")
    assert page.locator(".langues").is_visible() is False


def test_a_programme_is_written_and_adopted_without_a_script(people, course, open_page):
    page = open_page(people.training_manager, width=360, javascript=False, phone=True)
    page.goto(reverse("catalogue:detail", args=["fil-ouest", course.pk]))
    page.get_by_role("button", name="Écrire le programme").click()
    page.get_by_label("Objectif, ligne 1").fill("Décider ensemble")
    page.get_by_label("Évalué par, ligne 1").fill("jeu de rôle")
    page.get_by_label("Séquence, ligne 1").fill("Une journée")
    page.get_by_label("Durée, ligne 1").fill("3 h 30")
    page.get_by_label("Objectifs nos, ligne 1").fill("1")
    page.get_by_role("button", name="Enregistrer la version").click()
    page.get_by_role("link", name="Adopter cette version").click()
    page.get_by_role("button", name="Adopter cette version").click()
    page.get_by_role("heading", name="Programme en vigueur, version 1").wait_for()
    programme = Programme.objects.get()
    assert (programme.adopted_by, programme.sequences.get().objectives.get().text) == (
        people.training_manager,
        "Décider ensemble",
    )
