#include <doctest/doctest.h>

#include "pg/savepoint.h"
#include "support/cluster.h"

namespace rehome::pg {
namespace {

TEST_CASE(
    "what is behind a savepoint stands when it is released, and is undone in any other case") {
  tests::Database database;
  database.run("CREATE TABLE thing (id int)");
  Connection connection(Side::target, database.url(), "test");
  connection.execute({"begin", "BEGIN"});
  const auto insert = [&](int id) {
    connection.execute({"insert", "INSERT INTO thing VALUES (" + std::to_string(id) + ")"});
  };
  {
    Savepoint savepoint(connection, "one");
    insert(1);
    savepoint.release();
  }
  {
    Savepoint savepoint(connection, "two");
    insert(2);
    savepoint.undo();
  }
  CHECK_THROWS_AS(([&] {
                    Savepoint savepoint(connection, "three");
                    insert(3);
                    connection.execute({"fail", "SELECT 1 / 0"});
                  }()),
                  Error);
  insert(4);  // the transaction goes on
  connection.commit();
  CHECK(database.rows("SELECT id FROM thing ORDER BY id") ==
        std::vector<std::vector<std::string>>{{"1"}, {"4"}});
}

}  // namespace
}  // namespace rehome::pg
