// Rows that come, and rows that go.

#include <fmt/format.h>

#include "drift_steps.h"

namespace dental {

// A half of the day's new orders, messages and files; files go to new orders, too.
void Drift::insert_work(Transaction& step, std::uint64_t part) {
  const auto half = [part](std::uint64_t count) { return (count + part) / 2; };
  std::vector<std::pair<std::int64_t, std::int64_t>> orders;
  for (std::uint64_t row = 0; row < half(rows(250)); ++row) {
    orders.emplace_back(new_orders_.next(), orders_.any(row * 2 + part));
  }
  step.insert("dispatch_instruction", fmt::format("id, {}", k_order_values),
              "v.id, m.patient_id, m.course_id, 1, false, m.suffix, m.\"order\" + 1, "
              "timestamptz '2025-10-28 09:00+00', timestamptz '2025-10-28 09:00+00', m.notes, "
              "m.complaint, m.objective, m.conditions, m.price, m.exports, m.cbct, m.model, "
              "m.scanner, m.scanner_notes, m.comprehensive, m.accept_extraction, m.upper_jaw_id, "
              "m.lower_jaw_id",
              orders);
  std::vector<std::pair<std::int64_t, std::int64_t>> records;
  for (std::uint64_t row = 0; row < half(rows(600)); ++row) {
    records.emplace_back(new_records_.next(), records_.any(row * 2 + part));
  }
  step.insert("dispatch_record", fmt::format("id, {}", k_record_values),
              "v.id, m.target_type_id, m.target_id, m.type, 'Answer ' || v.id || E'\\n' || m.text, "
              "m.author_id, m.group_id, m.public, timestamptz '2025-10-28 10:00+00'",
              records);
  Ids files;
  for (std::uint64_t row = 0; row < half(rows(2300)); ++row) {
    files.push_back(new_files_.next());
  }
  insert_files(step, files, "2025-10-28 11:00+00");
  Ids of_new_orders;
  for (std::size_t file = 0; file < files.size() && !orders.empty(); file += 3) {
    of_new_orders.push_back(files[file]);
  }
  if (!of_new_orders.empty()) {
    step.plain(fmt::format("UPDATE dispatch_file SET instruction_id = {}\nWHERE id IN ({})",
                           orders.front().first, join(of_new_orders)));
  }
  for (const std::string_view table :
       {"dispatch_instruction", "dispatch_record", "dispatch_file"}) {
    step.plain(set_sequence(table));
  }
}

void Drift::insert_files(Transaction& step, const Ids& ids, std::string_view created_at) {
  std::vector<std::pair<std::int64_t, std::int64_t>> files;
  for (std::size_t row = 0; row < ids.size(); ++row) {
    const Picker& models = row % 4 == 0   ? files_
                           : row % 8 == 1 ? files_of_records_
                                          : files_of_orders_;
    files.emplace_back(ids[row], models.any(row));
  }
  step.insert("dispatch_file", fmt::format("id, {}", k_file_values),
              fmt::format("v.id, md5('file ' || v.id), m.name, m.ext, m.size + v.id, m.type, "
                          "m.status, m.instruction_id, m.record_id, m.product_id, m.description, "
                          "m.parameters, timestamptz '{}'",
                          created_at),
              files);
}

// Families: a user, the role, the patient and the first order, all in one transaction.
void Drift::insert_people(Transaction& step) {
  std::vector<std::pair<std::int64_t, std::int64_t>> users;
  std::vector<std::pair<std::int64_t, std::int64_t>> orders;
  std::string patients;
  for (std::uint64_t row = 0; row < rows(20); ++row) {
    const std::int64_t user = new_users_.next();
    const std::int64_t patient = new_patients_.next();
    users.emplace_back(user, doctors_.any(row));
    orders.emplace_back(new_orders_.next(), patient);
    patients += fmt::format("{}({}, {}, {}, {})", patients.empty() ? "" : ", ", patient, user,
                            doctors_.any(row + 1), offices_.any(row));
  }
  step.insert("auth_user",
              "id, password, last_login, is_superuser, username, first_name, last_name, email, "
              "is_staff, is_active, date_joined",
              "v.id, m.password, NULL, false, 'new.' || v.id, m.first_name, m.last_name, 'new.' || "
              "v.id || '@example.test', false, true, timestamptz '2025-10-28 08:00+00'",
              users);
  std::string ids;
  for (const auto& [user, model] : users) {
    ids += fmt::format("{}({})", ids.empty() ? "" : ", ", user);
  }
  step.change("auth_user_groups", "inserted", "",
              fmt::format("INSERT INTO auth_user_groups (user_id, group_id)\n"
                          "SELECT id, 1 FROM (VALUES {}) AS v(id) ORDER BY id",
                          ids));
  step.change("dispatch_patient", "inserted", "",
              fmt::format("INSERT INTO dispatch_patient (id, user_id, doctor_id, office_id, "
                          "birthdate, sex, suffix, archived, suspended, status, schemes, "
                          "submitted_at, updated_at)\nSELECT id, user_id, doctor_id, office_id, "
                          "'1999-12-31', 2, 'NEW' || id % 10, false, false, 1, '', "
                          "'2025-10-28 09:30', '2025-10-28 16:30+00'\n"
                          "FROM (VALUES {}) AS v(id, user_id, doctor_id, office_id) ORDER BY id",
                          patients));
  std::string pairs;
  for (const auto& [order, patient] : orders) {
    pairs += fmt::format("{}({}, {})", pairs.empty() ? "" : ", ", order, patient);
  }
  step.change(
      "dispatch_instruction", "inserted", "",
      fmt::format("INSERT INTO dispatch_instruction (id, {})\n"
                  "SELECT v.id, v.patient_id, 1, 1, false, 'NEWP', 1, "
                  "'2025-10-28 09:40+00', '2025-10-28 09:40+00', NULL, '', '', '', 1200.00, "
                  "'', false, NULL, NULL, '', NULL, NULL, NULL, NULL\n"
                  "FROM (VALUES {}) AS v(id, patient_id) ORDER BY v.id",
                  k_order_values, pairs));
  for (const std::string_view table : {"auth_user", "dispatch_patient", "dispatch_instruction"}) {
    step.plain(set_sequence(table));
  }
}

// Rows that an exclude of the mapping takes in or lets go.
void Drift::cross_exclude(Transaction& step) {
  step.update("dispatch_instruction", "deleted",
              "deleted = true, updated_at = '2025-10-28 15:00+00'", orders_.take(rows(60)));
  step.update("dispatch_instruction", "deleted", "deleted = false",
              Picker(world_.instructions, order_deleted).take(plants(10)));
  step.update("dispatch_file", "record_id", fmt::format("record_id = {}", records_.any(3)),
              files_.take(plants(5)));
  step.update("dispatch_file", "record_id", "record_id = NULL", files_of_records_.take(plants(5)));
  turned_doctors_ = masters_.take(plants(3));
  for (const std::int64_t user : turned_doctors_) {
    step.change(
        "auth_user_groups", "inserted", "group_id",
        fmt::format("INSERT INTO auth_user_groups (user_id, group_id) VALUES ({}, 2)", user));
  }
}

// The application cleared what pointed at a row before it deleted the row.
void Drift::remove_rows(Transaction& step) {
  const auto clear_and_remove = [&](std::string_view table, std::string_view column,
                                    const Ids& ids) {
    if (!ids.empty()) {
      step.change("dispatch_file", "updated", column,
                  fmt::format("UPDATE dispatch_file SET {0} = NULL\nWHERE {0} IN ({1})", column,
                              join(ids)));
      step.remove(table, ids);
    }
  };
  step.remove("dispatch_file", files_of_orders_.take(rows(15)));
  step.remove("dispatch_file", files_of_records_.take(rows(10)));
  clear_and_remove("dispatch_record", "record_id", records_.take(rows(10)));
  clear_and_remove("dispatch_instruction", "instruction_id", orders_.take(rows(5)));
}

// Ids below the highest, as a second session leaves them that took them early and committed late.
void Drift::commit_late(Transaction& step) {
  Ids ids;
  for (std::uint64_t row = 0; row < plants(25); ++row) {
    ids.push_back(world_.files.deleted_id(row));
  }
  insert_files(step, ids, "2025-10-27 23:59:59+00");
}

void Drift::change_and_restore(Transaction& step) {
  restored_ = records_.take(plants(5));
  step.update("dispatch_record", "text", "text = text || ' (draft)'", restored_);
}

void Drift::restore_and_repair(Transaction& step) {
  step.update("dispatch_record", "text", "text = left(text, -8)", restored_);
  if (!turned_doctors_.empty()) {
    step.change("auth_user_groups", "deleted", "group_id",
                fmt::format("DELETE FROM auth_user_groups WHERE user_id = {} AND group_id = 2",
                            turned_doctors_.back()));
  }
  // A held family can arrive: its suffix is there at last.
  step.update("dispatch_patient", "suffix", "suffix = 'OK1A'",
              Picker(world_.patients, patient_suffix_missing).take(1));
}

}  // namespace dental
