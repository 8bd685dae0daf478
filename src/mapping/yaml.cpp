#include "mapping/yaml.h"

#include <fmt/format.h>
#include <libfyaml.h>

#include <algorithm>
#include <map>
#include <memory>
#include <regex>

#include "mapping/problems.h"
#include "mapping/scalar_position.h"

namespace rehome::mapping {

namespace {

constexpr std::size_t k_max_bytes = 1 << 20;

struct FreeDiag {
  void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};
struct FreeParser {
  void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
struct FreeDocument {
  void operator()(fy_document* document) const { fy_document_destroy(document); }
};

// Turns libfyaml's nodes into ours.
class TreeBuilder {
 public:
  TreeBuilder(const LineIndex& lines, Problems& problems) : lines_(lines), problems_(problems) {}

  // `where` is the place for a node that has none of its own (an empty value).
  Node build(fy_node* from, const base::Position& where) {
    Node node;
    node.position = where;
    if (from == nullptr) return node;
    switch (fy_node_get_type(from)) {
      case FYNT_SCALAR:
        build_scalar(from, node);
        break;
      case FYNT_SEQUENCE:
        node.kind = NodeKind::list;
        build_list(from, node);
        break;
      case FYNT_MAPPING:
        node.kind = NodeKind::map;
        build_map(from, node);
        break;
    }
    refuse_extras(from, node);
    return node;
  }

  // False when something was left out whose absence would be taken for another mistake.
  bool says_all() const { return says_all_; }

 private:
  // The keys of one map (text, and whether it stands for NULL) and their lines.
  using Seen = std::map<std::pair<std::string, bool>, int>;

  void build_scalar(fy_node* from, Node& node) {
    std::size_t length = 0;
    const char* text = fy_node_get_scalar(from, &length);
    if (text != nullptr) node.text.assign(text, length);
    const fy_node_style style = fy_node_get_style(from);
    node.quoted = style == FYNS_SINGLE_QUOTED || style == FYNS_DOUBLE_QUOTED ||
                  style == FYNS_LITERAL || style == FYNS_FOLDED;
    fy_token* token = fy_node_get_scalar_token(from);
    const fy_mark* begin = token == nullptr ? nullptr : fy_token_start_mark(token);
    const fy_mark* end = token == nullptr ? nullptr : fy_token_end_mark(token);
    if (begin == nullptr || end == nullptr) return;
    const ScalarPlace place = place_scalar(lines_, {begin->input_pos, end->input_pos}, node.text,
                                           style == FYNS_DOUBLE_QUOTED);
    node.position = place.position;
    node.anchors = place.anchors;
  }

  void build_list(fy_node* from, Node& node) {
    void* state = nullptr;
    while (fy_node* item = fy_node_sequence_iterate(from, &state)) {
      node.items.push_back(build(item, node.position));
    }
    if (!node.items.empty()) node.position = node.items.front().position;
  }

  void build_map(fy_node* from, Node& node) {
    void* state = nullptr;
    Seen seen;
    while (fy_node_pair* pair = fy_node_mapping_iterate(from, &state)) {
      Node key = build(fy_node_pair_key(pair), node.position);
      Node value = build(fy_node_pair_value(pair), key.position);
      if (node.members.empty()) node.position = key.position;
      add_member(node, seen, {std::move(key), std::move(value)});
    }
  }

  void add_member(Node& node, Seen& seen, Member member) {
    if (!member.key.is_scalar()) {
      return refuse("E1202", member.key, "a key must be one word, not a list or a map",
                    "quote the key when it holds { } [ ] or commas");
    }
    if (member.key.text == "<<" && !member.key.quoted) {
      return refuse("E1004", member.key, "merge keys (<<) are not supported",
                    "write the keys out; shared settings belong under `defaults`");
    }
    const auto [same, is_new] =
        seen.try_emplace({member.key.text, member.key.is_null()}, member.key.position.line);
    if (!is_new) {
      problems_.add(
          "E1101", member.key,
          fmt::format("`{}` is written twice: here and in line {}", member.key.text, same->second),
          "keep one of the two");
      return;
    }
    node.members.push_back(std::move(member));
  }

  void refuse(const char* code, const Node& at, std::string message, const char* hint) {
    problems_.add(code, at, std::move(message), hint);
    says_all_ = false;
  }

  void refuse_extras(fy_node* from, const Node& node) {
    if (fy_node_is_alias(from)) {
      refuse("E1004", node, fmt::format("aliases (*{}) are not supported", node.text),
             "write the value out; a text that starts with * must be quoted");
    }
    if (fy_node_get_anchor(from) != nullptr) {
      refuse("E1004", node, "anchors (&name) are not supported",
             "leave the anchor out; a text that starts with & must be quoted");
    }
    if (fy_node_get_tag_token(from) != nullptr) {
      refuse("E1004", node, "tags (!name) are not supported",
             "leave the tag out; a text that starts with ! must be quoted");
    }
  }

