// Edits of both sides, merged column by column: the ledger has a base for each, of what it was left
// as.
#include <algorithm>

#include "base/ensure.h"
#include "move/careful_road.h"

namespace rehome::move {

// A column whose base is not known may have been changed by either side.
void StagedRows::merge(Row& row) {
  const std::vector<std::size_t> columns = plan::base_columns(entity_);
  const ledger::Bases& bases = row.placed->bases;
  base::ensure(bases.size() == columns.size(), "bases of another number of columns");
  std::vector<std::size_t> wanted;
  std::vector<std::size_t> disputed;
  bool any_known = false;
  row.kept.clear();
  for (std::size_t place = 0; place < columns.size(); ++place) {
    const std::size_t column = columns[place];
    if (std::find(row.differing.begin(), row.differing.end(), column) == row.differing.end())
      continue;
    if (bases[place] == row.stored_bases[place]) {
      wanted.push_back(column);
    } else if (bases[place] == row.sent_bases[place]) {
      row.kept.push_back(place);
    } else {
      disputed.push_back(column);
      any_known = any_known || bases[place];
    }
  }
  row.differing = disputed.empty() ? wanted : disputed;
  if (!disputed.empty()) {
    refuse_differing(row, "conflict",
                     any_known ? "both sides have changed the same columns since the row was moved"
                               : "the row was changed in the target, too, and what these columns "
                                 "were before that is not known");
  } else if (wanted.empty() && !is_unmarked(row)) {
    row.outcome = Outcome::equal;
  }
}

}  // namespace rehome::move
