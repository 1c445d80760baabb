"""How documents look: a colour that is read, a logo that is a picture, and nothing that changes what is issued."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from qualiopi.files.errors import RefusedFile
from qualiopi.files.verbs import open_checked
from qualiopi.web.colours import contrast_on_white, readable_on_white
from tests.documents.test_issuing import issue_all
from tests.documents.test_keeping import PDF, copy
from tests.factories import OrganisationFactory
from trainings.documents.models import DocumentKind, Style
from trainings.documents.printing import look_of
from trainings.documents.verbs import save_style, save_template
from trainings.documents.wording import shipped_body


def style(organisation, **fields):
    return save_style(
        **{"organisation": organisation, "colour": "#1f5f4f", "signatory": "Soazig Perrot", "signatory_title": "", "actor": None}
        | fields
    )


def picture(size=(300, 100), kind="PNG"):
    written = io.BytesIO()
    Image.new("RGB", size, "#1f5f4f").save(written, format=kind)
    return written.getvalue()


def kept_files():
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("colour", "contrast"), [("#ffffff", 1.0), ("#000000", 21.0), ("#777777", 4.48), ("#767676", 4.54), ("#6a2c5e", 9.84)]
)
def test_contrast_is_that_of_the_standard(colour, contrast):
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.05)


@pytest.mark.parametrize("colour", ["#ffffff", "#ffd400", "#00ff00", "#777777", "#767676", "#6a2c5e"])
def test_the_nearest_readable_colour_is_readable(colour):
    near = readable_on_white(colour)
    assert contrast_on_white(near) >= 4.5
    assert near == colour if contrast_on_white(colour) >= 4.5 else near != colour


def test_a_colour_that_is_not_read_on_white_is_refused_with_a_near_one(people):
    with pytest.raises(ValidationError) as refused:
        style(people.organisation, colour="#FFD400")
    assert refused.value.message_dict == {
        "colour": [
            "Cette couleur se lit mal sur du blanc (contraste de 1,4 pour 1, il en faut 4,5). La plus proche qui se lit : "
            f"{readable_on_white('#ffd400')}."
        ]
    }
    assert Style.objects.count() == 0
    assert style(people.organisation, colour=readable_on_white("#ffd400")).pk


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (PDF, "logo.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "logo.svg"),
        (picture()[:-40], "logo.png"),
        (b"", "logo.png"),
    ],
)
def test_a_logo_is_judged_by_its_content(people, content, name):
    before = kept_files()
    with pytest.raises(RefusedFile):
        style(people.organisation, logo=copy(content, name))
    assert (Style.objects.count(), kept_files()) == (0, before)


def test_only_the_redrawn_logo_is_kept(people):
    before = kept_files()
    kept = style(people.organisation, logo=copy(picture(kind="JPEG"), "logo.jpg"))
    assert (len(kept_files()) - len(before), kept.logo.media_type) == (1, "image/png")


def test_what_is_issued_does_not_change_with_the_wording_or_the_look(world):
    (issued,) = issue_all(world, DocumentKind.AGREEMENT).issued
    with open_checked(issued.file) as file:
        before = file.read()
    save_template(
        organisation=world.session.organisation,
        kind="agreement",
        body=shipped_body("agreement") + "\nAutre clause.\n",
        actor=None,
    )
    style(world.session.organisation, colour="#0b3d91", logo=copy(picture(), "logo.png"))
    issued.refresh_from_db()
    with open_checked(issued.file) as file:
        assert file.read() == before
    assert issued.template_number == 0


@pytest.mark.parametrize(
    ("zone", "number", "end"),
    [
        ("Europe/Paris", "", "Lille"),
        ("Indian/Reunion", "", "Lille. Heure locale : La Réunion."),
        ("Indian/Reunion", "53350000035", "agrément de l’État. Heure locale : La Réunion."),
    ],
)
def test_a_paper_says_whose_hours_it_prints_outside_of_paris(zone, number, end):
    organisation = OrganisationFactory.build(
        time_zone=zone, activity_number=number, siret="", address="", postcode="", city="Lille"
    )
    with translation.override("en"):
        assert look_of(organisation, None).line.endswith(end)
