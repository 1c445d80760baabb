"""The twelve kinds of PDF that the product writes, each from a world where all is filled in."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image, ImageDraw

from evidence.dossiers.archive import dossier_pdf
from evidence.dossiers.queries import dossier_of
from evidence.packs.report import write_report
from qualiopi.files.verbs import open_checked
from qualiopi.organisations.models import Organisation
from tests.documents.world import World, give_away, make_world
from tests.factories import CountersignatureFactory, OrganisationFactory
from tests.harness.printing import without_laying_out
from tests.harness.worlds import shared
from trainings.attendance.models import Mark, MarkMethod
from trainings.documents.models import DocumentKind
from trainings.documents.queries import targets_of
from trainings.documents.verbs import issue, save_style
from trainings.sessions.models import Session

REPORT, DOSSIER = "report", "session_dossier"
# Ten documents, the audit report, the dossier of a session.
KINDS = (*DocumentKind.values, REPORT, DOSSIER)
DRAWING = "M20 120 L60 40 L90 130 L140 60 L180 120 L230 50 L300 110"


@dataclass
class Papers:
    """A session whose documents can all be issued, and a seeded organisation with a lived session."""

    world: World
    seeded: Organisation
    lived: Session

    def write(self, kind: str) -> bytes:
        """The PDF of this kind, as the product gives it."""
        if kind == REPORT:
            return write_report(organisation=self.seeded)
        if kind == DOSSIER:
            return dossier_pdf(dossier_of(self.lived))
        session = self.world.session
        day = date(2026, 8, 20) if kind == DocumentKind.CONTRACT else date(2026, 9, 9)
        report = issue(session=session, kind=kind, targets=targets_of(session, kind)[-1:], actor=None, issued_on=day)
        assert [str(refusal) for refusal in report.refused] == []
        with open_checked(report.issued[0].file) as file:
            return bytes(file.read())


def logo() -> ContentFile[bytes]:
    """A picture as an organisation gives it."""
    written, picture = io.BytesIO(), Image.new("RGB", (600, 160), "#1f5f4f")
    ImageDraw.Draw(picture).ellipse((30, 30, 130, 130), fill="#f4b940")
    picture.save(written, format="PNG")
    return ContentFile(written.getvalue(), name="logo.png")


def seeded() -> tuple[Organisation, Session]:
    """The demonstration, nothing laid out: the organisation whose sessions are lived step by step, and the one with most pieces."""
    with without_laying_out():
        call_command("seed_demo", sessions=6, seed=3, stdout=io.StringIO())
    organisation = Organisation.objects.order_by("slug").first()
    assert organisation is not None
    lived = max(Session.objects.filter(organisation=organisation), key=lambda session: len(dossier_of(session).pieces))
    return organisation, lived


def gather() -> Papers:
    """A session with a logo, signatures drawn on two half-days, a contract of subcontracting."""
    organisation, lived = seeded()
    provider = OrganisationFactory(name="Les Essais Inventés", slug="essais-inventes")
    world = make_world(provider, people=4)
    save_style(
        organisation=provider,
        colour="#1f5f4f",
        signatory="Soazig Perrot",
        signatory_title="responsable de formation",
        logo=logo(),
        actor=None,
    )
    give_away(world)
    Mark.objects.filter(session=world.session).update(method=MarkMethod.DRAWN, drawing=DRAWING)
    for number, half_day in enumerate(world.half_days, start=1):
        CountersignatureFactory(half_day=half_day, trainer=world.trainer, number=1000 + number, drawing=DRAWING)
    return Papers(world, organisation, lived)


papers = shared(gather)
