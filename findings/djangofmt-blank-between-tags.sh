#!/usr/bin/env bash
# One expects a formatter that knows inline words to keep two template tags that touch together: `<b>a</b>{% if x %}` stays so.
# djangofmt 1.1.0 puts a line break, hence a blank that is read, between a tag and a block that touch: "5 pieces{% if x %}, old{% endif %}."
# becomes "5 pieces , old." Seen on 30 November 2026. A variable before the block is kept. The product names the first part (`asvar`)
# and prints it by a variable; tests/architecture/test_templates.py finds the blanks (ADR 118).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

python3 -m venv "$folder/env" || exit 2
"$folder/env/bin/pip" install --quiet --disable-pip-version-check djangofmt==1.1.0 || exit 2
"$folder/env/bin/djangofmt" --version

printf '<p>{%% translate "5 pieces" %%}{%% if old %%}, old{%% endif %%}.</p>\n' >"$folder/tag.html"
printf '<p>{{ pieces }}{%% if old %%}, old{%% endif %%}.</p>\n' >"$folder/variable.html"
(cd "$folder" && env/bin/djangofmt --quiet tag.html variable.html) || exit 2
echo "Expected: nothing between the tag and the block, as between the variable and the block."
echo "--- a tag, then a block"; cat "$folder/tag.html"
echo "--- a variable, then a block"; cat "$folder/variable.html"

tag=$(tr '\n' ' ' <"$folder/tag.html" | grep -c '%} *{% if') || true
apart=$(grep -c '" %}$' "$folder/tag.html") || true
kept=$(grep -c '{{ pieces }}{% if old %}' "$folder/variable.html") || true
[ "$tag" = 1 ] && [ "$apart" = 1 ] && [ "$kept" = 1 ]
