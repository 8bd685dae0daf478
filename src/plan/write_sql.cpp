#include <fmt/format.h>

#include "plan/statements.h"
#include "plan/write.h"
#include "plan/write_words.h"

namespace rehome::plan {

namespace {

constexpr int k_sample_buckets = 8;

// A key of the type, none in particular.
std::string sample_text(const KeyColumn& key, int number) {
  constexpr Oid k_uuid = 2950;
  constexpr Oid k_text = 25;
  if (key.type == k_text) return fmt::format("key {}", number);
  if (key.type != k_uuid) return std::to_string(number);
  return fmt::format("00000000-0000-0000-0000-{:012x}", number);
}

KeyText sample_key(const Entity& entity, int number) {
  KeyText key;
  for (const KeyColumn& each : entity.key) key.push_back(sample_text(each, number));
  return key;
}

KeySet sample_batch(const Entity& entity) {
  KeySet keys;
  if (entity.ranged) {
    keys.after = sample_key(entity, 0);
    keys.upto = sample_key(entity, 1000);
  } else {
    keys.buckets = k_sample_buckets;
  }
  return keys;
}

KeySet sample_list(const Entity& entity) {
  KeySet keys;
  keys.listed = true;
  keys.keys = {sample_key(entity, 1), sample_key(entity, 2)};
  return keys;
}

// Which field of a derived row is what.
std::vector<std::string> describe_fields(const Entity& entity) {
  std::vector<std::string> remarks;
  for (std::size_t index = 0; index < entity.columns.size(); ++index) {
    if (entity.fields[index] == k_no_field) continue;
    remarks.push_back(fmt::format("field {}: {}, {}", entity.fields[index] + 1,
                                  entity.columns[index].name,
                                  place_of(entity.columns[index].position)));
  }
  for (const Ref& ref : entity.refs) {
    for (const RefTarget& target : ref.targets) {
      remarks.push_back(fmt::format("field {}: {}, the key of {}, {}", target.first_field + 1,
                                    ref.column, target.entity, place_of(ref.position)));
    }
  }
  for (std::size_t index = 0; index < entity.holds.size(); ++index) {
    const Hold& hold = entity.holds[index];
    remarks.push_back(
        fmt::format("decision -{}: {}, {}", index + 1, hold.message, place_of(hold.position)));
  }
  return remarks;
}

std::vector<std::string> describe_exclusions(const Entity& entity) {
  std::vector<std::string> remarks;
  for (std::size_t index = 0; index < entity.exclusions.size(); ++index) {
    const Exclusion& each = entity.exclusions[index];
    remarks.push_back(fmt::format("{}: {}, {}", index + 1, each.name, place_of(each.position)));
  }
  return remarks;
}

class Lister {
 public:
  explicit Lister(const Entity& entity) : entity_(entity) {}

  std::vector<ListedStatement> list() {
    before_batches();
    for_each_batch();
    for_some_rows();
    fast_road();
    careful_road();
    update_road();
    removal();
    return std::move(list_);
  }

 private:
  using Kind = StatementKind;

  void add(Kind kind, std::string title, std::string text, std::vector<std::string> remarks = {}) {
    list_.push_back({kind, std::move(title), std::move(remarks), std::move(text)});
  }

  void before_batches() {
    if (entity_.each.empty()) {
      add(Kind::query, "source: counts the driving rows", source_count_statement(entity_));
    } else {
      add(Kind::query, "source: counts what `each` gives", source_count_statement(entity_));
      add(Kind::query, "source: counts the driving rows, and those that it gives nothing for",
          each_count_statement(entity_));
    }
    if (entity_.detection)
      add(Kind::query, "source: finds the latest change", latest_change_statement(entity_));
    if (entity_.ranged) {
      add(Kind::query, "source: cuts the keys into ranges",
          cut_statement(entity_, {}, entity_.batch_rows));
    }
    for (const UniqueCheck& each : entity_.unique_checks) {
      add(Kind::query, "source: finds rows that lose a value of " + each.constraint,
          losers_statement(entity_, each),
          {sql::join(each.columns, ", ") + ", " + place_of(each.position)});
    }
  }

  void for_each_batch() {
    const KeySet batch = sample_batch(entity_);
    add(Kind::query, "source: counts what is taken of a batch, and what is excluded",
        decisions_statement(entity_, batch), describe_exclusions(entity_));
    if (entity_.detection) {
      add(Kind::query, "source: counts the same, and what may have changed since a certain moment",
          changes_statement(entity_, batch, entity_.detection->sample));
    }
    add(Kind::query, "source: sums up a batch", source_summary_statement(entity_, batch));
    add(Kind::copy_out, "source: lists keys and hashes of a batch",
        copy_out(key_hash_statement(entity_, batch)).text());
    add(Kind::copy_out, "source: derives a batch",
        copy_out(derive_statement(entity_, batch)).text(), describe_fields(entity_));
    add(Kind::query, "source: lists the keys of a batch", keys_statement(entity_, batch));
  }

