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

# shellcheck source=examples/dental/copy_legacy.sh
. "$here/copy_legacy.sh"
trap 'target -c "DROP SCHEMA IF EXISTS checker CASCADE"' EXIT
copy_legacy "$LEGACY_URL"

judge=check.sql
grep -q '"stage": *"t0"' "$manifest" && judge=check_t0.sql
MANIFEST=$manifest target -f "$here/$judge" || exit 1
