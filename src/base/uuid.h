// Ids for target rows: deterministic, unguessable, and ordered where the legacy key allows it.
//
// Input of the keyed hash: `<len>:<entity>`, then `<i|t|u><len>:<text>` for every key column
// (`5:filesi6:325446`), so that no two keys share an input. Threading: an IdMaker belongs to one
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rehome::base {

using Uuid = std::array<unsigned char, 16>;

// Canonical text form; nothing when `text` is none.
std::optional<Uuid> parse_uuid(std::string_view text);
std::string to_text(const Uuid& uuid);

// Version 4, from the system's random source.
Uuid make_random_uuid();

// One column of a legacy key: its kind (i integer, t text, u uuid) and its text form.
struct KeyText {
  char kind = 't';
  std::string text;
};

class IdMaker {
 public:
  // `name_space` is the secret all ids of a target are made with.
  IdMaker(const Uuid& name_space, std::string_view entity);
  ~IdMaker();
  IdMaker(IdMaker&&) noexcept;
  IdMaker& operator=(IdMaker&&) = delete;

  // Version 8: the low 48 bits of the key, then 74 bits of HMAC-SHA-256. Ordered as the keys are.
  Uuid make_ordered(std::int64_t key);
  // Shaped as version 5, 122 bits of the same HMAC: for keys that are no integers.
  Uuid make_hashed(const std::vector<KeyText>& key);
  // RFC 9562 version 7: the milliseconds of the row's own time, then 74 bits of the HMAC.
  Uuid make_timed(std::int64_t unix_time_ms, const std::vector<KeyText>& key);
  // RFC 9562 version 5: SHA-1 of the namespace and the same input.
  Uuid make_named(const std::vector<KeyText>& key) const;

 private:
  class Hash;
  std::string entity_input_;
  Uuid name_space_;
  std::unique_ptr<Hash> hash_;
};

}  // namespace rehome::base
