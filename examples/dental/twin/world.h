#pragma once
// The twin as a whole: how many rows each table has at a scale, and which groups they fall into.
// Plants are groups with effects; the last group of a table holds its plain rows, and plain rows
// have plain parents only. Immutable after make_world(); thread-safe.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "layout.h"

namespace dental {

// Roles of users. Patients' users follow the groups of PatientGroup.
enum UserGroup : std::size_t {
  user_patient,
  user_technician,
  user_technician_doctor,
  user_staff_no_role,
  user_superuser,
  user_no_group,
  user_master,
  user_master_doctor,
  user_doctor_inactive,
  user_doctor_no_tld,
  user_doctor_by_office,
  user_doctor_by_group,
  user_doctor_two_groups,
  user_doctor
};

enum PatientGroup : std::size_t {
  patient_no_user,
  patient_doctor_deleted,
  patient_doctor_held,
  patient_office_held,
  patient_suffix_missing,
  patient_suffix_long,
  patient_schemes_invalid,
  patient_dst_gap,
  patient_birthdate_bc,
  patient_email_no_tld,
  patient_email_shared,
  patient_email_twin,
  patient_email_apostrophe,
  patient_email_blank,
  patient_name_padded,
  patient_no_doctor,
  patient_of_master,
  patient_of_inactive,
  patient_plain
};

enum OfficeGroup : std::size_t {
  office_tax_scale,
  office_tax_percent,
  office_tax_fraction,
  office_tax_hundred,
  office_tax_null,
  office_name_blank,
  office_country_null,
  office_invalid_us,
  office_twin,
  office_late,
  // From here on: offices that plain patients and doctors may belong to.
  office_india,
  office_japan,
  office_thailand,
  office_elsewhere,
  office_plain
};

enum InstructionGroup : std::size_t {
  order_doctor_deleted,
  order_doctor_held,
  order_patient_no_user,
  order_patient_suffix_missing,
  order_patient_suffix_long,
  order_patient_email_no_tld,
  order_office_held,
  order_status_3,
  order_status_7,
  order_course_5,
  order_exports_invalid,
  order_deleted_with_file,
  order_deleted,
  order_doctor_master,
  order_doctor_inactive,
  order_plain
};

enum RecordGroup : std::size_t {
  record_type_null,
  record_type_9,
  record_target_12,
  record_target_15,
  record_target_null,
  record_target_77,
  record_author_deleted,
  record_author_held,
  record_recipient_held,
  record_recipient_deleted,
  record_text_blank,
  record_plain
};

enum FileGroup : std::size_t {
  file_name_null,
  file_ext_null,
  file_ext_upper,
  file_name_with_ext,
  file_name_long,
  file_name_unicode,
  file_size_null,
  file_size_zero,
  file_size_huge,
  file_id_zero,
  file_uploaded_infinity,
  file_order_orphan,
  file_uid_clash,
  file_committed_late,
  file_of_doctor_deleted,
  file_of_doctor_held,
  file_of_patient_no_user,
  file_of_suffix_missing,
  file_of_exports_invalid,
  file_of_order_deleted,
  file_of_record_held,
  file_with_order,
  file_with_both,
  file_with_record,
  file_plain
};

struct World {
  std::uint64_t seed = 0;
  double scale = 1;
  Layout users;
  Layout patients;
  Layout offices;
  Layout instructions;
  Layout records;
  Layout files;
  std::uint64_t user_groups = 0;
  std::uint64_t office_doctors = 0;
  std::uint64_t doctor_settings = 0;
  // How many users share each of the shared e-mail addresses.
  std::vector<std::uint64_t> email_sharers;

  // The user of the patient of this rank; only for patients that have one.
  std::int64_t user_id_of_patient(std::uint64_t patient_rank) const;
};

inline constexpr std::uint64_t k_auth_groups = 11;
inline constexpr std::uint64_t k_content_types = 51;
inline constexpr std::uint64_t k_courses = 8;

World make_world(std::uint64_t seed, double scale);

// Rows of a table of `rows` rows at scale 1.
std::uint64_t scaled_rows(double scale, std::uint64_t rows);
// Planted rows: fewer below scale 1, never more.
std::uint64_t scaled_plants(double scale, std::uint64_t plants);

// world_*.cpp, one for each group of tables.
std::vector<Group> make_user_groups(double scale, std::uint64_t patients_with_user);
std::vector<Group> make_patient_groups(double scale, std::uint64_t email_sharers);
std::vector<Group> make_office_groups(double scale);
std::vector<Group> make_instruction_groups(double scale);
std::vector<Group> make_record_groups(double scale);
std::vector<Group> make_file_groups(double scale);

// Appends the plain rows, so that the table has its number of rows.
void add_plain(std::vector<Group>& groups, std::uint64_t rows, std::uint64_t at_least);

}  // namespace dental
