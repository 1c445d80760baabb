"""The files of the demonstration: real PDFs, plainly marked as invented."""

from __future__ import annotations

import io
import textwrap
from datetime import date

import pikepdf
from django.core.files.base import ContentFile

from qualiopi.web.dates import long_date

_A4 = (595, 842)


def paper(*, title: str, subject: str, owner: str, day: date) -> ContentFile[bytes]:
    """A one-page PDF. The same words give the same bytes."""
    lines = [
        (20, title),
        (13, subject),
        (11, f"{owner}, le {long_date(day)}"),
        (11, ""),
        *(
            (11, line)
            for line in textwrap.wrap(
                "Document inventé pour la démonstration. Les personnes, les entreprises et les faits nommés ici n’existent pas.",
                80,
            )
        ),
    ]
    drawn, top = [], 760
    for size, text in lines:
        drawn.append(b"BT /F1 %d Tf 1 0 0 1 62 %d Tm (%s) Tj ET" % (size, top, _literal(text)))
        top -= size + 12
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        page = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=[0, 0, *_A4],
            Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font)),
            Contents=pdf.make_stream(b"\n".join(drawn)),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True)
    return ContentFile(target.getvalue(), name=f"{title} {subject}"[:80].strip() + ".pdf")


def _literal(text: str) -> bytes:
    """A text as a PDF string in Windows Latin 1; what it does not know becomes a question mark."""
    encoded = text.encode("cp1252", errors="replace")
    return encoded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
