#pragma once
// A real PostgreSQL for tests: one throwaway cluster per test binary, one database per test.
//
//   Database source;
//   source.run("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t VALUES (1)");
//   CHECK(source.value("SELECT count(*) FROM t") == "1");
//
// The cluster starts at the first use (0.3 s) and ends with the process, however that ends. It
// speaks libpq directly and knows no room. KEEP_DB=1 keeps server and databases and prints the psql
// line; PG_BIN=/usr/lib/postgresql/13/bin takes another version. Threads: a Database belongs to one
// thread; url() may be handed to any.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;

namespace rehome::tests {

// The folder that holds the socket of this process's cluster, port 5432. Starts it when needed.
const std::string& cluster_socket_directory();

// What libpq takes to reach a database of the cluster, e.g. make_url("postgres").
std::string make_url(std::string_view database, std::string_view user = "postgres");

// A new, empty database with a name of its own; dropped at the end, whoever is still connected.
class Database {
 public:
  // `prefix` begins the name, so that two databases of one test can be told apart in logs.
  // `options`: of CREATE DATABASE.
  explicit Database(std::string_view prefix = "test", const std::string& options = "");
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& name() const { return name_; }
  std::string url(std::string_view user = "postgres") const;

  // Runs any number of statements as superuser; throws std::runtime_error with the server's words.
  void run(const std::string& statements);

  // The first value of the result: "" for NULL and for no rows.
  std::string value(const std::string& query);

  // All rows as text: NULL is "NULL".
  std::vector<std::vector<std::string>> rows(const std::string& query);

 private:
  struct Close {
    void operator()(pg_conn* connection) const;
  };

  std::string name_;
  std::unique_ptr<pg_conn, Close> connection_;
};

}  // namespace rehome::tests
