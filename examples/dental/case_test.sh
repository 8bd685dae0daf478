#!/usr/bin/env bash
# A whole case at a hundredth of its size, on a server of its own, held against the twin's manifest by
# check.sh, which shares no code with the program. Usage:
#   case_test.sh dental-twin rehome CACHE t0|t1      CACHE: a folder that may keep the initdb result
set -euo pipefail

twin=$1 rehome=$2 cache=$3 stage=$4
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
coproc server { "$here/../../tests/support/throwaway" "$cache"; }
# shellcheck disable=SC2034 # the trap closes it: then the server stops
server_input=${server[1]}
trap 'exec {server_input}>&-; rm -rf "$scratch"' EXIT
read -r -t 60 -u "${server[0]}" socket
export PGOPTIONS='-c client_min_messages=warning'
export PGCLIENTENCODING=UTF8 NO_COLOR=1 REHOME_MAPPING=$here/rehome.yaml

fail() { echo "$*" >&2; exit 1; }
url() { echo "postgresql://${2:-postgres}@/$1?host=$socket"; }
query() { psql -XqAt -v ON_ERROR_STOP=1 "$(url "$1")" "${@:2}"; }
generate() { "$twin" --scale 0.01 --seed 1 --stage "$1" --to "$(url "$2")" "${@:3}"; }
export LEGACY_URL TARGET_URL
LEGACY_URL=$(url legacy legacy_reader) TARGET_URL=$(url modern rehome_writer)

# sync: some rows are held, as they should be.
sync() {
  local code=0
  "$rehome" sync >"$scratch/out" 2>&1 || code=$?
  [[ $code == 3 ]] || { cat "$scratch/out"; fail "sync ended with $code"; }
}
judge() { TARGET_URL=$(url modern) "$here/check.sh" "$scratch/manifest.json"; }
list_versions() { query modern -f "$here/versions.sql"; }

make_databases() {
  query postgres -c 'CREATE DATABASE legacy' -c 'CREATE DATABASE modern'
  generate t1 legacy --manifest "$scratch/manifest.json"
  query legacy -f "$here/roles_source.sql"
  query modern -f "$here/target.sql"
  [[ $stage != t0 ]] || generate t0 modern --manifest "$scratch/manifest.json"
  query modern -f "$here/roles_target.sql"
}

make_databases
sync
list_versions >"$scratch/before"
sync
diff "$scratch/before" <(list_versions) || fail "a second sync has written rows"
judge
# The judge can tell.
query modern -c "UPDATE files SET file_type = 'exe' WHERE id = (SELECT min(id::text)::uuid FROM files)"
if judge >"$scratch/out" 2>&1; then fail "the judge did not see a changed row"; fi
