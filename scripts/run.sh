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
    trap '' INT TERM HUP
    [ ${#pids[@]} -eq 0 ] || kill -TERM "${pids[@]}" 2>/dev/null || true
    wait
    exit "$1"
}
trap 'stop $?' EXIT
trap 'stop 0' INT TERM HUP

"$python" manage.py show_demo_accounts
# In sessions of their own: Ctrl-C reaches this script alone, which then asks each of them once to finish.
# The application is loaded once, then shared by the processes that serve it.
setsid "$python" -m gunicorn qualiopi.wsgi:application --bind "$host:$port" --preload --workers 2 --threads 8 --timeout 120 \
    --graceful-timeout 10 --no-control-socket --log-level warning &
pids+=($!)
setsid "$python" manage.py db_worker --verbosity 0 &
pids+=($!)
# What is due leaves by itself, with links to this server.
SITE_URL=${SITE_URL:-http://$host:$port} setsid "$python" manage.py send_due --every 5 --verbosity 0 &
pids+=($!)

say "Témoin : http://$host:$port (Ctrl-C pour arrêter)"
wait -n
fail "Le serveur s'est arrêté de lui-même. / The server stopped by itself."
