#include "mapping/constructs/json_text.h"

#include <cstdint>
#include <cstdlib>
#include <unordered_set>

namespace rehome::mapping {

namespace {

constexpr int k_max_depth = 1000;
constexpr std::int64_t k_max_digits_before_point = 131072;  // of PostgreSQL's numeric
constexpr std::int64_t k_max_digits_after_point = 16383;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_code_point(std::uint32_t code, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xc0 | (code >> 6));
    put(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  } else {
    put(0xf0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3f));
    put(0x80 | ((code >> 6) & 0x3f));
    put(0x80 | (code & 0x3f));
  }
}

// Recursive descent; `problem_` is set once, at the first thing that is wrong.
class JsonChecker {
 public:
  explicit JsonChecker(std::string_view text) : rest_(text) {}

  std::string_view check() {
    if (check_value(0)) {
      skip_blanks();
      if (!rest_.empty()) fail("not JSON: something follows the value");
    }
    return problem_;
  }

 private:
  bool fail(std::string_view problem) {
    if (problem_.empty()) problem_ = problem;
    return false;
  }

  bool fail_here() {
    return fail(rest_.empty() ? std::string_view("not JSON: unexpected end")
                              : std::string_view("not JSON: unexpected character"));
  }

  void skip_blanks() {
    const auto start = rest_.find_first_not_of(" \t\n\r");
    rest_.remove_prefix(start == std::string_view::npos ? rest_.size() : start);
  }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_word(std::string_view word) {
    if (rest_.substr(0, word.size()) != word) return fail_here();
    rest_.remove_prefix(word.size());
    return true;
  }

  bool check_value(int depth) {
    if (depth > k_max_depth) return fail("json: nested too deeply");
    skip_blanks();
    if (rest_.empty()) return fail_here();
    switch (rest_.front()) {
      case '{':
        return check_object(depth);
      case '[':
        return check_list(depth);
      case '"':
        return check_string(nullptr);
      case 't':
        return take_word("true");
      case 'f':
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return check_number();
    }
  }

  bool check_object(int depth) {
    take('{');
    skip_blanks();
    if (take('}')) return true;
    std::unordered_set<std::string> keys;
    do {
      skip_blanks();
      std::string key;
      if (rest_.empty() || rest_.front() != '"') return fail_here();
      if (!check_string(&key)) return false;
      if (!keys.insert(std::move(key)).second) return fail("json: duplicate key");
      skip_blanks();
      if (!take(':')) return fail_here();
      if (!check_value(depth + 1)) return false;
      skip_blanks();
    } while (take(','));
    return take('}') || fail_here();
  }

  bool check_list(int depth) {
    take('[');
    skip_blanks();
    if (take(']')) return true;
    do {
      if (!check_value(depth + 1)) return false;
      skip_blanks();
    } while (take(','));
    return take(']') || fail_here();
  }

  // Puts the decoded text into `out` unless that is null.
  bool check_string(std::string* out) {
    take('"');
    while (!rest_.empty()) {
      const char c = rest_.front();
      rest_.remove_prefix(1);
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20)
        return fail("not JSON: control character in a string");
      if (c == '\\') {
        if (!check_escape(out)) return false;
      } else if (out != nullptr) {
        *out += c;
      }
    }
    return fail_here();
  }

  bool check_escape(std::string* out) {
    constexpr std::string_view k_letters = "\"\\/bfnrt";
    constexpr std::string_view k_meanings = "\"\\/\b\f\n\r\t";
    if (take('u')) return check_code(out);
    const auto which = rest_.empty() ? std::string_view::npos : k_letters.find(rest_.front());
    if (which == std::string_view::npos) return fail_here();
    rest_.remove_prefix(1);
    if (out != nullptr) *out += k_meanings[which];
    return true;
  }

  bool check_code(std::string* out) {
    std::uint32_t code = 0;
    if (!read_hex(code)) return fail("not JSON: \\u needs four hexadecimal digits");
    if (code == 0) return fail("json: \\u0000 cannot be stored");
    if (code >= 0xdc00 && code < 0xe000) return fail("json: half a surrogate pair");
    if (code >= 0xd800 && code < 0xdc00) {
      std::uint32_t low = 0;
      if (!take('\\') || !take('u') || !read_hex(low) || low < 0xdc00 || low >= 0xe000) {
        return fail("json: half a surrogate pair");
      }
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    if (out != nullptr) append_code_point(code, *out);
    return true;
  }

  bool read_hex(std::uint32_t& code) {
    if (rest_.size() < 4) return false;
    for (int i = 0; i < 4; ++i) {
      const char c = rest_.front();
      std::uint32_t digit = 0;
      if (is_digit(c)) {
        digit = static_cast<std::uint32_t>(c - '0');
      } else if (c >= 'a' && c <= 'f') {
        digit = static_cast<std::uint32_t>(c - 'a') + 10;
      } else if (c >= 'A' && c <= 'F') {
        digit = static_cast<std::uint32_t>(c - 'A') + 10;
      } else {
        return false;
      }
      code = code * 16 + digit;
      rest_.remove_prefix(1);
    }
    return true;
  }

  std::int64_t skip_digits() {
    std::int64_t count = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) ++count;
    return count;
  }

  bool check_number() {
    take('-');
    const std::string_view written = rest_;
    std::int64_t before = 1;
    if (!take('0')) before = skip_digits();
    if (before == 0) return fail_here();
    std::int64_t after = 0;
    if (take('.') && (after = skip_digits()) == 0) return fail_here();
    const std::string_view digits = written.substr(0, written.size() - rest_.size());
    std::int64_t exponent = 0;
    if ((take('e') || take('E')) && !read_exponent(exponent)) return false;
    const bool is_zero = digits.find_first_not_of("0.") == std::string_view::npos;
    const bool fits = (is_zero || before + exponent <= k_max_digits_before_point) &&
                      after - exponent <= k_max_digits_after_point;
    return fits || fail("json: a number is out of range");
  }

  bool read_exponent(std::int64_t& exponent) {
    const bool negative = !take('+') && take('-');
    const std::string digits(rest_.substr(0, 7));
    const std::int64_t count = skip_digits();
    if (count == 0) return fail_here();
    exponent = std::strtol(digits.c_str(), nullptr, 10);
    if (negative) exponent = -exponent;
    return true;
  }

  std::string_view rest_;
  std::string_view problem_;
};

}  // namespace

std::string_view find_json_problem(std::string_view text) { return JsonChecker(text).check(); }

void append_json_string(std::string_view text, std::string& out) {
  constexpr char k_hex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += k_hex[byte >> 4];
      out += k_hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace rehome::mapping
