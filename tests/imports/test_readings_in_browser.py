"""The doubts of columns in a real browser, at three widths: seen, then settled with one click."""

from pathlib import Path

import pytest

from tests.cast import gather
from tests.factories import SessionFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.surveys.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ANSWERS = "Date;Session;Satisfaction;Recommandation\n02/03/2026;S1;Chouette;Oui\n04/03/2026;S1;5;9\n"


def test_a_doubt_is_settled_with_one_click(open_page, tmp_path):
    cast = gather()
    SessionFactory(organisation=cast.organisation, reference="S1", starts_on=None, ends_on=None)
    path = Path(tmp_path / "avis.csv")
    path.write_text(ANSWERS, encoding="utf-8")
    page = open_page(cast.training_manager)
    page.goto("/o/fil-ouest/import/nouveau/survey_answers/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("group", name="Comment lire la colonne Date").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_label("mois avant le jour").check()
    page.get_by_label("Chouette").select_option(label="4 sur 5")
    page.get_by_role("button", name="Vérifier les 2 lignes").click()
    page.get_by_role("heading", level=1, name="Les 2 lignes sont prêtes.").wait_for()
    assert_good_at_all_widths(page)
    page.get_by_role("button", name="Importer les 2 lignes").click()
    page.get_by_role("heading", level=1, name="Les 2 lignes sont importées.").wait_for()
    assert sorted(str(day) for day in Response.objects.values_list("answered_on", flat=True)) == ["2026-02-03", "2026-04-03"]
