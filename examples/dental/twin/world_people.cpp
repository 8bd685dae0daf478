// The plants among users, patients and offices.

#include "world.h"

namespace dental {
namespace {

constexpr std::string_view k_no_deleted_user = "the user was deleted";

Effect inserts(std::string_view entity, std::string_view column, std::string_view reason,
               KeyOf key = KeyOf::own) {
  return {entity, Disposition::inserted, column, reason, key};
}

Effect holds(std::string_view entity, std::string_view column, std::string_view reason,
             KeyOf key = KeyOf::own) {
  return {entity, Disposition::held, column, reason, key};
}

Effect leaves_open(std::string_view entity, std::string_view column, std::string_view reason) {
  return {entity, Disposition::unlinked, column, reason, KeyOf::own};
}

}  // namespace

std::vector<Group> make_user_groups(double scale, std::uint64_t patients_with_user) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  std::vector<Group> groups = {
      {"", patients_with_user, {}},
      {"", planted(82), {}},
      {"technician_and_doctor",
       planted(3),
       {inserts("profiles", "profile_type", "doctor goes before technician"),
        inserts("doctors", "", "a technician who treats patients too")}},
      {"staff_no_role",
       planted(24),
       {holds("profiles", "profile_type", "staff in group 4: no such role in the target")}},
      {"superuser",
       planted(3),
       {inserts("profiles", "profile_type", "a superuser without a group is a master")}},
      {"no_group",
       planted(4),
       {holds("profiles", "profile_type", "no patient, no group, no superuser: no role")}},
      {"", planted(20), {}},
      {"master_is_doctor", planted(20), {inserts("doctors", "", "typed master, treats patients")}},
      {"doctor_inactive",
       planted(11),
       {inserts("doctors", "status", "inactive, known by the group and the patients only")}},
      {"doctor_email_no_tld",
       planted(2),
       {holds("profiles", "email", "CHECK email_format"),
        holds("doctors", "profile_id", "the profile is held")}},
      {"doctor_by_office",
       planted(5),
       {inserts("doctors", "", "a doctor by an office alone, typed master")}},
      {"doctor_by_group", planted(6), {inserts("doctors", "", "a doctor by the group alone")}},
      {"two_groups",
       planted(60),
       {inserts("profiles", "profile_type", "doctor goes before master")}},
  };
  add_plain(groups, scaled_rows(scale, 9800), 3);
  return groups;
}

std::vector<Group> make_patient_groups(double scale, std::uint64_t email_sharers) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  std::vector<Group> groups = {
      {"patient_user_deleted", planted(7), {holds("patients", "profile_id", k_no_deleted_user)}},
      {"doctor_deleted",
       planted(9),
       {leaves_open("patients", "primary_doctor_id", k_no_deleted_user)}},
      {"doctor_held",
       planted(2),
       {leaves_open("patients", "primary_doctor_id", "the doctor is held")}},
      {"office_held",
       planted(1),
       {leaves_open("patients", "assigned_office_id", "the office is held")}},
      {"suffix_missing",
       planted(29),
       {holds("profiles", "patient_suffix", "CHECK patient_suffix_required", KeyOf::user),
        holds("patients", "profile_id", "the profile is held")}},
      {"suffix_long",
       planted(1),
       {holds("patients", "suffix", "5 characters do not fit varchar(4)")}},
      {"schemes_invalid",
       planted(25),
       {inserts("profiles", "medical_history", "invalid JSON: left empty", KeyOf::user),
        inserts("patients", "schemes", "invalid JSON: kept as a JSON string")}},
      {"dst_gap",
       planted(5),
       {inserts("patients", "enrolled_at", "02:30 of a night that has no 02:30")}},
      {"birthdate_bc", planted(1), {inserts("patients", "date_of_birth", "a date BC")}},
      {"email_no_tld",
       planted(4),
       {holds("profiles", "email", "CHECK email_format", KeyOf::user),
        holds("patients", "profile_id", "the profile is held")}},
      {"email_shared", email_sharers, {}},
      {"email_case_twin", 2 * planted(5), {}},
      {"email_apostrophe",
       planted(9),
       {inserts("profiles", "email", "an apostrophe is allowed", KeyOf::user)}},
      {"email_blank",
       planted(300),
       {inserts("profiles", "email", "blank: left empty", KeyOf::user)}},
      {"name_padded",
       planted(5),
       {inserts("profiles", "first_name", "blanks around the name", KeyOf::user)}},
      {"no_doctor",
       planted(60),
       {inserts("patients", "primary_doctor_id", "never had a doctor: NULL, not an open ref")}},
      {"", planted(40), {}},
      {"", planted(22), {}},
  };
  add_plain(groups, scaled_rows(scale, 8470), 20);
  return groups;
}

std::vector<Group> make_office_groups(double scale) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  std::vector<Group> groups = {
      // Younger than the baseline load, too.
      {"tax_scale",
       planted(1),
       {holds("offices", "tax_rate", "8.8751 percent do not fit numeric(5,4)")}},
      {"tax_percent", planted(1), {inserts("offices", "tax_rate", "10.25 percent")}},
      {"tax_fraction", planted(1), {inserts("offices", "tax_rate", "0.0825, already a share")}},
      {"tax_hundred", planted(1), {inserts("offices", "tax_rate", "100 percent")}},
      {"tax_null", planted(1), {inserts("offices", "tax_rate", "NULL")}},
      {"name_blank", planted(4), {inserts("offices", "name", "blank: Office and the id")}},
      {"country_null", planted(4), {inserts("offices", "country", "NULL stays NULL")}},
      {"invalid_us", planted(5), {inserts("offices", "is_active", "not valid")}},
      {"natural_key_twin",
       planted(17),
       {inserts("offices", "name", "name, address, city, state and zip of another office")}},
      {"created_late", planted(5), {inserts("offices", "", "younger than the baseline load")}},
      {"not_us_india", planted(155), {inserts("offices", "country", "not valid, abroad")}},
      {"not_us_japan", planted(110), {inserts("offices", "country", "not valid, abroad")}},
      {"not_us_thailand", planted(64), {inserts("offices", "country", "not valid, abroad")}},
      {"not_us_elsewhere", planted(10), {inserts("offices", "country", "not valid, abroad")}},
  };
  add_plain(groups, scaled_rows(scale, 894), 5);
  return groups;
}

}  // namespace dental
