#include "run/lab.h"

#include <doctest/doctest.h>

#include "ledger/schema.h"
#include "mapping/load.h"
#include "pg/session.h"

namespace rehome::tests {

namespace {

std::string mapping_text(const Database& source, const Database& target,
                         const std::string& defaults, const std::string& entities) {
  return "version: 1\nname: lab\nuuid_namespace: 00112233-4455-6677-8899-aabbccddeeff\nsource:\n  "
         "url: " +
         source.url() + "\ntarget:\n  url: " + target.url() + "\ndefaults: " + defaults +
         "\nentities:\n" + entities;
}

}  // namespace

Lab::Lab(const std::string& source_sql, const std::string& target_sql, const std::string& entities,
         const std::string& defaults, const std::string& source_options)
    : source_(std::make_unique<Database>("source", source_options)) {
  source_->run(source_sql);
  target_.run(target_sql);
  mapping_ = mapping_text(*source_, target_, defaults, entities);
  compile_again();
}

void Lab::compile_again() {
  auto mapping = mapping::load("rehome.yaml", mapping_, {});
  if (!mapping) FAIL(base::render(mapping.error(), {"rehome.yaml", mapping_}));
  pg::Connection source(pg::Side::source, source_->url(), "lab");
  pg::Connection target(pg::Side::target, target_.url(), "lab");
  pg::prepare_source_session(source, "public");
  auto compiled = run::compile(std::move(*mapping), source, target);
  if (!compiled) FAIL(base::render(compiled.error(), {"rehome.yaml", mapping_}));
  compiled_ = std::move(*compiled);
}

const plan::Entity& Lab::entity(std::string_view name) const {
  const plan::Entity* found = compiled_.plan.find_entity(name);
  REQUIRE(found != nullptr);
  return *found;
}

std::unique_ptr<pg::Connection> Lab::connect_source() const {
  auto connection = std::make_unique<pg::Connection>(pg::Side::source, source_->url(), "lab");
  pg::prepare_source_session(*connection, "public");
  pg::begin_source(*connection, "");
  return connection;
}

std::unique_ptr<pg::Connection> Lab::connect_target(const std::string& application) const {
  return std::make_unique<pg::Connection>(pg::Side::target, target_.url(), application);
}

int Lab::open_run(pg::Connection& control) const {
  ledger::install(control);
  const int run_id = ledger::open_run(control, lab_facts());
  for (const plan::Entity& each : plan().entities)
    ledger::install_entity(control, plan(), each, run_id);
  return run_id;
}

ledger::RunFacts lab_facts() {
  return {"lab", "fingerprint", "test", "some-host", 4711, 2, "system", "source"};
}

}  // namespace rehome::tests
