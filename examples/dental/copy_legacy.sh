# shellcheck shell=sh
# Sourced by the judges.

target() { psql -X -q -v ON_ERROR_STOP=1 "$TARGET_URL" "$@"; }

# copy_legacy URL: the legacy tables, as they are there now, into schema checker of the target.
copy_legacy() {
  target -c 'DROP SCHEMA IF EXISTS checker CASCADE' -c 'CREATE SCHEMA checker'
  target -c 'SET search_path = checker' -f "$here/source.sql"
  for table in auth_user auth_user_groups dispatch_office dispatch_office_doctors \
    dispatch_doctorsetting dispatch_patient dispatch_instruction dispatch_record dispatch_file; do
    psql -X -q -v ON_ERROR_STOP=1 "$1" -c "COPY $table TO STDOUT" |
      target -c "COPY checker.$table FROM STDIN"
  done
  analyze_checker
}

# So that the planner knows the copies before anything is derived from them.
analyze_checker() {
  target -c 'SET default_statistics_target = 10' -f - <<'SQL'
SELECT format('ANALYZE checker.%I', tablename) FROM pg_tables WHERE schemaname = 'checker' \gexec
SQL
}
