#!/usr/bin/env bash
# On a server of its own: t0 is what its manifest says, in both directions; t2 changes what its log
# says, and nothing else; both are the same each time. Usage: stages_test.sh path/to/dental-twin
# CACHE [--write]; CACHE is a folder that may keep the initdb result.
set -euo pipefail

twin=$1
cache=$2
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
coproc server { "$here/../../../tests/support/throwaway" "$cache"; }
# shellcheck disable=SC2034 # the trap closes it: then the server stops
server_input=${server[1]}
trap 'exec {server_input}>&-; rm -rf "$scratch"' EXIT
read -r -t 60 -u "${server[0]}" socket
export PGOPTIONS='-c client_min_messages=warning -c TimeZone=UTC -c DateStyle=ISO,MDY'
export PGCLIENTENCODING=UTF8

fail() { echo "$*" >&2; exit 1; }
url() { echo "host=$socket user=postgres dbname=$1"; }
query() { psql -XqAt -v ON_ERROR_STOP=1 "$(url "$1")" "${@:2}"; }
make_database() { query postgres -c "CREATE DATABASE $1 ${2:+TEMPLATE $2}"; }
generate() { "$twin" --scale 0.01 --seed "${seed:-1}" --stage "$1" --to "$(url "$2")" "${@:3}"; }

make_target() {
  make_database "$1"
  query "$1" -f "$here/../target.sql"
  generate t0 "$1" --manifest "$scratch/$1.json"
}

# digest_tables DATABASE: a line for each table of schema public.
digest_tables() {
  local table
  for table in $(query "$1" -c "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"); do
    echo "$(query "$1" -c "COPY (SELECT * FROM $table ORDER BY id) TO STDOUT" | md5sum | cut -d' ' -f1)  $table"
  done
}

# list_rows DATABASE: table, id and a digest of each row.
list_rows() {
  local table
  for table in $(query "$1" -c "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"); do
    query "$1" -F ' ' -c "SELECT '$table', id, md5(t::text) FROM $table t"
  done | sort
}

# --- t0 ----------------------------------------------------------------------------------------------

make_database legacy
generate t1 legacy
make_target modern
make_target again
digest_tables modern >"$scratch/modern.md5"
(cd "$scratch" && md5sum <modern.json | sed 's/-/t0 manifest/') >>"$scratch/modern.md5"
if [[ ${3:-} == --write ]]; then
  cp "$scratch/modern.md5" "$here/t0_digests.md5"
fi
digest_tables again | cmp - <(head -n -1 "$scratch/modern.md5") || fail "two runs of t0 differ"
cmp "$scratch/modern.json" "$scratch/again.json" || fail "two manifests of t0 differ"
cmp "$scratch/modern.md5" "$here/t0_digests.md5" ||
  fail "the rows are not those of t0_digests.md5; if that is meant, give --write"
generate t0 modern 2>/dev/null && fail "t0 filled a target that was not empty"
generate t0 legacy 2>/dev/null && fail "t0 filled a source"

# hold_against_manifest TARGET
hold_against_manifest() {
  query "$1" -c 'CREATE SCHEMA checker' -c 'SET search_path = checker' -f "$here/../source.sql"
  for table in auth_user auth_user_groups dispatch_office dispatch_office_doctors \
    dispatch_doctorsetting dispatch_patient dispatch_instruction dispatch_record dispatch_file; do
    query legacy -c "COPY $table TO STDOUT" | query "$1" -c "COPY checker.$table FROM STDIN"
  done
  MANIFEST=$scratch/$1.json query "$1" -f "$here/t0_test.sql"
}
hold_against_manifest modern || fail "t0 is not what its manifest says"
# The judge can tell.
query again -c "UPDATE files SET file_type = 'exe' WHERE id = (SELECT min(id::text)::uuid FROM files)"
hold_against_manifest again >/dev/null 2>&1 && fail "the judge did not see a changed row"

# --- t2 ----------------------------------------------------------------------------------------------

for database in played scripted; do
  make_database $database legacy
done
generate t2 played --steps 1-9
generate t2 played --steps 10-16 --pause-ms 1
generate t2 played --steps 3 2>/dev/null && fail "a step was played twice"
"$twin" --scale 0.01 --seed 1 --stage t2 --script "$scratch/t2.sql"
query scripted -f "$scratch/t2.sql" >/dev/null
make_database declared
generate t1 declared --foreign-keys
generate t2 declared
digest_tables played >"$scratch/played.md5"
for database in scripted declared; do
  digest_tables $database | cmp - "$scratch/played.md5" || fail "t2 came out differently in $database"
done
[[ $(query played -c 'SELECT count(*) FROM drift.step WHERE ended_at IS NOT NULL') == 16 ]] ||
  fail "not all steps were played"
[[ $(query played -c 'SELECT count(DISTINCT transaction_id) FROM drift.step') == 16 ]] ||
  fail "steps share a transaction"

list_rows legacy >"$scratch/before"
list_rows played >"$scratch/after"
# seen CHANGE: what became of rows.
seen() {
  case $1 in
    inserted) join -v 2 <(cut -d' ' --output-delimiter=: -f1,2 "$scratch/before" | sort) \
      <(cut -d' ' --output-delimiter=: -f1,2 "$scratch/after" | sort) ;;
    deleted) join -v 1 <(cut -d' ' --output-delimiter=: -f1,2 "$scratch/before" | sort) \
      <(cut -d' ' --output-delimiter=: -f1,2 "$scratch/after" | sort) ;;
    updated) join <(sed 's/ /:/' "$scratch/before" | sort) <(sed 's/ /:/' "$scratch/after" | sort) |
      awk '$2 != $3 { print $1 }' ;;
  esac | sort
}
# What the log says of each row, all steps taken together; what was restored is no change.
logged() {
  query played -v change="$1" <<'SQL' | sort
SELECT table_name || ':' || id
FROM (SELECT table_name, id, bool_or(change = 'inserted') AS came, bool_or(change = 'deleted') AS went,
             bool_or(step = 12) AS restored
      FROM drift.log GROUP BY table_name, id) l
WHERE CASE WHEN came AND went OR restored THEN '' WHEN came THEN 'inserted'
           WHEN went THEN 'deleted' ELSE 'updated' END = :'change'
SQL
}
for change in inserted updated deleted; do
  [[ -s $scratch/before && -n $(seen $change) ]] || fail "t2 has nothing $change"
  diff <(logged $change) <(seen $change) >&2 || fail "the log does not tell what was $change"
done
echo "t0 and t2 are what they say"
