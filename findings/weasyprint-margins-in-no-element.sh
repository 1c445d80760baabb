#!/usr/bin/env bash
# One expects all that a page of PDF/UA shows to be content of an element, or an artifact ("content shall be marked in the structure tree
# [...] or shall be artifact", ISO 14289-1, 7.1; heads and feet of pages are artifacts, 7.8). WeasyPrint 70.0 marks the words of the margins
# as content with a number; the element of this number exists, and no element leads to it. Readers then say the foot of each page, or do not.
# Seen on 30 November 2026. The product makes artifacts of them before the file is written (qualiopi/web/pdf_tags.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pikepdf==10.17.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys

import pikepdf
import weasyprint

PAGE = """<!doctype html><html lang="en"><title>Letter</title><style>@page { @bottom-left { content: "Page " counter(page) } }</style>
<p>Dear reader</p></html>"""


def numbers(element: pikepdf.Object) -> set[int]:
    """Of all content that an element and those below hold."""
    kids = element.get("/K", [])
    found: set[int] = set()
    for kid in kids if isinstance(kids, pikepdf.Array | list) else [kids]:
        found |= {kid} if isinstance(kid, int) else numbers(kid)
    return found


content = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1")
with pikepdf.open(io.BytesIO(content)) as document:
    held = numbers(document.Root.StructTreeRoot)
    marks = [
        (str(instruction.operands[0]), int(instruction.operands[1].MCID) if len(instruction.operands) > 1 else None)
        for instruction in pikepdf.parse_content_stream(document.pages[0])
        if str(instruction.operator) in ("BDC", "BMC")
    ]
lost = [mark for mark in marks if mark[0] != "/Artifact" and mark[1] not in held]
print("WeasyPrint", weasyprint.__version__)
print("Marked on the page:", marks, "of which elements hold:", sorted(held))
print("Expected, neither held nor an artifact: none")
print("Seen:", lost)
sys.exit(0 if [mark[0] for mark in lost] == ["/Span"] else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
