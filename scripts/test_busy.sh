#!/usr/bin/env bash
# Play tests again and again beside processes that keep the machine busy: what fails only on a slow machine fails here.
#   scripts/test_busy.sh ROUNDS BUSY [arguments of pytest]
# Ends with 1 when a round failed; the end of each that did is shown.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh

rounds=$1 busy=$2
shift 2
python=${VENV:-.venv}/bin/python
log=$(mktemp "${TMPDIR:-/tmp}/temoin-rounds.XXXXXX")

burners=()
clear_up() {
    trap - EXIT INT TERM HUP
    [ ${#burners[@]} -eq 0 ] || kill "${burners[@]}" 2>/dev/null || true
    rm -f "$log"
}
trap clear_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Each ends by itself as well when this script is no longer there to end it.
for ((number = 0; number < busy; number++)); do
    "$python" -c "import os
while os.getppid() == $$:
    sum(range(1_000_000))" &
    burners+=($!)
done

failed=0
for ((round = 1; round <= rounds; round++)); do
    # An hour bounds a round that hangs; none comes near it.
    if timeout --kill-after=60 3600 "$python" -m pytest -n 2 --dist worksteal "$@" >"$log" 2>&1; then
        say "$round/$rounds : $(tail -n 1 "$log")"
    else
        failed=$((failed + 1))
        tail -n 60 "$log"
        say "$round/$rounds : ÉCHEC"
    fi
done
say "$rounds fois, $busy processus occupés à côté : $failed échec(s)"
[ "$failed" -eq 0 ]
