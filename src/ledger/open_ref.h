// Refs that wait for their parent: the target column is empty until it comes.
//
// Every function here belongs into a transaction of the caller. Threading: as the connection given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pg/connection.h"
#include "plan/statements.h"

namespace rehome::ledger {

struct OpenRef {
  plan::KeyText key;
  std::string column;
  std::string parent_entity;
  std::string parent_key_json;
};

void note_open_refs(pg::Connection& target, const plan::Entity& entity, int run_id,
                    std::int64_t batch_id, const std::vector<OpenRef>& refs);

// The open refs of one column that lead to one parent.
struct RefPath {
  const plan::Entity& entity;
  const plan::Ref& ref;
  const plan::RefTarget& target;
  const plan::Entity& parent;
};

// Legacy keys (JSON) of rows whose open ref can be filled.
std::vector<std::string> read_fillable(pg::Connection& target, const RefPath& path);

using OpenRefKeys = std::optional<std::vector<std::string>>;  // legacy keys (JSON), or all

// Fills the open refs whose parent has arrived: the target column, row_hash, and the open_ref row.
// The image of a row of a former run is kept before. A column the application has filled meanwhile
// is left alone, and a row that others have changed stays one that differs from row_hash. Returns
// the number filled.
std::int64_t fill_open_refs(pg::Connection& target, const RefPath& path, int run_id,
                            const OpenRefKeys& only = std::nullopt);

}  // namespace rehome::ledger
