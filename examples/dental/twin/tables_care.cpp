#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "dates.h"
#include "tables.h"
#include "words.h"

namespace dental {
namespace {

constexpr std::string_view k_office_table = "dispatch_office";
constexpr std::string_view k_patient_table = "dispatch_patient";

struct Abroad {
  std::string_view country;
  std::string_view city;
  std::string_view zip;
  std::string_view phone;
};

constexpr Abroad k_india = {"India", "Pune", "411001", "+91 20 5550 "};
constexpr Abroad k_japan = {"Japan", "横浜市", "220-0012", "+81 45-555-"};
constexpr Abroad k_thailand = {"Thailand", "Chiang Mai", "50200", "+66 53 555 "};
constexpr std::array<Abroad, 10> k_elsewhere = {{{"Vietnam", "Đà Nẵng", "550000", "+84 236 555 "},
                                                 {"Australia", "Perth", "6000", "+61 8 5550 "},
                                                 {"Vietnam", "Huế", "530000", "+84 234 555 "},
                                                 {"Philippines", "Cebu", "6000", "+63 32 555 "},
                                                 {"Australia", "Hobart", "7000", "+61 3 5550 "},
                                                 {"Singapore", "Singapore", "018956", "+65 6555 "},
                                                 {"Vietnam", "Hà Nội", "100000", "+84 24 555 "},
                                                 {"France", "Lyon", "69001", "+33 4 55 55 "},
                                                 {"Australia", "Cairns", "4870", "+61 7 5550 "},
                                                 {"New Zealand", "Nelson", "7010", "+64 3 555 "}}};

const Abroad* abroad_of(Place office) {
  switch (office.group) {
    case office_india:
      return &k_india;
    case office_japan:
      return &k_japan;
    case office_thailand:
      return &k_thailand;
    case office_elsewhere:
      return &k_elsewhere.at(office.ordinal % k_elsewhere.size());
    default:
      return nullptr;
  }
}

void write_tax_rate(Place office, Draw draw, CopyWriter& copy) {
  switch (office.group) {
    case office_tax_scale:
      copy.plain("8.8751");
      return;
    case office_tax_percent:
      copy.plain("10.2500");
      return;
    case office_tax_fraction:
      copy.plain("0.0825");
      return;
    case office_tax_hundred:
      copy.plain("100.0000");
      return;
    case office_tax_null:
      copy.null();
      return;
    default:
      // Percent with two decimals: a share with four.
      copy.plain(draw_decimal(draw, 5, 6) + "00");
  }
}

void write_country(Place office, const Abroad* abroad, Draw draw, CopyWriter& copy) {
  if (office.group == office_country_null) {
    copy.null();
  } else if (abroad != nullptr) {
    copy.text(abroad->country);
  } else {
    copy.plain(draw.percent(10) ? "usa" : "USA");
  }
}

void write_address(const World& world, std::uint64_t row, const Abroad* abroad, CopyWriter& copy) {
  Draw draw(world.seed, k_office_table, "address", row);
  const std::uint64_t house = 1 + draw.below(9999);
  copy.text(fmt::format("{} {}", house, make_street(draw)));
  if (draw.percent(40)) {
    copy.text(fmt::format("Suite {}", 100 + draw.below(900)));
  } else {
    copy.null();
  }
  if (abroad != nullptr) {
    copy.text(abroad->city).null().plain(abroad->zip);
    return;
  }
  constexpr std::array<std::string_view, 6> states = {"CA", "NV", "or", "ID", "tx", "CO"};
  copy.text(make_city_us(draw)).plain(states.at(draw.below(states.size())));
  copy.plain(fmt::format("{:05}", draw.below(100000)));
}

void write_office_row(const World& world, std::uint64_t index, CopyWriter& copy) {
  const Place place = world.offices.place_at(index);
  const std::int64_t id = world.offices.id_at(index);
  const Abroad* abroad = abroad_of(place);
  // A twin takes its name and address from a plain office.
  const bool twin = place.group == office_twin;
  const std::int64_t original =
      twin ? world.offices.id_of(office_plain, place.ordinal % world.offices.count(office_plain))
           : id;
  const auto row = static_cast<std::uint64_t>(original);
  Draw name(world.seed, k_office_table, "name", row);
  Draw draw(world.seed, k_office_table, "values", static_cast<std::uint64_t>(id));
  copy.integer(id);
  const PersonName owner = make_person(name);
  copy.text(place.group == office_name_blank
                ? (place.ordinal % 2 == 0 ? "" : "   ")
                : fmt::format("{} Orthodontics {}", owner.last, original));
  write_address(world, row, abroad, copy);
  write_country(place, abroad, draw, copy);
  copy.plain(
      fmt::format("{}{:04}", abroad != nullptr ? abroad->phone : "(555) 555-", draw.below(10000)));
  write_tax_rate(place, draw, copy);
  copy.boolean(abroad == nullptr && place.group != office_country_null &&
               place.group != office_invalid_us);
  if (draw.percent(50)) {
    copy.plain(fmt::format("CUST{:012X}", draw.next() >> 16));
  } else {
    copy.null();
  }
  copy.boolean(draw.percent(80)).end_row();
}

void write_doctor_of_patient(const World& world, Place patient, Draw draw, CopyWriter& copy) {
  const auto of_group = [&](std::size_t group) {
    copy.integer(world.users.id_of(group, patient.ordinal % world.users.count(group)));
  };
  switch (patient.group) {
    case patient_doctor_deleted:
      // Numbers below 1,000 belong to patients whose own user was deleted.
      copy.integer(world.users.deleted_id(1000 + patient.ordinal));
      return;
    case patient_doctor_held:
      of_group(user_doctor_no_tld);
      return;
    case patient_of_master:
      of_group(user_master_doctor);
      return;
    case patient_of_inactive:
      of_group(user_doctor_inactive);
      return;
    case patient_no_doctor:
      copy.null();
      return;
    default:
      copy.integer(world.users.pick_id(user_doctor_two_groups, user_doctor, draw.next()));
  }
}

void write_office_of_patient(const World& world, Place patient, Draw draw, CopyWriter& copy) {
  if (patient.group == patient_office_held) {
    copy.integer(world.offices.id_of(office_tax_scale, 0));
  } else if (patient.group == patient_plain && draw.percent(5)) {
    copy.null();
  } else {
    copy.integer(world.offices.pick_id(office_india, office_plain, draw.next()));
  }
}

void write_suffix(Place patient, Draw draw, CopyWriter& copy) {
  if (patient.group == patient_suffix_missing) {
    if (patient.ordinal % 2 == 0) {
      copy.null();
    } else {
      copy.plain("");
    }
    return;
  }
  constexpr std::string_view letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  std::string suffix;
  const std::size_t length = patient.group == patient_suffix_long ? 5 : 4;
  while (suffix.size() < length) {
    suffix += letters[draw.below(letters.size())];
  }
  copy.plain(suffix);
}

std::string make_schemes(Place patient, Draw draw) {
  if (patient.group == patient_schemes_invalid) {
    return std::string(broken_json(patient.ordinal));
  }
  if (draw.percent(30)) {
    return "";
  }
  const bool upper = draw.percent(50);
  const std::uint64_t steps = draw.below(40);
  const std::uint64_t first = draw.below(16);
  const std::uint64_t second = draw.below(16);
  return fmt::format(R"({{"jaw": "{}", "steps": {}, "bond": [{}, {}], "note": "{}"}})",
                     upper ? "upper" : "lower", steps, first, second,
                     draw.percent(20) ? "犬歯 – \\u00e9t\\u00e9" : "");
}

void write_times(Place patient, Draw draw, CopyWriter& copy) {
  if (patient.group == patient_dst_gap) {
    // Each in a night in which America/Los_Angeles jumps from 02:00 to 03:00.
    constexpr std::array<std::string_view, 5> nights = {"2021-03-14", "2022-03-13", "2023-03-12",
                                                        "2024-03-10", "2025-03-09"};
    copy.plain(fmt::format("{} 02:30:00", nights.at(patient.ordinal % nights.size())));
  } else if (draw.percent(3)) {
    copy.null();
  } else {
    copy.plain(draw_local_time(draw));
  }
  if (draw.percent(60)) {
    copy.plain(draw_timestamp(draw));
  } else {
    copy.null();
  }
}

void write_birthdate_and_sex(Place patient, Draw draw, CopyWriter& copy) {
  if (patient.group == patient_birthdate_bc) {
    copy.plain("0044-03-15 BC");
  } else if (draw.percent(4)) {
    copy.null();
  } else {
    copy.plain(draw_birthdate(draw));
  }
  const std::uint64_t sex = draw.below(100);
  if (sex < 5) {
    copy.null();
  } else {
    copy.integer(sex < 8 ? 0 : 1 + static_cast<std::int64_t>(sex % 2));
  }
}

void write_patient_row(const World& world, std::uint64_t index, CopyWriter& copy) {
  const Place place = world.patients.place_at(index);
  const std::int64_t id = world.patients.id_at(index);
  const auto draw = [&](std::string_view column) {
    return Draw(world.seed, k_patient_table, column, static_cast<std::uint64_t>(id));
  };
  copy.integer(id);
  copy.integer(place.group == patient_no_user
                   ? world.users.deleted_id(place.ordinal)
                   : world.user_id_of_patient(world.patients.rank_of(place.group, place.ordinal)));
  write_doctor_of_patient(world, place, draw("doctor_id"), copy);
  write_office_of_patient(world, place, draw("office_id"), copy);
  write_birthdate_and_sex(place, draw("birthdate"), copy);
  write_suffix(place, draw("suffix"), copy);
  Draw state = draw("status");
  copy.boolean(state.percent(6)).boolean(state.percent(2));
  constexpr std::array<std::int64_t, 4> statuses = {1, 4, 2, 10};
  const std::uint64_t status = state.below(100);
  copy.integer(statuses.at(status < 55 ? 0 : status < 80 ? 1 : status < 92 ? 2 : 3));
  copy.text(make_schemes(place, draw("schemes")));
  write_times(place, draw("submitted_at"), copy);
  copy.end_row();
}

}  // namespace

std::string_view broken_json(std::uint64_t number) {
  constexpr std::array<std::string_view, 8> texts = {
      R"({'jaw': 'upper', 'steps': 12, 'bond': None})",
      R"({"jaw": "upper", "steps": 12, "bond": [3, )",
      R"({"jaw": "lower", "steps": 7,})",
      R"({"jaw": "upper", "note": "a bad \x escape"})",
      R"({"jaw": "upper", "note": "half of a pair: \ud83d"})",
      R"({"jaw": "upper", "note": "a zero: \u0000"})",
      R"({"jaw": "lower", "steps": NaN})",
      R"(upper)"};
  return texts.at(number % texts.size());
}

void write_office(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_office",
                  "id, name, address, apt, city, state, zip, country, phone, tax_rate, valid, "
                  "sq_customer_id, emails");
  for (std::uint64_t index = 0; index < world.offices.rows(); ++index) {
    write_office_row(world, index, copy);
  }
  copy.finish();
}

