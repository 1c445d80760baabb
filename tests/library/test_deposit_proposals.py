"""What is ticked beforehand when a file comes in: what concerns the organisation, and nothing else."""

import pytest

from evidence.library.forms import DepositForm, Preset
from evidence.library.verbs import deposit
from qualiopi.standard.book import standard
from tests import cast
from tests.factories import ActivityProfileFactory
from tests.files import made

pytestmark = pytest.mark.django_db


def form_for(name, preset, *, work_based=None):
    people = cast.gather()
    ActivityProfileFactory(organisation=people.organisation)
    people.organisation.profile.work_based = work_based
    came = deposit(organisation=people.organisation, upload=made.upload(name, made.pdf()), actor=people.quality_manager)
    return DepositForm(
        deposit=came,
        organisation=people.organisation,
        grid=standard().grids[-1],
        known=[],
        same=None,
        sort_url="/",
        suggest_url="/",
        preset=preset,
    )


@pytest.mark.parametrize(("work_based", "ticked"), [(False, [18, 30]), (None, [18, 28, 30]), (True, [18, 28, 30])])
def test_an_indicator_that_does_not_apply_is_proposed_unticked(work_based, ticked):
    form = form_for("Compte rendu.pdf", Preset(type="meeting_minutes"), work_based=work_based)
    assert form.initial["indicators"] == ticked
    assert [number for number, _label in form.fields["indicators"].choices] == [18, 28, 30]


@pytest.mark.parametrize(
    ("name", "preset", "type_", "offered", "ticked", "told"),
    [
        ("C6_I23_veille.pdf", Preset(), "", [23], [23], ["Indicateur coché d’après le nom du fichier : « C6_I23 »."]),
        (
            "I24 tableau de veille.pdf",
            Preset(),
            "watch_log",
            [23, 24, 25],
            [24],
            [
                "Type proposé d’après le nom du fichier : « tableau de veille ».",
                "Indicateur coché d’après le nom du fichier : « I24 ».",
            ],
        ),
        ("I24 tableau de veille.pdf", Preset(indicator=9), "", [9], [9], []),
        ("scan0001.pdf", Preset(), "", [], [], []),
    ],
)
def test_the_name_proposes_type_and_indicators_unless_the_page_knows_better(name, preset, type_, offered, ticked, told):
    form = form_for(name, preset)
    assert (
        form.initial["type"],
        [number for number, _label in form.fields["indicators"].choices],
        form.initial["indicators"],
        form.name_told,
    ) == (type_, offered, ticked, told)
