// The plants among orders (instructions), messages (records) and files.

#include <algorithm>

#include "world.h"

namespace dental {
namespace {

Effect effect(std::string_view entity, Disposition disposition, std::string_view column,
              std::string_view reason) {
  return {entity, disposition, column, reason, KeyOf::own};
}

Group file_of_order(std::string_view defect, std::uint64_t count, std::string_view reason) {
  return {defect, count, {effect("files", Disposition::unlinked, "order_id", reason)}};
}

}  // namespace

std::vector<Group> make_instruction_groups(double scale) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  const auto holds = [](std::string_view column, std::string_view reason) {
    return effect("orders", Disposition::held, column, reason);
  };
  const auto inserts = [](std::string_view column, std::string_view reason) {
    return effect("orders", Disposition::inserted, column, reason);
  };
  const Effect deleted = effect("orders", Disposition::excluded, "", "deleted");
  std::vector<Group> groups = {
      {"doctor_deleted", planted(9), {holds("doctor_id", "the doctor's user was deleted")}},
      {"doctor_held", planted(2), {holds("doctor_id", "the doctor is held")}},
      {"patient_without_profile", planted(7), {holds("patient_id", "the patient is held")}},
      {"patient_suffix_missing", planted(29), {holds("patient_id", "the patient is held")}},
      {"patient_suffix_long", planted(1), {holds("patient_id", "the patient is held")}},
      {"patient_email_no_tld", planted(4), {holds("patient_id", "the patient is held")}},
      {"office_held",
       planted(1),
       {effect("orders", Disposition::unlinked, "office_id", "the office is held")}},
      {"status_3", planted(4), {holds("status", "code 3 has no meaning in the map")}},
      {"status_7", planted(2), {holds("status", "code 7 has no meaning in the map")}},
      {"course_5", planted(2), {holds("course_type", "course 5 has no meaning in the map")}},
      {"exports_invalid", planted(10), {holds("exports", "invalid JSON")}},
      {"deleted_with_file", planted(40), {deleted}},
      {"deleted", planted(560), {deleted}},
      {"doctor_is_master", planted(200), {inserts("doctor_id", "the doctor is typed master")}},
      {"doctor_inactive",
       planted(110),
       {inserts("doctor_id", "the doctor has no setting and no office")}},
  };
  add_plain(groups, scaled_rows(scale, 25000), 20);
  return groups;
}

std::vector<Group> make_record_groups(double scale) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  const auto holds = [](std::string_view column, std::string_view reason) {
    return effect("messages", Disposition::held, column, reason);
  };
  const auto leaves_open = [](std::string_view reason) {
    return effect("messages", Disposition::unlinked, "sender_id", reason);
  };
  std::vector<Group> groups = {
      {"type_null", planted(2), {holds("message_type", "NULL has no meaning in the map")}},
      {"type_9", planted(3), {holds("message_type", "code 9 has no meaning in the map")}},
      {"target_type_12", planted(150), {holds("recipient_type", "content type 12: a plan")}},
      {"target_type_15", planted(40), {holds("recipient_type", "content type 15: a project")}},
      {"target_type_null", planted(5), {holds("recipient_type", "no content type")}},
      {"target_type_77", planted(3), {holds("recipient_type", "a content type that is gone")}},
      {"author_deleted", planted(12), {leaves_open("the author was deleted")}},
      {"author_held", planted(8), {leaves_open("the author's profile is held")}},
      {"recipient_held", planted(7), {holds("recipient_id", "the patient is held")}},
      {"recipient_deleted", planted(4), {holds("recipient_id", "the user was deleted")}},
      {"text_blank",
       planted(6),
       {effect("messages", Disposition::inserted, "title", "a blank text: titled Message")}},
  };
  add_plain(groups, scaled_rows(scale, 70684), 20);
  return groups;
}

std::vector<Group> make_file_groups(double scale) {
  const auto planted = [scale](std::uint64_t count) { return scaled_plants(scale, count); };
  const auto inserts = [](std::string_view column, std::string_view reason) {
    return std::vector{effect("files", Disposition::inserted, column, reason)};
  };
  std::vector<Group> groups = {
      {"name_null",
       1,
       {effect("files", Disposition::held, "filename", "refused: no_name"),
        effect("message_attachments", Disposition::held, "file_id", "the file is held")}},
      {"ext_null", 1, inserts("file_type", "no extension")},
      {"ext_upper", 1, inserts("file_type", "STL, upper case and without a dot")},
      {"name_with_ext", 1, inserts("filename", "the name ends in the extension already")},
      {"name_long", 1, inserts("filename", "300 characters")},
      {"name_unicode", 1, inserts("filename", "an emoji and decomposed kana")},
      {"size_null", 1, inserts("file_size_bytes", "NULL")},
      {"size_zero", 1, inserts("file_size_bytes", "0")},
      {"size_huge", 1, inserts("file_size_bytes", "more than 32 bits hold")},
      {"id_zero", 1, inserts("legacy_file_id", "the id is 0")},
      {"uploaded_infinity",
       1,
       {effect("files", Disposition::held, "uploaded_at", "CHECK isfinite(uploaded_at)")}},
      file_of_order("order_orphan", 1, "the order does not exist"),
      // Two rows: the manifest names the winner and the loser.
      {"uid_clash", 2, {}},
      {"committed_late", 1, inserts("", "a low id that was committed late")},
      file_of_order("order_doctor_deleted", planted(9), "the order is held"),
      file_of_order("order_doctor_held", planted(2), "the order is held"),
      file_of_order("order_patient_without_profile", planted(7), "the order is held"),
      file_of_order("order_patient_suffix_missing", planted(29), "the order is held"),
      file_of_order("order_exports_invalid", planted(20), "the order is held"),
      file_of_order("order_deleted", planted(40), "the order is excluded"),
      {"record_held",
       planted(10),
       {effect("message_attachments", Disposition::held, "message_id", "the message is held")}},
  };

  std::uint64_t with_order = 0;
  for (std::size_t group = file_order_orphan; group <= file_of_order_deleted; ++group) {
    const bool has_order = group == file_order_orphan || group >= file_of_doctor_deleted;
    with_order += has_order ? groups[group].count : 0;
  }
  const std::uint64_t with_record =
      groups[file_name_null].count + groups[file_of_record_held].count;
  const std::uint64_t rows = scaled_rows(scale, 325446);
  const std::uint64_t both = scaled_rows(scale, 1000);
  const auto rest = [](std::uint64_t total, std::uint64_t taken) {
    return std::max<std::uint64_t>(total, taken + 5) - taken;
  };
  groups.push_back({"", rest(rows * 49 / 100, with_order + both), {}});
  groups.push_back({"", both, {}});
  groups.push_back({"", rest(scaled_rows(scale, 8750), with_record + both), {}});
  add_plain(groups, rows, 5);
  return groups;
}

}  // namespace dental
