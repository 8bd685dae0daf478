#!/bin/sh
# Judges a migration of the twin row by row, by SQL of its own: copies the legacy tables beside the
# target (schema checker, dropped again), derives what must have arrived, compares both ways.
#
#   LEGACY_URL=… TARGET_URL=… examples/dental/check.sh [manifest.json]
#
# The manifest is the one dental-twin wrote; without a name, build/manifest.json. TARGET_URL may be
# any role that can create a schema and sees all rows. Exit code 0: no difference; 1: there is one.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
manifest=${1:-$here/../../build/manifest.json}
: "${LEGACY_URL:?}" "${TARGET_URL:?}"
[ -r "$manifest" ] || { echo "check.sh: there is no manifest $manifest" >&2; exit 2; }
export PGOPTIONS='-c DateStyle=ISO,MDY -c TimeZone=UTC -c client_min_messages=warning'
export PGCLIENTENCODING=UTF8

target() { psql -X -q -v ON_ERROR_STOP=1 "$TARGET_URL" "$@"; }

target -c 'DROP SCHEMA IF EXISTS checker CASCADE' -c 'CREATE SCHEMA checker'
trap 'target -c "DROP SCHEMA IF EXISTS checker CASCADE"' EXIT
target -c 'SET search_path = checker' -f "$here/source.sql"

for table in auth_user auth_user_groups dispatch_office dispatch_office_doctors \
  dispatch_doctorsetting dispatch_patient dispatch_instruction dispatch_record dispatch_file; do
  psql -X -q -v ON_ERROR_STOP=1 "$LEGACY_URL" -c "COPY $table TO STDOUT" |
    target -c "COPY checker.$table FROM STDIN"
done

# So that the planner knows the copies before anything is derived from them.
target -c 'SET default_statistics_target = 10' -f - <<'SQL'
SELECT format('ANALYZE checker.%I', tablename) FROM pg_tables WHERE schemaname = 'checker' \gexec
SQL
judge=check.sql
grep -q '"stage": *"t0"' "$manifest" && judge=check_t0.sql
MANIFEST=$manifest target -f "$here/$judge" || exit 1
