"""What stands where in a pack: pieces by criterion and indicator, session dossiers, lists, report, index, then the bag around them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation

from evidence.engine.result import IndicatorStatus
from evidence.library.proposals import type_label
from evidence.packs import bag
from evidence.packs.apart import apart_of
from evidence.packs.dossiers import dossiers
from evidence.packs.missing import Absence, absences, summary_lines
from evidence.packs.models import Pack
from evidence.packs.names import Names, safe_file_name, safe_name
from evidence.packs.plan import PackLine, Plan, write_generated
from evidence.packs.queries import PackPiece, Pieces, answer_rows, pieces_of, session_rows
from evidence.packs.registers import begun_registers, register_page, register_piece
from evidence.packs.report import facts_told, report_pdf
from evidence.packs.resuming import Checked
from evidence.readiness.queries import Board, FreshBoard, board
from evidence.readiness.wording import SHELVES, pieces_told
from qualiopi.exchange.export import csv_lines
from qualiopi.standard.model import Indicator

SHEETS = ("fonts", "tokens", "base", "frame", "components", "tables", "charts", "offline", "dossier")
FONTS = (
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-wght-italic.woff2",
    "bricolage-grotesque-latin-opsz-normal.woff2",
)


@dataclass(slots=True)
class Filed:
    """A piece and the path it has in the pack, under data/."""

    piece: PackPiece
    path: str


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """One indicator in the index: its pieces by shelf and how many, what the work left by type, facts recorded in words."""

    indicator: Indicator
    told: str
    shelves: list[tuple[str, list[Filed]]]
    left: list[tuple[str, list[Filed]]]
    facts: list[str]


@dataclass(slots=True)
class Contents:
    """A pack in the making."""

    pack: Pack
    read: FreshBoard
    pieces: Pieces
    filed: list[Filed] = field(default_factory=list)
    altered: list[PackPiece] = field(default_factory=list)
    lines: list[PackLine] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    missing: list[Absence] = field(default_factory=list)

    def add(self, name: str, content: bytes) -> PackLine:
        """Keep a file made for this pack, as data/<name>."""
        line = write_generated(self.pack.folder, name.replace("/", "_"), f"data/{name}", content)
        self.lines.append(line)
        return line


def gather(pack: Pack, *, progress: Callable[[int], None]) -> tuple[Contents, str]:
    """Check every piece, write the lists, and return the contents with their digest.

    Reads the database in a constant number of queries, writes under MEDIA_ROOT/<pack.folder>. `progress` is called with a
    percentage. The digest covers pieces, lists and statuses: the same state gives the same digest.
    """
    organisation = pack.organisation
    read = board(organisation=organisation, audit_date=pack.audit_date, observed_on=pack.observed_on)
    contents = Contents(pack, read, pieces_of(read))
    _file_pieces(contents, progress)
    _file_registers(contents)
    contents.missing = absences(read, contents.pieces, contents.altered)
    _write_lists(contents)
    return contents, _content_digest(contents)


def finish(contents: Contents, *, digest: str, previous: Pack | None, progress: Callable[[int], None]) -> Plan:
    """Write the report and the index, put the bag around everything, and return the plan of the archive."""
    progress(70)
    contents.add("rapport.pdf", report_pdf(read=contents.read, pieces=contents.pieces, digest=digest))
    progress(85)
    contents.add("index.xlsx", _index_workbook(contents))
    _write_offline_index(contents, digest, previous)
    progress(90)
    return _bag(contents, digest, previous)


def _file_pieces(contents: Contents, progress: Callable[[int], None]) -> None:
    """Give each intact piece one place: its first indicator's folder, else its session's, else its subject's."""
    counters = dict[int, int]()
    pieces = contents.pieces.present
    checked = Checked(contents.pack.folder)
    for done, piece in enumerate(pieces, start=1):
        if not checked.is_intact(piece.path, piece.sha256):
            contents.altered.append(piece)
            continue
        path = contents.names.take(f"{_folder(contents.read, piece)}/{_file_name(piece, counters)}")
        contents.filed.append(Filed(piece, path))
        contents.lines.append(PackLine(f"data/{path}", piece.size, piece.crc32, piece.sha256, piece.path))
        if done % 200 == 0:
            progress(5 + 60 * done // len(pieces))


def _file_registers(contents: Contents) -> None:
    """Write the register of each session that has one, beside its pieces: nobody has to have issued a sheet."""
    grid = contents.read.grid
    for register in begun_registers(contents.pack.organisation, until=min(contents.pack.audit_date, contents.pack.observed_on)):
        session = register.session
        about = (session.reference, session.course.title)
        path = contents.names.take(f"sessions/{safe_name(' '.join(about))}/Registre d’émargement.html")
        line = contents.add(path, register_page(register, contents.pack.organisation))
        contents.filed.append(Filed(register_piece(register, line, grid), path))


def _folder(read: Board, piece: PackPiece) -> str:
    known = [number for number in piece.indicators if number <= len(read.grid.indicators)]
    if known:
        return f"critere-{read.indicator(known[0]).criterion}/indicateur-{known[0]:02d}"
    if piece.sessions:
        reference, title = piece.sessions[0]
        return f"sessions/{safe_name(f'{reference} {title}')}"
    if piece.others:
        kind, name = piece.others[0]
        return f"{kind}/{safe_name(name)}"
    return "autres-pieces"


def _file_name(piece: PackPiece, counters: dict[int, int]) -> str:
    stem = piece.title
    if piece.indicators:
        number = piece.indicators[0]
        counters[number] = counters.get(number, 0) + 1
        stem = f"{number:02d}-{counters[number]:02d} {stem}"
    ending = f", version {piece.number}" if piece.number else ""
    return safe_file_name(stem, ending, PurePosixPath(piece.name).suffix)


def _write_lists(contents: Contents) -> None:
    organisation = contents.pack.organisation
    contents.add(
        "sessions/sessions.csv",
        _csv(("Référence", "Formation", "Début", "Fin", "Heures", "Modalité", "État", "Inscrits"), session_rows(organisation)),
    )
    if 30 in {indicator.number for indicator in contents.read.grid.indicators}:
        contents.add(
            "critere-7/indicateur-30/30-00 Enquêtes par session.csv",
            _csv(("Session", "Formation", "Questionnaire", "Ouverte le", "Réponses"), answer_rows(organisation)),
        )
    contents.add("ce-qui-manque.csv", _csv(_MISSING_HEADINGS, _missing_rows(contents.missing)))


_MISSING_HEADINGS = ("Indicateur", "Nature", "Référence", "Objet", "Ce qui manque")


def _missing_rows(missing: Sequence[Absence]) -> Iterable[tuple[Any, ...]]:
    return ((line.indicator, line.nature, line.reference, line.label, line.sentence) for line in missing)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    return "".join(csv_lines(headings, rows)).encode()


def _content_digest(contents: Contents) -> str:
    """SHA-256 of what the pack says, before the report, the index and the chain speak of it."""
    read = contents.read
    state = {
        "organisation": str(contents.pack.organisation_id),
        "audit_date": read.audit_date.isoformat(),
        "observed_on": read.observed_on.isoformat(),
        "grid": read.grid.id,
        "statuses": [[status.number, status.status.value, status.observed, status.next_action] for status in read.statuses],
        "files": sorted((line.name, line.sha256) for line in contents.lines),
    }
    return hashlib.sha256(json.dumps(state, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _index_workbook(contents: Contents) -> bytes:
    filed = sorted(contents.filed, key=lambda item: item.path)
    from evidence.packs.workbook import write_workbook  # with what it loads, only for a pack
    from qualiopi.exchange.workbook import Link

    return write_workbook(
        [
            (
                "Pièces",
                ("Indicateurs", "Pièce", "Fichier", "Version", "Date", "Valable jusqu’au", "Sessions", "Empreinte SHA-256"),
                (
                    (
                        ", ".join(map(str, item.piece.served)),
                        item.piece.title,
                        Link(item.path, item.path),
                        item.piece.number or None,
                        item.piece.effective_on,
                        item.piece.valid_until,
                        ", ".join(reference for reference, _title in item.piece.sessions),
                        item.piece.sha256,
                    )
                    for item in filed
                ),
            ),
            ("Ce qui manque", _MISSING_HEADINGS, _missing_rows(contents.missing)),
        ]
    )


def _write_offline_index(contents: Contents, digest: str, previous: Pack | None) -> None:
    read = contents.read
    sheets = "\n".join(static_bytes(f"css/{name}.css").decode() for name in SHEETS).replace("../vendor/fonts/", "polices/")
    contents.add("apparence/dossier.css", sheets.encode())
    for font in FONTS:
        contents.add(f"apparence/polices/{font}", static_bytes(f"vendor/fonts/{font}"))
    by_id = {item.piece.id: item for item in contents.filed if item.piece.id}
    left: dict[int, dict[str, list[Filed]]] = {}
    for item in contents.filed:
        for number in item.piece.proves:
            left.setdefault(number, {}).setdefault(type_label(item.piece.type), []).append(item)
    criteria = [
        (
            criterion,
            [
                IndicatorPart(
                    read.indicator(status.number),
                    pieces_told(status.pieces),
                    _shelves(status, by_id),
                    sorted(left.get(status.number, {}).items()),
                    facts_told(status),
                )
                for status in read.of_criterion(criterion.number)
            ],
        )
        for criterion in read.grid.criteria
    ]
    filed = [(item.piece, item.path) for item in contents.filed]
    context = {
        "organisation": contents.pack.organisation,
        "product_name": settings.PRODUCT_NAME,
        "board": read,
        "absences": summary_lines(read, contents.missing),
        "criteria": criteria,
        "apart": apart_of(filed),
        "count": len(contents.filed),
        "digest": digest,
        "previous": previous,
    }
    with translation.override("fr"):
        contents.add("index.html", render_to_string("packs/offline/index.html", context).encode())
        page = render_to_string(
            "packs/offline/sessions.html",
            {"organisation": contents.pack.organisation, "dossiers": dossiers(read, filed), "root": "../"},
        )
        contents.add("sessions/index.html", page.encode())


def _shelves(status: IndicatorStatus, by_id: Mapping[str, Filed]) -> list[tuple[str, list[Filed]]]:
    """The pieces of an indicator as every page shelves them; those whose file was altered are not there."""
    found = [(str(SHELVES[shelf]), [by_id[piece] for piece in ids if piece in by_id]) for shelf, ids in status.pieces]
    return [(words, items) for words, items in found if items]


def static_bytes(name: str) -> bytes:
    """One of our static files. Raises FileNotFoundError."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    with open(path, "rb") as file:
        return file.read()


def _bag(contents: Contents, digest: str, previous: Pack | None) -> Plan:
    """Put the BagIt frame around the payload; index and report first, as a reader opens them first."""
    organisation, read = contents.pack.organisation, contents.read
    root = safe_name(f"preuves-{organisation.slug}-{read.audit_date.isoformat()}")
    first = ("data/index.html", "data/rapport.pdf", "data/index.xlsx", "data/ce-qui-manque.csv")
    payload = sorted(contents.lines, key=lambda line: (line.name not in first, line.name))
    files = [bag.PayloadFile(line.name, line.size, line.sha256) for line in payload]
    tags = [
        ("bagit.txt", bag.declaration()),
        (
            "bag-info.txt",
            bag.information(
                files,
                [
                    ("Source-Organization", organisation.name),
                    ("External-Description", f"Dossier de preuves pour l'audit du {read.audit_date.isoformat()}"),
                    ("Bagging-Date", read.observed_on.isoformat()),
                    ("External-Identifier", f"sha256:{digest}"),
                    ("Previous-Pack-SHA256", previous.sha256 if previous else ""),
                    ("Missing-Or-Withheld", str(len(contents.missing))),
                ],
            ),
        ),
        ("manifest-sha256.txt", bag.manifest(files)),
    ]
    tags.append(("tagmanifest-sha256.txt", bag.tag_manifest(tags)))
    lines = [write_generated(contents.pack.folder, name, f"{root}/{name}", data) for name, data in tags]
    lines += [PackLine(f"{root}/{line.name}", line.size, line.crc32, line.sha256, line.source) for line in payload]
    return Plan(lines)
