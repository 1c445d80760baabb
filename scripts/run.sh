#!/usr/bin/env bash
# Serve the product and do its background tasks until Ctrl-C: checks first, then scripts/supervise.py.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

python=${VENV:-.venv}/bin/python
host=${HOST:-127.0.0.1}
port=${PORT:-8000}

"$python" -c 'import socket, sys; socket.create_server((sys.argv[1], int(sys.argv[2]))).close()' "$host" "$port" 2>/dev/null || fail \
    "Le port $port est déjà pris. Libérez-le, ou choisissez-en un autre : make run PORT=8001" \
    "Port $port is already in use. Free it, or choose another: make run PORT=8001"

"$python" manage.py show_demo_accounts
say "Témoin : http://$host:$port (Ctrl-C pour arrêter)"
# Started by make, everything ends with make: a terminal that is closed or a kill leaves nothing behind.
exec "$python" scripts/supervise.py --host "$host" --port "$port" ${MAKELEVEL:+--parent "$PPID"}
