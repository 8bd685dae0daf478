// Closed accounting as values: where every driving row of the source is. The form that runs keep
// and people read.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rehome::ledger {

struct EntityAccount {
  std::string name;
  std::int64_t source = 0;  // driving rows, counted independently
  std::int64_t unchanged = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t adopted = 0;
  std::int64_t kept = 0;
  std::int64_t held = 0;
  std::map<std::string, std::int64_t> excluded;
  std::int64_t gone = 0;
  std::int64_t extra = 0;
  std::int64_t lost = 0;
  std::int64_t open_refs = 0;
  std::int64_t target_rows = 0;
  std::int64_t own = 0;
  std::vector<std::string> problems;  // sentences; empty: the sum closes

  bool is_open() const { return held + kept + gone + extra + lost + open_refs > 0; }
};

struct Account {
  int run_id = 0;
  std::int64_t peak_memory_bytes = 0;
  std::vector<EntityAccount> entities;

  bool closed() const;
  bool is_open() const;
};

// `{"run", "closed", "peak_memory_bytes", "entities": […]}`
std::string write_json(const Account& account);
// Throws nlohmann's exceptions when `json` is none of ours.
Account parse_account(std::string_view json);

}  // namespace rehome::ledger
