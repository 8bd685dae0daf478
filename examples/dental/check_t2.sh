#!/bin/sh
# Judges runs that went on while the source of the twin changed (stage t2): which transactions of the
# old application are in which run, and that each run wrote what had changed for it, and no row more.
#
#   check_t2.sh start    after the first load, before the first step of the drift
#   check_t2.sh run      after each later run
#   check_t2.sh end      after the last one: every step is in exactly one run
#
# LEGACY_URL is the source, TARGET_URL the target, both as superusers. REPLAY_URL is another twin of
# stage t1, same scale and seed: the judge plays there what a run has seen and nothing else, derives from
# it every row as check.sh does, and compares before and after. TWIN is `dental-twin --scale S --seed N`.
# Between the calls the schemas checker and checker_before stay in the target. Exit code 1: a difference.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
: "${LEGACY_URL:?}" "${REPLAY_URL:?}" "${TARGET_URL:?}" "${TWIN:?}"
export PGOPTIONS='-c DateStyle=ISO,MDY -c TimeZone=UTC -c client_min_messages=warning -c jit=off'
export PGCLIENTENCODING=UTF8
# shellcheck source=examples/dental/copy_legacy.sh
. "$here/copy_legacy.sh"

source_value() { psql -X -q -At -v ON_ERROR_STOP=1 "$LEGACY_URL" -c "$1"; }

derive() {
  copy_legacy "$REPLAY_URL"
  target -c 'SET search_path = checker' -f "$here/check_expected.sql" -f "$here/check_found.sql"
  analyze_checker
}

# list_steps SNAPSHOT: number, what, whether the snapshot sees it; in the order of commit.
list_steps() {
  [ -n "$(source_value "SELECT to_regclass('drift.step')")" ] || return 0
  source_value "COPY (SELECT number, what, ended_at, pg_visible_in_snapshot(transaction_id, '$1')
                      FROM drift.step ORDER BY ended_at) TO STDOUT"
}

# Plays on the replay what the snapshot sees.
replay() {
  list_steps "$1" | cut -f1,4 | while read -r number seen; do
    [ "$seen" = t ] || continue
    played=$(psql -X -q -At "$REPLAY_URL" -c "SELECT 1 FROM drift.step WHERE number = $number" 2>&1 || true)
    [ "$played" = 1 ] || $TWIN --stage t2 --to "$REPLAY_URL" --steps "$number" </dev/null
  done
}

judge_run() {
  sees=$(target -At -c 'SELECT snapshot_sees FROM rehome.run ORDER BY run_id DESC LIMIT 1')
  replay "$sees"
  target -c 'DROP SCHEMA IF EXISTS checker_before CASCADE' -c 'ALTER SCHEMA checker RENAME TO checker_before'
  derive
  target -c 'CREATE TABLE checker.step (number integer, what text, ended_at timestamptz, seen boolean)' \
    -c 'CREATE TABLE checker.log (step integer, table_name text, id integer)'
  list_steps "$sees" | target -c 'COPY checker.step FROM STDIN'
  [ -z "$(list_steps "$sees")" ] ||
    source_value 'COPY (SELECT step, table_name, id FROM drift.log) TO STDOUT' |
    target -c 'COPY checker.log FROM STDIN'
  target -f "$here/check_t2.sql"
}

case ${1:-} in
  start)
    derive
    target -c 'SET search_path = checker' -f "$here/check_t2_start.sql" ;;
  run) judge_run || exit 1 ;;
  end)
    target -c 'SET search_path = checker' -f "$here/check_t2_end.sql" || exit 1
    target -c 'DROP SCHEMA checker, checker_before CASCADE' ;;
  *) sed -n '2,15s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