void write_office_doctors(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_office_doctors", "id, office_id, user_id");
  const std::uint64_t by_office = world.users.count(user_doctor_by_office);
  const std::uint64_t plain =
      world.office_doctors > by_office ? world.office_doctors - by_office : 1;
  // A third of these doctors have a second office; the row with the lower id is the first.
  const std::uint64_t doctors =
      std::min(world.users.count(user_doctor), std::max<std::uint64_t>(1, plain * 3 / 4));
  for (std::uint64_t row = 0; row < plain + by_office; ++row) {
    const bool alone = row < by_office;
    const std::uint64_t doctor = alone ? row : (row - by_office) % doctors;
    const std::uint64_t visit = alone ? 0 : (row - by_office) / doctors;
    const std::int64_t user =
        world.users.id_of(alone ? user_doctor_by_office : user_doctor, doctor);
    Draw draw(world.seed, "dispatch_office_doctors", "office_id", static_cast<std::uint64_t>(user));
    copy.integer(static_cast<std::int64_t>(2 + 2 * row));
    copy.integer(world.offices.pick_id(office_india, office_plain, (draw.next() >> 8) + visit));
    copy.integer(user).end_row();
  }
  copy.finish();
}

void write_patient(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_patient",
                  "id, user_id, doctor_id, office_id, birthdate, sex, suffix, archived, "
                  "suspended, status, schemes, submitted_at, updated_at");
  for (std::uint64_t index = 0; index < world.patients.rows(); ++index) {
    write_patient_row(world, index, copy);
  }
  copy.finish();
}

}  // namespace dental
