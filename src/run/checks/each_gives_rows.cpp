// What `each` gives decides which rows there are, so it must be computable for every driving row:
// one that fails would fail all questions about the entity.
#include <fmt/format.h>

#include "pg/error.h"
#include "plan/statements.h"
#include "run/check.h"

namespace rehome::run::checks {

void each_gives_rows(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& entity : context.compiled.plan.entities) {
    if (entity.each.empty()) continue;
    const mapping::Text& text = context.compiled.mapping.find_entity(entity.name)->each->rows.text;
    try {
      context.source.execute({"try each", plan::each_count_statement(entity)});
    } catch (const pg::Error& error) {
      if (pg::classify(error).action != pg::Action::refuse_row) throw;
      findings.push_back(
          {"E3203", base::Severity::error, text.position, static_cast<int>(text.value.size()),
           fmt::format("the source cannot compute this for every row of {}: {}",
                       entity.source_table.text(), pg::condition_name(error.sqlstate())),
           "let it give nothing for such rows: case when … then … end"});
    }
  }
}

}  // namespace rehome::run::checks
