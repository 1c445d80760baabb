"""Pages and downloads of the packs."""

from datetime import date, timedelta
from uuid import uuid4

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.packs.models import Pack, PackState
from evidence.packs.verbs import plan_of
from qualiopi.background.models import Worker
from qualiopi.background.queries import SILENCE
from qualiopi.journal.models import Entry
from qualiopi.organisations.queries import audit_date_for
from qualiopi.web import pdf
from tests import cast
from tests.harness.worlds import shared

pytestmark = pytest.mark.django_db
AUDIT = date(2027, 3, 18)


people = shared(cast.gather)


@pytest.fixture
def pack(people):
    """A pack asked for from the page; the tests run tasks at once."""
    client = people.client(people.quality_manager)
    answer = client.post(reverse("packs:create", args=["fil-ouest"]), {"audit_date": "2027-03-18"})
    made = Pack.objects.get()
    assert answer.url == reverse("packs:detail", args=["fil-ouest", made.pk])
    assert made.state == PackState.READY
    return made


def download(people, user, pack, **headers):
    return people.client(user).get(reverse("packs:download", args=["fil-ouest", pack.pk]), headers=headers)


def test_the_auditor_downloads_and_it_is_noted(people, pack):
    answer = download(people, people.auditor, pack)
    assert b"".join(answer.streaming_content) == b"".join(plan_of(pack).stream())
    assert (answer["Content-Length"], answer["ETag"]) == (str(pack.size), f'"{pack.sha256}"')
    assert list(Entry.objects.filter(verb="pack.download").values_list("actor_name", flat=True)) == ["Odile Vérif"]


def test_a_download_resumes(people, pack):
    whole = b"".join(plan_of(pack).stream())
    answer = download(people, people.auditor, pack, range="bytes=1000-")
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, whole[1000:])
    assert answer["Content-Range"] == f"bytes 1000-{pack.size - 1}/{pack.size}"
    # Who asks for everything but the first byte leaves a trace too.
    assert [entry.details for entry in Entry.objects.filter(verb="pack.download")] == [
        {"sha256": pack.sha256, "from": 1000, "to": pack.size}
    ]


def test_a_part_asked_for_another_state_gives_the_whole(people, pack):
    answer = download(people, people.auditor, pack, range="bytes=1000-", **{"if-range": '"autre"'})
    assert (answer.status_code, answer["Content-Length"]) == (200, str(pack.size))


def test_a_part_beyond_the_end(people, pack):
    answer = download(people, people.auditor, pack, range=f"bytes={pack.size}-")
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{pack.size}")


@pytest.mark.parametrize("who", ["training_manager", "trainer", "stranger"])
def test_others_learn_nothing(people, pack, who):
    assert download(people, getattr(people, who), pack).status_code == 404


def test_a_pack_that_is_not_ready_is_not_downloaded(people, pack):
    waiting = Pack.objects.create(
        organisation=people.organisation, audit_date=AUDIT, observed_on=AUDIT, state=PackState.BUILDING, progress=40
    )
    assert download(people, people.quality_manager, waiting).status_code == 404
    page = people.client(people.quality_manager).get(reverse("packs:detail", args=["fil-ouest", waiting.pk]))
    assert 'value="40"' in page.content.decode()


INTERRUPTED = "La préparation s’est interrompue ; elle reprend d’elle-même là où elle en était."
UNATTENDED = "Rien ne prépare les dossiers en ce moment"


