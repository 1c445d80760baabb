#!/usr/bin/env bash
# One expects letters that were encoded twice (UTF-8 read as Windows-1252) to be given back whatever the word: « ÃŽle » is « Île » as surely
# as « Ã‰cole » is « École ». ftfy 6.3.1 leaves alone the two that look like letters beside a capital or an apostrophe: Î (« ÃŽle-de-France »,
# the most peopled region) and Œ (« Å’uvre »); another spoilt word on the same line makes it mend both.
# `fix_text`, which straightens apostrophes, then turns « Å’uvre » into « Å'uvre »: the letter can't be found any more.
# Seen on 30 November 2026. The product gives these two back itself and asks `fix_encoding` for the others (qualiopi/exchange/reading/repair.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check ftfy==6.3.1 || exit 2
cat >"$folder/try.py" <<'PYTHON'
import sys

import ftfy

WORDS = ["École", "Île-de-France", "ÎLE-DE-FRANCE", "Œuvre", "œuvre", "Être", "région Île-de-France"]
LEFT = {"Île-de-France", "ÎLE-DE-FRANCE", "Œuvre"}

print("ftfy", ftfy.__version__)
print("Expected: every word as it was.")
left = set()
for word in WORDS:
    spoilt = word.encode().decode("cp1252")
    mended = ftfy.fix_encoding(spoilt)
    print(f"{spoilt} -> {mended}")
    if mended != word:
        left.add(word)
straightened = ftfy.fix_text("Œuvre".encode().decode("cp1252"))
print("fix_text:", straightened)
sys.exit(0 if left == LEFT and straightened == "Å'uvre" else 1)
PYTHON
"$folder/env/bin/python" "$folder/try.py"
