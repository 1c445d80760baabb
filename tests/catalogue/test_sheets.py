"""The public sheet and its page: written, opened, read without an account, closed without a trace."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from qualiopi.journal.models import Entry
from tests.answers import on_one_line
from tests.catalogue.conftest import SAID
from tests.factories import CourseFactory, PublicSheetFactory, PublishedRatesFactory
from trainings.catalogue.models import PublicSheet
from trainings.catalogue.verbs import proofread, publish, save_sheet, unpublish

pytestmark = pytest.mark.django_db


def read(course, query=""):
    return Client().get(reverse("course:public", args=[course.pk]) + query)


def text(response):
    return response.content.decode()


def opening(people, course, value):
    address = reverse("catalogue:opening", args=["fil-ouest", course.pk])
    return people.client(people.training_manager).post(address, {"open": value}, follow=True)


def test_a_sheet_keeps_only_headings(people, course):
    sheet = save_sheet(course=course, fields=SAID | {"published_at": timezone.now()}, actor=people.training_manager)
    assert (sheet.price, sheet.published_at) == ("Ce que dit price", None)
    save_sheet(course=course, fields={"price": "940 €"}, actor=people.training_manager)
    entry = Entry.objects.filter(verb="sheet.change").latest("id")
    assert (entry.details, entry.object_label) == ({"fields": ["price"]}, "Animer une réunion qui décide")


def test_a_proofreading_is_of_today_at_the_latest_and_of_something_written(people, course):
    said = {"found_at": "site", "said_alike": True, "actor": people.training_manager}
    with pytest.raises(ValidationError, match="Rien n’est encore écrit"):
        proofread(course=course, on=date(2026, 1, 5), **said)
    PublicSheetFactory(course=course)
    with pytest.raises(ValidationError, match="ne se date pas d’avance"):
        proofread(course=course, on=timezone.localdate() + timedelta(days=1), **said)
    sheet = proofread(course=course, on=timezone.localdate(), **said)
    assert Entry.objects.get(verb="sheet.proofread").details == {
        "on": sheet.proofread_on.isoformat(),
        "found_at": "site",
        "said_alike": True,
    }


def test_nothing_is_opened_before_something_is_written(people, course):
    page = opening(people, course, "1")
    assert "Rien n’est encore écrit sur cette formation" in text(page)
    PublicSheetFactory(course=course, objectives=" ", audience="")
    assert "Rien n’est encore écrit sur cette formation" in text(opening(people, course, "1"))
    assert PublicSheet.objects.get().published_at is None


def test_the_page_opens_and_closes_and_leaves_nothing(people, complete):
    unknown = text(Client().get(reverse("course:public", args=[uuid4()])))
    closed = read(complete)
    assert (closed.status_code, text(closed)) == (404, unknown)
    opening(people, complete, "1")
    shown = read(complete)
    assert (shown.status_code, "Ce que dit objectives" in text(shown)) == (200, True)
    opening(people, complete, "0")
    assert (read(complete).status_code, text(read(complete))) == (404, unknown)
    verbs = Entry.objects.filter(verb__startswith="sheet.").order_by("id").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["sheet.published", "sheet.unpublished"]


def test_opening_twice_and_closing_twice_say_it_once(people, complete):
    first = publish(course=complete, actor=None).published_at
    assert publish(course=complete, actor=None).published_at == first
    unpublish(course=complete, actor=None)
    unpublish(course=complete, actor=None)
    assert Entry.objects.filter(verb__in=["sheet.published", "sheet.unpublished"]).count() == 2
    assert unpublish(course=CourseFactory(), actor=None) is None


def test_a_course_withdrawn_from_sale_has_no_page(people, complete):
    publish(course=complete, actor=None)
    complete.archived_on = timezone.localdate()
    complete.save()
    assert read(complete).status_code == 404
    with pytest.raises(ValidationError, match="retirée de la vente"):
        publish(course=complete, actor=None)
    complete.archived_on = timezone.localdate() + timedelta(days=1)
    complete.save()
    assert read(complete).status_code == 200


def test_the_page_says_every_written_heading_and_no_other(people, complete, django_assert_num_queries):
    people.organisation.activity_number = "53 35 01234 35"
    people.organisation.save()
    PublicSheet.objects.update(price="", contact="bonjour@fil-ouest.example")
    publish(course=complete, actor=None)
    with django_assert_num_queries(2):
        page = text(read(complete))
    for sentence in ("Ce que dit prerequisites", "Ce que dit disability_access", "53 35 01234 35", "Relue le 2 novembre 2026"):
        assert sentence in page
    # Its prospects were written, but the course leads to no certification.
    assert [word for word in ("Tarif", "Ce que dit blocks", "Ce que dit eligibility", "fil-ouest/") if word in page] == []
    assert 'href="mailto:bonjour@fil-ouest.example"' in page


def test_what_is_typed_never_acts_on_the_page(people, complete):
    PublicSheet.objects.update(objectives="<script>alert(1)</script>", audience="https://exemple.fr/?a=1&b=2")
    publish(course=complete, actor=None)
    page = text(read(complete))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_published_rates_come_with_their_figures_and_formula(people, complete):
    complete.certifying, complete.certification_code, complete.certifier = True, "RS6893", "Certificateur inventé"
    complete.save()
    publish(course=complete, actor=None)
    PublishedRatesFactory(course=complete, enrolled=20, presented=18, passed=15, published_on=date(2026, 11, 2))
    PublishedRatesFactory(course=complete, enrolled=9, presented=9, passed=9, published_on=date(2099, 1, 1))
    page = on_one_line(text(read(complete)))
    for sentence in (
        "<b>90 %</b>, 18 présentés sur 20 inscrits",
        "<b>83 %</b>, 15 reçus sur 18 présentés",
        "présentés / inscrits",
        "RS6893",
        "Certificateur inventé",
        "Ce que dit blocks",
    ):
        assert sentence in page
    assert "9 reçus sur 9" not in page


def test_the_page_has_an_english_frame_around_french_words(people, complete):
    publish(course=complete, actor=None)
    page = text(read(complete, "?lang=en"))
    assert '<html lang="en"' in page
    for sentence in ("Prerequisites", "Access for disabled people", "The organisation", "is written in French"):
        assert sentence in page
    assert '<dd lang="fr">Ce que dit prerequisites</dd>' in page
