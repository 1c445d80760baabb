#!/usr/bin/env bash
# One expects a checker that declares "pikepdf>=8.0" to apply its twelve rules to any tagged PDF, or to fail when it could not. With
# pikepdf 10.17.0, pdfua 0.1.3 cannot read what a heading holds as soon as it holds a list (it asks an array for `is_integer`), skips its
# rule on empty headings for the whole document, says "PASS (no findings)" and ends with 0; the skip is one line among others.
# Seen on 30 November 2026. The product's tests expect this very skip, and look at headings by themselves (tests/papers/structure.py).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check pdfua==0.1.3 pikepdf==10.17.0 weasyprint==70.0 || exit 2
cd "$folder"
cat >page.html <<'HTML'
<!doctype html><html lang="en"><title>Minutes</title><h1>Minutes</h1><p>We met.</p></html>
HTML
env/bin/weasyprint --quiet --pdf-variant pdf/ua-1 page.html page.pdf || exit 2
status=0
env/bin/pdfua check page.pdf >seen || status=$?
echo "pdfua 0.1.3, pikepdf 10.17.0, a page of one heading and one paragraph"
echo "Expected: no rule skipped."
cat seen
echo "ends with $status"
[ "$status" = 0 ] && grep -q "PASS" seen && grep -q "skip.*UA-14-001" seen
