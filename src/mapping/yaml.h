// YAML as a tree of values: each node and key with its place in the file.
//
// Promise: the only place that knows libfyaml. A tree has no duplicate keys, anchors, aliases, tags
// or merge keys, is at most 1 MB of UTF-8 and 64 levels deep; a file that has is refused with E10xx
// or E1101. Values; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/text.h"

namespace rehome::mapping {

enum class NodeKind { scalar, list, map };

struct Member;

struct Node {
  NodeKind kind = NodeKind::scalar;
  base::Position position;  // of the first character; of a map or list, of its first key or item

  std::string text;     // of a scalar
  bool quoted = false;  // written in quotes or as a block, hence a string whatever it looks like
  std::vector<Anchor> anchors;  // of a scalar, see text.h

  std::vector<Node> items;      // of a list
  std::vector<Member> members;  // of a map, in the order written

  bool is_scalar() const { return kind == NodeKind::scalar; }
  bool is_list() const { return kind == NodeKind::list; }
  bool is_map() const { return kind == NodeKind::map; }
  // `~`, `null` or nothing at all.
  bool is_null() const;
  // `true` or `false`, not quoted.
  bool is_bool() const;
  // A number, not quoted.
  bool is_number() const;
  // A scalar that YAML takes for text.
  bool is_string() const;
  const Node* find(std::string_view key) const;
  Text as_text() const { return {text, position}; }
  // Columns a caret should underline.
  int length() const;
};

struct Member {
  Node key;  // always a scalar
  Node value;
};

class Problems;

// `text` as one document, and what is wrong with it: all duplicate keys, aliases and the like; of
// syntax errors the first. A key written twice keeps its first value, and the tree can be read on;
// with any other problem there is no tree.
std::optional<Node> parse_yaml(const std::string& file, const std::string& text,
                               Problems& problems);

}  // namespace rehome::mapping
