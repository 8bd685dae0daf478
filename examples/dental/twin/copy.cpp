#include "copy.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace dental {
namespace {

constexpr std::size_t k_flush_bytes = 256 * 1024;

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

void expect(PGconn* connection, const Result& result, ExecStatusType status) {
  if (PQresultStatus(result.get()) != status) {
    throw Failure(PQerrorMessage(connection));
  }
}

}  // namespace

void Folder::begin(std::string_view table, std::string_view /*columns*/) {
  const std::string path = fmt::format("{}/{}.copy", path_, table);
  file_.reset(std::fopen(path.c_str(), "wb"));
  if (!file_) {
    throw Failure(fmt::format("cannot write {}: {}", path, std::strerror(errno)));
  }
}

void Folder::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_.get()) != bytes.size()) {
    throw Failure(fmt::format("cannot write: {}", std::strerror(errno)));
  }
}

void Folder::end() {
  if (std::fclose(file_.release()) != 0) {
    throw Failure(fmt::format("cannot write: {}", std::strerror(errno)));
  }
}

Server::Server(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw Failure(PQerrorMessage(connection_.get()));
  }
  execute("SET client_encoding = 'UTF8'; SET DateStyle = 'ISO, MDY'; SET TimeZone = 'UTC'");
  execute("SET client_min_messages = warning");
}

void Server::execute(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()), &PQclear);
  if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) {
    return;
  }
  expect(connection_.get(), result, PGRES_COMMAND_OK);
}

std::string Server::read_value(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()), &PQclear);
  expect(connection_.get(), result, PGRES_TUPLES_OK);
  return PQntuples(result.get()) > 0 ? PQgetvalue(result.get(), 0, 0) : "";
}

std::vector<std::string> Server::read_values(const std::string& sql) {
  const Result result(PQexec(connection_.get(), sql.c_str()), &PQclear);
  expect(connection_.get(), result, PGRES_TUPLES_OK);
  std::vector<std::string> values;
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    values.emplace_back(PQgetvalue(result.get(), row, 0));
  }
  return values;
}

void Server::begin(std::string_view table, std::string_view columns) {
  const std::string sql = fmt::format("COPY {} ({}) FROM STDIN", table, columns);
  const Result result(PQexec(connection_.get(), sql.c_str()), &PQclear);
  expect(connection_.get(), result, PGRES_COPY_IN);
}

void Server::write(std::string_view bytes) {
  if (PQputCopyData(connection_.get(), bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw Failure(PQerrorMessage(connection_.get()));
  }
}

void Server::end() {
  if (PQputCopyEnd(connection_.get(), nullptr) != 1) {
    throw Failure(PQerrorMessage(connection_.get()));
  }
  const Result result(PQgetResult(connection_.get()), &PQclear);
  expect(connection_.get(), result, PGRES_COMMAND_OK);
  // libpq ends a COPY with one empty result.
  const Result nothing(PQgetResult(connection_.get()), &PQclear);
}

CopyWriter::CopyWriter(Destination& destination, std::string_view table, std::string_view columns)
    : destination_(destination) {
  destination_.begin(table, columns);
  buffer_.reserve(k_flush_bytes + 64 * 1024);
}

void CopyWriter::separate() {
  if (row_begun_) {
    buffer_ += '\t';
  }
  row_begun_ = true;
}

CopyWriter& CopyWriter::integer(std::int64_t value) {
  separate();
  fmt::format_to(std::back_inserter(buffer_), "{}", value);
  return *this;
}

CopyWriter& CopyWriter::boolean(bool value) { return plain(value ? "t" : "f"); }

CopyWriter& CopyWriter::null() { return plain("\\N"); }

CopyWriter& CopyWriter::plain(std::string_view value) {
  separate();
  buffer_ += value;
  return *this;
}

CopyWriter& CopyWriter::text(std::string_view value) {
  separate();
  for (const char letter : value) {
    switch (letter) {
      case '\\':
        buffer_ += "\\\\";
        break;
      case '\t':
        buffer_ += "\\t";
        break;
      case '\n':
        buffer_ += "\\n";
        break;
      case '\r':
        buffer_ += "\\r";
        break;
      default:
        buffer_ += letter;
    }
  }
  return *this;
}

void CopyWriter::end_row() {
  buffer_ += '\n';
  row_begun_ = false;
  if (buffer_.size() >= k_flush_bytes) {
    destination_.write(buffer_);
    buffer_.clear();
  }
}

void CopyWriter::finish() {
  if (!buffer_.empty()) {
    destination_.write(buffer_);
    buffer_.clear();
  }
  destination_.end();
}

}  // namespace dental
