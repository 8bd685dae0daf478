// A mapping with everything in it, for the tests of this room.
#pragma once

#include <optional>
#include <string>

#include "mapping/load.h"

namespace rehome::mapping {

inline std::optional<std::string> no_environment(const std::string&) { return std::nullopt; }

inline const std::string k_sample_head = R"(version: 1
name: dental
source:
  url: ${LEGACY_URL:-service=legacy}
  schema: public
  naive_timestamps: America/Los_Angeles
target:
  url: ${SUPABASE_URL:-service=new}
  schema: public
defaults:
  batch_rows: 20000
  batch_bytes: 16MB
  deletes: report
  max_deletes: 2.5%
  conflicts: hold
  ignore: {target: [created_at, updated_at], source_tables: [dispatch_link]}
entities:
)";

// The example of the design, with the entities its refs lead to.
inline const std::string k_sample = k_sample_head + R"(  orders:
    from: dispatch_instruction i           # exactly one driving table
    join:
      p: {table: dispatch_patient, on: p.id = i.patient_id, one: required}
    to: orders
    key: {i.id: legacy_instruction_id}
    exclude: {deleted: i.deleted}
    columns:
      order_number: "'ORD-' || i.id"
      patient_id: {ref: patients, key: i.patient_id}
      doctor_id: {ref: doctors, key: p.doctor_id, missing: quarantine}
      office_id: {ref: offices, key: p.office_id, missing: leave_empty}
      status: {map: i.status, values: {0: no_product, 1: submitted, 2: approved, 4: shipped}, else: quarantine}
      exports: {json: i.exports, invalid: quarantine, empty: leave_empty}
      amount: {sql: i.price, owner: target}
      metadata: {audit: row, under: migration}
  messages:
    from: dispatch_record r
    to: messages
    key: {r.id: legacy_record_id}
    columns:
      content: r.text
      title: {first_line: r.text, max: 50, blank: Message}
      recipient_id:
        ref: {by: r.target_type_id, cases: {11: patients, 58: profiles}, else: quarantine}
        key: r.target_id
  patients: {from: dispatch_patient p, to: patients, key: p.id, columns: {name: p.name}}
  doctors: {from: dispatch_doctor d, to: doctors, key: [d.id], columns: {name: d.name}}
  offices: {from: dispatch_office "order", to: offices, key: '"order".id', columns: {name: '"order".name'}}
  profiles: {from: auth_user u, to: profiles, key: u.id, columns: {name: u.name}}
)";

// One entity `things` with the lines of `body` as its columns, indented as YAML wants them.
inline std::string with_columns(const std::string& body) {
  return k_sample_head +
         "  things:\n    from: thing t\n    to: things\n    key: {t.id: legacy_id}\n    "
         "columns:\n" +
         body;
}

inline base::Result<Mapping> load_text(const std::string& text) {
  return load("rehome.yaml", text, no_environment);
}

}  // namespace rehome::mapping
