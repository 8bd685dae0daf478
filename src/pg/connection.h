// One session with one server, and its results.
//
// Promise: failures of the server or the network are Error, with the name of the statement. Notices
// are dropped (they may quote rows). Threading: a Connection and all made from it belong to one
// thread; only a Canceller may be used from another. Destructors neither throw nor commit: what is
// not finished explicitly is abandoned.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pg/error.h"

// NOLINTBEGIN(modernize-use-using,readability-identifier-naming): libpq's own names
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;
// NOLINTEND(modernize-use-using,readability-identifier-naming)

namespace rehome::pg {

// A statement with the name it has in errors and events. The text outlives the call only.
struct Statement {
  std::string_view name;
  std::string_view text;
};

struct ColumnType {
  std::string name;
  std::uint32_t oid = 0;
  int modifier = -1;
};

class Rows {
 public:
  explicit Rows(PGresult* result);
  int count() const;
  int columns() const;
  bool is_null(int row, int column) const;
  // Text form (or raw bytes after a binary query).
  std::string_view text(int row, int column) const;
  std::int64_t integer(int row, int column) const;  // parses text form; ensure()s on NULL
  bool boolean(int row, int column) const;          // 't'
  std::optional<std::string> optional_text(int row, int column) const;
  // Rows affected, from the command tag.
  std::int64_t affected() const;
  // The command tag, e.g. `INSERT 0 3`.
  std::string_view tag() const;
  std::vector<ColumnType> types() const;

 private:
  struct Clear {
    void operator()(PGresult* result) const;
  };
  std::unique_ptr<PGresult, Clear> result_;
};

// Interrupts whatever the connection is doing, from any thread. Copyable handle; outlives nothing.
class Canceller {
 public:
  explicit Canceller(PGconn* connection);
  void cancel() const noexcept;

 private:
  std::shared_ptr<PGcancel> cancel_;
};

// A parameter, or NULL; the server decides on its type.
struct Parameter {
  std::optional<std::string_view> value;
  bool binary = false;  // in the binary form of that type; else as text

  Parameter(std::string_view text) : value(text) {}    // NOLINT(google-explicit-constructor)
  Parameter(const std::string& text) : value(text) {}  // NOLINT(google-explicit-constructor)
  Parameter(const char* text) : value(text) {}         // NOLINT(google-explicit-constructor)
  Parameter(std::nullopt_t) {}                         // NOLINT(google-explicit-constructor)
  Parameter(const std::optional<std::string>& text) {  // NOLINT(google-explicit-constructor)
    if (text) value = std::string_view(*text);
  }
  static Parameter bytes(std::string_view value) {
    Parameter parameter(value);
    parameter.binary = true;
    return parameter;
  }
};

class CopyOut;
class CopyIn;

class Connection {
 public:
  // Connects with libpq's rules (URL or keywords, PG* variables, service and password files).
  // `application` becomes application_name unless the URL names another. Throws Error with empty
  // sqlstate or the server's code.
  Connection(Side side, const std::string& url, const std::string& application);

  Side side() const { return side_; }
  int server_version() const;
  int backend_pid() const;
  Canceller canceller() const;
  std::int64_t statements() const { return statements_; }  // sent so far, for accounting of costs
  bool in_transaction() const;

  // Simple protocol; may hold several statements, which then are one implicit transaction; returns
  // the last result.
  Rows execute(Statement statement);
  // One statement with parameters; results in text form, or binary.
  Rows query(Statement statement, std::span<const Parameter> parameters,
             bool binary_result = false);
  Rows query(Statement statement, std::initializer_list<Parameter> parameters);
  // Prepares without a name and describes: the types of the columns it would return.
  std::vector<ColumnType> describe(Statement statement);

  // Statement: `COPY (…) TO STDOUT …` / `COPY … FROM STDIN …`.
  CopyOut copy_out(Statement statement);
  CopyIn copy_in(Statement statement);

  // From now on all is one transaction, which is never committed: `begin`, `commit` and `rollback`
  // mean a part of it.
  void rehearse();
  bool is_rehearsing() const { return rehearsing_; }
  // BEGIN of this kind, e.g. `ISOLATION LEVEL READ COMMITTED READ WRITE`, and what is to be said at
  // once, as one message.
  void begin(Statement statement, std::string_view kind);
  // COMMIT; an Error whose connection died becomes CommitUnknown. A transaction that had failed is
  // an Error (25P02): the server answers such a COMMIT with ROLLBACK and no error of its own.
  void commit();
  // ROLLBACK; never throws: a dead connection has rolled back.
  void rollback() noexcept;
  bool is_alive() const;

 private:
  friend class CopyOut;
  friend class CopyIn;
  struct Finish {
    void operator()(PGconn* connection) const;
  };
  // The outcome of a statement that was handed to libpq (`sent`), counted; throws its error.
  Rows await(std::string_view name, bool sent);
  // Sends a COPY; returns when the server waits for rows or sends them.
  void start_copy(Statement statement, bool in);
  // After the last row: the number of rows; throws the server's refusal.
  std::int64_t finish_copy(std::string_view name);
  Side side_;
  std::unique_ptr<PGconn, Finish> connection_;
  std::int64_t statements_ = 0;
  bool rehearsing_ = false;
  bool in_part_ = false;  // of a rehearsal
};

// Rows streaming out of the server. Read until nothing; then it has finished well. Destroyed early,
// it cancels the statement and drains.
class CopyOut {
 public:
  ~CopyOut();
  CopyOut(CopyOut&&) noexcept;
  CopyOut& operator=(CopyOut&&) = delete;
  // The next CopyData message (valid until the next call); nothing at the end. Throws Error.
  std::optional<std::string_view> read();

 private:
  friend class Connection;
  CopyOut(Connection& connection, std::string name);
  void drain_copy_out() noexcept;
  Connection* connection_;
  std::string name_;
  char* buffer_ = nullptr;
  bool open_ = true;
};

// Rows streaming into the server, buffered. `finish` returns the number of rows the server took and
// throws its refusal. Destroyed unfinished, it fails the COPY and swallows the error.
class CopyIn {
 public:
  ~CopyIn();
  CopyIn(CopyIn&&) noexcept;
  CopyIn& operator=(CopyIn&&) = delete;
  void write(std::string_view bytes);
  [[nodiscard]] std::int64_t finish();

 private:
  friend class Connection;
  CopyIn(Connection& connection, std::string name);
  void flush();
  void send(std::string_view bytes);
  Connection* connection_;
  std::string name_;
  std::string buffer_;
  bool open_ = true;
};

}  // namespace rehome::pg