  const LineIndex& lines_;
  Problems& problems_;
  bool says_all_ = true;
};

// Bytes of the character that `lead` begins; 0 when none does.
std::size_t utf8_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2) return 0;
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

bool is_utf8(std::string_view text) {
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t length = utf8_length(static_cast<unsigned char>(text[i]));
    if (length == 0 || i + length > text.size()) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    i += length;
  }
  return true;
}

std::string hint_for(std::string_view message, std::string_view line) {
  if (line.find("${") != std::string_view::npos && message.find("flow") != std::string_view::npos) {
    return "inside { } a variable must be quoted: \"${NAME}\"; or give it a line of its own";
  }
  if (message.find("tab") != std::string_view::npos) return "indent with spaces";
  if (message.find("quoted scalar") != std::string_view::npos) {
    return "is the closing quote missing? a text that holds a quote needs the other kind around it";
  }
  if (message.find("nested block mapping") != std::string_view::npos) {
    return "a value that holds `: ` must be quoted";
  }
  return "quote a value that starts with one of ' \" { [ * & ! | > % @ or holds `: ` or ` #`";
}

void report_syntax(fy_diag* diag, const base::SourceText& source, Problems& problems) {
  void* state = nullptr;
  const fy_diag_error* first = fy_diag_errors_iterate(diag, &state);
  if (first == nullptr) {
    problems.add("E1002", base::Position{source.file(), 0, 0}, "this is not valid YAML", "");
    return;
  }
  const std::string message = first->msg == nullptr ? "syntax error" : first->msg;
  const int line = std::max(first->line, 1);
  problems.add("E1002", base::Position{source.file(), line, std::max(first->column, 1)},
               "this is not valid YAML: " + message, hint_for(message, source.line(line)));
}

bool check_bytes(const std::string& file, const std::string& text, Problems& problems) {
  const base::Position whole{file, 0, 0};
  if (text.size() > k_max_bytes) {
    problems.add("E1003", whole, "the mapping is larger than 1 MB",
                 "a mapping is written by people; is this the right file?");
  } else if (!is_utf8(text)) {
    problems.add("E1003", whole, "the mapping is not UTF-8 text", "save it as UTF-8");
  } else if (text.find('\0') != std::string::npos) {
    problems.add("E1003", whole, "the mapping holds a NUL character", "is this a text file?");
  } else {
    return true;
  }
  return false;
}

std::optional<Node> build_document(fy_parser* parser, fy_diag* diag, const LineIndex& lines,
                                   Problems& problems) {
  const base::SourceText& source = lines.source();
  const std::unique_ptr<fy_document, FreeDocument> document(fy_parse_load_document(parser));
  fy_node* root = document ? fy_document_root(document.get()) : nullptr;
  if (fy_diag_got_error(diag)) {
    report_syntax(diag, source, problems);
    return std::nullopt;
  }
  if (root == nullptr) {
    problems.add("E1003", base::Position{source.file(), 0, 0}, "the mapping is empty", "");
    return std::nullopt;
  }
  TreeBuilder builder(lines, problems);
  Node node = builder.build(root, base::Position{source.file(), 1, 1});
  const std::unique_ptr<fy_document, FreeDocument> second(fy_parse_load_document(parser));
  if (fy_diag_got_error(diag)) {
    report_syntax(diag, source, problems);
    return std::nullopt;
  }
  if (second) {
    problems.add("E1003", base::Position{source.file(), 0, 0},
                 "the mapping holds more than one YAML document", "remove the `---` lines");
    return std::nullopt;
  }
  if (!builder.says_all()) return std::nullopt;
  return node;
}

}  // namespace

std::optional<Node> parse_yaml(const std::string& file, const std::string& text,
                               Problems& problems) {
  if (!check_bytes(file, text, problems)) return std::nullopt;

  const base::SourceText source(file, text);
  const LineIndex lines(source);
  fy_diag_cfg diag_config;
  fy_diag_cfg_default(&diag_config);
  const std::unique_ptr<fy_diag, FreeDiag> diag(fy_diag_create(&diag_config));
  fy_diag_set_collect_errors(diag.get(), true);

  fy_parse_cfg config{};
  config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG |
                                                 FYPCF_ALLOW_DUPLICATE_KEYS |
                                                 FYPCF_DEFAULT_VERSION_1_2 | FYPCF_JSON_NONE);
  config.diag = diag.get();
  const std::unique_ptr<fy_parser, FreeParser> parser(fy_parser_create(&config));
  fy_parser_set_string(parser.get(), text.data(), text.size());
  return build_document(parser.get(), diag.get(), lines, problems);
}

bool Node::is_null() const {
  return is_scalar() && !quoted &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

bool Node::is_bool() const {
  static const std::vector<std::string> words = {"true", "True", "TRUE", "false", "False", "FALSE"};
  return is_scalar() && !quoted && std::find(words.begin(), words.end(), text) != words.end();
}

bool Node::is_number() const {
  static const std::regex number(
      "[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?|0x[0-9a-fA-F]+|0o[0-7]+|[-+]?\\.(inf|"
      "Inf|INF)|\\.(nan|NaN|NAN)");
  return is_scalar() && !quoted && text.size() < 400 && std::regex_match(text, number);
}

bool Node::is_string() const { return is_scalar() && !is_null() && !is_bool() && !is_number(); }

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key.text == key) return &member.value;
  }
  return nullptr;
}

int Node::length() const {
  if (!is_scalar() || !anchors.empty() || text.find('\n') != std::string::npos) return 1;
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  });
  return std::max(1, static_cast<int>(characters));
}

}  // namespace rehome::mapping
