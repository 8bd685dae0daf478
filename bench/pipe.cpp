// bench-pipe: streams ready-made rows from one server into another, table by table, by binary COPY,
// and does nothing else. What it takes is the least a load of these rows into these tables can take
// on one stream.

#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace {

struct CloseConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

struct FreeMemory {
  void operator()(char* memory) const { PQfreemem(memory); }
};

[[noreturn]] void fail(const Connection& connection) {
  throw std::runtime_error(PQerrorMessage(connection.get()));
}

Connection connect(const char* url) {
  Connection connection(PQconnectdb(url));
  if (PQstatus(connection.get()) != CONNECTION_OK) fail(connection);
  return connection;
}

void expect(const Connection& connection, const Result& result, ExecStatusType wanted) {
  if (PQresultStatus(result.get()) != wanted) fail(connection);
}

void expect_end(const Connection& connection) {
  expect(connection, Result(PQgetResult(connection.get())), PGRES_COMMAND_OK);
  while (Result(PQgetResult(connection.get()))) {
  }
}

void stream_table(const Connection& source, const Connection& target, const std::string& table) {
  const std::string read = "COPY (SELECT * FROM ready." + table + ") TO STDOUT (FORMAT binary)";
  const std::string write = "COPY public." + table + " FROM STDIN (FORMAT binary)";
  expect(source, Result(PQexec(source.get(), read.c_str())), PGRES_COPY_OUT);
  expect(target, Result(PQexec(target.get(), write.c_str())), PGRES_COPY_IN);
  char* data = nullptr;
  int size = 0;
  while ((size = PQgetCopyData(source.get(), &data, 0)) > 0) {
    const std::unique_ptr<char, FreeMemory> owned(data);
    if (PQputCopyData(target.get(), data, size) != 1) fail(target);
  }
  if (size == -2) fail(source);
  expect_end(source);
  if (PQputCopyEnd(target.get(), nullptr) != 1) fail(target);
  expect_end(target);
}

}  // namespace

int main(int count, char** values) {
  if (count < 4) {
    std::fprintf(stderr, "usage: bench-pipe SOURCE_URL TARGET_URL TABLE…\n");
    return 2;
  }
  try {
    const Connection source = connect(values[1]);
    const Connection target = connect(values[2]);
    for (int index = 3; index < count; ++index) stream_table(source, target, values[index]);
    return EXIT_SUCCESS;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "bench-pipe: %s", failure.what());
    return EXIT_FAILURE;
  }
}
