#!/usr/bin/env bash
# Serve the product and do its background tasks until Ctrl-C.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

python=${VENV:-.venv}/bin/python
host=${HOST:-127.0.0.1}
port=${PORT:-8000}

"$python" -c 'import socket, sys; socket.create_server((sys.argv[1], int(sys.argv[2]))).close()' "$host" "$port" 2>/dev/null || fail \
    "Le port $port est déjà pris. Libérez-le, ou choisissez-en un autre : make run PORT=8001" \
    "Port $port is already in use. Free it, or choose another: make run PORT=8001"

pids=()
stop() {
    trap - EXIT
    trap '' INT TERM
    [ ${#pids[@]} -eq 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
    wait
    exit "$1"
}
trap 'stop $?' EXIT
trap 'stop 0' INT TERM

"$python" manage.py db_worker --verbosity 0 &
pids+=($!)
"$python" -m gunicorn qualiopi.wsgi:application --bind "$host:$port" --workers 2 --threads 4 --timeout 120 --log-level warning &
pids+=($!)

say "Témoin : http://$host:$port (Ctrl-C pour arrêter)"
"$python" manage.py show_demo_accounts
wait -n
fail "Le serveur s'est arrêté de lui-même. / The server stopped by itself."
