// Hashes of bytes. Pure; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace rehome::base {

// XXH3, 64 bits. For our own use only: PostgreSQL has no such function.
std::uint64_t hash64(std::string_view bytes);

// PostgreSQL's hash_bytes_extended (Bob Jenkins' lookup3 with a 64-bit seed), as
// hash_record_extended gives it for a record of one bytea field. Little-endian machines.
std::uint64_t postgres_hash(std::string_view bytes, std::uint64_t seed);

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);

std::string to_hex(std::string_view bytes);

}  // namespace rehome::base
