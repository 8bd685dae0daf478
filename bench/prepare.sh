#!/usr/bin/env bash
# What both benchmarks need before they start: the servers, and the one npm package of the script they compare with.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
for program in node npm; do
  command -v $program >/dev/null || { echo "bench: $program is missing" >&2; exit 1; }
done
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  npm ci --silent --ignore-scripts
  touch node_modules/.package-lock.json
fi
../dev pg start >/dev/null
