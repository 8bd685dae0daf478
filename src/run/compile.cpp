#include "run/compile.h"

#include <fmt/format.h>

#include <algorithm>

#include "pg/read_catalog.h"
#include "run/schema_usage.h"

namespace rehome::run {

namespace {

void keep_answers(const plan::QuestionSet& set, const std::vector<pg::ColumnType>& types,
                  plan::TypeAnswers& answers, const std::map<std::uint32_t, std::string>& names) {
  for (std::size_t index = 0; index < set.questions.size(); ++index) {
    const auto name = names.find(types[index].oid);
    answers[plan::answer_key(set.questions[index])] = {
        types[index].oid, types[index].modifier,
        name == names.end() ? std::string() : name->second};
  }
}

// The server counts characters, we count bytes.
std::size_t find_byte(const std::string& text, int character) {
  constexpr unsigned char k_mask = 0xc0;
  constexpr unsigned char k_continuation = 0x80;
  std::size_t byte = 0;
  for (int left = character; left > 0 && byte < text.size(); --left) {
    do ++byte;
    while (byte < text.size() &&
           (static_cast<unsigned char>(text[byte]) & k_mask) == k_continuation);
  }
  return byte;
}

base::Diagnostic refused(const plan::Question& question, const sql::Fragment& statement,
                         const pg::Error& error) {
  base::Diagnostic finding;
  finding.code = "E2302";
  finding.position = question.position;
  if (error.fields().position > 0) {
    const auto place = statement.locate(find_byte(statement.text(), error.fields().position - 1));
    if (place) finding.position = *place;
  }
  finding.message = "the source refuses this expression: " + error.fields().message;
  finding.hint = error.fields().hint;
  return finding;
}

// One by one, so that all that is wrong is found, not only the first.
void describe_singly(pg::Connection& source, const plan::QuestionSet& set,
                     base::Diagnostics& findings) {
  for (std::size_t index = 0; index < set.questions.size(); ++index) {
    const sql::Fragment statement = set.statement(index);
    try {
      source.describe({"describe " + set.entity, statement.text()});
    } catch (const pg::Error& error) {
      if (!source.is_alive()) throw;
      base::Diagnostic finding = refused(set.questions[index], statement, error);
      // A map stands in its column and in the reason to hold a row.
      const bool known =
          std::any_of(findings.begin(), findings.end(), [&](const base::Diagnostic& each) {
            return each.position == finding.position && each.message == finding.message;
          });
      if (!known) findings.push_back(std::move(finding));
    }
  }
}

std::map<std::uint32_t, std::string> read_type_names(pg::Connection& source) {
  const auto rows = source.execute(
      {"read type names", "SELECT oid, format_type(oid, NULL) FROM pg_catalog.pg_type"});
  std::map<std::uint32_t, std::string> names;
  for (int row = 0; row < rows.count(); ++row) {
    names[static_cast<std::uint32_t>(rows.integer(row, 0))] = std::string(rows.text(row, 1));
  }
  return names;
}

}  // namespace

plan::TypeAnswers describe_questions(pg::Connection& source,
                                     const std::vector<plan::QuestionSet>& questions,
                                     base::Diagnostics& findings) {
  const auto names = read_type_names(source);
  plan::TypeAnswers answers;
  for (const plan::QuestionSet& set : questions) {
    const sql::Fragment statement = set.statement();
    try {
      keep_answers(set, source.describe({"describe " + set.entity, statement.text()}), answers,
                   names);
    } catch (const pg::Error& error) {
      if (!source.is_alive()) throw;
      const std::size_t before = findings.size();
      describe_singly(source, set, findings);
      if (findings.size() == before) throw;
    }
  }
  return answers;
}

base::Result<Compiled> compile(mapping::Mapping mapping, pg::Connection& source,
                               pg::Connection& target) {
  Compiled compiled;
  compiled.mapping = std::move(mapping);
  compiled.source = pg::read_catalog(source, compiled.mapping.source.schema.value);
  compiled.target = pg::read_catalog(target, compiled.mapping.target.schema.value);
  plan::Compiler compiler(compiled.mapping, compiled.source, compiled.target);
  base::Diagnostics findings =
      read_unusable_schemas(compiled.mapping, compiled.source, compiled.target, source);
  const base::Diagnostics& misfits = compiler.findings();
  findings.insert(findings.end(), misfits.begin(), misfits.end());
  // Expressions over tables that are not there could only repeat what has been said.
  plan::TypeAnswers answers;
  if (!base::has_errors(findings))
    answers = describe_questions(source, compiler.questions(), findings);
  if (base::has_errors(findings)) return tl::unexpected(findings);
  auto plan = compiler.compile(answers);
  if (!plan) return tl::unexpected(plan.error());
  compiled.plan = std::move(*plan);
  compiled.answers = std::move(answers);
  return compiled;
}

}  // namespace rehome::run
