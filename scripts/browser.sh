#!/usr/bin/env bash
# Install what the tests need from Debian: Chromium, and the library that Playwright's driver loads.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

PYTHON=${VENV:-.venv}/bin/python
missing=()
has_library libatomic.so.1 || missing+=(libatomic1)
has_command chromium || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
