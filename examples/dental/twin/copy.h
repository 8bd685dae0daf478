#pragma once
// Rows in PostgreSQL's COPY text format, streamed to a server or into one file per table.
// One writer at a time; not thread-safe.

#include <libpq-fe.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dental {

struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Where the bytes of a table go.
class Destination {
 public:
  Destination() = default;
  Destination(const Destination&) = delete;
  Destination& operator=(const Destination&) = delete;
  virtual ~Destination() = default;
  virtual void begin(std::string_view table, std::string_view columns) = 0;
  virtual void write(std::string_view bytes) = 0;
  virtual void end() = 0;
};

class Folder : public Destination {
 public:
  explicit Folder(std::string path) : path_(std::move(path)) {}
  void begin(std::string_view table, std::string_view columns) override;
  void write(std::string_view bytes) override;
  void end() override;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
};

class Server : public Destination {
 public:
  explicit Server(const std::string& url);
  void execute(const std::string& sql);
  // The first column of the first row, or an empty text.
  std::string read_value(const std::string& sql);
  // The first column of all rows.
  std::vector<std::string> read_values(const std::string& sql);
  void begin(std::string_view table, std::string_view columns) override;
  void write(std::string_view bytes) override;
  void end() override;

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Finish> connection_;
};

class CopyWriter {
 public:
  CopyWriter(Destination& destination, std::string_view table, std::string_view columns);

  CopyWriter& integer(std::int64_t value);
  CopyWriter& boolean(bool value);
  // Escapes what COPY would take for its own.
  CopyWriter& text(std::string_view value);
  // For values known to hold nothing that needs an escape.
  CopyWriter& plain(std::string_view value);
  CopyWriter& null();
  void end_row();
  void finish();

 private:
  void separate();

  Destination& destination_;
  std::string buffer_;
  bool row_begun_ = false;
};

}  // namespace dental
