#!/usr/bin/env bash
# Install what the tests need from Debian: Chromium for the pages, fonts for its text.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

missing=()
has_command chromium || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"
