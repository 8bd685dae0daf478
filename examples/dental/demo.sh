# shellcheck shell=bash
# What `./dev demo` does; sourced by `dev`, whose words it uses (say, die, build, pg_start, pg_url, root).

# make_demo_databases SCALE SEED STAGE: fresh databases `legacy` and `modern` with the synthetic case, and
# the two roles that may do little. Stage t0: the target has what earlier scripts left in it.
make_demo_databases() {
  local side database dental=examples/dental
  for side in source target; do
    [[ $side == source ]] && database=legacy || database=modern
    psql -Xq "$(pg_url $side)" -c "SET client_min_messages = warning" \
      -c "DROP DATABASE IF EXISTS $database WITH (FORCE)" -c "CREATE DATABASE $database"
  done
  build/release/dental-twin --scale "$1" --seed "$2" --stage t1 --to "$(pg_url source legacy)" \
    --manifest build/manifest.json
  psql -Xq -v ON_ERROR_STOP=1 "$(pg_url source legacy)" -f $dental/roles_source.sql
  psql -Xq -v ON_ERROR_STOP=1 "$(pg_url target modern)" -f $dental/target.sql
  [[ $3 != t0 ]] || build/release/dental-twin --scale "$1" --seed "$2" --stage t0 \
    --to "$(pg_url target modern)" --manifest build/manifest.json
  psql -Xq -v ON_ERROR_STOP=1 "$(pg_url target modern)" -f $dental/roles_target.sql
}

# What a terminal needs to go on where the demo stopped.
write_demo_environment() {
  cat >build/demo.env <<ENV
export LEGACY_URL='$(pg_url source legacy legacy_reader)'
export TARGET_URL='$(pg_url target modern rehome_writer)'
export REHOME_MAPPING='$root/examples/dental/rehome.yaml'
export PATH='$root/build/release':\$PATH
ENV
}

# act EXIT_CODE WHY COMMAND…: says why, shows the command, runs it.
act() {
  local wanted=$1 why=$2 code=0
  shift 2
  say "$why"
  echo "\$ $*"
  "$@" || code=$?
  [[ $code == "$wanted" ]] || die "'$*' ended with $code, expected $wanted"
}

row_versions() { psql -XAtq -v ON_ERROR_STOP=1 "$(pg_url target modern)" -f examples/dental/versions.sql; }

sync_again() {
  row_versions >build/versions_before
  act 3 "Again: nothing moves twice" rehome sync
  diff build/versions_before <(row_versions) || die "the second sync has written rows"
  echo "Nothing was written: all rows of target and ledger have the versions they had."
}

# A first load into an empty target.
demo_t1() {
  act 3 "Move it. It ends with 3: all is accounted for, some rows are held" rehome sync
  act 3 "Where is every row?" rehome status
  act 0 "Which rows are held, and why?" rehome quarantine list
  sync_again
  judge_manifest
}

# A target that scripts have filled before.
demo_t0() {
  act 3 "Adopt what the scripts left, put right what is wrong, bring what is missing" rehome sync
  act 0 "Which rows of the target does the source not have?" rehome status --rows extra
  act 0 "Which rows are held, and why? Among them those that somebody has edited" rehome quarantine list
  sync_again
  judge_manifest
}

# Somebody works in the old application while rehome runs; what a run has not seen is for the next.
demo_t2() {
  local twin player
  twin="build/release/dental-twin --scale $scale --seed $seed"
  act 3 "Move it. It ends with 3: all is accounted for, some rows are held" rehome sync
  psql -Xq "$(pg_url source)" -c 'SET client_min_messages = warning' -c 'DROP DATABASE IF EXISTS replay' \
    -c 'CREATE DATABASE replay TEMPLATE legacy'
  judge_drift start
  say "Now the old application goes on: 16 transactions, by two sessions"
  echo "\$ $twin --stage t2 --pause-ms 250 &"
  $twin --stage t2 --to "$(pg_url source legacy)" --pause-ms 250 &
  player=$!
  until [[ $(psql -XAtq "$(pg_url source legacy)" -c 'SELECT count(*) >= 6 FROM drift.step' 2>&1) == t ]]; do sleep 0.05; done
  act 3 "Meanwhile: take what has changed" rehome sync
  wait "$player"
  act 0 "Did it take what had been committed before it began, and nothing else?" judge_drift run
  act 3 "And the rest" rehome sync
  act 0 "Did it?" judge_drift run
  sync_again
  act 0 "Nothing to do, nothing done?" judge_drift run
  act 0 "Is any change in neither run, or in both?" judge_drift end
}

# judge_drift start|run|end: of the twin that demo_t2 has told.
judge_drift() {
  LEGACY_URL=$(pg_url source legacy) REPLAY_URL=$(pg_url source replay) TARGET_URL=$(pg_url target modern) \
    TWIN=$twin examples/dental/check_t2.sh "$1"
}

judge_manifest() {
  TARGET_URL=$(pg_url target modern) act 0 \
    "The twin planted defects and kept a list. Is every row where it belongs?" examples/dental/check.sh
}

# play_demo OPTION…
play_demo() {
  local scale=1 seed=1 stage=t1
  while (($#)); do
    case $1 in
      --scale) scale=$2 ;;
      --seed) seed=$2 ;;
      --stage) stage=$2 ;;
      *) die "demo [--stage t0|t1|t2] [--scale S] [--seed N]" ;;
    esac
    shift 2
  done
  [[ $stage == t[012] ]] ||
    die "demo --stage t1 (an empty target, the default), t0 (one that scripts have filled) or t2 (a source that changes)"
  say "Building the program and the twin of a dental laboratory's database"
  build release rehome dental-twin
  pg_start
  say "Filling two servers: a Django database as it was, and the schema of its successor"
  make_demo_databases "$scale" "$seed" "$stage"
  write_demo_environment
  # shellcheck source=/dev/null
  source build/demo.env
  act 0 "Could it work? Every problem at once, before anything moves" rehome check
  act 0 "What would move?" rehome plan
  "demo_$stage"
  say "Look further"
  echo "  source build/demo.env        then any verb: rehome quarantine show orders KEY, rehome plan --sql"
  echo "  ./dev shell                  psql on the target; ./dev shell source"
  echo "  ./dev pg stop                when you are done"
}
