#!/usr/bin/env bash
# A whole case at a hundredth of its size, on a server of its own, judged by check.sh and check_t2.sh,
# which share no code with the program. Usage:
#   case_test.sh dental-twin rehome CACHE t0|t1|t2      CACHE: a folder that may keep the initdb result
# t2 wants a build with failpoints; without them the source may change before or after a run, not during it.
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
check() { TARGET_URL=$(url modern) "$here/check.sh" "$scratch/manifest.json"; }
check_drift() {
  LEGACY_URL=$(url legacy) REPLAY_URL=$(url replay) TARGET_URL=$(url modern) \
    TWIN="$twin --scale 0.01 --seed 1" "$here/check_t2.sh" "$1"
}
# sees_through COMMAND…: the judge can tell. What is said then does not matter.
sees_through() { if "$@" >"$scratch/out" 2>&1; then fail "'$*' saw nothing wrong"; fi; }
list_versions() { query modern -f "$here/versions.sql"; }

make_databases() {
  query postgres -c 'CREATE DATABASE legacy' -c 'CREATE DATABASE modern'
  generate t1 legacy --manifest "$scratch/manifest.json"
  query legacy -f "$here/roles_source.sql"
  query modern -f "$here/target.sql"
  [[ $stage != t0 ]] || generate t0 modern --manifest "$scratch/manifest.json"
  query modern -f "$here/roles_target.sql"
}

sync_again() {
  list_versions >"$scratch/before"
  sync
  diff "$scratch/before" <(list_versions) || fail "a run without work has written rows"
}

play_t1() {
  sync
  sync_again
  check
  query modern -c "UPDATE files SET file_type = 'exe' WHERE id = (SELECT min(id::text)::uuid FROM files)"
  sees_through check
}
play_t0() { play_t1; }

wait_for_open_transaction() {
  until [[ $(query legacy -c "SELECT 1 FROM pg_stat_activity WHERE datname = 'legacy'
                              AND state = 'idle in transaction'") == 1 ]]; do sleep 0.1; done
}

# The run takes its snapshot while one transaction is open, and waits there until more are committed.
sync_while_source_changes() {
  local player run code=0
  generate t2 legacy --steps 14-15 --pause-ms 4000 &
  player=$!
  wait_for_open_transaction
  REHOME_FAILPOINTS=snapshot_taken=stop "$rehome" sync >"$scratch/out" 2>&1 &
  run=$!
  until grep -qs '^State:.T' "/proc/$run/status" || [[ ! -d /proc/$run ]]; do sleep 0.05; done
  wait "$player"
  generate t2 legacy --steps 9-13
  kill -CONT "$run" 2>/dev/null || true
  wait "$run" || code=$?
  [[ $code == 3 ]] || { cat "$scratch/out"; fail "sync ended with $code"; }
}

play_t2() {
  sync
  query postgres -c 'CREATE DATABASE replay TEMPLATE legacy'
  check_drift start
  generate t2 legacy --steps 1-8
  sync_while_source_changes
  check_drift run
  sees_through check_drift end
  generate t2 legacy --steps 16
  sync
  check_drift run
  sync_again
  check_drift run
  check_drift end
  check_drift start
  query modern -c 'UPDATE files SET filename = filename WHERE id = (SELECT min(id::text)::uuid FROM files)'
  sees_through check_drift run
}

make_databases
"play_$stage"
