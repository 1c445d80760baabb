"""Filing pieces in a real browser: several files at once, with and without JavaScript; accessible at three widths."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pikepdf import String

from evidence.library import verbs
from evidence.library.models import Deposit, Document
from tests import cast
from tests.factories import DocumentFactory, SessionFactory
from tests.files import made, mails
from tests.harness.browser import assert_good_at_all_widths
from tests.harness.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILES = [
    {"name": "Règlement intérieur.pdf", "mimeType": "application/pdf", "buffer": made.pdf()},
    {"name": "veille.zip", "mimeType": "application/zip", "buffer": made.archive({"a.txt": b"a"})},
    {"name": "scan.png", "mimeType": "image/png", "buffer": made.picture("PNG", (60, 40))},
]


@pytest.fixture
def people():
    return cast.gather()


def url(name, organisation, *args):
    return reverse(f"library:{name}", args=[organisation.slug, *args])


@pytest.mark.parametrize("javascript", [True, False])
def test_several_files_are_filed(people, open_page, javascript):
    organisation = people.organisation
    session = SessionFactory(organisation=organisation, reference="S26-041")
    page = open_page(user=people.quality_manager, javascript=javascript)
    page.goto(url("upload", organisation))
    page.set_input_files("input[type=file]", FILES)
    if not javascript:
        page.get_by_role("button", name="Déposer", exact=True).click()
    page.wait_for_url(f"**{url('sort', organisation)}")
    refusal = "« veille.zip » n’est pas déposé. Les archives ne sont pas acceptées : déposez les fichiers qu’elle contient."
    page.get_by_text(refusal).wait_for()
    rows = page.locator("section.depose")
    assert rows.count() == 2
    picture = rows.nth(1)
    picture.get_by_label("Intitulé").fill("Plan de la salle")
    picture.get_by_label("Type de pièce").select_option("cv")
    picture.get_by_label("Concerne").fill("S26-041")
    if not javascript:
        page.get_by_role("button", name="Voir les indicateurs proposés").click()
    page.locator("section.depose").nth(1).get_by_label("21 Compétences des intervenants").wait_for()
    assert page.locator("section.depose").nth(1).get_by_label("Intitulé").input_value() == "Plan de la salle"
    page.get_by_role("button", name="Ranger les 2 pièces").click()
    page.get_by_text("2 pièces sont rangées.").wait_for()
    plan = Document.objects.get(title="Plan de la salle")
    assert (plan.type, [link.indicator for link in plan.indicator_links.all()]) == ("cv", [21])
    assert [link.session for link in plan.subject_links.all()] == [session]
    assert (Document.objects.count(), Deposit.objects.count()) == (2, 0)


def test_the_enter_key_files_and_never_takes_away(people, open_page):
    for name in ("Règlement intérieur.pdf", "Livret d’accueil.pdf"):
        verbs.deposit(
            organisation=people.organisation, upload=made.upload(name, made.pdf(Lang=String(name))), actor=people.quality_manager
        )
    page = open_page(user=people.quality_manager)
    page.goto(url("sort", people.organisation))
    page.locator("summary", has_text="Modifier").first.click()
    page.get_by_label("Intitulé").first.press("Enter")
    page.get_by_text("2 pièces sont rangées.").wait_for()
    assert (Document.objects.count(), Deposit.objects.count()) == (2, 0)


def test_a_file_is_taken_away(people, open_page):
    for name in ("a.pdf", "b.pdf"):
        verbs.deposit(
            organisation=people.organisation, upload=made.upload(name, made.pdf(Lang=String(name))), actor=people.quality_manager
        )
    page = open_page(user=people.quality_manager)
    page.goto(url("sort", people.organisation))
    page.get_by_role("button", name="Retirer b.pdf").click()
    page.get_by_text("« b.pdf » est retiré, rien n’en est gardé.").wait_for()
    assert [waiting.file.name for waiting in Deposit.objects.select_related("file")] == ["a.pdf"]


def test_the_pages_are_accessible_at_all_widths(people, open_page):
    organisation, today = people.organisation, timezone.localdate()
    page = open_page(user=people.quality_manager)
    page.goto(url("list", organisation))
    assert_good_at_all_widths(page)
    session = SessionFactory(organisation=organisation, reference="S26-041")
    DocumentFactory(organisation=organisation, title="Annoncée", type="cv")
    piece = verbs.file_document(
        organisation=organisation,
        upload=made.upload("plan.png", made.picture("PNG", (60, 40))),
        title="Plan de la salle",
        type="internal_rules",
        indicators=[9],
        sessions=[session],
        valid_until=today,
        actor=people.quality_manager,
    )
    verbs.deposit(
        organisation=organisation, upload=made.upload("Règlement intérieur.pdf", made.pdf()), actor=people.quality_manager
    )
    for address in (
        url("list", organisation),
        f"{url('list', organisation)}?q=rien",
        url("upload", organisation),
        url("sort", organisation),
        f"{url('detail', organisation, piece.pk)}?q=S26",
        url("edit", organisation, piece.pk),
        url("new_version", organisation, piece.pk),
        url("of_session", organisation, session.pk),
    ):
        page.goto(address)
        assert_good_at_all_widths(page)


def test_a_pdf_is_shown_in_its_frame(people, open_page):
    piece = verbs.file_document(
        organisation=people.organisation, upload=made.upload("a.pdf", made.pdf()), title="Bilan", actor=people.quality_manager
    )
    page = open_page(user=people.quality_manager)
    with page.expect_response(lambda response: "/apercu/" in response.url) as answered:
        page.goto(url("detail", people.organisation, piece.pk))
    assert (answered.value.status, answered.value.headers["content-type"]) == (200, "application/pdf")


def without_sandbox(route):
    """The same answer, in which a test may look: a page that runs no script lets nobody look, axe neither."""
    answer = route.fetch()
    policy = answer.headers["content-security-policy"].replace("sandbox; ", "").replace("default-src 'none'; ", "")
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


def test_a_message_is_read_in_its_frame(people, open_page):
    organisation = people.organisation
    content = mails.eml(page=mails.PAGE, files={"plan.pdf": made.pdf()})
    message = verbs.file_document(
        organisation=organisation, upload=made.upload("Accord.eml", content), title="Accord", actor=people.quality_manager
    )
    preview = reverse("library:preview", args=[organisation.slug, message.versions.get().pk])
    page = open_page(user=people.quality_manager)
    page.route(f"**{preview}", without_sandbox)
    page.goto(url("detail", organisation, message.pk))
    page.frame_locator("iframe").get_by_role("heading", name="Convocation séance 1").wait_for()
    assert_good_at_all_widths(page)
    page.goto(preview)
    page.get_by_text("plan.pdf").wait_for()
    assert page.locator("dl > div").first.evaluate("part => getComputedStyle(part).display") == "flex"
    assert_good_at_all_widths(page)


def test_a_photograph_of_a_phone_is_seen(people, open_page):
    upload = made.upload("Photo.heic", mails.heic((640, 480)))
    photo = verbs.file_document(organisation=people.organisation, upload=upload, title="Salle", actor=people.quality_manager)
    page = open_page(user=people.quality_manager)
    page.goto(url("detail", people.organisation, photo.pk))
    picture = page.locator("img.apercu__image")
    picture.scroll_into_view_if_needed()
    until(lambda: picture.evaluate("image => image.naturalWidth") == 640, "la photo est venue")
    assert_good_at_all_widths(page)
