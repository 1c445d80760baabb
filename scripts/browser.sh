#!/usr/bin/env bash
# Install what the tests need from Debian: Chromium without a window (docs/adr/0114), the library that Playwright's driver loads, and
# Java for the Nu checker (docs/adr/0143).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

PYTHON=${VENV:-.venv}/bin/python
has_library libatomic.so.1 || install_packages libatomic1
has_command java || install_packages default-jre-headless
if [ -z "${CHROMIUM:-}" ] && ! has_command chromium-headless-shell; then
    # The whole Chromium does as well, three times as slowly.
    if has_command chromium; then
        (install_packages chromium-headless-shell) || say "Chromium entier à la place : les tests du navigateur dureront plus."
    else
        install_packages chromium-headless-shell
    fi
fi
