// Mapping × source catalog × target catalog → Plan, or everything that does not fit.
//
// Done in two steps, because only the source's own parser knows the type of an expression: a draft
// collects every expression as a question, somebody describes them on the source (`run`, or a test
// from a file), and `compile` goes on with the answers. Pure; any thread.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalog.h"
#include "mapping/mapping.h"
#include "plan/plan.h"

namespace rehome::plan {

// One SELECT item whose type the source must tell.
struct Question {
  std::string entity;
  std::string item;  // `column NAME`, `changed_at`, `key N`, `ref NAME N N`, `exclude NAME`,
                     // `refuse NAME`, `hold N`
  sql::Fragment value;
  base::Position position;
};

// The questions of one entity and the FROM clause they stand over.
struct QuestionSet {
  std::string entity;
  sql::Fragment from;
  std::vector<Question> questions;
  // `SELECT …, … FROM … WHERE false`, and the same for one question alone.
  sql::Fragment statement() const;
  sql::Fragment statement(std::size_t question) const;
};

struct TypeAnswer {
  Oid oid = 0;
  int modifier = -1;
  std::string text;  // format_type
};

// By `entity/item`.
using TypeAnswers = std::map<std::string, TypeAnswer>;

std::string answer_key(const Question& question);

// A mapping whose names all exist, with its constructs derived.
struct Draft;

class Compiler {
 public:
  // Keeps references: mapping and catalogs must outlive it.
  Compiler(const mapping::Mapping& mapping, const catalog::Catalog& source,
           const catalog::Catalog& target);
  ~Compiler();
  Compiler(const Compiler&) = delete;
  Compiler& operator=(const Compiler&) = delete;

  // Everything wrong that catalogs alone can tell: names, NOT NULL, refs, keys. Questions of
  // entities without such errors.
  const base::Diagnostics& findings() const;
  const std::vector<QuestionSet>& questions() const;
  // The plan, or all findings, those of types included. Warnings are added to `findings()` in both
  // cases.
  base::Result<Plan> compile(const TypeAnswers& answers);

 private:
  std::unique_ptr<Draft> draft_;
};

}  // namespace rehome::plan
