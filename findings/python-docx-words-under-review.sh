#!/usr/bin/env bash
# One expects the text of a paragraph to be the words that Word shows. An agreement that two parties corrected with "track changes", or a
# model whose blanks are content controls, shows all of them. With python-docx 1.2.0 `Paragraph.text` has neither the words of an insertion
# under review (w:ins) nor those of a control (w:sdt), and `Document.paragraphs` leaves out a paragraph that lies in a control: « La durée est de
# 14 heures » is read « La durée est de », with no warning. Deleted words (w:del) are left out as one hopes.
# Seen on 30 November 2026. The product keeps Word documents as they are and reads no words from them; whoever reads their words must look for these.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import sys
from importlib.metadata import version

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

W = nsdecls("w")
BY = 'w:author="Soazig Perrot" w:date="2026-11-02T09:00:00Z"'


def run(words, tag="t"):
    return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'


document = docx.Document()
paragraph = document.add_paragraph("La durée est de ")._p
paragraph.append(parse_xml(f'<w:del {W} w:id="1" {BY}>{run("7 heures", "delText")}</w:del>'))
paragraph.append(parse_xml(f'<w:ins {W} w:id="2" {BY}>{run("14 heures")}</w:ins>'))
paragraph.append(parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{run(' à Rennes')}</w:sdtContent></w:sdt>"))
whole = f"<w:p>{run('Entre les soussignés')}</w:p>"
document.element.body.insert(0, parse_xml(f"<w:sdt {W}><w:sdtPr/><w:sdtContent>{whole}</w:sdtContent></w:sdt>"))

read = [paragraph.text for paragraph in document.paragraphs]
print("python-docx", version("python-docx"))
print("Expected:", ["Entre les soussignés", "La durée est de 14 heures à Rennes"])
print("Read:    ", read)
sys.exit(0 if read == ["La durée est de "] else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
