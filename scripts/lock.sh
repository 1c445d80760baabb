#!/usr/bin/env bash
# Pin every dependency with its hashes. The result names no package index: any mirror that serves the same bytes will do.
set -euo pipefail
cd "$(dirname "$0")/.."

export PIP_CONFIG_FILE=/dev/null
unset PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
for list in base dev; do
    {
        echo "# Pinned with hashes from $list.in by 'make lock'. Do not edit by hand."
        "${VENV:-.venv}/bin/python" -m piptools compile --quiet --no-config --no-header --strip-extras --allow-unsafe --upgrade \
            --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
            --output-file - "requirements/$list.in"
    } >"requirements/$list.txt.new"
    mv "requirements/$list.txt.new" "requirements/$list.txt"
done
