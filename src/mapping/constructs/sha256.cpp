// `sha256`: a fingerprint in place of the value.
#include <openssl/evp.h>

#include <array>

#include "base/ensure.h"
#include "mapping/construct_registry.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

class Sha256Flight final : public Flight {
 public:
  std::string text() const override { return "sha256"; }

  Result apply(std::string_view in, std::string& out) const override {
    constexpr char k_hex[] = "0123456789abcdef";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    const int done =
        EVP_Digest(in.data(), in.size(), digest.data(), &length, EVP_sha256(), nullptr);
    base::ensure(done == 1 && length == 32, "SHA-256 is not available");
    out.clear();
    for (unsigned int i = 0; i < length; ++i) {
      out += k_hex[digest[i] >> 4];
      out += k_hex[digest[i] & 15];
    }
    return {Outcome::value, {}};
  }
};

class Sha256Construct final : public Construct {
 public:
  explicit Sha256Construct(Expression of)
      : Construct("sha256", of.text.position), of_(std::move(of)) {}

  std::vector<const Expression*> expressions() const override { return {&of_}; }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = of_.fragment() + "::text";
    derivation.value_is_text = true;
    derivation.flight = std::make_shared<Sha256Flight>();
    return derivation;
  }

 private:
  Expression of_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  auto of = read_expression(*node.find("sha256"), "`sha256`", problems);
  return of ? std::make_shared<Sha256Construct>(std::move(*of)) : nullptr;
}

constexpr std::string_view k_documentation =
    R"(The SHA-256 of the value's text, as 64 lower-case hexadecimal digits. NULL stays
NULL. It hides a value only when the value cannot be guessed.

```yaml
checksum: {sha256: f.content}
```)";

}  // namespace

const ConstructKind& sha256_construct() {
  static const ConstructKind kind{
      "sha256", k_documentation, {{"sha256", FieldKind::expression, "The value", true}}, parse};
  return kind;
}

}  // namespace rehome::mapping
