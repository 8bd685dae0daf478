# shellcheck shell=bash
# Private PostgreSQL clusters for tests, demo and benchmarks: sourced by `dev`, `throwaway` and others.
# PostgreSQL refuses root, so for root the server side runs as user postgres, without login or sudo.
# PG_BIN names another installation (for example /usr/lib/postgresql/13/bin).

export LC_ALL=C.UTF-8 PGCLIENTENCODING=UTF8

# The newest installed server, unless PG_BIN says otherwise.
pg_bin() {
  if [[ -z ${PG_BIN:-} ]]; then
    PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
  fi
  [[ -x $PG_BIN/postgres ]] || { echo "no PostgreSQL server in '$PG_BIN': run ./dev setup" >&2; return 1; }
  echo "$PG_BIN"
}

# Runs a command as the user that owns the server's files.
as_server() {
  if [[ $(id -u) == 0 ]]; then
    setpriv --reuid=postgres --regid=postgres --clear-groups -- "$@"
  else
    "$@"
  fi
}

server_owns() {
  [[ $(id -u) != 0 ]] || chown postgres:postgres "$@"
}

# make_data_directory DIRECTORY CACHE: a fresh cluster owned by `postgres`. initdb takes a second, so
# its result is kept as an archive in the folder CACHE and unpacked from then on.
make_data_directory() {
  local directory=$1 cache=$2 bin archive
  bin=$(pg_bin) || return 1
  archive=$cache/empty-cluster-$("$bin/postgres" --version | cut -d' ' -f3).tar
  mkdir -p "$cache"
  install -d -m 700 "$directory" && server_owns "$directory" || return 1
  if [[ ! -s $archive ]]; then
    (cd / && as_server "$bin/initdb" -D "$directory" -U postgres -A trust -E UTF8 \
      --locale=C.UTF-8 --no-sync --no-instructions >/dev/null) || return 1
    tar -C "$directory" -cf "$archive.$$" . && mv "$archive.$$" "$archive"
  else
    as_server tar -C "$directory" -xf - <"$archive"
  fi
}

# start_cluster DATA SOCKETS PORT SETTING…: unix socket only, `name=value` settings.
start_cluster() {
  local data=$1 sockets=$2 port=$3 bin setting options
  shift 3
  bin=$(pg_bin) || return 1
  options="-c listen_addresses='' -c unix_socket_directories=$sockets -c port=$port -c wal_level=logical"
  for setting in "$@"; do
    options+=" -c $setting"
  done
  (cd / && as_server "$bin/pg_ctl" -D "$data" -l "$data/server.log" -w -t 60 -s -o "$options" start \
    </dev/null >/dev/null 2>&1) || { echo "the server did not start:" >&2; tail -5 "$data/server.log" >&2; return 1; }
}

# stop_cluster DATA [MODE]
stop_cluster() {
  (cd / && as_server "$(pg_bin)/pg_ctl" -D "$1" -m "${2:-fast}" -w -s stop >/dev/null 2>&1)
}

cluster_runs() {
  [[ -d $1 ]] && (cd / && as_server "$(pg_bin)/pg_ctl" -D "$1" status >/dev/null 2>&1)
}
