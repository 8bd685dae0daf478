#include "ledger/key.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <stdexcept>

namespace rehome::ledger {

namespace {

constexpr plan::Oid k_int8 = 20;
constexpr plan::Oid k_int2 = 21;
constexpr plan::Oid k_int4 = 23;
constexpr plan::Oid k_text = 25;
constexpr plan::Oid k_uuid = 2950;

plan::Entity entity_of(const std::vector<plan::Oid>& types) {
  plan::Entity entity;
  for (const plan::Oid type : types) {
    plan::KeyColumn column;
    column.name = "k" + std::to_string(entity.key.size() + 1);
    column.type = type;
    entity.key.push_back(std::move(column));
  }
  return entity;
}

// Bytes that a field of the type may have.
std::string any_field(plan::Oid type) {
  std::string bytes;
  if (type == k_int2) bytes = *rc::gen::container<std::string>(2, rc::gen::arbitrary<char>());
  if (type == k_int4) pg::append_int32(bytes, *rc::gen::arbitrary<std::int32_t>());
  if (type == k_int8) pg::append_int64(bytes, *rc::gen::arbitrary<std::int64_t>());
  if (type == k_text) bytes = *rc::gen::arbitrary<std::string>();
  if (type == k_uuid) bytes = *rc::gen::container<std::string>(16, rc::gen::arbitrary<char>());
  return bytes;
}

struct Key {
  plan::Entity entity;
  std::vector<std::string> bytes;

  std::vector<pg::Field> fields() const { return {bytes.begin(), bytes.end()}; }
};

Key any_key() {
  const auto types = *rc::gen::nonEmpty(rc::gen::container<std::vector<plan::Oid>>(
      rc::gen::element(k_int2, k_int4, k_int8, k_text, k_uuid)));
  Key key{entity_of(types), {}};
  for (const plan::Oid type : types) key.bytes.push_back(any_field(type));
  return key;
}

}  // namespace

// RapidCheck prints its seed and the smallest key that fails.
TEST_CASE("a packed key unpacks to the texts of its fields") {
  CHECK(rc::check([] {
    const Key key = any_key();
    const auto fields = key.fields();
    RC_ASSERT(unpack_key(key.entity, pack_key(fields)) == key_text(key.entity, fields));
  }));
}

TEST_CASE("different keys of one entity pack differently") {
  CHECK(rc::check([] {
    const Key key = any_key();
    std::vector<std::string> other = key.bytes;
    const auto part = *rc::gen::inRange<std::size_t>(0, other.size());
    other[part] = any_field(key.entity.key[part].type);
    const std::vector<pg::Field> fields(other.begin(), other.end());
    RC_ASSERT((pack_key(fields) == pack_key(key.fields())) == (other == key.bytes));
  }));
}

TEST_CASE("fields that share their bytes differently are different keys") {
  const std::vector<pg::Field> first = {"a", "bc"};
  const std::vector<pg::Field> second = {"ab", "c"};
  CHECK(pack_key(first) != pack_key(second));
}

TEST_CASE("an array literal gives its texts back") {
  CHECK(rc::check([] {
    auto key = *rc::gen::arbitrary<plan::KeyText>();
    RC_PRE(!key.empty());
    RC_ASSERT(parse_text_array(text_array_literal(key)) == key);
  }));
  // What the server itself prints.
  CHECK(parse_text_array(R"({1,"a b","c\"d\\e","NULL",""})") ==
        plan::KeyText{"1", "a b", "c\"d\\e", "NULL", ""});
}

TEST_CASE("a key in JSON gives its texts back") {
  const plan::Entity entity = entity_of({k_int4, k_text});
  const plan::KeyText key = {"-7", "a \"b\" \\ ä"};
  CHECK(key_json(entity, key) == R"({"k1":"-7","k2":"a \"b\" \\ ä"})");
  CHECK(parse_key_json(entity, key_json(entity, key)) == key);
}

TEST_CASE("a derived id hashes integers, uuids and texts as such") {
  const auto parts = id_key(entity_of({k_int2, k_uuid, k_text}), {"1", "u", "t"});
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].kind == 'i');
  CHECK(parts[1].kind == 'u');
  CHECK(parts[2].kind == 't');
}

TEST_CASE("a NULL key is an error with words, not a crash") {
  const std::vector<pg::Field> one = {std::nullopt};
  const std::vector<pg::Field> two = {"a", std::nullopt};
  CHECK_THROWS_AS(pack_key(one), std::runtime_error);
  CHECK_THROWS_AS(pack_key(two), std::runtime_error);
  CHECK_THROWS_AS(key_text(entity_of({k_text, k_text}), two), std::runtime_error);
}

}  // namespace rehome::ledger
