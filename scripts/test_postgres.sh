#!/usr/bin/env bash
# Run the tests on PostgreSQL: start a cluster of its own on a free loopback port, and remove it whatever happens.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

postgres_bin() { find /usr/lib/postgresql -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1 | xargs -r dirname; }

bin=$(postgres_bin)
if [ -z "$bin" ]; then
    install_packages postgresql
    bin=$(postgres_bin)
fi

folder=$(mktemp -d "${TMPDIR:-/tmp}/temoin-postgres.XXXXXX")
# PostgreSQL refuses to run as root: the account that Debian's package creates runs it then.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres: "$folder"
    as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups --)
fi

remove_cluster() {
    local code=$?
    trap - EXIT INT TERM HUP
    (cd / && "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -s stop) 2>/dev/null || true
    rm -rf "$folder"
    exit "$code"
}
trap remove_cluster EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

port=$("${VENV:-.venv}/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
say "PostgreSQL ($bin) sur 127.0.0.1:$port"
cd /
"${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U temoin --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$folder.log" 2>&1 ||
    { cat "$folder.log" >&2; rm -f "$folder.log"; fail "initdb a échoué. / initdb failed."; }
rm -f "$folder.log"
# Nothing in this cluster outlives the tests: it need not wait for the disk.
"${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/log" -s -w start -o \
    "-c listen_addresses=127.0.0.1 -p $port -k $folder -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50" ||
    { cat "$folder/data/log" >&2; fail "PostgreSQL n'a pas démarré. / PostgreSQL did not start."; }
cd - >/dev/null

DATABASE_URL="postgresql://temoin@127.0.0.1:$port/postgres" "${VENV:-.venv}/bin/python" -m pytest "$@"
