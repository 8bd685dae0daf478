#include "pg/connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>

#include "base/ensure.h"
#include "pg/connect.h"
#include "pg/failure.h"

namespace rehome::pg {

namespace {

bool is_success(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

bool is_copy(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH;
}

// Parameters in the form libpq wants them. Text is copied, because libpq reads it up to a NUL.
class ParameterArrays {
 public:
  explicit ParameterArrays(std::span<const Parameter> parameters) {
    copies_.reserve(parameters.size());
    for (const Parameter& parameter : parameters) add(parameter);
  }

  bool send(PGconn* connection, const std::string& text, bool binary_result) const {
    return PQsendQueryParams(connection, text.c_str(), static_cast<int>(values_.size()), nullptr,
                             values_.data(), lengths_.data(), formats_.data(),
                             binary_result ? 1 : 0) == 1;
  }

 private:
  void add(const Parameter& parameter) {
    values_.push_back(parameter.value ? copies_.emplace_back(*parameter.value).c_str() : nullptr);
    lengths_.push_back(parameter.value ? static_cast<int>(parameter.value->size()) : 0);
    formats_.push_back(parameter.binary ? 1 : 0);
  }

  std::vector<std::string> copies_;
  std::vector<const char*> values_;
  std::vector<int> lengths_;  // of binary ones
  std::vector<int> formats_;
};

bool holds_nul(std::span<const Parameter> parameters) {
  for (const Parameter& parameter : parameters) {
    if (parameter.value && !parameter.binary &&
        parameter.value->find('\0') != std::string_view::npos)
      return true;
  }
  return false;
}

}  // namespace

Canceller::Canceller(PGconn* connection)
    : cancel_(PQgetCancel(connection), [](PGcancel* cancel) { PQfreeCancel(cancel); }) {}

void Canceller::cancel() const noexcept {
  std::array<char, 256> error{};
  PQcancel(cancel_.get(), error.data(), static_cast<int>(error.size()));
}

void Connection::Finish::operator()(PGconn* connection) const { PQfinish(connection); }

Connection::Connection(Side side, const std::string& url, const std::string& application)
    : side_(side), connection_(open_connection(side, url, application)) {}

int Connection::server_version() const { return PQserverVersion(connection_.get()); }

int Connection::backend_pid() const { return PQbackendPID(connection_.get()); }

Canceller Connection::canceller() const { return Canceller(connection_.get()); }

bool Connection::in_transaction() const {
  const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
  return status != PQTRANS_IDLE && status != PQTRANS_UNKNOWN;
}

bool Connection::is_alive() const { return PQstatus(connection_.get()) == CONNECTION_OK; }

Rows Connection::await(std::string_view name, bool sent) {
  PGconn* const connection = connection_.get();
  const std::int64_t before = statements_;
  PGresult* const result = sent ? await_result(connection, statements_) : nullptr;
  if (statements_ == before) ++statements_;
  Rows rows(result);
  base::ensure(!is_copy(result), "COPY is sent by copy_in and copy_out");
  if (!is_success(result)) throw_failure(side_, name, connection, result);
  return rows;
}

Rows Connection::execute(Statement statement) {
  const std::string text(statement.text);
  return await(statement.name, PQsendQuery(connection_.get(), text.c_str()) == 1);
}

Rows Connection::query(Statement statement, std::span<const Parameter> parameters,
                       bool binary_result) {
  if (holds_nul(parameters)) {
    // As the server would say it; libpq would cut the value there instead.
    ErrorFields fields;
    fields.sqlstate = "22021";
    fields.message = "invalid byte sequence for encoding \"UTF8\": 0x00";
    throw Error(side_, std::string(statement.name), std::move(fields));
  }
  const ParameterArrays arrays(parameters);
  return await(statement.name,
               arrays.send(connection_.get(), std::string(statement.text), binary_result));
}

Rows Connection::query(Statement statement, std::initializer_list<Parameter> parameters) {
  return query(statement, std::span<const Parameter>(parameters.begin(), parameters.size()));
}

std::vector<ColumnType> Connection::describe(Statement statement) {
  const std::string text(statement.text);
  PGconn* const connection = connection_.get();
  await(statement.name, PQsendPrepare(connection, "", text.c_str(), 0, nullptr) == 1);
  return await(statement.name, PQsendDescribePrepared(connection, "") == 1).types();
}

void Connection::start_copy(Statement statement, bool in) {
  const std::string text(statement.text);
  PGconn* const connection = connection_.get();
  const bool sent = PQsendQuery(connection, text.c_str()) == 1;
  std::int64_t results = 0;
  PGresult* const result = sent ? await_result(connection, results) : nullptr;
  ++statements_;
  const Rows guard(result);
  const ExecStatusType status = PQresultStatus(result);
  base::ensure(!is_success(result), "copy_in and copy_out send a COPY");
  if (!is_copy(result)) throw_failure(side_, statement.name, connection, result);
  base::ensure(status == (in ? PGRES_COPY_IN : PGRES_COPY_OUT), "a COPY has the right direction");
}

std::int64_t Connection::finish_copy(std::string_view name) {
  std::int64_t results = 0;
  PGresult* const result = await_result(connection_.get(), results);
  const Rows rows(result);
  if (!is_success(result)) throw_failure(side_, name, connection_.get(), result);
  return rows.affected();
}

CopyOut Connection::copy_out(Statement statement) {
  constexpr bool k_in = false;
  start_copy(statement, k_in);
  return {*this, std::string(statement.name)};
}

CopyIn Connection::copy_in(Statement statement) {
  constexpr bool k_in = true;
  start_copy(statement, k_in);
  return {*this, std::string(statement.name)};
}

void Connection::rehearse() {
  execute({"begin rehearsal", "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE"});
  rehearsing_ = true;
}

void Connection::begin(Statement statement, std::string_view kind) {
  const std::string first =
      rehearsing_ ? std::string("SAVEPOINT part") : fmt::format("BEGIN {}", kind);
  in_part_ = rehearsing_;
  execute({statement.name, fmt::format("{};\n{}", first, statement.text)});
}

void Connection::commit() {
  PGconn* const connection = connection_.get();
  if (rehearsing_) {
    await("end part of rehearsal", PQsendQuery(connection, "RELEASE SAVEPOINT part") == 1);
    in_part_ = false;
    return;
  }
  base::ensure(PQtransactionStatus(connection) != PQTRANS_IDLE,
               "commit is called inside a transaction");
  try {
    // The answer to a COMMIT that could not succeed is the tag ROLLBACK, and no error.
    if (await("commit", PQsendQuery(connection, "COMMIT") == 1).tag() != "ROLLBACK") return;
  } catch (const Error& error) {
    if (is_alive()) throw;
    throw CommitUnknown(side_, error.statement(), error.fields());
  }
  ErrorFields fields;
  fields.sqlstate = "25P02";
  fields.message = "the transaction had failed before, so the server rolled it back";
  throw Error(side_, "commit", std::move(fields));
}

void Connection::rollback() noexcept {
  if (!is_alive() || !in_transaction()) return;
  if (rehearsing_ && !in_part_) return;
  in_part_ = false;
  ++statements_;
  PQclear(PQexec(connection_.get(),
                 rehearsing_ ? "ROLLBACK TO SAVEPOINT part; RELEASE SAVEPOINT part" : "ROLLBACK"));
}

}  // namespace rehome::pg
