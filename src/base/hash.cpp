#include "base/hash.h"

#include <openssl/evp.h>
#include <xxhash.h>

#include <bit>
#include <cstring>

#include "base/ensure.h"

namespace rehome::base {

std::uint64_t hash64(std::string_view bytes) { return XXH3_64bits(bytes.data(), bytes.size()); }

namespace {

// lookup3 by Bob Jenkins (public domain, burtleburtle.net/bob/c/lookup3.c) with the constants
// PostgreSQL starts it with.
struct Lookup3 {
  std::uint32_t a;
  std::uint32_t b;
  std::uint32_t c;

  void mix() {
    a -= c;
    a ^= std::rotl(c, 4);
    c += b;
    b -= a;
    b ^= std::rotl(a, 6);
    a += c;
    c -= b;
    c ^= std::rotl(b, 8);
    b += a;
    a -= c;
    a ^= std::rotl(c, 16);
    c += b;
    b -= a;
    b ^= std::rotl(a, 19);
    a += c;
    c -= b;
    c ^= std::rotl(b, 4);
    b += a;
  }

  void finish() {
    c ^= b;
    c -= std::rotl(b, 14);
    a ^= c;
    a -= std::rotl(c, 11);
    b ^= a;
    b -= std::rotl(a, 25);
    c ^= b;
    c -= std::rotl(b, 16);
    a ^= c;
    a -= std::rotl(c, 4);
    b ^= a;
    b -= std::rotl(a, 14);
    c ^= b;
    c -= std::rotl(b, 24);
  }
};

std::uint32_t little_endian_word(const char* bytes, std::size_t size) {
  std::uint32_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

}  // namespace

std::uint64_t postgres_hash(std::string_view bytes, std::uint64_t seed) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint32_t k_start = 0x9e3779b9U + 3923095U;
  const std::uint32_t start = k_start + static_cast<std::uint32_t>(bytes.size());
  Lookup3 state{start, start, start};
  if (seed != 0) {
    state.a += static_cast<std::uint32_t>(seed >> 32U);
    state.b += static_cast<std::uint32_t>(seed);
    state.mix();
  }
  while (bytes.size() >= 12) {
    state.a += little_endian_word(bytes.data(), 4);
    state.b += little_endian_word(bytes.data() + 4, 4);
    state.c += little_endian_word(bytes.data() + 8, 4);
    state.mix();
    bytes.remove_prefix(12);
  }
  const std::size_t rest = bytes.size();
  state.a += little_endian_word(bytes.data(), rest < 4 ? rest : 4);
  if (rest > 4) state.b += little_endian_word(bytes.data() + 4, rest < 8 ? rest - 4 : 4);
  // The lowest byte of c is reserved for the length.
  if (rest > 8) state.c += little_endian_word(bytes.data() + 8, rest - 8) << 8U;
  state.finish();
  return (static_cast<std::uint64_t>(state.b) << 32U) | state.c;
}

Digest sha256(std::string_view bytes) {
  Digest digest{};
  unsigned int size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  ensure(done == 1 && size == digest.size(), "SHA-256 failed");
  return digest;
}

std::string to_hex(std::string_view bytes) {
  static constexpr char k_digits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(bytes.size() * 2);
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    hex += k_digits[byte >> 4U];
    hex += k_digits[byte & 15U];
  }
  return hex;
}

}  // namespace rehome::base
