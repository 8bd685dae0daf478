// A plan in the forms people and programs read: every statement as SQL, and all facts as JSON.
//
// Promise: the same plan gives the same text, byte for byte; no url, no secret and no row is in it.
// Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace rehome::plan {

enum class StatementKind {
  query,     // at the source
  copy_out,  // at the source
  copy_in,   // at the target
  create,    // at the target: the staging table, before those that follow
  command,   // at the target
};

// One statement of an entity, as a run would send it. Where it speaks of the keys of one batch, it
// stands for a batch of the plan's first keys.
struct ListedStatement {
  StatementKind kind = StatementKind::query;
  std::string title;                 // what it does
  std::vector<std::string> remarks;  // which lines of the mapping it comes from
  std::string text;
};

std::vector<ListedStatement> list_statements(const Entity& entity);

// Every statement with headings, parents first; runs in psql but for the rows that COPY wants.
std::string write_sql(const Plan& plan);

// One object, keys always in the same order.
std::string write_json(const Plan& plan);

}  // namespace rehome::plan
