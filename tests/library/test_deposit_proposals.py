"""What is ticked beforehand when a file comes in: what concerns the organisation, and nothing else."""

import pytest

from evidence.library.forms import DepositForm, Preset
from evidence.library.verbs import deposit
from qualiopi.standard.book import standard
from tests import cast
from tests.factories import ActivityProfileFactory
from tests.files import made

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("work_based", "ticked"), [(False, [18, 30]), (None, [18, 28, 30]), (True, [18, 28, 30])])
def test_an_indicator_that_does_not_apply_is_proposed_unticked(work_based, ticked):
    people = cast.gather()
    ActivityProfileFactory(organisation=people.organisation)
    people.organisation.profile.work_based = work_based
    came = deposit(
        organisation=people.organisation, upload=made.upload("Compte rendu.pdf", made.pdf()), actor=people.quality_manager
    )
    form = DepositForm(
        deposit=came,
        organisation=people.organisation,
        grid=standard().grids[-1],
        known=[],
        sort_url="/",
        suggest_url="/",
        preset=Preset(type="meeting_minutes"),
    )
    assert form.initial["indicators"] == ticked
    assert [number for number, _label in form.fields["indicators"].choices] == [18, 28, 30]
