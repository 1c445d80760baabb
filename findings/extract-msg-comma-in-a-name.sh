#!/usr/bin/env bash
# One expects the recipients of a message to be told as its header writes them: « "Kerdraon, Maëlle" <maelle@exemple.fr> » is one person.
# extract-msg 0.57.0 puts its own separator, « ; », in the place of every comma of the header, those between quotes included: the name
# becomes "Kerdraon; Maëlle", and who splits at « ; » finds two people. It does so neither for the sender nor where there is no header.
# Seen on 30 November 2026. The product asks for the comma as separator (qualiopi/files/inspection/mails.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check extract-msg==0.57.0 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import io
import sys

import extract_msg
from extract_msg.ole_writer import OleWriter

PEOPLE = '"Kerdraon, Maëlle" <maelle@exemple.fr>'
HEADER = f"From: {PEOPLE}\r\nTo: {PEOPLE}\r\nSubject: Essai\r\n\r\n"

writer, target = OleWriter(), io.BytesIO()
for tag, text in (("001A", "IPM.Note"), ("0037", "Essai"), ("007D", HEADER), ("1000", "Bonjour")):
    writer.addEntry([f"__substg1.0_{tag}001F"], text.encode("utf-16-le"))
writer.addEntry(["__properties_version1.0"], bytes(32))
writer.addEntry(["__nameid_version1.0"], storage=True)
for tag in ("0002", "0003", "0004"):
    writer.addEntry(["__nameid_version1.0", f"__substg1.0_{tag}0102"], b"")
writer.write(target)

with extract_msg.openMsg(target.getvalue()) as message:
    sender, to = message.sender, message.to
print("extract-msg", extract_msg.__version__)
print("Expected, for both:", PEOPLE)
print("sender:", sender)
print("to:", to)
sys.exit(0 if (sender, to) == (PEOPLE, PEOPLE.replace(",", ";")) else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
