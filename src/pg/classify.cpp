#include "pg/error.h"

namespace rehome::pg {

namespace {

struct Rule {
  std::string_view code;    // five characters: this code; two: every other code of its class
  std::string_view prefix;  // of the message, where one code means several things
  Action action;
  std::string_view advice;
};

constexpr std::string_view k_try_again = "It is tried again on a new connection.";
constexpr std::string_view k_pooler =
    "A connection pooler seems to sit between us and the server: use the direct port, or session "
    "mode.";
constexpr std::string_view k_new_snapshot =
    "The snapshot is gone: a new one is taken and compared.";
constexpr std::string_view k_schema =
    "The schema is not the one the plan was made from: run `rehome check`.";
constexpr std::string_view k_wire =
    "The server reads these bytes as another type than the plan: run `rehome check`; please report "
    "it.";
constexpr std::string_view k_own_bug = "This is a fault of rehome itself: please report it.";
constexpr std::string_view k_corruption =
    "The server reports damaged data: stop using it, and restore or repair it first.";
constexpr std::string_view k_unlisted =
    "This is not known to pass by itself: read the server's message and its log, then run again.";

// In the order of the codes; of two rules for one code the one with a prefix comes first. Prefixes
// are English: a server that speaks another language gets the code's general rule. What is not here
// stops.
constexpr Rule k_rules[] = {
    {"08000", "", Action::retry, k_try_again},
    {"08001", "", Action::retry, "The server cannot be reached; it is tried again."},
    {"08003", "", Action::retry, k_try_again},
    {"08004", "", Action::retry, "The server rejected the connection; it is tried again."},
    {"08006", "", Action::retry, k_try_again},
    {"08007", "", Action::unknown_outcome, "The batch's own row says what became of it."},
    {"08P01", "", Action::stop, "Something between us and the server alters the traffic."},
    {"0A000", "", Action::stop, "The server cannot do this here: see its message."},
    {"0LP01", "", Action::stop, "Grant the role what the message names."},
    {"21000", "", Action::refuse_row, ""},
    {"22023", "invalid snapshot identifier", Action::new_epoch, k_new_snapshot},
    {"22P03", "", Action::stop, k_wire},
    {"22P04", "", Action::stop, k_wire},
    {"22", "", Action::refuse_row, ""},
    {"23", "", Action::refuse_row, ""},
    {"25001", "", Action::stop, k_own_bug},
    {"25006", "", Action::pause, "The server is read-only (standby, or its disk is full)."},
    {"25P01", "", Action::stop, k_own_bug},
    {"25P02", "", Action::stop, k_own_bug},
    {"25P03", "", Action::retry, k_try_again},
    {"25P04", "", Action::retry, k_try_again},
    {"26000", "", Action::stop, k_pooler},
    {"28", "", Action::stop,
     "Check user and password (of this side's url, PGPASSWORD or ~/.pgpass) and pg_hba.conf."},
    {"2BP01", "", Action::stop, k_schema},
    {"34000", "", Action::stop, k_pooler},
    {"38", "", Action::refuse_row, ""},
    {"3D000", "", Action::stop, "The url names a database that does not exist."},
    {"3F000", "", Action::stop, k_schema},
    {"40001", "canceling statement due to conflict with recovery", Action::new_epoch,
     "A standby cancelled the read: set hot_standby_feedback = on, or read from the primary."},
    {"40001", "terminating connection due to conflict with recovery", Action::new_epoch,
     "A standby cancelled the read: set hot_standby_feedback = on, or read from the primary."},
    {"40001", "", Action::retry, "Another transaction came between; it is tried again."},
    {"40003", "", Action::unknown_outcome, "The batch's own row says what became of it."},
    {"40P01", "", Action::retry, "Another transaction came between; it is tried again."},
    {"42501", "", Action::stop,
     "Grant the role what the message names, or BYPASSRLS if it is about row security."},
    {"42704", "snapshot \"", Action::new_epoch, k_new_snapshot},
    {"42P05", "", Action::stop, k_pooler},
    {"42", "", Action::stop, k_schema},
    {"44", "", Action::refuse_row, ""},
    {"53100", "", Action::pause, "The server's disk is full: make room; nothing is lost."},
    {"53200", "", Action::retry_smaller,
     "The server is out of memory; it is tried with fewer rows."},
    {"53300", "", Action::retry, "The server has no free connection; use fewer --workers."},
    {"53400", "temporary file size exceeds", Action::retry_smaller,
     "The server's temp_file_limit is reached; it is tried with fewer rows."},
    {"53400", "", Action::stop, "Raise the limit of the server that the message names."},
    {"54000", "", Action::refuse_row, ""},
    {"55000", "could not import the requested snapshot", Action::new_epoch, k_new_snapshot},
    {"55000", "can no longer get changes from replication slot", Action::new_epoch, k_new_snapshot},
    {"55000", "can no longer access replication slot", Action::new_epoch, k_new_snapshot},
    {"55000", "", Action::stop, "The server is not set up for this: see its message and hint."},
    {"55006", "", Action::retry, "Somebody else uses this object; it is tried again."},
    {"55P03", "", Action::retry, "Somebody else holds a lock; it is tried again."},
    {"55P04", "", Action::stop, "The enum label is too new: commit the ALTER TYPE first."},
    {"57014", "canceling statement due to statement timeout", Action::retry_smaller,
     "The server's statement_timeout is reached; it is tried with fewer rows."},
    {"57014", "", Action::stop, "Somebody cancelled the statement; run again to go on."},
    {"57P01", "", Action::retry, k_try_again},
    {"57P02", "", Action::retry, k_try_again},
    {"57P03", "", Action::retry, "The server is starting or stopping; it is tried again."},
    {"57P05", "", Action::retry, k_try_again},
    {"58000", "", Action::stop, "The server's machine has a fault: see the server's log."},
    {"58030", "", Action::pause, "The server cannot read or write its disk: see the server's log."},
    {"58P01", "requested WAL segment", Action::new_epoch, k_new_snapshot},
    {"72000", "", Action::new_epoch, k_new_snapshot},
    {"F0000", "", Action::stop, "Check this side's url, the PG* variables and the service file."},
    {"P0001", "", Action::refuse_row, ""},
    {"XX000", "invalid memory alloc request size", Action::refuse_row, ""},
    {"XX000", "", Action::stop, "The server has a fault of its own: see the server's log."},
    {"XX001", "", Action::stop, k_corruption},
    {"XX002", "", Action::stop, k_corruption},
};

const Rule* find_rule(std::string_view code, std::string_view message) {
  for (const Rule& rule : k_rules) {
    if (rule.code == code && message.substr(0, rule.prefix.size()) == rule.prefix) return &rule;
  }
  return nullptr;
}

}  // namespace

Classification classify(std::string_view sqlstate, std::string_view message) {
  if (sqlstate.empty()) return {Action::retry, "The connection was lost; a new one is tried."};
  const Rule* rule = find_rule(sqlstate, message);
  if (rule == nullptr) rule = find_rule(sqlstate.substr(0, 2), message);
  if (rule == nullptr) return {Action::stop, k_unlisted};
  return {rule->action, rule->advice};
}

Classification classify(const Error& error) {
  if (dynamic_cast<const CommitUnknown*>(&error) != nullptr) {
    return {Action::unknown_outcome, "The batch's own row says what became of it."};
  }
  return classify(error.sqlstate(), error.fields().message);
}

}  // namespace rehome::pg
