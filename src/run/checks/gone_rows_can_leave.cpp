// Can rows that are gone be deleted or marked as the mapping says, and what would be in their way?
#include <fmt/format.h>

#include "plan/statements.h"
#include "run/check.h"

namespace rehome::run::checks {

namespace {

class RemovalCheck {
 public:
  RemovalCheck(const plan::Entity& entity, pg::Connection& target, base::Diagnostics& findings)
      : entity_(entity), target_(target), findings_(findings) {}

  void run() {
    for (const plan::Setting& each : entity_.removal.mark) try_setting(each);
    for (const plan::Setting& each : entity_.removal.unmark) try_setting(each);
    for (const plan::Referrer& each : entity_.removal.referrers) warn_of_cascade(each);
  }

 private:
  // The target plans the UPDATE, and writes nothing.
  void try_setting(const plan::Setting& setting) {
    const std::string statement = "EXPLAIN " + plan::set_statement(entity_, {setting});
    try {
      target_.execute({"try mark of " + entity_.name, statement});
    } catch (const pg::Error& error) {
      if (!target_.is_alive()) throw;
      findings_.push_back({"E2905", base::Severity::error, setting.position, 1,
                           fmt::format("the target refuses this value of {}: {}", setting.column,
                                       error.fields().message),
                           error.fields().hint});
    }
  }

  void warn_of_cascade(const plan::Referrer& referrer) {
    if (!referrer.deletes_cascade || !referrer.entities.empty()) return;
    findings_.push_back(
        {"E2906", base::Severity::warning, entity_.removal.position, 1,
         fmt::format("{} says ON DELETE CASCADE, and no entity fills {}: a row of {} that is gone "
                     "stays as long as rows of {} refer to it",
                     referrer.constraint, referrer.table.text(), entity_.name,
                     referrer.table.text()),
         "such rows are reported; delete them first if they may go, or write deletes: {mark: …}"});
  }

  const plan::Entity& entity_;
  pg::Connection& target_;
  base::Diagnostics& findings_;
};

}  // namespace

void gone_rows_can_leave(const CheckContext& context, base::Diagnostics& findings) {
  for (const plan::Entity& each : context.compiled.plan.entities)
    RemovalCheck(each, context.target, findings).run();
}

}  // namespace rehome::run::checks
