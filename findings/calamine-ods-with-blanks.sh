#!/usr/bin/env bash
# One expects a reader of OpenDocument to skip blanks between the elements of a table, as LibreOffice does: there, they mean nothing
# (OpenDocument 1.2, part 1, 3.16), and programs that write spreadsheets in browsers indent what they write.
# python-calamine 0.9.1 opens a row only when its cells follow one another without a blank: "Expecting 'table-cell', found 'Text(...)'".
# Seen on 30 November 2026. The product writes the document again without these blanks when it is refused, and reads that
# (qualiopi/exchange/reading/opendocument.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-calamine==0.9.1 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "manifest")
)
TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def workbook(blank: str) -> str:
    row = "<table:table-row>" + blank + blank.join(CELL.format(text) for text in ("Formation", "Paie")) + blank + "</table:table-row>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="S">{row}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", TYPE)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest {SPACES} manifest:version="1.2">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{TYPE}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    Path("workbook.ods").write_bytes(target.getvalue())
    return "workbook.ods"


def seen(blank: str) -> str:
    try:
        return str(CalamineWorkbook.from_path(workbook(blank)).get_sheet_by_name("S").to_python())
    except CalamineError as error:
        return f"refused: {error}"


close, apart = seen(""), seen("\n  ")
print("python-calamine", version("python-calamine"))
print("Expected: the same cells, with and without blanks between them.")
print("without:", close)
print("with:", apart)
sys.exit(0 if close == "[['Formation', 'Paie']]" and apart.startswith("refused: Expecting 'table-cell'") else 1)
PYTHON
cd "$folder" && env/bin/python try.py
