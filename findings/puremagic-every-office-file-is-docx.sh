#!/usr/bin/env bash
# One expects the first answer of a library that recognises files by their content to be the likeliest: a workbook is a workbook.
# puremagic 1.30 gives every modern Office file, and an ODF text, the same list in the same order, with the same confidence (0.4): .docx comes
# first, so `from_string` says that a workbook of openpyxl and a text of odfpy are Word documents. An ODS is recognised, a DOCX is right by luck.
# For an XLS of xlwt the first answer is a spreadsheet of Quattro Pro (.wb3).
# Seen on 30 November 2026. The product takes the answers as a set of what may be, and opens the container to decide (qualiopi/files/inspection/look.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check puremagic==1.30 openpyxl==3.1.5 odfpy==1.4.1 xlwt==1.3.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys
from importlib.metadata import version

import openpyxl
import puremagic
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


old = xlwt.Workbook()
old.add_sheet("Feuille").write(0, 0, "Nom")
FILES = {
    ".xlsx": saved(openpyxl.Workbook()),
    ".odt": saved(OpenDocumentText()),
    ".ods": saved(OpenDocumentSpreadsheet()),
    ".xls": saved(old),
}
print("puremagic", version("puremagic"))
print("Expected: each kind as it is.")
said = {kind: puremagic.from_string(content) for kind, content in FILES.items()}
for kind, answer in said.items():
    print(f"{kind}: {answer}")
sys.exit(0 if said == {".xlsx": ".docx", ".odt": ".docx", ".ods": ".ods", ".xls": ".wb3"} else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