  void for_some_rows() {
    const KeySet some = sample_list(entity_);
    add(Kind::copy_out, "source: derives some rows, without one that failed",
        copy_out(derive_statement(entity_, some, {sample_key(entity_, 1)})).text());
    add(Kind::query, "source: tries whether some rows can be derived",
        probe_source_statement(entity_, some));
    add(Kind::query, "source: looks which keys are there, excluded ones too",
        existing_keys_statement(entity_, some));
    add(Kind::query, "source: reads the images of held rows", images_statement(entity_, some));
  }

  void fast_road() {
    add(Kind::copy_in, "target: takes rows", copy_in_statement(entity_));
    add(Kind::command, "target: reads back the hashes of rows", row_hash_statement(entity_));
  }

  void careful_road() {
    add(Kind::create, "target: makes a table for rows that may be refused",
        stage_statement(entity_));
    add(Kind::copy_in, "target: takes such rows", copy_staged_statement(entity_));
    for (std::size_t index = 0; index < entity_.probes.size(); ++index) {
      const Probe& probe = entity_.probes[index];
      std::vector<std::string> remarks;
      for (const base::Position& each : probe.positions) remarks.push_back(place_of(each));
      add(Kind::command, "target: finds rows that " + probe.constraint + " refuses",
          probe_statement(entity_, index), std::move(remarks));
    }
    add(Kind::command, "target: inserts what no constraint refuses",
        insert_staged_statement(entity_));
  }

  void update_road() {
    std::vector<std::size_t> columns;
    for (std::size_t index = 0; index < entity_.columns.size(); ++index) {
      if (is_updated(entity_, entity_.columns[index])) columns.push_back(index);
    }
    if (columns.empty()) return;
    add(Kind::command, "target: locks rows that changed at the source",
        lock_staged_statement(entity_));
    add(Kind::command, "target: finds out which of their columns differ",
        compare_staged_statement(entity_));
    add(Kind::command, "target: updates rows in which all columns differ",
        update_staged_statement(entity_, columns));
  }

  void removal() {
    const Removal& removal = entity_.removal;
    if (removal.policy == mapping::DeletePolicy::report) return;
    const bool removes = removal.policy == mapping::DeletePolicy::remove;
    const std::vector<const Entity*> alone = {&entity_};
    add(Kind::create, "target: makes a table for the keys of rows that are gone",
        create_leaving_statement(entity_));
    add(Kind::command, "target: locks these rows", lock_leaving_statement(entity_));
    for (std::size_t index = 0; index < removal.referrers.size(); ++index) {
      const std::string& table = removal.referrers[index].table.text();
      add(Kind::command, "target: keeps those that rows of " + table + " refer to",
          referred_statement(entity_, index, alone));
      add(Kind::command, "target: names the rows of " + table + " that refer to them",
          name_referrers_statement(entity_, index, alone));
    }
    if (!removes) {
      add(Kind::command, "target: marks what is left", mark_statement(entity_));
    } else {
      add(Kind::command, "target: deletes what is left", remove_statement(alone), go_together());
    }
  }

  std::vector<std::string> go_together() const {
    std::vector<std::string> remarks;
    for (const std::string& each : entity_.removal.together) {
      if (each != entity_.name)
        remarks.push_back("together with gone rows of " + each + " that refer to them");
    }
    return remarks;
  }

  const Entity& entity_;
  std::vector<ListedStatement> list_;
};

}  // namespace

std::vector<ListedStatement> list_statements(const Entity& entity) { return Lister(entity).list(); }

std::string write_sql(const Plan& plan) {
  std::string text = fmt::format("-- {}: {}, parents first; fingerprint {}\n", plan.name,
                                 count_entities(plan), plan.fingerprint);
  for (const Entity& entity : plan.entities) {
    text += fmt::format("\n\n-- {}\n-- {}, {}: {} -> {}\n-- {}\n", std::string(70, '='),
                        entity.name, place_of(entity.position), entity.source_table.text(),
                        entity.target_table.text(), std::string(70, '='));
    for (const ListedStatement& each : list_statements(entity)) {
      text += fmt::format("\n-- {}\n", each.title);
      for (const std::string& remark : each.remarks) text += fmt::format("--   {}\n", remark);
      text += each.text + ";\n";
    }
  }
  return text;
}

}  // namespace rehome::plan
