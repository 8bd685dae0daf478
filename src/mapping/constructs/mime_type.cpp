// `mime_type`: the media type that a file's extension stands for.
#include <algorithm>
#include <array>

#include "mapping/construct_registry.h"
#include "mapping/reader.h"

namespace rehome::mapping {

namespace {

struct MimeType {
  std::string_view extension;
  std::string_view type;
};

// Sorted by extension; the same on every machine, unlike /etc/mime.types.
constexpr auto k_mime_types = std::to_array<MimeType>({
#include "mapping/constructs/mime_types.inc"
});

constexpr std::size_t k_longest_extension = 32;

class MimeTypeFlight final : public Flight {
 public:
  std::string text() const override { return "mime_type(1)"; }  // counts the editions of the table

  Result apply(std::string_view in, std::string& out) const override {
    const auto last = in.find_last_not_of(" \t\r\n");
    in = in.substr(0, last == std::string_view::npos ? 0 : last + 1);
    if (const auto dot = in.rfind('.'); dot != std::string_view::npos) in.remove_prefix(dot + 1);
    if (in.size() > k_longest_extension) return {Outcome::null, {}};
    std::array<char, k_longest_extension> buffer{};
    std::transform(in.begin(), in.end(), buffer.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::string_view extension(buffer.data(), in.size());
    const auto found = std::lower_bound(
        k_mime_types.begin(), k_mime_types.end(), extension,
        [](const MimeType& each, std::string_view wanted) { return each.extension < wanted; });
    if (found == k_mime_types.end() || found->extension != extension) return {Outcome::null, {}};
    out.assign(found->type);
    return {Outcome::value, {}};
  }
};

class MimeTypeConstruct final : public Construct {
 public:
  explicit MimeTypeConstruct(Expression of)
      : Construct("mime_type", of.text.position), of_(std::move(of)) {}

  std::vector<const Expression*> expressions() const override { return {&of_}; }

  Derivation derive(const DeriveContext&) const override {
    Derivation derivation;
    derivation.value = of_.fragment() + "::text";
    derivation.value_is_text = true;
    derivation.flight = std::make_shared<MimeTypeFlight>();
    return derivation;
  }

 private:
  Expression of_;
};

std::shared_ptr<const Construct> parse(const Node& node, Problems& problems) {
  auto of = read_expression(*node.find("mime_type"), "`mime_type`", problems);
  return of ? std::make_shared<MimeTypeConstruct>(std::move(*of)) : nullptr;
}

constexpr std::string_view k_documentation =
    R"(The media type of a file, by its extension: `scan.STL`, `.stl` and `stl` all
become `model/stl`. The table is part of the program (Debian's `media-types`, with `ply`), so the result does not depend on
the machine. An unknown extension becomes NULL.

```yaml
mime_type:
  mime_type: coalesce(f.ext, f.name)
```

Written on two lines because inside `{ }` the comma would end the value.)";

}  // namespace

const ConstructKind& mime_type_construct() {
  static const ConstructKind kind{
      "mime_type",
      k_documentation,
      {{"mime_type", FieldKind::expression, "An extension or a file name", true}},
      parse};
  return kind;
}

}  // namespace rehome::mapping
