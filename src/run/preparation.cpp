#include "run/preparation.h"

#include "base/ensure.h"

namespace rehome::run {

namespace {

// Entities prepared ahead. Losers are few, and cuts small.
constexpr std::size_t k_ahead_entities = 2;

}  // namespace

Preparation::Preparation(pg::Connection& source, const plan::Plan& plan, int workers,
                         Losing& losing)
    : canceller_(source.canceller()),
      left_(plan.entities.size()),
      prepared_(k_ahead_entities, [&source, &plan, workers, &losing](const auto& give) {
        for (const plan::Entity& each : plan.entities) {
          detect::Cut cut = detect::cut(source, each, workers);
          if (losing.first_loads().contains(each.name)) losing.searches().of(each).find(source);
          if (!give(std::move(cut), 1)) return;
        }
      }) {}

Preparation::~Preparation() {
  if (left_ == 0) return;
  prepared_.stop();
  canceller_.cancel();
}

detect::Cut Preparation::take() {
  --left_;
  auto prepared = prepared_.next();
  base::ensure(prepared.has_value(), "every entity of the plan is prepared");
  return std::move(*prepared);
}

}  // namespace rehome::run
