// What the tests of the SQLSTATE table expect, written down a second time and on purpose: from the
// manual of failures, not from the code.
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "pg/error.h"

namespace rehome::pg {

// Every code that PostgreSQL's manual names.
inline std::vector<std::string> make_all_sqlstates() {
  constexpr std::string_view k_letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::vector<std::string> codes;
  for (const char first : k_letters) {
    for (const char second : k_letters) {
      const std::string own_class{first, second};
      if (condition_name(own_class + "000").empty()) continue;
      for (const char third : k_letters) {
        for (const char fourth : k_letters) {
          for (const char fifth : k_letters) {
            std::string code = own_class + third + fourth + fifth;
            if (!condition_name(code).empty()) codes.push_back(std::move(code));
          }
        }
      }
    }
  }
  return codes;
}

// For a message that says nothing special.
inline Action expected_action(std::string_view code) {
  struct Listed {
    Action action;
    std::vector<std::string_view> codes;
  };
  static const std::vector<Listed> k_listed = {
      {Action::unknown_outcome, {"08007", "40003"}},
      {Action::retry,
       {"08000", "08001", "08003", "08004", "08006", "25P03", "25P04", "40001", "40P01", "53300",
        "55006", "55P03", "57P01", "57P02", "57P03", "57P05"}},
      {Action::retry_smaller, {"53200"}},
      {Action::pause, {"25006", "53100", "58030"}},
      {Action::new_epoch, {"72000"}},
      {Action::stop, {"22P03", "22P04"}},
      {Action::refuse_row, {"21000", "44000", "54000", "P0001"}},
  };
  for (const Listed& listed : k_listed) {
    if (std::find(listed.codes.begin(), listed.codes.end(), code) != listed.codes.end()) {
      return listed.action;
    }
  }
  const std::string_view own_class = code.substr(0, 2);
  const bool about_the_row = own_class == "22" || own_class == "23" || own_class == "38";
  return about_the_row ? Action::refuse_row : Action::stop;
}

}  // namespace rehome::pg
