// The golden cases of this room: tests/plan/compile/<case>/.
//
//   rehome.yaml, source.sql, target.sql          written by hand
//   source.json, target.json, types.json         what two real servers say of them
//   expected/: plan.sql, plan.json, errors.txt    what must come of it: a plan, or errors
//
// REHOME_BLESS=1 plan_pgtest rewrites all that is not written by hand; REHOME_BLESS=1 plan_test the
// last line only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plan/compile.h"

namespace rehome::plan {

// What the source's parser said to the plan's questions.
struct Described {
  TypeAnswers answers;
  base::Diagnostics refused;
};

struct Outcome {
  std::optional<Plan> plan;
  std::string errors;  // rendered; empty when there is a plan
};

std::vector<std::filesystem::path> golden_folders();
bool is_blessing();
std::string read_file(const std::filesystem::path& path);
void write_file(const std::filesystem::path& path, const std::string& text);

std::string write_json(const Described& described);
Described parse_described(const std::string& json);

base::Result<mapping::Mapping> load_mapping(const std::string& text);

// `text`: of the mapping.
Outcome compile_case(const std::string& text, const catalog::Catalog& source,
                     const catalog::Catalog& target, const Described& described);

// Compares with what the folder expects, or rewrites it.
void check_golden(const std::filesystem::path& folder, const Outcome& outcome);

}  // namespace rehome::plan
