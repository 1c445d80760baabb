#!/usr/bin/env bash
# One expects the box of a figure in a tagged PDF to say where it stands on the page: "four numbers, in default user space" (ISO 32000-1,
# 14.8.5.4.3), that is points from the foot of the page. WeasyPrint 70.0 writes pixels of the style sheet from the head of the page: a
# picture at the top left is said to be at the bottom left, a third larger than it is, and one at the foot of a page to be off it.
# Seen on 30 November 2026. The product converts them before the file is written (qualiopi/web/pdf_tags.py).
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

PAGE = """<!doctype html><html lang="en"><title>Square</title><style>@page { size: 300pt 400pt; margin: 0 }
svg { position: absolute; left: 30pt; top: 15pt; width: 60pt; height: 60pt }</style>
<p>A square: <svg viewBox="0 0 1 1"><title>A square</title><path d="M0 0h1v1H0z"/></svg></p></html>"""
content = weasyprint.HTML(string=PAGE).write_pdf(pdf_variant="pdf/ua-1")
with pikepdf.open(io.BytesIO(content)) as document:
    figures = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"]
    box = [float(side) for side in figures[0].A.BBox]
print("WeasyPrint", weasyprint.__version__)
print("Expected, on a page of 300 by 400 points: [30, 325, 90, 385]")
print("Seen:", box)
sys.exit(0 if [round(side) for side in box] == [40, 20, 120, 100] else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
