#!/usr/bin/env bash
# Find Python 3.11 or later, then create the virtual environment and install the pinned packages that are not there yet.
# Usage: scripts/python.sh base|dev
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

list=requirements/$1.txt
venv=${VENV:-.venv}

find_python() {
    local candidate
    for candidate in ${PYTHON:-} python3.11 python3; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

PYTHON=$(find_python) || fail \
    "Python 3.11 est nécessaire et n'a pas été trouvé. Installez-le (apt-get install python3), puis relancez." \
    "Python 3.11 is required and was not found. Install it (apt-get install python3), then try again."

missing=()
# libpangoft2 brings Pango, HarfBuzz and Fontconfig, which WeasyPrint loads; gettext compiles the translations.
has_library libpangoft2-1.0.so.0 && has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0 libpangoft2-1.0-0)
has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
has_command msgfmt || missing+=(gettext)
if [ ! -x "$venv/bin/pip" ] && ! { has_module ensurepip && has_module venv; }; then
    missing+=("$("$PYTHON" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')")
fi
[ ${#missing[@]} -eq 0 ] || install_packages "${missing[@]}"

if [ ! -x "$venv/bin/pip" ]; then
    say "Environnement Python dans $venv"
    rm -rf "$venv"
    "$PYTHON" -m venv "$venv"
fi

say "Bibliothèques Python de $list"
"$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check --require-hashes -r "$list"
