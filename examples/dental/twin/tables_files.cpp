#include <fmt/format.h>

#include <array>
#include <string>

#include "dates.h"
#include "tables.h"
#include "words.h"

namespace dental {
namespace {

constexpr std::string_view k_table = "dispatch_file";

constexpr std::array<std::string_view, 13> k_extensions = {".jpg", ".jpeg", ".png", ".gif", ".stl",
                                                           ".ply", ".zip",  ".dxf", ".dcm", ".pdf",
                                                           ".txt", ".docx", ".irk"};

// Mostly scans and photos.
std::string_view draw_extension(Draw& draw) {
  const std::uint64_t number = draw.below(100);
  if (number < 40) {
    return ".stl";
  }
  return number < 65 ? ".jpg" : k_extensions.at(draw.below(k_extensions.size()));
}

std::string draw_name(Draw& draw) {
  constexpr std::array<std::string_view, 10> kinds = {
      "upper_scan", "lower_scan", "bite",       "photo front", "photo left",
      "xray",       "plan",       "simulation", "口腔内写真",  "スキャン"};
  const std::string_view kind = kinds.at(draw.below(kinds.size()));
  return fmt::format("{}_{:05}", kind, draw.below(100000));
}

void write_name_and_extension(Place file, Draw draw, CopyWriter& copy) {
  const std::string_view extension = draw_extension(draw);
  const std::string name = draw_name(draw);
  switch (file.group) {
    case file_name_null:
      copy.null().text(extension);
      return;
    case file_ext_null:
      copy.text(name).null();
      return;
    case file_ext_upper:
      copy.text("upper_arch").text("STL");
      return;
    case file_name_with_ext:
      copy.text("Lower_Arch.STL").text(".stl");
      return;
    case file_name_long:
      copy.text("case-" + std::string(290, 'x') + "-long").text(".pdf");
      return;
    case file_name_unicode:
      // A tooth, then kana with their marks as characters of their own.
      copy.text("\xF0\x9F\xA6\xB7 カ\xE3\x82\x99ンハ\xE3\x82\x9A").text(".png");
      return;
    default:
      copy.text(name).text(extension);
  }
}

void write_size(Place file, Draw draw, CopyWriter& copy) {
  switch (file.group) {
    case file_size_null:
      copy.null();
      return;
    case file_size_zero:
      copy.integer(0);
      return;
    case file_size_huge:
      copy.integer(5368709123);
      return;
    default:
      copy.integer(1000 + static_cast<std::int64_t>(draw.below(40000000)));
  }
}

void write_instruction_of_file(const World& world, Place file, Draw draw, CopyWriter& copy) {
  const auto of_group = [&](std::size_t group) {
    copy.integer(world.instructions.id_of(group, file.ordinal % world.instructions.count(group)));
  };
  switch (file.group) {
    case file_order_orphan:
      copy.integer(world.instructions.deleted_id(0));
      return;
    case file_of_doctor_deleted:
      return of_group(order_doctor_deleted);
    case file_of_doctor_held:
      return of_group(order_doctor_held);
    case file_of_patient_no_user:
      return of_group(order_patient_no_user);
    case file_of_suffix_missing:
      return of_group(order_patient_suffix_missing);
    case file_of_exports_invalid:
      return of_group(order_exports_invalid);
    case file_of_order_deleted:
      return of_group(order_deleted_with_file);
    case file_with_order:
    case file_with_both:
      copy.integer(world.instructions.pick_id(order_plain, order_plain, draw.next()));
      return;
    default:
      copy.null();
  }
}

void write_record_of_file(const World& world, Place file, Draw draw, CopyWriter& copy) {
  switch (file.group) {
    case file_of_record_held:
      copy.integer(world.records.id_of(record_target_12,
                                       file.ordinal % world.records.count(record_target_12)));
      return;
    case file_name_null:
    case file_with_record:
    case file_with_both:
      copy.integer(world.records.pick_id(record_plain, record_plain, draw.next()));
      return;
    default:
      copy.null();
  }
}

void write_file_row(const World& world, std::uint64_t index, CopyWriter& copy) {
  const Place place = world.files.place_at(index);
  const std::int64_t id = world.files.id_at(index);
  // The clash: the second row of the group carries the uid of the first.
  const std::int64_t uid_of =
      place.group == file_uid_clash ? world.files.id_of(file_uid_clash, 0) : id;
  const auto draw = [&](std::string_view column) {
    return Draw(world.seed, k_table, column, static_cast<std::uint64_t>(id));
  };
  Draw uid(world.seed, k_table, "uid", static_cast<std::uint64_t>(uid_of));
  copy.integer(id).plain(draw_hex(uid, 2));
  write_name_and_extension(place, draw("name"), copy);
  write_size(place, draw("size"), copy);
  Draw values = draw("values");
  copy.integer(1 + static_cast<std::int64_t>(values.below(17)));
  copy.integer(static_cast<std::int64_t>(values.below(3)));
  write_instruction_of_file(world, place, draw("instruction_id"), copy);
  write_record_of_file(world, place, draw("record_id"), copy);
  if (values.percent(1)) {
    copy.integer(1 + static_cast<std::int64_t>(values.below(13)));
  } else {
    copy.null();
  }
  if (values.percent(5)) {
    copy.text(make_remark(values));
  } else {
    copy.null();
  }
  copy.text(values.percent(10) ? fmt::format(R"({{"scale": {}}})", values.below(9)) : "{}");
  copy.plain(place.group == file_uploaded_infinity ? "infinity" : draw_timestamp(values));
  copy.end_row();
}

}  // namespace

void write_file(const World& world, Destination& destination) {
  CopyWriter copy(destination, "dispatch_file",
                  "id, uid, name, ext, size, type, status, instruction_id, record_id, product_id, "
                  "description, parameters, created_at");
  for (std::uint64_t index = 0; index < world.files.rows(); ++index) {
    write_file_row(world, index, copy);
  }
  copy.finish();
}

}  // namespace dental
