"""The attendance registers of a pack: one page per session, which opens offline and tells every line with its fingerprint."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation

from evidence.library.proofs import CONNECTIONS, REGISTER, indicators_proved
from evidence.packs.plan import PackLine
from evidence.packs.queries import PackPiece, sessions_with_register
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.telling import local_time
from qualiopi.standard.model import Grid
from trainings.attendance.queries import WholeRegister, whole_registers

# Registers held in memory at once: five queries for so many sessions.
AT_ONCE = 40


def begun_registers(organisation: Organisation, *, until: date) -> Iterator[WholeRegister]:
    """The registers that hold something, of sessions that began by this day and are no draft, in the order of references."""
    wanted = list(sessions_with_register(organisation, until=until).select_related("course").order_by("reference", "pk"))
    for start in range(0, len(wanted), AT_ONCE):
        yield from whole_registers(wanted[start : start + AT_ONCE], until=until).values()


def register_page(
    register: WholeRegister, organisation: Organisation, *, root: str = "../../", back: str = "../index.html"
) -> bytes:
    """The register as one HTML page, in French. `root`: the way to the top of what it is part of; `back`: to the page that names it."""
    with translation.override("fr"):
        context = {
            "register": register,
            "organisation": organisation,
            "root": root,
            "back": back,
            "local_time": local_time(organisation),
        }
        return render_to_string("packs/offline/register.html", context).encode()


def register_piece(register: WholeRegister, line: PackLine, grid: Grid) -> PackPiece:
    """The page as a piece of the pack, under the indicators that the register proves."""
    session = register.session
    proved = set(indicators_proved(REGISTER, grid))
    if any(part.stretches for part in register.parts):
        proved |= set(indicators_proved(CONNECTIONS, grid))
    return PackPiece(
        id="",
        title="Registre d’émargement",
        type=REGISTER,
        number=0,
        effective_on=session.ends_on or session.starts_on,
        valid_until=None,
        name="registre-emargement.html",
        path=line.source,
        size=line.size,
        sha256=line.sha256,
        crc32=line.crc32,
        indicators=(),
        counts=(),
        proves=tuple(sorted(proved)),
        sessions=((session.reference, session.course.title),),
        others=(),
    )
