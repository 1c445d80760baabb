"""The dossier of one session as one archive that opens and is checked without a network: page, PDF, pieces, manifests."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from evidence.dossiers.queries import Dossier
from evidence.dossiers.queries.pieces import DossierPiece
from evidence.dossiers.strip import strip_on_paper
from evidence.packs import bag
from evidence.packs.contents import FONTS, SHEETS, static_bytes
from evidence.packs.names import Names, safe_file_name, safe_name
from evidence.packs.plan import PackLine, Plan, is_intact
from evidence.packs.registers import register_page
from qualiopi.web.charts import narrow_strip
from qualiopi.web.pdf import write_pdf
from trainings.attendance.queries import whole_registers
from trainings.states import CALLED_OFF

# The whole register of the session, line by line, whether or not a sheet was issued.
REGISTER = "registre-emargement.html"


@dataclass(slots=True)
class Archive:
    """What leaves: the plan of the ZIP, and the bytes made for it by source."""

    plan: Plan
    made: Mapping[str, bytes]
    name: str
    altered: list[DossierPiece] = field(default_factory=list)


def dossier_pdf(dossier: Dossier) -> bytes:
    """The dossier as PDF/UA-1, in French."""
    with translation.override("fr"):
        told = _context(dossier)
        if dossier.session.state not in CALLED_OFF:
            told["strip"] = narrow_strip(strip_on_paper(dossier.session, dossier.read, now=timezone.now()), links=False)
        return write_pdf(render_to_string("dossiers/pdf.html", told))


def dossier_archive(dossier: Dossier) -> Archive:
    """The plan of the archive. A piece whose bytes changed since it was filed, or that this reader may not open, stays out; the page
    says so."""
    session = dossier.session
    root = safe_name(f"dossier-{session.reference}")
    names, altered, filed, listed = Names(), [], [], []
    for piece in dossier.pieces:
        if not piece.url:
            listed.append(piece)
        elif is_intact(piece.path, piece.sha256):
            ending = PurePosixPath(piece.name).suffix
            path = names.take(f"pieces/{safe_name(piece.shelf_title)}/{safe_file_name(piece.title, '', ending)}")
            filed.append((piece, path))
            listed.append(replace(piece, url=quote(path)))
        else:
            altered.append(piece)
    register = whole_registers([session], until=timezone.localdate())[session.pk]
    withheld = [piece for piece in dossier.pieces if not piece.url]
    with translation.override("fr"):
        told = _context(replace(dossier, pieces=listed)) | {"altered": altered, "withheld": withheld, "addresses": True}
        told["register"] = REGISTER if register.begun else ""
        page = render_to_string("dossiers/offline.html", told)
    payload: dict[str, bytes] = {
        "data/index.html": page.encode(),
        "data/dossier.pdf": dossier_pdf(dossier),
        "data/apparence/dossier.css": _sheets(),
        **{f"data/apparence/polices/{font}": static_bytes(f"vendor/fonts/{font}") for font in FONTS},
    }
    if register.begun:
        payload[f"data/{REGISTER}"] = register_page(register, session.organisation, root="", back="index.html")
    lines = [_made(name, content) for name, content in payload.items()]
    lines += [PackLine(f"data/{path}", piece.size, piece.crc32, piece.sha256, piece.path) for piece, path in filed]
    files = [bag.PayloadFile(line.name, line.size, line.sha256) for line in lines]
    fields = [
        ("Source-Organization", session.organisation.name),
        ("External-Description", f"Dossier de la session {session.reference}"),
        ("Bagging-Date", timezone.localdate().isoformat()),
        ("Missing-Or-Withheld", str(len(altered) + len(withheld))),
    ]
    tags = [
        ("bagit.txt", bag.declaration()),
        ("bag-info.txt", bag.information(files, fields)),
        ("manifest-sha256.txt", bag.manifest(files)),
    ]
    tags.append(("tagmanifest-sha256.txt", bag.tag_manifest(tags)))
    lines = [*(_made(name, content) for name, content in tags), *lines]
    made = {**payload, **dict(tags)}
    placed = [PackLine(f"{root}/{line.name}", line.size, line.crc32, line.sha256, line.source) for line in lines]
    return Archive(plan=Plan(placed), made=made, name=f"{root}.zip", altered=altered)


def _made(name: str, content: bytes) -> PackLine:
    return PackLine(name, len(content), zlib.crc32(content), hashlib.sha256(content).hexdigest(), name)


def _sheets() -> bytes:
    sheets = "\n".join(static_bytes(f"css/{name}.css").decode() for name in SHEETS)
    return sheets.replace("../vendor/fonts/", "polices/").encode()


def _context(dossier: Dossier) -> dict[str, object]:
    return {
        "dossier": dossier,
        "session": dossier.session,
        "organisation": dossier.session.organisation,
        "product_name": settings.PRODUCT_NAME,
        "today": timezone.localdate(),
    }
