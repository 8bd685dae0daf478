#pragma once
// The steps of t2, each one transaction of the old application, written out with the ids it
// touches: one seed and scale give one text. Not thread-safe.

#include <string>
#include <string_view>
#include <vector>

#include "drift.h"
#include "stages.h"

namespace dental {

// All columns of a table but its key.
inline constexpr std::string_view k_office_values =
    "name, address, apt, city, state, zip, country, phone, tax_rate, valid, sq_customer_id, emails";
inline constexpr std::string_view k_record_values =
    "target_type_id, target_id, type, text, author_id, group_id, public, created_at";
inline constexpr std::string_view k_file_values =
    "uid, name, ext, size, type, status, instruction_id, record_id, product_id, description, "
    "parameters, created_at";
inline constexpr std::string_view k_order_values =
    "patient_id, course_id, status, deleted, suffix, \"order\", submitted_at, updated_at, notes, "
    "complaint, objective, conditions, price, exports, cbct, model, scanner, scanner_notes, "
    "comprehensive, accept_extraction, upper_jaw_id, lower_jaw_id";

class Drift {
 public:
  explicit Drift(const World& world) : world_(world) {}

  std::vector<Step> list();

 private:
  std::uint64_t rows(std::uint64_t count) const { return scaled_rows(world_.scale, count); }
  std::uint64_t plants(std::uint64_t count) const { return scaled_plants(world_.scale, count); }

  void insert_work(Transaction& step, std::uint64_t part);
  void insert_files(Transaction& step, const Ids& ids, std::string_view created_at);
  void insert_people(Transaction& step);
  void update_undated(Transaction& step);
  void update_dated(Transaction& step);
  void swap_rows(Transaction& step, std::string_view table, std::string_view columns,
                 const Ids& pair);
  void swap_all(Transaction& step);
  void rewrite_json(Transaction& step);
  void rewrite_json_again(Transaction& step);
  void move_usernames(Transaction& step);
  void move_uids(Transaction& step);
  void re_parent(Transaction& step);
  void cross_exclude(Transaction& step);
  void remove_rows(Transaction& step);
  void commit_late(Transaction& step);
  void change_and_restore(Transaction& step);
  void restore_and_repair(Transaction& step);

  const World& world_;
  Picker offices_{world_.offices, office_plain};
  Picker doctors_{world_.users, user_doctor};
  Picker masters_{world_.users, user_master};
  Picker patients_{world_.patients, patient_plain};
  Picker orders_{world_.instructions, order_plain};
  Picker records_{world_.records, record_plain};
  Picker files_{world_.files, file_plain};
  Picker files_of_orders_{world_.files, file_with_order};
  Picker files_of_records_{world_.files, file_with_record};
  Fresh new_users_{world_.users, 3};
  Fresh new_patients_{world_.patients, 61};
  Fresh new_orders_{world_.instructions, 5};
  Fresh new_records_{world_.records, 3};
  Fresh new_files_{world_.files, 3};
  Ids order_exports_;
  Ids patient_schemes_;
  Ids turned_doctors_;
  Ids restored_;
};

}  // namespace dental
