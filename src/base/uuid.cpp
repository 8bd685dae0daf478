#include "base/uuid.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

#include "base/ensure.h"
#include "base/hash.h"

namespace rehome::base {

namespace {

constexpr std::size_t k_block_size = 64;  // of SHA-256

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Context make_context() {
  Context context(EVP_MD_CTX_new());
  ensure(context != nullptr, "out of memory");
  return context;
}

void set_version(Uuid& uuid, unsigned char version) {
  uuid[6] = static_cast<unsigned char>((uuid[6] & 0x0fU) | (static_cast<unsigned>(version) << 4U));
  uuid[8] = static_cast<unsigned char>((uuid[8] & 0x3fU) | 0x80U);
}

// The low 48 bits of `value`, big-endian, in front.
void set_front(Uuid& uuid, std::uint64_t value) {
  for (std::size_t index = 0; index < 6; ++index) {
    uuid[index] = static_cast<unsigned char>(value >> (40U - 8U * static_cast<unsigned>(index)));
  }
}

std::string key_input(const std::vector<KeyText>& key) {
  std::string input;
  for (const KeyText& each : key) {
    input += each.kind;
    input += std::to_string(each.text.size());
    input += ':';
    input += each.text;
  }
  return input;
}

Uuid first_bytes(const Digest& digest) {
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  return uuid;
}

}  // namespace

// HMAC-SHA-256 (RFC 2104) whose key blocks and entity prefix are hashed once; each row costs two
// small copies.
class IdMaker::Hash {
 public:
  Hash(const Uuid& key, std::string_view prefix)
      : inner_(make_context()), outer_(make_context()), working_(make_context()) {
    absorb_key(inner_.get(), key, 0x36);
    absorb_key(outer_.get(), key, 0x5c);
    ensure(EVP_DigestUpdate(inner_.get(), prefix.data(), prefix.size()) == 1, "SHA-256 failed");
  }

  Digest operator()(std::string_view input) {
    const Digest inner = finish(inner_.get(), input.data(), input.size());
    return finish(outer_.get(), inner.data(), inner.size());
  }

 private:
  static void absorb_key(EVP_MD_CTX* context, const Uuid& key, unsigned char pad) {
    std::array<unsigned char, k_block_size> block{};
    std::copy(key.begin(), key.end(), block.begin());
    for (unsigned char& each : block) each = static_cast<unsigned char>(each ^ pad);
    ensure(EVP_DigestInit_ex(context, EVP_sha256(), nullptr) == 1 &&
               EVP_DigestUpdate(context, block.data(), block.size()) == 1,
           "SHA-256 failed");
  }

  Digest finish(const EVP_MD_CTX* start, const void* bytes, std::size_t size) {
    Digest digest{};
    unsigned int written = 0;
    ensure(EVP_MD_CTX_copy_ex(working_.get(), start) == 1 &&
               EVP_DigestUpdate(working_.get(), bytes, size) == 1 &&
               EVP_DigestFinal_ex(working_.get(), digest.data(), &written) == 1,
           "SHA-256 failed");
    return digest;
  }

  Context inner_;
  Context outer_;
  Context working_;
};

IdMaker::IdMaker(const Uuid& name_space, std::string_view entity)
    : entity_input_(std::to_string(entity.size()) + ":" + std::string(entity)),
      name_space_(name_space),
      hash_(std::make_unique<Hash>(name_space, entity_input_)) {}

IdMaker::~IdMaker() = default;
IdMaker::IdMaker(IdMaker&&) noexcept = default;

Uuid IdMaker::make_ordered(std::int64_t key) {
  const std::string digits = std::to_string(key);
  Uuid uuid = first_bytes((*hash_)("i" + std::to_string(digits.size()) + ":" + digits));
  set_front(uuid, static_cast<std::uint64_t>(key));
  set_version(uuid, 8);
  return uuid;
}

Uuid IdMaker::make_hashed(const std::vector<KeyText>& key) {
  Uuid uuid = first_bytes((*hash_)(key_input(key)));
  set_version(uuid, 5);
  return uuid;
}

Uuid IdMaker::make_timed(std::int64_t unix_time_ms, const std::vector<KeyText>& key) {
  Uuid uuid = first_bytes((*hash_)(key_input(key)));
  set_front(uuid, static_cast<std::uint64_t>(unix_time_ms));
  set_version(uuid, 7);
  return uuid;
}

Uuid IdMaker::make_named(const std::vector<KeyText>& key) const {
  const std::string input =
      std::string(reinterpret_cast<const char*>(name_space_.data()), name_space_.size()) +
      entity_input_ + key_input(key);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  ensure(EVP_Digest(input.data(), input.size(), digest.data(), &size, EVP_sha1(), nullptr) == 1,
         "SHA-1 failed");
  Uuid uuid{};
  std::copy_n(digest.begin(), uuid.size(), uuid.begin());
  set_version(uuid, 5);
  return uuid;
}

Uuid make_random_uuid() {
  Uuid uuid{};
  ensure(RAND_bytes(uuid.data(), static_cast<int>(uuid.size())) == 1,
         "no random numbers to be had");
  set_version(uuid, 4);
  return uuid;
}

std::optional<Uuid> parse_uuid(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Uuid uuid{};
  std::size_t nibble = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char each = text[index];
    const bool dash = index == 8 || index == 13 || index == 18 || index == 23;
    if (dash != (each == '-')) return std::nullopt;
    if (dash) continue;
    static constexpr std::string_view k_digits = "0123456789abcdef0123456789ABCDEF";
    const auto digit = k_digits.find(each);
    if (digit == std::string_view::npos) return std::nullopt;
    const auto high = static_cast<unsigned>(uuid[nibble / 2]) << 4U;
    uuid[nibble / 2] = static_cast<unsigned char>(high | static_cast<unsigned>(digit % 16));
    ++nibble;
  }
  return uuid;
}

std::string to_text(const Uuid& uuid) {
  const std::string hex = to_hex({reinterpret_cast<const char*>(uuid.data()), uuid.size()});
  return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-" + hex.substr(12, 4) + "-" +
         hex.substr(16, 4) + "-" + hex.substr(20);
}

}  // namespace rehome::base
