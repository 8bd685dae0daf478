#include "manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

namespace dental {
namespace {

using Json = nlohmann::ordered_json;

struct Counts {
  std::uint64_t source = 0;
  std::uint64_t held = 0;
  std::uint64_t open_refs = 0;
  std::map<std::string, std::uint64_t> excluded;
};

class Manifest {
 public:
  explicit Manifest(const World& world) : world_(world) {}

  void add_layout(const Layout& layout);
  void add_shared_emails();
  void add_uid_clash();
  void count_rows();
  std::string text() const;

 private:
  void add(std::string_view entity, std::string_view table, std::int64_t id,
           std::string_view defect, Disposition disposition, std::string_view column,
           std::string_view reason);
  void add_email_group(const std::vector<std::int64_t>& user_ids, std::string_view defect);

  const World& world_;
  std::vector<Json> plants_;
  std::map<std::string, Counts> counts_;
};

void Manifest::add(std::string_view entity, std::string_view table, std::int64_t id,
                   std::string_view defect, Disposition disposition, std::string_view column,
                   std::string_view reason) {
  plants_.push_back({{"entity", entity},
                     {"table", table},
                     {"id", std::to_string(id)},
                     {"defect", defect},
                     {"disposition", name_of(disposition)},
                     {"column", column},
                     {"reason", reason}});
  Counts& counts = counts_[std::string(entity)];
  counts.held += disposition == Disposition::held ? 1 : 0;
  counts.open_refs += disposition == Disposition::unlinked ? 1 : 0;
  if (disposition == Disposition::excluded) {
    ++counts.excluded[std::string(reason)];
  }
}

void Manifest::add_layout(const Layout& layout) {
  for (std::size_t group = 0; group < layout.groups().size(); ++group) {
    const Group& planted = layout.groups()[group];
    for (const Effect& effect : planted.effects) {
      for (std::uint64_t row = 0; row < planted.count; ++row) {
        const bool of_user = effect.key == KeyOf::user;
        const std::int64_t id = of_user ? world_.user_id_of_patient(layout.rank_of(group, row))
                                        : layout.id_of(group, row);
        add(effect.entity, of_user ? "auth_user" : layout.table(), id, planted.defect,
            effect.disposition, effect.column, effect.reason);
      }
    }
  }
}

void Manifest::add_email_group(const std::vector<std::int64_t>& user_ids, std::string_view defect) {
  const std::int64_t winner = *std::min_element(user_ids.begin(), user_ids.end());
  for (const std::int64_t id : user_ids) {
    add("profiles", "auth_user", id, defect, Disposition::inserted, "email",
        id == winner ? "keeps the e-mail: the lowest id" : "loses the e-mail: left empty");
  }
}

void Manifest::add_shared_emails() {
  const auto users_of = [&](std::size_t group, std::uint64_t first, std::uint64_t count) {
    std::vector<std::int64_t> ids;
    for (std::uint64_t row = first; row < first + count; ++row) {
      ids.push_back(world_.user_id_of_patient(world_.patients.rank_of(group, row)));
    }
    return ids;
  };
  std::uint64_t first = 0;
  for (const std::uint64_t sharers : world_.email_sharers) {
    add_email_group(users_of(patient_email_shared, first, sharers), "email_shared");
    first += sharers;
  }
  for (std::uint64_t twin = 0; twin < world_.patients.count(patient_email_twin); twin += 2) {
    add_email_group(users_of(patient_email_twin, twin, 2), "email_case_twin");
  }
}

void Manifest::add_uid_clash() {
  const std::int64_t one = world_.files.id_of(file_uid_clash, 0);
  const std::int64_t other = world_.files.id_of(file_uid_clash, 1);
  add("files", "dispatch_file", std::min(one, other), "uid_clash", Disposition::inserted,
      "file_uid", "keeps the uid: the lowest id");
  add("files", "dispatch_file", std::max(one, other), "uid_clash", Disposition::held, "file_uid",
      "the uid belongs to another file");
}

void Manifest::count_rows() {
  counts_["offices"].source = world_.offices.rows();
  counts_["profiles"].source = world_.users.rows();
  counts_["doctors"].source = world_.users.rows();
  counts_["patients"].source = world_.patients.rows();
  counts_["orders"].source = world_.instructions.rows();
  counts_["messages"].source = world_.records.rows();
  counts_["files"].source = world_.files.rows();
  counts_["message_attachments"].source = world_.files.rows();

  const Layout& users = world_.users;
  auto& no_doctors = counts_["doctors"].excluded;
  no_doctors["patient"] = users.count(user_patient);
  no_doctors["not_a_doctor"] = users.count(user_technician) + users.count(user_staff_no_role) +
                               users.count(user_superuser) + users.count(user_no_group) +
                               users.count(user_master);
  const Layout& files = world_.files;
  counts_["message_attachments"].excluded["no_record"] =
      files.rows() - files.count(file_name_null) - files.count(file_of_record_held) -
      files.count(file_with_both) - files.count(file_with_record);
}

std::string Manifest::text() const {
  Json counts = Json::object();
  for (const std::string_view entity : {"offices", "profiles", "doctors", "patients", "orders",
                                        "messages", "files", "message_attachments"}) {
    const Counts& sums = counts_.at(std::string(entity));
    std::uint64_t excluded = 0;
    for (const auto& [name, rows] : sums.excluded) {
      excluded += rows;
    }
    counts[std::string(entity)] = {{"source", sums.source},
                                   {"inserted", sums.source - sums.held - excluded},
                                   {"held", sums.held},
                                   {"excluded", sums.excluded},
                                   {"open_refs", sums.open_refs}};
  }
  std::vector<std::string> lines;
  lines.reserve(plants_.size());
  for (const Json& plant : plants_) {
    lines.push_back(plant.dump());
  }
  return format_manifest(world_, "t1", counts.dump(1), lines);
}

}  // namespace

std::string make_manifest(const World& world) {
  Manifest manifest(world);
  manifest.count_rows();
  for (const Layout* layout : {&world.offices, &world.users, &world.patients, &world.instructions,
                               &world.records, &world.files}) {
    manifest.add_layout(*layout);
  }
  manifest.add_shared_emails();
  manifest.add_uid_clash();
  return manifest.text();
}

std::string format_manifest(const World& world, std::string_view stage, std::string_view counts,
                            const std::vector<std::string>& plants) {
  std::string text = fmt::format(R"({{"seed": {}, "scale": {}, "stage": "{}",)", world.seed,
                                 Json(world.scale).dump(), stage);
  text += fmt::format("\n\"counts\": {},\n\"plants\": [\n", counts);
  for (std::size_t plant = 0; plant < plants.size(); ++plant) {
    text += plants[plant] + (plant + 1 < plants.size() ? ",\n" : "\n");
  }
  return text + "]}\n";
}

}  // namespace dental
