#include "mapping/scalar_position.h"

#include <algorithm>

namespace rehome::mapping {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Walks the file's text and the value side by side. YAML only ever drops, folds or escapes white
// space and single characters, so the next character of the value is always the next one of the
// text that is no such thing.
class Aligner {
 public:
  Aligner(const LineIndex& lines, ByteRange range, std::string_view value, bool escapes)
      : lines_(lines),
        raw_(std::string_view(lines.source().text()).substr(0, range.end)),
        at_(range.begin),
        value_(value),
        escapes_(escapes) {}

  ScalarPlace align() {
    while (done_ < value_.size() && at_ < raw_.size()) {
      if (!step()) break;
    }
    ScalarPlace place;
    place.anchors = std::move(anchors_);
    place.position = place.anchors.empty() ? lines_.position(at_) : place.anchors.front().position;
    if (place.anchors.size() == 1 && value_.find('\n') == std::string_view::npos)
      place.anchors.clear();
    return place;
  }

 private:
  bool step() {
    const char wanted = value_[done_];
    const char found = raw_[at_];
    if (escapes_ && found == '\\') return step_over_escape();
    if (wanted == found && found != '\r') {
      take(1, 1);
      // Two quotes for one, in a single-quoted scalar.
      if (found == '\'' && !escapes_ && raw_.substr(at_, 1) == "'" &&
          value_.substr(done_, 1) != "'") {
        ++at_;
        follows_ = false;
      }
      return true;
    }
    if (is_space(wanted) &&
        is_space(found)) {  // a fold: line ends became one blank or fewer line ends
      while (at_ < raw_.size() && is_space(raw_[at_])) ++at_;
      while (done_ < value_.size() && is_space(value_[done_])) ++done_;
      follows_ = false;
      return true;
    }
    if (!is_space(found)) return false;
    ++at_;  // indentation
    follows_ = false;
    return true;
  }

  bool step_over_escape() {
    const char kind = at_ + 1 < raw_.size() ? raw_[at_ + 1] : '\\';
    if (kind == '\n' || kind == '\r') {
      at_ += 2;
      while (at_ < raw_.size() && is_space(raw_[at_])) ++at_;
      follows_ = false;
      return true;
    }
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    std::size_t bytes = 1;
    while (done_ + bytes < value_.size() && is_continuation(value_[done_ + bytes])) ++bytes;
    follows_ = false;
    take(2 + digits, bytes);
    follows_ = false;
    return true;
  }

  // `raw` bytes of the text are `value` bytes of the value.
  void take(std::size_t raw, std::size_t value) {
    if (!follows_) anchors_.push_back({done_, lines_.position(at_)});
    follows_ = value_[done_] != '\n';
    at_ += raw;
    done_ += value;
  }

  const LineIndex& lines_;
  std::string_view raw_;
  std::size_t at_;
  std::string_view value_;
  std::size_t done_ = 0;
  bool escapes_;
  bool follows_ = false;  // the next character stands right after the last one
  std::vector<Anchor> anchors_;
};

}  // namespace

LineIndex::LineIndex(const base::SourceText& source) : source_(source), starts_{0} {
  const std::string& text = source.text();
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') starts_.push_back(i + 1);
  }
}

base::Position LineIndex::position(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const std::size_t start = *std::prev(after);
  const auto line = static_cast<int>(after - starts_.begin());
  const std::string_view rest = std::string_view(source_.text()).substr(start);
  return sql::advance({source_.file(), line, 1}, rest, offset - start);
}

ScalarPlace place_scalar(const LineIndex& lines, ByteRange range, std::string_view value,
                         bool escapes) {
  return Aligner(lines, range, value, escapes).align();
}

}  // namespace rehome::mapping
