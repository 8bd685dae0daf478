// Collects what is wrong with a mapping while it is read.
#pragma once

#include <string>
#include <utility>

#include "base/diagnostic.h"
#include "mapping/yaml.h"

namespace rehome::mapping {

class Problems {
 public:
  void add(std::string code, const Node& at, std::string message, std::string hint = {}) {
    add(std::move(code), at.position, std::move(message), std::move(hint), at.length());
  }
  void add(std::string code, const base::Position& at, std::string message, std::string hint = {},
           int length = 1) {
    base::Diagnostic diagnostic;
    diagnostic.code = std::move(code);
    diagnostic.position = at;
    diagnostic.length = length;
    diagnostic.message = std::move(message);
    diagnostic.hint = std::move(hint);
    diagnostics_.push_back(std::move(diagnostic));
  }
  void add(base::Diagnostic diagnostic) { diagnostics_.push_back(std::move(diagnostic)); }

  bool any() const { return !diagnostics_.empty(); }
  base::Diagnostics take() { return std::move(diagnostics_); }

 private:
  base::Diagnostics diagnostics_;
};

}  // namespace rehome::mapping
