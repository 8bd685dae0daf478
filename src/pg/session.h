// The settings that make two servers speak of the same values in the same way.
#pragma once

#include <string>
#include <vector>

#include "pg/connection.h"

namespace rehome::pg {

// After connecting: everything that decides how a value is written (design §4): client_encoding
// UTF8, DateStyle ISO, IntervalStyle, TimeZone UTC, extra_float_digits 3, bytea_output hex,
// row_security off, jit off, synchronize_seqscans off, statement and idle timeouts 0,
// default_transaction_read_only on, search_path = pg_catalog, <schema>, pg_temp. Uses SET, never
// set_config().
void prepare_source_session(Connection& connection, const std::string& schema);

// ACCESS SHARE on all of `tables` (quoted texts), in the current transaction: before the snapshot
// is taken, or before somebody's DDL can queue between two reads. Waits 5 s at most (55P03).
void lock_source_tables(Connection& connection, const std::vector<std::string>& tables);

// `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY` and, when `snapshot` is not empty, SET
// TRANSACTION SNAPSHOT.
void begin_source(Connection& connection, const std::string& snapshot);

// After connecting: what makes reads outside of batches cheap. Nothing in it decides how a value is
// written: through a transaction pooler it may or may not last.
void prepare_target_session(Connection& connection);

// BEGIN (READ COMMITTED READ WRITE) and SET LOCAL of the same settings; the application's own
// search_path stays (or becomes `search_path`, a list as in the setting, when not empty), because
// its triggers run in it. lock_timeout and idle_in_transaction_session_timeout are set so that a
// frozen client lets go.
void begin_target(Connection& connection, const std::string& search_path);

}  // namespace rehome::pg
