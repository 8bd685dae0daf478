// Unique values that move, swap and come back.

#include <fmt/format.h>

#include "drift_steps.h"

namespace dental {
// The source's own UNIQUE allows no swap in one statement: a name is kept aside.
void Drift::move_usernames(Transaction& step) {
  const auto keep = [&](std::string_view name, std::int64_t id) {
    step.plain(fmt::format(
        "INSERT INTO drift.kept SELECT '{}', username FROM auth_user WHERE id = {}", name, id));
  };
  const auto kept = [](std::string_view name) {
    return fmt::format("username = (SELECT value FROM drift.kept WHERE name = '{}')", name);
  };
  const std::uint64_t first = world_.patients.count(patient_plain) - 4;
  Ids users;
  for (std::uint64_t user = 0; user < 4; ++user) {
    users.push_back(
        world_.user_id_of_patient(world_.patients.rank_of(patient_plain, first + user)));
  }
  // The first gives its name away, the second takes it.
  keep("given", users[0]);
  step.update("auth_user", "username", "username = 'renamed.' || id", {users[0]});
  step.update("auth_user", "username", kept("given"), {users[1]});
  // The other two swap theirs.
  keep("third", users[2]);
  keep("fourth", users[3]);
  step.plain(fmt::format("UPDATE auth_user SET username = 'aside' WHERE id = {}", users[2]));
  step.update("auth_user", "username", kept("third"), {users[3]});
  step.update("auth_user", "username", kept("fourth"), {users[2]});
  // An address moves from the first to the third: free for one, then taken by the other.
  step.change(
      "auth_user", "updated", "email",
      fmt::format("UPDATE auth_user u SET email = CASE u.id WHEN {0} THEN 'left.{0}@example."
                  "test'\n  ELSE (SELECT email FROM auth_user WHERE id = {0}) END\n"
                  "WHERE u.id IN ({0}, {1})",
                  users[0], users[2]));
}

// uid is UNIQUE in the target, and here by habit only.
void Drift::move_uids(Transaction& step) {
  const auto exchange = [&](std::string_view first_uid, const Ids& pair) {
    if (pair.size() == 2) {
      step.change("dispatch_file", "updated", "uid",
                  fmt::format("UPDATE dispatch_file f SET uid = CASE f.id WHEN {0} THEN {2}\n"
                              "  ELSE (SELECT uid FROM dispatch_file WHERE id = {0}) END\n"
                              "WHERE f.id IN ({0}, {1})",
                              pair[0], pair[1], first_uid));
    }
  };
  exchange("md5('moved ' || f.id)", files_of_orders_.take(2));
  const Ids swapped = files_of_orders_.take(2);
  if (swapped.size() == 2) {
    exchange(fmt::format("(SELECT uid FROM dispatch_file WHERE id = {})", swapped[1]), swapped);
  }
  // One is deleted, and a new file gets its uid.
  for (const std::int64_t id : files_of_orders_.take(1)) {
    step.plain(fmt::format(
        "INSERT INTO drift.kept SELECT 'uid', uid FROM dispatch_file WHERE id = {}", id));
    step.remove("dispatch_file", {id});
    const std::int64_t fresh = new_files_.next();
    insert_files(step, {fresh}, "2025-10-28 13:00+00");
    step.plain(
        fmt::format("UPDATE dispatch_file SET uid = (SELECT value FROM drift.kept "
                    "WHERE name = 'uid')\nWHERE id = {}",
                    fresh));
  }
  step.plain(set_sequence("dispatch_file"));
}

}  // namespace dental
