"""What others wrote at any length: no letter leaves the sheet, in any kind of PDF."""

import pytest

from tests.harness.worlds import shared
from tests.papers.structure import faults
from tests.papers.test_one_page import read
from tests.papers.world import KINDS, papers
from trainings.catalogue.models import Course
from trainings.people.models import Company, Trainee, Trainer
from trainings.sessions.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_pdf_once")]
ENDLESS = "Anticonstitutionnellement" * 4


def stretch(papers):
    """Titles, places and names of a hundred letters without a blank."""
    for session in (papers.world.session, papers.lived):
        Course.objects.filter(pk=session.course_id).update(title=ENDLESS)
        Session.objects.filter(pk=session.pk).update(place=ENDLESS)
    Trainee.objects.update(last_name=ENDLESS)
    Company.objects.filter(pk=papers.world.company.pk).update(name=ENDLESS)
    Trainer.objects.filter(pk=papers.world.trainer.pk).update(last_name=ENDLESS[:75])
    papers.world.session.refresh_from_db()
    papers.lived.refresh_from_db()
    return papers


stretched = shared(stretch, on=papers)


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_leaves_the_sheet(stretched, kind):
    content = stretched.write(kind)
    assert [page for page, (_words, inside) in enumerate(read(content), start=1) if not inside] == []
    assert faults(content) == []
