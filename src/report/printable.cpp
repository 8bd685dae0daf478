#include "report/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace rehome::report {

namespace {

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 0;  // 0: no UTF-8
};

// Overlong forms, surrogates and what lies above U+10FFFF are no UTF-8.
Character read_character(std::string_view text) {
  constexpr std::array<std::uint32_t, 5> k_lowest = {0, 0, 0x80, 0x800, 0x10000};
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < bytes) return {};
  std::uint32_t code = first & (0x7fU >> bytes);
  for (std::size_t index = 1; index < bytes; ++index) {
    if ((byte(index) & 0xc0U) != 0x80) return {};
    code = code << 6U | (byte(index) & 0x3fU);
  }
  const bool surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code < k_lowest.at(bytes) || surrogate || code > 0x10ffff) return {};
  return {code, bytes};
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

// Controls (C0, DEL, C1), marks and overrides of direction, line and paragraph separators, and
// characters that show nothing at all.
bool is_unfit(std::uint32_t code) {
  constexpr std::array<Range, 9> k_unfit = {{{0x00, 0x1f},
                                             {0x7f, 0x9f},
                                             {0x61c, 0x61c},
                                             {0x200b, 0x200b},
                                             {0x200e, 0x200f},
                                             {0x2028, 0x202e},
                                             {0x2060, 0x206f},
                                             {0xfeff, 0xfeff},
                                             {0xe0000, 0xe007f}}};
  return std::any_of(k_unfit.begin(), k_unfit.end(),
                     [&](const Range& each) { return code >= each.first && code <= each.last; });
}

std::string escape(std::uint32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  if (code < 0x80) return fmt::format("\\x{:02x}", code);
  return code > 0xffff ? fmt::format("\\U{:08x}", code) : fmt::format("\\u{:04x}", code);
}

std::string write_fit(std::string_view text, bool keep_newlines) {
  std::string fit;
  while (!text.empty()) {
    const Character character = read_character(text);
    const std::size_t bytes = std::max<std::size_t>(character.bytes, 1);
    if (character.bytes == 0) {
      fit += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (is_unfit(character.code) && !(keep_newlines && character.code == '\n')) {
      fit += escape(character.code);
    } else {
      fit += text.substr(0, bytes);
    }
    text.remove_prefix(bytes);
  }
  return fit;
}

bool is_plain(char character) {
  constexpr std::string_view k_plain = "_./:=@%+,-";
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') ||
         k_plain.find(character) != std::string_view::npos;
}

std::string replace_all(std::string text, std::string_view from, std::string_view into) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + into.size()))
    text.replace(at, from.size(), into);
  return text;
}

}  // namespace

std::string write_printable(std::string_view text) { return write_fit(text, false); }

std::string write_printable_lines(std::string_view text) { return write_fit(text, true); }

std::string write_shell_word(std::string_view text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), is_plain);
  return plain ? std::string(text) : quote_for_shell(text);
}

// $'…' understands the escapes of write_printable; '…' does not.
std::string quote_for_shell(std::string_view text) {
  if (write_printable(text) == text)
    return "'" + replace_all(std::string(text), "'", "'\\''") + "'";
  std::string escaped = replace_all(std::string(text), "\\", "\\\\");
  return "$'" + write_printable(replace_all(std::move(escaped), "'", "\\'")) + "'";
}

}  // namespace rehome::report
