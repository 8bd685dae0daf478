// Rows that stay, with other values.

#include <fmt/format.h>

#include <array>

#include "drift_steps.h"

namespace dental {
namespace {

struct Update {
  std::string_view table;
  std::string_view column;
  std::string_view assignment;
  std::uint64_t rows;
};

}  // namespace

// Every kind of column, in tables that do not say when a row was changed.
void Drift::update_undated(Transaction& step) {
  constexpr std::array<Update, 18> updates = {{
      {"dispatch_office", "phone", "phone = '+1 555 ' || id", 10},
      {"dispatch_office", "tax_rate", "tax_rate = tax_rate + 0.01", 10},
      {"dispatch_office", "valid", "valid = NOT valid", 5},
      {"dispatch_office", "apt", "apt = CASE WHEN apt IS NULL THEN 'Floor 2' END", 15},
      {"auth_user", "last_name", "last_name = last_name || '-Moreau'", 40},
      {"auth_user", "last_login", "last_login = '2025-10-28 07:00:00.000001+00'", 60},
      {"auth_user", "is_active", "is_active = NOT is_active", 10},
      {"auth_user", "email", "email = 'moved.' || id || '@example.test'", 10},
      {"dispatch_record", "text", "text = text || E'\\nPS: 追伸'", 80},
      {"dispatch_record", "type", "type = CASE type WHEN 3 THEN 5 ELSE 3 END", 30},
      {"dispatch_record", "public", "public = CASE WHEN public THEN NULL ELSE true END", 20},
      {"dispatch_record", "created_at", "created_at = created_at + interval '1 microsecond'", 10},
      {"dispatch_file", "name", "name = name || ' v2'", 60},
      {"dispatch_file", "size", "size = size + 4294967296", 40},
      {"dispatch_file", "status", "status = status + 1", 40},
      {"dispatch_file", "ext", "ext = CASE ext WHEN '.png' THEN '.jpg' ELSE '.png' END", 20},
      {"dispatch_file", "description",
       "description = CASE WHEN description IS NULL THEN 'seen' END", 20},
      {"dispatch_file", "created_at", "created_at = created_at - interval '1 day'", 20},
  }};
  for (const Update& update : updates) {
    Picker& picker = update.table == "dispatch_office"   ? offices_
                     : update.table == "auth_user"       ? doctors_
                     : update.table == "dispatch_record" ? records_
                                                         : files_;
    step.update(update.table, update.column, update.assignment, picker.take(rows(update.rows)));
  }
}

void Drift::update_dated(Transaction& step) {
  constexpr std::string_view dated = ", updated_at = '2025-10-28 12:00:00.5+00'";
  const auto update = [&](std::string_view table, Picker& picker, std::string_view column,
                          std::string_view assignment, std::uint64_t count) {
    step.update(table, column, fmt::format("{}{}", assignment, dated), picker.take(rows(count)));
  };
  constexpr std::string_view orders = "dispatch_instruction";
  constexpr std::string_view patients = "dispatch_patient";
  update(orders, orders_, "price", "price = coalesce(price, 0) + 1.50", 20);
  update(orders, orders_, "status", "status = CASE status WHEN 4 THEN 2 ELSE 4 END", 20);
  update(orders, orders_, "notes", "notes = CASE WHEN notes IS NULL THEN '' END", 10);
  update(orders, orders_, "course_id", "course_id = CASE course_id WHEN 1 THEN 2 ELSE 1 END", 5);
  update(orders, orders_, "submitted_at",
         "submitted_at = CASE WHEN submitted_at IS NULL THEN timestamptz '2025-10-28 12:00+00' END",
         5);
  update(patients, patients_, "birthdate",
         "birthdate = CASE WHEN birthdate IS NULL THEN date '1980-02-29' ELSE birthdate + 1 END",
         15);
  update(patients, patients_, "sex", "sex = CASE sex WHEN 1 THEN 2 ELSE 1 END", 10);
  update(patients, patients_, "suffix",
         "suffix = left(suffix, 3) || CASE right(suffix, 1) WHEN 'A' THEN 'B' ELSE 'A' END", 5);
  update(patients, patients_, "archived", "archived = NOT archived", 10);
  update(patients, patients_, "status", "status = CASE status WHEN 2 THEN 10 ELSE 2 END", 10);
  update(patients, patients_, "submitted_at",
         "submitted_at = coalesce(submitted_at, timestamp '2025-10-28 12:00') + interval '1 day'",
         10);
}

// All values of two rows change places; a sum over columns does not see it.
void Drift::swap_rows(Transaction& step, std::string_view table, std::string_view columns,
                      const Ids& pair) {
  if (pair.size() == 2) {
    step.change(table, "updated", "*",
                fmt::format("UPDATE {0} t SET ({1}) =\n"
                            "  (SELECT {1} FROM {0} o WHERE o.id = CASE t.id WHEN {2} THEN {3} "
                            "ELSE {2} END)\nWHERE t.id IN ({2}, {3})",
                            table, columns, pair[0], pair[1]));
  }
}

void Drift::swap_all(Transaction& step) {
  swap_rows(step, "dispatch_office", k_office_values, offices_.take(2));
  swap_rows(step, "dispatch_instruction", k_order_values, orders_.take(2));
  for (std::uint64_t pair = 0; pair < plants(5); ++pair) {
    swap_rows(step, "dispatch_record", k_record_values, records_.take(2));
    swap_rows(step, "dispatch_file", k_file_values, files_of_orders_.take(2));
  }
}

// Text that will soon say the same in other characters.
void Drift::rewrite_json(Transaction& step) {
  order_exports_ = orders_.take(plants(8) + 1);
  patient_schemes_ = patients_.take(plants(8) + 1);
  step.update("dispatch_instruction", "exports",
              R"(exports = '[{"format": "stl", "parts": 4, "ratio": 1.0}]')", order_exports_);
  step.update("dispatch_patient", "schemes",
              R"(schemes = '{"jaw": "upper", "steps": 12, "ratio": 1.0}')", patient_schemes_);
}

void Drift::rewrite_json_again(Transaction& step) {
  const auto half = [](const Ids& ids, bool second) {
    const auto middle = ids.begin() + static_cast<std::ptrdiff_t>(ids.size() / 2);
    return second ? Ids(middle, ids.end()) : Ids(ids.begin(), middle);
  };
  step.update("dispatch_instruction", "exports", "exports = replace(exports, '1.0', '1.00')",
              half(order_exports_, false));
  step.update("dispatch_instruction", "exports",
              R"(exports = '[{"ratio": 1.0, "parts": 4, "format": "stl"}]')",
              half(order_exports_, true));
  step.update("dispatch_patient", "schemes", "schemes = replace(schemes, '1.0', '1.00')",
              half(patient_schemes_, false));
  step.update("dispatch_patient", "schemes",
              R"(schemes = '{"ratio": 1.0, "steps": 12, "jaw": "upper"}')",
              half(patient_schemes_, true));
}

void Drift::re_parent(Transaction& step) {
  const auto other = [](std::string_view column, std::int64_t one, std::int64_t another) {
    return fmt::format("{0} = CASE WHEN {0} = {1} THEN {2} ELSE {1} END", column, one, another);
  };
  step.update("dispatch_patient", "doctor_id, office_id",
              other("doctor_id", doctors_.any(1), doctors_.any(2)) + ", " +
                  other("office_id", offices_.any(1), offices_.any(2)) +
                  ", updated_at = '2025-10-28 14:00+00'",
              patients_.take(plants(12)));
  step.update("dispatch_instruction", "patient_id",
              other("patient_id", patients_.any(1), patients_.any(2)), orders_.take(plants(6)));
  step.update("dispatch_record", "target_type_id, target_id",
              "target_type_id = CASE target_type_id WHEN 11 THEN 58 ELSE 11 END,\n"
              "  target_id = CASE target_type_id WHEN 11 THEN " +
                  fmt::format("{} ELSE {} END", doctors_.any(1), patients_.any(1)),
              records_.take(plants(6)));
  step.update("dispatch_record", "author_id", other("author_id", doctors_.any(1), doctors_.any(2)),
              records_.take(plants(6)));
  step.update("dispatch_file", "instruction_id",
              other("instruction_id", orders_.any(1), orders_.any(2)),
              files_of_orders_.take(plants(12)));
  step.update("dispatch_file", "instruction_id", "instruction_id = NULL",
              files_of_orders_.take(plants(4)));
}

}  // namespace dental
