#include "ledger/accounting.h"

#include <doctest/doctest.h>

#include <exception>

namespace rehome::ledger {

namespace {

Account sample() {
  Account account;
  account.run_id = 7;
  account.peak_memory_bytes = 123456789012;
  EntityAccount orders;
  orders.name = "orders";
  orders.source = 100;
  orders.unchanged = 1;
  orders.inserted = 2;
  orders.updated = 3;
  orders.adopted = 4;
  orders.kept = 5;
  orders.held = 6;
  orders.excluded = {{"deleted", 70}, {"test rows", 9}};
  orders.gone = 7;
  orders.extra = 8;
  orders.lost = 9;
  orders.open_refs = 10;
  orders.target_rows = 11;
  orders.own = 12;
  orders.deleted = 13;
  orders.marked = 14;
  orders.braked = 15;
  orders.problems = {"orders: 100 rows in the source, but 99 accounted for"};
  account.entities = {orders, EntityAccount{}};
  return account;
}

}  // namespace

TEST_CASE("an account is the same after a trip through JSON") {
  const Account account = sample();
  const std::string json = write_json(account);
  CHECK(write_json(parse_account(json)) == json);
  const Account parsed = parse_account(json);
  CHECK(parsed.run_id == 7);
  CHECK(parsed.peak_memory_bytes == 123456789012);
  REQUIRE(parsed.entities.size() == 2);
  CHECK(parsed.entities[0].excluded == account.entities[0].excluded);
  CHECK(parsed.entities[0].problems == account.entities[0].problems);
  CHECK(parsed.entities[0].own == 12);
  CHECK(parsed.entities[0].deleted == 13);
  CHECK(parsed.entities[0].marked == 14);
  CHECK(parsed.entities[0].braked == 15);
}

TEST_CASE("what is no account is refused") {
  CHECK_THROWS_AS(parse_account("{"), std::exception);
  CHECK_THROWS_AS(parse_account("{}"), std::exception);
}

TEST_CASE("an account closes when no entity has a problem") {
  Account account = sample();
  CHECK_FALSE(account.closed());
  account.entities[0].problems.clear();
  CHECK(account.closed());
  CHECK(Account{}.closed());
}

TEST_CASE("an account is open while a row is not where it belongs") {
  CHECK_FALSE(Account{}.is_open());
  Account account;
  account.entities.resize(2);
  EntityAccount& entity = account.entities[1];
  CHECK_FALSE(account.is_open());
  std::int64_t* const open[] = {&entity.held,  &entity.kept, &entity.gone,
                                &entity.extra, &entity.lost, &entity.open_refs};
  for (std::int64_t* each : open) {
    *each = 1;
    CHECK(account.is_open());
    *each = 0;
  }
  // None of these wants anything of anybody.
  entity.inserted = entity.unchanged = entity.own = entity.target_rows = entity.source = 5;
  entity.excluded["deleted"] = 5;
  CHECK_FALSE(account.is_open());
}

}  // namespace rehome::ledger
