#include <fmt/format.h>

#include <array>
#include <string>

#include "dates.h"
#include "tables.h"
#include "words.h"

namespace dental {
namespace {

constexpr std::string_view k_instruction_table = "dispatch_instruction";
constexpr std::string_view k_record_table = "dispatch_record";

std::int64_t patient_of(const World& world, Place order, Draw draw) {
  const auto of_group = [&](std::size_t group) {
    return world.patients.id_of(group, order.ordinal % world.patients.count(group));
  };
  switch (order.group) {
    case order_doctor_deleted:
      return of_group(patient_doctor_deleted);
    case order_doctor_held:
      return of_group(patient_doctor_held);
    case order_patient_no_user:
      return of_group(patient_no_user);
    case order_patient_suffix_missing:
      return of_group(patient_suffix_missing);
    case order_patient_suffix_long:
      return of_group(patient_suffix_long);
    case order_patient_email_no_tld:
      return of_group(patient_email_no_tld);
    case order_office_held:
      return of_group(patient_office_held);
    case order_doctor_master:
      return of_group(patient_of_master);
    case order_doctor_inactive:
      return of_group(patient_of_inactive);
    default:
      return world.patients.pick_id(patient_plain, patient_plain, draw.next());
  }
}

std::int64_t course_of(Place order, Draw draw) {
  if (order.group == order_course_5) {
    return 5;
  }
  constexpr std::array<std::int64_t, 6> courses = {1, 2, 3, 4, 7, 8};
  const std::uint64_t course = draw.below(100);
  return courses.at(course < 60 ? 0 : course < 90 ? 1 : 2 + course % 4);
}

std::int64_t status_of(Place order, Draw draw) {
  if (order.group == order_status_3) {
    return 3;
  }
  if (order.group == order_status_7) {
    return 7;
  }
  const std::uint64_t status = draw.below(100);
  return status < 5 ? 0 : status < 20 ? 1 : status < 40 ? 2 : 4;
}

std::string make_exports(Place order, Draw draw) {
  if (order.group == order_exports_invalid) {
    return std::string(broken_json(order.ordinal + 1));
  }
  if (draw.percent(60)) {
    return "";
  }
  const bool stl = draw.percent(50);
  return fmt::format(R"([{{"format": "{}", "parts": {}}}])", stl ? "stl" : "ply",
                     1 + draw.below(30));
}

void write_flag(Draw& draw, CopyWriter& copy) {
  if (draw.percent(30)) {
    copy.null();
  } else {
    copy.boolean(draw.percent(50));
  }
}

void write_optional(Draw& draw, unsigned share, std::uint64_t limit, CopyWriter& copy) {
  if (draw.percent(share)) {
    copy.integer(1 + static_cast<std::int64_t>(draw.below(limit)));
  } else {
    copy.null();
  }
}

void write_order_texts(const World& world, Place place, std::uint64_t row, CopyWriter& copy) {
  Draw draw(world.seed, k_instruction_table, "texts", row);
  if (draw.percent(35)) {
    copy.null();
  } else {
    copy.text(draw.percent(20) ? "" : make_remark(draw));
  }
  copy.text(draw.percent(50) ? make_remark(draw) : "");
  copy.text(draw.percent(40) ? make_remark(draw) : "");
  copy.text(draw.percent(10) ? make_remark(draw) : "");
  if (draw.percent(15)) {
    copy.null();
  } else {
    copy.plain(draw_decimal(draw, 0, 4500));
  }
  copy.text(make_exports(place, draw));
}

void write_order_details(const World& world, std::uint64_t row, CopyWriter& copy) {
  Draw draw(world.seed, k_instruction_table, "details", row);
  copy.boolean(draw.percent(15));
  write_optional(draw, 70, 9, copy);
  write_optional(draw, 70, 12, copy);
  copy.text(draw.percent(10) ? make_remark(draw) : "");
  write_flag(draw, copy);
  write_flag(draw, copy);
  write_optional(draw, 85, 43458, copy);
  write_optional(draw, 85, 43458, copy);
}

void write_instruction_row(const World& world, std::uint64_t index, CopyWriter& copy) {
  const Place place = world.instructions.place_at(index);
  const std::int64_t id = world.instructions.id_at(index);
  const auto row = static_cast<std::uint64_t>(id);
  const auto draw = [&](std::string_view column) {
    return Draw(world.seed, k_instruction_table, column, row);
  };
  copy.integer(id).integer(patient_of(world, place, draw("patient_id")));
  copy.integer(course_of(place, draw("course_id"))).integer(status_of(place, draw("status")));
  copy.boolean(place.group == order_deleted || place.group == order_deleted_with_file);
  Draw values = draw("values");
  copy.plain(fmt::format("{:04X}", values.below(65536)));
  copy.integer(1 + static_cast<std::int64_t>(values.below(9)));
  const std::int64_t submitted = draw_moment(values);
  if (values.percent(5)) {
    copy.null();
  } else {
    copy.plain(format_time(submitted) + "+00");
  }
  const auto later = static_cast<std::int64_t>(values.below(60)) * 86400 * 1000000;
  copy.plain(format_time(submitted + later) + "+00");
  write_order_texts(world, place, row, copy);
  write_order_details(world, row, copy);
  copy.end_row();
}

void write_record_target(const World& world, Place record, Draw draw, CopyWriter& copy) {
  const auto of_type = [&](std::int64_t type, std::int64_t id) { copy.integer(type).integer(id); };
  const auto anything = 1 + static_cast<std::int64_t>(draw.below(200000));
  switch (record.group) {
    case record_target_12:
      return of_type(12, anything);
    case record_target_15:
      return of_type(15, anything);
    case record_target_77:
      return of_type(77, anything);
    case record_target_null:
      copy.null().integer(anything);
      return;
    case record_recipient_held:
      return of_type(11,
                     world.patients.id_of(patient_no_user,
                                          record.ordinal % world.patients.count(patient_no_user)));
    case record_recipient_deleted:
      return of_type(58, world.users.deleted_id(2000 + record.ordinal));
    default:
      break;
  }
  if (draw.percent(75)) {
    return of_type(11, world.patients.pick_id(patient_plain, patient_plain, draw.next()));
  }
  of_type(58, world.users.pick_id(user_doctor_two_groups, user_doctor, draw.next()));
}

void write_record_author(const World& world, Place record, Draw draw, CopyWriter& copy) {
  if (record.group == record_author_deleted) {
    copy.integer(world.users.deleted_id(3000 + record.ordinal));
  } else if (record.group == record_author_held) {
    copy.integer(world.users.id_of(user_staff_no_role,
                                   record.ordinal % world.users.count(user_staff_no_role)));
  } else if (draw.percent(2)) {
    copy.null();
  } else if (draw.percent(30)) {
    copy.integer(world.user_id_of_patient(
        world.patients.rank_of(patient_plain, draw.below(world.patients.count(patient_plain)))));
  } else {
    copy.integer(world.users.pick_id(user_doctor_two_groups, user_doctor, draw.next()));
  }
}

void write_record_row(const World& world, std::uint64_t index, CopyWriter& copy) {
  const Place place = world.records.place_at(index);
  const std::int64_t id = world.records.id_at(index);
  const auto draw = [&](std::string_view column) {
    return Draw(world.seed, k_record_table, column, static_cast<std::uint64_t>(id));
  };
  copy.integer(id);
  write_record_target(world, place, draw("target"), copy);
  Draw values = draw("values");
  constexpr std::array<std::int64_t, 4> types = {3, 5, 6, 8};
  const std::int64_t type = types.at(values.below(types.size()));
  if (place.group == record_type_null) {
    copy.null();
  } else {
    copy.integer(place.group == record_type_9 ? 9 : type);
  }
  if (place.group == record_text_blank) {
    copy.text(place.ordinal % 2 == 0 ? "" : "  ");
  } else {
    copy.text(make_record_text(draw("text")));
  }
  write_record_author(world, place, draw("author_id"), copy);
  write_optional(values, 60, k_auth_groups, copy);
  write_flag(values, copy);
  copy.plain(draw_timestamp(values)).end_row();
}

}  // namespace

void write_course(const World& /*world*/, Destination& destination) {
  constexpr std::array<std::string_view, k_courses> names = {
      "Main", "Refinement", "Replacement", "Any", "Trial", "Demo", "Invoice", "Merchandise"};
  CopyWriter copy(destination, "dispatch_course", "id, name, type, customization");
  for (std::size_t course = 0; course < names.size(); ++course) {
    copy.integer(static_cast<std::int64_t>(course) + 1).text(names.at(course));
    copy.integer(static_cast<std::int64_t>(course % 6) + 1).text("{}").end_row();
  }
  copy.finish();
}

void write_instruction(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_instruction",
                  "id, patient_id, course_id, status, deleted, suffix, \"order\", submitted_at, "
                  "updated_at, notes, complaint, objective, conditions, price, exports, cbct, "
                  "model, scanner, scanner_notes, comprehensive, accept_extraction, upper_jaw_id, "
                  "lower_jaw_id");
  for (std::uint64_t index = 0; index < world.instructions.rows(); ++index) {
    write_instruction_row(world, index, copy);
  }
  copy.finish();
}

void write_record(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_record",
                  "id, target_type_id, target_id, type, text, author_id, group_id, public, "
                  "created_at");
  for (std::uint64_t index = 0; index < world.records.rows(); ++index) {
    write_record_row(world, index, copy);
  }
  copy.finish();
}

}  // namespace dental
