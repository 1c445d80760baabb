"""The search in a real browser: with the keyboard alone, without JavaScript, from the menu of a phone; accessible at three widths."""

import pytest

from tests import cast
from tests.factories import EnrolmentFactory, SessionFactory, TraineeFactory
from tests.harness.browser import assert_good_at_all_widths
from trainings.sessions.models import SessionState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    people = cast.gather()
    own = {"organisation": people.organisation}
    session = SessionFactory(**own, course__title="Œuvrer ensemble", reference="S26-041", trainers=[people.trainer_record])
    SessionFactory(**own, course=session.course, reference="S26-042", state=SessionState.CANCELLED)
    for name in ("Œuvrard", "Œuvrard"):
        EnrolmentFactory(session=session, trainee=TraineeFactory(**own, last_name=name))
    return people


@pytest.mark.parametrize("javascript", [True, False])
def test_the_field_of_any_page_finds_with_the_keyboard_alone(people, open_page, javascript):
    page = open_page(user=people.quality_manager, javascript=javascript)
    page.goto("/o/fil-ouest/sessions/")
    field = page.get_by_role("searchbox", name="Chercher dans l’organisme")
    field.focus()
    page.keyboard.type("OEUVR")
    page.keyboard.press("Enter")
    page.wait_for_url("**/o/fil-ouest/chercher/?q=OEUVR")
    headings = page.get_by_role("heading", level=2).all_inner_texts()
    assert [heading.strip() for heading in headings] == ["Stagiaires", "Sessions", "Formations"]
    assert page.locator(".trouves__mot").all_inner_texts() == ["annulée"]
    page.locator("a[href='/o/fil-ouest/sessions/?q=OEUVR']").press("Enter")
    page.wait_for_url("**/o/fil-ouest/sessions/?q=OEUVR")


def test_the_menu_of_a_phone_has_the_field(people, open_page):
    page = open_page(user=people.quality_manager, width=360)
    page.goto("/o/fil-ouest/")
    page.locator("details.menu > summary").press("Enter")
    page.get_by_role("searchbox", name="Chercher depuis le menu").fill("s26 041")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.wait_for_url("**/o/fil-ouest/chercher/?q=s26+041")
    page.get_by_role("link", name="Œuvrer ensemble").click()
    page.get_by_role("heading", level=1, name="Œuvrer ensemble").wait_for()
    assert "/o/fil-ouest/sessions/" in page.url


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("quality_manager", "chercher/?q=oeuvr"),
        ("quality_manager", "chercher/?q=rien"),
        ("quality_manager", "chercher/"),
        ("trainer", "chercher/?q=oeuvr"),
        ("auditor", "salle/chercher/?q=oeuvr"),
        ("auditor", "salle/chercher/?lang=en"),
    ],
)
def test_accessible_and_fitting_at_three_widths(people, open_page, who, address):
    page = open_page(user=getattr(people, who))
    page.goto(f"/o/fil-ouest/{address}")
    assert_good_at_all_widths(page)
