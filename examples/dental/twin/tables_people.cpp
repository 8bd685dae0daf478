#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dates.h"
#include "tables.h"
#include "words.h"

namespace dental {
namespace {

constexpr std::string_view k_user_table = "auth_user";

std::string latin_name(const PersonName& name, std::int64_t id) {
  return fmt::format("{}.{}.{}", name.first_latin, name.last_latin, id);
}

// Which shared address this user of the group writes from.
std::uint64_t shared_email(const World& world, std::uint64_t ordinal) {
  std::uint64_t email = 0;
  while (ordinal >= world.email_sharers[email]) {
    ordinal -= world.email_sharers[email];
    ++email;
  }
  return email;
}

std::string plain_email(const World& world, const PersonName& name, std::int64_t id) {
  Draw draw(world.seed, k_user_table, "email", static_cast<std::uint64_t>(id));
  const std::string email = latin_name(name, id) + "@example.test";
  return draw.percent(3) ? fmt::format(" {}@Example.TEST", latin_name(name, id)) : email;
}

std::string patient_email(const World& world, Place patient, const PersonName& name,
                          std::int64_t id) {
  switch (patient.group) {
    case patient_email_no_tld:
      return latin_name(name, id) + "@localhost";
    case patient_email_shared:
      return fmt::format("family{}@example.test", shared_email(world, patient.ordinal));
    case patient_email_twin:
      return fmt::format("{}win.{}@example.test", patient.ordinal % 2 == 0 ? 't' : 'T',
                         patient.ordinal / 2);
    case patient_email_apostrophe:
      return fmt::format("o'brien.{}@example.test", id);
    case patient_email_blank:
      return patient.ordinal % 2 == 0 ? "" : "  ";
    default:
      return plain_email(world, name, id);
  }
}

struct User {
  std::int64_t id = 0;
  Place place;
  // Meaningful for patients' users only.
  Place patient;
};

User user_at(const World& world, std::uint64_t index) {
  User user{world.users.id_at(index), world.users.place_at(index), {patient_plain, 0}};
  if (user.place.group == user_patient) {
    user.patient =
        world.patients.place_of_rank(user.place.ordinal + world.patients.count(patient_no_user));
  }
  return user;
}

void write_names(const World& world, const User& user, CopyWriter& copy) {
  const auto row = static_cast<std::uint64_t>(user.id);
  const PersonName name = make_person(Draw(world.seed, k_user_table, "name", row));
  copy.plain(latin_name(name, user.id));
  if (user.patient.group == patient_name_padded) {
    copy.text(fmt::format("  {} ", name.first)).text(fmt::format("{}  ", name.last));
  } else {
    copy.text(name.first).text(name.last);
  }
  const std::string no_tld = latin_name(name, user.id) + "@localhost";
  copy.text(user.place.group == user_doctor_no_tld
                ? no_tld
                : patient_email(world, user.patient, name, user.id));
}

void write_user_row(const World& world, const User& user, CopyWriter& copy) {
  const auto row = static_cast<std::uint64_t>(user.id);
  Draw draw(world.seed, k_user_table, "login", row);
  Draw secret(world.seed, k_user_table, "password", row);
  copy.integer(user.id);
  copy.plain("pbkdf2_sha256$260000$" + draw_hex(secret, 3));
  if (draw.percent(4)) {
    copy.null();
  } else {
    copy.plain(draw_timestamp(draw));
  }
  const bool superuser = user.place.group == user_superuser;
  copy.boolean(superuser);
  write_names(world, user, copy);
  copy.boolean(superuser || user.place.group == user_staff_no_role);
  copy.boolean(user.place.group != user_doctor_inactive && draw.percent(95));
  copy.plain(draw_timestamp(draw));
  copy.end_row();
}

constexpr std::int64_t k_group_patient = 1;
constexpr std::int64_t k_group_doctor = 2;
constexpr std::int64_t k_group_admin = 4;
constexpr std::int64_t k_group_master = 5;
constexpr std::int64_t k_group_technician = 11;

// The groups that decide a user's role; 0 ends the list.
std::array<std::int64_t, 2> roles_of(std::size_t group) {
  switch (group) {
    case user_patient:
      return {k_group_patient, 0};
    case user_technician:
      return {k_group_technician, 0};
    case user_technician_doctor:
      return {k_group_technician, k_group_doctor};
    case user_staff_no_role:
      return {k_group_admin, 0};
    case user_superuser:
    case user_no_group:
      return {0, 0};
    case user_master:
    case user_master_doctor:
    case user_doctor_by_office:
      return {k_group_master, 0};
    case user_doctor_two_groups:
      return {k_group_doctor, k_group_master};
    default:
      return {k_group_doctor, 0};
  }
}

bool has_setting(std::size_t group) {
  return group == user_technician_doctor || group == user_master_doctor ||
         group == user_doctor_no_tld || group == user_doctor_two_groups || group == user_doctor;
}

void write_setting(const World& world, std::int64_t id, std::int64_t user_id, CopyWriter& copy) {
  Draw draw(world.seed, "dispatch_doctorsetting", "values", static_cast<std::uint64_t>(user_id));
  copy.integer(id).integer(user_id);
  copy.text(draw.percent(30) ? make_remark(draw) : "");
  if (draw.percent(60)) {
    copy.plain(fmt::format("CUST{:012X}", draw.next() >> 16));
  } else {
    copy.null();
  }
  copy.boolean(draw.percent(10));
  copy.plain(draw_decimal(draw, 0, 500));
  if (draw.percent(20)) {
    copy.plain(format_date(static_cast<std::int64_t>(19000 + draw.below(1300))));
  } else {
    copy.null();
  }
  copy.integer(static_cast<std::int64_t>(draw.below(4))).boolean(draw.percent(25));
  if (draw.percent(70)) {
    copy.plain(draw_timestamp(draw)).plain(draw_timestamp(draw));
  } else {
    copy.null().null();
  }
  copy.boolean(draw.percent(5)).end_row();
}

}  // namespace

void write_auth_group(const World& /*world*/, Destination& destination) {
  constexpr std::array<std::string_view, k_auth_groups> names = {
      "Patient", "Doctor",   "Billing", "Admin",   "Master",    "Medical",
      "Export",  "External", "Sales",   "Support", "Technician"};
  CopyWriter copy(destination, "auth_group", "id, name");
  for (std::size_t group = 0; group < names.size(); ++group) {
    copy.integer(static_cast<std::int64_t>(group) + 1).text(names.at(group)).end_row();
  }
  copy.finish();
}

void write_content_type(const World& /*world*/, Destination& destination) {
  constexpr std::array<std::int64_t, 7> gone = {9, 17, 23, 31, 38, 44, 52};
  CopyWriter copy(destination, "django_content_type", "id, app_label, model");
  for (std::int64_t id = 1; id <= 58; ++id) {
    if (std::find(gone.begin(), gone.end(), id) != gone.end()) {
      continue;
    }
    copy.integer(id).plain(id == 58 ? "auth" : "dispatch");
    switch (id) {
      case 11:
        copy.plain("patient");
        break;
      case 12:
        copy.plain("plan");
        break;
      case 15:
        copy.plain("project");
        break;
      case 58:
        copy.plain("user");
        break;
      default:
        copy.plain(fmt::format("model{:02}", id));
    }
    copy.end_row();
  }
  copy.finish();
}

void write_user(const World& world, Destination& destination) {
  CopyWriter copy(destination, "auth_user",
                  "id, password, last_login, is_superuser, username, first_name, last_name, "
                  "email, is_staff, is_active, date_joined");
  for (std::uint64_t index = 0; index < world.users.rows(); ++index) {
    write_user_row(world, user_at(world, index), copy);
  }
  copy.finish();
}

void write_user_groups(const World& world, Destination& destination) {
  constexpr std::array<std::int64_t, 6> side_groups = {3, 6, 7, 8, 9, 10};
  CopyWriter copy(destination, "auth_user_groups", "id, user_id, group_id");
  std::uint64_t rows = 0;
  const auto add = [&](std::int64_t user_id, std::int64_t group_id) {
    ++rows;
    copy.integer(static_cast<std::int64_t>(rows)).integer(user_id).integer(group_id).end_row();
  };
  for (std::uint64_t index = 0; index < world.users.rows(); ++index) {
    for (const std::int64_t role : roles_of(world.users.place_at(index).group)) {
      if (role != 0) {
        add(world.users.id_at(index), role);
      }
    }
  }
  // Plain doctors fill the rest, in groups that mean no role.
  const std::uint64_t doctors = world.users.count(user_doctor);
  for (std::uint64_t extra = 0; rows < world.user_groups; ++extra) {
    if (extra / doctors >= side_groups.size()) {
      break;
    }
    add(world.users.id_of(user_doctor, extra % doctors), side_groups.at(extra / doctors));
  }
  copy.finish();
}

void write_doctor_setting(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_doctorsetting",
                  "id, user_id, clinical_preferences, sq_customer_id, promised_payment, credit, "
                  "tier_finish, tier_type, installment_payments, baa_agreed_at, eula_agreed_at, "
                  "company_account");
  std::uint64_t rows = 0;
  const auto add = [&](std::int64_t user_id) {
    write_setting(world, static_cast<std::int64_t>(3 + 2 * rows), user_id, copy);
    ++rows;
  };
  for (std::uint64_t index = 0; index < world.users.rows(); ++index) {
    if (has_setting(world.users.place_at(index).group)) {
      add(world.users.id_at(index));
    }
  }
  // Patients have settings too, which makes no doctors of them.
  const std::uint64_t patients = world.patients.count(patient_plain);
  for (std::uint64_t patient = 0; rows < world.doctor_settings && patient < patients; ++patient) {
    add(world.user_id_of_patient(world.patients.rank_of(patient_plain, patient)));
  }
  copy.finish();
}

}  // namespace dental