@pytest.mark.parametrize(
    ("state", "silent_for", "told"),
    [
        (PackState.BUILDING, timedelta(0), []),
        (PackState.BUILDING, SILENCE, [INTERRUPTED]),
        (PackState.BUILDING, None, [INTERRUPTED]),
        (PackState.QUEUED, timedelta(0), []),
        (PackState.QUEUED, SILENCE, [UNATTENDED]),
        (PackState.QUEUED, None, [UNATTENDED]),
    ],
)
def test_a_pack_whose_worker_vanished_says_so(people, state, silent_for, told):
    """`silent_for`: since when its worker gave no sign of life; None: it is not even known."""
    holder = uuid4()
    if silent_for is not None:
        Worker.objects.create(pk=holder, alive_at=timezone.now() - silent_for)
    waiting = Pack.objects.create(
        organisation=people.organisation, audit_date=AUDIT, observed_on=AUDIT, state=state, held_by=holder
    )
    page = people.client(people.quality_manager).get(reverse("packs:detail", args=["fil-ouest", waiting.pk])).content.decode()
    assert [sentence for sentence in (INTERRUPTED, UNATTENDED) if sentence in page] == told
    assert "Le dossier se prépare" in page


def test_a_swap_gives_what_the_page_gives(people, pack):
    address = reverse("packs:detail", args=["fil-ouest", pack.pk])
    client = people.client(people.quality_manager)
    whole = client.get(address).content.decode()
    part = client.get(address, headers={"hx-request": "true", "hx-target": "avancement"}).content.decode()
    assert part.strip() in whole


@pytest.mark.parametrize("typed", ["18 mars", "0202-03-18", "20277-03-18", "2127-03-18", "1026-11-01"])
def test_a_bad_date_in_the_address_is_that_of_the_next_audit(people, typed):
    form = people.client(people.quality_manager).get(reverse("packs:list", args=["fil-ouest"]), {"date": typed}).context["form"]
    assert form.initial["audit_date"] == audit_date_for(people.organisation, today=timezone.localdate())


def test_a_bad_date_is_refused_and_kept(people):
    answer = people.client(people.quality_manager).post(reverse("packs:create", args=["fil-ouest"]), {"audit_date": "18 mars"})
    assert (answer.status_code, "18 mars" in answer.content.decode(), Pack.objects.count()) == (422, True, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_number_of_queries(people, pack, count, django_assert_num_queries):
    for _number in range(count - 1):
        Pack.objects.create(
            organisation=people.organisation, audit_date=AUDIT, observed_on=AUDIT, created_by=people.quality_manager
        )
    client = people.client(people.quality_manager)
    with django_assert_num_queries(8):
        client.get(reverse("packs:list", args=["fil-ouest"]))


@pytest.mark.laid_out
def test_a_report_that_stops_is_told_and_is_not_noted_as_read(people, monkeypatch, caplog):
    def dead(self, html):
        raise pdf.PdfStopped("status -9")

    monkeypatch.setattr(pdf.Writer, "write", dead)
    answer = people.client(people.quality_manager).get(reverse("packs:report", args=["fil-ouest"]) + "?date=2027-03-18")
    assert answer.status_code == 503
    assert "Le PDF n’a pas pu être écrit." in answer.content.decode()
    assert not Entry.objects.filter(verb="report.read").exists()
    logged = [record for record in caplog.records if record.name == "temoin.pdf"]
    assert [(record.levelname, str(record.exc_info[1])) for record in logged] == [("ERROR", "status -9")]


@pytest.mark.laid_out
def test_the_report_is_a_tagged_pdf_in_french_with_its_fonts(people, tmp_path):
    answer = people.client(people.quality_manager).get(reverse("packs:report", args=["fil-ouest"]) + "?date=2027-03-18")
    path = tmp_path / "rapport.pdf"
    path.write_bytes(answer.content)
    with pikepdf.open(path) as opened:
        assert opened.Root.MarkInfo.Marked
        assert str(opened.Root.Lang) == "fr"
        with opened.open_metadata() as metadata:
            assert (metadata["pdfuaid:part"], metadata["dc:title"]) == (
                "1",
                "État des preuves, Ateliers du Fil Ouest, audit du 18 mars 2027",
            )
        descriptors = [
            font.DescendantFonts[0].FontDescriptor for page in opened.pages for font in page.Resources.get("/Font", {}).values()
        ]
        assert [d for d in descriptors if "/FontFile2" not in d and "/FontFile3" not in d] == []
    assert Entry.objects.filter(verb="report.read").count() == 1
