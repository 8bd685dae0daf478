#include "run/rehearsal.h"

#include <set>

#include "base/ensure.h"
#include "catalog/stand_in.h"

namespace rehome::run {

namespace {

// Several entities may fill one.
std::vector<std::string> tables_written(const plan::Plan& plan) {
  std::set<std::string> names;
  for (const plan::Entity& each : plan.entities) names.insert(each.target_table.name);
  return {names.begin(), names.end()};
}

}  // namespace

plan::Plan compile_on_stand_ins(const Compiled& compiled) {
  const catalog::Catalog target =
      catalog::with_stand_ins(compiled.target, tables_written(compiled.plan));
  auto plan = plan::Compiler(compiled.mapping, compiled.source, target).compile(compiled.answers);
  base::ensure(plan.has_value(), "a plan that compiles does so on stand-ins");
  return std::move(*plan);
}

void begin_rehearsal(pg::Connection& target, const Compiled& compiled) {
  target.rehearse();
  target.execute({"create stand-ins",
                  catalog::stand_in_statements(compiled.target, tables_written(compiled.plan))});
}

}  // namespace rehome::run
