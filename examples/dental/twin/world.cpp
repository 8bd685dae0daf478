#include "world.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace dental {
namespace {

constexpr std::uint64_t k_shared_emails = 7;
constexpr std::uint64_t k_surplus_users = 62;
constexpr std::uint64_t k_most_surplus = 10;

// 62 surplus users over 7 addresses: six with 11 users each, one with 3.
std::vector<std::uint64_t> share_emails(double scale) {
  const std::uint64_t emails = scaled_plants(scale, k_shared_emails);
  std::uint64_t rest = std::max(emails, scaled_plants(scale, k_surplus_users));
  std::vector<std::uint64_t> sharers;
  for (std::uint64_t email = 0; email < emails; ++email) {
    const std::uint64_t later = emails - email - 1;
    const std::uint64_t surplus = later == 0 ? rest : std::min(k_most_surplus, rest - later);
    sharers.push_back(surplus + 1);
    rest -= surplus;
  }
  return sharers;
}

}  // namespace

std::uint64_t scaled_rows(double scale, std::uint64_t rows) {
  return static_cast<std::uint64_t>(std::max(1LL, std::llround(static_cast<double>(rows) * scale)));
}

std::uint64_t scaled_plants(double scale, std::uint64_t plants) {
  return scale >= 1 ? plants : scaled_rows(scale, plants);
}

void add_plain(std::vector<Group>& groups, std::uint64_t rows, std::uint64_t at_least) {
  std::uint64_t planted = 0;
  for (const Group& group : groups) {
    planted += group.count;
  }
  groups.push_back({"", rows > planted + at_least ? rows - planted : at_least, {}});
}

std::int64_t World::user_id_of_patient(std::uint64_t patient_rank) const {
  return users.id_of(user_patient, patient_rank - patients.count(patient_no_user));
}

World make_world(std::uint64_t seed, double scale) {
  World world;
  world.seed = seed;
  world.scale = scale;
  world.email_sharers = share_emails(scale);
  const std::uint64_t sharers =
      std::accumulate(world.email_sharers.begin(), world.email_sharers.end(), std::uint64_t{0});

  world.patients =
      Layout("dispatch_patient", {6400, 61}, seed, make_patient_groups(scale, sharers));
  const std::uint64_t with_user = world.patients.rows() - world.patients.count(patient_no_user);
  world.users = Layout("auth_user", {3, 3}, seed, make_user_groups(scale, with_user));
  world.offices = Layout("dispatch_office", {1, 3}, seed, make_office_groups(scale));
  world.instructions =
      Layout("dispatch_instruction", {40, 5}, seed, make_instruction_groups(scale));
  world.records = Layout("dispatch_record", {12, 3}, seed, make_record_groups(scale));
  world.files = Layout("dispatch_file", {5, 3}, seed, make_file_groups(scale));
  world.files.give_zero(file_id_zero);

  world.user_groups = scaled_rows(scale, 10100);
  world.office_doctors = scaled_rows(scale, 480);
  world.doctor_settings = scaled_rows(scale, 1340);
  return world;
}

}  // namespace dental
