#include <libpq-fe.h>

#include <utility>

#include "base/ensure.h"
#include "pg/connection.h"
#include "pg/failure.h"

namespace rehome::pg {

namespace {

// Large enough that the calls do not matter, small enough that the server does not wait for the
// first.
constexpr std::size_t k_flush_bytes = 64 * 1024;

}  // namespace

CopyOut::CopyOut(Connection& connection, std::string name)
    : connection_(&connection), name_(std::move(name)) {}

CopyOut::CopyOut(CopyOut&& other) noexcept
    : connection_(other.connection_),
      name_(std::move(other.name_)),
      buffer_(std::exchange(other.buffer_, nullptr)),
      open_(std::exchange(other.open_, false)) {}

CopyOut::~CopyOut() {
  PQfreemem(buffer_);
  if (!open_) return;
  if (connection_->is_alive()) connection_->canceller().cancel();
  drain_copy_out();
}

void CopyOut::drain_copy_out() noexcept {
  PGconn* const connection = connection_->connection_.get();
  char* buffer = nullptr;
  while (PQgetCopyData(connection, &buffer, 0) > 0) PQfreemem(buffer);
  drain(connection);
}

std::optional<std::string_view> CopyOut::read() {
  if (!open_) return std::nullopt;
  PGconn* const connection = connection_->connection_.get();
  PQfreemem(std::exchange(buffer_, nullptr));
  constexpr int k_wait = 0;
  const int bytes = PQgetCopyData(connection, &buffer_, k_wait);
  if (bytes > 0) return std::string_view(buffer_, static_cast<std::size_t>(bytes));
  open_ = false;
  connection_->finish_copy(name_);
  return std::nullopt;
}

CopyIn::CopyIn(Connection& connection, std::string name)
    : connection_(&connection), name_(std::move(name)) {}

CopyIn::CopyIn(CopyIn&& other) noexcept
    : connection_(other.connection_),
      name_(std::move(other.name_)),
      buffer_(std::move(other.buffer_)),
      open_(std::exchange(other.open_, false)) {}

CopyIn::~CopyIn() {
  if (!open_) return;
  PGconn* const connection = connection_->connection_.get();
  PQputCopyEnd(connection, "abandoned");
  drain(connection);
}

void CopyIn::write(std::string_view bytes) {
  base::ensure(open_, "rows are written to an open COPY");
  if (buffer_.size() + bytes.size() > k_flush_bytes) flush();
  if (bytes.size() >= k_flush_bytes) {
    send(bytes);
  } else {
    buffer_ += bytes;
  }
}

void CopyIn::flush() {
  if (!buffer_.empty()) send(buffer_);
  buffer_.clear();
}

void CopyIn::send(std::string_view bytes) {
  PGconn* const connection = connection_->connection_.get();
  if (PQputCopyData(connection, bytes.data(), static_cast<int>(bytes.size())) == 1) return;
  // The server's own words, if it had any, are in what it sent before it went.
  open_ = false;
  PQputCopyEnd(connection, "abandoned");
  connection_->finish_copy(name_);
  base::ensure(false, "a COPY that could not be sent does not succeed");
}

std::int64_t CopyIn::finish() {
  base::ensure(open_, "a COPY is finished once");
  flush();
  open_ = false;
  PGconn* const connection = connection_->connection_.get();
  PQputCopyEnd(connection, nullptr);
  return connection_->finish_copy(name_);
}

}  // namespace rehome::pg
