// Closed accounting as values: where every driving row of the source is. The form that runs keep
// and people read.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rehome::ledger {

// Rows that are counted and named, because a person has to look at them.
enum class RowKind {
  gone,         // no longer in the source, or excluded now; the target's row stands
  lost,         // here in the ledger, deleted from the target by others
  extra,        // in the target with a legacy key that is in neither source nor ledger
  not_adopted,  // in the target before, with a key that the ledger knows, and not its row
};
inline constexpr std::array k_row_kinds = {RowKind::gone, RowKind::lost, RowKind::extra,
                                           RowKind::not_adopted};
std::string_view name_of(RowKind kind);

// Both keys as JSON objects of texts.
struct NamedRow {
  std::string legacy_key;
  std::string target_key;

  bool operator==(const NamedRow&) const = default;
};

struct EntityAccount {
  std::string name;
  std::int64_t source = 0;  // driving rows, or what `each` gives for them, counted independently
  std::optional<std::int64_t> driving;  // with `each`: driving rows,
  std::int64_t giving_none = 0;         // and those that it gives nothing for
  std::int64_t unchanged = 0;
  std::int64_t inserted = 0;
  std::int64_t updated = 0;
  std::int64_t adopted = 0;
  std::int64_t kept = 0;
  std::int64_t held = 0;
  std::int64_t bytes = 0;  // of the rows that were sent
  std::map<std::string, std::int64_t> excluded;
  std::int64_t gone = 0;     // and their target row stands
  std::int64_t deleted = 0;  // by this run, because they are gone
  std::int64_t marked = 0;   // likewise
  std::int64_t braked = 0;   // gone, and left alone because they are more than max_deletes
  std::int64_t extra = 0;
  std::int64_t lost = 0;
  std::int64_t open_refs = 0;
  std::int64_t target_rows = 0;
  std::int64_t own = 0;
  std::int64_t not_adopted = 0;
  std::map<RowKind, std::vector<NamedRow>> rows;  // the first of each kind
  std::vector<std::string> problems;              // sentences; empty: the sum closes

  std::int64_t rows_written() const { return inserted + updated + adopted + deleted + marked; }
  bool is_open() const { return held + kept + gone + extra + lost + not_adopted + open_refs > 0; }
  std::int64_t count(RowKind kind) const;
};

struct Account {
  int run_id = 0;  // 0: of a rehearsal
  std::int64_t peak_memory_bytes = 0;
  std::vector<EntityAccount> entities;

  // To the target's tables, or, of rows adopted, to the ledger alone.
  std::int64_t rows_written() const;
  std::int64_t bytes() const;
  bool closed() const;
  bool is_open() const;
};

// `{"run", "closed", "peak_memory_bytes", "entities": […]}`
std::string write_json(const Account& account);
// Throws nlohmann's exceptions when `json` is none of ours.
Account parse_account(std::string_view json);

}  // namespace rehome::ledger
