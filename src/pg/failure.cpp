#include "pg/failure.h"

#include <libpq-fe.h>

#include <charconv>

namespace rehome::pg {

namespace {

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

int parse_position(const std::string& text) {
  int position = 0;
  std::from_chars(text.data(), text.data() + text.size(), position);
  return position;
}

bool is_copy(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

}  // namespace

ErrorFields read_failure(const PGconn* connection, const PGresult* result) {
  ErrorFields fields;
  fields.sqlstate = field(result, PG_DIAG_SQLSTATE);
  if (fields.sqlstate.empty()) {
    fields.message = PQerrorMessage(connection);
    return fields;
  }
  fields.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  fields.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
  fields.hint = field(result, PG_DIAG_MESSAGE_HINT);
  fields.context = field(result, PG_DIAG_CONTEXT);
  fields.schema = field(result, PG_DIAG_SCHEMA_NAME);
  fields.table = field(result, PG_DIAG_TABLE_NAME);
  fields.column = field(result, PG_DIAG_COLUMN_NAME);
  fields.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
  fields.position = parse_position(field(result, PG_DIAG_STATEMENT_POSITION));
  return fields;
}

void throw_failure(Side side, std::string_view statement, const PGconn* connection,
                   const PGresult* result) {
  throw Error(side, std::string(statement), read_failure(connection, result));
}

PGresult* await_result(PGconn* connection, std::int64_t& results) {
  PGresult* kept = nullptr;
  while (PGresult* result = PQgetResult(connection)) {
    ++results;
    // A dying server sends its reason, and then libpq adds one without a code: the first error is
    // the one to keep.
    if (kept != nullptr && PQresultStatus(kept) == PGRES_FATAL_ERROR) {
      PQclear(result);
    } else {
      PQclear(kept);
      kept = result;
    }
    if (is_copy(kept)) break;
  }
  return kept;
}

void drain(PGconn* connection) noexcept {
  while (PGresult* result = PQgetResult(connection)) {
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COPY_IN && PQputCopyEnd(connection, "abandoned") != 1) return;
    if (status == PGRES_COPY_OUT) {
      char* buffer = nullptr;
      while (PQgetCopyData(connection, &buffer, 0) > 0) PQfreemem(buffer);
    }
    if (PQstatus(connection) == CONNECTION_BAD) return;
  }
}

}  // namespace rehome::pg
