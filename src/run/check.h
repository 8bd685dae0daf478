// Preflight: what catalogs, privileges and cheap queries can tell before a row moves. One file per
// check in run/checks/.
#pragma once

#include "base/diagnostic.h"
#include "pg/connection.h"
#include "run/compile.h"

namespace rehome::run {

// What a check may look at.
struct CheckContext {
  const Compiled& compiled;
  pg::Connection& source;
  pg::Connection& target;
};

using Check = void (*)(const CheckContext&, base::Diagnostics&);

// All findings of all checks.
base::Diagnostics check(const Compiled& compiled, pg::Connection& source, pg::Connection& target);

// True if one of them is a missing privilege (exit code 7).
bool lacks_privilege(const base::Diagnostics& findings);

namespace checks {
void wire_types_agree(const CheckContext& context, base::Diagnostics& findings);
void maps_are_total(const CheckContext& context, base::Diagnostics& findings);
void changes_are_told(const CheckContext& context, base::Diagnostics& findings);
void each_gives_rows(const CheckContext& context, base::Diagnostics& findings);
void keys_are_unique(const CheckContext& context, base::Diagnostics& findings);
void joins_find_one_row(const CheckContext& context, base::Diagnostics& findings);
void privileges_suffice(const CheckContext& context, base::Diagnostics& findings);
void ledger_can_be_kept(const CheckContext& context, base::Diagnostics& findings);
void time_zone_is_known(const CheckContext& context, base::Diagnostics& findings);
void deferred_refs_are_open(const CheckContext& context, base::Diagnostics& findings);
void gone_rows_can_leave(const CheckContext& context, base::Diagnostics& findings);
void tables_take_rows(const CheckContext& context, base::Diagnostics& findings);
}  // namespace checks

}  // namespace rehome::run
