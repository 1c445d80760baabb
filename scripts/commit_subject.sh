#!/usr/bin/env bash
# Refuse the message of a commit whose subject is empty, longer than 72 characters, or not followed by an empty line.
# Usage: scripts/commit_subject.sh FILE
set -euo pipefail

{ read -r subject && { read -r second || true; }; } <"$1" || true
if [ -z "${subject:-}" ]; then
    echo "The commit has no subject." >&2
    exit 1
elif [ ${#subject} -gt 72 ]; then
    echo "The subject has ${#subject} characters, 72 at most: say what changes there, and why in the body." >&2
    exit 1
elif [ -n "${second:-}" ] && [ "${second#\#}" = "$second" ]; then
    echo "An empty line parts the subject from the body." >&2
    exit 1
fi
