#!/usr/bin/env bash
# One expects <li><p>One</p></li>, as Markdown writes a list with blank lines, to be tagged as <li>One</li> is: an item that holds a label
# and a body (ISO 14289-1, 7.2: an item holds these alone). WeasyPrint 70.0 gives a body to the second and none to the first, whose
# paragraph stands directly in the item: the same list fails or complies with PDF/UA by its blank lines.
# Seen on 30 November 2026. The product puts what stands loose in an item into its body before the file is written (qualiopi/web/pdf_tags.py).
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


def in_item(body: str) -> list[str]:
    """What the item of a list holds, by tag."""
    page = f"<!doctype html><html lang='en'><title>List</title><ul><li>{body}</li></ul></html>"
    content = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    with pikepdf.open(io.BytesIO(content)) as document:
        items = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/LI"]
        return [str(kid.S) for kid in items[0].K]


tight, loose = in_item("One"), in_item("<p>One</p>")
print("WeasyPrint", weasyprint.__version__)
print("Expected: /Lbl and /LBody in both")
print("<li>One</li>:", tight)
print("<li><p>One</p></li>:", loose)
sys.exit(0 if tight == ["/Lbl", "/LBody"] and "/P" in loose else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
