#include <doctest/doctest.h>

#include <stdexcept>

#include "support/cluster.h"

namespace rehome::tests {

TEST_CASE("two databases of one test are apart") {
  Database source("source");
  Database target("target");
  source.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (NULL)");
  CHECK(source.rows("SELECT id FROM t ORDER BY 1") ==
        std::vector<std::vector<std::string>>{{"1"}, {"NULL"}});
  CHECK(target.value("SELECT to_regclass('t')").empty());
}

TEST_CASE("a database is gone after its test") {
  Database witness("witness");
  std::string name;
  {
    Database dropped("dropped");
    name = dropped.name();
  }
  CHECK(witness.value("SELECT count(*) FROM pg_database WHERE datname = '" + name + "'") == "0");
}

TEST_CASE("an error carries the server's words") {
  Database source;
  CHECK_THROWS_AS(source.run("SELECT nonsense"), std::runtime_error);
}

TEST_CASE("the cluster can decode logically") {
  Database source;
  CHECK(source.value("SHOW wal_level") == "logical");
}

}  // namespace rehome::tests
